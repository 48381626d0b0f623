package office

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hailong/export/sheet"
	"hailong/survey"
	"hailong/web/page"
)

// Addresses of the questionnaires.
const (
	libraryPath = "/so/bo-cau-hoi"
	// QuestionnaireUpload takes an XLSForm with its recordings.
	QuestionnaireUpload = libraryPath + "/nap"
	choosePath          = libraryPath + "/chon"
)

// Library is the questionnaires and their recordings.
type Library interface {
	Questionnaires(ctx context.Context) ([]survey.Edition, error)
	// ImportQuestionnaire takes one over, or in a trial only says what would change.
	ImportQuestionnaire(ctx context.Context, actor string, q survey.QuestionnaireUpload, trial bool) (survey.QuestionnaireChanges, error)
	// UseQuestionnaire chooses the one for rounds to come; with none named, always the newest.
	UseQuestionnaire(ctx context.Context, actor string, version survey.Version) error
	StoredRecordings(ctx context.Context) ([]survey.Recording, error)
	Sound(ctx context.Context, id survey.RecordingID) (content []byte, kind string, err error)
}

// routeLibrary adds the addresses of the questionnaires.
func (p *Pages) routeLibrary(r fiber.Router) {
	r.Get(libraryPath, p.reading(p.library))
	r.Get(libraryPath+"/:version/tep.xlsx", p.reading(p.editionFile)) // before nap, which may be a version's name
	r.Get(libraryPath+"/:version/ghi-am.zip", p.reading(p.editionSounds))
	r.Post(choosePath, p.changing(p.chooseEdition))
	r.Post(QuestionnaireUpload, p.changing(p.uploadEdition))
	r.Get(QuestionnaireUpload+"/:id", p.changing(p.showPreview))
	r.Post(QuestionnaireUpload+"/:id", p.changing(p.takeEdition))
}

// libraryPage is all versions, and the form that brings another.
type libraryPage struct {
	page.Head
	Said     string
	Editions []editionRow
	Next     []choice // versions for rounds to come, the newest first
	May      bool     // change them
	Faults   []sheet.Fault
	More     int // faults beyond those shown
	MaxFile  int // megabytes
	MaxMedia int
}

// editionRow is one version in the list.
type editionRow struct {
	*survey.Questionnaire
	Path   string
	Added  string
	Rounds []survey.RoundID
	Next   bool
}

// Questions is how many questions the forms have, as in «26–31».
func (e editionRow) Questions() string {
	forms := make([]survey.AskedForm, len(e.Forms))
	for i, f := range e.Forms {
		forms[i].Form = f
	}
	return survey.Link{Forms: forms}.Questions()
}

// libraryDone is what is said after something was done.
var libraryDone = map[string]string{"nap": "Đã nạp bộ câu hỏi.", "chon": "Đã chọn bộ câu hỏi cho các đợt mở sau này.", "het": "Bản xem trước đã hết hạn, chưa nạp gì. Chọn tệp rồi nạp lại."}

func (p *Pages) library(c *fiber.Ctx, account survey.Account) error {
	return p.sendLibrary(c, account, http.StatusOK, nil)
}

// sendLibrary shows the versions, and what was wrong with a file.
func (p *Pages) sendLibrary(c *fiber.Ctx, account survey.Account, status int, why error) error {
	editions, err := p.Library.Questionnaires(c.UserContext())
	if err != nil {
		return err
	}
	view := libraryPage{Head: p.head(c, "Bộ câu hỏi", account), Said: libraryDone[c.Query("da")], May: account.Role.Changes(), MaxFile: sheet.MaxUpload >> 20, MaxMedia: sheet.MaxMedia >> 20}
	for _, e := range editions {
		q := e.Questionnaire
		view.Editions = append(view.Editions, editionRow{Questionnaire: q, Path: libraryPath + "/" + string(q.Version),
			Added: e.Added.In(p.Directory().Calendar.Zone).Format("02/01/2006"), Rounds: e.Rounds, Next: e.Next})
		view.Next = append(view.Next, choice{Value: string(q.Version), Text: string(q.Version), Chosen: e.Chosen})
	}
	view.blame(why)
	return p.set.Render(c, status, "library", view)
}

func (p *Pages) chooseEdition(c *fiber.Ctx, account survey.Account) error {
	sent, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := sent.Only(versionField); err != nil {
		return err
	}
	version := survey.Version(survey.CleanLine(sent.Get(versionField)))
	if version != "" {
		if _, err := survey.ParseVersion(string(version)); err != nil {
			return err
		}
	}
	if err := p.Library.UseQuestionnaire(c.UserContext(), account.Name, version); err != nil {
		return err
	}
	return page.SeeOther(c, libraryPath+"?da=chon")
}

// edition finds the version that an address names.
func (p *Pages) edition(c *fiber.Ctx) (*survey.Questionnaire, error) {
	editions, err := p.Library.Questionnaires(c.UserContext())
	if err != nil {
		return nil, err
	}
	for _, e := range editions {
		if string(e.Questionnaire.Version) == c.Params("version") {
			return e.Questionnaire, nil
		}
	}
	return nil, survey.Refuse(survey.NotFound, "Không có bộ câu hỏi này. Xem các bộ ở trang Bộ câu hỏi", "There is no such questionnaire")
}

// editionFile is a version as an XLSForm.
func (p *Pages) editionFile(c *fiber.Ctx, _ survey.Account) error {
	q, err := p.edition(c)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := sheet.WriteQuestionnaire(&file, q); err != nil {
		return err
	}
	setAttachment(c, fileName(q, ".xlsx"), workbookType)
	return c.Send(file.Bytes())
}

// editionSounds is the recordings of a version, under the names that its
// XLSForm has.
func (p *Pages) editionSounds(c *fiber.Ctx, _ survey.Account) error {
	q, err := p.edition(c)
	if err != nil {
		return err
	}
	if len(q.Recordings) == 0 {
		return survey.Refuse(survey.NotFound, "Bộ câu hỏi này không có bản ghi âm", "This questionnaire has no recordings")
	}
	var file bytes.Buffer
	err = sheet.WriteMedia(&file, q, func(id survey.RecordingID) ([]byte, error) {
		content, _, err := p.Library.Sound(c.UserContext(), id)
		return content, err
	})
	if err != nil {
		return err
	}
	setAttachment(c, fileName(q, "-ghi-am.zip"), "application/zip")
	return c.Send(file.Bytes())
}

// fileName is the name under which a version is saved; versions have no sign
// that needs quoting.
func fileName(q *survey.Questionnaire, ending string) string {
	return fmt.Sprintf("bo-cau-hoi-%s%s", strings.ToLower(string(q.Version)), ending)
}
