package sheet

import (
	"cmp"
	"context"
	"errors"
	"io"

	"hailong/survey"
)

// leastResponses is the number of responses below which figures of a school or
// form may not be passed on.
const leastResponses = 10

// ProvinceBook is the province workbook to write: the round's figures by level,
// school, form and item, the opinions, and how all of it was made. It is the
// office's own analysis file: it hides nothing and says so on every sheet.
//
// Sheet names, table names, columns and their order are a contract with those
// who read the file by program. The time it takes depends on the number of
// schools and of opinions, not of responses.
type ProvinceBook struct {
	Results  survey.Results
	Progress func(done, rows int) // told now and then; may be nil
}

// WriteProvince writes the workbook of a round, without stopping and without
// telling how far it is.
func WriteProvince(w io.Writer, results survey.Results) error {
	return ProvinceBook{Results: results}.Write(context.Background(), w)
}

// Write writes the workbook. It stops soon after ctx ends. Other errors are
// internal ones: of the writer, or of results that contradict themselves.
func (pb ProvinceBook) Write(ctx context.Context, w io.Writer) (err error) {
	results := pb.Results
	b, err := newWorkbook("Kết quả hỏi ý kiến về dịch vụ giáo dục công – "+results.Title, results.Made)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	b.margin = "Kết quả hỏi ý kiến – " + results.Title + " – lưu hành nội bộ"
	b.headings = headings(results)
	p := newProvince(results)
	b.written = pb.follow(ctx, p.rows())
	for _, write := range []func(*workbook) error{p.writeSummary, p.writeSchools, p.writeStrata, p.writeItems, p.writeStratumItems, p.writeOpinions, p.writeQuality, p.writeMethod} {
		if err := write(b); err != nil {
			return err
		}
	}
	return b.finish(untilDone{ctx, w})
}

// rowsBetween is how many rows are written between two looks at the context.
const rowsBetween = 200

// follow gives what is called after each row.
func (pb ProvinceBook) follow(ctx context.Context, rows int) func() error {
	done := 0
	return func() error {
		done++
		if done%rowsBetween != 0 && done != rows {
			return nil
		}
		if pb.Progress != nil {
			pb.Progress(min(done, rows), rows)
		}
		return ctx.Err()
	}
}

// rows counts the rows of the tables but those of the last sheet, which is
// text.
func (p *province) rows() int {
	rows := len(p.summary) + len(p.schools) + 2*len(p.strata) + p.answeredItems() + len(p.Opinions)
	for _, form := range p.Questionnaire.Forms {
		rows += len(form.Items) + 1
	}
	return rows
}

// untilDone is a writer that takes nothing more when the context has ended.
type untilDone struct {
	ctx context.Context
	w   io.Writer
}

// Write passes the bytes on.
func (u untilDone) Write(b []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.w.Write(b)
}

// headings are the lines under every sheet's title: of which round, made when,
// and whose wording the questionnaire is. There are always three.
func headings(r survey.Results) []string {
	return []string{
		r.Title,
		"Lập lúc " + r.Made.Format("15:04 ngày 02/01/2006") + " · đợt " + r.Round.State.Name() + " · lưu hành nội bộ",
		cmp.Or(r.Questionnaire.Notice, r.Questionnaire.Title),
	}
}

// province is a round's results with the figures of every part made once.
type province struct {
	survey.Results
	coverage survey.Coverage
	summary  []summaryRow
	strata   []standing // as Strata
	schools  []standing // in the order of their first stratum
}

// standing is a row of figures: those of a school, or of one of its forms.
type standing struct {
	school  survey.School
	strata  []survey.Stratum // one at least
	figures survey.Figures
}

// newProvince makes every figure from the heaps of the strata, which are many
// and are let go again before the first sheet is written.
func newProvince(r survey.Results) *province {
	p := &province{Results: r}
	var parts []survey.Part // as Strata
	of := map[survey.SchoolCode][]int{}
	var order []survey.SchoolCode
	for i, s := range r.Strata {
		parts = append(parts, s.Part())
		p.strata = append(p.strata, p.standing(parts, []int{i}))
		if of[s.School.Code] == nil {
			order = append(order, s.School.Code)
		}
		of[s.School.Code] = append(of[s.School.Code], i)
	}
	for _, code := range order {
		p.schools = append(p.schools, p.standing(parts, of[code]))
	}
	p.coverage, p.summary = survey.Cover(parts), p.summaryRows(parts)
	return p
}

// standing pools the strata with these indexes, which are of one school.
func (p *province) standing(parts []survey.Part, indexes []int) standing {
	s := standing{school: p.Strata[indexes[0]].School}
	var pooled []survey.Part
	for _, i := range indexes {
		s.strata = append(s.strata, p.Strata[i])
		pooled = append(pooled, parts[i])
	}
	s.figures = survey.Pooled.Figures(pooled)
	return s
}

// known gives a figure's value, or nothing when there is none.
func known(e survey.Estimate) any {
	if !e.Known {
		return nil
	}
	return e.Value
}

// low and high give the ends of a figure's interval, or nothing.
func low(e survey.Estimate) any {
	if !e.Known || !e.Interval {
		return nil
	}
	return e.Low
}

func high(e survey.Estimate) any {
	if !e.Known || !e.Interval {
		return nil
	}
	return e.High
}

// rate gives the response rate in percent, or nothing.
func rate(f survey.Figures) any {
	if percent, ok := f.Rate(); ok {
		return percent
	}
	return nil
}

// group gives the figures of a group; a heap of nothing has none.
func group(f survey.Figures, index int) survey.Satisfaction {
	if index < len(f.Groups) {
		return f.Groups[index]
	}
	return survey.Satisfaction{}
}
