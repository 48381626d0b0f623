package office

import (
	"sync"
	"time"
)

const (
	firstWait = time.Second
	longest   = time.Minute
	forgotten = 15 * time.Minute // after the last wait; then the waits begin anew
	maxNames  = 4096
)

// throttle slows down the guessing of one account's password: after each
// failure the next attempt must wait, 1, 2, 4 … 60 seconds. It never locks an
// account, and an attempt that comes too early costs nothing. It remembers the
// 4096 names tried last, whether there are such accounts or not.
type throttle struct {
	clock func() time.Time
	mu    sync.Mutex
	names map[string]attempts
}

type attempts struct {
	wait time.Duration // after the last attempt
	next time.Time     // before which nothing is tried
}

func newThrottle(clock func() time.Time) *throttle {
	return &throttle{clock: clock, names: map[string]attempts{}}
}

// begin notes an attempt, or gives the whole seconds after which to come
// again. The attempt counts as a failure until succeeded is called, so that
// many at the same moment are not many guesses.
func (t *throttle) begin(name string) (seconds int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.clock()
	last, known := t.names[name]
	if wait := last.next.Sub(now); known && wait > 0 {
		return int((wait + time.Second - 1) / time.Second)
	}
	wait := firstWait
	if known && now.Sub(last.next) < forgotten {
		wait = min(2*last.wait, longest)
	}
	if !known && len(t.names) >= maxNames {
		t.dropOldest()
	}
	t.names[name] = attempts{wait: wait, next: now.Add(wait)}
	return 0
}

func (t *throttle) succeeded(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.names, name)
}

// dropOldest makes room. It looks at every name, which is less work than the
// password check that follows.
func (t *throttle) dropOldest() {
	oldest, found := "", false
	for name, a := range t.names {
		if !found || a.next.Before(t.names[oldest].next) {
			oldest, found = name, true
		}
	}
	delete(t.names, oldest)
}
