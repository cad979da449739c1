package exchange

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"consentry/authz"
)

// ErrHeader is given where no row names the columns that are needed: kind and
// name, or with a mapping a name.
var ErrHeader = errors.New("the first row has to name the columns, kind and name among them")

// ErrRows is given for more rows, cards or records than MaxRows.
var ErrRows = fmt.Errorf("more than %d rows", MaxRows)

// headRows are how many rows may stand before the names of the columns: some
// programs write a note there.
const headRows = 10

// Import reads a sheet in CSV whose columns are ours. What is wrong with single
// rows stands in Problems; an error means that nothing could be read: ErrEncoding,
// ErrTooLarge, ErrHeader, ErrRows. Nothing is written anywhere.
func (s Sheet) Import(r io.Reader) (Batch, error) { return s.importCSV(r, nil) }

// ImportWith reads a sheet in CSV whose columns a mapping names. Beside the errors
// of Import it gives ErrMapping.
func (s Sheet) ImportWith(r io.Reader, m Mapping) (Batch, error) { return s.importCSV(r, &m) }

func (s Sheet) importCSV(r io.Reader, m *Mapping) (Batch, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return Batch{}, fmt.Errorf("import sheet: %w", err)
	}
	t, err := openText(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return Batch{}, fmt.Errorf("import sheet: %w", err)
	}
	batch, err := s.table(newCSV(t), func(header []string) (layout, bool, error) {
		if m == nil {
			return ownLayout(header)
		}
		return m.layout(header)
	}, m != nil)
	if err != nil {
		return Batch{}, fmt.Errorf("import sheet: %w", err)
	}
	return batch, nil
}

// A layout says which column each cell of a row is.
type layout struct {
	order    []int // -1 for none
	defaults []filled
	problems []Problem
}

// filled is what a column is where the row leaves it empty.
type filled struct {
	column int
	cell   string
}

// ownLayout reads a first row that names our columns.
func ownLayout(header []string) (layout, bool, error) {
	var l layout
	for n, cell := range header {
		i, ok := columnByName(unguard(strings.TrimSpace(cell)))
		switch {
		case !ok:
			i = -1
			if strings.TrimSpace(cell) != "" {
				l.problems = append(l.problems, Problem{Reason: UnknownColumn, Number: n + 1})
			}
		case slices.Contains(l.order, i) && !columns[i].many:
			return l, false, fmt.Errorf("column %s stands there twice", columns[i].id)
		}
		l.order = append(l.order, i)
	}
	return l, l.has("kind") && (l.has("name") || l.has("given_name") || l.has("family_name")), nil
}

func (l layout) has(id string) bool {
	i, _ := columnByID(id)
	return slices.Contains(l.order, i)
}

// table reads the rows of a table. Where the names of the columns may stand below
// other rows, the first that will do is taken.
func (s Sheet) table(g grid, read func([]string) (layout, bool, error), search bool) (Batch, error) {
	s.memo = newMemo()
	var b Batch
	var l layout
	for n := 0; ; n++ {
		line, cells, err := g.next()
		if errors.Is(err, BadQuotes) && search && n < headRows {
			continue
		}
		if errors.Is(err, BadQuotes) || err == io.EOF {
			return Batch{}, ErrHeader
		}
		if err != nil {
			return Batch{}, err
		}
		if len(cells) > maxColumns {
			return Batch{}, ErrHeader
		}
		found := false
		if l, found, err = read(cells); err != nil {
			return Batch{}, err
		}
		if found {
			for _, p := range l.problems {
				p.Line = line
				b.Problems = append(b.Problems, p)
			}
			break
		}
		if !search || n >= headRows {
			return Batch{}, ErrHeader
		}
	}
	var rows []*row
	seen := make([]bool, len(columns))
	for {
		line, cells, err := g.next()
		if err == io.EOF {
			break
		}
		if len(rows) >= MaxRows {
			return Batch{}, ErrRows
		}
		if errors.Is(err, BadQuotes) {
			rows = append(rows, &row{bad: true, record: record{line: line}, problems: []Problem{{Line: line, Reason: BadQuotes, Skipped: true}}})
			continue
		}
		if err != nil {
			return Batch{}, err
		}
		if slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
			rows = append(rows, s.row(line, l, cells, seen))
		}
	}
	b.assemble(rows)
	return b, nil
}

// A row is a record with what is wrong with it.
type row struct {
	record
	problems []Problem
	unread   []int // columns
	bad      bool  // does not go in, and holds its subject back
	strict   bool  // each grant of its history is checked too
}

func newRow(line int) *row {
	return &row{record: record{line: line}}
}

func (r *row) fail(column string, err error) {
	reason, ok := err.(Reason)
	if !ok {
		reason = BadRecord
	}
	r.problems = append(r.problems, Problem{Line: r.line, Column: column, Reason: reason})
}

func (r *row) note(column string, reason Reason, skipped bool) {
	r.problems = append(r.problems, Problem{Line: r.line, Column: column, Reason: reason, Skipped: skipped})
}

