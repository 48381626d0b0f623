package survey

import (
	"math"
	"strconv"
	"strings"
)

// RoundTo gives x with that many decimals, half away from zero on the decimal
// value: 96.195 becomes 96.20 although its nearest double lies below. It is
// done once, at the edge; no figure is computed from a rounded one.
func RoundTo(x float64, decimals int) float64 {
	scale := math.Pow(10, float64(decimals))
	v := x * scale
	// A decimal that ends in 5 may be a few units in the last place off.
	rounded := math.Round(v+math.Copysign(math.Abs(v)*4e-16+1e-12, v)) / scale
	if rounded == 0 {
		return 0 // never −0, which would be written with its sign
	}
	return rounded
}

// Decimal writes x as in Vietnam: rounded, comma for decimals, point for
// thousands.
func Decimal(x float64, decimals int) string {
	s := strconv.FormatFloat(RoundTo(x, decimals), 'f', decimals, 64)
	whole, fraction, _ := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	if fraction != "" {
		fraction = "," + fraction
	}
	return sign + group(whole) + fraction
}

// Count writes a whole number with points for thousands.
func Count(n int) string { return Decimal(float64(n), 0) }

func thousands(n int) string { return Count(n) }

func group(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return digits
}
