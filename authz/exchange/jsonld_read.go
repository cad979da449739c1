package exchange

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"consentry/authz"
	"consentry/authz/exchange/dpv"
)

// ErrContext is given for a document with another @context than ours: its terms
// may mean something else. Any JSON-LD processor compacts it to ours first.
var ErrContext = errors.New("not a consent record with the @context that this program writes")

var ourContext = sync.OnceValue(func() any {
	var v any
	if err := json.Unmarshal([]byte(dpv.Context), &v); err != nil {
		panic(err) // it is a constant
	}
	return v
})

// A node is a part of a document with the line where it ends.
type node struct {
	line  int
	raw   json.RawMessage
	types []string
}

// nodes takes a document apart: its graph, or itself.
func nodes(t text) ([]node, error) {
	dec := json.NewDecoder(t.reader())
	lines := lineCount{r: t.reader(), line: 1}
	if err := delim(dec, '{'); err != nil {
		return nil, err
	}
	var out []node
	own := map[string]json.RawMessage{}
	known := false
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, ErrFormat
		}
		if key == "@graph" {
			if err := delim(dec, '['); err != nil {
				return nil, err
			}
			for dec.More() {
				var raw json.RawMessage
				if err := dec.Decode(&raw); err != nil {
					return nil, ErrFormat
				}
				if len(out) >= 3*MaxRows { // a record, its subject and its notice
					return nil, ErrRows
				}
				out = append(out, node{lines.at(dec.InputOffset()), raw, types(raw)})
			}
			if err := delim(dec, ']'); err != nil {
				return nil, err
			}
			continue
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return nil, ErrFormat
		}
		if key == "@context" {
			var v any
			if json.Unmarshal(raw, &v) != nil || !reflect.DeepEqual(v, ourContext()) {
				return nil, ErrContext
			}
			known = true
			continue
		}
		name, _ := key.(string)
		own[name] = raw
	}
	if err := delim(dec, '}'); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, ErrFormat
	}
	if !known {
		return nil, ErrContext
	}
	if len(own) > 0 {
		raw, err := json.Marshal(own)
		if err != nil {
			return nil, ErrFormat
		}
		out = append(out, node{1, raw, types(raw)})
	}
	return out, nil
}

func delim(dec *json.Decoder, want json.Delim) error {
	if t, err := dec.Token(); err != nil || t != want {
		return ErrFormat
	}
	return nil
}

// lineCount tells the lines of offsets that only grow.
type lineCount struct {
	r    *bufio.Reader
	at0  int64
	line int
}

func (l *lineCount) at(offset int64) int {
	for l.at0 < offset {
		c, err := l.r.ReadByte()
		if err != nil {
			break
		}
		if l.at0++; c == '\n' {
			l.line++
		}
	}
	return l.line
}

// records reads consent records.
func (s Sheet) records(t text) (Batch, error) {
	all, err := nodes(t)
	if err != nil {
		return Batch{}, err
	}
	s.memo = newMemo()
	g := graph{s: s, subjects: map[string]dpv.Subject{}, notices: map[string]dpv.Notice{}, used: map[string]bool{}}
	for _, n := range all { // what records point at first
		g.note(n)
	}
	var b Batch
	var rows []*row
	add := func(r *row, p *Problem) {
		if p != nil {
			b.Problems = append(b.Problems, *p)
		}
		if r != nil {
			rows = append(rows, r)
		}
	}
	for _, n := range all {
		if len(rows) > MaxRows {
			return Batch{}, ErrRows
		}
		add(g.record(n))
	}
	for _, n := range all {
		if len(rows) > MaxRows {
			return Batch{}, ErrRows
		}
		add(g.subject(n))
	}
	b.assemble(rows)
	return b, nil
}

// A graph is what a document says of subjects and notices.
type graph struct {
	s        Sheet
	subjects map[string]dpv.Subject
	notices  map[string]dpv.Notice
	used     map[string]bool // subjects that a record is about
}

func types(raw json.RawMessage) dpv.One[string] {
	var n struct {
		Type dpv.One[string] `json:"@type"`
	}
	if json.Unmarshal(raw, &n) != nil {
		return nil
	}
	return n.Type
}

