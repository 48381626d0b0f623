package main

import (
	"fmt"

	"hailong/store"
	"hailong/survey"
)

type checkCommand struct{}

// Run proves the database and fails when anything is wrong with it.
func (checkCommand) Run(p *program) error {
	return p.withStore(func(s *store.Store) error {
		in, err := s.Check(p.ctx)
		if err != nil {
			return err
		}
		for _, f := range in.Findings {
			fmt.Fprintln(p.errors, survey.FieldError{Message: f.Message, English: f.English}.In(p.lang))
		}
		if n := len(in.Findings); n > 0 {
			return survey.Refuse(survey.Conflict, "Kiểm tra thấy %d điều sai", "The check found %d things wrong", n)
		}
		fmt.Fprintf(p.out, "Dữ liệu tốt: %s trường, %s phiếu của trường, %s phiếu trả lời đếm lại khớp số đã lưu, %s ý kiến; tệp và nhật ký nguyên vẹn.\n",
			survey.Count(in.Schools), survey.Count(in.Strata), survey.Count(in.Responses), survey.Count(in.Opinions))
		return nil
	})
}
