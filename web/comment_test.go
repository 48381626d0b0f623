package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"hailong/survey"
)

// cells gives every cell of a workbook's first sheet, a line a row.
func cells(t *testing.T, file string) string {
	t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, row := range rows {
		lines = append(lines, strings.Join(row, "|"))
	}
	return strings.Join(lines, "\n")
}

func TestCommentsAreReadOneAfterTheOther(t *testing.T) {
	p := newProvince(t)
	v := &person{province: p}
	v.login("lan", matrixPassword)
	first, second := "/so/gop-y/"+p.opinions[0], "/so/gop-y/"+p.opinions[1]
	v.holds(v.get("/so/gop-y"), "Cô Lan tốt, gọi 0905123456", first, second, `href="/so/gop-y/tiep"`)
	v.wants(v.get("/so/gop-y/tiep"), 303, first)
	v.wants(v.get("/so/gop-y/tiep?tt=released&q=lan"), 303, first+"?q=lan&tt=released")
	v.wants(v.get("/so/gop-y/tiep?sau="+p.opinions[0]), 303, second)
	v.wants(v.get("/so/gop-y/tiep?q=khong+co"), 303, "/so/gop-y?q=khong+co")
	v.holds(v.get(first+"?q=lan"), "Cô <mark>Lan</mark> tốt, gọi <mark>0905123456</mark>", ">Cô [tên] tốt, gọi [số điện thoại]</textarea>", "Trường này có 2 phiếu, 0 lời góp ý phát hành", "Còn 2 lời góp ý mới")
	v.holds(v.wants(v.post(first+"?q=lan", "che", "đã sửa tay", "khan", "co", "da-bao", "", "quyet-dinh", "released"), 422, ""), "Ghi đã báo cho ai", ">đã sửa tay</textarea>", "checked", `action="`+first+`?q=lan"`)
	v.holds(v.wants(v.post(first, "che", " ", "da-bao", "", "quyet-dinh", "released"), 422, ""), "đang trống")
	v.holds(v.wants(v.post(first, "che", "x", "da-bao", ""), 422, ""), "Chọn một trong các nút quyết định")
	v.wants(v.post(first+"?q=lan", "che", "Cô [tên] tốt lắm", "khan", "co", "da-bao", "Ông Bình, 9 giờ", "quyet-dinh", "released"), 303, "/so/gop-y/tiep?q=lan&sau="+p.opinions[0])
	v.wants(v.get("/so/gop-y/tiep?q=lan&sau="+p.opinions[0]), 303, second+"?q=lan")
	v.holds(v.get(first), "Cô <mark>Lan</mark>", ">Cô [tên] tốt lắm</textarea>", "phát hành (người quyết định: lan)", `value="Ông Bình, 9 giờ"`)
	v.wants(v.post(second, "che", "", "da-bao", "", "quyet-dinh", "withheld"), 303, "/so/gop-y/tiep?sau="+p.opinions[1])
	v.wants(v.get("/so/gop-y/tiep?sau="+p.opinions[1]), 303, "/so/gop-y")
	for state, path := range map[string]string{"released": first, "withheld": second, "urgent": first} {
		a := v.get("/so/gop-y?tt=" + state)
		if v.holds(a, path+"?tt="+state, "1 lời góp ý"); strings.Contains(a.body, "Đọc lời góp ý mới") {
			t.Error("there is still something to read")
		}
	}
	if a := v.get("/so/gop-y?tt=new"); !strings.Contains(a.body, "Không có lời góp ý nào như vậy") {
		t.Error("a comment is still new")
	}
	for _, e := range v.log("comment decide") {
		if e.Object != string(p.a.Code) || strings.Contains(e.Detail, "Lan") || strings.Contains(e.Detail, "tốt") {
			t.Errorf("audit log: %+v", e)
		}
	}
}

func (v *person) log(action string) []survey.AuditEntry {
	v.Helper()
	log, err := v.store.AuditLog(v.Context(), survey.AuditQuery{Action: action, Limit: 100})
	if err != nil || len(log) == 0 {
		v.Fatal(log, err)
	}
	return log
}

// ordered gives the file of a work that a form begins.
func (v *person) ordered(path string, fields ...string) string {
	v.Helper()
	a := v.post(path, fields...)
	job := a.Header.Get("Location")
	if a.StatusCode != 303 || !strings.HasPrefix(job, "/so/viec/") {
		v.Fatalf("%d to %q", a.StatusCode, job)
	}
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if strings.Contains(v.get(job+"/tien-do").body, `"done"`) {
			return v.wants(v.get(job+"/tep"), 200, "").body
		}
	}
	v.Fatal("the work does not end")
	return ""
}

