package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"hailong/export/sheet"
	"hailong/store"
	"hailong/survey"
)

// schoolCommands are the commands about the school list.
type schoolCommands struct {
	Import   schoolsImport   `cmd:"" help:"Nạp danh sách trường từ tệp Excel, tất cả hoặc không gì cả (load a list, all or nothing)."`
	Template schoolsTemplate `cmd:"" help:"Ghi mẫu danh sách trường để điền (write an empty list)."`
	List     schoolsList     `cmd:"" help:"In danh sách trường với liên kết (list schools with their links)."`
	Merge    schoolsMerge    `cmd:"" help:"Ghi việc sáp nhập trường từ một ngày (schools go into one)."`
	Split    schoolsSplit    `cmd:"" help:"Ghi việc chia tách một trường từ một ngày (one school becomes several)."`
	Close    schoolsClose    `cmd:"" help:"Ghi việc giải thể một trường từ một ngày, có hoặc không có trường tiếp nhận (a school ends)."`
	Rename   schoolsRename   `cmd:"" help:"Đổi tên một trường từ một ngày; đợt đã qua giữ tên cũ (another name from a day on)."`
	Withdraw schoolsWithdraw `cmd:"" help:"Hủy một lần sáp nhập, chia tách, giải thể ghi nhầm (take a wrong change back)."`
	History  schoolsHistory  `cmd:"" help:"In các thay đổi của một trường, mỗi thay đổi có số (what became of a school)."`
	Rotate   schoolsRotate   `cmd:"" help:"Đổi liên kết của một trường, liên kết cũ hết hiệu lực (replace a leaked link)."`
	Access   schoolsAccess   `cmd:"" help:"Tạo địa chỉ trang riêng của một trường (new address of a school's own page)."`
}

type schoolsImport struct {
	File   string `arg:"" help:"Tệp .xlsx." placeholder:"TEP.xlsx"`
	DryRun bool   `help:"Chỉ xem trước, không ghi (show what would change)."`
	Faults string `help:"Nơi ghi bản sao có cột «Lỗi» khi tệp có lỗi; mặc định TEP-loi.xlsx trong thư mục đang đứng." placeholder:"TEP.xlsx"`
}

// Run reads the list, reports every fault of it at once, or takes it over.
func (c schoolsImport) Run(p *program) error {
	content, err := readUpload(c.File)
	if err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		areas, err := s.Areas(p.ctx)
		if err != nil {
			return err
		}
		list, err := sheet.ReadSchools(content, areas)
		if err != nil {
			return c.refuse(p, content, err)
		}
		for _, w := range list.Warnings {
			fmt.Fprintf(p.errors, "Lưu ý: %s\n", w.In(p.lang))
		}
		changes, err := s.LoadSchools(p.ctx, actor, list.Schools(), c.DryRun)
		if err != nil {
			return err
		}
		p.printChanges(changes, c.DryRun)
		return nil
	})
}

// maxUpload bounds a file before it is looked into.
const maxUpload = 16 << 20

func readUpload(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, survey.Refuse(survey.NotFound, "Không mở được tệp %s. Xem lại tên và đường dẫn", "Cannot open %s; check its name and path", name)
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, maxUpload))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return content, nil
}

// refuse prints every fault and writes the copy with the column «Lỗi».
func (c schoolsImport) refuse(p *program, content []byte, err error) error {
	var faults sheet.Faults
	if !errors.As(err, &faults) {
		return err
	}
	fmt.Fprintln(p.errors, faults.In(p.lang))
	name := c.Faults
	if name == "" {
		name = strings.TrimSuffix(filepath.Base(c.File), filepath.Ext(c.File)) + "-loi.xlsx"
	}
	if err := writeFile(name, func(f *os.File) error { return sheet.WriteFaults(f, content, faults) }); err != nil {
		return err
	}
	return survey.Refuse(survey.Invalid, "Tệp có %[1]d lỗi nên chưa ghi gì. Sửa các ô trên rồi nạp lại; bản sao có cột «Lỗi»: %[2]s",
		"The file has %[1]d faults, so nothing was written; mend the cells above and load it again; a copy with the column «Lỗi»: %[2]s", len(faults), name)
}

