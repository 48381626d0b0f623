package main

import (
	"bufio"
	"cmp"
	"fmt"
	"strings"

	"golang.org/x/term"

	"hailong/store"
	"hailong/survey"
)

type accountCommand struct {
	Add       accountAdd       `cmd:"" help:"Thêm tài khoản; mật khẩu gõ trên bàn phím hoặc đưa qua đầu vào chuẩn (password from terminal or standard input)."`
	List      accountList      `cmd:"" help:"Liệt kê các tài khoản (list the accounts)."`
	Remove    accountRemove    `cmd:"" help:"Ngừng một tài khoản; tên vẫn giữ trong nhật ký (end an account)."`
	Password  accountPassword  `cmd:"" help:"Đặt mật khẩu mới và kết thúc mọi phiên làm việc của tài khoản (set a password)."`
	ResetTOTP accountResetTOTP `cmd:"" name:"reset-totp" help:"Tắt mã bước hai của người mất điện thoại (take the second factor away)."`
}

type accountAdd struct {
	Name string `arg:"" help:"Tên đăng nhập."`
	Role string `required:"" help:"office (được sửa), viewer (chỉ xem) hoặc commune (chỉ xem trường của một xã, phường)." placeholder:"office|viewer|commune"`
	Area string `help:"Xã, phường của tài khoản commune: mã hoặc tên." placeholder:"XA"`
}

// Run makes an account.
func (c accountAdd) Run(p *program) error {
	account, err := c.parse()
	if err != nil {
		return err
	}
	password, err := p.newPassword()
	if err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		if account.Area, err = p.areaOf(s, c.Area); err != nil {
			return err
		}
		if err := s.AddAccount(p.ctx, actor, account, password); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Đã tạo tài khoản %s (%s).\n", account.Name, account.Role)
		return nil
	})
}

func (c accountAdd) parse() (a survey.Account, err error) {
	if a.Name, err = survey.ParseAccountName(c.Name); err != nil {
		return a, err
	}
	a.Role, err = survey.ParseRole(c.Role)
	return a, err
}

// areaOf finds a commune by its code or its name; nothing is no commune.
func (p *program) areaOf(s *store.Store, text string) (survey.AreaCode, error) {
	if text == "" {
		return "", nil
	}
	areas, err := s.Areas(p.ctx)
	if err != nil {
		return "", err
	}
	if area, ok := areas.ByCode(survey.AreaCode(text)); ok {
		return area.Code, nil
	}
	area, err := areas.Find(text, "")
	return area.Code, err
}

type accountList struct{}

// Run prints the accounts, a line each.
func (accountList) Run(p *program) error {
	return p.withStore(func(s *store.Store) error {
		all, err := s.AccountList(p.ctx)
		if err != nil {
			return err
		}
		for _, a := range all {
			state, factor := "đang dùng", "chưa có mã bước hai"
			if !a.Active {
				state = "chưa đặt mật khẩu"
			}
			if !a.Ended.IsZero() {
				state = "đã ngừng"
			}
			if a.Factor {
				factor = "có mã bước hai"
			}
			fmt.Fprintf(p.out, "%s  %s  %s  %s  %s\n", a.Name, a.Role, cmp.Or(a.AreaTitle, "–"), state, factor)
		}
		return nil
	})
}

type accountRemove struct {
	Name string `arg:"" help:"Tên đăng nhập."`
}

// Run ends an account.
func (c accountRemove) Run(p *program) error {
	return p.withStore(func(s *store.Store) error {
		if err := s.EndAccount(p.ctx, actor, c.Name); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Đã ngừng tài khoản %s.\n", c.Name)
		return nil
	})
}

type accountPassword struct {
	Name string `arg:"" help:"Tên đăng nhập."`
}

// Run sets a password.
func (c accountPassword) Run(p *program) error {
	password, err := p.newPassword()
	if err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		if err := s.SetPassword(p.ctx, actor, c.Name, password); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Đã đặt mật khẩu mới cho %s. Mọi nơi đang đăng nhập phải đăng nhập lại.\n", c.Name)
		return nil
	})
}

type accountResetTOTP struct {
	Name string `arg:"" help:"Tên đăng nhập."`
}

// Run takes the second factor away.
func (c accountResetTOTP) Run(p *program) error {
	return p.withStore(func(s *store.Store) error {
		if err := s.DropFactor(p.ctx, actor, c.Name); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Đã tắt mã bước hai của %s.\n", c.Name)
		return nil
	})
}

// newPassword reads a password that may be used.
func (p *program) newPassword() (string, error) {
	typed, err := p.readPassword()
	if err != nil {
		return "", err
	}
	return survey.ParsePassword(typed)
}

// readPassword asks twice on a terminal, else takes one line of the input.
func (p *program) readPassword() (string, error) {
	if fd := int(p.in.Fd()); term.IsTerminal(fd) {
		first, err := p.ask(fd, "Mật khẩu (ít nhất 12 ký tự): ")
		if err != nil {
			return "", err
		}
		again, err := p.ask(fd, "Gõ lại mật khẩu: ")
		if err != nil {
			return "", err
		}
		if first != again {
			return "", survey.Refuse(survey.Invalid, "Hai lần gõ mật khẩu khác nhau. Gõ lại lệnh", "The two passwords differ; run the command again")
		}
		return first, nil
	}
	line, err := bufio.NewReader(p.in).ReadString('\n')
	if err != nil && line == "" {
		return "", survey.Refuse(survey.Invalid, "Chưa có mật khẩu ở đầu vào chuẩn", "No password on standard input")
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func (p *program) ask(fd int, prompt string) (string, error) {
	fmt.Fprint(p.errors, prompt)
	typed, err := term.ReadPassword(fd)
	fmt.Fprintln(p.errors)
	if err != nil {
		return "", fmt.Errorf("read password: %w", err)
	}
	return string(typed), nil
}
