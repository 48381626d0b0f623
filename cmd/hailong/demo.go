package main

import (
	"bytes"
	"context"
	"crypto/rand"
	_ "embed" // the demo's school list
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hailong/export/sheet"
	"hailong/store"
	"hailong/survey"
	"hailong/web"
)

// demoSchools is a made-up list of 1,379 schools in the layout in which
// offices keep theirs.
//
//go:embed demo-schools.xlsx
var demoSchools []byte

type demoCommand struct {
	Addr      string `help:"Địa chỉ nghe (address to listen on)." default:"127.0.0.1:8080"`
	Responses int    `help:"Số phiếu mô phỏng (simulated responses)." default:"30000"`
	Keep      bool   `help:"Giữ lại thư mục dữ liệu sau khi dừng (keep the data folder)."`
}

// demoAccount is who signs in to the demo.
const demoAccount = "vanphong"

// Run makes a province in a scratch folder, serves it and takes it away again.
func (c demoCommand) Run(p *program) error {
	dir, err := os.MkdirTemp("", "hailong-demo-")
	if err != nil {
		return fmt.Errorf("make scratch folder: %w", err)
	}
	if !c.Keep {
		defer os.RemoveAll(dir)
	}
	p.data = dir
	clock := &demoClock{}
	s, err := store.Open(p.ctx, store.Options{Dir: p.data, Zone: p.zone, Now: clock.now})
	if err != nil {
		return err
	}
	defer s.Close()
	fmt.Fprintln(p.out, "Đang dựng tỉnh mẫu…")
	signs, err := c.build(p, s, clock)
	if err != nil {
		return err
	}
	l, err := listenSomewhere(c.Addr)
	if err != nil {
		return err
	}
	base := localAddress(l)
	signs.print(p, base)
	quiet := slog.New(slog.NewTextHandler(p.errors, &slog.HandlerOptions{Level: slog.LevelWarn}))
	return p.serve(s, l, service{baseURL: base, log: quiet})
}

// listenSomewhere opens the address, or a free port when it is taken.
func listenSomewhere(addr string) (net.Listener, error) {
	l, err := web.Listen(addr)
	if err == nil {
		return l, nil
	}
	return web.Listen("127.0.0.1:0")
}

// signposts are what the demo tells its visitor.
type signposts struct {
	schools   int
	responses int
	round     string
	parent    survey.LinkCode
	school    survey.School
	token     string
	password  string
	data      string
}

func (g signposts) print(p *program, base string) {
	fmt.Fprintf(p.out, `
%s · %s trường · %s phiếu mô phỏng · dữ liệu: %s

  Phiếu của cha mẹ:   %s
  Trang của trường:   %s   (%s)
  Kết quả đợt trước:  %s/ket-qua/
  Trang văn phòng:    %s/so/
      tên đăng nhập:  %s
      mật khẩu:       %s   (chỉ cho lần chạy này)

Bảng kết quả Excel:   %s export --data %s --round %s --out ket-qua.xlsx
Dừng: Ctrl+C
`, g.round, survey.Count(g.schools), survey.Count(g.responses), g.data,
		formAddress(base, g.parent), schoolAddress(base, g.token), g.school.Name, base, base, demoAccount, g.password, called(), filepath.ToSlash(g.data), g.roundID())
}

// called is how the program was started: built, or by «go run».
func called() string {
	if strings.Contains(filepath.ToSlash(os.Args[0]), "/go-build") {
		return "go run ./cmd/hailong"
	}
	return os.Args[0]
}

func (g signposts) roundID() string { return g.round[:len("2026-10")] }

func (c demoCommand) build(p *program, s *store.Store, clock *demoClock) (g signposts, err error) {
	g.data = p.data
	if err := loadDemoSchools(p.ctx, s); err != nil {
		return g, err
	}
	if err := playLastRound(p.ctx, s, clock, c.Responses/2); err != nil {
		return g, err
	}
	round, title, err := openRound(p.ctx, s, time.Now().In(p.zone))
	if err != nil {
		return g, err
	}
	g.round = string(round.ID) + " · " + title
	strata, err := s.Strata(p.ctx, round.ID)
	if err != nil {
		return g, err
	}
	if g.responses, err = simulate(p.ctx, s, round, strata, c.Responses); err != nil {
		return g, err
	}
	schools, err := s.Schools(p.ctx)
	if err != nil {
		return g, err
	}
	g.schools = len(schools)
	return g, g.open(p.ctx, s, strata)
}

// loadDemoSchools loads the demo's list as an office loads its own.
func loadDemoSchools(ctx context.Context, s *store.Store) error {
	list, err := sheet.ReadSchools(bytes.Clone(demoSchools), survey.BuiltInAreas())
	if err != nil {
		return fmt.Errorf("read the demo's school list: %w", err)
	}
	_, err = s.LoadSchools(ctx, actor, list.Schools(), false)
	return err
}

// open makes the account and the addresses: a parent's form at a school with
// one form, the page of a school with several.
func (g *signposts) open(ctx context.Context, s *store.Store, strata []survey.Stratum) (err error) {
	g.password = rand.Text()[:16]
	if err := s.AddAccount(ctx, actor, survey.Account{Name: demoAccount, Role: survey.OfficeRole}, g.password); err != nil {
		return err
	}
	for _, st := range strata {
		if len(st.School.Levels()) == 1 && st.Form.Level == survey.LevelTH && g.parent == "" {
			g.parent = st.School.Link
		}
		if len(st.School.Levels()) > 1 && st.Tally.Responses == 0 {
			g.school = st.School
		}
	}
	g.token, err = s.GrantAccess(ctx, actor, g.school.Code)
	return err
}

// openRound gives the round that is open; outside the calendar's windows it
// adds one around today.
func openRound(ctx context.Context, s *store.Store, now time.Time) (survey.Round, string, error) {
	if _, err := s.AdvanceRounds(ctx); err != nil {
		return survey.Round{}, "", err
	}
	schedule, err := s.Rounds(ctx)
	if err != nil {
		return survey.Round{}, "", err
	}
	if r, ok := schedule.Calendar.Current(schedule.Rounds, now); ok && r.State == survey.Open {
		return r, schedule.Title(r), nil
	}
	today := schedule.Calendar.Today(now)
	from, to := today-14, today+14
	for _, r := range schedule.Rounds {
		if r.Opens > today {
			to = min(to, r.Opens-1)
		}
		if r.Closes < today {
			from = max(from, r.Closes+1)
		}
	}
	r, err := s.AddRound(ctx, store.Act{Actor: actor, Action: "round add", Reason: "chạy thử"}, from, to)
	if err != nil {
		return r, "", err
	}
	schedule, err = s.Rounds(ctx)
	return r, schedule.Title(r), err
}