func (p *program) printChanges(c survey.SchoolChanges, trial bool) {
	verb := "Đã nạp"
	if trial {
		verb = "Xem trước, chưa ghi"
	}
	fmt.Fprintf(p.out, "%s: thêm %s, sửa %s, giữ nguyên %s, không còn trong danh sách %s.\n", verb,
		survey.Count(len(c.Added)), survey.Count(len(c.Changed)), survey.Count(c.Same), survey.Count(len(c.Unlisted)))
	const shown = 20
	for i, change := range c.Changed {
		if i == shown {
			fmt.Fprintf(p.out, "  … và %s trường sửa nữa\n", survey.Count(len(c.Changed)-shown))
			break
		}
		fmt.Fprintf(p.out, "  sửa %s: %s\n", change.After.Code, change)
	}
	for i, school := range c.Unlisted {
		if i == shown {
			fmt.Fprintf(p.out, "  … và %s trường nữa\n", survey.Count(len(c.Unlisted)-shown))
			break
		}
		fmt.Fprintf(p.out, "  không còn trong danh sách (vẫn giữ): %s %s, %s\n", school.Code, school.Name, school.Area.Title())
	}
	for _, school := range c.Ended[:min(len(c.Ended), shown)] {
		fmt.Fprintf(p.out, "  còn trong danh sách nhưng đã thôi hoạt động từ %s (vẫn coi là đã thôi): %s %s\n", school.Until, school.Code, school.Name)
	}
}

func learners(s survey.School, l survey.Level) string {
	if s.Enrolment[l] == 0 {
		return ""
	}
	return strconv.Itoa(s.Enrolment[l])
}

type schoolsTemplate struct {
	File string `arg:"" help:"Tệp .xlsx sẽ ghi." placeholder:"TEP.xlsx"`
}

// Run writes an empty school list to fill in, with the communes of the data
// folder, or the built-in ones where there is none yet.
func (c schoolsTemplate) Run(p *program) error {
	areas := survey.BuiltInAreas()
	if _, err := os.Stat(filepath.Join(p.data, store.FileName)); err == nil {
		err := p.withStore(func(s *store.Store) (err error) {
			areas, err = s.Areas(p.ctx)
			return err
		})
		if err != nil {
			return err
		}
	}
	err := writeFile(c.File, func(f *os.File) error { return sheet.WriteSchoolTemplate(f, areas) })
	if err == nil {
		fmt.Fprintf(p.out, "Đã ghi mẫu danh sách trường: %s\n", c.File)
	}
	return err
}

type schoolsList struct {
	CSV     bool   `name:"csv" help:"In dạng CSV (UTF-8)."`
	All     bool   `help:"Cả trường đã thôi hoạt động, thêm cột ngày (also those that have ended)."`
	BaseURL string `help:"Địa chỉ của dịch vụ, để in liên kết đầy đủ." env:"HAILONG_BASE_URL" placeholder:"URL"`
}

// Run prints code, name, kind, area, enrolment per level and link.
func (c schoolsList) Run(p *program) error {
	return p.withStore(func(s *store.Store) error {
		schools, err := s.Schools(p.ctx)
		if err != nil {
			return err
		}
		today := survey.DayOf(time.Now(), p.zone)
		w := csv.NewWriter(p.out)
		if !c.CSV {
			w.Comma = '\t'
		}
		if err := w.Write(c.header()); err != nil {
			return err
		}
		for _, school := range schools {
			if !c.All && school.Until != 0 && !school.StandsOn(today) {
				continue
			}
			if err := w.Write(c.row(school)); err != nil {
				return err
			}
		}
		w.Flush()
		return w.Error()
	})
}

func (c schoolsList) header() []string {
	header := []string{"Mã trường", "Tên trường", "Loại hình", "Xã/Phường"}
	for _, l := range survey.Levels() {
		header = append(header, string(l))
	}
	header = append(header, "Liên kết")
	if c.All {
		header = append(header, "Thôi hoạt động từ")
	}
	return header
}

func (c schoolsList) row(school survey.School) []string {
	row := []string{string(school.Code), school.Name, string(school.Kind), school.Area.Title()}
	for _, l := range survey.Levels() {
		row = append(row, learners(school, l))
	}
	row = append(row, formAddress(c.BaseURL, school.Link))
	if c.All && school.Until != 0 {
		return append(row, school.Until.String())
	}
	if c.All {
		return append(row, "")
	}
	return row
}

// formAddress is the address of a school's form; without a base URL its path.
func formAddress(base string, link survey.LinkCode) string {
	return strings.TrimSuffix(base, "/") + "/k/" + string(link)
}

type schoolsRotate struct {
	School  string `arg:"" help:"Mã trường."`
	BaseURL string `help:"Địa chỉ của dịch vụ, để in liên kết đầy đủ." env:"HAILONG_BASE_URL" placeholder:"URL"`
}

// Run gives a school a new link and revokes the one before it.
func (c schoolsRotate) Run(p *program) error {
	code, err := survey.ParseSchoolCode(c.School)
	if err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		link, err := s.RotateLink(p.ctx, actor, code)
		if err == nil {
			fmt.Fprintf(p.out, "Liên kết mới của trường %s: %s\n", code, formAddress(c.BaseURL, link))
		}
		return err
	})
}

func schoolAddress(base, token string) string {
	return strings.TrimSuffix(base, "/") + "/truong/" + token
}
