package main

import (
	"cmp"
	"fmt"

	"hailong/store"
	"hailong/survey"
)

type settingCommand struct {
	Province string `help:"Tên tỉnh." placeholder:"TEN"`
	Office   string `help:"Tên cơ quan hỏi ý kiến, hiện trên đầu phiếu." placeholder:"TEN"`
	Helpline string `help:"Số điện thoại giúp đỡ, hiện dưới phiếu." placeholder:"SO"`

	Threshold string `help:"Ngưỡng công bố: số câu trả lời ít nhất, 5 đến 50 (least answers of a released figure)." placeholder:"SO"`
}

// Run changes the names that are given and prints those in use.
func (c settingCommand) Run(p *program) error {
	if c.Threshold != "" { // everything is looked at before anything is written
		if _, err := survey.ParseThreshold(c.Threshold); err != nil {
			return err
		}
	}
	return p.withStore(func(s *store.Store) error {
		before, err := s.Naming(p.ctx)
		if err != nil {
			return err
		}
		n := survey.Naming{Province: cmp.Or(c.Province, before.Province), Office: cmp.Or(c.Office, before.Office), Helpline: cmp.Or(c.Helpline, before.Helpline)}.Clean()
		if err := s.SetNaming(p.ctx, actor, n); err != nil {
			return err
		}
		t, err := c.threshold(p, s)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Tỉnh: %s\nCơ quan: %s\nĐiện thoại: %s\nNgưỡng công bố: %d phiếu\n", n.Province, n.Office, n.Helpline, t)
		return nil
	})
}

// threshold changes the threshold if one is given, and gives the one in use.
func (c settingCommand) threshold(p *program, s *store.Store) (survey.Threshold, error) {
	if c.Threshold == "" {
		return s.Threshold(p.ctx)
	}
	t, err := survey.ParseThreshold(c.Threshold)
	if err != nil {
		return 0, err
	}
	return t, s.SetThreshold(p.ctx, actor, t)
}
