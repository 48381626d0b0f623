package sheet

import (
	"fmt"
	"slices"

	"hailong/survey"
)

// opinionRow is one comment with the school and form it came from.
type opinionRow struct {
	number  int
	stratum int // index in Strata
	text    string
}

// writeOpinions lists the comments school by school. Those of one school and
// form stay in the order in which they came in the results, which means
// nothing.
func (p *province) writeOpinions(b *workbook) error {
	rows, err := p.opinionRows()
	if err != nil {
		return err
	}
	school := func(r opinionRow) survey.School { return p.Strata[r.stratum].School }
	return writeTable(b, table[opinionRow]{Sheet: "Ý kiến", Name: "YKien", Title: "Ý kiến, đề xuất khác của người trả lời",
		Columns: []tableColumn[opinionRow]{
			{"STT", 9, countLook, "", func(r opinionRow) any { return r.number }},
			{"Mã trường", 13, codeLook, "", func(r opinionRow) any { return string(school(r).Code) }},
			{"Tên trường", 45, nameLook, "", func(r opinionRow) any { return school(r).Name }},
			{"Phiếu", 13, nameLook, "", func(r opinionRow) any { return string(p.Strata[r.stratum].Form.Code) }},
			{"Ý kiến", 90, textLook, "", func(r opinionRow) any { return defused(r.text) }},
		},
		Rows: rows, Frozen: 3, PagesWide: 1})
}

func (p *province) opinionRows() ([]opinionRow, error) {
	index := map[int64]int{}
	for i, s := range p.Strata {
		index[s.ID] = i
	}
	rows := make([]opinionRow, 0, len(p.Opinions))
	for _, o := range p.Opinions {
		i, ok := index[o.Stratum]
		if !ok {
			return nil, fmt.Errorf("list the opinions: one is of stratum %d, which is not in the results", o.Stratum)
		}
		rows = append(rows, opinionRow{stratum: i, text: o.Text})
	}
	slices.SortStableFunc(rows, func(a, b opinionRow) int { return a.stratum - b.stratum })
	for i := range rows {
		rows[i].number = i + 1
	}
	return rows, nil
}
