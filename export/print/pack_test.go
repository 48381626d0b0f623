package print_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"hailong/export/print"
	"hailong/survey"
)

func pack(t *testing.T, names ...string) print.Pack {
	t.Helper()
	d, link := directory(t, names[0])
	p := print.Pack{Directory: d, Origin: "https://khaosat.example.vn", Now: time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC),
		Workbook: func(w io.Writer) error { _, err := io.WriteString(w, "workbook"); return err }}
	for i, name := range names {
		link.School.Name, link.School.Code = name, survey.SchoolCode("TH00"+string(rune('1'+i)))
		p.Links = append(p.Links, link)
	}
	return p
}

func TestPack(t *testing.T) {
	p := pack(t, "Trường Tiểu học A", `Trường "B/C": điểm trường <2>`, strings.Repeat("Rất dài ", 18))
	var told []int
	p.Progress = func(done, of int) { told = append(told, done, of) }
	var b bytes.Buffer
	if err := p.Write(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	if want := []int{1, 3, 2, 3, 3, 3}; !slices.Equal(told, want) {
		t.Errorf("progress %v, want %v", told, want)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if len(z.File) != 1+3*5 {
		t.Errorf("%d files, want 16", len(z.File))
	}
	for _, f := range z.File {
		if strings.ContainsAny(f.Name, `\:*?"<>|`) || len([]rune(f.Name)) > 140 {
			t.Errorf("Windows does not take the name %q", f.Name)
		}
		body := content(t, f)
		switch {
		case strings.HasSuffix(f.Name, ".png"):
			if got := read(t, body); got != payload {
				t.Errorf("%s: read %q", f.Name, got)
			}
		case strings.HasSuffix(f.Name, ".txt"):
			if text := string(body); !strings.Contains(text, "https://khaosat.example.vn/k/AB2CD3EF\r\n") || !strings.Contains(text, "Mời ông/bà") {
				t.Errorf("%s: %s", f.Name, text)
			}
		}
	}
	if name := z.File[1].Name; name != "Xã Ea Kar/Trường Tiểu học A - TH001/Tờ dán A4.pdf" {
		t.Errorf("first poster is %q", name)
	}
}

func content(t *testing.T, f *zip.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestPackStops(t *testing.T) {
	p := pack(t, "A", "B", "C")
	ctx, stop := context.WithCancel(context.Background())
	done := 0
	p.Progress = func(n, _ int) { done = n; stop() }
	if err := p.Write(ctx, io.Discard); !errors.Is(err, context.Canceled) || done != 1 {
		t.Errorf("after %d schools: %v", done, err)
	}
}
