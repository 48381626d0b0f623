package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"hailong/survey"
)

// sound is a list of two schools that everybody accepts.
func sound(t testing.TB) []byte { return build(t, [][]any{flatHeader, school(1), school(2)}) }

// withSheet replaces the rows of a sound list by raw XML.
func withSheet(t testing.TB, rows string) []byte {
	return repack(t, sound(t), func(name string, part []byte) []byte {
		if name != "xl/worksheets/sheet1.xml" {
			return part
		}
		return []byte(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`)
	})
}

// withPart adds a part to a sound list or puts another in its place.
func withPart(t testing.TB, part string, content []byte) []byte {
	done := false
	packed := repack(t, sound(t), func(name string, was []byte) []byte {
		if name == part {
			done = true
			return content
		}
		return was
	})
	if done {
		return packed
	}
	return repack(t, packed, same, part)
}

// lying states another size for a part than really comes out of it.
func lying(t testing.TB, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	to := zip.NewWriter(&b)
	pack(t, to, "[Content_Types].xml", []byte("<Types/>"))
	pack(t, to, "xl/media/image1.bin", make([]byte, size))
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	content := b.Bytes()
	end := bytes.LastIndex(content, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(content[end+24:], 10) // uncompressed size in the directory
	return content
}

// ole is the beginning of the container of old and of protected files.
func ole(stream string) []byte {
	content := append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 4096)...)
	for _, r := range stream {
		content = append(content, byte(r), 0)
	}
	return content
}

func TestGateRefusesWhatIsNoList(t *testing.T) {
	zipped := func(names ...string) []byte {
		var b bytes.Buffer
		to := zip.NewWriter(&b)
		for _, name := range names {
			pack(t, to, name, []byte("<x/>"))
		}
		if err := to.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	whole := sound(t)
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"empty":             {nil, "Tệp trống"},
		"CSV":               {[]byte("Mã trường,Tên trường\n1,A\n"), "không phải tệp Excel .xlsx"},
		"HTML":              {[]byte("<html><table><tr><td>1</td></tr></table></html>"), "không phải tệp Excel .xlsx"},
		"truncated":         {whole[:len(whole)/2], "bị hỏng"},
		"empty zip":         {zipped(), "không phải tệp Excel .xlsx"},
		"other zip":         {zipped("a.txt"), "không phải tệp Excel .xlsx"},
		"Word":              {zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "không phải tệp Excel .xlsx"},
		"old .xls":          {ole("Workbook"), "kiểu cũ (.xls)"},
		"password":          {ole("EncryptedPackage"), "có mật khẩu"},
		"macro part":        {withPart(t, "xl/vbaProject.bin", nil), "macro"},
		"macro type":        {withPart(t, "[Content_Types].xml", []byte(`<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>`)), "macro"},
		"xlsb":              {zipped("[Content_Types].xml", "xl/workbook.bin"), ".xlsb"},
		"ods":               {zipped("mimetype", "content.xml"), ".ods"},
		"larger than 2 MB":  {make([]byte, 2<<20+1), "lớn hơn 2 MB"},
		"large sheet":       {withPart(t, "xl/worksheets/sheet1.xml", bytes.Repeat([]byte(" "), 100<<20)), "quá lớn"},
		"large media":       {withPart(t, "xl/styles.xml", make([]byte, 30<<20)), "quá lớn"},
		"lying about size":  {lying(t, 20<<20), "bị hỏng"},
		"lying, small":      {lying(t, 1<<20), "bị hỏng"},
		"many parts":        {zipped(manyNames(5000)...), "200 phần"},
		"many strings":      {withPart(t, "xl/sharedStrings.xml", []byte("<sst>"+strings.Repeat("<si><t/></si>", 150000)+"</sst>")), "quá lớn"},
		"wide rows":         {withSheet(t, wideRows(5000)), "cột XFD"},
		"wide blank cells":  {withSheet(t, strings.ReplaceAll(wideRows(5000), "<v>1</v>", "")), "quá lớn"},
		"last row":          {withSheet(t, `<row r="1048576"><c r="A1048576"><v>1</v></c></row>`), "dòng 1.048.576"},
		"row 2000000000":    {withSheet(t, `<row r="2000000000"><c r="A1"><v>1</v></c></row>`), "dòng 2.000.000.000"},
		"rows backwards":    {withSheet(t, `<row r="9"/><row r="3"/>`), "bị hỏng"},
		"cells backwards":   {withSheet(t, `<row r="1"><c r="D1"/><c r="A1"/></row>`), "bị hỏng"},
		"cells everywhere":  {withSheet(t, `<row r="1"><c r="ZZZZ9"><v>1</v></c></row>`), "bị hỏng"},
		"broken XML":        {withSheet(t, `<row r="1"><c>`), "bị hỏng"},
		"part there twice":  {repack(t, whole, same, "XL/workbook.xml"), "is there twice"},
		"no workbook":       {withPart(t, "_rels/.rels", []byte("<Relationships/>")), "không phải tệp Excel"},
		"no sheet":          {withPart(t, "xl/_rels/workbook.xml.rels", []byte("<Relationships/>")), "bị hỏng"},
		"nested entities":   {withSheet(t, `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><row r="1"><c r="A1" t="str"><v>&b;</v></c></row>`), "bị hỏng"},
		"merged everywhere": {withMerges(t, 50000), "quá lớn"},
	} {
		t.Run(name, func(t *testing.T) {
			begun := time.Now()
			_, faults, err := readSchools(c.content)
			if survey.KindOf(err) != survey.Invalid || !strings.Contains(fmt.Sprint(err), c.want) || faults != nil {
				t.Errorf("said %v, want %q", err, c.want)
			}
			t.Logf("%d bytes refused in %v", len(c.content), time.Since(begun))
		})
	}
}

func manyNames(n int) []string {
	names := []string{"[Content_Types].xml"}
	for i := range n {
		names = append(names, fmt.Sprint(i))
	}
	return names
}

func wideRows(n int) string {
	var b strings.Builder
	for row := 1; row <= n; row++ {
		fmt.Fprintf(&b, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, row, row)
	}
	return b.String()
}

func withMerges(t testing.TB, n int) []byte {
	merges := strings.Repeat(`<mergeCell ref="A1:L6000"/>`, n)
	rows := wideRows(1)
	rows = strings.ReplaceAll(rows, "XFD", "L")
	rows += `<row r="100"><c r="L100"><v>1</v></c></row></sheetData><mergeCells>` + merges + `</mergeCells><sheetData>`
	return withSheet(t, rows)
}

// What an external link or an entity names is never fetched; the rest is read.
func TestGateIgnoresOutsideReferences(t *testing.T) {
	content := withPart(t, "xl/externalLinks/externalLink1.xml", nil)
	if list := mustRead(t, content); len(list.Rows) != 2 {
		t.Errorf("%d schools", len(list.Rows))
	}
	declared := repack(t, sound(t), func(name string, part []byte) []byte {
		if name != "xl/workbook.xml" {
			return part
		}
		return bytes.Replace(part, []byte("<workbook"), []byte(`<!DOCTYPE x SYSTEM "http://x.invalid/x.dtd"><workbook`), 1)
	})
	if list := mustRead(t, declared); len(list.Rows) != 2 {
		t.Errorf("%d schools", len(list.Rows))
	}
}

// Blank formatted cells and rows far away are usual and no reason to refuse.
func TestGateToleratesFarBlankCells(t *testing.T) {
	content := repack(t, sound(t), func(name string, part []byte) []byte {
		if name != "xl/worksheets/sheet1.xml" {
			return part
		}
		return bytes.Replace(part, []byte("</sheetData>"), []byte(`<row r="900"><c r="AMJ900" s="0"/></row><row r="1048576" ht="12.8"></row></sheetData>`), 1)
	})
	if list := mustRead(t, content); len(list.Rows) != 2 {
		t.Errorf("%d schools", len(list.Rows))
	}
}

// Whatever bytes change, the answer is a list or a sentence for a person.
func TestReadSchoolsSurvivesDamage(t *testing.T) {
	original := build(t, [][]any{flatHeader, school(1), school(2), school(3)})
	parts := unpacked(t, original)
	random := rand.New(rand.NewPCG(2026, 10))
	read := 0
	for n := range 2000 {
		content := flipped(random, original)
		if n%2 == 0 { // inside a part, so that the damage reaches the XML
			name := []string{"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"}[random.IntN(4)]
			content = withDamage(t, original, name, flipped(random, parts[name]))
		}
		_, _, err := readSchools(content)
		if err == nil {
			read++
		} else if survey.KindOf(err) != survey.Invalid {
			t.Fatalf("damage %d: %v", n, err)
		}
		if cause := fmt.Sprintf("%#v", err); strings.Contains(cause, "excel library stopped") {
			t.Logf("damage %d: %v", n, err)
		}
	}
	t.Logf("%d of 2000 damaged workbooks could still be read", read)
}

func unpacked(t testing.TB, content []byte) map[string][]byte {
	parts := map[string][]byte{}
	repack(t, content, func(name string, part []byte) []byte {
		parts[name] = part
		return part
	})
	return parts
}

func withDamage(t testing.TB, content []byte, part string, damaged []byte) []byte {
	return repack(t, content, func(name string, was []byte) []byte {
		if name == part {
			return damaged
		}
		return was
	})
}

func flipped(random *rand.Rand, content []byte) []byte {
	out := bytes.Clone(content)
	for range 1 + random.IntN(8) {
		out[random.IntN(len(out))] ^= byte(1 << random.IntN(8))
	}
	return out
}

// A list whose sizes are stated rightly but whose checksum is not is damaged.
func TestGateChecksSums(t *testing.T) {
	content := bytes.Clone(sound(t))
	first := bytes.Index(content, []byte("PK\x01\x02"))
	sum := binary.LittleEndian.Uint32(content[first+16:])
	binary.LittleEndian.PutUint32(content[first+16:], crc32.ChecksumIEEE([]byte{byte(sum)}))
	if _, _, err := readSchools(content); !strings.Contains(fmt.Sprint(err), "bị hỏng") {
		t.Errorf("said %v", err)
	}
}

func TestSeveralSheets(t *testing.T) {
	second := func(header []any) func(*excelize.File) {
		return func(f *excelize.File) {
			if _, err := f.NewSheet("Khác"); err != nil {
				t.Fatal(err)
			}
			for i, row := range [][]any{header, school(3)} {
				if err := f.SetSheetRow("Khác", fmt.Sprintf("A%d", i+1), &row); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	rows := [][]any{flatHeader, school(1), school(2)}
	_, _, err := readSchools(build(t, rows, second(flatHeader)))
	if !strings.Contains(fmt.Sprint(err), "«Sheet1», «Khác»") {
		t.Errorf("two lists: %v", err)
	}
	if list := mustRead(t, build(t, rows, second([]any{"Mã xã", "Tên xã", "Số trường"}))); list.Sheet != "Sheet1" || len(list.Rows) != 2 {
		t.Errorf("read %q", list.Sheet)
	}
	list := mustRead(t, build(t, rows, second(flatHeader), func(f *excelize.File) {
		f.SetActiveSheet(1)
		if err := f.SetSheetVisible("Sheet1", false); err != nil {
			t.Fatal(err)
		}
	}))
	if list.Sheet != "Khác" || len(list.Rows) != 1 {
		t.Errorf("read %q", list.Sheet)
	}
}
