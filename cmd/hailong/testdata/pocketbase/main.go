// Command pocketbase serves one collection with a record like a response, over
// PocketBase's own interface and with its own settings, to be measured beside
// hailong. Run it as: pocketbase serve --http 127.0.0.1:PORT --dir FOLDER
package main

import (
	"fmt"
	"log"

	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// items is how many marks a response has.
const items = 24

func main() {
	app := pocketbase.New()
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if err := addCollection(e.App); err != nil {
			return err
		}
		return e.Next()
	})
	if err := app.Start(); err != nil {
		log.Fatal(err)
	}
}

// addCollection makes the collection «responses», which anyone may add to: the
// school, 24 marks, a percentage and a comment. What makes a response unique is
// the record's own id, so that no second index costs anything.
func addCollection(app core.App) error {
	if _, err := app.FindCollectionByNameOrId("responses"); err == nil {
		return nil
	}
	c := core.NewBaseCollection("responses")
	c.CreateRule = types.Pointer("")
	c.Fields.Add(&core.TextField{Name: "school", Required: true, Max: 20})
	for i := range items {
		c.Fields.Add(&core.NumberField{Name: fmt.Sprintf("i%d", i+1), OnlyInt: true, Min: types.Pointer(0.0), Max: types.Pointer(6.0)})
	}
	c.Fields.Add(&core.NumberField{Name: "expectation", OnlyInt: true, Min: types.Pointer(0.0), Max: types.Pointer(300.0)},
		&core.TextField{Name: "comment", Max: 1000})
	if err := app.Save(c); err != nil {
		return fmt.Errorf("make the collection: %w", err)
	}
	return nil
}
