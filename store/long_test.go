package store_test

import "flag"

var (
	// long asks for the long form of the promise tests:
	//
	//	go test -run Promise ./store ./cmd/hailong -long -timeout 3h
	long = flag.Bool("long", false, "run the promise tests in their long form")

	// update writes the database of the present version into testdata, once,
	// when a version is given away.
	update = flag.Bool("update", false, "write the present version's database into testdata")
)

// often gives how often a promise is tried: in every run, or in the long form.
func often(short, inLong int) int {
	if *long {
		return inLong
	}
	return short
}
