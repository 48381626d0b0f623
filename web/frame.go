package web

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/web/page"
)

const (
	bodyLimit   = 64 << 10         // a full form with the longest comment is under 20 KB
	headerLimit = 16 << 10         // in-app browsers send up to 8 KB
	answerRoom  = 12 << 10         // a form and its head in one write to the network; larger answers take several
	deadline    = 10 * time.Second // of the work for one request
)

// frame is what stands around every handler.
type frame struct {
	cfg      Config
	origin   origin
	headers  []header // of every answer
	failures *page.Set
}

// settings are fiber's. Its defaults reuse the memory of strings after the
// handler, believe every proxy header, wait for ever and take 4 MB.
func (f frame) settings() fiber.Config {
	return fiber.Config{
		Immutable: true, StrictRouting: true, CaseSensitive: true,
		BodyLimit: bodyLimit, ReadBufferSize: headerLimit, WriteBufferSize: answerRoom,
		ReadTimeout: 10 * time.Second, WriteTimeout: 60 * time.Second, IdleTimeout: 30 * time.Second,
		EnableTrustedProxyCheck: true, TrustedProxies: f.cfg.TrustedProxies,
		ProxyHeader: "X-Real-IP", EnableIPValidation: true,
		DisableStartupMessage: true, ErrorHandler: f.fail, DisablePreParseMultipartForm: true, // page.ReadUpload reads what was sent
	}
}

// install puts the middlewares in their order: the outermost first.
func (f frame) install(app *fiber.App) { app.Use(f.observe, f.guard) }

// observe names the request, answers errors and panics, and writes one line:
// never an address with its query, nor who asked.
func (f frame) observe(c *fiber.Ctx) error {
	start := time.Now()
	nameRequest(c)
	if err := contained(c); err != nil {
		if err := f.fail(c, err); err != nil {
			return err
		}
	}
	if f.cfg.Log.Enabled(context.Background(), slog.LevelInfo) {
		f.cfg.Log.LogAttrs(context.Background(), slog.LevelInfo, "request",
			slog.String("method", c.Method()), slog.String("route", c.Route().Path), slog.Int("status", c.Response().StatusCode()),
			slog.Int64("ms", time.Since(start).Milliseconds()), slog.String("id", requestID(c)))
	}
	return nil
}

// requestHeader carries the request's id, by which a person and the log speak
// of the same thing. It is no secret.
var requestHeader = []byte("X-Request-Id")

func nameRequest(c *fiber.Ctx) {
	var id [13]byte
	c.Response().Header.SetCanonical(requestHeader, strconv.AppendUint(id[:0], rand.Uint64(), 36))
}

func requestID(c *fiber.Ctx) string { return string(c.Response().Header.PeekBytes(requestHeader)) }

// contained turns a panic in any handler into an error.
func contained(c *fiber.Ctx) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return c.Next()
}

// guard is what every request passes before its handler: the headers that all
// answers have, then whatever speaks against the request, then a bound on the
// work for it.
func (f frame) guard(c *fiber.Ctx) error {
	f.setHeaders(c)
	for _, check := range []func(*fiber.Ctx) error{refuseEncodedBody, f.checkHost, f.checkOrigin} {
		if err := check(c); err != nil {
			return err
		}
	}
	return withDeadline(c)
}

// refuseEncodedBody refuses a compressed body: unpacking is not bounded by
// the limit on bodies, and 200 KB may become 200 MB.
func refuseEncodedBody(c *fiber.Ctx) error {
	if len(bytes.TrimSpace(c.Request().Header.ContentEncoding())) > 0 {
		return fiber.ErrUnsupportedMediaType
	}
	return nil
}

// withDeadline bounds the work of the handlers. A phone that hangs up does not
// end it: a commit is never cancelled half-way.
func withDeadline(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}
