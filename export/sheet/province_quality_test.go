package sheet_test

import "testing"

func TestHelpedFormsAreCountedApart(t *testing.T) {
	province := generatedProvince(25, 300)
	province.Strata[0].Tally.Helped = 3
	f := opened(t, written(t, province))
	for cell, want := range map[string]string{"E6": "3", "E7": "0"} {
		if got, err := f.GetCellValue("Chất lượng dữ liệu", cell); err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", cell, got, want, err)
		}
	}
}
