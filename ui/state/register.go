package state

import (
	"slices"
	"strings"

	"consentry/authz"
)

// PeopleFilter narrows the list of who is registered.
type PeopleFilter string

// The filters.
const (
	Everyone   PeopleFilter = "all"
	Persons    PeopleFilter = "person"
	Companies  PeopleFilter = "organisation"
	LapsesSoon PeopleFilter = "lapsing"   // a consent ends within 90 days
	TakenBack  PeopleFilter = "withdrawn" // of some record
	Minors     PeopleFilter = "minor"
)

// PeopleFilters are all of them in the order of the chips.
var PeopleFilters = []PeopleFilter{Everyone, Persons, Companies, LapsesSoon, TakenBack, Minors}

// Marks are the subjects whose records a filter asks about: whether a consent of
// theirs is about to end, or was withdrawn, their facts do not say.
type Marks struct{ Lapsing, Withdrawn map[authz.SubjectID]bool }

// Takes reports whether a filter keeps a subject. The zero filter keeps all.
func (f PeopleFilter) Takes(s authz.Subject, m Marks) bool {
	switch f {
	case Persons:
		return s.Kind == authz.Person
	case Companies:
		return s.Kind == authz.Organisation
	case LapsesSoon:
		return m.Lapsing[s.ID]
	case TakenBack:
		return m.Withdrawn[s.ID]
	case Minors:
		return s.Kind == authz.Person && strings.HasPrefix(string(s.Age), "under-")
	}
	return true
}

// Counts is how many subjects each filter keeps.
func (p *People) Counts(m Marks) map[PeopleFilter]int {
	n := map[PeopleFilter]int{}
	for _, s := range p.Subjects {
		for _, f := range PeopleFilters {
			if f.Takes(s, m) {
				n[f]++
			}
		}
	}
	return n
}

// Listed are the ids that a query and a filter keep, at most limit. found are ids that
// somebody else knows to fit the query; they go first, those of nobody here are left
// out.
func (p *People) Listed(query string, f PeopleFilter, m Marks, found []authz.SubjectID, limit int) (ids []authz.SubjectID) {
	known := map[authz.SubjectID]bool{}
	if len(found) > 0 {
		for _, s := range p.Subjects {
			if f.Takes(s, m) && slices.Contains(found, s.ID) {
				known[s.ID] = true
			}
		}
	}
	for _, id := range found {
		if known[id] && len(ids) < limit {
			ids = append(ids, id)
		}
	}
	for _, i := range p.Find(query) {
		if len(ids) >= limit {
			break
		}
		if s := p.Subjects[i]; !known[s.ID] && f.Takes(s, m) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}
