// Package api is the parents' form as JSON, for programs: the same schools,
// forms and rules, described by openapi.json.
package api

import (
	"context"
	_ "embed" // the description
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
)

// Prefix begins every address of the interface.
const Prefix = "/api/"

//go:embed openapi.json
var description []byte

// Desk hands out forms and takes them in. Take returns after the commit; its
// refusals are *survey.Error.
type Desk interface {
	Directory() *survey.Directory
	Now() time.Time
	Mint() (survey.FormID, error)
	Take(ctx context.Context, a survey.Arrival) (fresh bool, err error)
}

// Service answers programs.
type Service struct{ desk Desk }

// New makes the service.
func New(desk Desk) *Service { return &Service{desk} }

// Routes adds the addresses.
func (s *Service) Routes(r fiber.Router) {
	r.Get("/api/v1/openapi.json", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSONCharsetUTF8)
		return c.Send(description)
	})
	r.Get("/api/v1/k/:code", s.offer)
	r.Post("/api/v1/k/:code/:form", s.take)
}

// receipt confirms a response.
type receipt struct {
	Receipt string `json:"receipt"`
}

// take is a response: 201 when it is new, 200 when the same was there.
func (s *Service) take(c *fiber.Ctx) error {
	if kind, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";"); !strings.EqualFold(strings.TrimSpace(kind), fiber.MIMEApplicationJSON) {
		return fiber.ErrUnsupportedMediaType
	}
	in, err := parse(c.BodyRaw())
	if err != nil {
		return err
	}
	fresh, err := s.desk.Take(c.UserContext(), survey.Arrival{Link: c.Params("code"), Form: c.Params("form"), ID: in.id, Submission: in.submission})
	if err != nil {
		return err
	}
	status := fiber.StatusOK
	if fresh {
		status = fiber.StatusCreated
	}
	return c.Status(status).JSON(receipt{in.id.Receipt()})
}

// failure is the answer to everything that went wrong.
type failure struct {
	Error  string              `json:"error"`
	Fields []survey.FieldError `json:"fields,omitempty"`
}

// Fail answers with a refusal, in the language that was asked for.
func Fail(c *fiber.Ctx, status int, refusal *survey.Error) error {
	lang := language(c.Get(fiber.HeaderAcceptLanguage))
	out := failure{Error: refusal.In(lang)}
	for _, f := range refusal.Fields {
		out.Fields = append(out.Fields, survey.FieldError{Field: f.Field, Message: f.In(lang)})
	}
	c.Set(fiber.HeaderContentLanguage, string(lang))
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptLanguage)
	return c.Status(status).JSON(out)
}

// language is the first of ours that an Accept-Language header names, else
// Vietnamese.
func language(header string) survey.Language {
	for part := range strings.SplitSeq(strings.ToLower(header), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		primary, _, _ := strings.Cut(tag, "-")
		switch survey.Language(primary) {
		case survey.LangEN:
			return survey.LangEN
		case survey.LangVI:
			return survey.LangVI
		}
	}
	return survey.LangVI
}
