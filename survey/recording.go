package survey

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
)

// The limits of a recording, in bytes. A sentence in 24 kbit/s is 10–20 KB.
const (
	MaxRecording   = 100 << 10
	LargeRecording = 20 << 10 // worth a remark: parents pay for it
)

// RecordingID names a recording by its content.
type RecordingID string

// Recording is a sound file in which a question or an answer is spoken.
type Recording struct {
	Name string      `json:"name"` // as the questionnaire names it
	ID   RecordingID `json:"id"`
	Type string      `json:"type"` // audio/mp4 or audio/mpeg
	Size int         `json:"size"` // bytes
}

// KB is the size that a page states, at least 1.
func (r Recording) KB() int { return max(1, (r.Size+512)>>10) }

var recordingName = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._()-]{0,79}\.(?i:m4a|mp4|mp3)$`)

// ParseRecordingName reads the name of a recording: letters, digits, spaces,
// points, brackets and hyphens, and the ending m4a, mp4 or mp3. It is never a
// path.
func ParseRecordingName(s string) (string, error) {
	s = CleanLine(s)
	if !recordingName.MatchString(s) || strings.Contains(s, "..") {
		return "", Refuse(Invalid, "Tên tệp ghi âm «%s» không dùng được. Tên gồm chữ, số, dấu cách, gạch nối và kết thúc bằng .m4a hoặc .mp3",
			"The name of recording %q is not valid: letters, digits, spaces and hyphens, ending in .m4a or .mp3", cut(s))
	}
	return s, nil
}

// NewRecording checks a sound file: by what it holds, not by what it is called.
func NewRecording(name string, content []byte) (Recording, error) {
	name, err := ParseRecordingName(name)
	if err != nil {
		return Recording{}, err
	}
	kind := soundType(content)
	switch {
	case len(content) > MaxRecording:
		return Recording{}, Refuse(Invalid, "Bản ghi âm %s nặng %d KB, quá giới hạn %d KB. Ghi ngắn lại hoặc lưu ở 24 kbit/s một kênh", "Recording %s has %d KB, more than %d; make it shorter or save it with 24 kbit/s, mono",
			name, len(content)>>10, MaxRecording>>10)
	case kind == "audio/ogg":
		return Recording{}, Refuse(Invalid, "Bản ghi âm %s là kiểu Ogg, nhiều điện thoại iPhone không phát được. Lưu lại thành .m4a hoặc .mp3", "Recording %s is Ogg, which many iPhones cannot play; save it as .m4a or .mp3", name)
	case kind == "":
		return Recording{}, Refuse(Invalid, "Tệp %s không phải bản ghi âm m4a (AAC) hoặc mp3. Lưu lại từ phần mềm ghi âm", "File %s is no recording in m4a (AAC) or mp3; save it again from the recorder", name)
	case strings.HasSuffix(strings.ToLower(name), ".mp3") != (kind == "audio/mpeg"):
		return Recording{}, Refuse(Invalid, "Đuôi tên của %s không đúng với nội dung. Đặt .m4a cho AAC, .mp3 cho MP3", "The ending of %s does not fit its content; use .m4a for AAC and .mp3 for MP3", name)
	}
	sum := sha256.Sum256(content)
	return Recording{Name: name, ID: RecordingID(base64.RawURLEncoding.EncodeToString(sum[:9])), Type: kind, Size: len(content)}, nil
}

// soundType looks at the first bytes of a file, as ISO 14496-12 (ftyp), ISO
// 11172-3 (MPEG layer III) and RFC 3533 (Ogg) have them; empty for others.
func soundType(b []byte) string {
	switch {
	case len(b) < 16:
	case bytes.HasPrefix(b, []byte("OggS")):
		return "audio/ogg"
	case bytes.Equal(b[4:8], []byte("ftyp")) && bytes.Contains(b, []byte("mp4a")) && !bytes.Contains(b, []byte("vide")):
		return "audio/mp4"
	case bytes.HasPrefix(b, []byte("ID3")), b[0] == 0xFF && b[1]&0xE6 == 0xE2:
		return "audio/mpeg"
	}
	return ""
}

// Named are the recordings that the questionnaire names in any of its
// languages, sorted.
func (q *Questionnaire) Named() []string {
	names := q.named()
	for _, t := range q.Translations {
		names = append(names, t.Questionnaire.named()...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (q *Questionnaire) named() []string {
	names := slices.Clone(q.Heard[:])
	for _, one := range q.questions() {
		names = append(names, one.item.Recording)
	}
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// Spoken says whether any question of the form has a recording.
func (f *Form) Spoken() bool {
	return slices.ContainsFunc(f.all(), func(i Item) bool { return i.Recording != "" })
}

// Hint gives the text under a question; empty for none.
func (f *Form) Hint(code ItemCode) string {
	for _, item := range f.all() {
		if item.Code == code {
			return item.Hint
		}
	}
	return ""
}

// Recording gives a recording that the questionnaire names.
func (q *Questionnaire) Recording(name string) (Recording, bool) {
	i := slices.IndexFunc(q.Recordings, func(r Recording) bool { return r.Name == name })
	if name == "" || i < 0 {
		return Recording{}, false
	}
	return q.Recordings[i], true
}

// QuestionnaireUpload is a questionnaire on its way into the store, with the
// sounds that come with it.
type QuestionnaireUpload struct {
	*Questionnaire
	Sounds map[RecordingID][]byte
}
