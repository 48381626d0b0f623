package survey_test

import (
	"strings"
	"testing"

	"hailong/survey"
)

func m4a(own string) []byte {
	return []byte("\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00mp42....mp4a...." + own)
}

func TestNewRecording(t *testing.T) {
	mp3 := append([]byte{0xFF, 0xFB, 0x10, 0xC4}, make([]byte, 100)...)
	tests := map[string]struct {
		name    string
		content []byte
		kind    string // empty: refused
		says    string
	}{
		"AAC":                   {"A1 Ê Đê.m4a", m4a("1"), "audio/mp4", ""},
		"AAC called MP4":        {"a.MP4", m4a("1"), "audio/mp4", ""},
		"MP3":                   {"a.mp3", mp3, "audio/mpeg", ""},
		"MP3 with a tag":        {"a.mp3", append([]byte("ID3\x03\x00\x00\x00\x00\x00\x00"), mp3...), "audio/mpeg", ""},
		"the largest":           {"a.m4a", m4a(strings.Repeat("x", survey.MaxRecording-len(m4a("")))), "audio/mp4", ""},
		"a byte too large":      {"a.m4a", m4a(strings.Repeat("x", survey.MaxRecording+1-len(m4a("")))), "", "quá giới hạn 100 KB"},
		"Ogg":                   {"a.m4a", []byte("OggS\x00\x02............"), "", "kiểu Ogg"},
		"AAC without a file":    {"a.m4a", append([]byte{0xFF, 0xF1, 0x50}, make([]byte, 40)...), "", "không phải bản ghi âm"},
		"a film":                {"a.m4a", m4a("hdlr....vide"), "", "không phải bản ghi âm"},
		"a page":                {"a.mp3", []byte("<html><script>alert(1)</script>"), "", "không phải bản ghi âm"},
		"nothing":               {"a.mp3", nil, "", "không phải bản ghi âm"},
		"MP3 called AAC":        {"a.m4a", mp3, "", "Đuôi tên"},
		"AAC called MP3":        {"a.mp3", m4a(""), "", "Đuôi tên"},
		"a path":                {"../a.m4a", m4a(""), "", "Tên tệp"},
		"a Windows path":        {`a\b.m4a`, m4a(""), "", "Tên tệp"},
		"a hidden file":         {".a.m4a", m4a(""), "", "Tên tệp"},
		"no ending":             {"a", m4a(""), "", "Tên tệp"},
		"another ending":        {"a.exe", m4a(""), "", "Tên tệp"},
		"two points":            {"a..m4a", m4a(""), "", "Tên tệp"},
		"a sign with a meaning": {"a:b.m4a", m4a(""), "", "Tên tệp"},
		"a long name":           {strings.Repeat("a", 81) + ".m4a", m4a(""), "", "Tên tệp"},
	}
	for name, test := range tests {
		r, err := survey.NewRecording(test.name, test.content)
		if test.kind == "" {
			if refusal(t, name, err, survey.Invalid); err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || r.Type != test.kind || r.Size != len(test.content) || len(r.ID) != 12 {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
	one, _ := survey.NewRecording("a.m4a", m4a("1"))
	again, _ := survey.NewRecording("b.m4a", m4a("1"))
	other, _ := survey.NewRecording("a.m4a", m4a("2"))
	if one.ID != again.ID || one.ID == other.ID || one.KB() != 1 || (survey.Recording{Size: 15 << 10}).KB() != 15 {
		t.Errorf("%+v, %+v, %+v", one, again, other)
	}
	if decomposed, err := survey.ParseRecordingName("câu e\u0302\u0306 1.m4a"); err != nil || decomposed != "câu ê\u0306 1.m4a" {
		t.Errorf("%q, %v", decomposed, err)
	}
}
