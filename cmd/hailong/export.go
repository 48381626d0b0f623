package main

import (
	"fmt"
	"os"

	"hailong/export/sheet"
	"hailong/store"
	"hailong/survey"
)

type exportCommand struct {
	Round string `required:"" help:"Mã đợt, ví dụ 2026-10." placeholder:"DOT"`
	Out   string `required:"" help:"Tệp .xlsx sẽ ghi." placeholder:"TEP.xlsx"`
}

// Run writes the workbook of a round.
func (c exportCommand) Run(p *program) error {
	id, err := survey.ParseRoundID(c.Round)
	if err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		results, err := s.Results(p.ctx, id)
		if err != nil {
			return err
		}
		if err := writeFile(c.Out, func(f *os.File) error { return sheet.WriteProvince(f, results) }); err != nil {
			return err
		}
		if err := s.NoteDownload(p.ctx, actor, id, "bảng kết quả"); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Đã ghi bảng kết quả %s: %s\n", results.Title, c.Out)
		return nil
	})
}
