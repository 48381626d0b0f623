package office

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"hailong/export/print"
	"hailong/survey"
	"hailong/web/page"
)

// Fields of the pack's form.
const (
	schoolField   = "truong"   // of a school that is ticked; may come often
	entranceField = "to-mo"    // activation sheets with new addresses
	confirmField  = "xac-nhan" // that old addresses end, or that it is for all schools
	backField     = "quay-lai" // from the question to the choice
	levelField    = "cap"
)

// packPart is one kind of file that a pack may have.
type packPart struct {
	field, text string
	in          func(*print.Contents) *bool
}

var packParts = []packPart{
	{"to-dan", "Tờ dán A4 (PDF)", func(c *print.Contents) *bool { return &c.Poster }},
	{"to-dan-word", "Tờ dán A4 sửa được (Word)", func(c *print.Contents) *bool { return &c.WordPoster }},
	{"phieu-nho", "Phiếu nhỏ phát cho lớp (PDF)", func(c *print.Contents) *bool { return &c.Slips }},
	{"tin-nhan", "Tin nhắn Zalo soạn sẵn", func(c *print.Contents) *bool { return &c.Texts }},
	{"ma-qr", "Mã QR (PNG và SVG)", func(c *print.Contents) *bool { return &c.Codes }},
}

// packChoice is the schools that a pack is for, as the page's address says it,
// and what goes into it.
type packChoice struct {
	selection // the round, state and column of the board mean nothing here
	Level     survey.Level
	Ticked    []string // codes; none: all that are selected
	Contents  print.Contents
	Renew     bool
	Confirmed bool
	Back      bool // to choose again
}

func readPackChoice(value func(name string) string) packChoice {
	c := packChoice{selection: readSelection(value), Level: survey.Level(value(levelField)), Contents: print.Everything}
	c.Round, c.State, c.Sort, c.Down = "", "", defaultSort, false
	if !slices.Contains(survey.Levels(), c.Level) {
		c.Level = ""
	}
	return c
}

// readPackForm reads the form that was sent: the same as in the address, the
// schools ticked, and what goes in.
func readPackForm(form page.Form) (packChoice, error) {
	ticked, rest := form.Take(schoolField)
	fields := []string{"q", "xa", "loai", levelField, entranceField, confirmField, backField, passwordField}
	for _, part := range packParts {
		fields = append(fields, part.field)
	}
	if err := rest.Only(fields...); err != nil {
		return packChoice{}, err
	}
	c := readPackChoice(rest.Get)
	c.Ticked, c.Renew, c.Confirmed = ticked, rest.Get(entranceField) != "", rest.Get(confirmField) != ""
	c.Back = rest.Get(backField) != ""
	for _, part := range packParts {
		*part.in(&c.Contents) = rest.Get(part.field) != ""
	}
	return c, nil
}

// values are the choice of schools as the page's address and the form have it.
func (c packChoice) values() []page.Field {
	var out []page.Field
	for _, f := range []page.Field{{Name: "q", Value: c.Search}, {Name: "xa", Value: string(c.Area)}, {Name: "loai", Value: string(c.Kind)}, {Name: levelField, Value: string(c.Level)}} {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	return out
}

// everything says whether nobody has chosen among the schools.
func (c packChoice) everything() bool { return len(c.Ticked) == 0 && len(c.values()) == 0 }

// path is the address of a page of the list.
func (c packChoice) path(number int) string {
	v := url.Values{}
	for _, f := range c.values() {
		v.Set(f.Name, f.Value)
	}
	if number > 1 {
		v.Set("trang", strconv.Itoa(number))
	}
	if len(v) == 0 {
		return packPath
	}
	return packPath + "?" + v.Encode()
}

// among gives the schools that the choice lets through, by commune and name.
func (c packChoice) among(all []entry) []entry {
	rows := c.selected(all)
	if c.Level == "" {
		return rows
	}
	return slices.DeleteFunc(rows, func(e entry) bool { return e.School.Enrolment[c.Level] == 0 })
}

// schools gives the schools that the pack is for: those ticked, or else all
// that the choice lets through. A school that is not there, or not for this
// account, is NotFound.
func (c packChoice) schools(all []entry) ([]entry, error) {
	if len(c.Ticked) == 0 {
		return c.among(all), nil
	}
	var out []entry
	for _, code := range c.Ticked {
		i := slices.IndexFunc(all, func(e entry) bool { return string(e.School.Code) == code })
		if i < 0 {
			return nil, survey.Refuse(survey.NotFound, "Có trường được đánh dấu không còn trong danh sách. Tải lại trang rồi chọn lại", "A school that was ticked is not in the list; load the page again")
		}
		if !slices.ContainsFunc(out, func(e entry) bool { return string(e.School.Code) == code }) {
			out = append(out, all[i])
		}
	}
	slices.SortStableFunc(out, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.School.Area.Code, b.School.Area.Code), cmp.Compare(a.School.Code, b.School.Code))
	})
	return out, nil
}