func (g graph) note(n node) {
	switch ts := n.types; {
	case slices.Contains(ts, dpv.TypeSubject):
		var s dpv.Subject
		if json.Unmarshal(n.raw, &s) == nil && s.ID != "" {
			g.subjects[s.ID] = s
		}
	case slices.Contains(ts, dpv.TypeNotice):
		var v dpv.Notice
		if json.Unmarshal(n.raw, &v) == nil && v.ID != "" {
			g.notices[v.ID] = v
		}
	}
}

// subject reads a subject that no record is about.
func (g graph) subject(n node) (*row, *Problem) {
	if !slices.Contains(n.types, dpv.TypeSubject) {
		return nil, nil
	}
	r := newRow(n.line)
	var s dpv.Subject
	if json.Unmarshal(n.raw, &s) != nil {
		return g.broken(r, n.raw), nil
	}
	if g.used[s.ID] {
		return nil, nil
	}
	r.about(g.s, s)
	r.finish(false)
	return r, nil
}

// broken is a row for what cannot be read: it holds back the subject that it is
// about, because it may be a no.
func (g graph) broken(r *row, raw json.RawMessage) *row {
	r.fail("", BadRecord)
	r.bad = true
	type ref struct {
		ID json.RawMessage `json:"@id"`
	}
	var n struct {
		ref
		Subject      ref `json:"dpv:hasDataSubject"`
		Organisation ref `json:"consentry:hasOrganisation"`
	}
	if json.Unmarshal(raw, &n) == nil {
		for _, id := range []json.RawMessage{n.Subject.ID, n.Organisation.ID, n.ID} {
			var s string
			if json.Unmarshal(id, &s) == nil && fromIRI("subject", s) != "" {
				r.subject.ID = authz.SubjectID(fromIRI("subject", s))
				g.used[s] = true
				break
			}
		}
	}
	for i := range r.problems {
		r.problems[i].Skipped = true
	}
	return r
}

// record reads a consent record; receipts and what is of no type that we know are
// left out.
func (g graph) record(n node) (*row, *Problem) {
	ts := n.types
	switch {
	case slices.Contains(ts, dpv.TypeRecord), slices.Contains(ts, dpv.TypeAuthorisation):
	case slices.Contains(ts, dpv.TypeSubject), slices.Contains(ts, dpv.TypeNotice), slices.Contains(ts, dpv.TypeController):
		return nil, nil
	default:
		return nil, &Problem{Line: n.line, Reason: NotImported, Skipped: true}
	}
	r := newRow(n.line)
	r.strict, r.holds = true, true
	r.begin()
	var v dpv.Record
	if json.Unmarshal(n.raw, &v) != nil {
		return g.broken(r, n.raw), nil
	}
	subject := v.DataSubject
	if subject == nil {
		subject = v.Organisation
	}
	if subject == nil {
		return g.broken(r, n.raw), nil
	}
	g.used[subject.ID] = true
	if known, ok := g.subjects[subject.ID]; ok && len(subject.Names) == 0 {
		subject = &known
	}
	r.about(g.s, *subject)
	r.agreed(g.s, v)
	if v.Notice != nil {
		notice := *v.Notice
		if known, ok := g.notices[notice.ID]; ok && notice.Identifier == "" {
			notice = known
		}
		r.told(g.s, notice)
	}
	r.happened(g.s, v)
	ours := len(v.Controller) == 1 && slices.Contains(g.s.Handlers, fromIRI("handler", v.Controller[0]))
	if r.consent.CollectedBy == "us" && !ours {
		r.consent.CollectedBy = "partner"
		r.note("collected_by", OtherController, false)
	}
	r.finish(false)
	return r, nil
}

