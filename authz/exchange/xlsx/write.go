package xlsx

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// ErrCell is given for a text that no cell holds.
var ErrCell = errors.New("a text is longer than the 32767 characters of a cell")

const maxCell = 32767 // UTF-16 units

// A Writer writes one sheet. Every cell is text and says so, in a style by which a
// spreadsheet takes nothing typed into it for a formula either.
type Writer struct {
	zip  *zip.Writer
	out  *bufio.Writer
	line int
}

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// parts are the same for every workbook.
var parts = [...]struct{ name, xml string }{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
	{"xl/styles.xml", `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`},
}

// NewWriter begins a workbook with a sheet of a name of at most 31 letters. The
// first row is a head: bold, and it stays when the sheet is moved.
func NewWriter(w io.Writer, sheet string) (*Writer, error) {
	x := &Writer{zip: zip.NewWriter(w)}
	add := func(name, xml string) error {
		p, err := x.zip.Create(name) // no date: the same rows give the same bytes
		if err == nil {
			_, err = io.WriteString(p, head+xml)
		}
		return err
	}
	for _, p := range parts {
		if err := add(p.name, p.xml); err != nil {
			return nil, err
		}
	}
	if err := add("xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="`+escape(sheet)+`" sheetId="1" r:id="rId1"/></sheets></workbook>`); err != nil {
		return nil, err
	}
	p, err := x.zip.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, err
	}
	x.out = bufio.NewWriterSize(p, 64<<10)
	_, err = x.out.WriteString(head + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><sheetData>`)
	return x, err
}

// Write adds a row. It gives ErrCell for a text that is too long.
func (x *Writer) Write(cells []string) error {
	x.line++
	style := "1"
	if x.line == 1 {
		style = "2"
	}
	line := strconv.Itoa(x.line)
	x.put(`<row r="`, line, `">`)
	for i, c := range cells {
		if c == "" {
			continue
		}
		if tooLong(c) {
			return fmt.Errorf("row %d, column %s: %w", x.line, letters(i), ErrCell)
		}
		x.put(`<c r="`, letters(i), line, `" s="`, style, `" t="inlineStr"><is><t xml:space="preserve">`, escape(c), `</t></is></c>`)
	}
	_, err := x.out.WriteString(`</row>`)
	return err
}

// put writes texts; an error comes back with the next one that is asked for.
func (x *Writer) put(texts ...string) {
	for _, t := range texts {
		_, _ = x.out.WriteString(t)
	}
}

// Close ends the workbook; what it is written to stays open.
func (x *Writer) Close() error {
	if _, err := x.out.WriteString(`</sheetData></worksheet>`); err != nil {
		return err
	}
	if err := x.out.Flush(); err != nil {
		return err
	}
	return x.zip.Close()
}

func tooLong(s string) bool {
	if len(s) <= maxCell {
		return false
	}
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n > maxCell
}

// letters is 1 as B.
func letters(col int) string {
	s := ""
	for col++; col > 0; col = (col - 1) / 26 {
		s = string(rune('A'+(col-1)%26)) + s
	}
	return s
}

// escape writes a text for XML, with _x000D_ and its like for what XML cannot
// hold; bytes that are no UTF-8 become U+FFFD.
func escape(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool {
		return r == '&' || r == '<' || r == '>' || r == '"' || r == '_' || r < ' ' || r >= 0xfffd
	}) {
		return s
	}
	var out strings.Builder
	for i, r := range s {
		switch {
		case r == '&':
			out.WriteString("&amp;")
		case r == '<':
			out.WriteString("&lt;")
		case r == '>':
			out.WriteString("&gt;")
		case r == '"':
			out.WriteString("&quot;")
		case r == '_' && escaped(s[i:]):
			out.WriteString("_x005F_")
		case r < ' ' && r != '\n' && r != '\t', r == 0xfffe, r == 0xffff:
			fmt.Fprintf(&out, "_x%04X_", r)
		case r == utf8.RuneError:
			out.WriteRune(r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// escaped reports whether a text begins as what unescape would change.
func escaped(s string) bool { return len(s) >= 7 && unescape(s[:7]) != s[:7] }
