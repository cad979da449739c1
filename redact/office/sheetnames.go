package office

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"consentry/redact/office/opc"
	"consentry/redact/office/parts"
	"consentry/redact/office/sheet"
	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

// A naming makes names of a workbook that were changed fit for it, and brings
// everything that uses them into line.
type naming struct {
	w     *parts.Writing
	all   []splice.Change
	at    map[place]int // in all
	names sheet.Names
	known map[string]bool // whether a removed text stands in a name
	taken map[string]bool // names of ranges and tables, in lower case
}

type place struct{ file, from int }

// conflict stands where one name has become two.
const conflict = "\x00"

// settleSheets adds to the changes of a workbook what follows from them.
func settleSheets(w *parts.Writing) error {
	n := &naming{w: w, at: map[place]int{}, known: map[string]bool{}, taken: map[string]bool{}}
	n.names = sheet.Names{Sheets: map[string]string{}, Ranges: map[string]string{}, Columns: map[string]string{}, Gone: n.gone}
	for _, file := range slices.Sorted(maps.Keys(w.Changes)) {
		for _, c := range w.Changes[file] {
			n.change(c)
		}
	}
	n.sheets()
	n.ranges()
	n.columns()
	n.uses()
	clear(w.Changes)
	for _, c := range slices.Concat(n.all, n.follow()) {
		w.Changes[c.File] = append(w.Changes[c.File], c)
	}
	return nil
}

// gone reports whether a removed text stands in a name.
func (n *naming) gone(s string) bool {
	if s == conflict {
		return true
	}
	if n.w.Gone.Empty() {
		return false
	}
	in, ok := n.known[s]
	if !ok {
		in = n.w.Gone.In(s)
		n.known[s] = in
	}
	return in
}

// now is what a value says after the orders, and without removed texts.
func (n *naming) now(t xmltext.Found) string {
	p := t.Text[0]
	s := p.Text
	if i, ok := n.at[place{p.File, p.From}]; ok {
		s, _ = xmltext.Decode(n.all[i].With)
	}
	if n.gone(s) {
		s, _ = n.w.Gone.Replace(s)
	}
	return s
}

// put writes a value.
func (n *naming) put(t xmltext.Found, s string) {
	p := t.Text[0]
	n.change(splice.Change{File: p.File, From: p.From, To: p.To, With: xmltext.EncodeAttr(nil, s)})
}

func (n *naming) change(c splice.Change) {
	at := place{c.File, c.From}
	if i, ok := n.at[at]; ok {
		n.all[i] = c
		return
	}
	n.at[at] = len(n.all)
	n.all = append(n.all, c)
}

// each gives the values that stand at some attributes.
func (n *naming) each(do func(p *parts.Part, t xmltext.Found), where ...string) {
	for _, p := range n.w.Parts {
		if p.How != parts.Readable {
			continue
		}
		for _, t := range p.XML.Texts {
			if !t.Gone && len(t.Text) == 1 && slices.Contains(where, t.Where) {
				do(p, t)
			}
		}
	}
}

