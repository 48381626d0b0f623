package web

import (
	"github.com/gofiber/fiber/v2"

	"hailong/web/api"
	"hailong/web/page"
	"hailong/web/parent"
)

// routeAudiences adds the pages of each audience. Audiences know nothing of
// each other.
func routeAudiences(app *fiber.App, cfg Config, assets *page.Assets) error {
	reception := desk{cfg}
	parents, err := parent.New(parent.Config{Desk: reception, Assets: assets})
	if err != nil {
		return err
	}
	parents.Routes(app)
	api.New(reception).Routes(app)
	return nil
}
