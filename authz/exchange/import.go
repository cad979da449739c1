package exchange

import (
	"crypto/rand"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"consentry/authz"
)

// ErrHeader is given where the first row names no column for kind and name.
var ErrHeader = errors.New("the first row has to name the columns, kind and name among them")

// Import reads a sheet. What is wrong with single rows stands in Problems; an
// error means that nothing could be read.
func (s Sheet) Import(r io.Reader) (Batch, error) {
	text, err := decode(r)
	if err != nil {
		return Batch{}, fmt.Errorf("import sheet: %w", err)
	}
	c := csv.NewReader(strings.NewReader(text))
	c.Comma, c.FieldsPerRecord, c.ReuseRecord = delimiter(text), -1, true
	var b Batch
	order, err := header(c, &b)
	if err != nil {
		return Batch{}, fmt.Errorf("import sheet: %w", err)
	}
	var rows []row
	for {
		cells, err := c.Read()
		if err == io.EOF {
			break
		}
		if len(rows) >= MaxRows {
			return Batch{}, fmt.Errorf("import sheet: more than %d rows", MaxRows)
		}
		if err != nil {
			line := 0
			if pe := (*csv.ParseError)(nil); errors.As(err, &pe) {
				line = pe.StartLine
			}
			b.Problems = append(b.Problems, Problem{Line: line, Reason: "a quotation mark is missing or misplaced; rows up to the next one may be lost", Skipped: true})
			rows = append(rows, row{bad: true, record: record{line: line}})
			continue
		}
		if line, _ := c.FieldPos(0); !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
			continue
		} else {
			rows = append(rows, s.row(line, order, cells))
		}
	}
	assemble(&b, rows)
	slices.SortStableFunc(b.Problems, func(a, b Problem) int { return a.Line - b.Line })
	return b, nil
}

// header reads the first row: for each cell the column, or -1.
func header(c *csv.Reader, b *Batch) ([]int, error) {
	cells, err := c.Read()
	if err != nil {
		return nil, ErrHeader
	}
	var order []int
	for n, cell := range cells {
		i, ok := columnByName(unguard(strings.TrimSpace(cell)))
		switch {
		case !ok:
			i = -1
			if strings.TrimSpace(cell) != "" {
				b.Problems = append(b.Problems, Problem{Line: 1, Reason: fmt.Sprintf("column %d has an unknown name and is not read", n+1)})
			}
		case slices.Contains(order, i):
			return nil, fmt.Errorf("column %s stands there twice", columns[i].id)
		}
		order = append(order, i)
	}
	for _, id := range []string{"kind", "name"} {
		if i, _ := columnByName(id); !slices.Contains(order, i) {
			return nil, ErrHeader
		}
	}
	return order, nil
}

// A row is a record with what is wrong with it.
type row struct {
	record
	problems []Problem
	bad      bool // does not go in, and holds its subject back
}

// row reads the cells of one line.
func (s Sheet) row(line int, order []int, cells []string) row {
	r := row{record: record{line: line}}
	r.consent.Kind, r.consent.CollectedBy = "publish", "us"
	fail := func(column string, err error) {
		r.problems = append(r.problems, Problem{Line: line, Column: column, Reason: err.Error()})
	}
	var unread []column
	for n, cell := range cells {
		cell = unguard(strings.TrimSpace(cell))
		if n >= len(order) || order[n] < 0 {
			if cell != "" && n >= len(order) {
				fail("", errors.New("more cells than columns"))
				r.bad = true
			}
			continue
		}
		if cell == "" {
			continue
		}
		col := columns[order[n]]
		r.holds = r.holds || col.consent
		err := plainText(cell, MaxCell)
		if err == nil {
			err = col.read(s, &r.record, cell)
		}
		if err != nil {
			fail(col.id, err)
			unread = append(unread, col)
		}
	}
	if len(r.subject.Names) == 0 && !slices.ContainsFunc(unread, func(c column) bool { return c.id == "name" }) {
		fail("name", errEmpty)
		r.bad = true
	}
	if ns, err := names(r.subject.Kind, r.aliases); err != nil {
		fail("aliases", err)
		r.bad = true
	} else {
		r.subject.Names = append(r.subject.Names, ns...)
	}
	r.check(unread, fail)
	for i := range r.problems {
		r.problems[i].Skipped = r.bad
	}
	return r
}

// check decides whether the row goes in at all.
func (r *row) check(unread []column, fail func(string, error)) {
	for _, col := range unread {
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
		fail("kind", errEmpty)
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
