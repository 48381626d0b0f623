package page

import (
	"time"

	"github.com/gofiber/fiber/v2"
)

// SessionCookie is how a browser keeps the secret of a session.
type SessionCookie struct {
	Name   string
	Path   string        // of the pages that get it
	Secure bool          // sent over TLS only
	Life   time.Duration // 0: until the browser closes; the store ends sessions by its own clock
}

// NewSessionCookie names a cookie so that browsers hold it to its promises:
// with TLS, __Host- for the whole site and __Secure- for a part of it. Without
// TLS (only for a rehearsal on one machine) it has the plain name.
func NewSessionCookie(name, path string, secure bool) SessionCookie {
	s := SessionCookie{Name: name, Path: path, Secure: secure}
	switch {
	case secure && path == "/":
		s.Name = "__Host-" + name
	case secure:
		s.Name = "__Secure-" + name
	}
	return s
}

// Read gives the secret that the browser sent, or "".
func (s SessionCookie) Read(c *fiber.Ctx) string { return c.Cookies(s.Name) }

// Set gives the browser a secret to keep.
func (s SessionCookie) Set(c *fiber.Ctx, secret string) {
	cookie := s.empty()
	cookie.Value, cookie.MaxAge, cookie.SessionOnly = secret, int(s.Life.Seconds()), s.Life == 0
	c.Cookie(cookie)
}

// Clear makes the browser forget the secret.
func (s SessionCookie) Clear(c *fiber.Ctx) {
	cookie := s.empty()
	cookie.Expires = time.Unix(0, 0)
	c.Cookie(cookie)
}

func (s SessionCookie) empty() *fiber.Cookie {
	return &fiber.Cookie{Name: s.Name, Path: s.Path, Secure: s.Secure, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode}
}
