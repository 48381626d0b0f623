package store_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hailong/store"
	"hailong/survey"
)

func drawDelivery(t *rapid.T, n int) survey.Delivery {
	d := survey.Delivery{ID: survey.FormID(fmt.Sprintf("arrival-%010d", n)), Stratum: rapid.Int64Range(1, 1<<40).Draw(t, "stratum"),
		Day: survey.Day(rapid.IntRange(-10, 60000).Draw(t, "day")), Helped: rapid.Bool().Draw(t, "helped")}
	d.Response.Expectation = rapid.IntRange(survey.NoPercent, 300).Draw(t, "percent")
	for range rapid.IntRange(1, 61).Draw(t, "items") {
		d.Response.Marks = append(d.Response.Marks, survey.Mark(rapid.IntRange(0, 6).Draw(t, "mark")))
	}
	return d
}

func TestAnArrivalComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var sent []survey.Delivery
		for n := range rapid.IntRange(0, 6).Draw(t, "responses") {
			sent = append(sent, drawDelivery(t, n))
		}
		packed, back, err := store.PackDeliveries(sent)
		if err != nil || len(back) != len(sent) {
			t.Fatal(err, len(back), len(sent))
		}
		for _, want := range sent {
			got := back[[18]byte(want.ID.Key())]
			want.ID = ""
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatal(diff)
			}
		}
		if again, err := store.Repack(packed); err != nil || !bytes.Equal(again, packed) {
			t.Fatal("packed again it differs", err)
		}
	})
}

// The order in which responses came is not in an arrival.
func TestAnArrivalForgetsTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var sent []survey.Delivery
		for n := range rapid.IntRange(2, 8).Draw(t, "responses") {
			sent = append(sent, drawDelivery(t, n))
		}
		a, _, _ := store.PackDeliveries(sent)
		b, _, _ := store.PackDeliveries(rapid.Permutation(sent).Draw(t, "order"))
		if !bytes.Equal(a, b) {
			t.Fatal("another order gives another arrival")
		}
	})
}

func TestADamagedArrivalIsRefused(t *testing.T) {
	d := survey.Delivery{ID: "arrival-0123456789", Stratum: 7, Day: 20746, Response: survey.Response{Marks: []survey.Mark{1, 2, 3}, Expectation: 80}}
	packed, _, err := store.PackDeliveries([]survey.Delivery{d})
	if err != nil {
		t.Fatal(err)
	}
	for i := range packed {
		changed := slices.Clone(packed)
		changed[i] ^= 0x10
		if _, err := store.Repack(changed); err == nil {
			t.Errorf("byte %d changed: accepted", i)
		}
		if _, err := store.Repack(packed[:i]); err == nil {
			t.Errorf("cut to %d bytes: accepted", i)
		}
	}
	if _, err := store.Repack(append(packed, 0)); err == nil {
		t.Error("something behind it: accepted")
	}
}

// Whatever the bytes: no panic, and what is accepted is what would be written.
func FuzzArrival(f *testing.F) {
	d := survey.Delivery{ID: "arrival-0123456789", Stratum: 7, Day: 20746, Helped: true, Response: survey.Response{Marks: []survey.Mark{1, 2, 3}, Expectation: 80}}
	packed, _, err := store.PackDeliveries([]survey.Delivery{d})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(packed[:len(packed)-4])
	f.Add([]byte{1, 0})
	f.Add([]byte{1, 0xff, 0xff, 0x3f})
	f.Fuzz(func(t *testing.T, body []byte) {
		sealed := store.Sealed(body)
		again, err := store.Repack(sealed)
		if err == nil && !bytes.Equal(again, sealed) {
			t.Fatalf("%x is accepted and packed as %x", sealed, again)
		}
	})
}
