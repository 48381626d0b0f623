package office

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
)

const (
	fileEnding   = ".xlsx"
	workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	writingTime  = 50 * time.Second // for a workbook; more than other pages get
)

// download hands over a round's workbook. It is made in memory before
// anything is sent, and noted in the audit log before it leaves.
func (p *Pages) download(c *fiber.Ctx, account survey.Account) error {
	text, ok := strings.CutSuffix(c.Params("file"), fileEnding)
	if !ok {
		return fiber.ErrNotFound
	}
	id, err := survey.ParseRoundID(text)
	if err != nil {
		return fiber.ErrNotFound
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.UserContext()), writingTime)
	defer cancel()
	file, err := p.workbook(ctx, id, account)
	if err != nil {
		return err
	}
	setAttachment(c, "ket-qua-"+string(id)+fileEnding)
	return c.Send(file)
}

// workbook makes the file of a round that has strata.
func (p *Pages) workbook(ctx context.Context, id survey.RoundID, account survey.Account) ([]byte, error) {
	select {
	case p.oneFile <- struct{}{}:
		defer func() { <-p.oneFile }()
	case <-ctx.Done():
		return nil, survey.Refuse(survey.Busy, "Đang có người khác tải bảng kết quả. Thử lại sau ít phút", "Another workbook is being made; try again in a few minutes")
	}
	results, err := p.Rounds.Results(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(results.Strata) == 0 {
		return nil, survey.Refuse(survey.Conflict, "Đợt %s chưa hỏi trường nào nên chưa có bảng kết quả", "Round %s has asked no school yet, so it has no results", id)
	}
	var file bytes.Buffer
	if err := p.Workbook(&file, results); err != nil {
		return nil, fmt.Errorf("write the workbook of round %s: %w", id, err)
	}
	if err := p.Rounds.NoteDownload(ctx, account.Name, id, describe(results, file.Bytes())); err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}

// describe says in the audit log what was taken away.
func describe(r survey.Results, file []byte) string {
	sum := sha256.Sum256(file)
	return fmt.Sprintf("bảng kết quả (Excel), %s phiếu trả lời, %s trường theo phiếu, SHA-256 %s",
		survey.Count(survey.ParticipationOf(r.Strata).Responses), survey.Count(len(r.Strata)), hex.EncodeToString(sum[:]))
}

// setAttachment names the file to save, as RFC 6266 has it. The name has no
// sign that needs quoting.
func setAttachment(c *fiber.Ctx, name string) {
	c.Set(fiber.HeaderContentType, workbookType)
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="%s"; filename*=UTF-8''%s`, name, url.PathEscape(name)))
	c.Set(fiber.HeaderCacheControl, "no-store")
}
