package survey_test

import "flag"

// long asks for the long form of the promise tests:
//
//	go test -run Promise ./survey -long -timeout 3h
var long = flag.Bool("long", false, "run the promise tests in their long form")

// often gives how often a promise is tried: in every run, or in the long form.
func often(short, inLong int) int {
	if *long {
		return inLong
	}
	return short
}
