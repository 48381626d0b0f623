package main

import (
	"fmt"
	"text/tabwriter"
	"time"

	"hailong/store"
	"hailong/survey"
)

// act is what came of one phase.
type act struct {
	name     string
	senders  int
	took     time.Duration
	accepted int // in that time
	record
}

func (a act) perSecond() float64 { return float64(a.accepted) / a.took.Seconds() }

// evening is what came of the rehearsal.
type evening struct {
	acts       []act
	memory     int64 // most that the server used, bytes; 0: not known
	lost       int   // acknowledged and not stored
	twice      int   // counted more than once
	unexpected []string
}

// verify holds what was acknowledged against what is stored.
func (e *evening) verify(p *program, dir string, before int) error {
	s, err := store.Open(p.ctx, store.Options{Dir: dir, Zone: p.zone})
	if err != nil {
		return err
	}
	defer s.Close()
	there := 0
	for _, a := range e.acts {
		e.unexpected = append(e.unexpected, a.wrong...)
		for _, form := range a.ledger {
			known, err := s.Known(p.ctx, form.Delivery)
			if err != nil && survey.KindOf(err) != survey.Conflict {
				return err
			}
			if known {
				there++
			} else if form.acknowledged {
				e.lost++
			}
		}
	}
	in, err := s.Check(p.ctx)
	if err != nil {
		return err
	}
	for _, f := range in.Findings {
		e.unexpected = append(e.unexpected, f.Message)
	}
	e.twice = in.Responses - before - there
	return nil
}

// report prints the table and fails when anything was lost or counted twice.
func (e *evening) report(p *program) error {
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "màn\tmáy gửi\tphiếu nhận\tphiếu/giây\tp50\tp95\tp99\tbáo bận\tgửi lại\t")
	best := 0.0
	for _, a := range e.acts {
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", a.name, a.senders, survey.Count(a.accepted), survey.Decimal(a.perSecond(), 0),
			inMillis(a.waits.percentile(0.5)), inMillis(a.waits.percentile(0.95)), inMillis(a.waits.percentile(0.99)), survey.Count(a.refused), survey.Count(a.repeated))
		best = max(best, a.perSecond())
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print the table: %w", err)
	}
	fmt.Fprintf(p.out, "\nMất (đã báo nhận mà không có trong dữ liệu): %d · đếm hai lần: %d · bộ nhớ nhiều nhất của máy chủ: %s\n", e.lost, e.twice, inMegabytes(e.memory))
	fmt.Fprintf(p.out, "Máy này nhận được khoảng %s phiếu mỗi giờ.\n", survey.Count(int(best*3600)))
	for _, wrong := range e.unexpected {
		fmt.Fprintln(p.errors, wrong)
	}
	if e.lost > 0 || e.twice != 0 || len(e.unexpected) > 0 {
		return survey.Refuse(survey.Conflict, "Diễn tập không đạt: mất %d, đếm hai lần %d, %d câu trả lời sai của máy chủ", "The rehearsal failed: %d lost, %d counted twice, %d wrong answers of the server",
			e.lost, e.twice, len(e.unexpected))
	}
	return nil
}

func inMillis(d time.Duration) string {
	return survey.Decimal(float64(d.Microseconds())/1000, 1) + " ms"
}

func inMegabytes(bytes int64) string {
	if bytes == 0 {
		return "không đo được"
	}
	return survey.Decimal(float64(bytes)/1e6, 0) + " MB"
}
