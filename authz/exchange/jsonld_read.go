package exchange

import (
	"encoding/json"
	"slices"

	"consentry/authz"
	"consentry/authz/exchange/dpv"
)

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
