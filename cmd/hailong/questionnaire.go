package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"hailong/export/sheet"
	"hailong/store"
	"hailong/survey"
)

// questionnaireCommands are the commands about the questionnaire.
type questionnaireCommands struct {
	Export questionnaireExport `cmd:"" help:"Ghi một bộ câu hỏi thành tệp XLSForm (write a version as an XLSForm)."`
	Import questionnaireImport `cmd:"" help:"Nạp bộ câu hỏi từ tệp XLSForm, tất cả hoặc không gì cả (take over a version, all or nothing)."`
	List   questionnaireList   `cmd:"" help:"Liệt kê các bộ câu hỏi (list the versions)."`
	Use    questionnaireUse    `cmd:"" help:"Chọn bộ câu hỏi cho các đợt mở sau này (choose the version that rounds open with)."`
}

type questionnaireExport struct {
	File    string `arg:"" help:"Tệp .xlsx sẽ ghi." placeholder:"TEP.xlsx"`
	Version string `help:"Phiên bản; mặc định là bộ mà đợt tới sẽ dùng (default: the one of the next round)." placeholder:"V"`
	Media   string `help:"Thư mục để ghi các bản ghi âm (folder for the recordings)." placeholder:"THU-MUC"`
}

// Run writes a version as an XLSForm.
func (c questionnaireExport) Run(p *program) error {
	return p.withStore(func(s *store.Store) error {
		q, err := s.Questionnaire(p.ctx, survey.Version(c.Version))
		if err != nil {
			return err
		}
		err = writeFile(c.File, func(f *os.File) error { return sheet.WriteQuestionnaire(f, q) })
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Đã ghi bộ câu hỏi %s (%d phiếu): %s\n", q.Version, len(q.Forms), c.File)
		return p.writeMedia(s, q, c.Media)
	})
}

type questionnaireImport struct {
	File   string `arg:"" help:"Tệp .xlsx dạng XLSForm." placeholder:"TEP.xlsx"`
	DryRun bool   `help:"Chỉ xem trước, không ghi (show what would change)."`
	Media  string `help:"Thư mục hoặc tệp .zip có các bản ghi âm mà cột media::audio nhắc đến (folder or ZIP file of the recordings)." placeholder:"THU-MUC"`
}

// Run reads an XLSForm, reports every fault of it at once, or takes it over.
func (c questionnaireImport) Run(p *program) error {
	content, err := readUpload(c.File)
	if err != nil {
		return err
	}
	files, err := readMedia(c.Media)
	if err != nil {
		return err
	}
	return p.withStore(func(s *store.Store) error {
		q, err := p.readQuestionnaire(s, content, files)
		if err != nil {
			return err
		}
		changes, err := s.ImportQuestionnaire(p.ctx, actor, q, c.DryRun)
		if err != nil {
			return err
		}
		p.printQuestionnaire(q, changes, c.DryRun)
		if c.DryRun {
			return nil
		}
		return p.printNext(s)
	})
}

// readQuestionnaire reads an XLSForm and says every fault of it. Recordings that
// the service has already need not come again.
func (p *program) readQuestionnaire(s *store.Store, content []byte, files map[string][]byte) (survey.QuestionnaireUpload, error) {
	kept, err := s.StoredRecordings(p.ctx)
	if err != nil {
		return survey.QuestionnaireUpload{}, err
	}
	q, warnings, err := sheet.ReadQuestionnaire(content, sheet.Media{Files: files, Kept: kept})
	if err != nil {
		var faults sheet.Faults
		if errors.As(err, &faults) {
			fmt.Fprintln(p.errors, faults.In(p.lang))
		}
		return q, err
	}
	for _, w := range warnings {
		fmt.Fprintf(p.errors, "Lưu ý: %s\n", w.In(p.lang))
	}
	return q, nil
}

