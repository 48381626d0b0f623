package sheet

import (
	"encoding/xml"
	"errors"
	"path"
	"strings"
)

// uploadSheet is one worksheet of an upload, not yet read.
type uploadSheet struct {
	name    string
	hidden  bool
	content []byte
}

type relationships struct {
	Items []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

type workbookPart struct {
	Sheets []struct {
		Name  string `xml:"name,attr"`
		State string `xml:"state,attr"`
		ID    string `xml:"id,attr"`
	} `xml:"sheets>sheet"`
}

// listSheets follows the package's own references from its root to the
// worksheets; other kinds of sheets (charts) are left out.
func listSheets(parts map[string][]byte) ([]uploadSheet, error) {
	root, err := targets(parts, "", "_rels/.rels")
	if err != nil {
		return nil, err
	}
	main := root.first("/officeDocument")
	if main == "" || strings.HasPrefix(main, "word/") || strings.HasPrefix(main, "ppt/") {
		return nil, errNotExcel()
	}
	var book workbookPart
	if err := xml.Unmarshal(parts[main], &book); err != nil {
		return nil, errBroken(err)
	}
	dir := path.Dir(main)
	links, err := targets(parts, dir, path.Join(dir, "_rels", path.Base(main)+".rels"))
	if err != nil {
		return nil, err
	}
	return matchSheets(parts, book, links)
}

func matchSheets(parts map[string][]byte, book workbookPart, links partLinks) ([]uploadSheet, error) {
	var out []uploadSheet
	for _, s := range book.Sheets {
		link := links[s.ID]
		content, there := parts[link.part]
		if !strings.HasSuffix(link.kind, "/worksheet") || !there {
			continue
		}
		out = append(out, uploadSheet{name: s.Name, hidden: s.State != "" && s.State != "visible", content: content})
	}
	if len(out) == 0 {
		return nil, errBroken(errors.New("no worksheet in the workbook"))
	}
	return out, nil
}

type partLink struct{ kind, part string }

// partLinks are the references of one part, by their identifier.
type partLinks map[string]partLink

func (l partLinks) first(kind string) string {
	for _, link := range l {
		if strings.HasSuffix(link.kind, kind) {
			return link.part
		}
	}
	return ""
}

func targets(parts map[string][]byte, dir, name string) (partLinks, error) {
	var list relationships
	if err := xml.Unmarshal(parts[strings.ToLower(name)], &list); err != nil {
		return nil, errBroken(err)
	}
	links := partLinks{}
	for _, item := range list.Items {
		target := item.Target
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", dir, target)
		}
		links[item.ID] = partLink{kind: item.Type, part: strings.ToLower(strings.TrimPrefix(path.Clean(target), "/"))}
	}
	return links, nil
}
