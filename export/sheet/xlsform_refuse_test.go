package sheet_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hailong/export/sheet"
	"hailong/survey"
)

// Row 2 is the note, 3 the form MN, 4 its group A, 5 its item A1; other rows are
// found by their names.
func TestReadQuestionnaireRefuses(t *testing.T) {
	set := func(sheetName, cell, text string) func(*excelize.File) {
		return func(f *excelize.File) { f.SetCellStr(sheetName, cell, text) }
	}
	// inRow changes a cell in the row of that name.
	inRow := func(name, column, text string) func(*excelize.File) {
		return func(f *excelize.File) {
			rows, _ := f.GetRows("survey")
			for i, row := range rows {
				if len(row) > 1 && row[1] == name {
					cell, _ := excelize.JoinCellName(column, i+1)
					f.SetCellStr("survey", cell, text)
				}
			}
		}
	}
	tests := map[string]struct {
		edit func(*excelize.File)
		says string
	}{
		"no survey":        {func(f *excelize.File) { f.DeleteSheet("survey") }, "Tệp không có trang này"},
		"no choices":       {func(f *excelize.File) { f.DeleteSheet("choices") }, "Trang «choices», dòng 1: Tệp không có trang này"},
		"no settings":      {func(f *excelize.File) { f.DeleteSheet("settings") }, "Trang «settings», dòng 1: Tệp không có trang này"},
		"external choices": {func(f *excelize.File) { f.NewSheet("external_choices") }, "Phần mềm không dùng được trang này"},
		"no type column":   {set("survey", "A1", "loại"), "Thiếu cột type"},
		"a column twice":   {set("survey", "F1", "required"), "Cột này có hai lần"},
		"a repeat":         {set("survey", "A3", "begin_repeat"), "Loại này không dùng được"},
		"a calculation":    {set("survey", "A5", "calculate"), "Loại này không dùng được"},
		"a choice filter": {func(f *excelize.File) {
			f.SetCellStr("survey", "N1", "choice_filter")
			f.SetCellStr("survey", "N5", "a=1")
		}, "không có điều kiện ẩn hiện"},
		"a group in a group":      {set("survey", "A5", "begin_group"), "Nhóm trong nhóm"},
		"a second note":           {set("survey", "A5", "note"), "Chỉ có một lời dẫn"},
		"a comment in a group":    {set("survey", "A5", "text"), "Trong nhóm chỉ có câu select_one"},
		"a form code twice":       {inRow("phieu_TH", "G", "mn"), "Mã phiếu này đã dùng"},
		"an item code twice":      {inRow("MN_A2", "L", "A1"), "Mã câu này đã dùng ở dòng 5"},
		"a group not listed":      {inRow("MN_nhom_A", "K", "Z"), "Nhóm Z không có trong danh sách"},
		"another short name":      {inRow("TH_A1", "M", "Khác"), "có tên ngắn khác"},
		"another group":           {func(f *excelize.File) { inRow("TH_A1", "L", "B7")(f); inRow("TH_B7", "L", "A1")(f) }, "thuộc nhóm khác"},
		"another limit":           {inRow("TH_F1", "E", ". >= 0 and . <= 200"), "có giới hạn khác"},
		"another code":            {inRow("TH_F1", "L", "F9"), "có cùng một mã ở mọi phiếu"},
		"another type":            {func(f *excelize.File) { inRow("TH_F1", "L", "F2")(f); inRow("TH_F2", "L", "F1")(f) }, "thuộc loại khác"},
		"a limit out of range":    {inRow("MN_F1", "E", ". >= 0 and . <= 99"), "Giới hạn từ 100 đến 999"},
		"a limit too high":        {inRow("MN_F1", "E", ". >= 0 and . <= 1000"), "Giới hạn từ 100 đến 999"},
		"a text too long":         {set("survey", "C5", strings.Repeat("ê̆", 501)), "Nội dung dài 501 chữ cái"},
		"a limit from 1":          {inRow("MN_F1", "E", ". >= 1 and . <= 300"), "Ghi theo mẫu: . >= 0 and . <= 300"},
		"a comment without limit": {inRow("MN_G1", "E", ""), "Ghi theo mẫu: string-length"},
		"a short name of a form":  {set("survey", "M3", "x"), "không có nghĩa ở dòng begin_group"},
		"no overall item":         {inRow("MN_F2", "A", "end_group"), "Phiếu thiếu một câu select_one"},
		"a level missing":         {set("choices", "B7", "6"), "thiếu mức 0"},
		"a group code twice":      {set("choices", "B9", "A"), "Mã nhóm này có hai lần"},
		"a version missing":       {set("settings", "C2", ""), "Tên phiên bản «» không đúng"},
		"an error of Excel":       {func(f *excelize.File) { f.SetCellFormula("survey", "C5", "NA()") }, "Ô là công thức"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, _, err := readForm(edited(t, test.edit))
			var faults sheet.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("not refused: %v", err)
			}
			if !strings.Contains(faults.Error(), test.says) {
				t.Errorf("%q is not in:\n%s", test.says, faults)
			}
		})
	}
}

