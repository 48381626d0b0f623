package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/web/page"
)

const (
	bodyLimit   = 64 << 10         // a full form with the longest comment is under 20 KB
	headerLimit = 16 << 10         // in-app browsers send up to 8 KB
	deadline    = 10 * time.Second // of the work for one request
)

// frame is what stands around every handler.
type frame struct {
	cfg      Config
	origin   origin
	failures *page.Set
}

// settings are fiber's. Its defaults reuse the memory of strings after the
// handler, believe every proxy header, wait for ever and take 4 MB.
func (f frame) settings() fiber.Config {
	return fiber.Config{
		Immutable: true, StrictRouting: true, CaseSensitive: true,
		BodyLimit: bodyLimit, ReadBufferSize: headerLimit,
		ReadTimeout: 10 * time.Second, WriteTimeout: 60 * time.Second, IdleTimeout: 30 * time.Second,
		EnableTrustedProxyCheck: true, TrustedProxies: f.cfg.TrustedProxies,
		ProxyHeader: "X-Real-IP", EnableIPValidation: true,
		DisableStartupMessage: true, ErrorHandler: f.fail,
	}
}

// install puts the middlewares in their order: the outermost first.
func (f frame) install(app *fiber.App) {
	app.Use(f.observe, refuseEncodedBodies, f.secure, f.checkHost, withDeadline, f.checkOrigin)
}

// requestKey is where observe keeps the request's id.
const requestKey = "request"

// observe names the request, answers errors and panics, and writes one line:
// never an address with its query, nor who asked.
func (f frame) observe(c *fiber.Ctx) error {
	start := time.Now()
	c.Locals(requestKey, rand.Text()[:12])
	c.Set(fiber.HeaderXRequestID, requestID(c))
	if err := contained(c); err != nil {
		if err := f.fail(c, err); err != nil {
			return err
		}
	}
	f.cfg.Log.LogAttrs(context.Background(), slog.LevelInfo, "request",
		slog.String("method", c.Method()), slog.String("route", c.Route().Path), slog.Int("status", c.Response().StatusCode()),
		slog.Int64("ms", time.Since(start).Milliseconds()), slog.String("id", requestID(c)))
	return nil
}

func requestID(c *fiber.Ctx) string {
	id, _ := c.Locals(requestKey).(string)
	return id
}

// contained turns a panic in any handler into an error.
func contained(c *fiber.Ctx) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return c.Next()
}

// refuseEncodedBodies refuses compressed bodies: unpacking is not bounded by
// the limit on bodies, and 200 KB may become 200 MB.
func refuseEncodedBodies(c *fiber.Ctx) error {
	if len(bytes.TrimSpace(c.Request().Header.ContentEncoding())) > 0 {
		return fiber.ErrUnsupportedMediaType
	}
	return c.Next()
}

// withDeadline bounds the work for a request. A phone that hangs up does not
// end it: a commit is never cancelled half-way.
func withDeadline(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}
