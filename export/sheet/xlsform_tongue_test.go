package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hailong/export/sheet"
	"hailong/survey"
)

// m4a is the beginning of a sound file as recorders on telephones make it, with
// something of its own.
func m4a(own string) []byte {
	return []byte("\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00M4A mp42isom\x00\x00\x00\x00....stsd....mp4a...." + own)
}

// spoken adds languages, hints and recordings to a questionnaire: one with
// words, one with recordings only.
func spoken(t testing.TB, q *survey.Questionnaire, r *rand.Rand) (*survey.Questionnaire, map[string][]byte) {
	t.Helper()
	files := map[string][]byte{}
	record := func() string {
		if r.IntN(2) == 0 {
			return ""
		}
		name := fmt.Sprintf("%s %d.m4a", survey.CleanLine([]string{"câu", "ƀuôn", "ê̆"}[r.IntN(3)]), r.IntN(40))
		files[name] = m4a(name)
		return name
	}
	hint := func() string { return []string{"", someText(r)}[r.IntN(2)] }
	for _, tongue := range []survey.Translation{{}, {Tongue: survey.Tongue{Code: "rad", Name: "Ê Đê"}}, {Tongue: survey.Tongue{Code: "cmo", Name: "M'Nông"}, SpokenOnly: true}} {
		in := retold(t, q)
		in.Translations, in.Default, in.Recordings, in.Heard = nil, "", nil, [survey.ScaleLevels + 1]string{}
		word := func(old string) string {
			if tongue.Code == "" || tongue.SpokenOnly {
				return old
			}
			return someText(r)
		}
		for i := range in.Heard {
			in.Heard[i] = record()
		}
		in.Unknown = word(in.Unknown)
		for i := range in.Scale {
			in.Scale[i] = word(in.Scale[i])
		}
		if in.Notice != "" {
			in.Notice = word(in.Notice)
		}
		for i := range in.Groups {
			in.Groups[i].Name = word(in.Groups[i].Name)
		}
		for _, f := range in.Forms {
			f.Name = word(f.Name)
			for i, g := range f.Groups {
				f.Groups[i].Name = in.Groups[i].Name
				if r.IntN(4) == 0 || tongue.SpokenOnly {
					f.Groups[i].Name = word(g.Name)
				}
			}
			for i := range f.Items {
				item := &f.Items[i]
				item.Text, item.Recording = word(item.Text), record()
			}
			f.Overall.Text, f.Expectation.Text, f.Comment.Text = word(f.Overall.Text), word(f.Expectation.Text), word(f.Comment.Text)
			f.Overall.Recording, f.Expectation.Recording, f.Comment.Recording = record(), record(), record()
			if !tongue.SpokenOnly {
				f.Items[0].Hint, f.Overall.Hint, f.Expectation.Hint, f.Comment.Hint = hint(), hint(), hint(), hint()
			}
		}
		if tongue.Code == "" {
			q = in
		} else {
			tongue.Questionnaire = in
			q.Translations = append(q.Translations, tongue)
		}
	}
	if named := q.Translations[1].Questionnaire.Named(); len(named) == 0 {
		q.Translations[1].Questionnaire.Heard[0] = "0.m4a"
		files["0.m4a"] = m4a("0")
	}
	// A language without words has those of Vietnamese, hints included.
	for i, f := range q.Translations[1].Questionnaire.Forms {
		for j := range f.Items {
			f.Items[j].Hint = q.Forms[i].Items[j].Hint
		}
		f.Overall.Hint, f.Expectation.Hint, f.Comment.Hint = q.Forms[i].Overall.Hint, q.Forms[i].Expectation.Hint, q.Forms[i].Comment.Hint
		f.Groups = slices.Clone(q.Forms[i].Groups)
	}
	for _, name := range q.Named() {
		recording, err := survey.NewRecording(name, files[name])
		if err != nil {
			t.Fatal(err)
		}
		q.Recordings = append(q.Recordings, recording)
	}
	for name := range files {
		if !slices.Contains(q.Named(), name) {
			delete(files, name)
		}
	}
	q.Default = []survey.Language{"", "rad", "cmo"}[r.IntN(3)]
	return retold(t, q), files
}

