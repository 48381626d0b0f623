package main

import (
	"fmt"
	"os"
	"time"

	"hailong/export/print"
	"hailong/store"
	"hailong/survey"
)

type schoolsAccess struct {
	School  string `arg:"" help:"Mã trường."`
	BaseURL string `help:"Địa chỉ của dịch vụ, để in địa chỉ đầy đủ." env:"HAILONG_BASE_URL" placeholder:"URL"`
	Sheet   string `help:"Nơi ghi tờ mở trang để in (PDF); cần --base-url (write the activation sheet)." placeholder:"TEP.pdf"`
	Revoke  bool   `help:"Chỉ thu hồi địa chỉ, không tạo địa chỉ mới (shut the page)."`
}

// Run makes a new address of a school's own page, which is shown this once, or
// shuts the page.
func (c schoolsAccess) Run(p *program) error {
	code, err := survey.ParseSchoolCode(c.School)
	if err != nil {
		return err
	}
	if c.Revoke {
		return p.withStore(func(s *store.Store) error { return c.revoke(p, s, code) })
	}
	if c.Sheet != "" {
		return p.withStore(func(s *store.Store) error { return c.print(p, s, code) })
	}
	return p.withStore(func(s *store.Store) error {
		secret, err := s.GrantAccess(p.ctx, actor, code)
		if err == nil {
			c.say(p, code, schoolAddress(c.BaseURL, secret))
		}
		return err
	})
}

func (c schoolsAccess) say(p *program, code survey.SchoolCode, address string) {
	fmt.Fprintf(p.out, "Trang riêng của trường %s (chỉ hiện một lần, địa chỉ cũ hết hiệu lực): %s\n", code, address)
}

func (c schoolsAccess) revoke(p *program, s *store.Store, code survey.SchoolCode) error {
	if err := s.RevokeAccess(p.ctx, actor, code); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Đã thu hồi trang riêng của trường %s. Địa chỉ cũ không mở được nữa.\n", code)
	return nil
}

// print writes the activation sheet first: an address that nobody could read
// must not take the place of the one in use.
func (c schoolsAccess) print(p *program, s *store.Store, code survey.SchoolCode) error {
	origin, err := survey.ParseOrigin(c.BaseURL)
	if err != nil {
		return err
	}
	d, err := s.Directory(p.ctx)
	if err != nil {
		return err
	}
	secret, err := s.NewSecret()
	if err != nil {
		return err
	}
	address := schoolAddress(origin.String(), secret)
	body, err := entranceSheet(d, code, address, time.Now().In(p.zone))
	if err != nil {
		return err
	}
	if err := writeFile(c.Sheet, func(f *os.File) error { _, err := f.Write(body); return err }); err != nil {
		return err
	}
	if err := os.Chmod(c.Sheet, 0o600); err != nil {
		return fmt.Errorf("keep the activation sheet to this user: %w", err)
	}
	if err := s.GrantSecrets(p.ctx, actor, map[survey.SchoolCode]string{code: secret}); err != nil {
		return err
	}
	c.say(p, code, address)
	fmt.Fprintf(p.out, "Tờ mở trang: %s\n", c.Sheet)
	return nil
}

func entranceSheet(d *survey.Directory, code survey.SchoolCode, address string, now time.Time) ([]byte, error) {
	for _, link := range d.Links {
		if !link.Revoked && link.School.Code == code {
			return print.Entrances("Tờ mở trang riêng – "+link.School.Name, []print.Entrance{{School: link.School.Name, Area: link.School.Area.Title(),
				Address: address, Office: d.Office, Helpline: d.Helpline, Made: now}})
		}
	}
	return nil, survey.Refuse(survey.NotFound, "Không có trường mã %s. Xem mã bằng: hailong schools list", "There is no school %s; see hailong schools list", code)
}