func (p *program) printQuestionnaire(q survey.QuestionnaireUpload, c survey.QuestionnaireChanges, trial bool) {
	if c.Same {
		fmt.Fprintf(p.out, "Bộ câu hỏi %s đã có với đúng nội dung này; không thay đổi gì.\n", q.Version)
		return
	}
	verb := "Đã nạp"
	if trial {
		verb = "Xem trước, chưa ghi"
	}
	replaced := ""
	if c.Replaces {
		replaced = ", thay bản cùng tên mà chưa đợt nào dùng"
	}
	fmt.Fprintf(p.out, "%s bộ câu hỏi %s: %d phiếu%s.\n", verb, q.Version, len(q.Forms), replaced)
	if c.Since == "" {
		return
	}
	fmt.Fprintf(p.out, "So với bộ %s: thêm %d câu, bỏ %d câu, đổi lời %d chỗ.\n", c.Since, len(c.Added), len(c.Dropped), len(c.Reworded))
	printList(p, "  câu thêm: ", c.Added)
	printList(p, "  câu bỏ: ", c.Dropped)
	for _, r := range c.Reworded {
		in := ""
		if r.Language != "" {
			in = " tiếng " + r.Language
		}
		fmt.Fprintf(p.out, "  câu đổi lời%s: %s ở phiếu %s: «%s» → «%s»\n", in, r.Code, list(r.Forms), r.Before, r.After)
	}
	for _, t := range c.Languages {
		fmt.Fprintf(p.out, "  tiếng thêm: %s (%s)\n", t.Name, t.Code)
	}
	for _, t := range c.LanguagesDropped {
		fmt.Fprintf(p.out, "  tiếng bỏ: %s (%s)\n", t.Name, t.Code)
	}
	printList(p, "  bản ghi âm mới hoặc đổi: ", c.Recordings)
}

func printList[T ~string](p *program, what string, codes []T) {
	if len(codes) > 0 {
		fmt.Fprintf(p.out, "%s%s\n", what, list(codes))
	}
}

// list joins codes for reading.
func list[T ~string](codes []T) string {
	words := make([]string, len(codes))
	for i, code := range codes {
		words[i] = string(code)
	}
	return strings.Join(words, ", ")
}

// printNext says which version the next round opens with.
func (p *program) printNext(s *store.Store) error {
	editions, err := s.Questionnaires(p.ctx)
	if err != nil {
		return err
	}
	for _, e := range editions {
		if e.Next {
			fmt.Fprintf(p.out, "Đợt mở tiếp theo dùng bộ câu hỏi %s.\n", e.Questionnaire.Version)
		}
	}
	return nil
}

type questionnaireList struct{}

// Run prints a line for each version, newest first: version, forms, rounds,
// whether the next round opens with it, title.
func (questionnaireList) Run(p *program) error {
	return p.withStore(func(s *store.Store) error {
		editions, err := s.Questionnaires(p.ctx)
		if err != nil {
			return err
		}
		for _, e := range editions {
			p.printEdition(e)
		}
		return nil
	})
}

func (p *program) printEdition(e survey.Edition) {
	used := "chưa đợt nào dùng"
	if len(e.Rounds) > 0 {
		used = "đã dùng: " + list(e.Rounds)
	}
	next := ""
	if e.Next {
		next = "đợt tới"
	}
	q := e.Questionnaire
	fmt.Fprintf(p.out, "%s\t%d phiếu\t%s\t%s\t%s\t%s\n", q.Version, len(q.Forms), used, next, languages(q), q.Title)
}

// languages names the languages of a questionnaire, and how many recordings.
func languages(q *survey.Questionnaire) string {
	var names []string
	for _, t := range q.Tongues() {
		names = append(names, string(t.Code))
	}
	if n := len(q.Recordings); n > 0 {
		return fmt.Sprintf("%s, %d bản ghi âm", strings.Join(names, " "), n)
	}
	return strings.Join(names, " ")
}

type questionnaireUse struct {
	Version string `arg:"" optional:"" help:"Phiên bản; để trống là luôn dùng bộ mới nhất (none: always the newest)." placeholder:"V"`
}

// Run chooses the version that rounds open with from now on.
func (c questionnaireUse) Run(p *program) error {
	return p.withStore(func(s *store.Store) error {
		if err := s.UseQuestionnaire(p.ctx, actor, survey.Version(c.Version)); err != nil {
			return err
		}
		return p.printNext(s)
	})
}
