package web

import (
	"fmt"
	"net"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
)

// policy is the content security policy of pages with linked assets.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// origin is the scheme and host that people see.
type origin struct {
	scheme, host string // host with its port, lower case
	loopback     bool
}

// parseOrigin reads the base URL. Empty is allowed: then any host is served.
func parseOrigin(base string) (origin, error) {
	if base == "" {
		return origin{}, nil
	}
	o, err := survey.ParseOrigin(base)
	if err != nil {
		return origin{}, fmt.Errorf("web: read the base URL: %w", err)
	}
	return origin{scheme: o.Scheme, host: o.Host, loopback: isLoopback(o.Host)}, nil
}

func isLoopback(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// serves says whether requests for that host are ours.
func (o origin) serves(host string) bool {
	return o.host == "" || strings.EqualFold(host, o.host) || o.loopback && isLoopback(host)
}

// sent says whether an Origin header names this service; with no base URL the
// host of the request has to do.
func (o origin) sent(header, host string) bool {
	u, err := url.Parse(header)
	if err != nil || u.Host == "" {
		return false
	}
	if o.host == "" || o.loopback && isLoopback(host) {
		return strings.EqualFold(u.Host, host)
	}
	return u.Scheme == o.scheme && strings.EqualFold(u.Host, o.host)
}

// header is a header of answers, its name in canonical form.
type header struct{ name, value []byte }

// headersOf gives the headers that every answer has. A page with its own style
// inside replaces the policy, a page that may be kept the Cache-Control.
func headersOf(o origin) []header {
	all := []header{
		{[]byte("Content-Security-Policy"), []byte(policy)},
		{[]byte("X-Content-Type-Options"), []byte("nosniff")},
		{[]byte("Referrer-Policy"), []byte("same-origin")},
		{[]byte("Cross-Origin-Opener-Policy"), []byte("same-origin")},
		{[]byte("Cross-Origin-Resource-Policy"), []byte("same-origin")},
		{[]byte("Permissions-Policy"), []byte("camera=(), microphone=(), geolocation=(), payment=(), usb=()")},
		{[]byte("X-Robots-Tag"), []byte("noindex")},
		{[]byte("Cache-Control"), []byte("no-store")},
	}
	if o.scheme == "https" {
		all = append(all, header{[]byte("Strict-Transport-Security"), []byte("max-age=31536000")})
	}
	return all
}

func (f frame) setHeaders(c *fiber.Ctx) {
	for _, h := range f.headers {
		c.Response().Header.SetCanonical(h.name, h.value)
	}
}

// checkHost refuses requests for other hosts, so that no cache and no page can
// be made to speak for a stranger. Probes come with any host.
func (f frame) checkHost(c *fiber.Ctx) error {
	if !f.origin.serves(string(c.Context().Host())) && c.Path() != healthPath && c.Path() != readyPath {
		return fiber.ErrMisdirectedRequest
	}
	return nil
}

// checkOrigin refuses what another site makes a browser send. Browsers name
// the relation in Sec-Fetch-Site, older ones only the Origin; programs send
// neither. The parents' form carries no authority of whoever sends it, so an
// in-app browser may hide its origin there.
func (f frame) checkOrigin(c *fiber.Ctx) error {
	if readOnly(c.Method()) {
		return nil
	}
	sent := c.Get(fiber.HeaderOrigin)
	allowed := sent == "" || f.origin.sent(sent, string(c.Context().Host()))
	switch site := c.Get("Sec-Fetch-Site"); {
	case sent == "null" && openToAll(c.Path()):
		allowed = true
	case site != "":
		allowed = site == "same-origin" || site == "none"
	}
	if !allowed {
		return survey.Refuse(survey.Forbidden, "Trang khác đã gửi yêu cầu này. Mở lại địa chỉ của trường rồi gửi lại", "The request came from another site")
	}
	return nil
}

func readOnly(method string) bool {
	return method == fiber.MethodGet || method == fiber.MethodHead || method == fiber.MethodOptions
}

func openToAll(path string) bool {
	return strings.HasPrefix(path, "/k/") || strings.HasPrefix(path, "/api/v1/k/")
}
