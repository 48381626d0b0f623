package parent

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
)

// Sounds is where the recordings are kept. NotFound when there is none.
type Sounds interface {
	Sound(ctx context.Context, id survey.RecordingID) (content []byte, kind string, err error)
}

// listen is a link to a recording, with what it costs.
type listen struct{ Path, Text string }

// endings are those of a recording's address, by type.
var endings = map[string]string{"audio/mp4": ".m4a", "audio/mpeg": ".mp3"}

// listen leads to the recording that the questionnaire names; nil for none.
func (s sheet) listen(text, name string) *listen {
	r, ok := s.dir.Questionnaire.Recording(name)
	if !ok {
		return nil
	}
	return &listen{"/am/" + string(r.ID) + endings[r.Type], s.texts.Say(text, "size", r.KB())}
}

// sounds says whether anything of the form is spoken.
func (s sheet) sounds() bool {
	return s.form.Spoken() || s.words.Heard != [survey.ScaleLevels + 1]string{}
}

// hint is the text under a question; in Vietnamese where the language has none.
func (s sheet) hint(code survey.ItemCode, own string) foreign {
	if own != "" {
		return foreign{Text: own}
	}
	base, ok := s.dir.Questionnaire.Form(string(s.form.Code))
	if !ok || s.written == survey.LangVI {
		return foreign{}
	}
	return foreign{survey.LangVI, base.Hint(code)}
}

func (s sheet) comment() comment {
	c := s.form.Comment
	hint := s.hint(c.Code, c.Hint)
	if hint.Lang == "" {
		hint.Lang = s.foreign()
	}
	return comment{Code: c.Code, Label: c.Text, Max: c.Max, Hint: hint, Listen: s.listen("form.listen", c.Recording)}
}

// sound sends a recording, or the part of it that a player asks for. Its
// address names its content, so it may be kept for ever.
func (p *Pages) sound(c *fiber.Ctx) error {
	id, _, _ := strings.Cut(c.Params("file"), ".")
	content, kind, err := p.sounds.Sound(c.UserContext(), survey.RecordingID(id))
	if err != nil {
		return err
	}
	if id+endings[kind] != c.Params("file") {
		return fiber.ErrNotFound
	}
	c.Set(fiber.HeaderContentType, kind)
	c.Set(fiber.HeaderAcceptRanges, "bytes")
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	from, to, part := byteRange(c.Get(fiber.HeaderRange), len(content))
	if !part {
		return c.Send(content)
	}
	if from >= len(content) {
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes */%d", len(content)))
		return c.SendStatus(fiber.StatusRequestedRangeNotSatisfiable)
	}
	c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes %d-%d/%d", from, to, len(content)))
	return c.Status(fiber.StatusPartialContent).Send(content[from : to+1])
}

// byteRange reads a Range header of one range, as RFC 9110 has it: bytes=0-1,
// bytes=100-, bytes=-100. Others are passed over, as that allows.
func byteRange(header string, size int) (from, to int, ok bool) {
	first, last, found := strings.Cut(strings.TrimPrefix(header, "bytes="), "-")
	if !found || !strings.HasPrefix(header, "bytes=") {
		return 0, 0, false
	}
	from, err1 := strconv.Atoi(first)
	to, err2 := strconv.Atoi(last)
	switch {
	case first == "" && err2 == nil && to > 0:
		return max(0, size-to), size - 1, true
	case err1 == nil && from >= 0 && last == "":
		return from, size - 1, true
	case err1 == nil && err2 == nil && 0 <= from && from <= to:
		return from, min(to, size-1), true
	}
	return 0, 0, false
}
