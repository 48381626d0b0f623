package sheet_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"hailong/export/sheet"
	"hailong/survey"
)

func TestWriteAreas(t *testing.T) {
	var b bytes.Buffer
	err := sheet.WriteAreas(&b, sheet.AreaBook{Condition: "tìm «ea»", Made: time.Date(2026, 11, 24, 8, 5, 0, 0, time.UTC), Areas: []survey.AreaRecord{
		{Area: survey.Area{Code: "24370", Type: "Xã", Name: "Ea Kar"}, Schools: 12},
		{Area: survey.Area{Code: "00012", Type: "Xã", Name: "Ea Ô", Until: survey.NewDay(2026, 7, 1), Into: "24370"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("Xã phường")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"Mã xã", "Xã/Phường", "Số trường", "Sáp nhập từ ngày", "Vào xã (mã)"}, {"24370", "Xã Ea Kar", "12"}, {"00012", "Xã Ea Ô", "0", "01/07/2026", "24370"}}
	if diff := cmp.Diff(want, rows[4:]); diff != "" {
		t.Error(diff)
	}
}