func TestViewersReadWhatWasMasked(t *testing.T) {
	p := newProvince(t)
	office, viewer := &person{province: p}, &person{province: p}
	office.login("lan", matrixPassword)
	viewer.login("minh", matrixPassword)
	office.wants(office.post("/so/gop-y/"+p.opinions[0], "che", "Cô [tên] rất tốt", "da-bao", "", "quyet-dinh", "withheld"), 303, "/so/gop-y/tiep?sau="+p.opinions[0])
	list := viewer.holds(viewer.get("/so/gop-y"), "Cô [tên] rất tốt", "Chưa có người đọc")
	if strings.Contains(list.body, "nguyen-van") || strings.Contains(list.body, "/tiep") {
		t.Error("a viewer is led to what is not a viewer's")
	}
	viewer.holds(viewer.get("/so/gop-y/"+p.opinions[0]), "Cô [tên] rất tốt")
	viewer.holds(viewer.get("/so/gop-y/"+p.opinions[1]), "Chưa có cán bộ Văn phòng nào đọc")
	viewer.holds(viewer.get("/so/gop-y?q=0905123456"), "Không có lời góp ý nào như vậy") // a search tells nothing either
	viewer.holds(viewer.get("/so/gop-y?q=rat+TOT"), "1 lời góp ý")
	office.holds(office.get("/so/gop-y?q=0905123456"), "2 lời góp ý")

	seen := cells(t, viewer.ordered("/so/viec/gop-y"))
	if !strings.Contains(seen, "Cô [tên] rất tốt") || strings.Contains(seen, spoken) || strings.Count(seen, "Cô") != 1 {
		t.Errorf("a viewer's file:\n%s", seen)
	}
	masked := cells(t, office.ordered("/so/viec/gop-y", "xep", "-tt"))
	if strings.Contains(masked, spoken) || !strings.Contains(masked, "Cô [tên] tốt, gọi [số điện thoại]") {
		t.Errorf("the masked file:\n%s", masked)
	}
	if e := office.log("export")[0]; e.Actor != "lan" || !strings.HasPrefix(e.Detail, "góp ý đã che (Excel), 2 lời, ") {
		t.Errorf("audit log: %+v", e)
	}
	source := office.wants(office.get("/so/gop-y/nguyen-van.xlsx?tt=new"), 200, "").body
	if got := cells(t, source); !strings.Contains(got, "Cô Lan tốt, gọi "+spoken) || strings.Count(got, "Cô Lan") != 1 || !strings.Contains(got, "NGUYÊN VĂN") || !strings.Contains(got, "Mới, chưa đọc") {
		t.Errorf("the file of what was written:\n%s", got)
	}
	sum := sha256.Sum256([]byte(source))
	if e := office.log("export")[0]; e.Actor != "lan" || e.Detail != "góp ý nguyên văn (Excel), 1 lời, SHA-256 "+hex.EncodeToString(sum[:]) {
		t.Errorf("audit log: %+v", e)
	}
	p.now = p.now.Add(16 * time.Minute)
	office.wants(office.get("/so/gop-y/nguyen-van.xlsx"), 303, "/so/xac-nhan?tiep=%2Fso%2Fgop-y%2Fnguyen-van.xlsx")
}

func TestCommentsAreSorted(t *testing.T) {
	p := newProvince(t)
	v := &person{province: p}
	v.login("lan", matrixPassword)
	v.post("/so/gop-y/"+p.opinions[0], "che", "x", "da-bao", "", "quyet-dinh", "withheld")
	for query, first := range map[string]string{"": p.opinions[0], "?xep=tt": p.opinions[1], "?xep=-tt": p.opinions[0], "?xep=nothing": p.opinions[0]} {
		a := v.get("/so/gop-y" + query)
		if i, j := strings.Index(a.body, p.opinions[0]), strings.Index(a.body, p.opinions[1]); (i < j) != (first == p.opinions[0]) {
			t.Errorf("%s does not begin with %s", query, first)
		}
	}
	v.holds(v.get("/so/gop-y?xep=tt"), `aria-sort="ascending"><a href="/so/gop-y?xep=-tt"`, `<input type="hidden" name="xep" value="tt">`)
	v.holds(v.get("/so/gop-y?xep=-tt"), `aria-sort="descending"><a href="/so/gop-y?xep=tt"`)
}

// What a page of comments shows holds nothing of the answers beside them, and no day.
func TestACommentStandsAlone(t *testing.T) {
	p := newProvince(t)
	v := &person{province: p}
	v.login("lan", matrixPassword)
	for _, path := range []string{"/so/gop-y", "/so/gop-y/" + p.opinions[0]} {
		body := v.get(path).body
		for _, told := range []string{"20/10", "2026-10-20", "09:30", "Hài lòng", "điểm"} {
			if strings.Contains(body[strings.Index(body, "<main"):], told) {
				t.Errorf("%s says %q", path, told)
			}
		}
	}
}