// about reads the subject.
func (r *row) about(s Sheet, v dpv.Subject) {
	id := fromIRI("subject", v.ID)
	if id == "" {
		id = v.Identifier
	}
	if id == "" {
		i, _ := columnByID("id")
		r.fail("id", Empty)
		r.unread = append(r.unread, i)
	}
	r.set(s, "id", id)
	r.subject.Kind = authz.Person
	if slices.Contains(v.Type, "dpv:Organisation") {
		r.subject.Kind = authz.Organisation
	}
	for i, n := range v.Names {
		if i == 0 {
			r.title(n.Text)
			if len(r.subject.Names) > 0 {
				r.subject.Names[0].Use, r.script = n.Use, n.Script
			}
			continue
		}
		r.more = append(r.more, authz.Name{Text: n.Text, Use: n.Use, Script: n.Script})
	}
	r.set(s, "role", v.Role)
	r.set(s, "age", v.Age)
	r.set(s, "company", v.Company)
	r.set(s, "employer", fromIRI("subject", v.Employer))
	r.set(s, "post", v.Post)
	r.set(s, "note", v.Note)
	r.time(s, "since", v.Since)
	r.time(s, "subject_retention", v.Retention)
	for _, c := range v.Contacts {
		switch c := (authz.Contact{Kind: c.Kind, Value: c.Value}); {
		case c.Value == "":
		case plainText(c.Kind+c.Value, MaxCell) != nil:
			r.fail("contacts", ControlMarks)
		case !slices.Contains(r.subject.Contacts, c):
			r.subject.Contacts = append(r.subject.Contacts, c)
		}
	}
	if f := v.Firm; f != nil {
		r.set(s, "credit_code", f.CreditCode)
		r.set(s, "domains", writeList(f.Domains))
		r.set(s, "general_form", f.GeneralForm)
		r.set(s, "contract", f.Contract)
		r.set(s, "clause", f.Clause)
		r.set(s, "logo_rules", f.LogoRules)
		r.set(s, "quote_approval", writeBool(f.QuoteApproval))
	}
	if g := v.Guardian; g != nil {
		r.set(s, "guardian_name", g.Name)
		r.set(s, "guardian_relationship", g.Relationship)
		r.set(s, "guardian_evidence", g.Evidence)
	}
	r.set(s, "deceased", writeBool(v.Deceased))
	r.set(s, "state_organ", writeBool(v.StateOrgan))
	r.set(s, "confidential", writeBool(v.Confidential))
}

func (r *row) time(s Sheet, id string, t dpv.Time) {
	if !t.IsZero() {
		r.set(s, id, t.Format(time.RFC3339Nano))
	}
}

// agreed reads what was agreed.
func (r *row) agreed(s Sheet, v dpv.Record) {
	r.set(s, "consent_id", v.Consent)
	if v.Consent == "" {
		r.set(s, "consent_id", v.Identifier)
	}
	r.set(s, "consent_kind", v.Kind)
	r.set(s, "given_by", v.GivenBy)
	r.consent.CollectedBy = "partner"
	r.set(s, "collected_by", v.CollectedBy)
	r.set(s, "evidence_sha256", v.Evidence)
	r.set(s, "withdraw_scope", v.WithdrawScope)
	r.set(s, "licence_sha256", v.Licence)
	r.set(s, "quote_sha256", v.Quote)
	r.set(s, "figures_sha256", v.Figures)
	r.set(s, "term", v.Term)
	r.set(s, "allowed_forms", strings.Join(v.AllowedForms, ";"))
	for id, yes := range map[string]bool{"voluntary": v.Voluntary, "separate": v.Separate, "written": v.Written, "authority": v.Authority,
		"onward_use": v.OnwardUse, "oversized": v.Oversized, "cross_border": v.CrossBorder} {
		r.set(s, id, writeBool(yes))
	}
	r.time(s, "from", v.From)
	r.time(s, "until", v.Until)
	if sens := v.Sensitive; sens != nil {
		sensitive(&r.record)
		r.set(s, "sensitive_kinds", strings.Join(sens.Kinds, ";"))
		r.set(s, "sensitive_separate", writeBool(sens.Separate))
		r.set(s, "sensitive_necessity", sens.Necessity)
		r.set(s, "sensitive_effect", sens.Effect)
	}
	p := v.Process
	if p == nil {
		return
	}
	r.set(s, "purposes", conceptsOf("purpose", p.Purposes))
	shows, kinds := dpv.One[dpv.Concept]{}, dpv.One[dpv.Concept]{}
	for _, c := range p.Data {
		if strings.HasPrefix(c.ID, "consentry:shows:") {
			shows = append(shows, c)
		} else {
			kinds = append(kinds, c)
		}
	}
	r.set(s, "shows", conceptsOf("shows", shows))
	r.set(s, "kinds", conceptsOf("kind", kinds))
	r.set(s, "channels", strings.Join(p.Channels, ";"))
	r.set(s, "territories", strings.Join(p.Territories, ";"))
	var recipients []string
	for _, e := range p.Recipients {
		if e.Name != "" {
			recipients = append(recipients, e.Name)
		}
	}
	r.set(s, "recipients", writeList(recipients))
	for _, st := range p.Storage {
		if st.Duration != nil && slices.Contains(st.Duration.Type, "dpv:UntilTimeDuration") {
			r.set(s, "retention", st.Duration.Value)
		}
	}
}

