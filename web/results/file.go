package results

import (
	"bytes"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"hailong/export/sheet"
	"hailong/survey"
)

const (
	fileName = "tai-ve.xlsx"
	fileType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// file hands over the workbook of what is public. It is made once for each
// snapshot, by one request at a time.
func (p *Pages) file(c *fiber.Ctx) error {
	state, err := p.public(c)
	if err != nil {
		return err
	}
	t, err := p.Releases.Release(c.UserContext(), state.Round.ID)
	if err != nil {
		return err
	}
	body, err := p.workbook(state.Hash, t)
	if err != nil {
		return fmt.Errorf("write the workbook of round %s: %w", state.Round.ID, err)
	}
	c.Set(fiber.HeaderContentType, fileType)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="ket-qua-`+string(state.Round.ID)+`.xlsx"`)
	c.Set(fiber.HeaderCacheControl, "public, max-age=60")
	return c.Send(body)
}

func (p *Pages) workbook(snapshot string, t survey.Tables) ([]byte, error) {
	p.oneFile.Lock()
	defer p.oneFile.Unlock()
	key := "xlsx " + snapshot
	if k, ok := p.shelf.get(key); ok {
		return k.body, nil
	}
	var b bytes.Buffer
	if err := (sheet.ReleasedBook{Tables: t}).Write(&b); err != nil {
		return nil, err
	}
	p.shelf.put(key, kept{body: b.Bytes()})
	return b.Bytes(), nil
}
