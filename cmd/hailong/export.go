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

	Released bool   `help:"Chỉ những gì đã công bố cho mọi người (only what is released)." xor:"part"`
	School   string `help:"Chỉ những gì trường này được xem (for one school)." placeholder:"MA" xor:"part"`
	Area     string `help:"Chỉ những gì xã, phường này được xem (for one commune)." placeholder:"MA" xor:"part"`
}

// Run writes the workbook of a round.
func (c exportCommand) Run(p *program) error {
	id, err := survey.ParseRoundID(c.Round)
	if err != nil {
		return err
	}
	if c.Released || c.School != "" || c.Area != "" {
		return c.released(p, id)
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

// released writes what may leave the office: the frozen snapshot, once it is
// released to those whom the file is for.
func (c exportCommand) released(p *program, id survey.RoundID) error {
	least, what := survey.SchoolsStage, "bảng kết quả đã công bố, của "+c.School+c.Area
	if c.Released {
		least, what = survey.PublicStage, "bảng kết quả đã công bố"
	}
	return p.withStore(func(s *store.Store) error {
		state, err := s.ReleaseState(p.ctx, id)
		if err != nil {
			return err
		}
		if !state.Stage().Reaches(least) {
			return survey.Refuse(survey.Conflict, "Kết quả đợt %[1]s chưa công bố cho %[2]s. Công bố bằng lệnh: hailong rounds release %[1]s --to %[3]s",
				"The results of round %[1]s are not released yet; release them with: hailong rounds release %[1]s --to %[3]s", id, least.Name(), least)
		}
		tables, err := s.Release(p.ctx, id)
		if err != nil {
			return err
		}
		book := sheet.ReleasedBook{Tables: tables, School: survey.SchoolCode(c.School), Area: survey.AreaCode(c.Area)}
		if err := writeFile(c.Out, func(f *os.File) error { return book.Write(f) }); err != nil {
			return err
		}
		if err := s.NoteDownload(p.ctx, actor, id, what); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Đã ghi bảng kết quả đã công bố %s: %s\n", state.Title, c.Out)
		return nil
	})
}
