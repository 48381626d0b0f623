package survey_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"hailong/export/sheet"
	"hailong/survey"
)

// wholeProvince is the demo's list: as many schools as the province has.
func wholeProvince(t testing.TB) *survey.Directory {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "cmd", "hailong", "demo-schools.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := sheet.ReadSchools(data, survey.BuiltInAreas())
	if err != nil {
		t.Fatal(err)
	}
	d := &survey.Directory{Province: "Đắk Lắk", Links: map[survey.LinkCode]survey.Link{}}
	chance := rand.New(rand.NewPCG(1, 2))
	for _, row := range list.Rows {
		random := make([]byte, 32)
		for j := range random {
			random[j] = byte(chance.Uint32())
		}
		school := row.School
		school.Link, _ = survey.NewLinkCode(random)
		d.Links[school.Link] = survey.Link{School: school}
	}
	return d
}

func TestSearchTheProvince(t *testing.T) {
	s := survey.NewSearch(wholeProvince(t))
	for _, c := range []struct{ typed, name, area string }{
		{"Trường THPT Trần Suyền", "Trường THPT Trần Suyền", "Cư M’gar"},
		{"tran suyen cap 3 cu mgar", "Trường THPT Trần Suyền", "Cư M’gar"},
		{"TRƯỜNG TRUNG HỌC CƠ SỞ Y WANG", "Trường THCS Y Wang", ""},
		{"truong thcs i wang, xa ea drong", "Trường THCS Y Wang", "Ea Drông"},
		{"ea wy nơ trang gưh", "Trường THPT Nơ Trang Gưh", "Ea Wy"},
		{"gưh trang nơ wy thpt", "Trường THPT Nơ Trang Gưh", "Ea Wy"},
		{"ntrang long th thanh nhat", "Trường Tiểu học N'Trang Lơng", "Thành Nhất"},
		{"tiểu học N’Trang Lơng thành nhất", "Trường Tiểu học N'Trang Lơng", "Thành Nhất"},
		{"mẫu giáo sao mai đak lieng", "Trường Mầm non Sao Mai", "Đắk Liêng"},
		{"mn hoa phuong bmt", "Trường Mầm non Hoa Phượng", "Buôn Ma Thuột"},
		{"gdtx buon ma thuot", "Trung tâm GDNN-GDTX Buôn Ma Thuột", "Buôn Ma Thuột"},
		{"trung tâm giáo dục thường xuyên ô loan", "Trung tâm GDNN-GDTX Ô Loan", "Ô Loan"},
		{"dan toc noi tru krong bong", "Trường PTDTNT THCS&THPT Krông Bông", "Krông Bông"},
		{"thcs phan dinh phung krongpak", "Trường THCS Phan Đình Phùng", "Krông Pắc"},
		{"tieu hoc tranhungdao hoa phu", "Trường Tiểu học Trần Hưng Đạo", "Hòa Phú"},
		{"thcs luong the vinh ea hiao", "Trường THCS Lương Thế Vinh", "Ea Hiao"},
		{"mn 20/10 cu pui", "Trường Mầm non 20-10", "Cư Pui"},
		{"thcs lqđ", "Trường THCS Lê Quý Đôn", ""},
		{"thcs nguyen khuyne xuan canh", "Trường THCS Nguyễn Khuyến", "Xuân Cảnh"},      // swapped
		{"thcs luong the vih ea hiao", "Trường THCS Lương Thế Vinh", "Ea Hiao"},         // one left out
		{"thpt tran suyenn cu mgar", "Trường THPT Trần Suyền", "Cư M’gar"},              // one added
		{"tieu hoc tran suyen phuc hau cu mgar tran suyen", "", ""},                     // too much is wrong
		{"thpt tran suyen huyen cu mgar tinh dak lak cu", "Trường THPT Trần Suyền", ""}, // one word too much
	} {
		found, err := s.Find(survey.ParseQuery(c.typed))
		if err != nil {
			t.Errorf("%q: %v", c.typed, err)
			continue
		}
		if c.name == "" {
			if len(found.Schools) != 0 {
				t.Errorf("%q finds %v", c.typed, found.Schools[0])
			}
			continue
		}
		if len(found.Schools) == 0 {
			t.Errorf("%q finds nothing", c.typed)
			continue
		}
		if first := found.Schools[0]; first.Name != c.name || c.area != "" && first.Area.Name != c.area {
			t.Errorf("%q finds first %s, %s", c.typed, first.Name, first.Area.Name)
		}
	}
}