// retold is the same questionnaire after it was stored.
func retold(t testing.TB, q *survey.Questionnaire) *survey.Questionnaire {
	t.Helper()
	data, err := q.Data()
	if err != nil {
		t.Fatal(err)
	}
	back, err := survey.ParseQuestionnaire(data)
	if err != nil {
		t.Fatal(err)
	}
	return back
}

func TestAnyLanguagesRoundTrip(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 3))
		q, files := spoken(t, someQuestionnaire(t, r), r)
		up, _, err := sheet.ReadQuestionnaire(xlsForm(t, q), sheet.Media{Files: files})
		var faults sheet.Faults
		if errors.As(err, &faults) {
			t.Fatalf("seed %d: %v", seed, faults)
		}
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if diff := sameQuestionnaire(q, up.Questionnaire); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
		if len(up.Sounds) != len(files) {
			t.Fatalf("seed %d: %d of %d recordings", seed, len(up.Sounds), len(files))
		}
		again, _, err := sheet.ReadQuestionnaire(xlsForm(t, q), sheet.Media{Kept: q.Recordings})
		if err != nil || sameQuestionnaire(q, again.Questionnaire) != "" || len(again.Sounds) != 0 {
			t.Fatalf("seed %d: recordings that are stored: %v", seed, err)
		}
	}
}

// inEnglish gives the built-in XLSForm with an English column in both sheets,
// then edited.
func inEnglish(t *testing.T, edit func(f *excelize.File)) []byte {
	return edited(t, func(f *excelize.File) {
		for name, column := range map[string]string{"survey": "N", "choices": "D"} {
			rows, _ := f.GetRows(name)
			f.SetCellStr(name, column+"1", "label::English (en)")
			for i, row := range rows[1:] {
				if len(row) > 2 && row[2] != "" {
					f.SetCellStr(name, fmt.Sprint(column, i+2), "English of "+row[2])
				}
			}
		}
		if edit != nil {
			edit(f)
		}
	})
}

func TestLanguagesAreWholeOrSayWhichCellIsNot(t *testing.T) {
	up, _, err := sheet.ReadQuestionnaire(inEnglish(t, func(f *excelize.File) {
		f.SetCellStr("settings", "D2", "English (en)")
		f.SetCellStr("survey", "O1", "hint")
		f.SetCellStr("survey", "O5", "Học phí và các khoản khác")
	}), sheet.Media{})
	if err != nil {
		t.Fatal(errors.Unwrap(err))
	}
	english, written := up.In("en")
	if up.Default != "en" || written != "en" || english.Scale[0] != "English of "+up.Scale[0] || english.Forms[0].Items[0].Text != "English of "+up.Forms[0].Items[0].Text ||
		up.Forms[0].Items[0].Hint != "Học phí và các khoản khác" || english.Forms[0].Items[0].Hint != "" {
		t.Errorf("%q, %q, %+v", up.Default, english.Scale, english.Forms[0].Items[0])
	}
	tests := map[string]struct {
		edit func(f *excelize.File)
		want []string
	}{
		"a label is missing":         {func(f *excelize.File) { f.SetCellStr("survey", "N9", " ") }, []string{"survey!N9"}},
		"labels of choices":          {func(f *excelize.File) { f.SetCellStr("choices", "D4", ""); f.SetCellStr("choices", "D9", "") }, []string{"choices!D4", "choices!D9"}},
		"a whole column":             {func(f *excelize.File) { f.RemoveCol("choices", "D") }, []string{"choices!1"}},
		"another name of a language": {func(f *excelize.File) { f.SetCellStr("choices", "D1", "label::Anh (en)") }, []string{"survey!N1"}},
		"a language twice":           {func(f *excelize.File) { f.SetCellStr("survey", "O1", "label::English (en)") }, []string{"survey!O1"}},
		"a code like a name":         {func(f *excelize.File) { f.SetCellStr("survey", "N1", "label::English (Anh)") }, []string{"survey!1", "survey!N1"}},
		"an unknown first language":  {func(f *excelize.File) { f.SetCellStr("settings", "D2", "Ê Đê (rad)") }, []string{"settings!D2"}},
		"a hint of a form": {func(f *excelize.File) {
			f.SetCellStr("survey", "O1", "hint::English (en)")
			f.SetCellStr("survey", "O3", "x")
		}, []string{"survey!O3"}},
		"a text put in":             {func(f *excelize.File) { f.SetCellStr("survey", "N5", "${x}") }, []string{"survey!N5"}},
		"a fault of every language": {func(f *excelize.File) { f.SetCellStr("survey", "L6", "A1"); f.SetCellStr("choices", "B3", "1") }, []string{"survey!M5", "survey!L6", "choices!B2", "choices!B3"}},
		"a long hint": {func(f *excelize.File) {
			f.SetCellStr("survey", "O1", "hint")
			f.SetCellStr("survey", "O5", strings.Repeat("x", 501))
		}, []string{"survey!O5"}},
	}
	for name, test := range tests {
		_, _, err := sheet.ReadQuestionnaire(inEnglish(t, test.edit), sheet.Media{})
		var faults sheet.Faults
		errors.As(err, &faults)
		var got []string
		for _, f := range faults {
			got = append(got, fmt.Sprint(f.Sheet, "!", f.Column, f.Row))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v\n%v", name, got, test.want, faults)
		}
	}
}

