package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"time"

	"hailong/store"
	"hailong/survey"
	"hailong/web"
	"hailong/web/office"
)

type serveCommand struct {
	Addr         string   `help:"Địa chỉ nghe (address to listen on)." default:":8080" env:"HAILONG_ADDR"`
	BaseURL      string   `help:"Địa chỉ mà mọi người thấy, ví dụ https://khaosat.example.vn; mặc định http://localhost và cổng." env:"HAILONG_BASE_URL" placeholder:"URL"`
	Quiet        bool     `help:"Chỉ ghi nhật ký khi có lỗi (log faults only)." negatable:""`
	TrustedProxy []string `help:"Địa chỉ của máy chủ chuyển tiếp được tin (trusted proxies)." default:"127.0.0.1,::1" env:"HAILONG_TRUSTED_PROXY" placeholder:"IP"`
	backupFlags
}

// Run serves until the process is told to stop.
func (c serveCommand) Run(p *program) error {
	plan, err := c.plan(p.zone)
	if err != nil {
		return err
	}
	s, err := store.Open(p.ctx, store.Options{Dir: p.data, Zone: p.zone, Backups: c.BackupDir})
	if err != nil {
		return err
	}
	defer s.Close()
	l, err := web.Listen(c.Addr)
	if err != nil {
		return err
	}
	if c.BaseURL == "" {
		c.BaseURL = localAddress(l)
	}
	if err := p.greet(s, c.BaseURL); err != nil {
		return err
	}
	return p.serve(s, l, service{baseURL: c.BaseURL, proxies: c.TrustedProxy, log: c.logger(p), backups: c.BackupDir, plan: plan})
}

// greet says where the service is, and how the first account is made.
func (p *program) greet(s *store.Store, baseURL string) error {
	accounts, err := s.Accounts(p.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "hailong đang chạy tại %s · dữ liệu: %s\n", baseURL, p.data)
	if space, err := store.FreeSpace(p.data); err == nil && space.Scarce() {
		fmt.Fprintf(p.errors, "Lưu ý: ổ đĩa chỉ còn trống %s MB, dưới một phần mười. Xóa bớt tệp không dùng.\n", survey.Count(int(space.Free>>20)))
	}
	if accounts > 0 {
		return nil
	}
	token, err := s.OpenFirst(p.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Chưa có tài khoản. Tạo tài khoản văn phòng đầu tiên ở địa chỉ này, dùng một lần trong 24 giờ:\n%s/so/bat-dau/%s\nhoặc bằng lệnh: hailong account add TEN --role office --data %s\n",
		strings.TrimRight(baseURL, "/"), token, p.data)
	return nil
}

func (c serveCommand) logger(p *program) *slog.Logger {
	level := slog.LevelInfo
	if c.Quiet {
		level = slog.LevelWarn
	}
	return slog.New(slog.NewJSONHandler(p.errors, &slog.HandlerOptions{Level: level}))
}

// service is how a store is shown to people.
type service struct {
	baseURL string
	proxies []string
	log     *slog.Logger
	backups string // folder of daily copies; empty: none are made
	plan    store.BackupPlan
}

// serve answers requests on the listener until the program is told to stop.
func (p *program) serve(s *store.Store, l net.Listener, how service) error {
	live, err := openLive(p.ctx, s, how.log)
	if err != nil {
		return err
	}
	go live.follow(p.ctx)
	trial := &trials{main: s, log: how.log, ctx: p.ctx}
	go trial.follow()
	defer trial.close()
	if how.backups != "" {
		copies := dailyCopies{store: s, plan: how.plan, folder: how.backups, log: how.log, now: time.Now}
		defer copies.start(p.ctx)()
	}
	texts, notes, err := p.texts()
	if err != nil {
		return err
	}
	for _, note := range notes {
		fmt.Fprintf(p.errors, "Lưu ý: câu chữ trong thư mục %s, %s\n", textsFolder, note)
	}
	app, err := web.New(web.Config{
		BaseURL: how.baseURL, Directory: live.directory, Responses: s, Secret: s.Secret(), Clock: time.Now, Random: rand.Reader,
		Log: how.log, TrustedProxies: how.proxies, Ready: live.ready, Accounts: s,
		Sounds: s, Texts: texts, People: office.People{Self: s, Factors: s, Staff: s, Doors: s, Settings: s}, Opinions: s, Rounds: s, Journal: s, Planning: s, Trials: trial, Library: s, Schools: s, Secrets: s, Work: filepath.Join(p.data, "work"),
		Releases: s, Registry: s,
	})
	if err != nil {
		return err
	}
	return whileSound(p.ctx, s, func(ctx context.Context) error { return web.Serve(ctx, app, l) })
}

// whileSound serves until it is told to stop or the disk is lost.
func whileSound(parent context.Context, s *store.Store, serve func(context.Context) error) error {
	ctx, stop := context.WithCancelCause(parent)
	defer stop(nil)
	go func() {
		select {
		case <-s.Broken():
			stop(errDiskLost)
		case <-ctx.Done():
		}
	}()
	if err := serve(ctx); err != nil {
		return err
	}
	if errors.Is(context.Cause(ctx), errDiskLost) {
		return errDiskLost
	}
	return nil
}

// errDiskLost ends the service: after it nothing that was written is certain.
var errDiskLost = survey.Refuse(survey.Busy, "Ổ đĩa không giữ được dữ liệu vừa ghi nên dịch vụ dừng lại. Kiểm tra ổ đĩa, chạy «hailong check» rồi mở lại",
	"The disk did not keep what was written, so the service stops; check the disk, run hailong check, then start again")

// localAddress is the listener's address as a browser on this machine types it.
func localAddress(l net.Listener) string {
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return "http://localhost"
	}
	return "http://localhost:" + port
}
