package exchange

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"consentry/authz"
	"consentry/authz/authztest"
)

var _ Lookup = (*authztest.Memory)(nil)

// filed puts a batch into a registry.
func filed(t *testing.T, b Batch) *authztest.Memory {
	t.Helper()
	var r authztest.Memory
	for _, n := range b.Notices {
		if err := r.PutNotice(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range b.Subjects {
		if err := r.PutSubject(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range b.Consents {
		if err := r.PutConsent(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	return &r
}

func TestCompare(t *testing.T) {
	b := imported(t, good)
	compare := func(b Batch, r Lookup) Preview {
		t.Helper()
		p, err := Compare(t.Context(), b, r)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	p := compare(b, &authztest.Memory{})
	if p.Subjects != (Counts{New: 2}) || p.Consents != (Counts{New: 2}) || p.Like != 0 || len(p.Changes) != 4 {
		t.Errorf("an empty registry: %s, %+v", p, p.Changes)
	}
	// What the program adds to a registry is no change, nor are zones.
	held := imported(t, good)
	for i := range held.Subjects {
		held.Subjects[i].Created = day8("2026-02-02")
		held.Subjects[i].Names = append(held.Subjects[i].Names, authz.Name{Text: fmt.Sprint("v", i), Use: "variant"})
		held.Subjects[i].Note = "kept"
	}
	for i := range held.Consents {
		held.Consents[i].From = held.Consents[i].From.UTC()
		held.Consents[i].Events = append(held.Consents[i].Events, authz.Event{State: authz.Withdrawn, At: day8("2026-09-01")})
	}
	r := filed(t, held)
	p = compare(b, r)
	if p.Subjects != (Counts{Unchanged: 2}) || p.Consents != (Counts{Unchanged: 2}) || len(p.Changes) != 0 {
		t.Errorf("the same again: %s, %+v", p, p.Changes)
	}
	b.Subjects[0].Post, b.Subjects[0].Contacts = "总监", []authz.Contact{{Kind: "phone", Value: "1"}}
	b.Subjects[1].Names = append(b.Subjects[1].Names, authz.Name{Text: "v1", Use: "former"})
	b.Consents[0].Events = append(b.Consents[0].Events, authz.Event{State: authz.Refused, At: day8("2026-03-01")})
	b.Consents[1].Until = day8("2029-01-01")
	p = compare(b, r)
	if got := fmt.Sprintf("%s | %v", p, p.Changes); got != "subjects: 0 new, 2 changed, 0 unchanged; consents: 0 new, 2 changed, 0 unchanged; 0 perhaps known, 0 rows left out | "+
		"[{s-1  changed [post contacts] []} {s-2  changed [names] []} {s-1 "+string(b.Consents[0].ID)+" changed [events] []} {s-2 "+string(b.Consents[1].ID)+" changed [until] []}]" {
		t.Error(got)
	}
	// The same name under another id, and a row that does not go in.
	list := imported(t, "kind,name\nperson,林知遥\nperson,陆知遥\nrobot,x\n")
	p = compare(list, r)
	if p.Subjects != (Counts{New: 2}) || p.Like != 1 || p.Changes[0].Like[0] != "s-1" || p.Skipped != 1 {
		t.Errorf("%s %+v", p, p.Changes)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Compare(stopped, list, r); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

func TestUpdate(t *testing.T) {
	old := authz.Subject{ID: "s-1", Kind: authz.Person, Names: []authz.Name{{Text: "林知遥"}, {Text: "lin zhiyao", Use: "variant"}, {Text: "小林", Use: "alias"}},
		Company: "云岚", Post: "经理", Contacts: []authz.Contact{{Kind: "phone", Value: "1"}}, Created: day8("2026-01-01"), Confidential: true}
	file := authz.Subject{ID: "s-1", Kind: authz.Person, Names: []authz.Name{{Text: "小林"}, {Text: "Lin Zhiyao", Use: "pinyin"}}, Post: "总监", Contacts: []authz.Contact{{Kind: "phone", Value: "2"}}}
	got := Update(old, file)
	if brief(got) != "person|小林|alias:林知遥|pinyin:Lin Zhiyao|@云岚|总监|phone:1|phone:2" || !got.Confidential || !got.Created.Equal(day8("2026-01-01")) {
		t.Errorf("%s %+v", brief(got), got)
	}
	if brief(old) != "person|林知遥|variant:lin zhiyao|alias:小林|@云岚|经理|phone:1" {
		t.Errorf("the old one became %s", brief(old))
	}
	if again := Update(got, file); brief(again) != brief(got) || len(differ(again, got)) > 0 {
		t.Errorf("again: %s", brief(again))
	}
	if d := differ(authz.Subject{Since: day8("2026-01-01")}, authz.Subject{Since: day8("2026-01-01").In(time.UTC)}); len(d) > 0 {
		t.Errorf("zones differ: %v", d)
	}
}
