package odf

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"

	"consentry/redact/office/parts"
	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

// A cell is a table's cell that has a value or a formula beside its text.
type cell struct {
	from, to int
	kind     xmltext.Attr   // of its value
	values   []xmltext.Attr // what says its value
	formula  xmltext.Attr
	outside  bool // the formula leads to another file
}

// scanCells finds the cells of tables, and the names of sheets where tables are those.
func scanCells(src []byte, sheets bool) (cells []cell, tables []nameAt) {
	var open []int // indexes in cells of the open cells, -1 for those without a value
	depth := 0
	s := xmltext.NewScanner(src)
	for {
		t, more, err := s.Next()
		if err != nil || !more {
			return cells, tables
		}
		name := parts.LocalName(t.Name)
		switch {
		case name == "table" && t.Kind == xmltext.Start && strings.HasPrefix(t.Name, "table"):
			depth++
			for _, a := range t.Attrs {
				if parts.LocalName(a.Name) == "name" && sheets && depth == 1 {
					if v, err := xmltext.Decode(src[a.ValueFrom:a.ValueTo]); err == nil {
						tables = append(tables, nameAt{v, a.ValueFrom})
					}
				}
			}
		case name == "table" && t.Kind == xmltext.End && strings.HasPrefix(t.Name, "table"):
			depth--
		case name != "table-cell" && name != "covered-table-cell":
		case t.Kind == xmltext.End:
			if len(open) > 0 {
				if i := open[len(open)-1]; i >= 0 {
					cells[i].to = t.To
				}
				open = open[:len(open)-1]
			}
		default:
			c := cell{from: t.From, to: t.To}
			for _, a := range t.Attrs {
				switch parts.LocalName(a.Name) {
				case "value-type":
					if !strings.HasPrefix(a.Name, "calcext:") {
						c.kind = a
						continue
					}
					c.values = append(c.values, a)
				case "value", "date-value", "time-value", "boolean-value", "string-value", "currency":
					c.values = append(c.values, a)
				case "formula":
					c.formula = a
					v := strings.ToLower(string(src[a.ValueFrom:a.ValueTo]))
					c.outside = strings.Contains(v, "://") || strings.Contains(v, "file:") || strings.Contains(v, "dde(")
				}
			}
			at := -1
			if c.kind.To > 0 || c.formula.To > 0 || len(c.values) > 0 {
				at = len(cells)
				cells = append(cells, c)
			}
			if t.Kind == xmltext.Start {
				open = append(open, at)
			}
		}
	}
}

// layTables makes a page of each sheet or slide, and one text of each row of a sheet.
func layTables(p *parts.Part, media string) {
	page := "table"
	if media == ODP {
		page = "page"
	}
	pages, rows := ranges(p.Src, page, media == ODS)
	lists := make([][]splice.Text, len(pages))
	var rest []xmltext.Found
	row := -1
	for _, t := range p.XML.Texts {
		at := 0
		if len(t.Text) > 0 {
			at = t.Text[0].From
		}
		i := within(pages, at)
		if t.Gone || t.Aside || i < 0 {
			rest = append(rest, t)
			continue
		}
		if r := within(rows, at); r >= 0 && r == row {
			last := &lists[i][len(lists[i])-1]
			*last = append(*last, splice.Piece{Text: "\t", File: p.Index, From: at, To: at})
			*last = append(*last, t.Text...)
		} else {
			lists[i] = append(lists[i], slices.Clone(t.Text))
			row = r
		}
	}
	p.XML.Texts = rest
	for _, l := range lists {
		p.Rows = append(p.Rows, parts.These(l))
	}
	if len(p.Rows) == 0 {
		p.Rows = append(p.Rows, parts.These(nil))
	}
}

// ranges are the bytes of the outermost elements of a name, and of the rows in them.
func ranges(src []byte, name string, withRows bool) (pages, rows [][2]int) {
	depth, inRow, from, row := 0, 0, 0, 0
	s := xmltext.NewScanner(src)
	for {
		t, more, err := s.Next()
		if err != nil || !more {
			return pages, rows
		}
		switch n := parts.LocalName(t.Name); {
		case n == name && t.Kind == xmltext.Start && !strings.HasPrefix(t.Name, "style:"):
			if depth == 0 {
				from = t.From
			}
			depth++
		case n == name && t.Kind == xmltext.End && !strings.HasPrefix(t.Name, "style:"):
			if depth--; depth == 0 {
				pages = append(pages, [2]int{from, t.To})
			}
		case n == "table-row" && withRows && t.Kind == xmltext.Start:
			if inRow == 0 {
				row = t.From
			}
			inRow++
		case n == "table-row" && withRows && t.Kind == xmltext.End:
			if inRow--; inRow == 0 {
				rows = append(rows, [2]int{row, t.To})
			}
		}
	}
}

