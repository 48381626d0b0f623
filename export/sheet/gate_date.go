package sheet

import "regexp"

var (
	quoted   = regexp.MustCompile(`"[^"]*"|\[[^\]]*\]|\\.|_.`)
	dateSign = regexp.MustCompile(`[yYdDhH]|[mM]{1,5}`)
)

// showsDate says whether a style shows numbers as dates or times.
func (u *upload) showsDate(style int) bool {
	known, ok := u.dates[style]
	if !ok {
		known = u.findDate(style)
		u.dates[style] = known
	}
	return known
}

func (u *upload) findDate(style int) bool {
	format, err := u.file.GetStyle(style)
	if err != nil {
		return false // a style that does not exist shows numbers plainly
	}
	if format.CustomNumFmt != nil {
		return dateSign.MatchString(quoted.ReplaceAllString(*format.CustomNumFmt, ""))
	}
	n := format.NumFmt
	return n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 45 && n <= 47 || n >= 50 && n <= 58
}
