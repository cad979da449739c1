package store

import (
	"slices"
	"testing"

	"consentry/authz"
)

func TestByContact(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	for id, values := range map[authz.SubjectID][]string{
		"s_a": {"+86 138-0013-8000", "Stella@Example.TEST"},
		"s_b": {"13800138000", "010-5555 0123"},
		"s_c": {"+852 5555 0100", "上海市示范路 1 号", ""},
	} {
		s := authz.Subject{ID: id, Kind: authz.Person}
		for _, c := range values {
			s.Contacts = append(s.Contacts, authz.Contact{Value: c})
		}
		if err := v.PutSubject(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	for value, want := range map[string][]authz.SubjectID{
		"13800138000": {"s_a", "s_b"}, "8613800138000": {"s_a", "s_b"}, "0086 138 0013 8000": {"s_a", "s_b"}, "＋８６ １３８００１３８０００": {"s_a", "s_b"},
		"tel:+8613800138000":  {"s_a", "s_b"},
		"stella@example.test": {"s_a"}, " mailto:STELLA@example.test ": {"s_a"},
		"(010) 55550123": {"s_b"}, "00852-55550100": {"s_c"}, "55550100": nil,
		"上海市示范路1号": {"s_c"}, "": nil, "-": nil, "1380013800": nil,
	} {
		if got, err := v.ByContact(ctx, value); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v, %v, want %v", value, got, err, want)
		}
	}
	// What a subject no longer has finds it no longer, and neither does a forged row.
	if err := v.PutSubject(ctx, authz.Subject{ID: "s_a", Kind: authz.Person, Contacts: []authz.Contact{{Kind: "phone", Value: "13900139000"}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := v.pool.Exec(`insert into subject_contact (idx, subject) select idx, 's_c' from subject_contact where subject = 's_b'`); err != nil {
		t.Fatal(err)
	}
	if got, err := v.ByContact(ctx, "13800138000"); err != nil || !slices.Equal(got, []authz.SubjectID{"s_b"}) {
		t.Errorf("after a change: %v, %v", got, err)
	}
}
