package office

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hailong/survey"
)

// Fields of the forms about what becomes of a school. They differ from those of
// its entry, because both are on one page.
const (
	changeKind    = "viec"
	changeOthers  = "truong-khac"
	changeDay     = "viec-ngay"
	changeReason  = "viec-ly-do"
	renameName    = "ten-moi"
	renameDay     = "ten-ngay"
	renameReason  = "ten-ly-do"
	withdrawID    = "so"
	withdrawWhy   = "huy-ly-do"
	maxOtherCodes = 20
)

// renamed moves what is wrong with a field to the one of that name on the page.
func renamed(err error, fields map[string]string) error {
	return survey.MoveFields(err, fields)
}

// succeed merges, splits or closes a school from a day.
func (p *Pages) succeed(c *fiber.Ctx, account survey.Account) error {
	r, err := p.record(c, account)
	if err != nil {
		return err
	}
	form, err := fieldsOf(c, changeKind, changeOthers, changeDay, changeReason)
	if err != nil {
		return err
	}
	typed := changeForm{form.Get(changeKind), form.Get(changeOthers), form.Get(changeDay), form.Get(changeReason)}
	change, err := typed.read(r.Code)
	if err == nil {
		err = p.Registry.Succeed(c.UserContext(), account.Name, change)
		err = renamed(err, map[string]string{"": changeOthers, survey.DayField: changeDay})
	}
	return p.answer(c, account, r, err, func(v *schoolPage) { v.Change, v.Unfolded = typed, "viec" })
}

// read makes a succession of what was typed about the school.
func (f changeForm) read(school survey.SchoolCode) (survey.Succession, error) {
	change := survey.Succession{Kind: survey.SuccessionKind(f.Kind), Before: []survey.SchoolCode{school}}
	var wrongCode, wrongDay, wrongReason error
	for _, text := range strings.FieldsFunc(f.Others, func(r rune) bool { return strings.ContainsRune(",; \n\r\t", r) }) {
		code, err := survey.ParseSchoolCode(text)
		if err != nil && wrongCode == nil {
			wrongCode = err
		}
		if len(change.After) < maxOtherCodes {
			change.After = append(change.After, code)
		}
	}
	change.Day, wrongDay = survey.ParseDay(f.Day)
	change.Reason, wrongReason = survey.ParseReason(f.Reason)
	return change, survey.JoinFields(renamed(wrongCode, map[string]string{"": changeOthers}), renamed(wrongDay, map[string]string{"": changeDay}),
		renamed(wrongReason, map[string]string{survey.ReasonField: changeReason}))
}

// renameSchool gives a school another name from a day.
func (p *Pages) renameSchool(c *fiber.Ctx, account survey.Account) error {
	r, err := p.record(c, account)
	if err != nil {
		return err
	}
	form, err := fieldsOf(c, renameName, renameDay, renameReason)
	if err != nil {
		return err
	}
	typed := renameForm{form.Get(renameName), form.Get(renameDay), form.Get(renameReason)}
	to, err := typed.read(r.Code)
	if err == nil {
		err = renamed(p.Registry.RenameSchool(c.UserContext(), account.Name, to), map[string]string{survey.NameField: renameName, survey.DayField: renameDay})
	}
	return p.answer(c, account, r, err, func(v *schoolPage) { v.Rename, v.Unfolded = typed, "ten" })
}

func (f renameForm) read(school survey.SchoolCode) (survey.FormerName, error) {
	to := survey.FormerName{School: school}
	var wrongName, wrongDay, wrongReason error
	to.Name, wrongName = survey.ParseSchoolName(f.Name)
	to.Until, wrongDay = survey.ParseDay(f.Day)
	to.Reason, wrongReason = survey.ParseReason(f.Reason)
	return to, survey.JoinFields(renamed(wrongName, map[string]string{"": renameName}), renamed(wrongDay, map[string]string{"": renameDay}),
		renamed(wrongReason, map[string]string{survey.ReasonField: renameReason}))
}

// withdraw takes a succession back.
func (p *Pages) withdraw(c *fiber.Ctx, account survey.Account) error {
	r, err := p.record(c, account)
	if err != nil {
		return err
	}
	form, err := fieldsOf(c, withdrawID, withdrawWhy)
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(form.Get(withdrawID), 10, 64)
	if _, touches := r.Successions.ByID(id); err != nil || !touches {
		return fiber.ErrNotFound
	}
	reason, err := survey.ParseReason(form.Get(withdrawWhy))
	if err == nil {
		err = p.Registry.WithdrawSuccession(c.UserContext(), account.Name, reason, id)
	}
	return p.answer(c, account, r, renamed(err, map[string]string{survey.ReasonField: "huy-" + form.Get(withdrawID)}), func(v *schoolPage) { v.Reason, v.Unfolded = form.Get(withdrawWhy), "huy" })
}
