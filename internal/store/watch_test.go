package store

import (
	"testing"
	"time"

	"consentry/authz"
)

func TestWatched(t *testing.T) {
	at, end := day(10), day(20)
	event := func(s authz.State, d int) authz.Event { return authz.Event{State: s, At: day(d)} }
	for name, c := range map[string]struct {
		consent authz.Consent
		want    int64
	}{
		"given, with an end":    {authz.Consent{Kind: "publish", Until: end, Events: []authz.Event{event(authz.Given, 1)}}, end.UnixMicro()},
		"given, without":        {authz.Consent{Kind: "publish", Events: []authz.Event{event(authz.Given, 1)}}, 0},
		"given, to be called":   {authz.Consent{Kind: "contact", Until: end, Events: []authz.Event{event(authz.Given, 1)}}, 0},
		"withdrawn":             {authz.Consent{Kind: "publish", Until: end, Events: []authz.Event{event(authz.Given, 1), event(authz.Withdrawn, 2)}}, 0},
		"asked":                 {authz.Consent{Kind: "publish", Until: end, Events: []authz.Event{event(authz.Requested, 1)}}, 1},
		"put off":               {authz.Consent{Kind: "publish", Events: []authz.Event{event(authz.Requested, 1), event(authz.Deferred, 2)}}, 1},
		"of no known state":     {authz.Consent{Kind: "publish", Events: []authz.Event{event(authz.Unknown, 1)}}, 1},
		"given from later on":   {authz.Consent{Kind: "publish", Until: end, Events: []authz.Event{event(authz.Given, 15)}}, 1},
		"withdrawn later on":    {authz.Consent{Kind: "publish", Until: end, Events: []authz.Event{event(authz.Given, 1), event(authz.Withdrawn, 15)}}, 1},
		"without events at all": {authz.Consent{Kind: "publish", Until: end}, watched(authz.Consent{Events: []authz.Event{event(authz.Unknown, 1)}}, at)},
	} {
		if got := watched(c.consent, at); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// What ends is found by the index alone, and follows every change of the record.
func TestEndingsFollowTheRecord(t *testing.T) {
	v := memoryVault(t)
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(v.PutSubject(ctx, authz.Subject{ID: "s_a", Kind: authz.Person}))
	end := time.Now().AddDate(0, 0, 30).UTC().Truncate(time.Microsecond)
	k := authz.Consent{ID: "c_a", Subject: "s_a", Kind: "publish", Until: end, Events: []authz.Event{{State: authz.Given, At: day(1)}}}
	must(v.PutConsent(ctx, k))
	count := func(want int) {
		t.Helper()
		es, err := v.Endings(ctx, time.Now(), time.Now().AddDate(0, 0, 90))
		if err != nil || len(es) != want || want == 1 && (es[0].Subject != "s_a" || !es[0].Until.Equal(end)) {
			t.Errorf("%v, %v, want %d", es, err, want)
		}
	}
	count(1)
	if es, err := v.Endings(ctx, time.Now().AddDate(0, 0, 31), time.Now().AddDate(0, 0, 90)); err != nil || len(es) != 0 {
		t.Errorf("beyond: %v, %v", es, err)
	}
	must(v.Update(ctx, func(tx *Tx) error {
		return tx.AppendEvent(ctx, "c_a", authz.Event{State: authz.Withdrawn, At: time.Now().UTC()})
	}))
	count(0)
	if w, err := v.Awaiting(ctx); err != nil || len(w) != 0 {
		t.Errorf("a withdrawn one waits: %v, %v", w, err)
	}
	must(v.PutConsent(ctx, authz.Consent{ID: "c_b", Subject: "s_a", Kind: "publish", Events: []authz.Event{{State: authz.Requested, At: day(1)}}}))
	must(v.PutDoc(ctx, "ask", "c_b", []byte("work")))
	must(v.PutDoc(ctx, "ask", "c_a", []byte("other")))
	if w, err := v.Awaiting(ctx); err != nil || len(w) != 1 || w[0].ID != "c_b" {
		t.Errorf("asked: %v, %v", w, err)
	}
	if d, err := v.AwaitingDocs(ctx, "ask"); err != nil || len(d) != 1 || string(d["c_b"]) != "work" {
		t.Errorf("documents: %q, %v", d, err)
	}
}
