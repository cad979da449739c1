// Package xlsx reads the cells of a workbook as texts, row by row, and writes
// texts as a workbook of one sheet.
//
// It is our own since what is read and written are people's data: a library that
// unpacks or writes through temporary files would leave them on the disk, and one
// that gives cells as a spreadsheet shows them cuts telephone numbers (1.38E+10)
// and makes dates ambiguous (01-02-26). Memory holds the shared strings and one
// row. Nothing is calculated: of a formula the value is read that was last kept.
package xlsx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// Errors of Open and Next. None holds what a cell says.
var (
	ErrFormat   = errors.New("not an Excel workbook (.xlsx)")
	ErrTooLarge = errors.New("the workbook is too large")
)

// Limits of what is read.
type Limits struct {
	Unpacked int64 // bytes of all parts that are read
	Shared   int64 // bytes that shared strings take in memory
	Columns  int   // of a row; cells to the right of them are an error
}

// A Reader gives the rows of the first sheet that is not hidden.
type Reader struct {
	file     *zip.Reader
	limits   Limits
	left     int64 // bytes that may still be unpacked
	dates    []dateKind
	from1904 bool
	shared   []string
	sheet    io.ReadCloser
	scan     *scanner
	line     int
	cells    []string
}

type workbook struct {
	Pr struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		State string     `xml:"state,attr"`
		Attrs []xml.Attr `xml:",any,attr"`
	} `xml:"sheets>sheet"`
}

type relations struct {
	All []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

type styles struct {
	Formats []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Cells []struct {
		Format int `xml:"numFmtId,attr"`
	} `xml:"cellXfs>xf"`
}

// Open reads what a workbook says of its sheets, styles and shared strings. It
// gives ErrFormat or ErrTooLarge. The Reader has to be closed.
func Open(r io.ReaderAt, size int64, limits Limits) (*Reader, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, ErrFormat
	}
	x := &Reader{file: z, limits: limits, left: limits.Unpacked}
	book := "xl/workbook.xml"
	var root relations
	if err := x.part("_rels/.rels", &root); err != nil && !errors.Is(err, errNone) {
		return nil, err
	}
	for _, rel := range root.All {
		if strings.HasSuffix(rel.Type, "/officeDocument") {
			book = strings.TrimPrefix(path.Clean("/"+rel.Target), "/")
		}
	}
	var wb workbook
	if err := x.part(book, &wb); err != nil {
		return nil, plain(err)
	}
	x.from1904 = wb.Pr.Date1904 == "1" || wb.Pr.Date1904 == "true"
	dir, base := path.Split(book)
	var rels relations
	if err := x.part(path.Join(dir, "_rels", base+".rels"), &rels); err != nil {
		return nil, plain(err)
	}
	find := func(match func(id, kind string) bool) string {
		for _, rel := range rels.All {
			if match(rel.ID, rel.Type) {
				if strings.HasPrefix(rel.Target, "/") {
					return strings.TrimPrefix(path.Clean(rel.Target), "/")
				}
				return path.Join(dir, rel.Target)
			}
		}
		return ""
	}
	sheet := ""
	for _, s := range wb.Sheets {
		if s.State == "hidden" || s.State == "veryHidden" {
			continue
		}
		for _, a := range s.Attrs {
			if a.Name.Local == "id" && sheet == "" {
				sheet = find(func(id, kind string) bool { return id == a.Value && strings.HasSuffix(kind, "/worksheet") })
			}
		}
	}
	if sheet == "" {
		return nil, ErrFormat
	}
	if p := find(func(_, kind string) bool { return strings.HasSuffix(kind, "/styles") }); p != "" {
		var st styles
		if err := x.part(p, &st); err != nil && !errors.Is(err, errNone) {
			return nil, err
		}
		x.readStyles(st)
	}
	if p := find(func(_, kind string) bool { return strings.HasSuffix(kind, "/sharedStrings") }); p != "" {
		if err := x.readShared(p); err != nil && !errors.Is(err, errNone) {
			return nil, err
		}
	}
	if x.sheet, err = x.open(sheet); err != nil {
		return nil, plain(err)
	}
	x.scan = newScanner(x.sheet)
	return x, nil
}

// Close ends reading.
func (x *Reader) Close() error { return x.sheet.Close() }

var errNone = errors.New("no such part")

// plain is ErrFormat for a part that has to be there.
func plain(err error) error {
	if errors.Is(err, errNone) {
		return ErrFormat
	}
	return err
}

