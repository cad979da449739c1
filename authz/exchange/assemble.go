package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"reflect"
	"slices"
	"time"

	"consentry/authz"
)

// assemble makes subjects, consents and notices of the rows. Each row is let go
// once it is used.
func (b *Batch) assemble(rows []*row) {
	groups, order, consents := map[string][]int32{}, []string(nil), 0
	for i, r := range rows {
		if r.holds {
			consents++
		}
		k := r.key()
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], int32(i))
	}
	b.Subjects, b.Consents = slices.Grow(b.Subjects, len(order)), slices.Grow(b.Consents, consents)
	a := assembly{Batch: b, filed: map[string]int{}, ids: map[authz.ConsentID]int{}}
	var group []*row
	for _, k := range order {
		group = group[:0]
		for _, i := range groups[k] {
			group = append(group, rows[i])
			rows[i] = nil
		}
		delete(groups, k)
		a.subject(group)
	}
	slices.SortStableFunc(b.Problems, func(a, b Problem) int { return a.Line - b.Line })
}

// An assembly is a batch while it is put together.
type assembly struct {
	*Batch
	filed map[string]int          // notices by digest
	ids   map[authz.ConsentID]int // consents
}

func (a *assembly) subject(rows []*row) {
	subject, ok := merge(rows)
	for _, r := range rows {
		if ok && r.holds {
			a.take(r.consented(subject), r)
			a.file(r)
		}
		a.Problems = append(a.Problems, r.problems...)
	}
	if ok {
		a.Subjects = append(a.Subjects, subject)
	}
}

// take adds a consent. Where two rows are about one, what happened in either
// happened; its scope is the first row's.
func (a *assembly) take(c authz.Consent, r *row) {
	i, twice := a.ids[c.ID]
	if twice && a.Consents[i].Subject != c.Subject {
		r.note("consent_id", OthersConsent, false)
		c.ID, twice = authz.ConsentID(newID("c-")), false
	}
	if !twice {
		a.ids[c.ID] = len(a.Consents)
		a.Consents = append(a.Consents, c)
		return
	}
	for _, e := range c.Events {
		if !slices.ContainsFunc(a.Consents[i].Events, e.Same) {
			a.Consents[i].Events = append(a.Consents[i].Events, e)
		}
	}
}

// merge makes one subject of its rows: the first one's cells, with what later
// rows add. Where a row cannot be read or contradicts, none goes in.
func merge(rows []*row) (authz.Subject, bool) {
	s := rows[0].subject
	held := slices.ContainsFunc(rows, func(r *row) bool { return r.bad })
	for _, r := range rows[1:] {
		if !held && !adds(&s, r.subject) {
			r.note("", Contradicts, true)
			r.bad, held = true, true
		}
	}
	if held {
		for _, r := range rows {
			if !r.bad {
				r.note("", HeldBack, true)
			}
		}
		return s, false
	}
	if s.ID == "" {
		s.ID = authz.SubjectID(newID("s-"))
	}
	return s, true
}

// adds adds what a later row says; false where the two contradict. Names and
// contacts add up, and a cell left empty says nothing.
func adds(s *authz.Subject, more authz.Subject) bool {
	if len(s.Names) == 0 || len(more.Names) == 0 || authz.FoldName(s.Names[0].Text) != authz.FoldName(more.Names[0].Text) {
		return false
	}
	for _, n := range more.Names[1:] {
		if !slices.Contains(s.Names, n) {
			s.Names = append(s.Names, n)
		}
	}
	for _, c := range more.Contacts {
		if !slices.Contains(s.Contacts, c) {
			s.Contacts = append(s.Contacts, c)
		}
	}
	a, b := reflect.ValueOf(s).Elem(), reflect.ValueOf(more)
	for i := range a.NumField() {
		x, y := a.Field(i), b.Field(i)
		switch f := a.Type().Field(i).Name; {
		case f == "Names", f == "Contacts", y.IsZero():
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
	c := *r.consent
	c.Subject, c.Notice = s.ID, c.NoticeSHA256
	state, at := r.state, r.stateAt
	// A cell that someone changed after the export counts beside the history.
	if n := len(c.Events); n > 0 && (c.StateAt(endOfTime) == state || !state.Closes()) {
		state = ""
	} else if n == 0 && state == "" && !r.withdrawn {
		state = authz.Unknown
		r.note("state", Empty, false)
	}
	if state.Valid() {
		for _, lacking := range r.lacks(s, at) {
			state = authz.Unknown
			r.note(lacking, GrantLacks, false)
		}
	}
	for i, e := range c.Events {
		if !r.strict || !e.State.Valid() {
			continue
		}
		for _, lacking := range r.lacks(s, e.At) {
			c.Events[i].State = authz.Unknown
			r.note(lacking, GrantLacks, false)
		}
	}
	if state != "" && !(state == authz.Withdrawn && r.withdrawn && at.IsZero()) {
		e := authz.Event{State: state, At: at, Received: r.stateReceived, Evidence: r.stateEvidence}
		if state.Closes() {
			e.Intake = r.intake
		}
		c.Events = append(c.Events, e)
	}
	if r.withdrawn && !slices.ContainsFunc(c.Events, func(e authz.Event) bool { return e.State == authz.Withdrawn && e.At.Equal(r.withdrawnAt) }) {
		e := authz.Event{State: authz.Withdrawn, At: r.withdrawnAt, Intake: r.intake}
		if state == "" || state == authz.Withdrawn {
			e.Received, e.Evidence = r.stateReceived, r.stateEvidence
		}
		c.Events = append(c.Events, e)
	}
	if c.ID == "" {
		c.ID = consentID(c)
	}
	return c
}

// lacks are the columns without which a grant of an instant is not one. A company is no
// person: it is given no privacy notice.
func (r *row) lacks(s authz.Subject, at time.Time) []string {
	var out []string
	if s.Kind == authz.Person && r.consent.NoticeSHA256 == "" {
		out = append(out, "notice_sha256")
	}
	if s.Kind == authz.Person && r.consent.NoticeSHA256 != "" && (r.notice.GivenAt.IsZero() || !at.IsZero() && r.notice.GivenAt.After(at)) {
		out = append(out, "notice_at")
	}
	if r.consent.Kind == "publish" && len(r.consent.Purposes) == 0 {
		out = append(out, "purposes")
	}
	if r.consent.Evidence == "" {
		out = append(out, "evidence_sha256")
	}
	if at.IsZero() {
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
func (a *assembly) file(r *row) {
	n := *r.notice
	n.SHA256 = r.consent.NoticeSHA256
	if n.SHA256 == "" {
		return
	}
	i, ok := a.filed[n.SHA256]
	if !ok {
		a.filed[n.SHA256] = len(a.Notices)
		a.Notices = append(a.Notices, n)
		return
	}
	old := &a.Notices[i]
	if old.GivenAt.IsZero() || !n.GivenAt.IsZero() && n.GivenAt.Before(old.GivenAt) {
		old.GivenAt = n.GivenAt
	}
	if n.ChangedAt.After(old.ChangedAt) {
		old.ChangedAt = n.ChangedAt
	}
	for _, f := range []struct {
		old *string
		new string
	}{{&old.Title, n.Title}, {&old.Version, n.Version}, {&old.Language, n.Language}} {
		if *f.old == "" {
			*f.old = f.new
		}
	}
	if !slices.Equal(old.Items, n.Items) {
		r.note("notice_items", NoticesDiffer, false)
		old.Items = slices.DeleteFunc(slices.Clone(old.Items), func(item string) bool { return !slices.Contains(n.Items, item) })
	}
}
