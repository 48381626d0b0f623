package sheet

import (
	"math"
	"strconv"
	"strings"

	"hailong/survey"
)

// parseStored reads a number of learners as Excel stores it.
func parseStored(raw string) (int, *survey.Error) {
	x, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
	whole := math.Round(x)
	switch {
	case err != nil || math.IsNaN(x) || math.IsInf(x, 0):
		return survey.ParseLearners(raw)
	case math.Abs(x-whole) > 1e-9: // a sum may be off in its last digit
		return survey.ParseLearners(strconv.FormatFloat(x, 'f', 9, 64))
	}
	return survey.ParseLearners(strconv.FormatFloat(whole+0, 'f', 0, 64))
}
