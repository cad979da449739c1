// Package authztest holds the suite that every authz.Registry must pass, and a
// registry in memory that passes it.
package authztest

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"consentry/authz"
)

// A Writer takes records in. It is the other half of a registry.
type Writer interface {
	// PutSubject adds a subject, or replaces the one with its id.
	PutSubject(ctx context.Context, s authz.Subject) error
	// PutConsent adds a consent of a known subject; for an unknown one it gives
	// authz.ErrUnknown. Putting an id again never loses a recorded event and never
	// moves the record to another subject.
	PutConsent(ctx context.Context, c authz.Consent) error
	// AppendEvent adds an event to a known consent, else authz.ErrUnknown.
	AppendEvent(ctx context.Context, id authz.ConsentID, e authz.Event) error
	// PutNotice files a notice under its SHA-256. It refuses one with a text of
	// another digest.
	PutNotice(ctx context.Context, n authz.Notice) error
}

// A Registry is read and written.
type Registry interface {
	authz.Registry
	Writer
}

// Sure is the score from which a match counts as certain: that of the rule pack.
const Sure = 0.9

// TestRegistry runs the suite. open gives an empty registry each time and closes
// it by t.Cleanup.
//
// What is asked of Match: a subject is found by each of its names, whatever the
// case, the width of the letters or the spaces (authz.FoldName), with a score of
// at least [Sure] and at most 1; a part of a name is never that sure, nor is a
// subject of another kind than the sighting's; namesakes are all given, equally
// scored; best first.
func TestRegistry(t *testing.T, open func(t *testing.T) Registry) {
	t.Helper()
	for _, c := range []struct {
		name string
		run  func(*testing.T, Registry)
	}{
		{"empty", testEmpty},
		{"subject", testSubject},
		{"subject replaced", testSubjectReplaced},
		{"consent", testConsent},
		{"consent put again keeps events", testConsentAgain},
		{"consent stays with its subject", testConsentMoved},
		{"events", testEvents},
		{"notice", testNotice},
		{"copies", testCopies},
		{"match names", testMatchNames},
		{"match is never sure of less", testMatchUnsure},
		{"match namesakes", testMatchNamesakes},
		{"match kinds", testMatchKinds},
		{"errors name nobody", testErrors},
		{"cancelled", testCancelled},
		{"concurrent", testConcurrent},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}

func instant(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err) // a literal of this package
	}
	return t
}

// person is an invented subject with every field set.
func person() authz.Subject {
	return authz.Subject{
		ID:   "s-lin",
		Kind: authz.Person,
		Names: []authz.Name{
			{Text: "欧阳星野", Use: "legal"}, {Text: "Ouyang Xingye", Use: "pinyin"}, {Text: "Stella Ouyang", Use: "english"},
		},
		Role: "contact", Age: "under-14", Employer: "s-org", Company: "示范科技", Note: "备注",
		Guardian: &authz.Guardian{Name: "欧阳海", Relationship: "父亲", Evidence: "ab"},
		Deceased: true, StateOrgan: true, Confidential: true,
		Created: instant("2026-01-02T03:04:05+08:00"),
	}
}

// consent is a record of that subject with every field set.
func consent() authz.Consent {
	return authz.Consent{
		ID: "c-1", Subject: "s-lin", Kind: "publish", GivenBy: "guardian", CollectedBy: "partner",
		Events: []authz.Event{
			{State: authz.Requested, At: instant("2026-01-09T10:00:00+08:00"), By: "zhou"},
			{State: authz.Given, At: instant("2026-01-10T10:00:00.000001+08:00"), By: "zhou", Intake: "e-mail", Reason: "signed"},
		},
		Evidence: "01", Notice: "02", NoticeSHA256: "02", Voluntary: true, Separate: true, Written: true,
		Purposes: []authz.Purpose{"case-study", "website"}, Channels: []authz.Channel{"website"},
		Territories: []authz.Territory{"CN", "HK"}, Shows: []authz.Shows{"name", "portrait"},
		From: instant("2026-01-10T00:00:00+08:00"), Until: instant("2027-01-10T00:00:00+08:00"),
		Kinds:     []string{"mobile"},
		Sensitive: &authz.Sensitive{Kinds: []string{"minor"}, Separate: true, Necessity: "必要", Effect: "影响"},
		Authority: true, AllowedForms: []string{"full", "short"}, QuoteSHA256: "03", FiguresSHA256: "04",
		WithdrawScope: "record", OnwardUse: true, Licence: "05", Term: "fixed", Oversized: true, CrossBorder: true,
		Retention: instant("2030-01-01T00:00:00+08:00"),
	}
}

// same compares records as JSON with times in UTC: an empty list is as good as
// none, and the zone is for display only.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	g, w := canonical(t, got), canonical(t, want)
	if g != w {
		t.Errorf("%s\n got %s\nwant %s", what, g, w)
	}
}

func canonical(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var m any
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	b, err = json.Marshal(plain(m))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			if e = plain(e); e == nil {
				delete(v, k)
			} else {
				v[k] = e
			}
		}
		return v
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
		if len(v) == 0 {
			return nil
		}
		return v
	case string:
		if at, err := time.Parse(time.RFC3339Nano, v); err == nil {
			return at.UTC().Format(time.RFC3339Nano)
		}
		return v
	}
	return v
}
