package store

import (
	"context"
	"database/sql"
	"errors"
	"os"

	"hailong/survey"
)

// Examination is what Examine looked at: what is well, and in Findings what is
// wrong.
type Examination struct {
	Inspection
	Well []Finding
}

// Examine does the checks of a start, and Check, without starting: it changes
// nothing, works beside a running server and on a disk that cannot be written
// to, and goes on after what it finds wrong. Where there is no database, the
// error is NotFound.
func Examine(ctx context.Context, o Options) (e Examination, err error) {
	o = o.filled()
	if _, err := os.Stat(o.Dir); err != nil {
		return e, survey.Refuse(survey.NotFound, "Không có thư mục dữ liệu %s. Đưa đúng thư mục bằng --data", "There is no data folder %s; name the right one with --data", o.Dir)
	}
	fresh, err := o.guardPlace()
	if e.wrong(err) || err == nil && fresh {
		if fresh && err == nil {
			return e, survey.Refuse(survey.NotFound, "Chưa có dữ liệu trong thư mục %s. Đưa đúng thư mục bằng --data", "There is no database in folder %s; name the right one with --data", o.Dir)
		}
		return e, nil
	}
	e.space(o)
	e.writing(ctx, o)
	e.backups(o)
	e.reading(ctx, o)
	return e, nil
}

// wrong notes an error and says whether there was one.
func (e *Examination) wrong(err error) bool {
	if err == nil {
		return false
	}
	var refusal *survey.Error
	if !errors.As(err, &refusal) {
		refusal = survey.Refuse(survey.Conflict, "Chưa kiểm tra được: %v", "Could not look: %v", err)
	}
	e.Findings = append(e.Findings, Finding{refusal.Message, refusal.English})
	return true
}

func (e *Examination) well(vi, en string, args ...any) {
	said := survey.Refuse(0, vi, en, args...)
	e.Well = append(e.Well, Finding{said.Message, said.English})
}

func (e *Examination) space(o Options) {
	space, err := o.Space(o.Dir)
	switch {
	case err != nil || space.Total == 0 || e.wrong(o.guardSpace()):
	case space.Scarce():
		e.find("Ổ đĩa chỉ còn trống %d MB, dưới một phần mười. Xóa bớt tệp không dùng", "Only %d MB of the disk are free, less than a tenth; remove what is not needed", space.Free>>20)
	default:
		e.well("Ổ đĩa còn trống %d MB", "%d MB of the disk are free", space.Free>>20)
	}
}

// writing tries to write. A file that is damaged or not ours is not touched;
// reading says what is wrong with it.
func (e *Examination) writing(ctx context.Context, o Options) {
	if err := o.explain(o.guardFile(ctx)); err != nil {
		if errors.Is(err, errCannotWrite) {
			e.wrong(err)
		}
		return
	}
	s, err := o.connect(o.file())
	if err == nil {
		err = errors.Join(s.probe(ctx), s.disconnect())
	}
	if !e.wrong(o.explain(err)) {
		e.well("Ghi được vào thư mục dữ liệu", "The data folder can be written to")
	}
}

func (e *Examination) backups(o Options) {
	last, ok := LastBackup(o.Dir, o.Backups)
	if !ok {
		e.well("Chưa biết bản sao lưu nào. Làm một bản bằng lệnh: hailong backup TEP", "No backup is known; make one with: hailong backup FILE")
		return
	}
	e.well("Bản sao lưu gần nhất: %[1]s, lúc %[2]s", "Last backup: %[1]s, made %[3]s", last.File, last.Made.In(o.Zone).Format("15:04 02/01/2006"), last.Made.In(o.Zone).Format("2006-01-02 15:04"))
}

// reading proves file, version and content.
func (e *Examination) reading(ctx context.Context, o Options) {
	s, err := o.connectToLook(ctx)
	if e.wrong(o.explain(err)) {
		return
	}
	defer s.disconnect()
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := ours(ctx, tx); err != nil {
			return err
		}
		version, err := s.steps.version(ctx, tx)
		if err == nil && version != s.steps.newest() {
			return survey.Refuse(survey.Conflict, "Dữ liệu còn ở phiên bản %d; chạy hailong serve một lần để nâng lên phiên bản %d rồi kiểm tra lại", "The database is of version %d; run hailong serve once to bring it to version %d, then check again", version, s.steps.newest())
		}
		return err
	})
	var in Inspection
	if err == nil {
		in, err = s.Check(ctx)
	}
	in.Findings = append(e.Findings, in.Findings...)
	e.Inspection = in
	e.wrong(o.explain(err))
}

// connectToLook opens the database for reading only. On a disk that cannot be
// written to, SQLite has no place for the files beside it; then the database
// is read as a file at rest, unless a log lies beside it that belongs to it.
func (o Options) connectToLook(ctx context.Context) (*Store, error) {
	s, err := o.connectReadOnly(o.file(), looking)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error { return ours(ctx, tx) })
	left, none := os.Stat(o.file() + "-wal")
	if survey.KindOf(o.explain(err)) == 0 || none == nil && left.Size() > 0 {
		return s, nil
	}
	s.disconnect()
	return o.connectReadOnly(o.file(), atRest)
}
