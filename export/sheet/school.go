package sheet

import (
	"cmp"
	"slices"
	"strings"

	"hailong/survey"
)

// SchoolList is a school list as it was read from an office's workbook.
type SchoolList struct {
	Sheet    string
	Header   RowSpan
	Rows     []SchoolRow    // in the order of the sheet; none when the list was refused
	Columns  []SchoolColumn // every column with a header, also those not read (Field is empty)
	Warnings []Fault        // worth a look; they refuse nothing
	Skipped  []SkippedRow   // rows with text that are no schools
	Hidden   int            // schools in rows that are hidden or filtered out; they are read
	Filled   int            // cells that got what stands in the first of a merged range
}

// RowSpan is rows from one to another, from 1 as in Excel.
type RowSpan struct{ First, Last int }

// SchoolRow is a school and the row that it stands in, from 1 as in Excel.
type SchoolRow struct {
	Row    int
	School survey.School
}

// SkippedRow is a row under the header that is no school: a total, a heading
// inside the list, a signature.
type SkippedRow struct {
	Row   int
	Total bool
	Text  string // its first text, shortened
}

// Schools gives the schools alone.
func (l SchoolList) Schools() []survey.School {
	out := make([]survey.School, len(l.Rows))
	for i, row := range l.Rows {
		out[i] = row.School
	}
	return out
}

// ReadSchools reads a school list as offices keep it: title rows above, a
// header of one to three rows found by its meaning, totals and signatures
// below. It is all or nothing: the error is a *survey.Error of kind Invalid and,
// where cells are wrong, carries every one of them as Faults. The list that
// comes with such an error has its columns, warnings and skipped rows, but no
// schools. The workbook may have at most MaxUpload bytes.
func ReadSchools(data []byte, areas survey.Areas) (SchoolList, error) {
	u, err := openUpload(data)
	if err != nil {
		return SchoolList{}, err
	}
	defer u.file.Close() // everything is in memory, nothing can be lost
	found, err := u.findSchools()
	if err != nil {
		return SchoolList{}, err
	}
	return readFound(u, found, areas)
}

func readFound(u *upload, found schoolSheet, areas survey.Areas) (SchoolList, error) {
	r := newSchoolReader(u, found, areas)
	r.readRows()
	r.remark()
	list := r.list
	if err := r.faults.refusal(); err != nil {
		list.Rows = nil
		return list, err
	}
	if len(list.Rows) == 0 {
		return list, survey.Refuse(survey.Invalid, "Trang «%s» chưa có trường nào. Điền danh sách từ dòng %d rồi nạp lại",
			"Sheet %q has no school yet; fill in the list from row %d on", list.Sheet, found.header.last+1)
	}
	return list, nil
}

// schoolReader reads the rows of one list.
type schoolReader struct {
	upload   *upload
	grid     *grid
	header   header
	by       map[SchoolField]SchoolColumn
	areas    survey.Areas
	list     SchoolList
	faults   Faults
	codes    map[string]int // the row in which a code stood first, by comparable form
	alike    map[string]int // the same with O and 0, I and 1 taken for one another
	repeated map[string]*repeated
}

// repeated is a warning that many cells of a column share; it is given once.
type repeated struct {
	first Fault
	cells int
}

func newSchoolReader(u *upload, s schoolSheet, areas survey.Areas) *schoolReader {
	r := &schoolReader{upload: u, grid: s.grid, header: s.header, areas: areas, by: map[SchoolField]SchoolColumn{},
		codes: map[string]int{}, alike: map[string]int{}, repeated: map[string]*repeated{}}
	r.list = SchoolList{Sheet: s.name, Header: RowSpan{s.header.first, s.header.last}, Columns: s.header.columns}
	for _, c := range s.header.columns {
		if _, known := r.by[c.Field]; c.Field != "" && !known {
			r.by[c.Field] = c
		}
	}
	return r
}

// readRows reads every row under the header. Below the last row that surely is
// a school nothing is one; above it, whatever holds two fields is.
func (r *schoolReader) readRows() {
	first := r.header.skipNumbering(r.grid)
	last := len(r.grid.rows)
	for last >= first && !r.isSchool(last) {
		last--
	}
	for row := first; row <= len(r.grid.rows); row++ {
		switch {
		case r.isBlank(row):
		case row <= last && (r.isSchool(row) || r.mayBeSchool(row)):
			r.readSchool(row)
		default:
			r.skip(row)
		}
	}
	slices.SortStableFunc(r.faults, compareFaults)
}

func (r *schoolReader) skip(row int) {
	text := r.firstText(row)
	r.list.Skipped = append(r.list.Skipped, SkippedRow{Row: row, Total: isTotal(text), Text: shorten(text)})
}

func (r *schoolReader) readSchool(row int) {
	before := len(r.faults)
	school := survey.School{Code: r.code(row), Name: r.name(row), Kind: r.kind(row), Area: r.area(row)}
	address, _ := r.text(row, FieldAddress) // a fault is noted and refuses the list
	school.Address = survey.CleanLine(address)
	school.Enrolment = r.enrolment(row, school.Kind)
	if r.grid.hiddenRows[row] {
		r.list.Hidden++
	}
	r.list.Filled += r.filled(row)
	if len(r.faults) == before {
		r.list.Rows = append(r.list.Rows, SchoolRow{Row: row, School: school})
	}
}

func compareFaults(a, b Fault) int {
	return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(len(a.Column), len(b.Column)), strings.Compare(a.Column, b.Column))
}
