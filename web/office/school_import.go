package office

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/export/sheet"
	"hailong/survey"
	"hailong/web/page"
)

const (
	fileField    = "tep"
	importLife   = 30 * time.Minute // of a list that was read and not yet taken
	importsKept  = 8                // of all accounts, each a file of MaxUpload at most
	importListed = 50               // schools of a kind that a preview names at first
)

// schoolImport is a list that somebody brought, as it was understood.
type schoolImport struct {
	Name    string // of the file, as its owner has it
	Content []byte // kept for the copy with the faults
	List    sheet.SchoolList
	Faults  sheet.Faults         // none: the list can be taken
	Changes survey.SchoolChanges // what taking it does, as it was compared last
	Stale   bool                 // the schools changed since the preview before
	Taken   bool
}

func (p *Pages) showUpload(c *fiber.Ctx, account survey.Account) error {
	return p.uploadPage(c, account, nil)
}

// uploadView is the page with the form for the file.
type uploadView struct {
	page.Head
	Most int // megabytes
}

func (p *Pages) uploadPage(c *fiber.Ctx, account survey.Account, problem error) error {
	view, status := uploadView{Head: p.head(c, "Nạp danh sách trường", account), Most: sheet.MaxUpload >> 20}, http.StatusOK
	if problem != nil {
		status = http.StatusUnprocessableEntity
		view.Problems = page.Problems{{Field: fileField, Message: page.ProblemsOf(problem)[0].Message}}
	}
	return p.set.Render(c, status, "upload", view)
}

// upload reads the file, compares it with what is stored, and shows what was
// understood. Nothing is written.
func (p *Pages) upload(c *fiber.Ctx, account survey.Account) error {
	form, file, err := page.ReadUpload(c, fileField)
	if err != nil {
		return err
	}
	if err := form.Only(); err != nil {
		return err
	}
	if file.Missing() {
		return p.uploadPage(c, account, survey.Refuse(survey.Invalid, "Chưa chọn tệp. Bấm vào ô chọn tệp rồi chọn danh sách trường", "No file was chosen"))
	}
	in, err := p.understand(c, account, file)
	if survey.KindOf(err) == survey.Invalid {
		return p.uploadPage(c, account, err)
	}
	if err != nil {
		return err
	}
	return page.SeeOther(c, SchoolsUpload+"/"+p.lists.imports.put(account.Name, in))
}

// turn waits until nobody else is loading a list: one at a time, because a
// hostile file costs memory. The caller gives the turn back.
func (p *Pages) turn(c *fiber.Ctx) (done func(), err error) {
	select {
	case p.lists.reading <- struct{}{}:
		return func() { <-p.lists.reading }, nil
	case <-c.UserContext().Done():
		return nil, survey.Refuse(survey.Busy, "Đang có người khác nạp danh sách. Thử lại sau ít phút", "Somebody else is loading a list; try again in a few minutes")
	}
}

func (p *Pages) understand(c *fiber.Ctx, account survey.Account, file page.File) (in schoolImport, err error) {
	done, err := p.turn(c)
	if err != nil {
		return in, err
	}
	defer done()
	areas, err := p.Registry.Areas(c.UserContext())
	if err != nil {
		return in, err
	}
	in = schoolImport{Name: file.Name, Content: file.Content}
	if in.List, err = sheet.ReadSchools(file.Content, areas); errors.As(err, &in.Faults) {
		return in, nil
	}
	if err != nil {
		return in, err
	}
	in.Content = nil // only a list with faults is handed back
	in.Changes, err = p.Registry.LoadSchools(c.UserContext(), account.Name, in.List.Schools(), true)
	return in, err
}

// imported gives the import that an address names, to whoever brought it.
func (p *Pages) imported(c *fiber.Ctx, account survey.Account) (schoolImport, error) {
	in, ok := p.lists.imports.get(account.Name, c.Params("id"))
	if !ok {
		return in, survey.Refuse(survey.NotFound, "Bản xem trước không còn: mỗi bản giữ 30 phút, nạp tệp khác thì bản trước bị bỏ. Mở trang Trường, Nạp danh sách rồi chọn tệp lần nữa",
			"The preview is gone: each is kept for 30 minutes, and only the last one; send the file again")
	}
	return in, nil
}

func (p *Pages) showImport(c *fiber.Ctx, account survey.Account) error {
	in, err := p.imported(c, account)
	if err != nil {
		return err
	}
	view := importPage{Head: p.head(c, "Xem trước danh sách", account), Path: SchoolsUpload + "/" + c.Params("id"), Import: in, Whole: c.Query("trang") == wholeList}
	if len(in.Faults) > 0 {
		view.Title = "Lỗi: danh sách có chỗ cần sửa"
	}
	view.fill()
	return p.set.Render(c, http.StatusOK, "import", view)
}

// takeImport takes the list over, as it was shown and not otherwise.
func (p *Pages) takeImport(c *fiber.Ctx, account survey.Account) error {
	done, err := p.turn(c)
	if err != nil {
		return err
	}
	defer done()
	in, err := p.imported(c, account)
	if err != nil {
		return err
	}
	if len(in.Faults) > 0 {
		return survey.Refuse(survey.Conflict, "Danh sách còn chỗ cần sửa nên chưa nạp được. Sửa tệp rồi nạp lại", "The list has faults; mend the file and send it again")
	}
	back := SchoolsUpload + "/" + c.Params("id")
	if in.Taken {
		return page.SeeOther(c, back)
	}
	taken, err := p.Registry.TakeSchools(c.UserContext(), account.Name, in.List.Schools(), in.Changes)
	if err != nil && survey.KindOf(err) != survey.Conflict {
		return err
	}
	in.Changes, in.Taken, in.Stale = taken, err == nil, err != nil
	p.lists.imports.change(account.Name, c.Params("id"), in)
	return page.SeeOther(c, back)
}

// faultsFile hands over the copy in which people correct the list.
func (p *Pages) faultsFile(c *fiber.Ctx, account survey.Account) error {
	in, err := p.imported(c, account)
	if err != nil {
		return err
	}
	if len(in.Faults) == 0 {
		return fiber.ErrNotFound
	}
	var file bytes.Buffer
	if err := sheet.WriteFaults(&file, in.Content, in.Faults); err != nil {
		return fmt.Errorf("mark the faults: %w", err)
	}
	setAttachment(c, "danh-sach-truong-loi.xlsx", workbookType)
	return c.Send(file.Bytes())
}
