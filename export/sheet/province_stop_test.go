package sheet_test

import (
	"context"
	"errors"
	"io"
	"testing"

	"hailong/export/sheet"
)

// The workbook tells how far it is, up to all of its rows, and stops soon
// after it is told to.
func TestProvinceBookTellsAndStops(t *testing.T) {
	results := generatedProvince(60, 3000)
	var last, all, times int
	told := func(done, rows int) {
		if done < last || done > rows {
			t.Errorf("%d of %d rows after %d", done, rows, last)
		}
		last, all, times = done, rows, times+1
	}
	if err := (sheet.ProvinceBook{Results: results, Progress: told}).Write(context.Background(), io.Discard); err != nil {
		t.Fatal(err)
	}
	if last != all || times < 5 {
		t.Errorf("told %d times, in the end %d of %d rows", times, last, all)
	}
	ctx, stop := context.WithCancel(context.Background())
	last = 0
	err := sheet.ProvinceBook{Results: results, Progress: func(done, rows int) { last = done; stop() }}.Write(ctx, io.Discard)
	if !errors.Is(err, context.Canceled) || last > all/2 {
		t.Errorf("stopped after %d of %d rows: %v", last, all, err)
	}
}
