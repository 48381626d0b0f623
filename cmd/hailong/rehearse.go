package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"hailong/store"
	"hailong/survey"
)

type rehearseCommand struct {
	Parents     int           `help:"Nhiều nhất bao nhiêu phiếu được gửi (responses sent at most)." default:"200000"`
	Connections int           `help:"Số máy gửi cùng lúc (senders at once)." default:"256"`
	For         time.Duration `help:"Mỗi màn kéo dài bao lâu (length of each phase)." default:"8s"`
	Stored      int           `help:"Số phiếu có sẵn khi chưa có dữ liệu thật (responses stored before)." default:"30000"`
	Slow        float64       `help:"Phần máy mạng chậm, 0 đến 1 (share of slow phones)." default:"0.02"`
	Repeat      float64       `help:"Phần gửi lại cùng một phiếu, 0 đến 1 (share of forms sent twice)." default:"0.05"`
}

// phase is one part of the evening.
type phase struct {
	name    string
	senders int
	habits  habits
}

// Run plays a census evening against a copy on this machine, never against the
// data itself, and says what this machine can take.
func (c rehearseCommand) Run(p *program) error {
	if err := c.check(); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "hailong-rehearse-")
	if err != nil {
		return fmt.Errorf("make scratch folder: %w", err)
	}
	defer os.RemoveAll(dir)
	fmt.Fprintln(p.out, "Đang dựng bản sao để diễn tập…")
	stage, err := c.build(p, dir)
	if err != nil {
		return err
	}
	server, err := startServer(p.ctx, dir)
	if err != nil {
		return err
	}
	defer server.kill()
	evening, err := c.play(p, stage, server)
	if err != nil {
		return err
	}
	evening.memory = server.peakMemory()
	if err := server.stop(); err != nil {
		return err
	}
	if err := evening.verify(p, dir, stage.before); err != nil {
		return err
	}
	return evening.report(p)
}

func (c rehearseCommand) check() error {
	shares := c.Slow >= 0 && c.Slow <= 1 && c.Repeat >= 0 && c.Repeat <= 1
	if !shares || c.Parents < 1 || c.Parents > mostParents || c.Connections < 1 || c.Connections > mostSenders/2 || c.Stored < 0 || c.Stored > mostParents || c.For < time.Second || c.For > longestLoad {
		return survey.Refuse(survey.Invalid, "Số liệu diễn tập ngoài giới hạn: tối đa %d phiếu, %d máy cùng lúc, mỗi màn từ 1 giây đến %s, các phần từ 0 đến 1",
			"Out of bounds: at most %d responses, %d senders, phases of 1 s to %s, shares from 0 to 1", mostParents, mostSenders/2, longestLoad)
	}
	return nil
}

// stage is the copy on which the evening is played.
type stage struct {
	secret []byte
	round  survey.Round
	strata []survey.Stratum
	before int // responses in it
}

// build copies the data folder, or makes the demo's province where there is
// none, and opens a round in it.
func (c rehearseCommand) build(p *program, dir string) (st stage, err error) {
	if _, missing := os.Stat(filepath.Join(p.data, store.FileName)); missing == nil {
		err = p.withStore(func(s *store.Store) error {
			_, err := s.Backup(p.ctx, store.BackupOrder{Actor: actor, File: filepath.Join(dir, "copy.db")})
			return err
		})
		if err != nil {
			return st, err
		}
		if err := os.Rename(filepath.Join(dir, "copy.db"), filepath.Join(dir, store.FileName)); err != nil {
			return st, fmt.Errorf("place the copy: %w", err)
		}
		c.Stored = 0
	}
	s, err := store.Open(p.ctx, store.Options{Dir: dir, Zone: p.zone})
	if err != nil {
		return st, err
	}
	defer s.Close()
	return c.fill(p, s)
}

func (c rehearseCommand) fill(p *program, s *store.Store) (st stage, err error) {
	schools, err := s.Schools(p.ctx)
	if err != nil {
		return st, err
	}
	if len(schools) == 0 {
		if err := loadDemoSchools(p.ctx, s); err != nil {
			return st, err
		}
	}
	if st.round, _, err = openRound(p.ctx, s, time.Now().In(p.zone)); err != nil {
		return st, err
	}
	if st.strata, err = s.Strata(p.ctx, st.round.ID); err != nil {
		return st, err
	}
	if c.Stored > 0 {
		if _, err := simulate(p.ctx, s, st.round, st.strata, c.Stored); err != nil {
			return st, err
		}
	}
	st.secret = s.Secret()
	after, err := s.Strata(p.ctx, st.round.ID)
	for _, one := range after {
		st.before += one.Tally.Responses
	}
	return st, err
}

// play sends the evening: steady, then the burst after a message in every
// group, then with slow phones and repeated sendings.
func (c rehearseCommand) play(p *program, st stage, server *server) (*evening, error) {
	usual := habits{secret: st.secret, looks: 0.2, comments: 0.3, json: 0.1, repeats: c.Repeat}
	slow := usual
	slow.slow = c.Slow
	rush := habits{secret: st.secret, comments: 0.3}
	e := &evening{}
	for _, ph := range []phase{{"đều đặn", c.Connections / 4, usual}, {"dồn dập", c.Connections, rush}, {"mạng chậm, gửi lại", c.Connections, slow}} {
		if err := e.playPhase(p.ctx, c, ph, newPlaces(st.strata, server.at), server.at); err != nil {
			return nil, err
		}
	}
	return e, nil
}

func (e *evening) playPhase(ctx context.Context, c rehearseCommand, ph phase, places []place, at loopback) error {
	slow := newPhones()
	var visits []*visit
	took, err := load{to: at, senders: max(1, ph.senders), turns: c.Parents / 3, span: c.For}.run(ctx, func(sender int) turn {
		v := &visit{habits: ph.habits, places: places, chance: rand.New(rand.NewPCG(rand.Uint64(), uint64(sender))), phones: slow}
		visits = append(visits, v)
		return v.once
	})
	if err != nil {
		return err
	}
	var sum record
	for _, v := range visits {
		sum.add(&v.record)
	}
	accepted := len(sum.waits)
	sum.add(slow.rest())
	e.acts = append(e.acts, act{name: ph.name, senders: ph.senders, took: took, accepted: accepted, record: sum})
	return ctx.Err()
}
