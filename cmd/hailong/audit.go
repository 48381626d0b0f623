package main

import (
	"encoding/csv"
	"fmt"
	"strconv"

	"hailong/store"
	"hailong/survey"
)

// auditCommands are the commands about the audit log.
type auditCommands struct {
	List   auditList   `cmd:"" default:"withargs" help:"In các dòng cuối của nhật ký (the last entries)."`
	Verify auditVerify `cmd:"" help:"Kiểm tra dấu niêm phong của mọi dòng (check every seal)."`
}

type auditList struct {
	Last int  `help:"Số dòng, tối đa 100000." default:"50" placeholder:"N"`
	CSV  bool `name:"csv" help:"In dạng CSV, có tiêu đề cột."`
}

// maxAuditLines bounds what is read into memory at once.
const maxAuditLines = 100_000

// Run prints the last entries of the audit log, the newest first.
func (c auditList) Run(p *program) error {
	if c.Last < 1 || c.Last > maxAuditLines {
		return survey.Refuse(survey.Invalid, "Số dòng từ 1 đến %d", "Between 1 and %d entries", maxAuditLines)
	}
	return p.withStore(func(s *store.Store) error {
		log, err := s.AuditLog(p.ctx, survey.AuditQuery{Limit: c.Last})
		if err != nil {
			return err
		}
		if c.CSV {
			return p.writeAudit(log)
		}
		for _, e := range log {
			fmt.Fprintf(p.out, "%d  %s  %s  %s  %s  %s\n", e.Seq, e.At.In(p.zone).Format("02/01/2006 15:04:05"), e.Actor, e.Done(), e.Object, e.Detail)
		}
		return nil
	})
}

func (p *program) writeAudit(log []survey.AuditEntry) error {
	w := csv.NewWriter(p.out)
	if err := w.Write([]string{"Số", "Lúc", "Ai", "Việc", "Đối tượng", "Chi tiết"}); err != nil {
		return fmt.Errorf("write the list: %w", err)
	}
	for _, e := range log {
		row := []string{strconv.FormatInt(e.Seq, 10), e.At.In(p.zone).Format("2006-01-02 15:04:05"), e.Actor, e.Done(), e.Object, e.Detail}
		if err := w.Write(row); err != nil {
			return fmt.Errorf("write the list: %w", err)
		}
	}
	w.Flush()
	return w.Error()
}

type auditVerify struct{}

// Run proves that no entry was changed or taken out.
func (auditVerify) Run(p *program) error {
	return p.withStore(func(s *store.Store) error {
		entries, seal, err := s.VerifyAudit(p.ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Nhật ký nguyên vẹn: %s dòng. Dấu niêm phong của dòng cuối: %s\n", survey.Count(int(entries)), seal)
		return nil
	})
}
