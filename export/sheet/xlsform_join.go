package sheet

import "hailong/survey"

// meaning is what an item code stands for in every form that asks it.
type meaning struct {
	kind  rowKind
	group survey.GroupCode
	short string
	most  int
	row   int
}

// join puts the forms into the questionnaire and refuses codes that mean
// different things in different forms: their figures are added up.
func (s *surveyReader) join() {
	known := map[survey.ItemCode]meaning{}
	singles := map[rowKind]survey.ItemCode{}
	for _, open := range s.forms {
		f := open.form
		for _, item := range f.Items {
			s.compare(known, item.Code, meaning{rowItem, item.Group, item.Short, 0, open.codes[item.Code]})
		}
		for code, m := range map[survey.ItemCode]meaning{
			f.Overall.Code:     {rowItem, "", f.Overall.Short, 0, open.asked[rowItem]},
			f.Expectation.Code: {rowPercent, "", f.Expectation.Short, f.Expectation.Max, open.asked[rowPercent]},
			f.Comment.Code:     {rowComment, "", "", f.Comment.Max, open.asked[rowComment]},
		} {
			s.compare(known, code, m)
			if first, any := singles[m.kind]; any && first != code && code != "" {
				s.fault(s.t, m.row, xlsItem, "Câu %s ngoài các nhóm có cùng một mã ở mọi phiếu, là %s", "The %s outside the groups has the same code in all forms: %s", m.kind, first)
			} else if code != "" {
				singles[m.kind] = code
			}
		}
		for _, g := range s.q.Groups {
			if own, named := open.groups[g.Code]; named {
				g.Name = own
			}
			f.Groups = append(f.Groups, g)
		}
		s.q.Forms = append(s.q.Forms, f)
	}
}

func (s *surveyReader) compare(known map[survey.ItemCode]meaning, code survey.ItemCode, m meaning) {
	first, again := known[code]
	if !again || code == "" || m.row == 0 {
		known[code] = m
		return
	}
	column, vi, en := xlsItem, "", ""
	switch {
	case m.kind != first.kind:
		column, vi, en = xlsType, "Câu %s ở dòng %d thuộc loại khác", "Item %s has another type in row %d"
	case m.group != first.group:
		vi, en = "Câu %s ở dòng %d thuộc nhóm khác. Mỗi mã câu thuộc một nhóm", "Item %s is in another group in row %d; a code belongs to one group"
	case m.short != first.short:
		column, vi, en = xlsShort, "Câu %s ở dòng %d có tên ngắn khác. Mọi phiếu dùng chung một tên ngắn", "Item %s has another short name in row %d; all forms share one"
	case m.most != first.most:
		column, vi, en = xlsConstraint, "Câu %s ở dòng %d có giới hạn khác. Mọi phiếu dùng chung một giới hạn", "Item %s has another limit in row %d; all forms share one"
	default:
		return
	}
	s.fault(s.t, m.row, column, vi, en, code, first.row)
}