func TestRecordingsAreThereOrSayWhichCellIsWrong(t *testing.T) {
	data := edited(t, func(f *excelize.File) {
		for cell, text := range map[string]string{"N1": "media::audio", "N5": "A1.m4a", "N6": "A2.mp3", "N7": "../A3.m4a", "N8": "A4.m4a", "N9": "A5.m4a", "O1": "audio::Ê Đê (rad)", "O5": "A1.rad.m4a", "O6": "ogg.m4a", "O7": "A1.m4a"} {
			f.SetCellStr("survey", cell, text)
		}
		f.SetCellStr("choices", "D1", "media::audio::Ê Đê (rad)")
		f.SetCellStr("choices", "D2", "1.m4a")
		f.SetCellStr("choices", "D9", "nhóm.m4a")
	})
	files := map[string][]byte{"A1.m4a": m4a("1"), "A2.mp3": m4a("2"), "A4.m4a": m4a(strings.Repeat("x", 100<<10)), "A1.rad.m4a": []byte("<html>no sound at all, but long enough"),
		"ogg.m4a": []byte("OggS0123456789012345"), "1.m4a": m4a(strings.Repeat("x", 30<<10)), "nhóm.m4a": m4a("g"), "thừa.m4a": m4a("")}
	_, _, err := sheet.ReadQuestionnaire(data, sheet.Media{Files: files})
	var faults sheet.Faults
	if !errors.As(err, &faults) {
		t.Fatal(err)
	}
	text := faults.Error()
	for _, want := range []string{"cột N (media::audio), ghi «A2.mp3»: Đuôi tên của A2.mp3 không đúng", "ghi «../A3.m4a»: Tên tệp ghi âm", "A4.m4a nặng 100 KB", "dòng 9, cột N (media::audio), ghi «A5.m4a»: Không có tệp",
		"Tệp A1.rad.m4a không phải bản ghi âm", "ogg.m4a là kiểu Ogg", "Trang «choices», dòng 9, cột D (media::audio::Ê Đê (rad)), ghi «nhóm.m4a»: Tên nhóm", "«thừa.m4a» không có ô nào nhắc đến"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

func TestReadMedia(t *testing.T) {
	pack := func(names ...string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, name := range names {
			w, _ := z.Create(name)
			w.Write(m4a(name))
		}
		z.Close()
		return b.Bytes()
	}
	got, err := sheet.ReadMedia(pack("ghi âm/", "ghi âm/A1.m4a", "__MACOSX/ghi âm/._A1.m4a", `b\A2.m4a`, ".DS_Store", "Thumbs.db"))
	if err != nil || len(got) != 2 || !bytes.Equal(got["A1.m4a"], m4a("ghi âm/A1.m4a")) || got["A2.m4a"] == nil {
		t.Errorf("%v, %v", got, err)
	}
	for name, data := range map[string][]byte{"no ZIP": []byte("x"), "a name twice": pack("a/1.m4a", "b/1.m4a"), "cut": pack("1.m4a")[:60]} {
		if _, err := sheet.ReadMedia(data); survey.KindOf(err) != survey.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	// 20 MB of nothing packs into 20 KB; it is not unpacked whole.
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.Create("0.m4a")
	w.Write(make([]byte, 20<<20))
	z.Close()
	if got, err := sheet.ReadMedia(b.Bytes()); err != nil || len(got["0.m4a"]) != survey.MaxRecording+1 {
		t.Errorf("%d, %v", len(got["0.m4a"]), err)
	}
}
