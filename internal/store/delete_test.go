package store

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"consentry/authz"
)

// full puts a subject with everything that can hang on it.
func full(t *testing.T, v *Vault, id authz.SubjectID, name string) {
	t.Helper()
	ctx := t.Context()
	c := "c_" + authz.ConsentID(id)
	err := v.Update(ctx, func(tx *Tx) error {
		return errors.Join(
			tx.PutSubject(ctx, authz.Subject{ID: id, Kind: authz.Person, Names: []authz.Name{{Text: name}}, Contacts: []authz.Contact{{Kind: "email", Value: "shared@example.test"}}}),
			tx.PutConsent(ctx, authz.Consent{ID: c, Subject: id}),
			tx.PutGround(ctx, authz.Ground{ID: "g_" + string(id), Subject: id}),
			tx.PutDoc(ctx, "face-template", string(id), []byte("numbers")),
			tx.PutDoc(ctx, CaseBucket, "k_"+string(id), []byte("case")),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
	fileEvidence(t, v, authz.Evidence{Of: authz.OfGrant, Subject: id, Consent: c}, []byte("shared"))
	fileEvidence(t, v, authz.Evidence{Of: authz.OfGrant, Subject: id, Consent: c, Retention: day(20)}, []byte("own of "+id))
}

func update(v *Vault, f func(context.Context, *Tx) error) error {
	return v.Update(context.Background(), func(tx *Tx) error { return f(context.Background(), tx) })
}

func TestDeleteSubject(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	full(t, v, "s_a", "欧阳星野")
	full(t, v, "s_b", "慕容清澈")
	del := func(id authz.SubjectID) error {
		return update(v, func(ctx context.Context, tx *Tx) error { return tx.DeleteSubject(ctx, id) })
	}
	for _, id := range []authz.SubjectID{"", "s_none"} {
		if err := del(id); !errors.Is(err, ErrNotFound) {
			t.Errorf("delete of nobody: %v", err)
		}
	}
	if err := del("s_a"); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Subject(ctx, "s_a"); !errors.Is(err, authz.ErrUnknown) {
		t.Errorf("the subject: %v", err)
	}
	for table, want := range map[string]int{
		"subject": 1, "subject_name": 1, "subject_contact": 1, "consent": 1, "evidence": 2, "evidence_file": 2, "evidence_chunk": 2,
		"doc": 4, // s_b's ground and face, and both cases
	} {
		if n := rowsOf(t, v, table); n != want {
			t.Errorf("%d rows of %s are left, want %d", n, table, want)
		}
	}
	if err := del("s_a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("deleted twice: %v", err)
	}
	if err := del("s_b"); err != nil {
		t.Error(err)
	}
	if _, err := v.Check(ctx); err != nil {
		t.Error(err)
	}
}

func TestDeleteConsentAndNotice(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	full(t, v, "s_a", "欧阳星野")
	del := func(id authz.ConsentID) error {
		return update(v, func(ctx context.Context, tx *Tx) error { return tx.DeleteConsent(ctx, id) })
	}
	if err := del("c_s_a"); err != nil {
		t.Fatal(err)
	}
	// What has a date of its own is kept until then.
	es, err := v.Evidence(ctx, "s_a")
	if err != nil || len(es) != 1 || !es[0].Retention.Equal(day(20)) {
		t.Errorf("evidence left: %+v, %v", es, err)
	}
	if _, err := v.Consent(ctx, "c_s_a"); !errors.Is(err, authz.ErrUnknown) {
		t.Errorf("the consent: %v", err)
	}
	if err := del("c_s_a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("deleted twice: %v", err)
	}
	n := authz.Notice{SHA256: textDigest("告知书"), Text: "告知书"}
	if err := v.PutNotice(ctx, n); err != nil {
		t.Fatal(err)
	}
	gone := func() error {
		return update(v, func(ctx context.Context, tx *Tx) error { return tx.DeleteNotice(ctx, n.SHA256) })
	}
	if err := gone(); err != nil {
		t.Error(err)
	}
	if err := gone(); !errors.Is(err, ErrNotFound) {
		t.Errorf("deleted twice: %v", err)
	}
}

func TestDue(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	for i, id := range []string{"a", "b", "c", "d"} {
		var at time.Time // d has no date
		if id != "d" {
			at = day(10 - i)
		}
		s := authz.SubjectID("s_" + id)
		err := errors.Join(
			v.PutSubject(ctx, authz.Subject{ID: s, Kind: authz.Person, Retention: at}),
			v.PutConsent(ctx, authz.Consent{ID: authz.ConsentID("c_" + id), Subject: s, Retention: at}),
		)
		if err != nil {
			t.Fatal(err)
		}
		fileEvidence(t, v, authz.Evidence{Of: authz.OfGrant, Subject: s, Retention: at}, []byte(id))
	}
	for at, want := range map[time.Time][]authz.SubjectID{day(7): nil, day(8): {"s_c"}, day(9): {"s_c", "s_b"}, day(30): {"s_c", "s_b", "s_a"}} {
		d, err := v.Due(ctx, at)
		if err != nil || !slices.Equal(d.Subjects, want) || len(d.Consents) != len(want) || len(d.Evidence) != len(want) {
			t.Errorf("due on %v: %+v, %v, want %v", at, d, err, want)
		}
	}
	// A date that is put off is no longer due, nor is one that was written by hand.
	if err := v.PutSubject(ctx, authz.Subject{ID: "s_c", Kind: authz.Person, Retention: day(25)}); err != nil {
		t.Fatal(err)
	}
	if _, err := v.pool.Exec(`update subject set due = 1 where id in ('s_a', 's_d')`); err != nil {
		t.Fatal(err)
	}
	if d, err := v.Due(ctx, day(9)); err != nil || !slices.Equal(d.Subjects, []authz.SubjectID{"s_b"}) {
		t.Errorf("due = %+v, %v", d, err)
	}
}
