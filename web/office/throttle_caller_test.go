package office

import (
	"fmt"
	"testing"
	"time"
)

func TestCallersAreCountedAndForgotten(t *testing.T) {
	now := time.Unix(1000, 0)
	k := newCallers(func() time.Time { return now })
	for i := range maxFailures {
		if wait := k.begin("203.0.113.7"); wait != 0 {
			t.Fatalf("attempt %d has to wait %d s", i+1, wait)
		}
	}
	if wait := k.begin("203.0.113.7"); wait != int(failureSpan/time.Second) {
		t.Errorf("one too many waits %d s", wait)
	}
	if k.begin("203.0.113.8") != 0 {
		t.Error("a neighbour has to wait")
	}
	now = now.Add(failureSpan)
	if k.begin("203.0.113.7") != 0 {
		t.Error("nothing is forgotten")
	}
	for range 10 * maxFailures {
		if k.begin("198.51.100.1") != 0 {
			t.Fatal("right passwords are held against an address")
		}
		k.succeeded("198.51.100.1")
	}
}

// A household has a whole network of IPv6 addresses; an IPv4 address is the same
// however it is written.
func TestCallersByNetwork(t *testing.T) {
	k := newCallers(time.Now)
	for _, same := range [][2]string{{"2001:db8:1:2::1", "2001:db8:1:2:ffff::9"}, {"203.0.113.7", "::ffff:203.0.113.7"}} {
		if k.of(same[0]) != k.of(same[1]) {
			t.Errorf("%v are counted apart", same)
		}
	}
	for _, other := range [][2]string{{"2001:db8:1:2::1", "2001:db8:1:3::1"}, {"203.0.113.7", "203.0.113.8"}, {"", "203.0.113.7"}} {
		if k.of(other[0]) == k.of(other[1]) {
			t.Errorf("%v are counted as one", other)
		}
	}
	if newCallers(time.Now).of("203.0.113.7") == k.of("203.0.113.7") {
		t.Error("another run of the program knows the same address by the same sign")
	}
}

func TestCallersTableIsBounded(t *testing.T) {
	now := time.Unix(0, 0)
	k := newCallers(func() time.Time { return now })
	for i := range maxAddresses + 10 {
		k.begin(fmt.Sprintf("10.%d.%d.%d", i>>16, i>>8&255, i&255))
	}
	if len(k.table) > maxAddresses {
		t.Errorf("%d addresses are kept", len(k.table))
	}
}
