package office

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"hailong/export/print"
	"hailong/export/sheet"
	"hailong/export/word"
	"hailong/survey"
)

// Secrets renews the addresses of schools' own pages. NewSecret makes one that
// opens nothing yet; GrantSecrets puts all of them into force, or none, and
// shuts out whoever came in with those before.
type Secrets interface {
	NewSecret() (string, error)
	GrantSecrets(ctx context.Context, actor string, secrets map[survey.SchoolCode]string) error
}

// NewPack is the pack of these schools with everything in it. The origin is
// https://host, no slash at its end.
func NewPack(d *survey.Directory, links []survey.Link, origin string) print.Pack {
	p := print.Pack{Directory: d, Links: links, Origin: origin, Contents: print.Everything, WordPoster: wordPoster}
	p.Workbook = func(w io.Writer) error {
		return sheet.WriteLinks(w, sheet.LinkList{Title: "Liên kết của các trường", Links: links, Origin: origin,
			QR: func(link survey.Link) ([]byte, error) { return print.NewHandout(d, link, origin).SmallPNG() }})
	}
	return p
}

func wordPoster(h print.Handout, code []byte) ([]byte, error) {
	var b bytes.Buffer
	err := word.Poster{School: h.School, Area: h.Area, Asked: h.Asked, Address: h.Address, Code: code, Facts: h.Facts, Helpline: h.Helpline, Made: h.Made}.Write(&b)
	return b.Bytes(), err
}

// packWork makes the pack of some schools.
type packWork struct {
	pages *Pages
	pack  print.Pack
	actor string
	renew bool // the schools' own pages get new addresses
	begun time.Time
}

func (w *packWork) offer() offer {
	title := "Bộ tài liệu cho " + survey.Count(len(w.pack.Links)) + " trường"
	if w.renew {
		title += ", có tờ mở trang riêng"
	}
	return offer{Title: title, Unit: "trường", Save: "bo-tai-lieu-" + w.begun.Format("2006-01-02") + ".zip", Kind: "application/zip", Again: packPath, Key: w.key()}
}

// key names the schools and what is made for them.
func (w *packWork) key() string {
	var b strings.Builder
	b.WriteString("tai-lieu")
	for _, part := range packParts {
		if part.in(&w.pack.Contents) != nil && *part.in(&w.pack.Contents) {
			b.WriteString(" " + part.field)
		}
	}
	for _, link := range w.pack.Links {
		b.WriteString(" " + string(link.School.Code))
	}
	if w.renew {
		b.WriteString(" " + entranceField)
	}
	return b.String()
}

// may: the schools are all of the account's own; new addresses are for those
// who may change.
func (w *packWork) may(account survey.Account) bool {
	return (!w.renew || account.Role.Changes()) && !slices.ContainsFunc(w.pack.Links, func(l survey.Link) bool { return !account.Sees(l.School.Area.Code) })
}

// write writes the pack. New addresses come into force when all of it is
// written: whoever stops the work before leaves the old ones as they are.
func (w *packWork) write(ctx context.Context, out io.Writer, tell func(done, all int)) error {
	w.pack.Progress = tell
	if w.renew {
		secrets, err := w.secrets()
		if err != nil {
			return err
		}
		w.pack.Secrets = secrets
		defer clear(secrets)
	}
	if err := w.pack.Write(ctx, out); err != nil || !w.renew {
		return err
	}
	return w.pages.Secrets.GrantSecrets(ctx, w.actor, w.pack.Secrets)
}

func (w *packWork) secrets() (map[survey.SchoolCode]string, error) {
	secrets := map[survey.SchoolCode]string{}
	for _, link := range w.pack.Links {
		secret, err := w.pages.Secrets.NewSecret()
		if err != nil {
			return nil, err
		}
		secrets[link.School.Code] = secret
	}
	return secrets, nil
}

func (w *packWork) taken(ctx context.Context, actor string, file workFile) error {
	says := strings.ToLower(w.offer().Title[:1]) + w.offer().Title[1:]
	return w.pages.Rounds.NoteDownload(ctx, actor, w.pack.Directory.Round.ID, says+" (ZIP), "+file.String())
}
