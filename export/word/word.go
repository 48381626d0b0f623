// Package word writes Word documents (.docx) that an office goes on editing:
// letters, plans, reports and posters. It writes the few parts of Office Open
// XML that these need and nothing that a program would run: no macro, no
// field but the page number, no address outside the file. The same document
// is the same bytes whenever it is written.
//
// The layout is that of official documents (Nghị định 30/2020/NĐ-CP, Phụ lục
// I): A4, Times New Roman, 13 points, margins of 20 mm and 30 mm on the left,
// page numbers in the middle of the top margin from the second page on. The
// font is named, never embedded.
package word

import (
	"archive/zip"
	"fmt"
	"io"
	"time"
)

// Margins of a page in millimetres.
type Margins struct {
	Top, Right, Bottom, Left float64
}

// Official are the margins of official documents: 20–25 mm at top and bottom,
// 30–35 mm left, 15–20 mm right.
var Official = Margins{Top: 20, Right: 20, Bottom: 20, Left: 30}

// A4 in millimetres.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
)

// Document is a Word document being written, from top to bottom. The zero
// value is an empty document with the margins of official ones.
type Document struct {
	Title   string    // in the file's properties
	Made    time.Time // in the file's properties, to the second; zero: left out
	Margins Margins   // zero: Official
	// Unnumbered leaves out the page numbers, for a sheet of its own.
	Unnumbered bool

	blocks []Block
}

// Block is a part of a document: a Paragraph, a Table or a Picture.
type Block interface {
	write(*body)
}

// Add puts blocks at the end of the document.
func (d *Document) Add(blocks ...Block) { d.blocks = append(d.blocks, blocks...) }

// Width gives what is between the margins, in millimetres.
func (d *Document) Width() float64 {
	m := d.margins()
	return pageWidth - m.Left - m.Right
}

func (d *Document) margins() Margins {
	if d.Margins == (Margins{}) {
		return Official
	}
	return d.Margins
}

// Write writes the file. It fails only when w does, or when a picture is no
// PNG.
func (d *Document) Write(w io.Writer) error {
	b := newBody()
	for _, block := range d.blocks {
		block.write(b)
	}
	if b.err != nil {
		return b.err
	}
	archive := zip.NewWriter(w)
	for _, p := range d.parts(b) {
		if err := p.write(archive); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("write a Word document: %w", err)
	}
	return nil
}

// part is a file inside the document.
type part struct {
	name    string
	content []byte
	packed  bool // compressed by itself
}

// write adds the part. No time is written, so that nothing but the content
// makes the bytes.
func (p part) write(archive *zip.Writer) error {
	header := zip.FileHeader{Name: p.name, Method: zip.Deflate}
	if p.packed {
		header.Method = zip.Store
	}
	w, err := archive.CreateHeader(&header)
	if err == nil {
		_, err = w.Write(p.content)
	}
	if err != nil {
		return fmt.Errorf("write part %s of a Word document: %w", p.name, err)
	}
	return nil
}
