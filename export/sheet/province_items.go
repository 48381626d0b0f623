package sheet

import (
	"strconv"

	"hailong/survey"
)

// overallGroup stands where the overall item, which is in no group, has one.
const overallGroup = "Chung"

// itemRow is one item of a form with its counts, in the province or in one
// stratum.
type itemRow struct {
	stratum *survey.Stratum // nil: the whole province
	form    *survey.Form
	item    *survey.Item
	counts  *survey.Counts
}

func (p *province) writeItems(b *workbook) error {
	columns := []tableColumn[itemRow]{
		{"Phiếu", 13, nameLook, "", func(r itemRow) any { return string(r.form.Code) }},
		{"Mã câu", 9, nameLook, "", func(r itemRow) any { return string(r.item.Code) }},
		{"Nhóm", 9, nameLook, "", func(r itemRow) any { return r.group() }},
		{"Câu hỏi", 55, nameLook, "", func(r itemRow) any { return r.item.Text }},
	}
	columns = append(columns, countColumns()...)
	columns = append(columns, itemMean(),
		tableColumn[itemRow]{"Chỉ số (%)", 10, figureLook, indexFormula, func(r itemRow) any { return r.per(r.counts.Sum(), 100.0/survey.ScaleLevels) }},
		itemShare())
	return writeTable(b, table[itemRow]{Sheet: "Theo câu hỏi", Name: "TheoCauHoi", Title: "Kết quả theo câu hỏi, toàn tỉnh",
		Columns: columns, Rows: p.itemRows(), Frozen: 4, PagesWide: 1})
}

func (p *province) writeStratumItems(b *workbook) error {
	columns := []tableColumn[itemRow]{
		{"Mã trường", 13, codeLook, "", func(r itemRow) any { return string(r.stratum.School.Code) }},
		{"Tên trường", 45, nameLook, "", func(r itemRow) any { return r.stratum.School.Name }},
		{"Phiếu", 13, nameLook, "", func(r itemRow) any { return string(r.form.Code) }},
		{"Mã câu", 9, nameLook, "", func(r itemRow) any { return string(r.item.Code) }},
	}
	columns = append(columns, countColumns()...)
	columns = append(columns, itemMean(), itemShare())
	return writeTable(b, table[itemRow]{Sheet: "Trường và câu hỏi", Name: "TruongCauHoi", Title: "Kết quả theo trường, phiếu và câu hỏi",
		Columns: columns, Rows: p.stratumItemRows(), Frozen: 2, PagesWide: 1})
}

// countColumns are the counts from which an item's figures follow.
func countColumns() []tableColumn[itemRow] {
	columns := []tableColumn[itemRow]{{"Số trả lời", 10, countLook, "SUM([Mức 1]:[Mức 5])", func(r itemRow) any { return r.counts.Valid() }}}
	for level := 1; level <= survey.ScaleLevels; level++ {
		columns = append(columns, tableColumn[itemRow]{"Mức " + strconv.Itoa(level), 9, countLook, "", func(r itemRow) any { return r.counts[level] }})
	}
	return append(columns,
		tableColumn[itemRow]{"Không áp dụng", 9, countLook, "", func(r itemRow) any { return r.counts[survey.Unknown] }},
		tableColumn[itemRow]{"Bỏ trống", 9, countLook, "", func(r itemRow) any { return r.counts[survey.Blank] }})
}

func itemMean() tableColumn[itemRow] {
	const formula = "([Mức 1]+2*[Mức 2]+3*[Mức 3]+4*[Mức 4]+5*[Mức 5])/[Số trả lời]"
	return tableColumn[itemRow]{meanHeader, 10, figureLook, formula, func(r itemRow) any { return r.per(r.counts.Sum(), 1) }}
}

func itemShare() tableColumn[itemRow] {
	return tableColumn[itemRow]{shareHeader, 10, figureLook, "([Mức 4]+[Mức 5])/[Số trả lời]*100", func(r itemRow) any { return r.per(r.counts.Satisfied(), 100) }}
}

// per gives a sum over the item's valid answers, or nothing when there are
// none.
func (r itemRow) per(sum int, scale float64) any {
	n := r.counts.Valid()
	if n == 0 {
		return nil
	}
	return scale * float64(sum) / float64(n)
}

func (r itemRow) group() string {
	if r.item.Code == r.form.Overall.Code {
		return overallGroup
	}
	return string(r.item.Group)
}

// itemRows gives every item of every form, counted over the province.
func (p *province) itemRows() []itemRow {
	var rows []itemRow
	for _, form := range p.Questionnaire.Forms {
		rows = appendItems(rows, itemRow{form: form}, p.countsOf(form))
	}
	return rows
}

// countsOf adds up a form's items over all schools.
func (p *province) countsOf(form *survey.Form) []survey.Counts {
	counts := make([]survey.Counts, len(form.Items)+1)
	for _, s := range p.Strata {
		if s.Form.Code == form.Code {
			addCounts(counts, s.Tally.Items)
		}
	}
	return counts
}

// stratumItemRows gives every item of every stratum that has responses.
func (p *province) stratumItemRows() []itemRow {
	rows := make([]itemRow, 0, p.answeredItems())
	for i := range p.Strata {
		if s := &p.Strata[i]; s.Tally.Responses > 0 {
			rows = appendItems(rows, itemRow{stratum: s, form: s.Form}, s.Tally.Items)
		}
	}
	return rows
}

// answeredItems counts the rows that stratumItemRows gives.
func (p *province) answeredItems() int {
	n := 0
	for _, s := range p.Strata {
		if s.Tally.Responses > 0 {
			n += len(s.Tally.Items)
		}
	}
	return n
}

// appendItems adds a row for each item of the form, the overall item last.
func appendItems(rows []itemRow, row itemRow, counts []survey.Counts) []itemRow {
	for i := range row.form.Items {
		row.item, row.counts = &row.form.Items[i], &counts[i]
		rows = append(rows, row)
	}
	row.item, row.counts = &row.form.Overall, &counts[len(row.form.Items)]
	return append(rows, row)
}

func addCounts(sum, more []survey.Counts) {
	for i := range more {
		for mark, n := range more[i] {
			sum[i][mark] += n
		}
	}
}
