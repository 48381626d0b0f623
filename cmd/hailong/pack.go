package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"

	"hailong/store"
	"hailong/survey"
	"hailong/web/office"
)

type packCommand struct {
	Out     string   `required:"" help:"Tệp .zip sẽ ghi." placeholder:"TEP.zip"`
	BaseURL string   `required:"" help:"Địa chỉ mà mọi người thấy, ví dụ https://khaosat.example.vn; in trên tờ dán và trong mã QR." env:"HAILONG_BASE_URL" placeholder:"URL"`
	School  []string `help:"Chỉ các trường có mã này." placeholder:"MA"`
	Area    []string `help:"Chỉ các xã, phường có mã này." placeholder:"MA"`
}

// Run writes the pack of the schools chosen, or of all.
func (c packCommand) Run(p *program) error {
	origin, err := survey.ParseOrigin(c.BaseURL)
	if err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		d, err := s.Directory(p.ctx)
		if err != nil {
			return err
		}
		links, err := c.choose(d)
		if err != nil {
			return err
		}
		pack := office.NewPack(d, links, origin.String())
		pack.Now, pack.Progress = time.Now().In(p.zone), p.progress("trường")
		if err := writeFile(c.Out, func(f *os.File) error { return pack.Write(p.ctx, f) }); err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Đã ghi trọn bộ của %s trường: %s\n", survey.Count(len(links)), c.Out)
		return nil
	})
}

// choose gives the links in use of the schools wanted, by commune and name.
func (c packCommand) choose(d *survey.Directory) ([]survey.Link, error) {
	chosen := slices.Concat(c.School, c.Area)
	unknown := map[string]bool{}
	for _, code := range chosen {
		unknown[code] = true
	}
	var links []survey.Link
	for _, link := range d.Links {
		school, area := string(link.School.Code), string(link.School.Area.Code)
		if _, left := d.Left(link, d.Read); link.Revoked || left || len(chosen) > 0 && !slices.Contains(c.School, school) && !slices.Contains(c.Area, area) {
			continue
		}
		delete(unknown, school)
		delete(unknown, area)
		links = append(links, link)
	}
	if len(unknown) > 0 {
		return nil, survey.Refuse(survey.NotFound, "Không có trường hoặc xã, phường nào có mã: %s. Xem mã bằng: hailong schools list",
			"No school or commune has the code: %s; see hailong schools list", strings.Join(slices.Sorted(maps.Keys(unknown)), ", "))
	}
	if len(links) == 0 {
		return nil, survey.Refuse(survey.NotFound, "Chưa có trường nào. Nạp danh sách trường trước: hailong schools import TEP.xlsx",
			"There are no schools yet; load the list first: hailong schools import FILE.xlsx")
	}
	slices.SortFunc(links, func(a, b survey.Link) int {
		return cmp.Or(cmp.Compare(a.School.Area.Code, b.School.Area.Code), cmp.Compare(a.School.Name, b.School.Name), cmp.Compare(a.School.Code, b.School.Code))
	})
	return links, nil
}

// progress tells on a terminal how far a long job is, on one line.
func (p *program) progress(of string) func(done, all int) {
	return func(done, all int) {
		if f, ok := p.errors.(*os.File); !ok || !term.IsTerminal(int(f.Fd())) {
			return
		}
		if done%10 == 0 || done == all {
			fmt.Fprintf(p.errors, "\r%s/%s %s", survey.Count(done), survey.Count(all), of)
		}
		if done == all {
			fmt.Fprintln(p.errors)
		}
	}
}
