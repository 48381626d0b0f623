package office

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
	"hailong/web/page"
)

// menu is the pages that can be gone to from every page, in their order, each
// with the roles that may open it: the same as in Routes.
var menu = []struct {
	path, text string
	may        func(survey.Role) bool
}{
	{home, "Tình hình", anyone},
	{schoolsPath, "Trường", anyone},
	{roundsPath, "Đợt", survey.Role.ReadsAll},
	{libraryPath, "Bộ câu hỏi", survey.Role.ReadsAll},
	{resultsPath, "Kết quả", anyone},
	{commentsPath, "Góp ý", survey.Role.ReadsAll},
	{packPath, "Bộ tài liệu", anyone},
	{auditPath, "Nhật ký", survey.Role.ReadsAll},
	{staffPath, "Tài khoản", survey.Role.Changes},
	{settingsPath, "Cài đặt", survey.Role.Changes},
}

func anyone(survey.Role) bool { return true }

// menuOf gives what the role may open. The entry under which a page lies is
// the current one.
func menuOf(role survey.Role, at string) []page.MenuLink {
	var links []page.MenuLink
	for _, m := range menu {
		if m.may(role) {
			links = append(links, page.MenuLink{Path: m.path, Text: m.text, Current: m.path == at || m.path != home && strings.HasPrefix(at, m.path+"/")})
		}
	}
	return links
}

// Back is where a page of failures at an address of the office leads; false for
// other addresses. Whoever stood at a door has no session yet.
func Back(path string) (page.MenuLink, bool) {
	for _, door := range []string{loginPath, startPath, activatePath} {
		if path == door || strings.HasPrefix(path, door+"/") {
			return page.MenuLink{Path: loginPath, Text: "Về trang đăng nhập"}, true
		}
	}
	return page.MenuLink{Path: home, Text: "Về trang Tình hình"}, strings.HasPrefix(path, home)
}

// head is what every page of the office has.
func (p *Pages) head(c *fiber.Ctx, title string, account survey.Account) page.Head {
	head := page.NewHead(title, p.Directory())
	if account.Name != "" {
		head.Account, head.Menu, head.Token = account.Name, menuOf(account.Role, c.Path()), page.Token(p.cookie.Read(c))
	}
	return head
}
