package survey

import (
	"maps"
	"slices"
	"time"
)

// AuditEntry is one line of the audit log: who did what, when. Lines are
// numbered from 1 without gaps, and each is sealed with the one before it.
type AuditEntry struct {
	Seq    int64
	At     time.Time
	Actor  string // an account, the command line, or what runs by the clock
	Action string // short, in English; Done says it to people
	Object string // what it was done to; may be empty
	Detail string
}

// actions says to people what was done.
var actions = map[string]string{
	"account activate":     "Đặt mật khẩu lần đầu",
	"account add":          "Thêm tài khoản",
	"account end":          "Ngừng tài khoản",
	"account invite":       "Tạo địa chỉ đặt mật khẩu",
	"account password":     "Đổi mật khẩu",
	"account prove":        "Gõ lại mật khẩu để làm việc cần cẩn thận",
	"backup":               "Sao lưu",
	"calendar":             "Sửa lịch các đợt",
	"comment decide":       "Quyết định về lời góp ý",
	"comment urgent":       "Ghi lời góp ý khẩn về an toàn của trẻ",
	"export":               "Tải tệp",
	"factor off":           "Tắt mã đăng nhập bước hai",
	"factor on":            "Bật mã đăng nhập bước hai",
	"factor recovery":      "Tạo lại mã dự phòng",
	"factor rule":          "Đổi quy định về mã đăng nhập bước hai",
	"link rotate":          "Đổi liên kết của trường",
	"migrate":              "Nâng cấp dữ liệu",
	"questionnaire import": "Nạp bộ câu hỏi",
	"questionnaire use":    "Chọn bộ câu hỏi cho các đợt sau",
	"pledge":               "Trường ghi việc sẽ làm",
	"pledge hide":          "Ẩn việc trường sẽ làm",
	"pledge show":          "Hiện lại việc trường sẽ làm",
	"release correct":      "Sửa bản công bố",
	"release made":         "Lập bản công bố",
	"release office":       "Thu kết quả về nội bộ Sở",
	"release public":       "Công bố cho mọi người",
	"release schools":      "Công bố cho các trường",
	"restore":              "Khôi phục",
	"round add":            "Thêm đợt",
	"round close":          "Đóng đợt",
	"round closed":         "Đợt đóng theo lịch",
	"round extend":         "Gia hạn đợt",
	"round forget":         "Xóa dấu vết của phiếu",
	"round freeze":         "Chốt lại sĩ số",
	"round move":           "Dời ngày đợt",
	"round open":           "Đợt mở theo lịch",
	"round questionnaire":  "Chọn bộ câu hỏi cho đợt",
	"round reopen":         "Mở lại đợt",
	"round scheduled":      "Lập lịch đợt",
	"round target":         "Đặt mức cần đạt",
	"school access":        "Tạo trang riêng của trường",
	"school access end":    "Thu hồi trang riêng của trường",
	"school enter":         "Mở trang của trường",
	"schools import":       "Nạp danh sách trường",
	"area add":             "Thêm xã, phường",
	"area edit":            "Sửa xã, phường",
	"area merge":           "Sáp nhập xã, phường",
	"school add":           "Thêm trường",
	"school close":         "Giải thể trường",
	"school edit":          "Sửa trường",
	"school merge":         "Sáp nhập trường",
	"school rename":        "Đổi tên trường",
	"school split":         "Chia tách trường",
	"school withdraw":      "Hủy thay đổi của trường",
	"trial drop":           "Xóa đợt thử",
	"trial start":          "Mở đợt thử",
	"setting":              "Sửa thông tin hiển thị",
	"session end":          "Kết thúc phiên làm việc",
	"sign in":              "Đăng nhập",
	"sign in failed":       "Đăng nhập không đúng",
	"sign out":             "Đăng xuất",
}

// Known says whether there are words for what was done.
func (e AuditEntry) Known() bool { return actions[e.Action] != "" }

// AuditActions gives every action that has words, in the order of its name.
func AuditActions() []string { return slices.Sorted(maps.Keys(actions)) }

// Done says what was done, in Vietnamese; an action that has no words here is
// given as it is.
func (e AuditEntry) Done() string {
	if words, ok := actions[e.Action]; ok {
		return words
	}
	return e.Action
}
