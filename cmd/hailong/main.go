// Command hailong hosts the survey of satisfaction with public education: the
// parents' forms, the office's pages, and the files made from the answers.
//
// It connects the other packages and decides nothing itself.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // the province's zone, on machines without zone files

	"github.com/alecthomas/kong"

	"hailong/survey"
)

// zoneName is the zone in which the days of a round begin and end.
const zoneName = "Asia/Ho_Chi_Minh"

// commandLine is every command with its flags; -h prints it.
type commandLine struct {
	Data string `help:"Thư mục dữ liệu (data folder)." default:"./hailong-data" env:"HAILONG_DATA" placeholder:"DIR"`
	Lang string `help:"Ngôn ngữ của thông báo lỗi (language of errors): vi, en." enum:"vi,en" default:"vi" env:"HAILONG_LANG"`

	Serve         serveCommand          `cmd:"" help:"Chạy dịch vụ (run the service)."`
	Demo          demoCommand           `cmd:"" help:"Chạy thử một tỉnh đầy đủ với phiếu mô phỏng (a full province with simulated responses)."`
	Schools       schoolCommands        `cmd:"" help:"Danh sách trường (the school list)."`
	Rounds        roundCommands         `cmd:"" help:"Các đợt (the rounds)."`
	Questionnaire questionnaireCommands `cmd:"" help:"Bộ câu hỏi, dạng XLSForm (the questionnaire as an XLSForm)."`
	Export        exportCommand         `cmd:"" help:"Xuất bảng kết quả Excel của một đợt (the workbook of a round)."`
	Pack          packCommand           `cmd:"" help:"Xuất trọn bộ cho các trường: tờ dán, phiếu nhỏ, mã QR, tin nhắn, trong một tệp ZIP (posters, slips, QR codes and texts)."`
	Account       accountCommand        `cmd:"" help:"Tài khoản của văn phòng (accounts of the office)."`
	Setting       settingCommand        `cmd:"" help:"Tên cơ quan, số điện thoại hiện trên phiếu (names shown to people)."`
	Backup        backupCommand         `cmd:"" help:"Sao lưu trong khi dịch vụ đang chạy (copy the data while serving)."`
	Restore       restoreCommand        `cmd:"" help:"Khôi phục bản sao lưu vào thư mục trống và chứng minh kết quả (restore and prove it)."`
	Rehearse      rehearseCommand       `cmd:"" help:"Diễn tập buổi tối cao điểm trên một bản sao và cho biết máy nhận được bao nhiêu (load rehearsal on a copy)."`
	Texts         textsCommands         `cmd:"" help:"Câu chữ của trang trả lời bằng một tiếng khác (texts of further languages)."`
	Audit         auditCommands         `cmd:"" help:"Nhật ký: ai đã làm gì, lúc nào (the audit log)."`
	Check         checkCommand          `cmd:"" help:"Kiểm tra dữ liệu: đếm lại mọi phiếu và so sánh (recount and verify)."`
}

// program is what commands work with: the outside world, and the flags that
// all share.
type program struct {
	ctx    context.Context
	in     *os.File
	out    io.Writer
	errors io.Writer
	data   string
	lang   survey.Language
	zone   *time.Location
}

// actor is the name of the command line in the audit log.
const actor = "dòng lệnh"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// run runs a command and gives the exit status: 0, 1 for a failure, 2 for
// wrong use.
func run(ctx context.Context, args []string) int {
	zone, err := time.LoadLocation(zoneName)
	if err != nil {
		fmt.Fprintln(os.Stderr, "hailong:", err)
		return 1
	}
	p := &program{ctx: ctx, in: os.Stdin, out: os.Stdout, errors: os.Stderr, zone: zone, lang: survey.LangVI}
	var line commandLine
	parser, err := kong.New(&line, kong.Name("hailong"), kong.UsageOnError(),
		kong.Description("Khảo sát sự hài lòng về dịch vụ giáo dục công (satisfaction with public education)."))
	if err != nil {
		fmt.Fprintln(os.Stderr, "hailong:", err)
		return 1
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(p.errors, "hailong: lệnh chưa đúng (wrong use): %v. Xem: hailong --help\n", err)
		return 2
	}
	p.data, p.lang = line.Data, survey.Language(line.Lang)
	if err := chosen.Run(p); err != nil {
		fmt.Fprintln(p.errors, "hailong:", p.sentence(err))
		return 1
	}
	return 0
}

// sentence says an error to a person, in one line.
func (p *program) sentence(err error) string {
	var refusal *survey.Error
	if errors.As(err, &refusal) {
		return refusal.In(p.lang)
	}
	return err.Error()
}
