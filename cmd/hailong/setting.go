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
}

// Run changes the names that are given and prints those in use.
func (c settingCommand) Run(p *program) error {
	return p.withStore(func(s *store.Store) error {
		before, err := s.Naming(p.ctx)
		if err != nil {
			return err
		}
		n := survey.Naming{Province: cmp.Or(c.Province, before.Province), Office: cmp.Or(c.Office, before.Office), Helpline: cmp.Or(c.Helpline, before.Helpline)}.Clean()
		if err := s.SetNaming(p.ctx, actor, n); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Tỉnh: %s\nCơ quan: %s\nĐiện thoại: %s\n", n.Province, n.Office, n.Helpline)
		return nil
	})
}
