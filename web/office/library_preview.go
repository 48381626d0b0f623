package office

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/export/sheet"
	"hailong/survey"
	"hailong/web/page"
)

// Fields of the form with an XLSForm.
const (
	formField  = "tep"
	mediaField = "ghi-am"
)

// maxFaults is how many faults of a file a page shows.
const maxFaults = 100

// uploadEdition reads an XLSForm and shows what it would change, or everything
// that is wrong with it. Nothing is stored.
func (p *Pages) uploadEdition(c *fiber.Ctx, account survey.Account) error {
	form, file, sounds, err := page.ReadUploads(c, formField, mediaField)
	if err == nil {
		err = form.Only()
	}
	if err != nil {
		return err
	}
	if file.Missing() {
		return p.sendLibrary(c, account, http.StatusUnprocessableEntity, inField(formField, survey.Refuse(survey.Invalid, "Chọn tệp Excel rồi bấm Xem trước", "Choose an Excel file")))
	}
	d, err := p.readEdition(c.UserContext(), account, file, sounds)
	switch survey.KindOf(err) {
	case survey.Invalid:
		return p.sendLibrary(c, account, http.StatusUnprocessableEntity, inField(formField, err))
	case survey.Conflict:
		return p.sendLibrary(c, account, http.StatusConflict, err)
	}
	if err != nil {
		return err
	}
	return page.SeeOther(c, QuestionnaireUpload+"/"+p.drafts.keep(d))
}

// readEdition reads one file at a time: a hostile one may take seconds.
func (p *Pages) readEdition(ctx context.Context, account survey.Account, file page.File, sounds []page.File) (d draft, err error) {
	p.drafts.reading.Lock()
	defer p.drafts.reading.Unlock()
	media := sheet.Media{}
	if media.Files, err = soundFiles(sounds); err != nil {
		return d, err
	}
	if media.Kept, err = p.Library.StoredRecordings(ctx); err != nil {
		return d, err
	}
	d = draft{account: account.Name, file: file.Name, at: p.Clock()}
	if d.upload, d.warnings, err = sheet.ReadQuestionnaire(file.Content, media); err != nil {
		return d, err
	}
	d.changes, err = p.Library.ImportQuestionnaire(ctx, account.Name, d.upload, true)
	return d, err
}

// soundFiles gives the recordings that were sent, singly or packed.
func soundFiles(sent []page.File) (map[string][]byte, error) {
	all := map[string][]byte{}
	for _, f := range sent {
		files := map[string][]byte{f.Name: f.Content}
		if strings.HasSuffix(strings.ToLower(f.Name), ".zip") {
			var err error
			if files, err = sheet.ReadMedia(f.Content); err != nil {
				return nil, err
			}
		}
		for name, content := range files {
			if _, twice := all[name]; twice {
				return nil, survey.Refuse(survey.Invalid, "Có hai tệp ghi âm tên «%s». Giữ một tệp", "Two recordings are named %q; keep one", name)
			}
			all[name] = content
		}
	}
	return all, nil
}

// blame shows what was wrong with a file: each fault with its cell.
func (v *libraryPage) blame(why error) {
	if why == nil {
		return
	}
	v.Problems = page.ProblemsOf(why)
	var faults sheet.Faults
	if errors.As(why, &faults) {
		v.Faults, v.More = faults[:min(len(faults), maxFaults)], max(0, len(faults)-maxFaults)
	}
}

// draft is a questionnaire that was read and shown, and waits to be taken over.
type draft struct {
	account  string
	file     string
	at       time.Time
	upload   survey.QuestionnaireUpload
	changes  survey.QuestionnaireChanges
	warnings []sheet.Fault
}

// Drafts wait for an hour, the few latest of them.
const (
	draftTime = time.Hour
	maxDrafts = 4
)

// drafts keeps them in memory: until somebody agrees nothing is stored.
type drafts struct {
	mu      sync.Mutex
	reading sync.Mutex
	kept    map[string]draft
}

func newDrafts() *drafts { return &drafts{kept: map[string]draft{}} }

// keep gives the name of a draft. The oldest makes room.
func (x *drafts) keep(d draft) string {
	x.mu.Lock()
	defer x.mu.Unlock()
	for len(x.kept) >= maxDrafts {
		oldest := ""
		for id, other := range x.kept {
			if oldest == "" || other.at.Before(x.kept[oldest].at) {
				oldest = id
			}
		}
		delete(x.kept, oldest)
	}
	id := rand.Text()
	x.kept[id] = d
	return id
}

// find gives a draft to the one who brought it.
func (x *drafts) find(id, account string, now time.Time) (draft, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	d, ok := x.kept[id]
	return d, ok && d.account == account && now.Before(d.at.Add(draftTime))
}

func (x *drafts) forget(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.kept, id)
}

// previewPage says what taking a questionnaire over would do.
type previewPage struct {
	page.Head
	Path, Back string
	File       string
	Edition    editionRow
	Changes    survey.QuestionnaireChanges
	Notes      []sheet.Fault
	MoreNotes  int
	Untold     []survey.Tongue // languages in which the pages have no texts
	New        int             // recordings that came with the file
	KB         int             // of all recordings
}

// Untouched says whether nothing that is asked changes.
func (v previewPage) Untouched() bool {
	c := v.Changes
	return c.Since != "" && len(c.Added)+len(c.Dropped)+len(c.Reworded)+len(c.Languages)+len(c.LanguagesDropped)+len(c.Recordings) == 0
}

func (p *Pages) showPreview(c *fiber.Ctx, account survey.Account) error {
	d, ok := p.drafts.find(c.Params("id"), account.Name, p.Clock())
	if !ok {
		return page.SeeOther(c, libraryPath+"?da=het")
	}
	view := previewPage{Head: p.head(c, "Xem trước bộ câu hỏi", account), Path: QuestionnaireUpload + "/" + c.Params("id"), Back: libraryPath, File: d.file,
		Edition: editionRow{Questionnaire: d.upload.Questionnaire}, Changes: d.changes, New: len(d.upload.Sounds)}
	view.Notes, view.MoreNotes = d.warnings[:min(len(d.warnings), maxFaults)], max(0, len(d.warnings)-maxFaults)
	for _, t := range d.upload.Translations {
		if !t.SpokenOnly && !p.Texts.Speaks(t.Code) {
			view.Untold = append(view.Untold, t.Tongue)
		}
	}
	for _, r := range d.upload.Recordings {
		view.KB += r.KB()
	}
	return p.set.Render(c, http.StatusOK, "library_preview", view)
}

// takeEdition stores what was shown.
func (p *Pages) takeEdition(c *fiber.Ctx, account survey.Account) error {
	d, ok := p.drafts.find(c.Params("id"), account.Name, p.Clock())
	if !ok {
		return page.SeeOther(c, libraryPath+"?da=het")
	}
	_, err := p.Library.ImportQuestionnaire(c.UserContext(), account.Name, d.upload, false)
	if slices.Contains([]survey.Kind{survey.Invalid, survey.Conflict}, survey.KindOf(err)) {
		return p.sendLibrary(c, account, http.StatusConflict, err)
	}
	if err != nil {
		return err
	}
	p.drafts.forget(c.Params("id"))
	return page.SeeOther(c, libraryPath+"?da=nap")
}
