package survey

// Delivery is a valid response on its way into the store.
type Delivery struct {
	ID       FormID
	Stratum  int64
	Day      Day // on which it arrived
	Response Response
}
