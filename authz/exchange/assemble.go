package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"reflect"
	"slices"

	"consentry/authz"
)

// assemble makes subjects, consents and notices of the rows.
func assemble(b *Batch, rows []row) {
	groups, order := map[string][]*row{}, []string(nil)
	for i := range rows {
		k := rows[i].key()
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], &rows[i])
	}
	filed := map[string]int{}
	ids := map[authz.ConsentID]int{}
	for _, k := range order {
		subject, ok := merge(groups[k])
		for _, r := range groups[k] {
			if ok && r.holds {
				b.take(r.consented(subject), ids, r)
				file(b, filed, r)
			}
			b.Problems = append(b.Problems, r.problems...)
		}
		if ok {
			b.Subjects = append(b.Subjects, subject)
		}
	}
}

// take adds a consent. Where two rows are about one, what happened in either
// happened; its scope is the first row's.
func (b *Batch) take(c authz.Consent, ids map[authz.ConsentID]int, r *row) {
	i, twice := ids[c.ID]
	if twice && b.Consents[i].Subject != c.Subject {
		r.note("consent_id", errors.New("is another subject's; the row got an id of its own"), false)
		c.ID, twice = authz.ConsentID(newID("c-")), false
	}
	if !twice {
		ids[c.ID] = len(b.Consents)
		b.Consents = append(b.Consents, c)
		return
	}
	for _, e := range c.Events {
		if !slices.ContainsFunc(b.Consents[i].Events, e.Same) {
			b.Consents[i].Events = append(b.Consents[i].Events, e)
		}
	}
}

func (r *row) note(column string, err error, skipped bool) {
	r.problems = append(r.problems, Problem{Line: r.line, Column: column, Reason: err.Error(), Skipped: skipped})
}

// merge makes one subject of its rows: the first one's cells, with what later
// rows add. Where a row cannot be read or contradicts, none goes in.
func merge(rows []*row) (authz.Subject, bool) {
	s := rows[0].subject
	held := slices.ContainsFunc(rows, func(r *row) bool { return r.bad })
	for _, r := range rows[1:] {
		if !held && !adds(&s, r.subject) {
			r.note("", errors.New("says something else of the subject than a row before"), true)
			r.bad, held = true, true
		}
	}
	if held {
		for _, r := range rows {
			if !r.bad {
				r.note("", errors.New("held back: another row of this subject cannot be read"), true)
			}
		}
		return s, false
	}
	if s.ID == "" {
		s.ID = authz.SubjectID(newID("s-"))
	}
	return s, true
}

// adds adds what a later row says; false where the two contradict. Names add
// up, and a cell left empty says nothing.
func adds(s *authz.Subject, more authz.Subject) bool {
	if len(s.Names) == 0 || len(more.Names) == 0 || authz.FoldName(s.Names[0].Text) != authz.FoldName(more.Names[0].Text) {
		return false
	}
	for _, n := range more.Names[1:] {
		if !slices.Contains(s.Names, n) {
			s.Names = append(s.Names, n)
		}
	}
	a, b := reflect.ValueOf(s).Elem(), reflect.ValueOf(more)
	for i := range a.NumField() {
		x, y := a.Field(i), b.Field(i)
		switch {
		case a.Type().Field(i).Name == "Names", y.IsZero():
		case x.IsZero():
			x.Set(y)
		case !reflect.DeepEqual(x.Interface(), y.Interface()):
			return false
		}
	}
	return true
}

// consented is the row's consent, its events in order.
func (r *row) consented(s authz.Subject) authz.Consent {
	c := r.consent
	c.Subject, c.Notice = s.ID, c.NoticeSHA256
	state, at := r.state, r.stateAt
	// A cell that someone changed after the export counts beside the history.
	if n := len(c.Events); n > 0 && (c.StateAt(endOfTime) == state || !state.Closes()) {
		state = ""
	} else if n == 0 && state == "" && !r.withdrawn {
		state = authz.Unknown
		r.note("state", errEmpty, false)
	}
	if state.Valid() {
		for _, lacking := range r.lacks(s) {
			state = authz.Unknown
			r.note(lacking, errors.New("missing: the grant counts as ConsentUnknown"), false)
		}
	}
	if state != "" && !(state == authz.Withdrawn && r.withdrawn && at.IsZero()) {
		c.Events = append(c.Events, authz.Event{State: state, At: at, Intake: r.intakeOf(state)})
	}
	if r.withdrawn && !slices.ContainsFunc(c.Events, func(e authz.Event) bool { return e.State == authz.Withdrawn && e.At.Equal(r.withdrawnAt) }) {
		c.Events = append(c.Events, authz.Event{State: authz.Withdrawn, At: r.withdrawnAt, Intake: r.intake})
	}
	if c.ID == "" {
		c.ID = consentID(c)
	}
	return c
}

func (r *row) intakeOf(s authz.State) string {
	if s.Closes() {
		return r.intake
	}
	return ""
}

// lacks are the columns without which a grant is not one. A company is no
// person: it is given no privacy notice.
func (r *row) lacks(s authz.Subject) []string {
	var out []string
	if s.Kind == authz.Person && r.consent.NoticeSHA256 == "" {
		out = append(out, "notice_sha256")
	}
	if s.Kind == authz.Person && r.consent.NoticeSHA256 != "" && (r.notice.GivenAt.IsZero() || !r.stateAt.IsZero() && r.notice.GivenAt.After(r.stateAt)) {
		out = append(out, "notice_at")
	}
	if r.consent.Kind == "publish" && len(r.consent.Purposes) == 0 {
		out = append(out, "purposes")
	}
	if r.consent.Evidence == "" {
		out = append(out, "evidence_sha256")
	}
	if r.stateAt.IsZero() {
		out = append(out, "state_at")
	}
	return out
}

// consentID makes the id of a consent from its subject's and from what was agreed,
// so that reading a sheet again finds the record again. What happens to a consent
// later is left out. The id of a subject without one is random, so this is too.
func consentID(c authz.Consent) authz.ConsentID {
	c.Events, c.WithdrawScope = nil, ""
	b, err := json.Marshal(c)
	if err != nil { // the cells' dates are within what JSON writes
		return authz.ConsentID(newID("c-"))
	}
	sum := sha256.Sum256(b)
	return authz.ConsentID("c-" + hex.EncodeToString(sum[:8]))
}

// file keeps the notice of a row. People may be handed one text on different
// days: the record keeps the first; each row was checked against its own. Of
// items only those count that every row names.
func file(b *Batch, filed map[string]int, r *row) {
	n := r.notice
	n.SHA256 = r.consent.NoticeSHA256
	if n.SHA256 == "" {
		return
	}
	i, ok := filed[n.SHA256]
	if !ok {
		filed[n.SHA256] = len(b.Notices)
		b.Notices = append(b.Notices, n)
		return
	}
	old := &b.Notices[i]
	if old.GivenAt.IsZero() || !n.GivenAt.IsZero() && n.GivenAt.Before(old.GivenAt) {
		old.GivenAt = n.GivenAt
	}
	if n.ChangedAt.After(old.ChangedAt) {
		old.ChangedAt = n.ChangedAt
	}
	if !slices.Equal(old.Items, n.Items) {
		r.note("notice_items", errors.New("differ from a row before; only the items in both count"), false)
		old.Items = slices.DeleteFunc(slices.Clone(old.Items), func(item string) bool { return !slices.Contains(n.Items, item) })
	}
}
