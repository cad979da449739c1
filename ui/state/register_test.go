package state

import (
	"slices"
	"testing"

	"consentry/authz"
)

func TestPeopleFilters(t *testing.T) {
	named := func(id, name string, k authz.Kind, age authz.Age) authz.Subject {
		return authz.Subject{ID: authz.SubjectID(id), Kind: k, Age: age, Names: []authz.Name{{Text: name}}}
	}
	p := NewPeople([]authz.Subject{
		named("a", "苏晚晴", authz.Person, "adult"), named("b", "程予安", authz.Person, "under-14"),
		named("c", "朔禾生物", authz.Organisation, "adult"), named("d", "程予宁", authz.Person, "unclear"),
	})
	m := Marks{Lapsing: map[authz.SubjectID]bool{"a": true}, Withdrawn: map[authz.SubjectID]bool{"c": true, "a": true}}
	want := map[PeopleFilter]string{Everyone: "abcd", Persons: "abd", Companies: "c", LapsesSoon: "a", TakenBack: "ac", Minors: "b"}
	n := p.Counts(m)
	for _, f := range PeopleFilters {
		var got string
		for _, id := range p.Listed("", f, m, nil, 9) {
			got += string(id)
		}
		if got != want[f] || n[f] != len(want[f]) {
			t.Errorf("%s keeps %q and counts %d, want %q", f, got, n[f], want[f])
		}
	}
	// Who is found by a telephone number goes first, if the filter keeps them.
	if got := p.Listed("cy", Everyone, m, []authz.SubjectID{"c", "gone"}, 2); !slices.Equal(got, []authz.SubjectID{"c", "b"}) {
		t.Errorf("listed %v", got)
	}
	if got := p.Listed("cy", Persons, m, []authz.SubjectID{"c"}, 9); !slices.Equal(got, []authz.SubjectID{"b", "d"}) {
		t.Errorf("listed %v", got)
	}
}
