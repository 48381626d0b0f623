package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"hailong/export/sheet"
	"hailong/store"
	"hailong/survey"
)

// readMedia reads the recordings of a folder or a ZIP file; none for "".
func readMedia(name string) (map[string][]byte, error) {
	if name == "" {
		return nil, nil
	}
	if strings.EqualFold(filepath.Ext(name), ".zip") {
		data, err := readBounded(name, sheet.MaxMedia)
		if err != nil {
			return nil, err
		}
		return sheet.ReadMedia(data)
	}
	entries, err := os.ReadDir(name)
	if err != nil {
		return nil, survey.Refuse(survey.NotFound, "Không mở được thư mục %s. Xem lại tên và đường dẫn", "Cannot open folder %s; check its name and path", name)
	}
	files := map[string][]byte{}
	for _, e := range entries {
		if e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if files[e.Name()], err = readBounded(filepath.Join(name, e.Name()), survey.MaxRecording); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// readBounded reads at most a byte more than a file may have.
func readBounded(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, survey.Refuse(survey.NotFound, "Không mở được tệp %s. Xem lại tên và đường dẫn", "Cannot open %s; check its name and path", name)
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return content, nil
}

// writeMedia writes the recordings of a questionnaire into a folder.
func (p *program) writeMedia(s *store.Store, q *survey.Questionnaire, folder string) error {
	if folder == "" {
		if n := len(q.Recordings); n > 0 {
			fmt.Fprintf(p.out, "Bộ này có %d bản ghi âm. Thêm --media THU-MUC để lấy cả chúng.\n", n)
		}
		return nil
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return survey.Refuse(survey.Invalid, "Không tạo được thư mục %s: %v", "Cannot make folder %s: %v", folder, err)
	}
	for _, r := range q.Recordings {
		content, _, err := s.Sound(p.ctx, r.ID)
		if err != nil {
			return err
		}
		if err := writeFile(filepath.Join(folder, r.Name), func(f *os.File) error { _, err := f.Write(content); return err }); err != nil {
			return err
		}
	}
	fmt.Fprintf(p.out, "Đã ghi %d bản ghi âm: %s\n", len(q.Recordings), folder)
	return nil
}