// row reads the cells of one line. seen is room for one flag a column.
func (s Sheet) row(line int, l layout, cells []string, seen []bool) *row {
	r := newRow(line)
	clear(seen)
	for n, cell := range cells {
		cell = unguard(strings.TrimSpace(cell))
		if n >= len(l.order) || l.order[n] < 0 {
			if cell != "" && n >= len(l.order) {
				r.fail("", TooManyCells)
				r.bad = true
			}
			continue
		}
		if cell == "" {
			continue
		}
		i := l.order[n]
		seen[i] = true
		r.holds = r.holds || columns[i].consent
		r.read(s, i, cell)
	}
	guessed := false
	for _, d := range l.defaults {
		if col := columns[d.column]; !seen[d.column] && (r.holds || !col.consent) {
			r.read(s, d.column, d.cell)
			guessed = guessed || col.id == "kind"
		}
	}
	r.finish(guessed)
	return r
}

// read reads one cell.
func (r *row) read(s Sheet, i int, cell string) {
	col := &columns[i]
	if col.consent {
		r.begin()
	}
	err := plainText(cell, MaxCell)
	if err == nil {
		err = col.read(s, &r.record, cell)
	}
	if err != nil {
		r.fail(col.id, err)
		if !col.soft {
			r.unread = append(r.unread, i)
		}
	}
}

// finish puts together what several cells say, and decides whether the row goes
// in. Where only a default says that it is a person, a row with nothing but a
// company is that company.
func (r *row) finish(guessed bool) {
	r.named()
	if len(r.subject.Names) == 0 && guessed && r.subject.Kind == authz.Person && r.subject.Company != "" && len(r.unread) == 0 {
		if checkName(r.subject.Company) == nil {
			r.subject.Kind, r.subject.Names, r.subject.Company = authz.Organisation, []authz.Name{{Text: r.subject.Company}}, ""
		}
	}
	if len(r.subject.Names) == 0 && !r.isUnread("name") {
		r.fail("name", Empty)
		r.bad = true
	}
	if ns, err := names(r.subject.Kind, r.aliases); err != nil {
		r.fail("aliases", err)
		r.bad = true
	} else {
		r.subject.Names = append(r.subject.Names, ns...)
	}
	for _, n := range r.more {
		if err := checkName(n.Text); err != nil {
			r.fail("aliases", err)
			r.bad = true
			continue
		}
		if len(r.subject.Names) > 0 && !slices.ContainsFunc(r.subject.Names, func(o authz.Name) bool { return o.Text == n.Text }) {
			r.subject.Names = append(r.subject.Names, n)
		}
	}
	if len(r.subject.Names) > 0 {
		r.subject.Names[0].Script = r.script
	}
	if blankFirm(r.subject.Firm) {
		r.subject.Firm = nil
	}
	r.check()
	for i := range r.problems {
		r.problems[i].Skipped = r.bad
	}
}

// named makes a name of its parts where no cell holds the whole.
func (r *row) named() {
	p := r.parts
	if p == nil {
		return
	}
	whole := p.compose()
	if len(r.subject.Names) == 0 && whole != "" && !r.isUnread("name") {
		if err := checkName(whole); err != nil {
			i, _ := columnByID("name")
			r.fail("name", err)
			r.unread = append(r.unread, i)
			return
		}
		r.subject.Names = []authz.Name{{Text: whole}}
	}
	if sound := p.sound(); sound != "" && len(r.subject.Names) > 0 {
		use := "alias"
		if eastAsian(r.subject.Names[0].Text) && !eastAsian(sound) {
			use = "pinyin"
		}
		r.more = append(r.more, authz.Name{Text: sound, Use: use})
	}
}

func (r *row) isUnread(id string) bool {
	return slices.ContainsFunc(r.unread, func(i int) bool { return columns[i].id == id })
}

// check decides whether the row goes in at all.
func (r *row) check() {
	for _, i := range r.unread {
		col := &columns[i]
		// A no stands though the rest of it cannot be read: without a scope or a
		// date it counts for everything.
		if !col.consent || !r.ends() || col.id == "state" || col.id == "events" {
			r.bad = true
		}
		if strings.HasPrefix(col.id, "notice_") {
			r.consent.NoticeSHA256 = ""
		}
	}
	if !r.bad && r.subject.Kind == "" {
		r.fail("kind", Empty)
		r.bad = true
	}
}

// newID is a random identifier, never derived from a name.
func newID(prefix string) string { return prefix + strings.ToLower(rand.Text()) }

// key tells which rows are one subject.
func (r *row) key() string {
	if r.subject.ID != "" {
		return "id\x00" + string(r.subject.ID)
	}
	if r.bad && len(r.subject.Names) == 0 {
		return fmt.Sprintf("line\x00%d", r.line)
	}
	return strings.Join([]string{string(r.subject.Kind), authz.FoldName(r.subject.Names[0].Text), authz.FoldName(r.subject.Company)}, "\x00")
}
