package office

import (
	"context"
	"fmt"
	"io"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

const (
	fileEnding   = ".xlsx"
	workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// roundField names the round in forms.
const roundField = "dot"

// workbookWork makes the workbook of a round.
type workbookWork struct {
	pages *Pages
	round survey.RoundID
	open  bool   // the round still took responses when the work was begun
	says  string // what the file holds, for the audit log
}

func (w *workbookWork) offer() offer {
	return offer{Title: "Bảng kết quả (Excel), đợt " + string(w.round), Unit: "dòng", Save: "ket-qua-" + string(w.round) + fileEnding,
		Kind: workbookType, Again: home, Key: "ket-qua " + string(w.round)}
}

func (w *workbookWork) may(account survey.Account) bool { return mayTakeWorkbook(account, w.open) }

// mayTakeWorkbook says whether an account may have the figures of every school:
// while they still grow, the office only, for whom they are to check with.
func mayTakeWorkbook(account survey.Account, open bool) bool {
	return account.Role.Changes() || account.Role.ReadsAll() && !open
}

// workbookLater refuses the workbook of a round that is open.
func workbookLater(sc survey.Schedule, r survey.Round) error {
	return survey.Refuse(survey.Forbidden, "Khi đợt đang mở, bảng kết quả chỉ dành cho Văn phòng Sở, vì có điểm của từng trường, kể cả trường mới có vài phiếu. Tài khoản chỉ xem tải được từ khi đợt đóng (ngày cuối nhận phiếu là %s)",
		"While the round is open its workbook is for the office only; viewers may have it once the round has closed (last day %s)", sc.Calendar.LastDay(r))
}

func (w *workbookWork) write(ctx context.Context, out io.Writer, tell func(done, all int)) error {
	results, err := w.pages.Rounds.Results(ctx, w.round)
	if err != nil {
		return err
	}
	w.says = fmt.Sprintf("bảng kết quả (Excel), %s phiếu trả lời, %s trường theo phiếu",
		survey.Count(survey.ParticipationOf(results.Strata).Responses), survey.Count(len(results.Strata)))
	if err := w.pages.Workbook(ctx, out, results, tell); err != nil {
		return fmt.Errorf("write the workbook of round %s: %w", w.round, err)
	}
	return nil
}

func (w *workbookWork) taken(ctx context.Context, actor string, file workFile) error {
	return w.pages.Rounds.NoteDownload(ctx, actor, w.round, w.says+", "+file.String())
}

// String is the file as the audit log names it.
func (f workFile) String() string {
	return fmt.Sprintf("%s byte, SHA-256 %s", survey.Count(int(f.Size)), f.Sum)
}

// beginWorkbook begins the workbook of a round that has asked a school.
func (p *Pages) beginWorkbook(c *fiber.Ctx, account survey.Account) error {
	form, err := page.ReadForm(c)
	if err != nil {
		return err
	}
	if err := form.Only(roundField); err != nil {
		return err
	}
	id, err := survey.ParseRoundID(form.Get(roundField))
	if err != nil {
		return err
	}
	schedule, err := p.Rounds.Rounds(c.UserContext())
	if err != nil {
		return err
	}
	round, err := schedule.Round(id)
	if err != nil {
		return err
	}
	open := round.State == survey.Open
	if !mayTakeWorkbook(account, open) {
		return workbookLater(schedule, round)
	}
	strata, err := p.Rounds.Strata(c.UserContext(), id)
	if err != nil {
		return err
	}
	if len(strata) == 0 {
		return survey.Refuse(survey.Conflict, "Đợt %s chưa hỏi trường nào nên chưa có bảng kết quả", "Round %s has asked no school yet, so it has no results", id)
	}
	return p.began(c, account, &workbookWork{pages: p, round: id, open: open})
}

// setAttachment names the file to save, as RFC 6266 has it. The name has no
// sign that needs quoting.
func setAttachment(c *fiber.Ctx, name, kind string) {
	c.Set(fiber.HeaderContentType, kind)
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="%s"; filename*=UTF-8''%s`, name, url.PathEscape(name)))
	c.Set(fiber.HeaderCacheControl, "no-store")
}
