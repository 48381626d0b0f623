package sheet

import (
	"maps"
	"slices"
	"strings"

	"hailong/survey"
)

// remark adds what is worth a look in the list as a whole.
func (r *schoolReader) remark() {
	for _, key := range slices.Sorted(maps.Keys(r.repeated)) {
		f, n := r.repeated[key].first, r.repeated[key].cells
		if n > 1 {
			more := survey.Refuse(survey.Invalid, " (và %d ô nữa trong cột)", " (and %d more cells in the column)", n-1)
			f.Message, f.English = f.Message+more.Message, f.English+more.English
		}
		r.list.Warnings = append(r.list.Warnings, f)
	}
	r.remarkHidden()
	var unread []string
	for _, c := range r.list.Columns {
		if c.Field == "" {
			unread = append(unread, c.Letter+" «"+shorten(c.Header)+"»")
		}
	}
	if len(unread) > 0 {
		r.remarkSheet(survey.Refuse(survey.Invalid, "Không đọc các cột: %s", "Columns that are not read: %s", strings.Join(unread, ", ")))
	}
	slices.SortStableFunc(r.list.Warnings, compareFaults)
}

func (r *schoolReader) remarkHidden() {
	if r.list.Hidden > 0 {
		r.remarkSheet(survey.Refuse(survey.Invalid, "%d trường nằm ở dòng đang ẩn hoặc đang lọc, vẫn được đọc", "%d schools are in hidden or filtered rows; they were read", r.list.Hidden))
	}
	for _, c := range r.list.Columns {
		if c.Field != "" && r.grid.hiddenCols[c.index] {
			r.remarkSheet(survey.Refuse(survey.Invalid, "Cột %s «%s» đang ẩn, vẫn được đọc", "Column %s %q is hidden; it was read", c.Letter, shorten(c.Header)))
		}
	}
	for _, s := range r.upload.sheets {
		if s.hidden {
			r.remarkSheet(survey.Refuse(survey.Invalid, "Trang «%s» đang ẩn, không được đọc", "Sheet %q is hidden and was not read", s.name))
		}
	}
}

// remarkSheet warns about the sheet; it stands at the header.
func (r *schoolReader) remarkSheet(said *survey.Error) {
	r.list.Warnings = append(r.list.Warnings, Fault{Sheet: r.list.Sheet, Row: r.header.last, Message: said.Message, English: said.English})
}
