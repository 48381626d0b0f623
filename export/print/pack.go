package print

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"hailong/survey"
)

// Pack is everything that schools hand out, in one ZIP file: a folder per
// commune, in it a folder per school, and a workbook of all links on top.
type Pack struct {
	Directory *survey.Directory
	Links     []survey.Link // of the schools wanted, in their order
	Origin    string        // https://host, no slash at its end
	Now       time.Time
	Workbook  func(w io.Writer) error // writes the workbook of the same links
	Progress  func(done, schools int) // told after each school; may be nil
}

// entry is one file of the pack.
type entry struct {
	name string
	make func() ([]byte, error)
}

// Write writes the pack. It stops between two schools when ctx ends.
func (p Pack) Write(ctx context.Context, w io.Writer) error {
	z := zip.NewWriter(w)
	if err := p.workbook(z); err != nil {
		return err
	}
	for i, link := range p.Links {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("make the pack: %w", err)
		}
		if err := p.school(z, link); err != nil {
			return fmt.Errorf("make the handouts of school %s: %w", link.School.Code, err)
		}
		if p.Progress != nil {
			p.Progress(i+1, len(p.Links))
		}
	}
	return z.Close()
}

func (p Pack) workbook(z *zip.Writer) error {
	f, err := p.create(z, "Liên kết của các trường.xlsx", zip.Store)
	if err != nil {
		return err
	}
	return p.Workbook(f)
}

func (p Pack) school(z *zip.Writer, link survey.Link) error {
	h := NewHandout(p.Directory, link, p.Origin)
	folder := folderName(link.School.Area.Title()) + "/" + folderName(link.School.Name+" - "+string(link.School.Code)) + "/"
	for _, e := range []entry{
		{"Tờ dán A4.pdf", h.Poster}, {"Phiếu nhỏ.pdf", h.Slips}, {"Mã QR.png", h.PNG}, {"Mã QR.svg", h.SVG},
		{"Tin nhắn Zalo.txt", func() ([]byte, error) { return p.texts(link), nil }},
	} {
		body, err := e.make()
		if err != nil {
			return err
		}
		f, err := p.create(z, folder+e.name, zip.Deflate)
		if err != nil {
			return err
		}
		if _, err := f.Write(body); err != nil {
			return fmt.Errorf("write %s: %w", e.name, err)
		}
	}
	return nil
}

func (p Pack) create(z *zip.Writer, name string, method uint16) (io.Writer, error) {
	f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: p.Now})
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", name, err)
	}
	return f, nil
}

// texts is a school's messages as one text file, with a byte order mark and
// line ends that every Windows program reads.
func (p Pack) texts(link survey.Link) []byte {
	var b strings.Builder
	b.WriteString("\uFEFF")
	address := p.Origin + "/k/" + string(link.School.Link)
	fmt.Fprintf(&b, "%s\n%s\n\nLiên kết: %s\n", link.School.Name, link.School.Area.Title(), address)
	for _, m := range p.Directory.Invitations(link, address, 0, p.Now) {
		fmt.Fprintf(&b, "\n--- %s ---\n%s\n", m.Name, m.Text)
	}
	return []byte(strings.ReplaceAll(b.String(), "\n", "\r\n"))
}

// maxFolder bounds a folder's name, in characters: Windows reads no path of
// more than 260.
const maxFolder = 80

// folderName makes a name that Windows takes. What identifies a school stands
// at its end and stays.
func folderName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, s)
	if letters := []rune(s); len(letters) > maxFolder {
		s = string(letters[:maxFolder-25]) + "…" + string(letters[len(letters)-24:])
	}
	return strings.Trim(s, " .")
}
