package main

import (
	"fmt"
	"os"
	"path/filepath"

	"hailong/web/page"
)

// textsCommands are the commands about what the pages of those who answer say.
type textsCommands struct {
	Template textsTemplate `cmd:"" help:"Ghi tệp câu chữ tiếng Việt để dịch sang một tiếng khác (the texts to translate)."`
	Check    textsCheck    `cmd:"" help:"Kiểm tra các tệp câu chữ trong thư mục tieng của thư mục dữ liệu (check the texts in the data folder)."`
}

// textsFolder holds a file for each further language, such as rad.txt.
const textsFolder = "tieng"

type textsTemplate struct {
	File string `arg:"" help:"Tệp .txt sẽ ghi, đặt tên theo mã tiếng, ví dụ rad.txt." placeholder:"MA.txt"`
}

// Run writes the Vietnamese texts.
func (c textsTemplate) Run(p *program) error {
	data, err := page.Template()
	if err != nil {
		return err
	}
	if err := writeFile(c.File, func(f *os.File) error { _, err := f.Write(data); return err }); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Đã ghi %s. Dịch phần sau dấu =, rồi để vào thư mục %s và chạy lại dịch vụ.\n", c.File, filepath.Join(p.data, textsFolder))
	return nil
}

type textsCheck struct{}

// Run says what cannot be used in the files, or is missing.
func (textsCheck) Run(p *program) error {
	_, notes, err := p.texts()
	if err != nil {
		return err
	}
	for _, note := range notes {
		fmt.Fprintf(p.out, "%s\n", note)
	}
	if len(notes) == 0 {
		fmt.Fprintln(p.out, "Mọi tệp câu chữ đều đủ và đúng.")
	}
	return nil
}

// texts reads the further languages of the data folder.
func (p *program) texts() (*page.Catalog, []string, error) {
	return page.ReadCatalog(os.DirFS(filepath.Join(p.data, textsFolder)))
}
