package office

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestThrottleTableIsBounded(t *testing.T) {
	now := time.Unix(0, 0)
	th := newThrottle(func() time.Time { return now })
	for i := range 2 * maxNames {
		now = now.Add(time.Millisecond)
		th.begin(fmt.Sprint(i))
	}
	if len(th.names) != maxNames {
		t.Errorf("%d names are kept, want %d", len(th.names), maxNames)
	}
	if _, kept := th.names[fmt.Sprint(2*maxNames-1)]; !kept {
		t.Error("the name tried last is not kept")
	}
}

// Many attempts at the same moment are one guess.
func TestThrottleCountsAttemptsUnderWay(t *testing.T) {
	th := newThrottle(func() time.Time { return time.Unix(0, 0) })
	var tried atomic.Int32
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if th.begin("lan") == 0 {
				tried.Add(1)
			}
		})
	}
	all.Wait()
	if tried.Load() != 1 {
		t.Errorf("%d attempts went through, want 1", tried.Load())
	}
}
