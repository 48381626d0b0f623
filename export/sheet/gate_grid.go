package sheet

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// gridCell is a cell that holds something. text is what the person sees, raw
// what is stored; kind is the file's own letter for the type of the value:
// empty or n number, s, str and inlineStr text, b truth, e error, d date.
type gridCell struct {
	text, raw string
	kind      string
	style     int
	formula   bool
	valued    bool
}

func (c gridCell) isNumber() bool { return c.kind == "" || c.kind == "n" }

// place is a cell's row and column, both from 1.
type place struct{ row, col int }

// block is a merged range.
type block struct{ first, last place }

// grid is the content of one worksheet.
type grid struct {
	rows       [][]gridCell // rows[r-1][c-1]; short where nothing follows
	hiddenRows map[int]bool
	hiddenCols map[int]bool
	merges     []block
	cover      map[place]block // by every cell inside a merged range
}

func newGrid() *grid {
	return &grid{hiddenRows: map[int]bool{}, hiddenCols: map[int]bool{}, cover: map[place]block{}}
}

func (g *grid) put(row, col int, c gridCell) {
	for len(g.rows) < row {
		g.rows = append(g.rows, nil)
	}
	for len(g.rows[row-1]) < col {
		g.rows[row-1] = append(g.rows[row-1], gridCell{})
	}
	g.rows[row-1][col-1] = c
}

// at gives a cell; an empty one where there is nothing.
func (g *grid) at(row, col int) gridCell {
	if row < 1 || row > len(g.rows) || col < 1 || col > len(g.rows[row-1]) {
		return gridCell{}
	}
	return g.rows[row-1][col-1]
}

// width is the last column that holds something in these rows.
func (g *grid) width(first, last int) int {
	width := 0
	for row := first; row <= min(last, len(g.rows)); row++ {
		width = max(width, len(g.rows[row-1]))
	}
	return width
}

func (g *grid) merge(ref string) error {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return nil
	}
	var b block
	var errs [2]error
	b.first.col, b.first.row, errs[0] = excelize.CellNameToCoordinates(from)
	b.last.col, b.last.row, errs[1] = excelize.CellNameToCoordinates(to)
	if errs[0] != nil || errs[1] != nil || b.last.row < b.first.row || b.last.col < b.first.col {
		return errBroken(fmt.Errorf("merged range %q", ref))
	}
	g.merges = append(g.merges, b)
	return nil
}

// spread notes for each cell the merged range that covers it, inside the part
// of the sheet that holds something.
func (g *grid) spread() error {
	width := g.width(1, len(g.rows))
	left := maxExtent
	for _, b := range g.merges {
		rows, cols := min(b.last.row, len(g.rows))-b.first.row+1, min(b.last.col, width)-b.first.col+1
		left -= 1 + max(rows, 0)*max(cols, 0)
		if left < 0 {
			return errTooMuch()
		}
		for i := range max(rows, 0) * max(cols, 0) {
			g.cover[place{b.first.row + i/cols, b.first.col + i%cols}] = b
		}
	}
	return nil
}

// read fills in the texts by the library's streaming reader, once as shown and
// once as stored.
func (u *upload) read(sheet string, g *grid) error {
	return guarded(func() error {
		shown, err := u.file.Rows(sheet)
		if err != nil {
			return err
		}
		stored, err := u.file.Rows(sheet)
		if err != nil {
			return err
		}
		for row := 1; err == nil && row <= len(g.rows) && shown.Next() && stored.Next(); row++ {
			err = g.fill(row, shown, stored)
		}
		return errors.Join(err, shown.Close(), stored.Close())
	})
}

func (g *grid) fill(row int, shown, stored *excelize.Rows) error {
	texts, err := shown.Columns()
	if err != nil {
		return err
	}
	raws, err := stored.Columns(excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	cells := g.rows[row-1]
	for i := range cells {
		if i < len(texts) {
			cells[i].text = texts[i]
		}
		if i < len(raws) {
			cells[i].raw = raws[i]
		}
	}
	return nil
}
