package main

import (
	"bufio"
	"fmt"
	"strings"

	"golang.org/x/term"

	"hailong/store"
	"hailong/survey"
)

type accountCommand struct {
	Add accountAdd `cmd:"" help:"Thêm tài khoản; mật khẩu gõ trên bàn phím hoặc đưa qua đầu vào chuẩn (password from terminal or standard input)."`
}

type accountAdd struct {
	Name string `arg:"" help:"Tên đăng nhập."`
	Role string `required:"" help:"office (được sửa) hoặc viewer (chỉ xem)." placeholder:"office|viewer"`
}

// Run makes an account.
func (c accountAdd) Run(p *program) error {
	name, err := survey.ParseAccountName(c.Name)
	if err != nil {
		return err
	}
	role, err := survey.ParseRole(c.Role)
	if err != nil {
		return err
	}
	typed, err := p.readPassword()
	if err != nil {
		return err
	}
	password, err := survey.ParsePassword(typed)
	if err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		if err := s.AddAccount(p.ctx, actor, survey.Account{Name: name, Role: role}, password); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Đã tạo tài khoản %s (%s).\n", name, role)
		return nil
	})
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
