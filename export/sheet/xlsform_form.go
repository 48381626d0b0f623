package sheet

import (
	"regexp"
	"strconv"
	"strings"

	"hailong/survey"
)

// openForm is a form while its rows are read.
type openForm struct {
	row    int // of its beginning
	form   *survey.Form
	groups map[survey.GroupCode]string
	codes  map[survey.ItemCode]int // row of each
	asked  map[rowKind]int         // row of the one question of each kind beside the items
}

func (s *surveyReader) beginForm(row int) {
	f := &survey.Form{Name: s.label(s.t, row, xlsLabel), Address: s.label(s.t, row, xlsAddress)}
	code, err := survey.ParseCode(s.t.text(row, xlsForm))
	if err != nil {
		s.refuse(s.t, row, xlsForm, err)
	}
	f.Code = survey.FormCode(code)
	if f.Level, err = survey.ParseLevel(s.t.text(row, xlsLevel)); err != nil {
		s.refuse(s.t, row, xlsLevel, err)
	}
	if f.Respondent, err = survey.ParseRespondent(s.t.text(row, xlsRespondent)); err != nil {
		s.refuse(s.t, row, xlsRespondent, err)
	}
	for _, other := range s.forms {
		if code != "" && strings.EqualFold(string(other.form.Code), code) {
			s.fault(s.t, row, xlsForm, "Mã phiếu này đã dùng ở dòng %d. Đặt mã khác", "This form code is used in row %d already; choose another", other.row)
		}
	}
	s.form = &openForm{row: row, form: f, groups: map[survey.GroupCode]string{}, codes: map[survey.ItemCode]int{}, asked: map[rowKind]int{}}
	s.forms = append(s.forms, s.form)
}

// takeQuestion reads a question: an item inside a group; outside, one of the
// three that each form has once.
func (s *surveyReader) takeQuestion(row int, kind rowKind) {
	if s.form == nil {
		s.fault(s.t, row, xlsType, "Câu hỏi nằm ngoài phiếu. Đưa vào giữa begin_group và end_group của phiếu", "The question is outside a form; move it between a form's begin_group and end_group")
		return
	}
	code, err := survey.ParseCode(s.t.text(row, xlsItem))
	item := survey.Item{Code: survey.ItemCode(code)}
	if err != nil {
		s.refuse(s.t, row, xlsItem, err)
	} else {
		s.checkCode(row, item.Code)
	}
	item.Text, item.Hint, item.Recording = s.label(s.t, row, xlsLabel), s.hint(s.t, row), s.recording(s.t, row)
	s.warnLong(row, item)
	if kind != rowComment {
		item.Short = s.label(s.t, row, xlsShort)
	}
	switch {
	case s.group == nil:
		s.takeSingle(row, kind, item)
	case kind == rowItem:
		item.Group = *s.group
		s.form.form.Items = append(s.form.form.Items, item)
	default:
		s.fault(s.t, row, xlsType, "Trong nhóm chỉ có câu select_one. Đưa câu này ra ngoài nhóm, trong phiếu", "Groups hold select_one only; move this question out of the group, inside the form")
	}
}

func (s *surveyReader) checkCode(row int, code survey.ItemCode) {
	if before, twice := s.form.codes[code]; twice {
		s.fault(s.t, row, xlsItem, "Mã câu này đã dùng ở dòng %d trong cùng phiếu. Đặt mã khác", "This item code is used in row %d of the form already; choose another", before)
		return
	}
	s.form.codes[code] = row
}

// warnLong points once at each question that is hard to read on a telephone.
func (s *surveyReader) warnLong(row int, item survey.Item) {
	if s.tongue.SpokenOnly {
		return // said of the same words when they were read in Vietnamese
	}
	n := survey.Letters(item.Text)
	if key := string(item.Code) + " " + item.Text; n > survey.LongQuestion && !s.long[key] {
		s.long[key] = true
		s.warnings = append(s.warnings, s.t.at(row, s.own(s.t, xlsLabel), survey.Refuse(survey.Invalid,
			"Câu %s dài %d chữ cái; quá %d thì khó đọc trên điện thoại. Nên rút ngắn", "Item %s has %d characters; more than %d are hard to read on a telephone", item.Code, n, survey.LongQuestion)))
	}
}

func (s *surveyReader) takeSingle(row int, kind rowKind, item survey.Item) {
	if before, twice := s.form.asked[kind]; twice {
		s.fault(s.t, row, xlsType, "Ngoài các nhóm, mỗi phiếu chỉ có một câu %s; đã có ở dòng %d", "Outside its groups a form has one %s, which is in row %d already", kind, before)
		return
	}
	s.form.asked[kind] = row
	f := s.form.form
	switch kind {
	case rowItem:
		f.Overall = item
	case rowPercent:
		most := s.limit(row, percentLimit, survey.MinPercentage, survey.MaxPercentage, ". >= 0 and . <= 300")
		f.Expectation = survey.Percent{Code: item.Code, Text: item.Text, Short: item.Short, Max: most, Hint: item.Hint, Recording: item.Recording}
	case rowComment:
		most := s.limit(row, commentLimit, 1, survey.MaxComment, "string-length(.) <= 1000")
		f.Comment = survey.Comment{Code: item.Code, Text: item.Text, Max: most, Hint: item.Hint, Recording: item.Recording}
	}
}

var (
	percentLimit = regexp.MustCompile(`^\. ?>= ?0 and \. ?<= ?(\d{1,4})$`)
	commentLimit = regexp.MustCompile(`^string-length\( ?\. ?\) ?<= ?(\d{1,4})$`)
)

// limit reads the one constraint that a question of this kind may have.
func (s *surveyReader) limit(row int, form *regexp.Regexp, least, most int, example string) int {
	found := form.FindStringSubmatch(s.t.text(row, xlsConstraint))
	if found == nil {
		s.fault(s.t, row, xlsConstraint, "Ràng buộc này không dùng được. Ghi theo mẫu: %s", "This constraint is not supported; write it like: %s", example)
		return 0
	}
	n, err := strconv.Atoi(found[1])
	if err != nil || n < least || n > most {
		s.fault(s.t, row, xlsConstraint, "Giới hạn từ %d đến %d", "The limit goes from %d to %d", least, most)
	}
	return n
}

// endForm looks for what a form cannot do without.
func (s *surveyReader) endForm() {
	if len(s.form.form.Items) == 0 {
		s.fault(s.t, s.form.row, xlsType, "Phiếu không có câu select_one nào trong nhóm", "The form has no select_one in a group")
	}
	if n := len(s.form.form.Items); n > survey.MaxItems {
		s.fault(s.t, s.form.row, xlsType, "Phiếu có %d câu, quá giới hạn %d", "The form has %d items, more than %d", n, survey.MaxItems)
	}
	for _, kind := range []rowKind{rowItem, rowPercent, rowComment} {
		if s.form.asked[kind] == 0 {
			s.fault(s.t, s.form.row, xlsType, "Phiếu thiếu một câu %s ngoài các nhóm", "The form lacks one %s outside its groups", kind)
		}
	}
	s.form = nil
}
