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

// Contents says which files of a school a pack has.
type Contents struct {
	Poster     bool // as a PDF
	WordPoster bool // as a document that the school may change
	Slips      bool
	Texts      bool
	Codes      bool // the QR code as PNG and SVG
}

// Everything is all that a pack may have.
var Everything = Contents{Poster: true, WordPoster: true, Slips: true, Texts: true, Codes: true}

// Pack is everything that schools hand out, in one ZIP file: a folder per
// commune, in it a folder per school, and a workbook of all links on top.
type Pack struct {
	Directory *survey.Directory
	Links     []survey.Link // of the schools wanted, in their order; those of a commune together
	Origin    string        // https://host, no slash at its end
	Now       time.Time
	Contents  Contents
	// Secrets are those in the addresses of the schools' own pages. With them
	// each commune's folder has the activation sheets of its schools.
	Secrets  map[survey.SchoolCode]string
	Workbook func(w io.Writer) error // writes the workbook of the same links
	// WordPoster makes the poster that the school may change; needed when the
	// pack has it.
	WordPoster func(h Handout, code []byte) ([]byte, error)
	Progress   func(done, schools int) // told after each school; may be nil
}

// entry is one file of the pack.
type entry struct {
	wanted bool
	name   string
	method uint16
	make   func() ([]byte, error)
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
		if last := i+1 == len(p.Links) || p.Links[i+1].School.Area.Code != link.School.Area.Code; last {
			if err := p.entrances(z, link.School.Area); err != nil {
				return fmt.Errorf("make the activation sheets of %s: %w", link.School.Area.Code, err)
			}
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
	h, c := NewHandout(p.Directory, link, p.Origin), p.Contents
	folder := folderName(link.School.Area.Title()) + "/" + folderName(link.School.Name+" - "+string(link.School.Code)) + "/"
	for _, e := range []entry{
		{c.Poster, "Tờ dán A4.pdf", zip.Store, h.Poster},
		{c.WordPoster, "Tờ dán A4 (sửa được).docx", zip.Store, func() ([]byte, error) { return p.wordPoster(h) }},
		{c.Slips, "Phiếu nhỏ.pdf", zip.Store, h.Slips},
		{c.Codes, "Mã QR.png", zip.Store, h.PNG},
		{c.Codes, "Mã QR.svg", zip.Deflate, h.SVG},
		{c.Texts, "Tin nhắn Zalo.txt", zip.Deflate, func() ([]byte, error) { return p.texts(link), nil }},
	} {
		if !e.wanted {
			continue
		}
		if err := p.add(z, folder, e); err != nil {
			return err
		}
	}
	return nil
}

func (p Pack) wordPoster(h Handout) ([]byte, error) {
	code, err := h.PNG()
	if err != nil {
		return nil, err
	}
	return p.WordPoster(h, code)
}

// entrances adds the activation sheets of a commune's schools.
func (p Pack) entrances(z *zip.Writer, area survey.Area) error {
	var sheets []Entrance
	for _, link := range p.Links {
		if secret, ok := p.Secrets[link.School.Code]; ok && link.School.Area.Code == area.Code {
			sheets = append(sheets, Entrance{School: link.School.Name, Area: link.School.Area.Title(), Address: p.Origin + "/truong/" + secret,
				Office: p.Directory.Office, Helpline: p.Directory.Helpline, Made: p.Now})
		}
	}
	if len(sheets) == 0 {
		return nil
	}
	title := "Tờ mở trang riêng của các trường"
	return p.add(z, folderName(area.Title())+"/", entry{true, title + ".pdf", zip.Store, func() ([]byte, error) { return Entrances(title+" – "+area.Title(), sheets) }})
}

func (p Pack) add(z *zip.Writer, folder string, e entry) error {
	body, err := e.make()
	if err != nil {
		return err
	}
	f, err := p.create(z, folder+e.name, e.method)
	if err != nil {
		return err
	}
	if _, err := f.Write(body); err != nil {
		return fmt.Errorf("write %s: %w", e.name, err)
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
	for _, m := range p.Directory.KeptInvitations(link, address) {
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
