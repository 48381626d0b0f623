package page_test

import (
	"testing"

	"hailong/survey"
	"hailong/web/page"
)

func TestBarsAreWhole(t *testing.T) {
	for _, c := range []survey.Counts{{1: 10, 2: 10, 3: 20, 4: 30, 5: 30}, {5: 12}, {1: 12}, {5: 400}, {1: 1, 2: 2, 3: 33, 4: 333, 5: 3333}, {1: 33, 2: 33, 3: 34}} {
		b := page.NewBar("Câu", survey.DefaultThreshold.Show(c, c.Valid()))
		total := 0
		for _, part := range b.Parts {
			total += part.Width
			if part.Width < 0 || part.Width > 100 {
				t.Errorf("%v: a step of %d%%", c, part.Width)
			}
		}
		if total != 100 {
			t.Errorf("%v: the steps make %d%%", c, total)
		}
	}
	if b := page.NewBar("Câu", survey.DefaultThreshold.Show(survey.Counts{5: 9}, 9)); !b.Hidden || b.N != "" || b.Parts != nil {
		t.Errorf("nine answers: %+v", b)
	}
}

// Two rows that look alike stand in their own order, whatever is behind them.
func TestOrderTellsNoMoreThanTheRows(t *testing.T) {
	show := func(c survey.Counts) page.Bar {
		return page.NewBar("", survey.DefaultThreshold.Show(c, c.Valid()))
	}
	none, some, many := show(survey.Counts{4: 100, 5: 100}), show(survey.Counts{1: 9, 4: 91, 5: 100}), show(survey.Counts{1: 40, 5: 160})
	none.Name, some.Name, many.Name = "none", "some", "many"
	rows := []page.Bar{none, some, many}
	page.ByDissatisfied(rows)
	if rows[0].Name != "many" || rows[1].Name != "none" || rows[2].Name != "some" {
		t.Errorf("order %s, %s, %s", rows[0].Name, rows[1].Name, rows[2].Name)
	}
}

// Where two levels are put together their column and their colour say so.
func TestTwoLevelsTogetherAreNamedSo(t *testing.T) {
	show := func(n int) page.Bar {
		return page.NewBar("", survey.DefaultThreshold.Show(survey.Counts{1: n / 4, 4: n / 4, 5: n / 2}, n))
	}
	table := page.BarTable{Scale: survey.BuiltInQuestionnaire().Scale, Rows: []page.Bar{show(20), show(4)}}
	if got := table.Steps(); len(got) != 3 || got[0] != "Không hài lòng và rất không hài lòng" || got[2] != "Hài lòng và rất hài lòng" || table.Mixed() || table.Columns() != 9 {
		t.Errorf("few answers only: %q, %d columns", got, table.Columns())
	}
	if p := table.Rows[0].Parts; p[0].Level != 12 || p[2].Level != 45 {
		t.Errorf("the colours are those of single levels: %+v", p)
	}
	table.Rows = append(table.Rows, show(400))
	if !table.Mixed() || !table.Joined() || len(table.Steps()) != 5 {
		t.Error("beside a row of five levels the table has other columns")
	}
}
