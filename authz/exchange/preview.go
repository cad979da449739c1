package exchange

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"consentry/authz"
)

// A Lookup is what Compare asks of a registry.
type Lookup interface {
	// Match returns the subjects a sighting may be, best first.
	Match(ctx context.Context, s authz.Sighting) ([]authz.Candidate, error)
	// Named reports which of some texts may be the name of a subject.
	Named(ctx context.Context, texts []string) (map[string]bool, error)
	// SubjectsOf and ConsentsOf return those that are there.
	SubjectsOf(ctx context.Context, ids []authz.SubjectID) (map[authz.SubjectID]authz.Subject, error)
	ConsentsOf(ctx context.Context, ids []authz.ConsentID) (map[authz.ConsentID]authz.Consent, error)
}

// A Status is what taking a record in would do.
type Status string

// The statuses.
const (
	StatusNew       Status = "new"
	StatusChanged   Status = "changed"
	StatusUnchanged Status = "unchanged"
)

// A Change is what taking one subject or consent in would do.
type Change struct {
	Subject authz.SubjectID `json:"subject"`
	Consent authz.ConsentID `json:"consent,omitempty"` // empty: the subject itself
	Status  Status          `json:"status"`
	// Fields that differ, by their names in JSON. A field that the file leaves empty
	// says nothing.
	Fields []string `json:"fields,omitempty"`
	// Like are subjects of the registry under other ids that bear the name of a new
	// one: perhaps the same.
	Like []authz.SubjectID `json:"like,omitempty"`
}

// Counts are how many are new, changed and unchanged.
type Counts struct {
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
}

func (c *Counts) add(s Status) {
	switch s {
	case StatusNew:
		c.New++
	case StatusChanged:
		c.Changed++
	default:
		c.Unchanged++
	}
}

// A Preview is what taking a batch in would do. Its printed form is numbers.
type Preview struct {
	Subjects Counts   `json:"subjects"`
	Consents Counts   `json:"consents"`
	Like     int      `json:"like"`    // new subjects that may be known under another id
	Skipped  int      `json:"skipped"` // rows that do not go in
	Changes  []Change `json:"changes"` // in the order of the batch, without what stays as it is
}

// String is the numbers.
func (p Preview) String() string {
	return fmt.Sprintf("subjects: %d new, %d changed, %d unchanged; consents: %d new, %d changed, %d unchanged; %d perhaps known, %d rows left out",
		p.Subjects.New, p.Subjects.Changed, p.Subjects.Unchanged, p.Consents.New, p.Consents.Changed, p.Consents.Unchanged, p.Like, p.Skipped)
}

// sureMatch is from which score on Match means the name itself.
const sureMatch = 0.9

// Compare says what taking a batch in would do to a registry, and changes nothing.
// It gives the registry's errors.
func Compare(ctx context.Context, b Batch, existing Lookup) (Preview, error) {
	var p Preview
	skipped := map[int]bool{}
	for _, pr := range b.Problems {
		if pr.Skipped {
			skipped[pr.Line] = true
		}
	}
	p.Skipped = len(skipped)
	for part := range slices.Chunk(b.Subjects, compared) {
		cs, err := compareSubjects(ctx, part, existing)
		if err != nil {
			return Preview{}, fmt.Errorf("compare subjects: %w", err)
		}
		for _, c := range cs {
			p.Subjects.add(c.Status)
			if len(c.Like) > 0 {
				p.Like++
			}
			if c.Status != StatusUnchanged {
				p.Changes = append(p.Changes, c)
			}
		}
	}
	for part := range slices.Chunk(b.Consents, compared) {
		var ids []authz.ConsentID
		for _, c := range part {
			ids = append(ids, c.ID)
		}
		known, err := existing.ConsentsOf(ctx, ids)
		if err != nil {
			return Preview{}, fmt.Errorf("compare consents: %w", err)
		}
		for _, c := range part {
			change := compareConsent(c, known)
			p.Consents.add(change.Status)
			if change.Status != StatusUnchanged {
				p.Changes = append(p.Changes, change)
			}
		}
	}
	return p, nil
}

// compared is how many records are asked for at once.
const compared = 1000