// within is the range that holds a byte; -1 for none.
func within(ranges [][2]int, at int) int {
	i := sort.Search(len(ranges), func(i int) bool { return ranges[i][1] > at })
	if i < len(ranges) && ranges[i][0] <= at {
		return i
	}
	return -1
}

// settle adds to the changes of an OpenDocument file what follows from them.
func settle(w *parts.Writing) error {
	renamed := nameTables(w)
	for _, p := range w.Parts {
		own, ok := p.Own.(*file)
		if !ok {
			continue
		}
		settleCells(w, p, own, renamed)
		for _, l := range own.links {
			name := w.Names[l.to]
			if l.document {
				name = path.Dir(name)
			}
			if own.folder != "" {
				name = "../" + name
			}
			w.Add(p, l.at, xmltext.EncodeAttr(nil, "./"+name))
		}
		if err := references(w, p, renamed); err != nil {
			return err
		}
	}
	return nil
}

var objectFolder = regexp.MustCompile(`^Object \d+(/Object \d+)*$`)

// Name gives every file the name that the format asks for, or one that says nothing.
func (c *container) Name(w *parts.Writing) {
	folders := map[string]string{"": ""}
	n := 0
	for _, p := range w.Parts {
		own, ok := p.Own.(*file)
		if !ok {
			n++
			w.Names[p] = fmt.Sprintf("Pictures/file%d%s", n, parts.PlainExt(p.Name))
			if !p.Opened() {
				w.Names[p] = fmt.Sprintf("Pictures/file%d.png", n)
			}
			continue
		}
		folder, known := folders[own.folder]
		if !known {
			folder = own.folder
			if !objectFolder.MatchString(folder) {
				folder = fmt.Sprintf("Object file %d", len(folders))
			}
			folders[own.folder] = folder
		}
		w.Names[p] = path.Join(folder, path.Base(p.Name))
	}
}

