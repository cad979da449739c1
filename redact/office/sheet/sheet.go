package sheet

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"

	"consentry/redact"
	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

// A Sheet is the rows of a worksheet, found and not kept: each is read again when
// it is asked for. It is not changed after Read.
type Sheet struct {
	src      []byte
	file     int
	strings  *Strings
	dates    []bool // styles of cells that show a number as a date
	from, to int    // bytes of the rows
	shown    int    // bytes of the shared strings that its cells show, each as often as it is shown
	reading  bool   // Read is not done
	rows     []span
	literals []span // formulas that hold texts
	formulas bool
	Always   []splice.Change // what is in the rows and belongs to none of them
}

// Read finds the rows of a worksheet in UTF-8, which is the file-th of its document.
// Cells show the strings of a table; styles of cells that show dates are given by
// their number.
func Read(src []byte, file int, table *Strings, dates []bool) (*Sheet, error) {
	t := &Sheet{src: src, file: file, strings: table, dates: dates, from: len(src), to: len(src)}
	s := xmltext.NewScanner(src)
	for depth := 0; ; {
		tok, more, err := s.Next()
		if err != nil {
			return nil, err
		}
		if !more {
			return t, nil // a sheet without rows
		}
		switch tok.Kind {
		case xmltext.Start:
			if depth == 1 && local(tok.Name) == "sheetData" {
				t.from = tok.To
				return t, t.read()
			}
			depth++
		case xmltext.End:
			depth--
		}
	}
}

// maxShown bounds what the cells of a sheet show of shared strings, in bytes: one
// string of a megabyte that each of a million cells points at is no table.
const maxShown = 256 << 20

var errShown = fmt.Errorf("%w: its cells show more than %d MB of text", redact.ErrTooLarge, maxShown>>20)

// read goes through all rows once.
func (t *Sheet) read() error {
	t.reading = true
	defer func() { t.reading = false }()
	s := xmltext.NewScanner(t.src[t.from:])
	for {
		e, more, err := child(t.src, s, t.from)
		if err != nil {
			return err
		}
		if !more {
			break
		}
		if e.name != "row" {
			t.drop(e.from, e.to)
			continue
		}
		t.attributes(e.attrs)
		t.rows = append(t.rows, span{uint32(e.from), uint32(e.to)})
		if err := t.check(e); err != nil {
			return err
		}
		if t.shown > maxShown {
			return errShown
		}
	}
	t.to = t.from + s.At()
	end := bytes.LastIndexByte(t.src[:t.to], '<')
	if end < t.from {
		return errCut
	}
	t.to = end
	t.Always = append(t.Always, remarks(t.src, t.file, t.from, t.to)...)
	return nil
}

func (t *Sheet) drop(from, to int) {
	t.Always = append(t.Always, splice.Change{File: t.file, From: from, To: to})
}

// kept are the attributes of rows, cells and formulas that stay: numbers, keywords
// and references to cells. Those that lead to metadata of values, which no output
// has, do not.
var kept = map[string]bool{
	"r": true, "s": true, "t": true, "ph": true, "spans": true, "customFormat": true, "ht": true, "hidden": true, "customHeight": true, "outlineLevel": true,
	"collapsed": true, "thickTop": true, "thickBot": true, "dyDescent": true,
	"ref": true, "si": true, "ca": true, "aca": true, "bx": true, "dt2D": true, "dtr": true, "del1": true, "del2": true, "r1": true, "r2": true, "space": true,
}

func (t *Sheet) attributes(attrs []xmltext.Attr) {
	for _, a := range attrs {
		if !kept[local(a.Name)] || !plain(t.src[a.ValueFrom:a.ValueTo]) {
			t.drop(a.From, a.To)
		}
	}
}

// check reads a row: which strings and formulas it has, and what goes from it.
func (t *Sheet) check(row element) error {
	s := xmltext.NewScanner(t.src[row.inner:max(row.inner, row.end)])
	if row.inner == 0 {
		return nil
	}
	for {
		e, more, err := child(t.src, s, row.inner)
		if err != nil || !more {
			return err
		}
		if e.name != "c" {
			t.drop(e.from, e.to)
			continue
		}
		t.attributes(e.attrs)
		c, err := t.cell(e)
		if err != nil {
			return err
		}
		for _, o := range c.others {
			t.drop(o.from, o.to)
		}
		if c.shared >= 0 {
			t.strings.used[c.shared] = true
		}
		t.Always = append(t.Always, c.rich.always...)
		if c.formula.name == "" {
			continue
		}
		t.formulas = true
		t.attributes(c.formula.attrs)
		if c.formula.inner > 0 {
			if b := t.src[c.formula.inner:c.formula.end]; bytes.IndexByte(b, '<') >= 0 {
				return errNested
			} else if bytes.IndexByte(b, '"') >= 0 || bytes.IndexByte(b, '&') >= 0 {
				t.literals = append(t.literals, span{uint32(c.formula.inner), uint32(c.formula.end)})
			}
		}
	}
}

