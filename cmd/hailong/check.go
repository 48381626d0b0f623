package main

import (
	"fmt"

	"hailong/store"
	"hailong/survey"
)

type checkCommand struct{}

// Run proves the database without changing it, and fails when anything is
// wrong with it.
func (checkCommand) Run(p *program) error {
	e, err := store.Examine(p.ctx, store.Options{Dir: p.data, Zone: p.zone})
	if err != nil {
		return err
	}
	for _, f := range e.Well {
		fmt.Fprintln(p.out, p.say(f))
	}
	for _, f := range e.Findings {
		fmt.Fprintln(p.errors, p.say(f))
	}
	if n := len(e.Findings); n > 0 {
		return survey.Refuse(survey.Conflict, "Kiểm tra thấy %d điều sai", "The check found %d things wrong", n)
	}
	fmt.Fprintf(p.out, "Dữ liệu tốt: %s trường, %s phiếu của trường, %s phiếu trả lời đếm lại khớp số đã lưu, %s ý kiến; tệp và nhật ký nguyên vẹn.\n",
		survey.Count(e.Schools), survey.Count(e.Strata), survey.Count(e.Responses), survey.Count(e.Opinions))
	return nil
}

func (p *program) say(f store.Finding) string {
	return survey.FieldError{Message: f.Message, English: f.English}.In(p.lang)
}
