package web_test

import (
	"bytes"
	"crypto/rand"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"hailong/survey"
	"hailong/web"
)

// bench calls the service without a network.
type bench struct {
	handle fasthttp.RequestHandler
	ctx    fasthttp.RequestCtx
}

func benchSite(b *testing.B) *bench {
	b.Helper()
	dir := newDirectory()
	app, err := web.New(web.Config{BaseURL: baseURL, Directory: func() *survey.Directory { return dir },
		Responses: &shelf{kept: map[survey.FormID]survey.Delivery{}}, Secret: bytes.Repeat([]byte{7}, 32),
		Clock: time.Now, Random: rand.Reader, Log: slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelError}))})
	if err != nil {
		b.Fatal(err)
	}
	return &bench{handle: app.Handler()}
}

func (s *bench) ask(b *testing.B, path string) {
	s.ctx.Request.Reset()
	s.ctx.Response.Reset()
	s.ctx.Request.Header.SetMethod(fiber.MethodGet)
	s.ctx.Request.SetRequestURI(path)
	s.ctx.Request.SetHost(testHost)
	s.ctx.Request.Header.Set(fiber.HeaderAcceptEncoding, "gzip")
	s.handle(&s.ctx)
	if s.ctx.Response.StatusCode() != fiber.StatusOK {
		b.Fatalf("status %d", s.ctx.Response.StatusCode())
	}
}
