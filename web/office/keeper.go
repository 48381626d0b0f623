package office

import (
	"crypto/rand"
	"slices"
	"sync"
	"time"
)

// listDesk is what the pages about schools hold between two requests.
type listDesk struct {
	imports *keeper[schoolImport]
	reading chan struct{}   // a list takes memory while it is read: one at a time
	secrets *keeper[string] // new addresses that were not shown yet
}

func newListDesk(clock func() time.Time) *listDesk {
	return &listDesk{imports: &keeper[schoolImport]{most: importsKept, life: importLife, clock: clock}, reading: make(chan struct{}, 1),
		secrets: &keeper[string]{most: secretsKept, life: secretLife, clock: clock}}
}

// keeper holds things between two requests of one person, for a short time and
// not many of them. It forgets with the process; nothing in it is a promise.
type keeper[T any] struct {
	most  int
	life  time.Duration
	clock func() time.Time

	mu   sync.Mutex
	kept []keptThing[T] // the oldest first
}

type keptThing[T any] struct {
	id, owner string
	at        time.Time
	thing     T
}

// put keeps a thing of an owner and gives the name under which only the owner
// finds it. What the owner had before is dropped, and the oldest of all when
// there is no more room.
func (k *keeper[T]) put(owner string, thing T) (id string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept = slices.DeleteFunc(k.kept, func(t keptThing[T]) bool { return t.owner == owner || k.clock().Sub(t.at) > k.life })
	if len(k.kept) >= k.most {
		k.kept = slices.Delete(k.kept, 0, 1)
	}
	id = rand.Text()
	k.kept = append(k.kept, keptThing[T]{id, owner, k.clock(), thing})
	return id
}

// get gives a thing to its owner.
func (k *keeper[T]) get(owner, id string) (thing T, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if i := k.find(owner, id); i >= 0 {
		return k.kept[i].thing, true
	}
	return thing, false
}

// take gives a thing to its owner for the last time.
func (k *keeper[T]) take(owner, id string) (thing T, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if i := k.find(owner, id); i >= 0 {
		thing, ok = k.kept[i].thing, true
		k.kept = slices.Delete(k.kept, i, i+1)
	}
	return thing, ok
}

// change replaces a thing of its owner; one that is gone stays gone.
func (k *keeper[T]) change(owner, id string, thing T) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if i := k.find(owner, id); i >= 0 {
		k.kept[i].thing = thing
	}
}

func (k *keeper[T]) find(owner, id string) int {
	return slices.IndexFunc(k.kept, func(t keptThing[T]) bool {
		return t.id == id && t.owner == owner && k.clock().Sub(t.at) <= k.life
	})
}