// TestEverySchoolIsFound types name and commune as people do; only schools
// that share both may come before the one that is meant.
// A school is found by the name that it had before, after the one that has it
// now.
func TestSearchByAFormerName(t *testing.T) {
	d := wholeProvince(t)
	school, namesake := survey.School{}, survey.School{}
	for _, link := range d.Links {
		switch link.School.Name {
		case "Trường THCS Y Wang":
			school = link.School
		case "Trường THPT Trần Suyền":
			namesake = link.School
		}
	}
	d.Formerly = map[survey.SchoolCode][]string{school.Code: {"Trường THCS Hoa Lau Trắng", namesake.Name}}
	found, err := survey.NewSearch(d).Find("thcs hoa lau trang")
	if err != nil || len(found.Schools) != 1 || found.Schools[0].Code != school.Code || found.Near {
		t.Errorf("%+v %v", found, err)
	}
	found, err = survey.NewSearch(d).Find("thpt tran suyen")
	if err != nil || len(found.Schools) < 2 || found.Schools[0].Name != namesake.Name {
		t.Errorf("%+v %v", found, err)
	}
}

func TestEverySchoolIsFound(t *testing.T) {
	d := wholeProvince(t)
	s := survey.NewSearch(d)
	shown := map[int]int{}
	for code, link := range d.Links {
		plain := survey.Fold(link.School.Name + " " + link.School.Area.Name)
		words := strings.Fields(plain)
		slices.Reverse(words)
		for _, typed := range []string{link.School.Name + ", " + link.School.Area.Title(), plain, strings.Join(words, " ")} {
			found, err := s.Find(survey.ParseQuery(typed))
			at := slices.IndexFunc(found.Schools, func(s survey.School) bool { return s.Link == code })
			if err != nil || at < 0 {
				t.Fatalf("%q finds %d others, %v", typed, len(found.Schools), err)
			}
			if shown[at]++; at > 0 && found.Schools[0].Name+found.Schools[0].Area.Name != link.School.Name+link.School.Area.Name && at > 2 {
				t.Errorf("%q is number %d after %s, %s", typed, at+1, found.Schools[0].Name, found.Schools[0].Area.Name)
			}
		}
	}
	t.Logf("places: %v", shown)
}

func TestACommuneShowsItsSchools(t *testing.T) {
	d := wholeProvince(t)
	s := survey.NewSearch(d)
	for _, typed := range []string{"xã Ea Kar", "eakar", "EA KAR", "ea  ka"} {
		found, err := s.Find(survey.ParseQuery(typed))
		if err != nil || len(found.Schools) == 0 {
			t.Fatalf("%q: %v, %v", typed, found, err)
		}
		if typed != "ea  ka" && found.Schools[0].Area.Name != "Ea Kar" {
			t.Errorf("%q finds first %s in %s", typed, found.Schools[0].Name, found.Schools[0].Area.Name)
		}
	}
}

func TestSearchShowsAtMostTwenty(t *testing.T) {
	s := survey.NewSearch(wholeProvince(t))
	found, err := s.Find("tiểu học")
	if err != nil || len(found.Schools) != 20 || found.More < 100 || found.More > 700 || found.Near {
		t.Errorf("%d and %d more, near %v, %v", len(found.Schools), found.More, found.Near, err)
	}
	for _, school := range found.Schools {
		if !strings.Contains(school.Name, "Tiểu học") {
			t.Errorf("finds %s", school.Name)
		}
	}
	for _, typed := range []string{"", "a", "ế", "?!", "-", "trường", "Trường xã", "phường", "%", "*", "__"} {
		found, err := s.Find(survey.ParseQuery(typed))
		refusal(t, "query "+typed, err, survey.Invalid)
		if len(found.Schools) != 0 {
			t.Errorf("%q shows %d schools", typed, len(found.Schools))
		}
	}
}

