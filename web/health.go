package web

import (
	"github.com/gofiber/fiber/v2"

	"hailong/survey"
)

const (
	healthPath = "/healthz"
	readyPath  = "/readyz"
)

// routeHealth adds what machines ask: whether the process lives, whether it
// can take responses, and what robots may read: the
// schools' addresses, for messengers that show what a link leads to, and what is
// released. Each page but those says that no search engine may list it.
func routeHealth(app *fiber.App, cfg Config) {
	app.Get(healthPath, func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	app.Get(readyPath, func(c *fiber.Ctx) error {
		if cfg.Ready != nil && cfg.Ready() != nil {
			return survey.Refuse(survey.Busy, "Máy chủ chưa sẵn sàng", "Not ready")
		}
		return c.SendString("ready\n")
	})
	app.Get("/robots.txt", func(c *fiber.Ctx) error {
		return c.SendString("User-agent: *\nAllow: /k/\nAllow: /ket-qua/\nDisallow: /\n")
	})
}
