package sheet

import "github.com/xuri/excelize/v2"

// look is how a cell of the office's workbooks is drawn.
type look uint8

// The looks. Body cells have thin borders; text that may be long is wrapped.
const (
	plainLook   look = iota // text on a page without borders
	titleLook               // the sheet's title
	headingLook             // the lines under the title
	headerLook              // the row of column names
	sectionLook             // a heading among rows of text
	codeLook                // a code: text, even when it is all digits
	nameLook                // a name: text, even when it looks like a formula
	textLook                // running text
	countLook               // #,##0
	rateLook                // one decimal
	figureLook              // two decimals
	lookCount
)

const (
	fontName     = "Times New Roman"
	fontSize     = 12.0
	titleSize    = 14.0
	lineHeight   = 15.75 // points, of one line at fontSize
	headerFill   = "DDEBF7"
	borderColour = "A6A6A6"
)

// The number formats that Excel knows by number.
const (
	wholeFormat = 3  // #,##0
	twoFormat   = 2  // 0.00
	textFormat  = 49 // @
)

// styles gives the style of every look.
func styles() [lookCount]*excelize.Style {
	oneDecimal := "0.0"
	left := &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true, Indent: 1}
	centre := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	number := &excelize.Alignment{Horizontal: "right", Vertical: "center"}
	return [lookCount]*excelize.Style{
		plainLook:   {Font: font(fontSize, false)},
		titleLook:   {Font: font(titleSize, true)},
		headingLook: {Font: font(fontSize, false), Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}},
		headerLook:  {Font: font(fontSize, true), Alignment: centre, Fill: lightFill(), Border: thinBorders()},
		sectionLook: {Font: font(fontSize, true), Alignment: left, Fill: lightFill(), Border: thinBorders()},
		codeLook:    {Font: font(fontSize, false), Alignment: left, NumFmt: textFormat, Border: thinBorders()},
		nameLook:    {Font: font(fontSize, false), Alignment: left, NumFmt: textFormat, Border: thinBorders()},
		textLook:    {Font: font(fontSize, false), Alignment: left, Border: thinBorders()},
		countLook:   {Font: font(fontSize, false), Alignment: number, NumFmt: wholeFormat, Border: thinBorders()},
		rateLook:    {Font: font(fontSize, false), Alignment: number, CustomNumFmt: &oneDecimal, Border: thinBorders()},
		figureLook:  {Font: font(fontSize, false), Alignment: number, NumFmt: twoFormat, Border: thinBorders()},
	}
}

func font(size float64, bold bool) *excelize.Font {
	return &excelize.Font{Family: fontName, Size: size, Bold: bold, Color: "000000"}
}

func lightFill() excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{headerFill}}
}

func thinBorders() []excelize.Border {
	var borders []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		borders = append(borders, excelize.Border{Type: side, Color: borderColour, Style: 1})
	}
	return borders
}

// addStyles makes Times New Roman 12 the workbook's own font, by which column
// widths are measured, and gives each look its number in the file.
func addStyles(f *excelize.File) ([lookCount]int, error) {
	var ids [lookCount]int
	if err := f.SetDefaultFont(fontName); err != nil {
		return ids, err
	}
	*f.Styles.Fonts.Font[0].Sz.Val = fontSize
	for l, style := range styles() {
		id, err := f.NewStyle(style)
		if err != nil {
			return ids, err
		}
		ids[l] = id
	}
	return ids, nil
}
