package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
)

// discardFlag starts this test program as the bare side of the benchmarks.
const discardFlag = "HAILONG_BENCH_DISCARD"

// ServeDiscard is the upper bound that the service is held against: fiber with
// the same limits, which parses the form, lets the survey judge it and throws
// it away. It says whether it was asked for.
func ServeDiscard() bool {
	if os.Getenv(discardFlag) == "" {
		return false
	}
	app := fiber.New(fiber.Config{Immutable: true, StrictRouting: true, CaseSensitive: true, BodyLimit: 64 << 10, ReadBufferSize: 16 << 10, WriteBufferSize: 12 << 10,
		ReadTimeout: 10 * time.Second, WriteTimeout: time.Minute, IdleTimeout: 30 * time.Second, DisableStartupMessage: true})
	constantPage(app)
	q := survey.BuiltInQuestionnaire()
	app.Post("/k/:code/:form", func(c *fiber.Ctx) error {
		form, ok := q.Form(c.Params("form"))
		if !ok {
			return fiber.ErrNotFound
		}
		var in survey.Submission
		for key, value := range c.Context().PostArgs().All() {
			switch k := string(key); k {
			case "id":
			case "G1":
				in.Comment = string(value)
			default:
				in.Answers = append(in.Answers, survey.Answer{Code: k, Value: string(value)})
			}
		}
		if _, err := form.Accept(in); err != nil {
			return err
		}
		return c.Redirect("/k/"+c.Params("code")+"/cam-on", http.StatusSeeOther)
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("http://localhost:%s\n", l.Addr().String()[strings.LastIndex(l.Addr().String(), ":")+1:])
	panic(app.Listener(l))
}
