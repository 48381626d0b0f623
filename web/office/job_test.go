package office_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"hailong/survey"
)

// slowly makes the workbook wait until it is told to go on.
func slowly(s *site) (goOn func()) {
	s.history.hold = make(chan struct{})
	return sync.OnceFunc(func() { close(s.history.hold) })
}

// Works wait for each other: each takes much memory.
func TestOneJobAtATime(t *testing.T) {
	s := newSite(t)
	goOn := slowly(s)
	defer goOn()
	cookie, other := s.login("lan"), s.login("minh")
	first, second, third := s.begin(cookie, "2026-10"), s.begin(cookie, "2026-03"), s.begin(other, "2026-03")
	if again := s.begin(cookie, "2026-10"); again != first {
		t.Error("the same work, begun twice, runs twice")
	}
	if p := s.progress(third, other); p.State != "waiting" || p.Says != "Đang chờ: còn 2 việc phía trước. Máy chủ làm từng việc một" {
		t.Errorf("the third: %+v", p)
	}
	if res := s.visit(third+"/tep", other, nil); res.StatusCode != http.StatusNotFound {
		t.Errorf("a file that is not there yet: %d", res.StatusCode)
	}
	goOn()
	for path, who := range map[string]string{first: cookie, second: cookie, third: other} {
		if p := s.finished(path, who); p.State != "done" {
			t.Errorf("%+v", p)
		}
	}
	if s.history.most.Load() != 1 {
		t.Errorf("%d works at once", s.history.most.Load())
	}
	list := parse(t, s.visit("/so/viec", cookie, nil).body)
	if rows := list.all("tbody")[0].all("tr"); len(rows) != 2 {
		t.Errorf("the list shows %d works, want one's own two", len(rows))
	}
}

func TestAJobCanBeStopped(t *testing.T) {
	s := newSite(t)
	goOn := slowly(s)
	defer goOn()
	cookie := s.login("lan")
	runs, waits := s.begin(cookie, "2026-10"), s.begin(cookie, "2026-03")
	for _, path := range []string{waits, runs} {
		if res := s.visit(path+"/dung", cookie, url.Values{}); res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != path {
			t.Errorf("stop: %d to %q", res.StatusCode, res.Header.Get("Location"))
		}
	}
	for _, path := range []string{waits, runs} {
		if p := s.finished(path, cookie); p.State != "stopped" || p.Says != "Đã dừng theo yêu cầu. Không có tệp nào được giữ lại" {
			t.Errorf("%+v", p)
		}
	}
	goOn()
	page := s.visit(runs, cookie, nil).body
	if strings.Contains(page, "job.js") || strings.Contains(page, "Dừng việc này") || strings.Contains(page, "vẫn chạy") || !strings.Contains(page, "Làm lại") {
		t.Error("the page of a job that was stopped still waits, or does not say how to begin anew")
	}
	if len(s.workFiles()) != 0 {
		t.Errorf("the folder holds %v", s.workFiles())
	}
}

// What went wrong inside is not shown, and the next work goes on.
func TestAFailingJob(t *testing.T) {
	s := newSite(t)
	cookie := s.login("lan")
	for says, fail := range map[string]error{"Không làm được. Máy chủ đang trục trặc. Thử lại sau ít phút": errDisk,
		"Không làm được. Chưa mở": survey.Refuse(survey.Conflict, "Chưa mở", "Not open")} {
		s.history.broken = fail
		if p := s.finished(s.begin(cookie, "2026-10"), cookie); p.State != "failed" || p.Says != says {
			t.Errorf("%+v, want «%s»", p, says)
		}
	}
	s.history.broken = nil
	s.history.panics = true
	if p := s.finished(s.begin(cookie, "2026-10"), cookie); p.State != "failed" {
		t.Errorf("a panic: %+v", p)
	}
	s.history.panics = false
	if p := s.finished(s.begin(cookie, "2026-10"), cookie); p.State != "done" {
		t.Errorf("afterwards: %+v", p)
	}
}

// wait is part of history.Results.
func (h *history) wait(ctx context.Context) error {
	if h.panics {
		panic("no tally")
	}
	if h.hold != nil {
		select {
		case <-h.hold:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return h.broken
}
