package main_test

import (
	"archive/zip"
	"bytes"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestPackOfACommune(t *testing.T) {
	o := newOffice(t)
	o.must("schools", "import", mustAbs(t, "demo-schools.xlsx"))
	rows := o.schools()
	code, link := rows[1][0], rows[1][9]
	out := filepath.Join(t.TempDir(), "bo.zip")
	if said := o.must("pack", "--base-url", "https://khaosat.example.vn/", "--out", out, "--school", code); !strings.Contains(said, "trọn bộ của 1 trường") {
		t.Errorf("printed: %s", said)
	}
	z, err := zip.OpenReader(out)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if len(z.File) != 7 {
		t.Errorf("%d files, want 7", len(z.File))
	}
	list, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(list)
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := book.GetCellValue("Liên kết", "E4"); got != "https://khaosat.example.vn"+link {
		t.Errorf("link %q, want …%s", got, link)
	}
	if pictures, err := book.GetPictures("Liên kết", "F4"); err != nil || len(pictures) != 1 {
		t.Errorf("%d pictures of the QR code, %v", len(pictures), err)
	}
}

func TestPackIsRefused(t *testing.T) {
	o := newOffice(t)
	out := filepath.Join(t.TempDir(), "bo.zip")
	for _, c := range []struct{ base, school, want string }{
		{"khaosat.example.vn", "", "Ghi như https://"},
		{"https://a.vn/duong/dan", "", "Ghi như https://"},
		{"https://a.vn", "", "Chưa có trường nào"},
		{"https://a.vn", "KHONGCO", "Không có trường hoặc xã, phường nào có mã: KHONGCO"},
	} {
		args := []string{"pack", "--base-url", c.base, "--out", out}
		if c.school != "" {
			args = append(args, "--school", c.school)
		}
		if r := o.run("", args...); r.status != 1 || !strings.Contains(r.errors, c.want) {
			t.Errorf("%v: status %d, %s", args, r.status, r.errors)
		}
	}
}