func TestSearchByCode(t *testing.T) {
	d := &survey.Directory{Links: map[survey.LinkCode]survey.Link{"NEWB2345": {Revoked: true}}}
	for _, code := range []survey.LinkCode{"ABCD2345", "QU8S7XYZ"} {
		d.Links[code] = survey.Link{School: survey.School{Name: "Trường " + string(code), Link: code}}
	}
	s := survey.NewSearch(d)
	for typed, want := range map[string]survey.LinkCode{
		"ABCD2345": "ABCD2345", "abcd-2345": "ABCD2345", " ab cd 23.45 ": "ABCD2345", "ÁBCĐ2345": "ABCD2345", "newb2345": "NEWB2345",
		"https://khaosat.example.vn/k/ABCD2345": "ABCD2345", "khaosat.example.vn/k/abcd2345/TH?x=1": "ABCD2345",
	} {
		if found, err := s.Find(survey.ParseQuery(typed)); err != nil || found.Code != want || found.Schools != nil {
			t.Errorf("%q: %+v, %v", typed, found, err)
		}
	}
	for _, alike := range []string{"A8CD2345", "ABC0Z345", "OU8S7XYZ", "QV851XYZ", "qubs-lxyz"} {
		found, err := s.Find(survey.ParseQuery(alike))
		if err != nil || found.Code != "" || len(found.Schools) != 1 || !found.Near {
			t.Errorf("%q: %+v, %v", alike, found, err)
		}
	}
	for _, part := range []string{"ABCD", "ABCD234", "BCD2345", "2345", "ABCD23456", "ABCE2345", "NEWB2346"} {
		if found, _ := survey.NewSearch(onlyCodes(d)).Find(survey.ParseQuery(part)); found.Code != "" || len(found.Schools) != 0 {
			t.Errorf("part of a code, %q, finds %+v", part, found)
		}
	}
}

// onlyCodes takes the codes out of the schools' names.
func onlyCodes(d *survey.Directory) *survey.Directory {
	out := &survey.Directory{Links: map[survey.LinkCode]survey.Link{}}
	for code, link := range d.Links {
		link.School.Name = "Trường Hoa Sen"
		out.Links[code] = link
	}
	return out
}

func FuzzSearch(f *testing.F) {
	s := survey.NewSearch(wholeProvince(f))
	for _, typed := range []string{"", "le loi", "\xff\xfe", "ê̆ ƀ", "/k//k/", strings.Repeat("trần ", 400), "thcs thcs thcs", "0OIL1O0L", "<b>\u202e", "cấp 1 cấp 2 cấp 3"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		q := survey.ParseQuery(typed)
		if !utf8.ValidString(string(q)) || utf8.RuneCountInString(string(q)) > 80 || survey.ParseQuery(string(q)) != q {
			t.Fatalf("%q becomes %q", typed, q)
		}
		found, err := s.Find(q)
		if len(found.Schools) > 20 || err != nil && survey.KindOf(err) != survey.Invalid || err != nil && len(found.Schools) > 0 {
			t.Fatalf("%q: %d schools, %v", q, len(found.Schools), err)
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	d := wholeProvince(b)
	s := survey.NewSearch(d)
	for _, typed := range []survey.Query{"thcs le loi ea kar", "tieu hoc", "khong co truong nao ten nhu the nay ca dau nhe ban oi"} {
		b.Run(string(typed[:8]), func(b *testing.B) {
			for b.Loop() {
				_, _ = s.Find(typed)
			}
		})
	}
	b.Run("index", func(b *testing.B) {
		for b.Loop() {
			survey.NewSearch(d)
		}
	})
}
