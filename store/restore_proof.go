package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"hailong/survey"
)

// asBackedUp is what the backup itself says, read from it without a change.
type asBackedUp struct {
	Manifest                    // filled from the file, not from the manifest beside it
	links     []printedLink     // every link code that ever was
	directory *survey.Directory // nil when the schema is an older one
	results   map[survey.RoundID]survey.Results
}

type printedLink struct {
	code    survey.LinkCode
	school  survey.SchoolCode
	revoked bool
}

// readBackup proves the backup's file and reads what the restored data will be
// held against: all pages, whose file it is, its version, its rows.
func (o Options) readBackup(ctx context.Context, file string, r *Restored) (b asBackedUp, err error) {
	s, err := o.connectReadOnly(file, atRest)
	if err != nil {
		return b, err
	}
	defer s.disconnect()
	err = s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := ours(ctx, tx); err != nil {
			return err
		}
		if _, err := s.steps.version(ctx, tx); err != nil {
			return err
		}
		var in Inspection
		if err := checkIntegrity(ctx, tx, &in); err != nil || len(in.Findings) > 0 {
			return errNotProved("tệp bản sao lưu hỏng", "the backup's file is damaged")
		}
		if err := b.fill(ctx, tx); err != nil {
			return err
		}
		b.links, err = collect(ctx, tx, func(rows *sql.Rows) (l printedLink, err error) {
			return l, rows.Scan(&l.code, &l.school, &l.revoked)
		}, `SELECT code, school_code, revoked_at IS NOT NULL FROM link`)
		return err
	})
	if err != nil {
		return b, notABackup(file, err)
	}
	r.From, r.To, r.Tables, r.Rows, r.Rounds = b.Schema, s.steps.newest(), len(b.Rows), b.Total(), b.Rounds
	if b.Schema != s.steps.newest() {
		return b, r.agrees(b)
	}
	if err := b.readResults(ctx, s); err != nil {
		return b, err
	}
	return b, r.agrees(b)
}

// notABackup turns what SQLite says of a file that is no backup into a refusal.
func notABackup(file string, err error) error {
	if kind := survey.KindOf(err); kind != 0 && !errors.Is(err, errForeign) || errors.Is(err, context.Canceled) {
		return err
	}
	e := survey.Refuse(survey.Invalid, "Tệp %s hỏng hoặc không phải bản sao lưu của hailong. Chọn bản sao lưu khác", "The file %s is damaged or no backup of hailong; choose another backup", file)
	e.Err = err
	return e
}

func (b *asBackedUp) readResults(ctx context.Context, s *Store) (err error) {
	if b.directory, err = s.Directory(ctx); err != nil {
		return err
	}
	b.results = make(map[survey.RoundID]survey.Results, len(b.Rounds))
	for _, id := range b.Rounds {
		if b.results[id], err = s.Results(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// agrees holds the backup against its manifest.
func (r *Restored) agrees(b asBackedUp) error {
	m := r.Backup.Manifest
	if r.Manifest && (!maps.Equal(m.Rows, b.Rows) || m.Schema != b.Schema || m.AuditSeal != b.AuditSeal ||
		m.Application != b.Application || !slices.Equal(m.Rounds, b.Rounds)) {
		return errNotProved("số dòng, phiên bản, các đợt hoặc nhật ký trong bản sao lưu khác bản kê", "rows, version, rounds or audit log of the backup differ from its manifest")
	}
	return nil
}

func errNotProved(vi, en string) *survey.Error {
	return survey.Refuse(survey.Conflict, "Không khôi phục: %[1]s. Thư mục dữ liệu giữ nguyên như cũ; dùng bản sao lưu khác", "Nothing was restored: %[2]s; the data folder is as it was; use another backup", vi, en)
}

// proveRestored brings the restored data up to date and proves it: rows, a
// recount of every response, the audit log, every printed link, and what the
// files of every round are made from.
func (s *Store) proveRestored(ctx context.Context, before asBackedUp, r *Restored) (err error) {
	for {
		version, err := s.applyNext(ctx, before.Schema)
		if err != nil {
			return err
		}
		if version == s.steps.newest() {
			break
		}
	}
	if r.Inspection, err = s.Check(ctx); err != nil {
		return err
	}
	if len(r.Findings) > 0 {
		return errNotProved("kiểm tra thấy "+r.Findings[0].Message, "the check found: "+r.Findings[0].English)
	}
	if err := s.proveRows(ctx, before); err != nil {
		return err
	}
	if err := s.proveLinks(ctx, before, r); err != nil {
		return err
	}
	return s.proveResults(ctx, before, r)
}

// proveRows finds as many rows in every table as in the backup; after a change
// of the schema, in the tables of what people sent and did.
func (s *Store) proveRows(ctx context.Context, before asBackedUp) error {
	return s.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		now, err := countTables(ctx, tx)
		if err != nil {
			return err
		}
		for table, rows := range before.Rows {
			upgraded := before.Schema != s.steps.newest() && table != "response" && table != "opinion" && table != "link"
			if now[table] != rows && !upgraded {
				return errNotProved(fmt.Sprintf("bảng %s có %d dòng, bản sao lưu có %d", table, now[table], rows), fmt.Sprintf("table %s has %d rows, the backup %d", table, now[table], rows))
			}
		}
		return nil
	})
}

// proveLinks follows every link that was ever printed.
func (s *Store) proveLinks(ctx context.Context, before asBackedUp, r *Restored) error {
	d, err := s.Directory(ctx)
	if err != nil {
		return err
	}
	for _, printed := range before.links {
		link, err := d.Find(printed.code)
		good := err == nil && link.School.Code == printed.school && (before.directory == nil || sameForms(link, before.directory.Links[printed.code]))
		if printed.revoked {
			good = survey.KindOf(err) == survey.Closed
			r.Revoked++
		} else {
			r.Links++
		}
		if !good {
			return errNotProved(fmt.Sprintf("liên kết %s của trường %s không mở đúng phiếu", printed.code, printed.school), fmt.Sprintf("link %s of school %s does not open its form", printed.code, printed.school))
		}
	}
	return nil
}

func sameForms(a, b survey.Link) bool {
	if len(a.Forms) != len(b.Forms) {
		return false
	}
	for i := range a.Forms {
		if a.Forms[i].Stratum != b.Forms[i].Stratum || a.Forms[i].Form.Code != b.Forms[i].Form.Code {
			return false
		}
	}
	return true
}

// proveResults compares what each round's files are made from with the same of
// the backup, and with the digest that was taken when it was made.
func (s *Store) proveResults(ctx context.Context, before asBackedUp, r *Restored) error {
	for _, id := range before.Rounds {
		now, err := s.Results(ctx, id)
		if err != nil {
			return err
		}
		then, read := before.results[id]
		noted, written := r.Backup.Results[id]
		if read && !sameResults(then, now) || written && noted != digest(now) {
			return errNotProved("kết quả của đợt "+string(id)+" khác lúc sao lưu", "the results of round "+string(id)+" differ from those when the backup was made")
		}
		if read || written {
			r.Compared++
		}
	}
	return nil
}

// sameResults compares all but the time at which they were read.
func sameResults(a, b survey.Results) bool {
	a.Made, b.Made = time.Time{}, time.Time{}
	return reflect.DeepEqual(a, b)
}
