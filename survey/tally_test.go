package survey_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hailong/survey"
)

func TestTallyRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawForm(t)
		want := tallyOf(f, drawResponses(t, f, 12))
		want.Helped = rapid.IntRange(0, want.Responses).Draw(t, "helped")
		got, err := survey.DecodeTally(want.Encode())
		if err != nil || !got.Equal(want) {
			t.Fatalf("%v\n%s", err, cmp.Diff(want, got))
		}
		if !bytes.Equal(got.Encode(), want.Encode()) {
			t.Fatal("it is encoded differently the second time")
		}
	})
}

// The order in which responses arrive does not matter.
func TestTallyForgetsTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawForm(t)
		responses := drawResponses(t, f, 8)
		shuffled := rapid.Permutation(responses).Draw(t, "order")
		if a, b := tallyOf(f, responses), tallyOf(f, shuffled); !a.Equal(b) || !bytes.Equal(a.Encode(), b.Encode()) {
			t.Fatal(cmp.Diff(a, b))
		}
	})
}

// Each count of a tally is what counting by hand gives.
func TestTallyEqualsARecount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawForm(t)
		responses := drawResponses(t, f, 8)
		got := tallyOf(f, responses)
		want := survey.Tally{Responses: len(responses), Items: make([]survey.Counts, len(f.Items)+1)}
		for i := range want.Items {
			for _, r := range responses {
				want.Items[i][r.Marks[i]]++
			}
		}
		last := len(f.Items)
		for _, g := range f.Groups {
			want.Groups = append(want.Groups, sumsByHand(responses, func(i int) bool { return i < last && f.Items[i].Group == g.Code }))
		}
		want.All = sumsByHand(responses, func(i int) bool { return i < last })
		want.Expectation = cells(responses, func(r survey.Response) int { return r.Expectation })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func sumsByHand(responses []survey.Response, counts func(int) bool) survey.Histogram {
	return cells(responses, func(r survey.Response) int {
		key := 0
		for i, m := range r.Marks {
			if counts(i) && m >= 1 && m <= 5 {
				key += 512 + int(m)
			}
		}
		return key
	})
}

// cells counts keys in rising order; negative ones are missing.
func cells(responses []survey.Response, key func(survey.Response) int) survey.Histogram {
	count := map[int]int{}
	var keys []int
	for _, r := range responses {
		k := key(r)
		if k < 0 {
			continue
		}
		if count[k] == 0 {
			keys = append(keys, k)
		}
		count[k]++
	}
	slices.Sort(keys)
	var h survey.Histogram
	for _, k := range keys {
		h = append(h, survey.Cell{Key: k, Count: count[k]})
	}
	return h
}

func TestTallyEqualSeesEveryCount(t *testing.T) {
	f := survey.BuiltInQuestionnaire().Forms[0]
	marks := slices.Repeat([]survey.Mark{3}, len(f.Items)+1)
	fresh := func() survey.Tally { return tallyOf(f, []survey.Response{{Marks: marks, Expectation: 70}}) }
	changes := map[string]func(*survey.Tally){
		"responses":   func(t *survey.Tally) { t.Responses++ },
		"helped":      func(t *survey.Tally) { t.Helped++ },
		"item":        func(t *survey.Tally) { t.Items[len(f.Items)][6]++ },
		"group":       func(t *survey.Tally) { t.Groups[4][0].Count++ },
		"all":         func(t *survey.Tally) { t.All[0].Key++ },
		"expectation": func(t *survey.Tally) { t.Expectation = nil },
	}
	for name, change := range changes {
		other := fresh()
		change(&other)
		if fresh().Equal(other) || bytes.Equal(fresh().Encode(), other.Encode()) {
			t.Errorf("a change of %s goes unnoticed", name)
		}
	}
	if !fresh().Equal(fresh()) {
		t.Error("the same counts are not equal")
	}
}

func TestDecodeTallyRefuses(t *testing.T) {
	good := survey.BuiltInQuestionnaire().Forms[0].NewTally().Encode()
	tests := map[string][]byte{
		"nothing":              nil,
		"another format":       append([]byte{3}, good[1:]...),
		"more helped than all": {2, 1, 2, 0, 0, 0, 0},
		"helped by nobody":     {2, 1, 0, 0, 0, 0, 0},
		"cut":                  good[:len(good)-1],
		"something after it":   append(slices.Clone(good), 0),
		"zero in two bytes":    slices.Concat(good[:1], []byte{0x80, 0}, good[2:]),
		"too many items":       {1, 0, 62},
		"too many responses":   {1, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0},
		"a key twice":          {1, 0, 0, 0, 2, 5, 1, 0, 1, 0},
		"a key out of range":   {1, 0, 0, 0, 1, 0x81, 0x80, 0x40, 1, 0},
		"more cells than are":  {1, 0, 0, 0, 0xff, 0x7f, 1, 1, 0},
	}
	for name, data := range tests {
		if got, err := survey.DecodeTally(data); err == nil {
			t.Errorf("%s: accepted as %+v", name, got)
		}
	}
	if _, err := survey.DecodeTally([]byte{1, 0, 0, 0, 2, 5, 1, 1, 1, 0}); err != nil {
		t.Errorf("two keys: %v", err)
	}
}

// Whatever the bytes: no panic, and what is accepted is what Encode writes.
func FuzzDecodeTally(f *testing.F) {
	form := survey.BuiltInQuestionnaire().Forms[0]
	marks := slices.Repeat([]survey.Mark{5}, len(form.Items)+1)
	f.Add(form.NewTally().Encode())
	f.Add(tallyOf(form, []survey.Response{{Marks: marks, Expectation: 300}}).Encode())
	f.Add([]byte{1, 0, 0, 0, 2, 5, 1, 1, 1, 0})
	f.Add([]byte{1, 0x80, 0, 0, 0, 0, 0})
	f.Add([]byte{2, 3, 2, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		tally, err := survey.DecodeTally(data)
		if err == nil && !bytes.Equal(tally.Encode(), data) {
			t.Fatalf("%x is accepted and encoded as %x", data, tally.Encode())
		}
	})
}

func TestATallyOfAnotherFormIsRefused(t *testing.T) {
	q := survey.BuiltInQuestionnaire()
	primary, _ := q.Form("TH")
	nursery, _ := q.Form("MN")
	if _, err := primary.DecodeTally(nursery.NewTally().Encode()); err == nil {
		t.Error("the tally of another form was read")
	}
	if _, err := primary.DecodeTally(primary.NewTally().Encode()); err != nil {
		t.Error(err)
	}
}