// conceptsOf are the words of a list; what is none stays as it is, and is found to
// be no word of the rule pack.
func conceptsOf(list string, cs []dpv.Concept) string {
	var out []string
	for _, c := range cs {
		id := c.ID
		if rest, ok := strings.CutPrefix(id, "consentry:"+list+":"); ok {
			if plain, err := url.PathUnescape(rest); err == nil {
				id = plain
			}
		}
		out = append(out, id)
	}
	return strings.Join(out, ";")
}

// told reads the notice.
func (r *row) told(s Sheet, n dpv.Notice) {
	id := n.Identifier
	if id == "" {
		id = fromIRI("notice", n.ID)
	}
	r.set(s, "notice_sha256", id)
	r.set(s, "notice_title", n.Title)
	r.set(s, "notice_version", n.Version)
	r.set(s, "notice_language", strings.Join(n.Language, ";"))
	r.set(s, "notice_items", strings.Join(n.Items, ";"))
	r.time(s, "notice_at", n.Given)
	r.time(s, "notice_changed_at", n.Changed)
}

// happened reads the events. Where a grant says that it ends before the record
// does, the earlier end counts.
func (r *row) happened(s Sheet, v dpv.Record) {
	unread := func(column string, err error) {
		i, _ := columnByID(column)
		r.fail(column, err)
		r.unread = append(r.unread, i)
	}
	for _, st := range v.Status {
		e := authz.Event{At: st.At.Time, By: st.Recorder, Intake: st.Method, Received: st.Received.Time, Reason: st.Reason}
		if e.State = stateOf(st.Type); e.State == "" {
			unread("state", NotInPack)
			continue
		}
		if (!e.At.IsZero() && !sane(e.At)) || (!e.Received.IsZero() && !sane(e.Received)) {
			unread("state_at", NotADay)
			e.At, e.Received = time.Time{}, time.Time{}
		}
		if err := plainText(e.By+e.Intake+e.Reason, MaxCell); err != nil {
			r.fail("events", err) // the event counts without its words
			e.By, e.Intake, e.Reason = "", "", ""
		}
		if st.Evidence != "" {
			d, err := digest(st.Evidence)
			if err != nil {
				unread("state_evidence", err)
			}
			e.Evidence = d
		}
		if d := st.Duration; e.State.Valid() && d != nil && slices.Contains(d.Type, "dpv:UntilTimeDuration") {
			end, err := time.Parse(time.RFC3339Nano, d.Value)
			if err != nil || !sane(end) {
				unread("until", NotADay)
			} else if r.consent.Until.IsZero() || end.Before(r.consent.Until) {
				r.consent.Until = end
			}
		}
		r.consent.Events = append(r.consent.Events, e)
	}
}

// stateOf is the state among the types of an event: of several, one that closes,
// else unknown.
func stateOf(types []string) authz.State {
	var found authz.State
	for state, term := range stateTerms {
		switch {
		case !slices.Contains(types, term):
		case found == "" || state == authz.Withdrawn || state.Closes() && found != authz.Withdrawn && (!found.Closes() || state < found):
			found = state
		case !found.Closes():
			found = authz.Unknown
		}
	}
	return found
}
