package office

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// jobsPath is where the work under way is seen.
const jobsPath = "/so/viec"

// jobView is a job in words; it is also what the page's script reads.
type jobView struct {
	State   jobState `json:"state"`
	Says    string   `json:"says"`
	Count   string   `json:"count"`
	Percent int      `json:"percent"`
	File    string   `json:"file,omitempty"` // address of the file
	Text    string   `json:"text,omitempty"` // of the link to it

	Title, Begun, Path, Again string `json:"-"`
}

// Active says whether there is still something to wait for.
func (v jobView) Active() bool { return v.State.active() }

func (p *Pages) viewJob(j job, before int) jobView {
	path := jobsPath + "/" + j.id
	v := jobView{State: j.state, Percent: j.percent(), Title: j.Title, Begun: p.minute(j.begun), Path: path, Again: j.Again}
	switch j.state {
	case jobWaits:
		v.Says = fmt.Sprintf("Đang chờ: còn %s việc phía trước. Máy chủ làm từng việc một", survey.Count(before))
	case jobRuns:
		v.Says, v.Count = "Đang làm", j.counted()
	case jobDone:
		v.Says = "Đã xong. Tệp được giữ đến " + p.minute(j.ended.Add(keepFor))
		v.File, v.Text = path+"/tep", "Tải về: "+j.Save+" ("+sizeText(j.file.Size)+")"
	case jobFailed:
		v.Says = "Không làm được. " + j.cause
	case jobStopped:
		v.Says = "Đã dừng theo yêu cầu. Không có tệp nào được giữ lại"
	}
	return v
}

// counted says how much of the work is done.
func (j job) counted() string {
	switch {
	case j.all <= 0:
		return "Đang chuẩn bị"
	case j.done >= j.all:
		return fmt.Sprintf("Đã làm %s trên %s %s, đang đóng tệp", survey.Count(j.done), survey.Count(j.all), j.Unit)
	}
	return fmt.Sprintf("Đã làm %s trên %s %s", survey.Count(j.done), survey.Count(j.all), j.Unit)
}

// minute is a moment as people read it, in the province's time.
func (p *Pages) minute(at time.Time) string {
	return at.In(p.Directory().Calendar.Zone).Format("15:04 ngày 02/01/2006")
}

// sizeText is a file's size as people read it.
func sizeText(bytes int64) string {
	if bytes < 1<<20 {
		return survey.Count(int((bytes+1023)>>10)) + " KB"
	}
	return survey.Decimal(float64(bytes)/(1<<20), 1) + " MB"
}

// IsJobFile says whether an address is that of a job's file.
func IsJobFile(path string) bool {
	return strings.HasPrefix(path, jobsPath+"/") && strings.HasSuffix(path, "/tep")
}

type jobPage struct {
	page.Head
	Job jobView
}

func (p *Pages) showJob(c *fiber.Ctx, account survey.Account) error {
	j, before, err := p.jobs.find(c.Params("id"), account)
	if err != nil {
		return err
	}
	return p.set.Render(c, http.StatusOK, "job", jobPage{Head: p.head(c, j.Title, account), Job: p.viewJob(j, before)})
}

// jobProgress is the same for the page's script.
func (p *Pages) jobProgress(c *fiber.Ctx, account survey.Account) error {
	j, before, err := p.jobs.find(c.Params("id"), account)
	if err != nil {
		return err
	}
	return c.JSON(p.viewJob(j, before))
}

type jobsPage struct {
	page.Head
	Jobs []jobView
}

func (p *Pages) listJobs(c *fiber.Ctx, account survey.Account) error {
	view := jobsPage{Head: p.head(c, "Việc đang chạy", account)}
	own := p.jobs.of(account)
	slices.SortFunc(own, func(a, b job) int { return cmp.Or(b.begun.Compare(a.begun), strings.Compare(a.id, b.id)) })
	for _, j := range own {
		_, before, _ := p.jobs.find(j.id, account)
		view.Jobs = append(view.Jobs, p.viewJob(j, before))
	}
	return p.set.Render(c, http.StatusOK, "jobs", view)
}

// stopJob ends a job and shows it again.
func (p *Pages) stopJob(c *fiber.Ctx, account survey.Account) error {
	id := c.Params("id")
	if _, _, err := p.jobs.find(id, account); err != nil {
		return err
	}
	p.jobs.end(id)
	return page.SeeOther(c, jobsPath+"/"+id)
}

// takeFile hands over what a job has made. It is noted in the audit log
// before it leaves.
func (p *Pages) takeFile(c *fiber.Ctx, account survey.Account) error {
	j, _, err := p.jobs.find(c.Params("id"), account)
	if err != nil {
		return err
	}
	if j.state != jobDone {
		return survey.Refuse(survey.NotFound, "Việc này chưa xong nên chưa có tệp. Xem lại sau", "The job is not done, so there is no file yet")
	}
	file, err := p.folder.open(j.id)
	if err != nil {
		return err
	}
	if err := j.work.taken(c.UserContext(), account.Name, j.file); err != nil {
		file.Close()
		return err
	}
	setAttachment(c, j.Save, j.Kind)
	return c.SendStream(file, int(j.file.Size))
}

// began leads to the page of a work that was begun.
func (p *Pages) began(c *fiber.Ctx, account survey.Account, w work) error {
	id, err := p.jobs.begin(account, w)
	if err != nil {
		return err
	}
	return page.SeeOther(c, jobsPath+"/"+id)
}