// What an office or another program may write otherwise is read all the same.
func TestReadQuestionnaireTakes(t *testing.T) {
	data := edited(t, func(f *excelize.File) {
		for cell, text := range map[string]string{"A1": " Type ", "A3": "begin group", "F3": "w1 minimal", "D5": "FALSE", "C1": "label::Tiếng Việt (vi)"} {
			f.SetCellStr("survey", cell, text)
		}
		f.SetCellInt("choices", "B2", 1)
		f.NewSheet("Hướng dẫn")
		f.SetCellStr("survey", "N1", "hint") // a column without content
		rows, _ := f.GetRows("survey")
		for i, row := range rows { // the same long question in every form is one warning
			if strings.HasSuffix(row[min(1, len(row)-1)], "_A1") {
				f.SetCellStr("survey", fmt.Sprint("C", i+1), "Nhà trường Ƀuôn Đôn, ê\u0306 "+strings.Repeat("rất dài ", 12))
			}
		}
	})
	q, warnings, err := readForm(data)
	if err != nil {
		t.Fatal(errors.Unwrap(err))
	}
	if text := q.Forms[0].Items[0].Text; !strings.HasPrefix(text, "Nhà trường Ƀuôn Đôn, ê̆ rất dài") || text != survey.CleanLine(text) {
		t.Errorf("%q", text)
	}
	if len(warnings) != 1 || warnings[0].Row != 5 || !strings.Contains(warnings[0].Message, "khó đọc trên điện thoại") {
		t.Errorf("%v", warnings)
	}
}

// A group inside a group is one fault: its end does not end the group around it.
func TestAGroupInAGroupIsOneFault(t *testing.T) {
	_, _, err := readForm(edited(t, func(f *excelize.File) {
		for _, row := range []string{"5", "10"} {
			for _, column := range []string{"D", "L", "M"} {
				f.SetCellStr("survey", column+row, "")
			}
		}
		f.SetCellStr("survey", "A5", "begin_group")
		f.SetCellStr("survey", "A10", "end_group")
		f.SetCellStr("survey", "C10", "")
	}))
	var faults sheet.Faults
	if !errors.As(err, &faults) || len(faults) != 1 || !strings.Contains(faults[0].Message, "Nhóm trong nhóm") {
		t.Error(faults)
	}
}

func TestTooManyItems(t *testing.T) {
	q := survey.BuiltInQuestionnaire()
	f := q.Forms[0]
	q.Forms = q.Forms[:1]
	for i := len(f.Items); i <= survey.MaxItems; i++ {
		f.Items = append(f.Items, survey.Item{Code: survey.ItemCode(fmt.Sprint("X", i)), Group: "E", Text: "Câu", Short: "Câu"})
	}
	_, _, err := readForm(xlsForm(t, q))
	var faults sheet.Faults
	if !errors.As(err, &faults) || faults[0].Row != 3 || !strings.Contains(faults[0].Message, "61 câu, quá giới hạn 60") {
		t.Error(faults)
	}
}

// Without the list of groups their names are those of the first form.
func TestGroupsWithoutTheirList(t *testing.T) {
	q, _, err := readForm(edited(t, func(f *excelize.File) {
		for range 5 {
			f.RemoveRow("choices", 8)
		}
	}))
	if err != nil || len(q.Groups) != 5 || q.Groups[2].Name != "Môi trường chăm sóc và giáo dục trẻ" || q.Forms[1].Groups[2].Name != "Môi trường giáo dục" {
		t.Errorf("%+v, %v", q, err)
	}
}
