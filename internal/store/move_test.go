package store

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"consentry/authz"
)

// Records go from one subject to another and back, with their files, and only
// those that are named.
func TestMoveRecords(t *testing.T) {
	v, ctx := memoryVault(t), t.Context()
	at := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	var kept authz.Evidence
	err := v.Update(ctx, func(tx *Tx) error {
		for _, id := range []authz.SubjectID{"s_a", "s_b"} {
			if err := tx.PutSubject(ctx, authz.Subject{ID: id, Kind: authz.Person, Names: []authz.Name{{Text: "林知遥"}}}); err != nil {
				return err
			}
		}
		for id, s := range map[authz.ConsentID]authz.SubjectID{"c_a": "s_a", "c_b": "s_b", "c_b2": "s_b"} {
			if err := tx.PutConsent(ctx, authz.Consent{ID: id, Subject: s, Kind: "publish", Events: []authz.Event{{State: authz.Given, At: at}}}); err != nil {
				return err
			}
		}
		if err := tx.PutGround(ctx, authz.Ground{ID: "g_b", Subject: "s_b", At: at}); err != nil {
			return err
		}
		var err error
		kept, err = tx.PutEvidence(ctx, authz.Evidence{Of: authz.OfGrant, Subject: "s_b", Consent: "c_b", By: "zhou"}, strings.NewReader("signed"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	rs, err := v.RecordsOf(ctx, "s_b")
	if err != nil || len(rs.Consents) != 2 || len(rs.Grounds) != 1 || len(rs.Evidence) != 1 {
		t.Fatalf("records %v, %v", rs, err)
	}
	move := func(from, to authz.SubjectID, rs Records) {
		t.Helper()
		if err := v.Update(ctx, func(tx *Tx) error { return tx.MoveRecords(ctx, from, to, rs) }); err != nil {
			t.Fatal(err)
		}
	}
	count := func(id authz.SubjectID) (n [3]int) {
		t.Helper()
		rs, err := v.RecordsOf(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		return [3]int{len(rs.Consents), len(rs.Grounds), len(rs.Evidence)}
	}
	rs.Consents = rs.Consents[:1]
	if c := rs.Consents[0]; c != "c_b" && c != "c_b2" {
		t.Fatal(c)
	}
	move("s_b", "s_a", rs)
	if count("s_a") != [3]int{2, 1, 1} || count("s_b") != [3]int{1, 0, 0} {
		t.Fatalf("after moving: %v, %v", count("s_a"), count("s_b"))
	}
	var b bytes.Buffer
	if err := v.OpenEvidence(ctx, kept.SHA256, &b); err != nil || b.String() != "signed" {
		t.Errorf("the file of moved evidence: %v", err)
	}
	move("s_b", "s_a", rs) // again: nothing is there any more
	move("s_a", "s_b", rs)
	if count("s_a") != [3]int{1, 0, 0} || count("s_b") != [3]int{2, 1, 1} {
		t.Errorf("after moving back: %v, %v", count("s_a"), count("s_b"))
	}
	if _, err := v.Check(ctx); err != nil {
		t.Error(err)
	}
	err = v.Update(ctx, func(tx *Tx) error { return tx.MoveRecords(ctx, "s_a", "s_none", rs) })
	if !errors.Is(err, authz.ErrUnknown) {
		t.Errorf("to nobody: %v", err)
	}
}