// A cell is what is in one.
type cell struct {
	element
	text    splice.Text
	shared  int // its string in the table; -1 for none
	formula element
	rich    rich
	others  []element // what is not known
}

func (t *Sheet) attr(e element, name string) string {
	for _, a := range e.attrs {
		if a.Name == name {
			return string(t.src[a.ValueFrom:a.ValueTo])
		}
	}
	return ""
}

// cell reads a cell (18.3.1.4).
func (t *Sheet) cell(e element) (c cell, err error) {
	c = cell{element: e, shared: -1}
	if e.inner == 0 {
		return c, nil
	}
	kind := t.attr(e, "t")
	s := xmltext.NewScanner(t.src[e.inner:e.end])
	for {
		x, more, err := child(t.src, s, e.inner)
		if err != nil || !more {
			return c, err
		}
		switch {
		case x.name == "v" && x.inner > 0:
			v, err := said(t.src, x.inner, x.end)
			if err != nil {
				return c, err
			}
			t.value(&c, kind, v)
		case x.name == "v":
		case x.name == "f" && c.formula.name == "":
			c.formula = x
		case x.name == "is" && c.rich.text == nil:
			if c.rich, err = read(t.src, t.file, x.from, x.to); err != nil {
				return c, err
			}
			if c.text == nil {
				c.text = c.rich.text
			} else {
				c.others = append(c.others, x)
			}
		default:
			c.others = append(c.others, x)
		}
	}
}

// value reads what the cell's value says, by its type.
func (t *Sheet) value(c *cell, kind, v string) {
	text := Unescape(v)
	switch kind {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(v)); err == nil && i >= 0 && i < t.strings.Len() {
			c.shared = i
			if t.reading {
				t.shown += int(t.strings.items[i].to - t.strings.items[i].from)
				return
			}
			c.text = append(c.text, t.strings.at(i).text...)
			return
		}
	case "b":
		if v == "0" || v == "1" || v == "true" || v == "false" {
			return
		}
	case "e":
		if strings.HasPrefix(v, "#") && len(v) <= 20 && plain([]byte(strings.NewReplacer("#", "", "/", "", "!", "", "?", "", "_", "").Replace(v))) {
			return
		}
	case "", "n":
		text = t.number(*c, v)
	}
	if text != "" {
		c.text = append(c.text, splice.Piece{Text: text, File: t.file, From: c.from, To: c.to, Encode: CellText})
	}
}

// number is a number as a reader sees it: without an exponent, or as a date.
func (t *Sheet) number(c cell, v string) string {
	x, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
	if err != nil {
		return v
	}
	if style, err := strconv.Atoi(t.attr(c.element, "s")); err == nil && style >= 0 && style < len(t.dates) && t.dates[style] {
		if d, ok := date(x); ok {
			return d
		}
	}
	if strings.ContainsAny(v, "eE") && math.Abs(x) < 1e21 {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return v
}

// Rows is the number of rows.
func (t *Sheet) Rows() int { return len(t.rows) }

// Texts are the rows from the from-th to the to-th (exclusive) that show something,
// one text a row, with a tab between cells.
func (t *Sheet) Texts(from, to int) []splice.Text {
	var out []splice.Text
	for _, row := range t.rows[from:to] {
		var text splice.Text
		t.cells(row, func(c cell) {
			if len(c.text) == 0 {
				return
			}
			if len(text) > 0 {
				text = append(text, splice.Piece{Text: "\t", File: t.file, From: c.from, To: c.from})
			}
			text = append(text, c.text...)
		})
		if len(text) > 0 {
			out = append(out, text)
		}
	}
	return out
}

// cells reads the cells of a row, which were read without an error before.
func (t *Sheet) cells(row span, each func(cell)) {
	for _, e := range elements(t.src, int(row.from), int(row.to)) {
		if e.name != "c" {
			continue
		}
		if c, err := t.cell(e); err == nil {
			each(c)
		}
	}
}

// Literals are the texts in formulas, one text a formula.
func (t *Sheet) Literals() (out []splice.Text) {
	for _, f := range t.literals {
		if text, err := Literals(t.src, t.file, int(f.from), int(f.to), xmltext.EncodeText); err == nil && text != nil {
			out = append(out, text)
		}
	}
	return out
}

// Bytes are where the rows are in the file.
func (t *Sheet) Bytes() (from, to int) { return t.from, t.to }

// A Cell is a cell of a row, with its bytes.
type Cell struct {
	Text     splice.Text
	From, To int
}

// Row gives the cells of the row of this number, which counts from 1, by the number
// of their column, which counts from 1 too.
func (t *Sheet) Row(number int) map[int]Cell {
	n := 0
	for _, r := range t.rows {
		n++
		tok, more, err := xmltext.NewScanner(t.src[r.from:r.to]).Next()
		if err != nil || !more {
			continue
		}
		for _, a := range tok.Attrs {
			if own, err := strconv.Atoi(string(t.src[int(r.from)+a.ValueFrom : int(r.from)+a.ValueTo])); a.Name == "r" && err == nil {
				n = own
			}
		}
		if n != number {
			continue
		}
		out := map[int]Cell{}
		column := 0
		t.cells(r, func(c cell) {
			column++
			if own, _ := Address(t.attr(c.element, "r")); own > 0 {
				column = own
			}
			out[column] = Cell{c.text, c.from, c.to}
		})
		return out
	}
	return nil
}

// Address gives the column and the row of a cell's address (B7), which count from
// 1; 0 where it is none.
func Address(s string) (column, row int) {
	s = strings.ReplaceAll(s, "$", "")
	i := 0
	for ; i < len(s) && i < 4 && s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z'; i++ {
		column = column*26 + int(s[i]|0x20-'a') + 1
	}
	row, err := strconv.Atoi(s[i:])
	if err != nil || row < 1 || column < 1 {
		return 0, 0
	}
	return column, row
}

