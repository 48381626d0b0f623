package office

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"hailong/export/sheet"
	"hailong/survey"
)

// areaChoice is which communes the list shows, and in which order: what its
// address says.
type areaChoice struct {
	Search string
	Sort   string
	Down   bool
}

// areaColumns are those of the list, by which it can be sorted.
var areaColumns = []struct {
	key, name string
	number    bool
}{{"ma", "Mã", false}, {"ten", "Tên", false}, {"truong", "Trường", true}}

func readAreaChoice(c *fiber.Ctx) areaChoice {
	s := areaChoice{Search: survey.CleanLine(cutBytes(c.Query("q"), maxSearch)), Sort: areaColumns[1].key}
	key, down := strings.CutPrefix(c.Query("xep"), "-")
	for _, column := range areaColumns {
		if column.key == key {
			s.Sort, s.Down = key, down
		}
	}
	return s
}

// query is what stands behind the «?» of an address with this choice.
func (s areaChoice) query() string {
	v := url.Values{}
	if s.Search != "" {
		v.Set("q", s.Search)
	}
	if order := s.order(); order != "" {
		v.Set("xep", order)
	}
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}

// order is the value of «xep», or "" for the usual order.
func (s areaChoice) order() string {
	if order := map[bool]string{true: "-"}[s.Down] + s.Sort; order != areaColumns[1].key {
		return order
	}
	return ""
}

func (s areaChoice) heads() []header {
	var out []header
	for _, one := range areaColumns {
		by := areaChoice{s.Search, one.key, s.Sort == one.key && !s.Down}
		h := header{column: column{Key: one.key, Name: one.name, Number: one.number}, Path: areasPath + by.query()}
		if one.key == s.Sort {
			h.Order = map[bool]string{false: "ascending", true: "descending"}[s.Down]
		}
		out = append(out, h)
	}
	return out
}

// among gives the communes that the choice lets through, in its order; equal
// ones stand by name, then by code.
func (s areaChoice) among(all []survey.AreaRecord) []survey.AreaRecord {
	words := strings.Fields(survey.Fold(s.Search))
	rows := slices.DeleteFunc(slices.Clone(all), func(r survey.AreaRecord) bool {
		return !hasAll(survey.Fold(string(r.Code)+" "+r.Title()), words)
	})
	order := collate.New(language.Vietnamese, collate.Numeric)
	slices.SortStableFunc(rows, func(a, b survey.AreaRecord) int {
		name, code := order.CompareString(a.Name, b.Name), cmp.Compare(a.Code, b.Code)
		first := map[string]int{"ma": code, "ten": name, "truong": cmp.Compare(a.Schools, b.Schools)}[s.Sort]
		if s.Down {
			first = -first
		}
		return cmp.Or(first, name, code)
	})
	return rows
}

// areasWorkbook hands over the list as it is shown.
func (p *Pages) areasWorkbook(c *fiber.Ctx, _ survey.Account) error {
	records, err := p.Registry.AreaRecords(c.UserContext())
	if err != nil {
		return err
	}
	chosen := readAreaChoice(c)
	book := sheet.AreaBook{Made: p.Clock().In(p.zone()), Areas: chosen.among(records)}
	if chosen.Search != "" {
		book.Condition = "tìm «" + chosen.Search + "»"
	}
	var file bytes.Buffer
	if err := sheet.WriteAreas(&file, book); err != nil {
		return fmt.Errorf("write the list of communes: %w", err)
	}
	setAttachment(c, "xa-phuong.xlsx", workbookType)
	return c.Send(file.Bytes())
}
