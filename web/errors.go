package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/api"
	"hailong/web/office"
	"hailong/web/page"
)

// retryAfter is what a busy service asks for, in seconds.
const retryAfter = 10

// statuses are the answers to refusals.
var statuses = map[survey.Kind]int{
	survey.Invalid: http.StatusUnprocessableEntity, survey.NotFound: http.StatusNotFound, survey.Conflict: http.StatusConflict,
	survey.Closed: http.StatusGone, survey.Forbidden: http.StatusForbidden, survey.Busy: http.StatusServiceUnavailable,
}

// sentences say what the answers of the machinery mean to a person.
var sentences = map[int]*survey.Error{
	400: survey.Refuse(survey.Invalid, "Không đọc được yêu cầu. Tải lại trang rồi làm lại", "The request cannot be read"),
	404: survey.Refuse(survey.NotFound, "Không tìm thấy trang. Xem lại địa chỉ", "No such page"),
	405: survey.Refuse(survey.Invalid, "Địa chỉ này không nhận cách gửi đó", "This address does not take that method"),
	408: survey.Refuse(survey.Busy, "Mạng chậm quá nên chưa nhận được gì. Thử lại", "The request took too long to arrive"),
	413: survey.Refuse(survey.Invalid, "Nội dung gửi dài quá. Quay lại, rút ngắn rồi gửi lại", "The request is too large"),
	415: survey.Refuse(survey.Invalid, "Không đọc được dạng nội dung này", "This content type or encoding is not accepted"),
	421: survey.Refuse(survey.NotFound, "Tên miền này không phải của trang hỏi ý kiến. Xem lại địa chỉ", "This service does not answer for that host"),
	431: survey.Refuse(survey.Invalid, "Yêu cầu có phần đầu dài quá. Xóa dữ liệu duyệt web rồi thử lại", "The request header is too large"),
	502: survey.Refuse(survey.Invalid, "Mạng đứt nửa chừng. Thử lại", "The connection broke"),
	500: survey.Refuse(survey.Busy, "Máy chủ đang trục trặc. Thử lại sau ít phút", "The server has a fault; try again in a few minutes"),
}

// fail answers a request that went wrong: in JSON for programs, as a page for
// people. It is the only place that does, and the only one that logs errors.
func (f frame) fail(c *fiber.Ctx, err error) error {
	status, refusal := answerTo(err)
	var answered *page.Answered
	if errors.As(err, &answered) {
		f.logError(c, err)
		return nil
	}
	if status == http.StatusInternalServerError {
		f.logError(c, err)
	}
	f.setHeaders(c)
	if status == http.StatusRequestEntityTooLarge {
		refusal = largeFile(c, refusal)
	}
	if status == http.StatusServiceUnavailable {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(retryAfter))
	}
	if strings.HasPrefix(c.Path(), api.Prefix) {
		return api.Fail(c, status, refusal)
	}
	return f.failures.Render(c, status, "failure", f.failure(c, status, refusal))
}

func (f frame) logError(c *fiber.Ctx, err error) {
	f.cfg.Log.Error("request went wrong", "route", c.Route().Path, "id", requestID(c), "error", err)
}

// answerTo gives the status and the sentence for an error. What a refusal wraps
// and every other error stay inside.
func answerTo(err error) (int, *survey.Error) {
	var refusal *survey.Error
	if errors.As(err, &refusal) {
		if status, ok := statuses[refusal.Kind]; ok {
			return status, refusal
		}
	}
	var fault *fiber.Error
	if errors.As(err, &fault) && sentences[fault.Code] != nil {
		return fault.Code, sentences[fault.Code]
	}
	return http.StatusInternalServerError, sentences[http.StatusInternalServerError]
}

func (f frame) failure(c *fiber.Ctx, status int, refusal *survey.Error) page.Failure {
	d := f.cfg.Directory()
	texts := f.cfg.Texts.In(d.Questionnaire.Speaks(survey.Language(c.Query("tieng"))))
	said := texts.Refusal(refusal)
	p := page.Failure{Head: page.NewHead(said, d).In(texts), Says: page.Say(said)}
	if back, ok := office.Back(c.Path()); ok {
		p.Link = back
	} else if status == http.StatusNotFound {
		p.Link = page.MenuLink{Path: "/", Text: texts.Say("failure.home")}
	}
	if status >= http.StatusInternalServerError {
		p.Request = requestID(c)
	}
	return p
}
