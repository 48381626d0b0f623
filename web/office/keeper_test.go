package office

import (
	"testing"
	"time"
)

// What is kept is its owner's, for a while, and not much of it.
func TestKeeper(t *testing.T) {
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	k := &keeper[string]{most: 2, life: time.Minute, clock: func() time.Time { return now }}
	a, b := k.put("a", "1"), k.put("b", "2")
	if got, ok := k.get("a", a); !ok || got != "1" {
		t.Errorf("the owner gets %q, %v", got, ok)
	}
	if _, ok := k.get("b", a); ok {
		t.Error("somebody else gets it")
	}
	k.change("a", a, "3")
	if got, ok := k.take("a", a); !ok || got != "3" {
		t.Errorf("taken: %q, %v", got, ok)
	}
	if _, ok := k.take("a", a); ok {
		t.Error("it is taken twice")
	}
	if again := k.put("b", "4"); again == b {
		t.Error("two things have one name")
	} else if _, ok := k.get("b", b); ok {
		t.Error("the one before it is still there")
	}
	c, d := k.put("c", "5"), k.put("d", "6")
	if _, ok := k.get("c", c); !ok || len(k.kept) != 2 {
		t.Errorf("%d things are kept", len(k.kept))
	}
	now = now.Add(61 * time.Second)
	if _, ok := k.get("d", d); ok {
		t.Error("it outlives its time")
	}
	k.change("d", d, "7")
	if k.put("e", "8"); len(k.kept) != 1 {
		t.Errorf("%d things are kept after their time", len(k.kept))
	}
}
