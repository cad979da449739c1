package exchange

import (
	"slices"
	"sync"
	"time"

	"consentry/authz"
)

// A record is one row: a subject and what it says of a consent.
type record struct {
	line    int
	subject authz.Subject
	consent *authz.Consent // nil until a cell about one is read, as in most lists
	notice  *authz.Notice  // likewise
	aliases string
	more    []authz.Name // names from columns of their own
	script  string       // of the first name
	parts   *parts

	state         authz.State
	stateAt       time.Time
	stateReceived time.Time
	stateEvidence string
	withdrawn     bool
	withdrawnAt   time.Time
	intake        string

	holds bool // a cell about a consent is filled
}

// ends reports whether someone said no.
func (r *record) ends() bool {
	return r.withdrawn || r.state.Closes() || r.consent != nil && slices.ContainsFunc(r.consent.Events, func(e authz.Event) bool { return e.State.Closes() })
}

// begin makes room for a consent.
func (r *record) begin() {
	if r.consent == nil {
		r.consent, r.notice = &authz.Consent{Kind: "publish", CollectedBy: "us"}, &authz.Notice{}
	}
}

// A column reads a cell into a record and writes it back.
type column struct {
	id      string
	zh      []string
	consent bool // about the consent, not the subject
	many    bool // several columns of a foreign file may fill it
	soft    bool // a cell that cannot be read is left out, and the row goes in without it
	foreign bool // only read: what other programs write
	read    func(Sheet, *record, string) error
	write   func(Sheet, *record) string
}

// columns are all there are, in the order in which they are written.
var columns = slices.Concat(subjectColumns, consentColumns)

// byName finds the columns by their folded English and Chinese names.
var byName = sync.OnceValue(func() map[string]int {
	m := map[string]int{}
	for i, c := range columns {
		m[authz.FoldName(c.id)] = i
		for _, z := range c.zh {
			m[authz.FoldName(z)] = i
		}
	}
	return m
})

// columnByName finds a column by its English or Chinese name.
func columnByName(name string) (int, bool) {
	i, ok := byName()[authz.FoldName(name)]
	return i, ok
}

func columnByID(id string) (int, bool) {
	i, ok := byName()[id]
	return i, ok && columns[i].id == id
}

// Columns are the ids of all columns that a mapping may name, in order.
func Columns() []string {
	ids := make([]string, len(columns))
	for i, c := range columns {
		ids[i] = c.id
	}
	return ids
}

// ColumnLabel is a column's name in a language, zh or en; an id that is none of
// ours comes back as it is.
func ColumnLabel(id, lang string) string {
	if i, ok := columnByID(id); ok && lang == "zh" {
		return columns[i].zh[0]
	}
	return id
}

func plainColumn(id, zh string, consent bool, field func(*record) *string) column {
	return column{id: id, zh: []string{zh}, consent: consent,
		read:  func(_ Sheet, r *record, cell string) error { *field(r) = cell; return nil },
		write: func(_ Sheet, r *record) string { return *field(r) }}
}

func flagColumn(id, zh string, consent bool, field func(*record) *bool) column {
	return column{id: id, zh: []string{zh}, consent: consent,
		read:  func(_ Sheet, r *record, cell string) (err error) { *field(r), err = boolean(cell); return err },
		write: func(_ Sheet, r *record) string { return writeBool(*field(r)) }}
}

func hashColumn(id, zh string, consent bool, field func(*record) *string) column {
	return column{id: id, zh: []string{zh}, consent: consent,
		read:  func(_ Sheet, r *record, cell string) (err error) { *field(r), err = digest(cell); return err },
		write: func(_ Sheet, r *record) string { return *field(r) }}
}

func dayColumn(id, zh string, consent bool, field func(*record) *time.Time) column {
	return column{id: id, zh: []string{zh}, consent: consent,
		read:  func(s Sheet, r *record, cell string) (err error) { *field(r), _, err = s.day(cell); return err },
		write: func(s Sheet, r *record) string { return s.writeDay(*field(r)) }}
}

// termColumn reads one word of the rule pack.
func termColumn(id, zh string, of func(authz.Vocabulary) authz.Terms, field func(*record) *string) column {
	return column{id: id, zh: []string{zh},
		read: func(s Sheet, r *record, cell string) error {
			t, ok := s.term(id, of(s.Vocabulary), cell)
			if !ok {
				return NotInPack
			}
			*field(r) = t
			return nil
		},
		write: func(_ Sheet, r *record) string { return *field(r) }}
}

// termsColumn reads a list of the rule pack's words.
func termsColumn[T ~string](id, zh string, of func(authz.Vocabulary) authz.Terms, field func(*record) *[]T) column {
	return column{id: id, zh: []string{zh}, consent: true,
		read: func(s Sheet, r *record, cell string) (err error) {
			*field(r), err = words[T](s, id, of(s.Vocabulary), cell)
			return err
		},
		write: func(_ Sheet, r *record) string { return join(*field(r)) }}
}

// choiceColumn reads one word of a short list that is not the pack's.
func choiceColumn(id, zh string, consent bool, field func(*record) *string, of map[string]string) column {
	return column{id: id, zh: []string{zh}, consent: consent,
		read: func(_ Sheet, r *record, cell string) error {
			w, ok := of[fold(cell)]
			if !ok {
				return NotInPack
			}
			*field(r) = w
			return nil
		},
		write: func(_ Sheet, r *record) string { return *field(r) }}
}

// itself maps ids to themselves, and other words to ids.
func itself(ids []string, more map[string]string) map[string]string {
	m := map[string]string{}
	for _, id := range ids {
		m[id] = id
	}
	for w, id := range more {
		m[w] = id
	}
	return m
}
