package sheet_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"hailong/export/sheet"
)

// fieldsOf gives the fields that are understood of a list with these headers
// over otherwise sound columns.
func fieldsOf(t *testing.T, header []any, rows ...[]any) map[string]sheet.SchoolField {
	t.Helper()
	list, _, _ := readSchools(build(t, append([][]any{header}, rows...)))
	out := map[string]sheet.SchoolField{}
	for _, c := range list.Columns {
		out[c.Header] = c.Field
	}
	return out
}

func TestHeadersByMeaning(t *testing.T) {
	for position, words := range map[int][]string{
		1: {"Mã trường", "MÃ TRƯỜNG", "ma truong", "Mã\ntrường", " Mã  trường ", "Mã số", "Mã CSDL", "Mã đơn vị", "Mã trường (CSDL ngành)", "Mã định danh", "Mã trường (*)", norm.NFD.String("Mã trường")},
		2: {"Tên trường", "Trường", "Tên đơn vị", "Tên cơ sở giáo dục", "TÊN TRƯỜNG (ghi đầy đủ)", norm.NFD.String("Tên trường")},
		3: {"Loại hình", "Loại trường", "Cấp học", "Bậc học"},
		4: {"Xã phường", "Xã, phường", "Xã/Phường", "Xã", "Tên xã", "Địa bàn", "Đơn vị hành chính", "Phường, xã", norm.NFD.String("Xã/Phường")},
		5: {"Mã xã", "Mã ĐVHC", "Mã xã/phường"},
		7: {"Mầm non", "MN", "Nhà trẻ - mẫu giáo", "Số trẻ", "Số HS mầm non", "Số trẻ MN"},
		8: {"Tiểu học", "TH", "Cấp 1", "Số HS tiểu học", "HS TH", "Số học sinh cấp tiểu học năm học 2026-2027", "Cấp I", "Tổng số HS cấp 1"},
		9: {"THCS", "Cấp 2", "Trung học cơ sở", "Số học sinh THCS"}, 10: {"THPT", "Cấp 3", "Sĩ số THPT"}, 11: {"GDTX", "Học viên GDTX", "Số học viên", "Giáo dục thường xuyên"},
	} {
		for _, word := range words {
			header := append([]any(nil), flatHeader...)
			header[position] = word
			if list, _, err := readSchools(build(t, [][]any{header, school(1)})); err != nil || len(list.Rows) != 1 {
				t.Errorf("«%s» not understood: %v", word, err)
			}
		}
	}
}

func TestHeadersThatMeanSomethingElse(t *testing.T) {
	for _, word := range []string{"Số lớp tiểu học", "Số giáo viên THCS", "HS nữ tiểu học", "Tiểu học (nữ)", "Tổng số", "Số học sinh", "Khối 6", "Hiệu trưởng", "Điện thoại", "Ghi chú", "TH&THCS", "Số học sinh, học viên"} {
		if field, known := fieldsOf(t, append(flatHeader[:12:12], word), school(1))[word]; !known || field != "" {
			t.Errorf("«%s» taken for %q", word, field)
		}
	}
}

func TestHeadersOverTwoAndThreeRows(t *testing.T) {
	merge := func(refs ...string) func(*excelize.File) {
		return func(f *excelize.File) {
			for i := 0; i < len(refs); i += 2 {
				if err := f.MergeCell("Sheet1", refs[i], refs[i+1]); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	two := [][]any{
		{"DANH SÁCH TRƯỜNG NĂM HỌC 2026-2027"},
		{"Tên xã", "Số lớp", nil, "Số học sinh", nil, "Trường", nil, "Loại", "Ghi chú"},
		{nil, "TH", "THCS", "TH", "THCS", "Tên", "Mã"},
		{"(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"},
		{"Phường Tuy Hòa", 3, 4, 90, 80, "Trường A", "A-1", "TH&THCS"},
	}
	three := [][]any{
		{"Mã", "Trường", "Loại hình", "Xã", "Số học sinh"}, {nil, nil, nil, nil, "Chia theo cấp học"}, {nil, nil, nil, nil, "Tiểu học", "THCS"},
		{"A-1", "Trường A", "TH&THCS", "Phường Tuy Hòa", 90, 80},
	}
	for name, content := range map[string][]byte{
		"two rows, merged":     build(t, two, merge("A1", "I1", "A2", "A3", "B2", "C2", "D2", "E2", "F2", "G2", "H2", "H3")),
		"three rows":           build(t, three, merge("A1", "A3", "B1", "B3", "C1", "C3", "D1", "D3", "E1", "F1", "E2", "F2")),
		"three rows, unmerged": build(t, three),
	} {
		list, _, err := readSchools(content)
		if err != nil || len(list.Rows) != 1 {
			t.Errorf("%s: %d schools, %v", name, len(list.Rows), err)
			continue
		}
		if got := fmt.Sprint(list.Rows[0].School.Enrolment); got != "map[TH:90 THCS:80]" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestHeaderRefusals(t *testing.T) {
	without := func(n int) []any {
		header := append([]any(nil), flatHeader...)
		header[n] = "Khác"
		return header
	}
	noArea := without(4)
	noArea[5] = "Khác nữa"
	noLevel := flatHeader[:7:7]
	for name, c := range map[string]struct {
		header []any
		want   []string
	}{
		"no code":     {without(1), []string{"«Mã trường»", "B «Khác»", "L «GDTX»"}},
		"no name":     {without(2), []string{"«Tên trường»", "C «Khác»"}},
		"no kind":     {without(3), []string{"«Loại hình»", "D «Khác»"}},
		"no commune":  {noArea, []string{"«Xã/Phường»", "E «Khác»"}},
		"no level":    {noLevel, []string{"«Số học sinh từng cấp»"}},
		"twice":       {append(flatHeader[:12:12], "Tên đơn vị"), []string{"C «Tên trường»", "M «Tên đơn vị»"}},
		"level twice": {append(flatHeader[:12:12], "Cấp 1"), []string{"I «Tiểu học»", "M «Cấp 1»"}},
		"no header":   {[]any{"a", "b", "c"}, []string{"Không thấy dòng tiêu đề"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults, err := readSchools(build(t, [][]any{c.header, school(1)}))
			for _, want := range c.want {
				if err == nil || faults != nil || !strings.Contains(err.Error(), want) {
					t.Errorf("no %q in %v", want, err)
				}
			}
		})
	}
}

// The same schools come out wherever the columns stand.
func TestColumnsMayMove(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	rows := [][]any{flatHeader, school(1), school(2), school(3)}
	want := mustRead(t, build(t, rows)).Schools()
	for range 20 {
		order := random.Perm(len(flatHeader))
		var moved [][]any
		for _, row := range rows {
			var out []any
			for _, from := range order {
				out = append(out, row[from])
			}
			moved = append(moved, out)
		}
		if diff := cmp.Diff(want, mustRead(t, build(t, moved)).Schools()); diff != "" {
			t.Fatalf("order %v (-want +got):\n%s", order, diff)
		}
	}
}