func compareSubjects(ctx context.Context, ss []authz.Subject, existing Lookup) ([]Change, error) {
	var ids []authz.SubjectID
	for _, s := range ss {
		ids = append(ids, s.ID)
	}
	known, err := existing.SubjectsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	var firsts []string // names of the new ones
	for _, s := range ss {
		if _, ok := known[s.ID]; !ok && len(s.Names) > 0 {
			firsts = append(firsts, s.Names[0].Text)
		}
	}
	named, err := existing.Named(ctx, firsts)
	if err != nil {
		return nil, err
	}
	out := make([]Change, len(ss))
	for i, s := range ss {
		c := &out[i]
		*c = Change{Subject: s.ID, Status: StatusUnchanged}
		if old, ok := known[s.ID]; ok {
			if c.Fields = differ(Update(old, s), old); len(c.Fields) > 0 {
				c.Status = StatusChanged
			}
			continue
		}
		c.Status = StatusNew
		if len(s.Names) == 0 || !named[s.Names[0].Text] {
			continue
		}
		like, err := existing.Match(ctx, authz.Sighting{Kind: s.Kind, Text: s.Names[0].Text})
		if err != nil {
			return nil, err
		}
		for _, l := range like {
			if l.Score >= sureMatch && l.Subject != s.ID {
				c.Like = append(c.Like, l.Subject)
			}
		}
	}
	return out, nil
}

func compareConsent(c authz.Consent, known map[authz.ConsentID]authz.Consent) Change {
	out := Change{Subject: c.Subject, Consent: c.ID, Status: StatusNew}
	old, ok := known[c.ID]
	if !ok {
		return out
	}
	out.Status = StatusUnchanged
	// Taking in never loses an event.
	more := slices.ContainsFunc(c.Events, func(e authz.Event) bool { return !slices.ContainsFunc(old.Events, e.Same) })
	c.Events = old.Events
	if out.Fields = differ(c, old); more {
		out.Fields = append(out.Fields, "events")
	}
	if len(out.Fields) > 0 {
		out.Status = StatusChanged
	}
	return out
}

// Update is a subject of a registry with what a file says of it: a field that the
// file leaves empty stays, and so do names and contacts that it does not have. A
// first name that differs becomes the first, the old one an alias.
func Update(old, file authz.Subject) authz.Subject {
	out := old
	out.Names, out.Contacts = slices.Clone(old.Names), slices.Clone(old.Contacts)
	for i := len(file.Names) - 1; i >= 0; i-- {
		n := file.Names[i]
		at := slices.IndexFunc(out.Names, func(o authz.Name) bool { return authz.FoldName(o.Text) == authz.FoldName(n.Text) })
		switch {
		case i == 0 && at == 0, i > 0 && at >= 0 && (out.Names[at].Use != variant || n.Use == variant):
		case i == 0:
			if at > 0 {
				out.Names = slices.Delete(out.Names, at, at+1)
			}
			if len(out.Names) > 0 && out.Names[0].Use == "" {
				out.Names[0].Use = "alias"
			}
			out.Names = slices.Insert(out.Names, 0, n)
		case at >= 0: // what the program made is now said
			out.Names[at] = n
		default:
			out.Names = append(out.Names, n)
		}
	}
	for _, c := range file.Contacts {
		if !slices.Contains(out.Contacts, c) {
			out.Contacts = append(out.Contacts, c)
		}
	}
	a, b := reflect.ValueOf(&out).Elem(), reflect.ValueOf(file)
	for i := range a.NumField() {
		switch f := a.Type().Field(i).Name; {
		case f == "Names", f == "Contacts", f == "Created", b.Field(i).IsZero():
		default:
			a.Field(i).Set(b.Field(i))
		}
	}
	return out
}

// differ lists the fields in which two records of one type differ, by their names
// in JSON; instants count as such, whatever zone they are written in.
func differ(x, y any) []string {
	var out []string
	a, b := reflect.ValueOf(x), reflect.ValueOf(y)
	for i := range a.NumField() {
		if !equal(a.Field(i), b.Field(i)) {
			out = append(out, jsonName(a.Type().Field(i)))
		}
	}
	return out
}
