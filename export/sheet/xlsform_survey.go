package sheet

import (
	"regexp"
	"slices"
	"strings"

	"hailong/survey"
)

// xmlName is a name that XLSForm allows.
var xmlName = regexp.MustCompile(`^[\p{L}_][\p{L}\p{M}\p{N}_.-]*$`)

// surveyReader reads the sheet survey row by row.
type surveyReader struct {
	*formReader
	t      *xlsTable
	names  map[string]int // row of each name
	long   map[string]bool
	forms  []*openForm
	form   *openForm // nil outside forms
	group  *survey.GroupCode
	from   int // row of the group's beginning
	deeper int // groups inside groups, which are refused
}

func (r *formReader) takeSurvey(t *xlsTable) {
	s := &surveyReader{formReader: r, t: t, names: map[string]int{}, long: map[string]bool{}}
	for _, row := range t.rows() {
		s.take(row)
	}
	for _, open := range []struct {
		is  bool
		row int
	}{{s.group != nil, s.from}, {s.form != nil, s.formRow()}} {
		if open.is {
			r.fault(t, open.row, xlsType, "Nhóm này không có end_group. Thêm dòng end_group", "This group has no end_group; add it")
		}
	}
	if s.form != nil {
		s.endForm()
	}
	if len(s.forms) == 0 {
		r.fault(t, 1, xlsType, "Không có phiếu nào. Mỗi phiếu là một begin_group ngoài cùng", "There is no form; each is a begin_group at the top")
	}
	s.join()
}

func (s *surveyReader) formRow() int {
	if s.form == nil {
		return 0
	}
	return s.form.row
}

// kind says what a row is, by its type and by where it stands.
func (s *surveyReader) kind(row int) (rowKind, bool) {
	text := s.t.text(row, xlsType)
	words := strings.Fields(strings.ToLower(text))
	switch joined := strings.Join(words, "_"); {
	case joined == "begin_group" && s.form == nil:
		return rowForm, true
	case joined == "begin_group":
		return rowGroup, true
	case joined == "end_group":
		return rowEnd, true
	case joined == "integer", joined == "text", joined == "note":
		return rowKind(joined), true
	case len(words) == 2 && words[0] == "select_one":
		if list := strings.Fields(text)[1]; s.scale != "" && list != s.scale {
			s.fault(s.t, row, xlsType, "Danh sách «%s» không phải thang trả lời ở trang choices. Mọi câu dùng chung một thang", "The list %q is not the scale in the sheet choices; all items share one", list)
		}
		return rowItem, true
	case joined == "":
		s.fault(s.t, row, xlsType, "Dòng có nội dung mà không ghi loại", "The row has content but no type")
	default:
		s.fault(s.t, row, xlsType, "Loại này không dùng được. Chỉ dùng begin_group, end_group, select_one, integer, text, note",
			"This type is not supported; use begin_group, end_group, select_one, integer, text or note")
	}
	return "", false
}

func (s *surveyReader) take(row int) {
	kind, ok := s.kind(row)
	if !ok {
		return
	}
	if s.tongue.Code == "" {
		s.checkRow(row, kind)
	}
	switch kind {
	case rowForm:
		s.beginForm(row)
	case rowGroup:
		s.beginGroup(row)
	case rowEnd:
		s.end(row)
	case rowNote:
		s.takeNote(row)
	default:
		s.takeQuestion(row, kind)
	}
}