// Says is the text of what was written for pieces of a cell.
func Says(written []byte) string {
	var out strings.Builder
	s := xmltext.NewScanner(written)
	for {
		t, more, err := s.Next()
		if err != nil || !more {
			return Unescape(out.String())
		}
		if t.Kind == xmltext.CharData {
			if text, err := xmltext.Decode(written[t.From:t.To]); err == nil {
				out.WriteString(text)
			}
		}
	}
}

// Settled are the changes of rows that follow from others: formulas use new names,
// or go where they lead to another file, still name what was removed, or shared
// their cell's value that was replaced.
func (t *Sheet) Settled(changes []splice.Change, names *Names) (out []splice.Change) {
	replaced := map[int]bool{} // cells that are written anew, by where they begin
	for _, c := range changes {
		if c.File == t.file && c.From >= t.from && c.To <= t.to {
			replaced[c.From] = true
		}
	}
	if !t.formulas {
		return t.inline(names.Gone)
	}
	groups := map[string]bool{} // shared formulas that go
	for _, row := range t.rows {
		t.cells(row, func(c cell) {
			out = append(out, c.rich.without(names.Gone)...)
			if c.formula.name == "" {
				return
			}
			ok := true
			if c.formula.inner > 0 {
				var renamed []splice.Change
				renamed, ok = names.Renamed(t.src, t.file, c.formula.inner, c.formula.end, xmltext.EncodeText)
				out = append(out, renamed...)
			}
			if !ok {
				out = append(out, splice.Change{File: t.file, From: c.formula.from, To: c.formula.to})
			}
			if si := t.attr(c.formula, "si"); si != "" && c.formula.inner > 0 && (!ok || replaced[c.from]) {
				groups[si] = true
			}
		})
	}
	if len(groups) == 0 {
		return out
	}
	for _, row := range t.rows {
		t.cells(row, func(c cell) {
			if c.formula.name != "" && groups[t.attr(c.formula, "si")] {
				out = append(out, splice.Change{File: t.file, From: c.formula.from, To: c.formula.to})
			}
		})
	}
	return out
}

// inline looks at the fonts of strings that stand in the rows themselves.
func (t *Sheet) inline(gone func(string) bool) (out []splice.Change) {
	if !bytes.Contains(t.src[t.from:t.to], []byte("rFont")) {
		return nil
	}
	for _, row := range t.rows {
		t.cells(row, func(c cell) { out = append(out, c.rich.without(gone)...) })
	}
	return out
}

// CellText writes a cell anew, in its place and look, as one that holds a text.
func CellText(old []byte, s string) []byte {
	prefix := prefixOf(old)
	var b bytes.Buffer
	b.WriteString("<" + prefix + "c")
	if tok, more, err := xmltext.NewScanner(old).Next(); err == nil && more {
		for _, a := range tok.Attrs {
			if a.Name == "r" || a.Name == "s" {
				b.Write(old[a.From:a.To])
			}
		}
	}
	b.WriteString(` t="inlineStr"><` + prefix + `is>`)
	b.Write(runText(old, s))
	b.WriteString("</" + prefix + "is></" + prefix + "c>")
	return b.Bytes()
}
