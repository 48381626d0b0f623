package office

import (
	"context"
	"crypto/rand"
	"log/slog"
	"strings"
	"sync"
	"time"

	"hailong/survey"
)

const (
	keepFor    = 24 * time.Hour   // a file, after it is made
	longestJob = 15 * time.Minute // then it is ended
	mostJobs   = 30               // that are remembered; the oldest that are over go first
	sweepEvery = time.Hour
)

// registry is the jobs since the service started. One of them runs at a time,
// because each takes much memory and the parents' forms go first; the others
// wait in the order in which they came.
type registry struct {
	folder *workFolder
	clock  func() time.Time
	log    *slog.Logger
	start  string // begins the ids of the jobs of this start of the service

	mu    sync.Mutex
	jobs  map[string]*job
	queue []*job
	busy  bool
	over  bool // the service stops: nothing new is begun
	all   sync.WaitGroup

	sweeping bool // every hour
}

func newRegistry(folder *workFolder, clock func() time.Time, log *slog.Logger) *registry {
	return &registry{folder: folder, clock: clock, log: log, start: newID()[:6], jobs: map[string]*job{}}
}

func newID() string { return strings.ToLower(rand.Text()) }

// begin puts a work into the queue and gives its id. The same work that the
// same account has begun already is not begun again.
func (r *registry) begin(account survey.Account, w work) (string, error) {
	if !w.may(account) {
		return "", errNotAllowed()
	}
	r.sweep()
	r.mu.Lock()
	defer r.mu.Unlock()
	o := w.offer()
	for _, j := range r.jobs {
		if j.owner == account.Name && j.Key == o.Key && j.state.active() {
			return j.id, nil
		}
	}
	if r.over || !r.makeRoom() {
		return "", survey.Refuse(survey.Busy, "Đang có nhiều việc chờ. Thử lại sau ít phút", "Many jobs are waiting; try again in a few minutes")
	}
	ctx, stop := context.WithCancel(context.Background())
	j := &job{offer: o, id: r.start + newID()[:20], owner: account.Name, work: w, begun: r.clock(), ctx: ctx, stop: stop, state: jobWaits}
	r.jobs[j.id] = j
	r.queue = append(r.queue, j)
	if !r.busy {
		r.busy = true
		r.all.Go(r.run)
	}
	return j.id, nil
}

func errNotAllowed() *survey.Error {
	return survey.Refuse(survey.Forbidden, "Tài khoản này không được lấy tệp đó", "This account may not have that file")
}

// makeRoom forgets the oldest jobs that are over until one more may come.
func (r *registry) makeRoom() bool {
	for len(r.jobs) >= mostJobs {
		var oldest *job
		for _, j := range r.jobs {
			if !j.state.active() && (oldest == nil || j.begun.Before(oldest.begun)) {
				oldest = j
			}
		}
		if oldest == nil {
			return false
		}
		r.forget(oldest)
	}
	return true
}

func (r *registry) forget(j *job) {
	delete(r.jobs, j.id)
	r.folder.remove(j.id)
}

// sweep takes away the files that have been kept long enough.
func (r *registry) sweep() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, j := range r.jobs {
		if r.expired(j) {
			r.forget(j)
		}
	}
}

func (r *registry) expired(j *job) bool {
	return !j.state.active() && r.clock().Sub(j.ended) >= keepFor
}

// find gives a copy of an account's own job, and how many wait before it.
func (r *registry) find(id string, account survey.Account) (j job, before int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	found, ok := r.jobs[id]
	switch {
	case !ok && !isJobID(id):
		return j, 0, survey.Refuse(survey.NotFound, "Không có việc này. Xem lại địa chỉ", "There is no such job")
	case !ok && !strings.HasPrefix(id, r.start):
		return j, 0, survey.Refuse(survey.Closed, "Máy chủ đã khởi động lại nên việc này không còn. Làm lại từ đầu", "The server has been restarted and the job is gone; begin it again")
	case !ok, r.expired(found):
		return j, 0, survey.Refuse(survey.Closed, "Tệp chỉ giữ 24 giờ và nay đã xóa. Làm lại từ đầu", "The file was kept for 24 hours and is gone; begin it again")
	case found.owner != account.Name || !found.work.may(account):
		return j, 0, errNotAllowed()
	}
	if found.state == jobWaits {
		before = r.before(found)
	}
	return *found, before, nil
}

// before counts the jobs that come before one that waits, the running one
// included.
func (r *registry) before(j *job) int {
	n := 0
	for _, other := range r.jobs {
		if other.state == jobRuns {
			n++
		}
	}
	for _, other := range r.queue {
		if other == j {
			break
		}
		n++
	}
	return n
}

// of gives an account's jobs, the newest first.
func (r *registry) of(account survey.Account) []job {
	r.mu.Lock()
	defer r.mu.Unlock()
	var own []job
	for _, j := range r.jobs {
		if j.owner == account.Name && !r.expired(j) && j.work.may(account) {
			own = append(own, *j)
		}
	}
	return own
}

// isJobID says whether an address might have been a job's.
func isJobID(id string) bool {
	return len(id) == 26 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz234567") == ""
}
