package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"hailong/survey"
)

// Media are the recordings that an XLSForm names.
type Media struct {
	Files map[string][]byte  // that come with it, by name
	Kept  []survey.Recording // that are stored already, from an earlier version
}

// takeMedia finds every recording that is named, and refuses files that none
// of the cells names, so that nothing is lost unseen.
func (r *formReader) takeMedia(media Media) map[survey.RecordingID][]byte {
	files, sounds, seen := r.named(media.Files), map[survey.RecordingID][]byte{}, map[string]bool{}
	for _, m := range r.mentions {
		if seen[m.name] {
			continue
		}
		seen[m.name] = true
		content, came := files[m.name]
		kept := slices.IndexFunc(media.Kept, func(k survey.Recording) bool { return k.Name == m.name })
		switch {
		case came:
			r.takeSound(m, content, sounds)
		case kept >= 0:
			r.q.Recordings = append(r.q.Recordings, media.Kept[kept])
		default:
			r.refuseSound(m, survey.Refuse(survey.Invalid, "Không có tệp ghi âm này. Đưa tệp vào cùng lúc với tệp Excel, hoặc xóa tên ở ô này",
				"There is no such recording; bring the file along with the workbook, or empty this cell"))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !seen[name] {
			r.faults = append(r.faults, faultAt(surveySheet, 1, survey.Refuse(survey.Invalid, "Tệp ghi âm «%s» không có ô nào nhắc đến. Ghi tên tệp vào cột media::audio, hoặc bỏ tệp ra",
				"No cell names the recording %q; write its name in a column media::audio, or leave the file out", shorten(name))))
		}
	}
	slices.SortFunc(r.q.Recordings, func(a, b survey.Recording) int { return strings.Compare(a.Name, b.Name) })
	return sounds
}

// named gives the files by their names as cells are read: in NFC.
func (r *formReader) named(files map[string][]byte) map[string][]byte {
	out := map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		clean := survey.CleanLine(name)
		if _, twice := out[clean]; twice {
			r.faults = append(r.faults, faultAt(surveySheet, 1, survey.Refuse(survey.Invalid, "Có hai tệp ghi âm tên «%s». Giữ một tệp", "Two recordings are named %q; keep one", shorten(clean))))
		}
		out[clean] = files[name]
	}
	return out
}

func (r *formReader) takeSound(m mention, content []byte, sounds map[survey.RecordingID][]byte) {
	recording, err := survey.NewRecording(m.name, content)
	if err != nil {
		r.refuseSound(m, err)
		return
	}
	if recording.Size > survey.LargeRecording {
		r.warnings = append(r.warnings, m.table.at(m.row, m.col, survey.Refuse(survey.Invalid, "Bản ghi âm %s nặng %d KB; quá %d KB thì tốn tiền mạng của người nghe. Nên lưu ở 24 kbit/s một kênh",
			"Recording %s has %d KB; more than %d cost those who listen, save it with 24 kbit/s, mono", m.name, recording.KB(), survey.LargeRecording>>10)))
	}
	sounds[recording.ID] = content
	r.q.Recordings = append(r.q.Recordings, recording)
}

func (r *formReader) refuseSound(m mention, err error) {
	var said *survey.Error
	if asRefusal(err, &said) {
		r.faults = append(r.faults, m.table.at(m.row, m.col, said))
	}
}

// The limits of recordings that come together.
const (
	MaxMedia      = 16 << 20 // bytes
	maxMediaFiles = 1000
)

// ReadMedia unpacks a ZIP file of recordings. Folders in it mean nothing, and
// what systems add by themselves is left out. Every refusal is a *survey.Error
// of kind Invalid.
func ReadMedia(data []byte) (map[string][]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errBrokenZIP(err)
	}
	if len(archive.File) > maxMediaFiles {
		return nil, survey.Refuse(survey.Invalid, "Tệp ZIP có hơn %d tệp bên trong. Chỉ để các bản ghi âm", "The ZIP file has more than %d files; keep the recordings only", maxMediaFiles)
	}
	files, left := map[string][]byte{}, int64(MaxMedia)
	for _, f := range archive.File {
		name := path.Base(strings.ReplaceAll(f.Name, `\`, "/"))
		if f.FileInfo().IsDir() || strings.HasPrefix(name, ".") || strings.HasPrefix(f.Name, "__MACOSX/") || strings.EqualFold(name, "thumbs.db") {
			continue
		}
		if _, twice := files[name]; twice {
			return nil, survey.Refuse(survey.Invalid, "Tệp ZIP có hai tệp tên «%s». Giữ một tệp", "The ZIP file has two files named %q; keep one", shorten(name))
		}
		if files[name], err = unpack(f, &left); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// unpack reads one file, at most a byte more than a recording may have; what
// comes out is counted, because the sizes that a file states may be wrong.
func unpack(f *zip.File, left *int64) ([]byte, error) {
	in, err := f.Open()
	if err != nil {
		return nil, errBrokenZIP(err)
	}
	defer in.Close() // nothing was written
	content, err := io.ReadAll(io.LimitReader(in, min(*left, survey.MaxRecording)+1))
	if *left -= int64(len(content)); *left < 0 {
		return nil, survey.Refuse(survey.Invalid, "Các bản ghi âm nặng hơn %d MB khi mở ra. Lưu chúng ở 24 kbit/s một kênh", "The recordings have more than %d MB once unpacked; save them with 24 kbit/s, mono", MaxMedia>>20)
	}
	if err != nil && len(content) <= survey.MaxRecording {
		return nil, errBrokenZIP(err)
	}
	return content, nil
}

func errBrokenZIP(cause error) error {
	e := survey.Refuse(survey.Invalid, "Tệp ZIP bị hỏng hoặc tải lên chưa xong. Nén lại rồi nạp lại", "The ZIP file is damaged or incomplete; pack it again and retry")
	e.Err = cause
	return e
}

// WriteMedia packs the recordings of a questionnaire into a ZIP file, under the
// names by which the questionnaire knows them.
func WriteMedia(w io.Writer, q *survey.Questionnaire, sound func(survey.RecordingID) ([]byte, error)) error {
	z := zip.NewWriter(w)
	for _, r := range q.Recordings {
		content, err := sound(r.ID)
		if err != nil {
			return errors.Join(err, z.Close())
		}
		part, err := z.CreateHeader(&zip.FileHeader{Name: r.Name, Method: zip.Store})
		if err == nil {
			_, err = part.Write(content)
		}
		if err != nil {
			return fmt.Errorf("pack recording %s: %w", r.Name, err)
		}
	}
	return z.Close()
}
