package survey

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// From how many responses of a school, and how many comments that were read and
// released, the school is shown any: fewer would point at a writer.
const (
	CommentResponses = 20
	CommentsTogether = 5
)

// MayShowComments says whether a school with so many responses in a round is
// shown so many released comments.
func MayShowComments(responses, released int) bool {
	return responses >= CommentResponses && released >= CommentsTogether
}

// CommentState is what the office has decided of a comment.
type CommentState string

// The states of a comment.
const (
	CommentNew      CommentState = ""         // nobody has read it
	CommentRead     CommentState = "read"     // read, nothing decided
	CommentReleased CommentState = "released" // the school may read it, masked
	CommentWithheld CommentState = "withheld" // the school may not
)

// CommentStates gives the states in the order in which a comment goes through them.
func CommentStates() []CommentState {
	return []CommentState{CommentNew, CommentRead, CommentReleased, CommentWithheld}
}

// Name says a state to people.
func (s CommentState) Name() string {
	switch s {
	case CommentRead:
		return "đã đọc"
	case CommentReleased:
		return "phát hành"
	case CommentWithheld:
		return "không phát hành"
	}
	return "mới"
}

// Remark is one comment as the office reads it. It has no day and no order of
// arrival, and nothing of what its writer answered.
type Remark struct {
	ID      string // names it on the office's pages; tells nothing
	Stratum int64
	Text    string // as it was written; for the office only
	CommentVerdict
	By string // who decided; empty: nobody
}

// CommentVerdict is what a person decides of a comment.
type CommentVerdict struct {
	State  CommentState
	Masked string // what others than the office read
	Urgent bool   // a child may be in danger
	Told   string // of an urgent one: who was told, and when
}

// maxTold is how many letters the note of who was told may have.
const maxTold = 200

// Proposed is the text with what should be masked, as far as a program can
// tell: the one that was decided or, before that, a proposal.
func (c Remark) Proposed() string {
	if c.State != CommentNew {
		return c.Masked
	}
	return Masked(c.Text)
}

// Check refuses a verdict that cannot be kept, all faults at once: a comment
// once read is not new again, what is released has a text, and of an urgent one
// it is written down who was told.
func (v CommentVerdict) Check() error {
	refusal := &Error{Kind: Invalid, Message: "Có chỗ cần sửa", English: "Some fields need to be mended"}
	fault := func(field, vi, en string) {
		refusal.Fields = append(refusal.Fields, FieldError{Field: field, Message: vi, English: en})
	}
	if v.State == CommentNew || !slices.Contains(CommentStates(), v.State) {
		fault("quyet-dinh", "Chọn một trong các nút quyết định", "Choose one of the decisions")
	}
	if v.State == CommentReleased && v.Masked == "" {
		fault("che", "Lời góp ý để phát hành đang trống. Giữ lại phần trường đọc được, hoặc chọn không phát hành", "There is no text to release")
	}
	if Letters(v.Masked) > 2*MaxComment {
		fault("che", "Lời góp ý dài quá. Rút ngắn lại", "The text is too long")
	}
	if v.Urgent && v.Told == "" {
		fault("da-bao", "Ghi đã báo cho ai, lúc nào. Chưa báo thì báo ngay rồi ghi", "Write down who was told, and when")
	}
	if utf8.RuneCountInString(v.Told) > maxTold {
		fault("da-bao", "Ghi ngắn lại, không quá 200 ký tự", "Write at most 200 characters")
	}
	if refusal.Fields == nil {
		return nil
	}
	return refusal
}

// CommentQuery says which comments of a round are wanted. Empty fields ask
// nothing.
type CommentQuery struct {
	School SchoolCode
	Area   AreaCode
	Level  Level
	State  string // a CommentState, "new" or "urgent"; empty: all
	Words  []string
}

// The states by which comments are looked for, beside those of CommentState.
const (
	LookForNew    = "new"
	LookForUrgent = "urgent"
)

// Keeps says whether a comment of a stratum is one of those asked for; text is
// what the one who asks may read of it.
func (q CommentQuery) Keeps(c Remark, s Stratum, text string) bool {
	switch {
	case q.School != "" && s.School.Code != q.School, q.Area != "" && s.School.Area.Code != q.Area, q.Level != "" && s.Form.Level != q.Level:
		return false
	case q.State == LookForNew && c.State != CommentNew, q.State == LookForUrgent && !c.Urgent:
		return false
	case q.State != "" && q.State != LookForNew && q.State != LookForUrgent && string(c.State) != q.State:
		return false
	case len(q.Words) == 0:
		return true
	}
	folded := Fold(text)
	return !slices.ContainsFunc(q.Words, func(w string) bool { return !strings.Contains(folded, w) })
}

// CommentCount counts the comments of a round, or of a part of it.
type CommentCount struct{ All, New, Read, Released, Withheld, Urgent int }

// Add counts a comment.
func (n *CommentCount) Add(c Remark) {
	n.All++
	switch c.State {
	case CommentNew:
		n.New++
	case CommentRead:
		n.Read++
	case CommentReleased:
		n.Released++
	case CommentWithheld:
		n.Withheld++
	}
	if c.Urgent {
		n.Urgent++
	}
}

// Remarks is what the office reads of a round: comments in an order that
// means nothing, and the strata that they come from.
type Remarks struct {
	Round  Round
	Title  string
	Strata map[int64]Stratum
	List   []Remark
	Made   time.Time
}

// Find gives a comment by its ID.
func (cs Remarks) Find(id string) (Remark, bool) {
	i := slices.IndexFunc(cs.List, func(c Remark) bool { return c.ID == id })
	if i < 0 {
		return Remark{}, false
	}
	return cs.List[i], true
}

// Responses counts the responses of a school in the round.
func (cs Remarks) Responses(school SchoolCode) (n int) {
	for _, s := range cs.Strata {
		if s.School.Code == school {
			n += s.Tally.Responses
		}
	}
	return n
}

// ReleasedOf counts a school's released comments.
func (cs Remarks) ReleasedOf(school SchoolCode) (n int) {
	for _, c := range cs.List {
		if c.State == CommentReleased && cs.Strata[c.Stratum].School.Code == school {
			n++
		}
	}
	return n
}
