package survey_test

import (
	"fmt"
	"math/big"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"hailong/survey"
)

func TestDecimal(t *testing.T) {
	tests := []struct {
		x        float64
		decimals int
		want     string
	}{
		{0, 2, "0,00"}, {3.953, 3, "3,953"}, {79.06, 2, "79,06"}, {96.195, 2, "96,20"}, {96.194999, 2, "96,19"},
		{2.675, 2, "2,68"}, {1.005, 2, "1,01"}, {-1.005, 2, "-1,01"}, {99.995, 2, "100,00"}, {0.05, 1, "0,1"}, {0.049, 1, "0,0"},
		{-0.001, 2, "0,00"}, {-0.004999, 2, "0,00"}, {-0.005, 2, "-0,01"}, {-0.4, 0, "0"},
		{999, 0, "999"}, {1000, 0, "1.000"}, {999.5, 0, "1.000"}, {-1234.5, 1, "-1.234,5"}, {700000, 0, "700.000"}, {1234567.891, 2, "1.234.567,89"},
	}
	for _, tt := range tests {
		if got := survey.Decimal(tt.x, tt.decimals); got != tt.want {
			t.Errorf("Decimal(%v, %d) = %q, want %q", tt.x, tt.decimals, got, tt.want)
		}
	}
	for n, want := range map[int]string{0: "0", 7: "7", 1379: "1.379", 500000: "500.000", -12: "-12", 12345678: "12.345.678"} {
		if got := survey.Count(n); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
}

// halfAway rounds a fraction on its exact value, half away from zero, and
// writes it with that many decimals.
func halfAway(x *big.Rat, decimals int) string {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	twice := new(big.Int).Mul(new(big.Int).Abs(x.Num()), new(big.Int).Lsh(scale, 1))
	twice.Add(twice, x.Denom()) // floor(|x|·scale + 1/2)
	twice.Quo(twice, new(big.Int).Lsh(x.Denom(), 1))
	if x.Sign() < 0 {
		twice.Neg(twice)
	}
	return new(big.Rat).SetFrac(twice, scale).FloatString(decimals)
}

func sameRounding(t *rapid.T, x float64, exact *big.Rat, decimals int) {
	got := strconv.FormatFloat(survey.RoundTo(x, decimals), 'f', decimals, 64)
	if want := halfAway(exact, decimals); got != want {
		t.Fatalf("%v (exactly %s) to %d decimals is %s, want %s", x, exact.FloatString(12), decimals, got, want)
	}
}

// Every decimal that ends in 5 is rounded away from zero, whatever double
// stands for it.
func TestRoundToGoesAwayFromZeroOnTies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		decimals := rapid.IntRange(0, 3).Draw(t, "decimals")
		s := fmt.Sprintf("%d.%0*d5", rapid.IntRange(-1000, 1000).Draw(t, "whole"), decimals, rapid.IntRange(0, []int{0, 9, 99, 999}[decimals]).Draw(t, "fraction"))
		if decimals == 0 {
			s = fmt.Sprintf("%d.5", rapid.IntRange(-1000000, 1000000).Draw(t, "units"))
		}
		x, err := strconv.ParseFloat(s, 64)
		exact, ok := new(big.Rat).SetString(s)
		if err != nil || !ok {
			t.Fatal(s)
		}
		sameRounding(t, x, exact, decimals)
	})
}

// A mean, an index and a percentage, computed in doubles, are rounded as the
// fractions that they are.
func TestRoundToOfComputedFigures(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.IntRange(1, 500), rapid.SampledFrom([]int{200, 400, 1000, 2000, 8000, 500000})).Draw(t, "n")
		sum := rapid.IntRange(n, 5*n).Draw(t, "sum")
		mean := float64(sum) / float64(n)
		sameRounding(t, mean, big.NewRat(int64(sum), int64(n)), 2)
		sameRounding(t, mean*(100.0/5), big.NewRat(int64(20*sum), int64(n)), 2)
		sameRounding(t, 100*float64(sum)/float64(5*n), big.NewRat(int64(20*sum), int64(n)), 1)
		sameRounding(t, mean-3, new(big.Rat).Sub(big.NewRat(int64(sum), int64(n)), big.NewRat(3, 1)), 2)
	})
}
