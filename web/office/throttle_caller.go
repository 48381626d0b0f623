package office

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"
)

// How many wrong attempts one address may make, and in which time. Whole
// offices and villages share one, so it is generous; the waits of a single
// name are in throttle.
const (
	maxFailures  = 20
	failureSpan  = 10 * time.Minute
	maxAddresses = 50_000
)

// callers counts wrong attempts to sign in by network address. Addresses are
// kept in memory only, as HMAC under a key of this run of the program.
type callers struct {
	clock func() time.Time
	key   []byte
	mu    sync.Mutex
	table map[[16]byte]failures
}

type failures struct {
	count int
	since time.Time
}

func newCallers(clock func() time.Time) *callers {
	key := make([]byte, 32)
	rand.Read(key) // never fails
	return &callers{clock: clock, key: key, table: map[[16]byte]failures{}}
}

// of gives how an address is counted: an IPv4 address, or the /64 that a
// household has of IPv6.
func (k *callers) of(ip string) (id [16]byte) {
	text := ip
	if addr, err := netip.ParseAddr(ip); err == nil {
		bits := 32
		if addr = addr.Unmap(); addr.Is6() {
			bits = 64
		}
		if prefix, err := addr.Prefix(bits); err == nil {
			text = prefix.String()
		}
	}
	mac := hmac.New(sha256.New, k.key)
	mac.Write([]byte(text))
	copy(id[:], mac.Sum(nil))
	return id
}

// begin counts an attempt as wrong until succeeded, or gives the seconds after
// which to come again.
func (k *callers) begin(ip string) (seconds int) {
	id, now := k.of(ip), k.clock()
	k.mu.Lock()
	defer k.mu.Unlock()
	f, known := k.table[id]
	if left := failureSpan - now.Sub(f.since); known && left > 0 && f.count >= maxFailures {
		return int((left + time.Second - 1) / time.Second)
	}
	if !known || now.Sub(f.since) >= failureSpan {
		k.makeRoom(now)
		f = failures{since: now}
	}
	f.count++
	k.table[id] = f
	return 0
}

// succeeded takes an attempt back.
func (k *callers) succeeded(ip string) {
	id := k.of(ip)
	k.mu.Lock()
	defer k.mu.Unlock()
	if f, known := k.table[id]; known && f.count > 0 {
		f.count--
		k.table[id] = f
	}
}

// makeRoom forgets, when the table is full, what is too old to count; if that
// does not help, everything: a limit that whoever fills the table gets around
// is better than one that keeps everybody out.
func (k *callers) makeRoom(now time.Time) {
	if len(k.table) < maxAddresses {
		return
	}
	for id, f := range k.table {
		if now.Sub(f.since) >= failureSpan {
			delete(k.table, id)
		}
	}
	if len(k.table) >= maxAddresses {
		clear(k.table)
	}
}
