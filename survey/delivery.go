package survey

// Delivery is a valid response on its way into the store.
type Delivery struct {
	ID       FormID
	Stratum  int64
	Day      Day // on which it arrived
	Response Response
	Helped   bool // filled in with somebody's help
}

// Count counts a delivery into the form's tally.
func (f *Form) Count(t *Tally, d Delivery) {
	f.Add(t, d.Response)
	if d.Helped {
		t.Helped++
	}
}
