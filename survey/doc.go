// Package survey holds what is true about measuring satisfaction with public
// education: rounds and their calendar, schools and their levels, the
// questionnaire, what a valid response is, tallies, and every published figure.
//
// It decides and does nothing else: no input or output, no clock, no
// randomness. Times, random bytes and stored values come in as arguments, so
// every rule here can be tested with a table.
package survey
