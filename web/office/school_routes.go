package office

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
)

// Addresses of the pages about schools.
const (
	schoolsPath   = "/so/truong"
	schoolsFile   = "/so/truong.xlsx"
	schoolsAdd    = schoolsPath + "/them"
	schoolsEmpty  = schoolsPath + "/mau.xlsx"
	areasPath     = schoolsPath + "/xa"
	areasFile     = schoolsPath + "/xa.xlsx"
	SchoolsUpload = schoolsPath + "/nap" // takes the list of schools as a file
)

// SchoolList is all schools and communes, and the lists that are brought.
// TakeSchools refuses with Conflict what would do something else than was seen.
type SchoolList interface {
	Schools(ctx context.Context) ([]survey.School, error)
	Areas(ctx context.Context) (survey.Areas, error)
	LoadSchools(ctx context.Context, actor string, listed []survey.School, trial bool) (survey.SchoolChanges, error)
	TakeSchools(ctx context.Context, actor string, listed []survey.School, seen survey.SchoolChanges) (survey.SchoolChanges, error)
}

// SchoolDesk is one school and what can be done to it.
type SchoolDesk interface {
	SchoolRecord(ctx context.Context, code survey.SchoolCode) (survey.SchoolRecord, error)
	AddSchool(ctx context.Context, actor, reason string, school survey.School) (survey.School, error)
	EditSchool(ctx context.Context, actor string, edit survey.SchoolEdit) (survey.SchoolChange, error)
	RenameSchool(ctx context.Context, actor string, to survey.FormerName) error
	RotateLink(ctx context.Context, actor string, school survey.SchoolCode) (survey.LinkCode, error)
	GrantAccess(ctx context.Context, actor string, school survey.SchoolCode) (secret string, err error)
}

// LineageDesk is what became of schools.
type LineageDesk interface {
	Succeed(ctx context.Context, actor string, change survey.Succession) error
	WithdrawSuccession(ctx context.Context, actor, reason string, id int64) error
}

// AreaDesk is the communes.
type AreaDesk interface {
	AreaRecords(ctx context.Context) ([]survey.AreaRecord, error)
	AddArea(ctx context.Context, actor, reason string, area survey.Area) error
	EditArea(ctx context.Context, actor, reason string, area survey.Area) error
	MergeArea(ctx context.Context, actor string, merger survey.AreaMerger) (moved int64, err error)
}

// Registry is everything that is known of schools and communes.
type Registry interface {
	SchoolList
	SchoolDesk
	LineageDesk
	AreaDesk
}

// schoolRoutes adds the pages about schools. Those with a name of their own
// come before the one of a school.
func (p *Pages) schoolRoutes(r fiber.Router) {
	r.Get(schoolsPath, p.own(p.listSchools))
	r.Get(schoolsFile, p.own(p.schoolsWorkbook))
	r.Get(schoolsEmpty, p.reading(p.emptyList))
	r.Get(schoolsAdd, p.changing(p.showAdd))
	r.Post(schoolsAdd, p.changing(p.addSchool))
	r.Get(SchoolsUpload, p.changing(p.showUpload))
	r.Post(SchoolsUpload, p.changing(p.upload))
	r.Get(SchoolsUpload+"/:id", p.changing(p.showImport))
	r.Post(SchoolsUpload+"/:id", p.changing(p.takeImport))
	r.Get(SchoolsUpload+"/:id/loi.xlsx", p.changing(p.faultsFile))
	r.Get(areasPath, p.reading(p.listAreas))
	r.Get(areasFile, p.reading(p.areasWorkbook))
	r.Post(areasPath+"/them", p.changing(p.addArea))
	r.Post(areasPath+"/nhap", p.changing(p.mergeArea))
	r.Get(areasPath+"/:code", p.changing(p.showArea))
	r.Post(areasPath+"/:code", p.changing(p.editArea))
	r.Get(schoolsPath+"/:code", p.own(p.showSchool))
	r.Post(schoolsPath+"/:code/sua", p.changing(p.editSchool))
	r.Post(schoolsPath+"/:code/doi-ten", p.changing(p.renameSchool))
	r.Post(schoolsPath+"/:code/thay-doi", p.changing(p.succeed))
	r.Post(schoolsPath+"/:code/huy", p.changing(p.withdraw))
	r.Get(schoolsPath+"/:code/doi-lien-ket", p.changing(p.askRotate))
	r.Post(schoolsPath+"/:code/doi-lien-ket", p.changing(p.rotate))
	r.Post(schoolsPath+"/:code/trang-rieng", p.changing(p.grantAccess))
	r.Get(schoolsPath+"/:code/trang-rieng/:id", p.changing(p.showAccess))
}
