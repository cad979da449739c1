package state

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
)

// A Row is one line of the findings list: a person, company or thing with all
// its places in the case, or one face; with grouping on, the faces of one
// unknown person.
type Row struct {
	Items   []int // indexes into Plan.Items, in reading order; never empty
	Kind    redact.Kind
	Verdict authz.Verdict
	Exempt  string // not empty: stays though no consent covers it, and why
	Title   string // as written, the longest form; empty for faces and drawn boxes
	Number  int    // faces and drawn boxes: the how-many-th of its file, from 1
	Review  bool   // every place is of the review tier
	Who     string // of whom it is: a subject, an entity of the case, a group; empty: nobody is known
	// Sensitive: it tells something of PIPL 28.
	Sensitive bool
	Data      bool // every place is in what the file says about itself, which is dropped anyway
}

// Shown reports whether the row's places stay in the output.
func (r Row) Shown() bool { return r.Exempt != "" || r.Verdict == authz.Show }

// Asks reports whether a person has to decide.
func (r Row) Asks() bool { return r.Exempt == "" && r.Verdict == authz.Ask }

// Rows groups a plan's items by subject and verdict, and orders them: questions
// first, then what is shown, then what is hidden, file data last; within that as
// they are read.
func Rows(p *casework.Plan) []Row {
	if p == nil {
		return nil
	}
	var rows []Row
	at := map[string]int{}
	count := map[string]int{}
	for i, it := range p.Items {
		f := it.Finding
		var key string
		number := 0
		if !f.Region.IsText() || f.Kind == redact.Drawn {
			c := fmt.Sprint(it.Asset, f.Kind)
			count[c]++
			number = count[c]
		}
		switch {
		case f.Region.IsText():
			who := cmp.Or(it.Entity, strings.ToLower(f.Text))
			key = fmt.Sprint("text|", f.Kind, "|", who, "|", it.Decision.Verdict, "|", it.Exempt)
			if f.Kind == redact.Drawn {
				key = "drawn|" + it.ID
			}
		case it.Group != "" && it.RestOf == "":
			key = fmt.Sprint("group|", it.Group, "|", it.Decision.Verdict, "|", it.Exempt, "|", it.Decision.Subject)
		default:
			key = "box|" + it.ID
		}
		n, ok := at[key]
		if !ok {
			r := Row{Who: who(&it), Kind: f.Kind, Verdict: it.Decision.Verdict, Exempt: it.Exempt, Review: true, Data: true, Number: number}
			n = len(rows)
			at[key] = n
			rows = append(rows, r)
		}
		r := &rows[n]
		r.Items = append(r.Items, i)
		r.Sensitive = r.Sensitive || it.Sensitivity == redact.Sensitive
		r.Review = r.Review && f.Tier == redact.Review
		r.Data = r.Data && redact.IsDropped(f.Region.Part)
		if len([]rune(f.Text)) > len([]rune(r.Title)) {
			r.Title = f.Text
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int { return order(a) - order(b) })
	return rows
}

// who is the person or company that an item is of, as far as that is known.
func who(it *casework.Item) string {
	switch {
	case it.Decision.Subject != "":
		return string(it.Decision.Subject)
	case len(it.Candidates) > 0:
		return string(likeliest(it))
	case it.Entity != "":
		return it.Entity
	}
	return it.Group
}

func order(r Row) int {
	switch {
	case r.Asks():
		return 0
	case r.Shown():
		return 1
	case r.Data:
		return 3
	}
	return 2
}

// Filter narrows the findings list.
type Filter string

// The filters.
const (
	All       Filter = "all"
	Asks      Filter = "ask"
	Faces     Filter = "faces"
	Texts     Filter = "text"
	Sensitive Filter = "sensitive"
)

// Filters are all filters in the order of the chips.
var Filters = []Filter{All, Asks, Faces, Texts, Sensitive}

// Takes reports whether the filter keeps a row.
func (f Filter) Takes(r Row) bool {
	switch f {
	case Asks:
		return r.Asks()
	case Faces:
		return r.Kind == redact.Face || r.Kind == redact.Drawn && r.Title == ""
	case Texts:
		return r.Title != ""
	case Sensitive:
		return r.Sensitive
	}
	return true
}

// Pick is the indexes of the rows that a filter keeps, of one asset or, with
// asset -1, of all, and of one person or, with an empty who, of everybody.
func Pick(p *casework.Plan, rows []Row, f Filter, asset int, who string) []int {
	var view []int
	for i := range rows {
		r := &rows[i]
		if f.Takes(*r) && (who == "" || r.Who == who) && (asset < 0 || slices.ContainsFunc(r.Items, func(n int) bool { return p.Items[n].Asset == asset })) {
			view = append(view, i)
		}
	}
	return view
}

// RowOf is the index of the row that holds an item, or -1.
func RowOf(rows []Row, item int) int {
	return slices.IndexFunc(rows, func(r Row) bool { return slices.Contains(r.Items, item) })
}

// NextQuestion is the index of the first row from from on, around the end, that
// asks; -1 if none does.
func NextQuestion(rows []Row, from int) int {
	for i := range rows {
		if n := (max(from, 0) + i) % len(rows); rows[n].Asks() {
			return n
		}
	}
	return -1
}

// Tally counts items: questions, hidden ones (questions among them) and shown.
func Tally(p *casework.Plan) (asks, hidden, shown int) {
	if p == nil {
		return 0, 0, 0
	}
	for _, it := range p.Items {
		if it.Asks() {
			asks++
		}
		if it.Hidden() {
			hidden++
		} else {
			shown++
		}
	}
	return asks, hidden, shown
}

// Questions counts the rows that ask: an answer counts for a person.
func Questions(rows []Row) (n int) {
	for _, r := range rows {
		if r.Asks() {
			n++
		}
	}
	return n
}