// nameTables makes the names of sheets fit that were changed, and gives the new
// names by the old.
func nameTables(w *parts.Writing) map[string]string {
	p := w.Main
	own := p.Own.(*file)
	renamed, taken := map[string]string{}, map[string]bool{}
	now := make([]string, len(own.tables))
	for i, t := range own.tables {
		now[i] = t.name
		for _, c := range w.Changes[p.Index] {
			if c.From == t.from {
				now[i], _ = xmltext.Decode(c.With)
			}
		}
		if w.Gone.In(now[i]) {
			now[i], _ = w.Gone.Replace(now[i])
		}
		if now[i] == t.name {
			taken[strings.ToLower(t.name)] = true
		}
	}
	for i, t := range own.tables {
		if now[i] == t.name {
			continue
		}
		s := strings.NewReplacer("[", "(", "]", ")", ":", " ", "*", " ", "?", " ", "/", " ", `\`, " ").Replace(now[i])
		if s = strings.Trim(s, "' "); s == "" {
			s = "Sheet"
		}
		s = parts.Unique(taken, s, 100)
		renamed[t.name] = s
		w.Changes[p.Index] = slices.DeleteFunc(w.Changes[p.Index], func(c splice.Change) bool { return c.From == t.from })
		w.Add(p, valueAt(p.Src, t.from), xmltext.EncodeAttr(nil, s))
	}
	return renamed
}

// valueAt is where the value ends that begins at from.
func valueAt(src []byte, from int) [2]int {
	to := from
	for to < len(src) && src[to] != src[from-1] {
		to++
	}
	return [2]int{from, to}
}

// settleCells makes a text of every cell in which something was changed, and drops the
// formulas that still say what was removed.
func settleCells(w *parts.Writing, p *parts.Part, own *file, renamed map[string]string) {
	if len(own.cells) == 0 {
		return
	}
	changes := slices.Clone(w.Changes[p.Index])
	slices.SortFunc(changes, func(a, b splice.Change) int { return cmp.Compare(a.From, b.From) })
	for _, c := range own.cells {
		changed, spoken := false, false // the cell, and its formula
		for i := sort.Search(len(changes), func(i int) bool { return changes[i].From >= c.from }); i < len(changes) && changes[i].To <= c.to; i++ {
			if changes[i].From == c.formula.ValueFrom {
				spoken = true
			} else {
				changed = true
			}
		}
		if changed {
			for _, a := range c.values {
				w.Add(p, [2]int{a.From, a.To}, nil)
			}
			if c.kind.To > 0 {
				w.Add(p, [2]int{c.kind.ValueFrom, c.kind.ValueTo}, []byte("string"))
			}
			if c.formula.To > 0 {
				w.Add(p, [2]int{c.formula.From, c.formula.To}, nil)
			}
			continue
		}
		if spoken {
			w.Add(p, [2]int{c.formula.From, c.formula.To}, nil)
		}
		if c.formula.To == 0 || w.Gone.Empty() || spoken {
			continue
		}
		v, err := xmltext.Decode(p.Src[c.formula.ValueFrom:c.formula.ValueTo])
		if now := reference(v, renamed); err != nil || w.Gone.In(now) {
			w.Add(p, [2]int{c.formula.From, c.formula.To}, nil)
		} else if now != v {
			w.Add(p, [2]int{c.formula.ValueFrom, c.formula.ValueTo}, xmltext.EncodeAttr(nil, now))
		}
	}
}

// sheetReference is a sheet's name in an address of cells.
var sheetReference = regexp.MustCompile(`('(?:[^']|'')*'|[\p{L}\p{N}_]+)\.`)

// reference names sheets as they are named now.
func reference(s string, renamed map[string]string) string {
	if len(renamed) == 0 {
		return s
	}
	return sheetReference.ReplaceAllStringFunc(s, func(m string) string {
		old := strings.TrimSuffix(m, ".")
		if strings.HasPrefix(old, "'") {
			old = strings.ReplaceAll(strings.Trim(old, "'"), "''", "'")
		}
		if now, ok := renamed[old]; ok {
			return "'" + strings.ReplaceAll(now, "'", "''") + "'."
		}
		return m
	})
}

// addresses are the attributes that hold addresses of cells.
var addresses = map[string]bool{
	"cell-range-address": true, "target-range-address": true, "base-cell-address": true, "values-cell-range-address": true, "label-cell-address": true, "cell-address": true,
	"end-cell-address": true, "print-ranges": true, "source-cell-range-addresses": true, "condition": true, "expression": true, "buttons": true, "linked-cell": true, "source-cell-range": true,
}

// styleEscape is a character in a style's name that no name may hold.
var styleEscape = regexp.MustCompile(`_([0-9a-f]{2,4})_`)

// references brings addresses and names of styles into line.
func references(w *parts.Writing, p *parts.Part, renamed map[string]string) error {
	if w.Gone.Empty() {
		return nil
	}
	taken := map[int]bool{}
	for _, c := range w.Changes[p.Index] {
		taken[c.From] = true
	}
	s := xmltext.NewScanner(p.Src)
	for {
		t, more, err := s.Next()
		if err != nil || !more {
			return err
		}
		for _, a := range t.Attrs {
			raw := p.Src[a.ValueFrom:a.ValueTo]
			isAddress, isStyle := addresses[parts.LocalName(a.Name)], styleEscape.Match(raw) && strings.HasSuffix(a.Name, "name")
			if !isAddress && !isStyle || taken[a.ValueFrom] {
				continue
			}
			v, err := xmltext.Decode(raw)
			if err != nil {
				return err
			}
			now := v
			if isAddress {
				now = reference(v, renamed)
			} else if plain := styleEscape.ReplaceAllString(v, " "); w.Gone.In(plain) {
				now, _ = w.Gone.Replace(plain)
				now = "style" + strings.Map(func(r rune) rune {
					if r <= ' ' || strings.ContainsRune("[]()", r) {
						return '_'
					}
					return r
				}, now)
			}
			if now != v {
				w.Add(p, [2]int{a.ValueFrom, a.ValueTo}, xmltext.EncodeAttr(nil, now))
			}
		}
	}
}