// sheets renames sheets. A sheet's name has no more than 31 characters and none of
// those below.
func (n *naming) sheets() {
	taken := map[string]bool{}
	var renamed []xmltext.Found
	n.each(func(_ *parts.Part, t xmltext.Found) {
		if t.Text[0].Text == n.now(t) {
			taken[strings.ToLower(t.Text[0].Text)] = true
		} else {
			renamed = append(renamed, t)
		}
	}, "x:sheet@name")
	for _, t := range renamed {
		s := strings.NewReplacer("[", "(", "]", ")", ":", " ", "*", " ", "?", " ", "/", " ", `\`, " ").Replace(n.now(t))
		if s = strings.Trim(s, "' "); s == "" || n.gone(s) {
			s = "Sheet"
		}
		s = parts.Unique(taken, s, 31)
		n.put(t, s)
		n.names.Sheets[strings.ToLower(t.Text[0].Text)] = s
	}
}

// ranges renames ranges and tables, whose names are words.
func (n *naming) ranges() {
	var renamed []xmltext.Found
	n.each(func(_ *parts.Part, t xmltext.Found) {
		if t.Text[0].Text == n.now(t) || strings.HasPrefix(t.Text[0].Text, "_xlnm.") {
			n.taken[strings.ToLower(t.Text[0].Text)] = true
		} else {
			renamed = append(renamed, t)
		}
	}, "x:definedName@name", "x:table@displayName", "x:table@name")
	for _, t := range renamed {
		old := strings.ToLower(t.Text[0].Text)
		s, ok := n.names.Ranges[old]
		if !ok {
			s = "_" + strings.Map(func(r rune) rune {
				if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '.' {
					return r
				}
				return '_'
			}, n.now(t))
			if n.gone(s) {
				s = "_name"
			}
			s = parts.Unique(n.taken, s, 200)
			n.names.Ranges[old] = s
		}
		n.put(t, s)
	}
}

// columns brings the names of tables' columns and the cells above them into line:
// they have to be the same, and no two of a table may be.
func (n *naming) columns() {
	for _, p := range n.w.Parts {
		own, ok := p.Own.(*sheetPart)
		if !ok || own.sheet == nil {
			continue
		}
		for _, r := range opc.Rels(p) {
			if r.Kind == "table" && r.To != nil {
				n.table(p, own.sheet, r.To)
			}
		}
	}
}

func (n *naming) table(p *parts.Part, rows *sheet.Sheet, table *parts.Part) {
	first, row, columns := tableHeader(table.Src)
	var cells map[int]sheet.Cell
	if row > 0 {
		cells = rows.Row(row)
	}
	taken := map[string]bool{}
	n.each(func(of *parts.Part, t xmltext.Found) {
		if of != table {
			return
		}
		old := sheet.Unescape(t.Text[0].Text)
		now := sheet.Unescape(n.now(t))
		cell, ok := cells[first+columns[t.Text[0].From]]
		same := ok && old == cell.Text.String()
		if same {
			if above := n.after(cell.Text); above != old || now == old {
				now = above
			}
		}
		if n.gone(now) {
			now, _ = n.w.Gone.Replace(now)
		}
		if now = strings.TrimSpace(now); now == "" && old != "" {
			now = "Column"
		}
		if now == strings.TrimSpace(old) {
			now = old
		}
		now = parts.Unique(taken, now, 255)
		if now != old {
			n.put(t, sheet.Escape(now))
			key := strings.ToLower(old)
			if before, ok := n.names.Columns[key]; ok && before != now {
				now = conflict
			}
			n.names.Columns[key] = now
		}
		if same && n.after(cell.Text) != now && now != conflict {
			n.change(splice.Change{File: p.Index, From: cell.From, To: cell.To, With: sheet.CellText(p.Src[cell.From:cell.To], now)})
		}
	}, "x:tableColumn@name")
}

// after is what a cell says after the changes.
func (n *naming) after(t splice.Text) string {
	var b strings.Builder
	for _, p := range t {
		if i, ok := n.at[place{p.File, p.From}]; ok {
			b.WriteString(sheet.Says(n.all[i].With))
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// tableHeader is where the first cell of a table's header is (row 0 where it has
// none), and which column each name is of, by where it stands.
func tableHeader(src []byte) (column, row int, columns map[int]int) {
	columns = map[int]int{}
	n, headless := 0, false
	s := xmltext.NewScanner(src)
	for {
		t, more, err := s.Next()
		if err != nil || !more {
			if headless {
				row = 0
			}
			return column, row, columns
		}
		if t.Kind != xmltext.Start && t.Kind != xmltext.Empty {
			continue
		}
		for _, a := range t.Attrs {
			switch v := string(src[a.ValueFrom:a.ValueTo]); t.Name[strings.IndexByte(t.Name, ':')+1:] + "@" + a.Name {
			case "table@headerRowCount":
				headless = v == "0"
			case "table@ref":
				from, _, _ := strings.Cut(v, ":")
				column, row = sheet.Address(from)
			case "tableColumn@name":
				columns[a.ValueFrom] = n
				n++
			}
		}
	}
}

// uses brings the other places into line that name sheets, ranges and columns, and
// values that have to be of a type.
func (n *naming) uses() {
	look := func(names map[string]string) func(*parts.Part, xmltext.Found) {
		return func(_ *parts.Part, t xmltext.Found) {
			if s, ok := names[strings.ToLower(t.Text[0].Text)]; ok && s != conflict {
				n.put(t, s)
			} else if s := n.now(t); s != t.Text[0].Text {
				n.put(t, s)
			}
		}
	}
	n.each(look(n.names.Sheets), "x:worksheetSource@sheet", "x:rangeSet@sheet")
	n.each(look(n.names.Ranges), "x:worksheetSource@name", "x:rangeSet@name")
	n.each(look(n.names.Columns), "x:cacheField@name")
	typed := map[string]string{"x:numFmt@formatCode": "General", "c:numFmt@formatCode": "General", "x:n@v": "0", "x:d@v": "1900-01-01T00:00:00"}
	n.each(func(_ *parts.Part, t xmltext.Found) {
		if n.now(t) != t.Text[0].Text {
			n.put(t, typed[t.Where])
		}
	}, "x:numFmt@formatCode", "c:numFmt@formatCode", "x:n@v", "x:d@v")
}

// follow are the changes of formulas and of strings' sounds.
func (n *naming) follow() (out []splice.Change) {
	for _, p := range n.w.Parts {
		own, ok := p.Own.(*sheetPart)
		if !ok {
			continue
		}
		for _, f := range own.formulas {
			piece := f.Text[0]
			changes, ok := n.names.Renamed(p.Src, p.Index, piece.From, piece.To, piece.Encode)
			if !ok {
				changes = []splice.Change{{File: p.Index, From: piece.From, To: piece.To, With: []byte(noReference)}}
			}
			out = append(out, changes...)
		}
		if own.table != nil {
			out = append(out, own.table.Settled(n.all, n.gone)...)
		}
		if own.sheet != nil {
			out = append(out, own.sheet.Settled(n.all, &n.names)...)
		}
	}
	return out
}
