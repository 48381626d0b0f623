package survey

import "strconv"

// Threshold (ngưỡng) is the smallest number of answers on which a figure that
// leaves the office may rest; below it there is «dưới 10 phiếu» and no number
// (METHOD.md, «Who may see what»).
type Threshold int

// The usual threshold, and the range within which an office may choose.
// Internal hides nothing: it is for the office's own pages, which say so.
const (
	Internal         Threshold = 0
	DefaultThreshold Threshold = 10
	leastThreshold   Threshold = 5
	mostThreshold    Threshold = 50
)

// ParseThreshold reads a threshold from 5 to 50.
func ParseThreshold(s string) (Threshold, error) {
	n, err := strconv.Atoi(CleanLine(s))
	if err != nil || Threshold(n) < leastThreshold || Threshold(n) > mostThreshold {
		return 0, Refuse(Invalid, "Ngưỡng công bố là một số từ %d đến %d phiếu, thường là %d",
			"The threshold is a number of answers from %d to %d, usually %d", leastThreshold, mostThreshold, DefaultThreshold)
	}
	return Threshold(n), nil
}

// Met says whether a figure that rests on n answers may be shown.
func (t Threshold) Met(n int) bool { return n >= int(t) }

// Few says to people that a figure rests on too few answers.
func (t Threshold) Few() string {
	if t == Internal {
		return "chưa có phiếu"
	}
	return "dưới " + strconv.Itoa(int(t)) + " phiếu"
}
