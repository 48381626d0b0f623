package survey

import "strconv"

// Pledges are the lines «Nhà trường sẽ làm»: what a school promises its parents
// after it has read its results. An empty line is none.
const (
	MaxPledges  = 3
	pledgeLimit = 200 // characters of a line
)

// Pledge is one line of a school.
type Pledge struct {
	Position int // 1–3
	Text     string
	Hidden   bool // the office took it from sight
}

// PledgeField names the field of a line in a form: dong-1 … dong-3.
func PledgeField(position int) string { return "dong-" + strconv.Itoa(position) }

// ParsePledges reads the lines as typed. They are cleaned; every fault is
// reported at once; those left empty are dropped and the others move up.
func ParsePledges(typed []string) ([]Pledge, error) {
	var pledges []Pledge
	var wrong []FieldError
	for i, text := range typed {
		text = CleanLine(text)
		if over := Letters(text) - pledgeLimit; over > 0 || i >= MaxPledges {
			wrong = append(wrong, *fieldError(PledgeField(i+1), "Dòng %d dài quá %d chữ cái. Bớt %d chữ cái", "Line %d is longer than %d characters; take away %d", i+1, pledgeLimit, over))
			continue
		}
		if text != "" {
			pledges = append(pledges, Pledge{Position: len(pledges) + 1, Text: text})
		}
	}
	if len(wrong) > 0 {
		return nil, &Error{Kind: Invalid, Message: "Có chỗ cần sửa", English: "Some lines need mending", Fields: wrong}
	}
	return pledges, nil
}

// SchoolPledges is the lines of one school.
type SchoolPledges struct {
	School  SchoolCode
	Pledges []Pledge
}

// KeepHidden gives the new lines, hidden where the office had hidden the very
// same words: sending them again does not bring them back.
func KeepHidden(before, after []Pledge) []Pledge {
	for i := range after {
		for _, old := range before {
			if old.Hidden && old.Text == after[i].Text {
				after[i].Hidden = true
			}
		}
	}
	return after
}
