package exchange

import (
	"encoding/json"
	"slices"
	"time"

	"consentry/authz"
)

// A record is one row: a subject and what it says of a consent.
type record struct {
	line    int
	subject authz.Subject
	consent authz.Consent
	notice  authz.Notice
	aliases string

	state       authz.State
	stateAt     time.Time
	withdrawn   bool
	withdrawnAt time.Time
	intake      string

	holds bool // a cell about a consent is filled
}

// ends reports whether someone said no.
func (r *record) ends() bool {
	return r.withdrawn || r.state.Closes() || slices.ContainsFunc(r.consent.Events, func(e authz.Event) bool { return e.State.Closes() })
}

// A column reads a cell into a record and writes it back.
type column struct {
	id      string
	zh      []string
	consent bool // about the consent, not the subject
	read    func(Sheet, *record, string) error
	write   func(Sheet, record) string
}

func text(id, zh string, consent bool, field func(*record) *string) column {
	return column{id, []string{zh}, consent,
		func(_ Sheet, r *record, cell string) error { *field(r) = cell; return nil },
		func(_ Sheet, r record) string { return *field(&r) }}
}

func flag(id, zh string, consent bool, field func(*record) *bool) column {
	return column{id, []string{zh}, consent,
		func(_ Sheet, r *record, cell string) (err error) { *field(r), err = boolean(cell); return err },
		func(_ Sheet, r record) string { return writeBool(*field(&r)) }}
}

func hash(id, zh string, consent bool, field func(*record) *string) column {
	return column{id, []string{zh}, consent,
		func(_ Sheet, r *record, cell string) (err error) { *field(r), err = digest(cell); return err },
		func(_ Sheet, r record) string { return *field(&r) }}
}

func list[T ~string](id, zh string, terms func(authz.Vocabulary) authz.Terms, field func(*record) *[]T) column {
	return column{id, []string{zh}, true,
		func(s Sheet, r *record, cell string) (err error) {
			*field(r), err = words[T](terms(s.Vocabulary), cell)
			return err
		},
		func(_ Sheet, r record) string { return join(*field(&r)) }}
}

// choice reads one word of a short list that is not the pack's.
func choice(id, zh string, consent bool, field func(*record) *string, of map[string]string) column {
	return column{id, []string{zh}, consent,
		func(_ Sheet, r *record, cell string) error {
			w, ok := of[authz.FoldName(cell)]
			if !ok {
				return errWord
			}
			*field(r) = w
			return nil
		},
		func(_ Sheet, r record) string { return *field(&r) }}
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

func guardian(r *record) *authz.Guardian {
	if r.subject.Guardian == nil {
		r.subject.Guardian = &authz.Guardian{}
	}
	return r.subject.Guardian
}

func sensitive(r *record) *authz.Sensitive {
	if r.consent.Sensitive == nil {
		r.consent.Sensitive = &authz.Sensitive{}
	}
	return r.consent.Sensitive
}

// columnByName finds a column by its English or Chinese name.
func columnByName(name string) (int, bool) {
	name = authz.FoldName(name)
	i := slices.IndexFunc(columns, func(c column) bool {
		return authz.FoldName(c.id) == name || slices.ContainsFunc(c.zh, func(z string) bool { return authz.FoldName(z) == name })
	})
	return i, i >= 0
}

func readEvents(_ Sheet, r *record, cell string) error {
	var es []authz.Event
	if err := json.Unmarshal([]byte(cell), &es); err != nil {
		return errEvents
	}
	r.consent.Events = es
	return nil
}

func writeEvents(_ Sheet, r record) string {
	if len(r.consent.Events) == 0 {
		return ""
	}
	b, err := json.Marshal(r.consent.Events)
	if err != nil { // years that JSON cannot write
		return ""
	}
	return string(b)
}