// checkRow looks at what every row has, and refuses what its kind cannot hold.
func (s *surveyReader) checkRow(row int, kind rowKind) {
	for column := range s.t.columns {
		if column != xlsType && column != xlsName && s.t.text(row, column) != "" && !slices.Contains(cellsOf[kind], column.base()) {
			s.fault(s.t, row, column, "Ô này không có nghĩa ở dòng %s. Xóa nội dung", "This cell means nothing in a row of %s; empty it", kind)
		}
	}
	if kind == rowEnd {
		return
	}
	name := s.t.text(row, xlsName)
	switch before, twice := s.names[name]; {
	case name == "":
		s.fault(s.t, row, xlsName, "Chưa có tên. Đặt một tên không trùng", "The name is missing; give one that no other row has")
	case !xmlName.MatchString(name):
		s.fault(s.t, row, xlsName, "Tên chỉ gồm chữ, số, dấu chấm, gạch nối, gạch dưới và bắt đầu bằng chữ", "A name has letters, digits, points, hyphens and underscores, a letter first")
	case twice:
		s.fault(s.t, row, xlsName, "Tên này đã dùng ở dòng %d. Đặt tên khác", "This name is used in row %d already; choose another", before)
	default:
		s.names[name] = row
	}
	s.checkManner(row)
}

// checkManner looks at the cells that say how a question is shown.
func (s *surveyReader) checkManner(row int) {
	for word := range strings.FieldsSeq(s.t.text(row, xlsAppearance)) {
		if !slices.Contains(ignoredAppearances, strings.ToLower(word)) {
			s.fault(s.t, row, xlsAppearance, "Cách hiện «%s» không dùng được. Xóa nội dung", "The appearance %q is not supported; delete it", shorten(word))
		}
	}
	switch strings.ToLower(s.t.text(row, xlsRequired)) {
	case "", "no", "false", "false()", "0":
	default:
		s.fault(s.t, row, xlsRequired, "Phiếu không bắt buộc câu nào. Ghi no hoặc để trống", "No question of the form is required; write no or leave it empty")
	}
}

// takeNote reads whose wording the questionnaire is: the one note before the
// first form.
func (s *surveyReader) takeNote(row int) {
	if s.form != nil || len(s.forms) > 0 || s.q.Notice != "" {
		s.fault(s.t, row, xlsType, "Chỉ có một lời dẫn (note), đứng trước phiếu đầu tiên", "There is one note only, before the first form")
		return
	}
	s.q.Notice = s.label(s.t, row, xlsLabel)
}

func (s *surveyReader) beginGroup(row int) {
	if s.group != nil {
		s.deeper++
		s.fault(s.t, row, xlsType, "Nhóm trong nhóm không dùng được. Đóng nhóm trước bằng end_group", "Groups in groups are not supported; end the group before with end_group")
		return
	}
	code, err := survey.ParseCode(s.t.text(row, xlsGroup))
	if err != nil {
		s.refuse(s.t, row, xlsGroup, err)
	}
	group := survey.GroupCode(code)
	s.group, s.from = &group, row
	name := s.label(s.t, row, xlsLabel)
	if err == nil {
		s.nameGroup(row, group, name)
	}
}

// nameGroup notes what the form calls the group, and makes it known.
func (s *surveyReader) nameGroup(row int, group survey.GroupCode, name string) {
	if before, again := s.form.groups[group]; again && before != name {
		s.fault(s.t, row, s.own(s.t, xlsLabel), "Nhóm %s ở phiếu này đã có tên khác. Ghi cùng một tên", "Group %s has another name in this form already; write the same", group)
	}
	s.form.groups[group] = name
	if slices.ContainsFunc(s.q.Groups, func(g survey.Group) bool { return g.Code == group }) {
		return
	}
	if s.listed {
		s.fault(s.t, row, xlsGroup, "Nhóm %s không có trong danh sách %s ở trang choices", "Group %s is not in the list %s of the sheet choices", group, groupList)
		return
	}
	s.q.Groups = append(s.q.Groups, survey.Group{Code: group, Name: name})
}

func (s *surveyReader) end(row int) {
	switch {
	case s.deeper > 0:
		s.deeper--
	case s.group != nil:
		s.group = nil
	case s.form != nil:
		s.endForm()
	default:
		s.fault(s.t, row, xlsType, "Dòng end_group thừa. Xóa dòng này", "This end_group ends nothing; delete the row")
	}
}
