package sheet

import "hailong/survey"

// schoolSheet is the worksheet that holds the school list.
type schoolSheet struct {
	name   string
	grid   *grid
	header header
}

// findSchools takes the only visible worksheet that has a school list.
func (u *upload) findSchools() (schoolSheet, error) {
	var complete, partial []schoolSheet
	for _, s := range u.sheets {
		if s.hidden {
			continue
		}
		found, ok, err := u.inspect(s)
		switch {
		case err != nil:
			return schoolSheet{}, err
		case ok && len(found.header.missing()) == 0:
			complete = append(complete, found)
		case ok:
			partial = append(partial, found)
		}
	}
	if len(complete) == 0 {
		complete = partial
	}
	return onlySheet(complete)
}

func (u *upload) inspect(s uploadSheet) (schoolSheet, bool, error) {
	var g *grid
	err := guarded(func() (err error) {
		g, err = scanSheet(s)
		return err
	})
	if err != nil {
		return schoolSheet{}, false, err
	}
	if err := u.read(s.name, g); err != nil {
		return schoolSheet{}, false, err
	}
	h, ok := findHeader(g)
	return schoolSheet{name: s.name, grid: g, header: h}, ok, nil
}

func onlySheet(found []schoolSheet) (schoolSheet, error) {
	switch len(found) {
	case 0:
		return schoolSheet{}, survey.Refuse(survey.Invalid,
			"Không thấy dòng tiêu đề của danh sách trường. Tiêu đề cần có Mã trường, Tên trường, Loại hình, Xã/Phường và số học sinh từng cấp; có thể chép vào mẫu danh sách trống",
			"No header row of a school list was found; it needs code, name, kind, commune and the enrolment of each level")
	case 1:
		return found[0], found[0].header.check(found[0].name)
	}
	names := make([]string, len(found))
	for i, s := range found {
		names[i] = s.name
	}
	return schoolSheet{}, survey.Refuse(survey.Invalid,
		"Tệp có nhiều trang cùng là danh sách trường: %s. Giữ một trang, xóa hoặc ẩn các trang kia rồi nạp lại",
		"Several sheets hold a school list: %s; keep one, delete or hide the others", quote(names))
}
