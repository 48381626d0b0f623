// Package sheet writes the workbooks that people take away and reads the ones
// that they bring: the school list and the questionnaire (an XLSForm), both ways,
// and the province's results.
//
// It knows Excel files and the words in their headers. It decides nothing
// about the field: what a school, a commune or a valid enrolment is, and every
// figure, comes from package survey. It reads no clock, opens no file and
// no connection: bytes come in, bytes go out, and a workbook that somebody
// uploads reaches the Excel library only after the checks in gate.go.
package sheet
