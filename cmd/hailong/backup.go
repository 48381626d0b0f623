package main

import (
	"fmt"
	"path/filepath"
	"time"

	"hailong/store"
	"hailong/survey"
)

type backupCommand struct {
	File  string `arg:"" help:"Tệp sẽ ghi, hoặc thư mục có sẵn: khi đó tên theo ngày giờ." placeholder:"TEP.db"`
	Force bool   `help:"Được ghi đè tệp cùng tên (replace a file of that name)."`
}

// Run copies the data beside a running server, with a manifest beside the copy.
func (c backupCommand) Run(p *program) error {
	return p.withStore(func(s *store.Store) error {
		kept, err := s.Backup(p.ctx, store.BackupOrder{Actor: actor, File: c.File, Overwrite: c.Force})
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Đã sao lưu: %s (%s byte, %s phiếu trả lời, %s dòng; bản kê: %s.json)\n", kept.File,
			survey.Count(int(kept.Size)), survey.Count(int(kept.Rows["response"])), survey.Count(int(kept.Total())), filepath.Base(kept.File))
		return nil
	})
}

type restoreCommand struct {
	File       string `arg:"" help:"Tệp sao lưu." placeholder:"TEP.db"`
	NoManifest bool   `help:"Chấp nhận bản sao không có bản kê; khi đó chứng minh được ít hơn (a backup without its manifest)."`
}

// Run puts a backup into an empty data folder and says what was proved of it.
func (c restoreCommand) Run(p *program) error {
	r, err := store.Restore(p.ctx, store.Options{Dir: p.data, Zone: p.zone}, store.RestoreOrder{Actor: actor, File: c.File, NoManifest: c.NoManifest})
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Đã khôi phục vào %s.\n", p.data)
	if r.Manifest {
		fmt.Fprintf(p.out, "  Bản kê: kích thước, SHA-256 và số dòng của %d bảng (%s dòng) đều khớp.\n", r.Tables, survey.Count(int(r.Rows)))
	}
	fmt.Fprintf(p.out, "  Tệp nguyên vẹn; đếm lại %s phiếu trả lời khớp số đã lưu; nhật ký nguyên vẹn.\n", survey.Count(r.Responses))
	fmt.Fprintf(p.out, "  %s liên kết đã in mở đúng phiếu như trước; %s liên kết đã thay vẫn báo đã thay.\n", survey.Count(r.Links), survey.Count(r.Revoked))
	fmt.Fprintf(p.out, "  Kết quả của %d đợt bằng kết quả trong bản sao lưu.\n", r.Compared)
	if r.From != r.To {
		fmt.Fprintf(p.out, "  Cấu trúc dữ liệu được nâng từ phiên bản %d lên %d.\n", r.From, r.To)
	}
	return nil
}

// backupFlags say how serve makes its daily copies.
type backupFlags struct {
	BackupDir  string `help:"Thư mục sao lưu hằng ngày; trống là không sao lưu (folder of daily backups)." env:"HAILONG_BACKUP_DIR" placeholder:"DIR"`
	BackupKeep int    `help:"Số bản sao lưu giữ lại (how many are kept)." default:"14" env:"HAILONG_BACKUP_KEEP"`
	BackupAt   string `help:"Giờ sao lưu (time of day)." default:"02:00" env:"HAILONG_BACKUP_AT" placeholder:"HH:MM"`
}

// plan reads the flags.
func (f backupFlags) plan(zone *time.Location) (store.BackupPlan, error) {
	at, err := time.Parse("15:04", f.BackupAt)
	if err != nil || f.BackupKeep < 1 || f.BackupKeep > 1000 {
		return store.BackupPlan{}, survey.Refuse(survey.Invalid, "Lịch sao lưu không đúng: ghi giờ như 02:00 và giữ từ 1 đến 1.000 bản",
			"The backup plan is not valid: a time such as 02:00, and 1 to 1,000 copies")
	}
	return store.BackupPlan{At: time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute, Zone: zone, Keep: f.BackupKeep}, nil
}
