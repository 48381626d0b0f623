package word

import (
	"bytes"
	"fmt"
	"time"
)

const (
	declaration   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	relationships = "http://schemas.openxmlformats.org/package/2006/relationships"
	officeParts   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	names         = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="` + officeParts + `"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`
	wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// contentTypes says what each part is.
const contentTypes = declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + wordType + `document.main+xml"/><Override PartName="/word/styles.xml" ContentType="` + wordType + `styles+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="` + wordType + `settings+xml"/><Override PartName="/word/header.xml" ContentType="` + wordType + `header+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

const packageLinks = declaration + `<Relationships xmlns="` + relationships + `"><Relationship Id="document" Type="` + officeParts + `/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="properties" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

// styles: Times New Roman by name, 13 points, Vietnamese; three headings for
// Word's navigation that look like the text, as official documents have it.
const styles = declaration + `<w:styles` + names + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>` +
	`<w:color w:val="000000"/><w:sz w:val="26"/><w:szCs w:val="26"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>` +
	`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` + heading1 + heading2 + heading3 + `</w:styles>`

const (
	heading1 = `<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr></w:style>`
	heading2 = `<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr></w:style>`
	heading3 = `<w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="2"/></w:pPr></w:style>`
)

// settings ask Word for its present way of laying out, not that of 2007.
const settings = declaration + `<w:settings` + names + `><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

// header has the page number; the first page has another header, which is empty.
const header = declaration + `<w:hdr` + names + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
	`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`

func (d *Document) parts(b *body) []part {
	parts := []part{
		{name: "[Content_Types].xml", content: []byte(contentTypes)},
		{name: "_rels/.rels", content: []byte(packageLinks)},
		{name: "docProps/core.xml", content: d.properties()},
		{name: "word/document.xml", content: d.document(b)},
		{name: "word/styles.xml", content: []byte(styles)},
		{name: "word/settings.xml", content: []byte(settings)},
		{name: "word/header.xml", content: []byte(header)},
		{name: "word/_rels/document.xml.rels", content: b.links()},
	}
	for i, p := range b.pictures {
		parts = append(parts, part{name: fmt.Sprintf("word/media/%s.png", pictureID(i+1)), content: p.png, packed: true})
	}
	return parts
}

func (d *Document) properties() []byte {
	b := newBody()
	b.tag(declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>`)
	b.escape(cleaned(d.Title))
	b.tag("</dc:title>")
	if !d.Made.IsZero() {
		b.tag(`<dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created>`, d.Made.UTC().Format(time.RFC3339))
	}
	b.tag("<dc:language>vi-VN</dc:language></cp:coreProperties>")
	return b.Bytes()
}

func (d *Document) document(b *body) []byte {
	whole := newBody()
	whole.tag(declaration + "<w:document" + names + "><w:body>")
	whole.Write(b.Bytes())
	whole.tag("<w:sectPr>")
	if !d.Unnumbered {
		whole.tag(`<w:headerReference w:type="default" r:id="header"/>`)
	}
	m := d.margins()
	whole.tag(`<w:pgSz w:w="%d" w:h="%d"/>`, twips(pageWidth), twips(pageHeight))
	whole.tag(`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`,
		twips(m.Top), twips(m.Right), twips(m.Bottom), twips(m.Left), twips(m.Top/2), twips(m.Bottom/2))
	if !d.Unnumbered {
		whole.tag("<w:titlePg/>")
	}
	whole.tag("</w:sectPr></w:body></w:document>")
	return whole.Bytes()
}

// links names the parts that the document's text uses.
func (b *body) links() []byte {
	var l bytes.Buffer
	l.WriteString(declaration + `<Relationships xmlns="` + relationships + `">`)
	link := func(id, kind, target string) {
		fmt.Fprintf(&l, `<Relationship Id="%s" Type="%s/%s" Target="%s"/>`, id, officeParts, kind, target)
	}
	link("styles", "styles", "styles.xml")
	link("settings", "settings", "settings.xml")
	link("header", "header", "header.xml")
	for i := range b.pictures {
		link(pictureID(i+1), "image", "media/"+pictureID(i+1)+".png")
	}
	l.WriteString("</Relationships>")
	return l.Bytes()
}
