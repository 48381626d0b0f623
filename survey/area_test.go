package survey_test

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"hailong/survey"
)

// bare writes a name without accents, as hurried people do.
func bare(s string) string {
	return strings.ToUpper(survey.Fold(s))
}

// Every commune is found in every usual spelling.
func TestFindEveryArea(t *testing.T) {
	areas := survey.BuiltInAreas()
	if n := len(areas.All()); n != 102 {
		t.Fatalf("%d communes", n)
	}
	names := map[string]int{}
	for _, a := range areas.All() {
		names[survey.Fold(a.Name)]++
	}
	for _, a := range areas.All() {
		code := string(a.Code)
		spellings := [][2]string{
			{a.Title(), ""}, {a.Title(), code}, {a.Name, code}, {"", code}, {strings.ToUpper(a.Title()), ""}, {bare(a.Title()), ""},
			{norm.NFD.String(a.Title()), ""}, {"  " + a.Type + "\u00a0 " + a.Name + "\n", " " + code + " "},
		}
		if names[survey.Fold(a.Name)] == 1 {
			spellings = append(spellings, [2]string{a.Name, ""}, [2]string{bare(a.Name), ""}, [2]string{norm.NFD.String(strings.ToLower(a.Name)), ""})
		}
		for _, s := range spellings {
			if got, err := areas.Find(s[0], s[1]); err != nil || got != a {
				t.Errorf("%q with code %q: %+v, %v; want %+v", s[0], s[1], got, err, a)
			}
		}
		if got, ok := areas.ByCode(a.Code); !ok || got != a {
			t.Errorf("code %s: %+v", code, got)
		}
		if len(code) != 5 || strings.Trim(code, "0123456789") != "" || a.Type != "Xã" && a.Type != "Phường" || a.Name == "" || a.Name != survey.CleanLine(a.Name) {
			t.Errorf("the list has %+v", a)
		}
	}
}

func TestFindRefusesAnythingElse(t *testing.T) {
	areas := survey.BuiltInAreas()
	first, second := areas.All()[0], areas.All()[1]
	tests := []struct{ name, code string }{
		{"", ""}, {" \u200b", " "}, {"Xã Không Có", ""}, {"Xã Không Có", "99999"}, {"", "99999"}, {"…", ""},
		{first.Title(), string(second.Code)}, {first.Name, "99999"}, {"Xã Không Có", string(first.Code)}, {"Huyện Cư M'gar", ""}, {"Xã", ""},
	}
	for _, tt := range tests {
		if got, err := areas.Find(tt.name, tt.code); survey.KindOf(err) != survey.Invalid || got != (survey.Area{}) {
			t.Errorf("%q with code %q: %+v, %v", tt.name, tt.code, got, err)
		}
	}
	if _, ok := areas.ByCode(""); ok {
		t.Error("the empty code is a commune")
	}
}

// A name that two communes share needs its type or its code.
func TestFindSharedNames(t *testing.T) {
	ward, village := survey.Area{Code: "1", Type: "Phường", Name: "Tân Lập"}, survey.Area{Code: "2", Type: "Xã", Name: "Tân Lập"}
	areas := survey.NewAreas([]survey.Area{ward, village})
	if _, err := areas.Find("Tân Lập", ""); survey.KindOf(err) != survey.Invalid || !strings.Contains(err.Error(), "Ghi thêm mã xã") {
		t.Errorf("a shared name: %v", err)
	}
	for _, tt := range []struct {
		name, code string
		want       survey.Area
	}{{"Tân Lập", "2", village}, {"Tân Lập", "1", ward}, {"xã tân lập", "", village}, {"PHUONG TAN LAP", "", ward}} {
		if got, err := areas.Find(tt.name, tt.code); err != nil || got != tt.want {
			t.Errorf("%q with %q: %+v, %v", tt.name, tt.code, got, err)
		}
	}
}