// open opens a part; what is read of it counts against the limit.
func (x *Reader) open(name string) (io.ReadCloser, error) {
	for _, f := range x.file.File {
		if !strings.EqualFold(strings.TrimPrefix(f.Name, "/"), name) {
			continue
		}
		if f.UncompressedSize64 > uint64(x.left) {
			return nil, ErrTooLarge
		}
		r, err := f.Open()
		if err != nil {
			return nil, ErrFormat
		}
		return &counted{r, x}, nil
	}
	return nil, errNone
}

type counted struct {
	io.ReadCloser
	x *Reader
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	if c.x.left -= int64(n); c.x.left < 0 {
		return n, ErrTooLarge
	}
	if err != nil && err != io.EOF {
		err = ErrFormat
	}
	return n, err
}

// maxPart bounds the parts that are read as a whole.
const maxPart = 16 << 20

func (x *Reader) part(name string, into any) error {
	r, err := x.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	l := &io.LimitedReader{R: r, N: maxPart}
	if err := xml.NewDecoder(l).Decode(into); err != nil {
		if l.N <= 0 || errors.Is(err, ErrTooLarge) {
			return ErrTooLarge
		}
		return ErrFormat
	}
	return nil
}

// readShared reads the shared strings: of each the runs together, without the
// readings above them.
func (x *Reader) readShared(name string) error {
	r, err := x.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	s := newScanner(r)
	held := int64(0)
	for {
		t, err := s.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if t.name == "si" && t.open() {
			text := ""
			if !t.empty {
				if text, err = s.texts("si"); err != nil {
					return err
				}
			}
			if held += int64(len(text)) + 16; held > x.limits.Shared {
				return ErrTooLarge
			}
			x.shared = append(x.shared, text)
		}
	}
}

// Next gives the next row with its number in the sheet, from 1. The cells are
// good until the next call. At the end it gives io.EOF.
func (x *Reader) Next() (int, []string, error) {
	for {
		t, err := x.scan.next()
		if err != nil {
			return 0, nil, err
		}
		switch {
		case t.name == "sheetData" && t.close:
			return 0, nil, io.EOF
		case t.name == "row" && t.open():
			x.line++
			if n, err := strconv.Atoi(t.attr("r")); err == nil && n >= x.line {
				x.line = n
			}
			x.cells = x.cells[:0]
			if !t.empty {
				if err := x.row(); err != nil {
					return 0, nil, err
				}
			}
			return x.line, x.cells, nil
		}
	}
}

func (x *Reader) row() error {
	for {
		t, err := x.scan.next()
		if err == io.EOF {
			return ErrFormat
		}
		if err != nil {
			return err
		}
		if t.name == "row" && t.close {
			return nil
		}
		if t.name != "c" || !t.open() {
			continue
		}
		col := len(x.cells)
		if ref := t.attr("r"); ref != "" {
			if c, ok := columnOf(ref); ok {
				col = c
			}
		}
		if col >= x.limits.Columns {
			return ErrTooLarge
		}
		style, kind, empty := t.attr("s"), t.attr("t"), t.empty
		text := ""
		if !empty {
			if text, err = x.cell(kind, style); err != nil {
				return err
			}
		}
		for len(x.cells) <= col {
			x.cells = append(x.cells, "")
		}
		x.cells[col] = text
	}
}

// cell reads up to the end of a cell.
func (x *Reader) cell(kind, style string) (string, error) {
	value, inline := "", ""
	for {
		t, err := x.scan.next()
		if err == io.EOF {
			return "", ErrFormat
		}
		if err != nil {
			return "", err
		}
		switch {
		case t.name == "c" && t.close:
			return x.text(kind, style, value, inline)
		case t.name == "v" && t.open() && !t.empty:
			if value, err = x.scan.text("v"); err != nil {
				return "", err
			}
		case t.name == "is" && t.open() && !t.empty:
			if inline, err = x.scan.texts("is"); err != nil {
				return "", err
			}
		}
	}
}

func (x *Reader) text(kind, style, value, inline string) (string, error) {
	switch kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < 0 || n >= len(x.shared) {
			return "", fmt.Errorf("%w: a cell points at no text", ErrFormat)
		}
		return x.shared[n], nil
	case "inlineStr":
		return inline, nil
	case "str":
		return unescape(value), nil
	case "b":
		if strings.TrimSpace(value) == "1" {
			return "true", nil
		}
		return "false", nil
	case "e", "d":
		return value, nil
	}
	return x.number(strings.TrimSpace(value), style), nil
}

// columnOf reads the letters of B3 as 1.
func columnOf(ref string) (int, bool) {
	n := 0
	for i := 0; i < len(ref); i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			return n - 1, i > 0
		}
		if n = n*26 + int(c-'A') + 1; n > 1<<20 {
			return 0, false
		}
	}
	return n - 1, n > 0
}
