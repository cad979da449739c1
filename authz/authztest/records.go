package authztest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"consentry/authz"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantUnknown(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, authz.ErrUnknown) {
		t.Errorf("%s: got error %v, want authz.ErrUnknown", what, err)
	}
}

func only(t *testing.T, r Registry, id authz.SubjectID) authz.Consent {
	t.Helper()
	cs, err := r.Consents(t.Context(), id)
	must(t, err)
	if len(cs) != 1 {
		t.Fatalf("%d consents, want 1", len(cs))
	}
	return cs[0]
}

func testEmpty(t *testing.T, r Registry) {
	ctx := t.Context()
	m, err := r.Match(ctx, authz.Sighting{Kind: authz.Person, Text: "欧阳星野"})
	if err != nil || len(m) != 0 {
		t.Errorf("match in an empty registry: %v, %v", m, err)
	}
	_, err = r.Subject(ctx, "s-none")
	wantUnknown(t, "subject", err)
	_, err = r.Notice(ctx, strings.Repeat("0", 64))
	wantUnknown(t, "notice", err)
	if cs, _ := r.Consents(ctx, "s-none"); len(cs) != 0 {
		t.Errorf("%d consents of nobody", len(cs))
	}
}

func testSubject(t *testing.T, r Registry) {
	must(t, r.PutSubject(t.Context(), person()))
	got, err := r.Subject(t.Context(), "s-lin")
	must(t, err)
	same(t, "subject", got, person())
	bare := authz.Subject{ID: "s-bare", Kind: authz.Organisation}
	must(t, r.PutSubject(t.Context(), bare))
	got, err = r.Subject(t.Context(), "s-bare")
	must(t, err)
	if got.Guardian != nil || got.Kind != authz.Organisation || got.Deceased {
		t.Errorf("a bare subject gained fields")
	}
}

func testSubjectReplaced(t *testing.T, r Registry) {
	ctx := t.Context()
	must(t, r.PutSubject(ctx, person()))
	must(t, r.PutConsent(ctx, consent()))
	renamed := person()
	renamed.Names = []authz.Name{{Text: "慕容清"}}
	must(t, r.PutSubject(ctx, renamed))
	for text, want := range map[string]int{"慕容清": 1, "欧阳星野": 0, "Stella Ouyang": 0} {
		m, err := r.Match(ctx, authz.Sighting{Kind: authz.Person, Text: text})
		must(t, err)
		if len(m) != want {
			t.Errorf("%d matches after renaming, want %d", len(m), want)
		}
	}
	same(t, "consent after renaming", only(t, r, "s-lin"), consent())
}

func testConsent(t *testing.T, r Registry) {
	ctx := t.Context()
	wantUnknown(t, "consent of nobody", r.PutConsent(ctx, consent()))
	must(t, r.PutSubject(ctx, person()))
	must(t, r.PutConsent(ctx, consent()))
	same(t, "consent", only(t, r, "s-lin"), consent())

	// A bare record permits nothing, and has no bounds it was not given.
	must(t, r.PutSubject(ctx, authz.Subject{ID: "s-two", Kind: authz.Person, Names: []authz.Name{{Text: "慕容清"}}}))
	must(t, r.PutConsent(ctx, authz.Consent{ID: "c-bare", Subject: "s-two"}))
	got := only(t, r, "s-two")
	if !got.From.IsZero() || !got.Until.IsZero() || !got.Retention.IsZero() || got.Sensitive != nil || len(got.Purposes)+len(got.Shows)+len(got.Events) != 0 {
		t.Errorf("a bare consent gained fields: from %v until %v", got.From, got.Until)
	}
}

func testConsentAgain(t *testing.T, r Registry) {
	ctx := t.Context()
	must(t, r.PutSubject(ctx, person()))
	must(t, r.PutConsent(ctx, consent()))
	end := authz.Event{State: authz.Withdrawn, At: instant("2026-02-01T00:00:00Z"), Intake: "call"}
	must(t, r.AppendEvent(ctx, "c-1", end))
	// It may be refused or taken, but the withdrawal stays.
	_ = r.PutConsent(ctx, consent())
	if s := only(t, r, "s-lin").StateAt(instant("2026-03-01T00:00:00Z")); s != authz.Withdrawn {
		t.Errorf("state after putting the consent again: %s, want %s", s, authz.Withdrawn)
	}
}

func testConsentMoved(t *testing.T, r Registry) {
	ctx := t.Context()
	must(t, r.PutSubject(ctx, person()))
	must(t, r.PutSubject(ctx, authz.Subject{ID: "s-two", Kind: authz.Person}))
	must(t, r.PutConsent(ctx, consent()))
	moved := consent()
	moved.Subject = "s-two"
	if err := r.PutConsent(ctx, moved); err == nil {
		t.Error("a consent was moved to another subject")
	}
	cs, err := r.Consents(ctx, "s-two")
	must(t, err)
	if len(cs) != 0 {
		t.Error("another subject holds the consent")
	}
}

func testEvents(t *testing.T, r Registry) {
	ctx := t.Context()
	wantUnknown(t, "event of no consent", r.AppendEvent(ctx, "c-none", authz.Event{State: authz.Withdrawn, At: instant("2026-02-01T00:00:00Z")}))
	must(t, r.PutSubject(ctx, person()))
	must(t, r.PutConsent(ctx, consent()))
	end := authz.Event{State: authz.Withdrawn, At: instant("2026-02-01T00:00:00Z"), By: "shen", Intake: "call", Reason: "left the firm"}
	must(t, r.AppendEvent(ctx, "c-1", end))
	// One that reached us late is written late, with its own date.
	asked := authz.Event{State: authz.Deferred, At: instant("2026-01-09T12:00:00+08:00")}
	must(t, r.AppendEvent(ctx, "c-1", asked))
	got := only(t, r, "s-lin")
	if len(got.Events) != 4 {
		t.Fatalf("%d events, want 4", len(got.Events))
	}
	for _, c := range []struct {
		at   string
		want authz.State
	}{
		{"2026-01-09T00:00:00+08:00", authz.Unknown},
		{"2026-01-09T10:00:00+08:00", authz.Requested},
		{"2026-01-09T13:00:00+08:00", authz.Deferred},
		{"2026-01-31T23:59:59Z", authz.Given},
		{"2026-02-01T08:00:00+08:00", authz.Withdrawn},
	} {
		if s := got.StateAt(instant(c.at)); s != c.want {
			t.Errorf("state at %s: %s, want %s", c.at, s, c.want)
		}
	}
	for _, e := range got.Events {
		if e.State == authz.Withdrawn {
			same(t, "event", e, end)
		}
	}
}

func testNotice(t *testing.T, r Registry) {
	text := "告知书：谁、为何、如何。\n"
	sum := sha256.Sum256([]byte(text))
	n := authz.Notice{
		SHA256: hex.EncodeToString(sum[:]), Title: "告知书 1", Language: "zh", Items: []string{"handler", "purpose"},
		GivenAt: instant("2026-01-05T09:00:00+08:00"), ChangedAt: instant("2026-02-05T09:00:00+08:00"), Text: text,
	}
	must(t, r.PutNotice(t.Context(), n))
	must(t, r.PutNotice(t.Context(), n)) // filing it twice is no error
	got, err := r.Notice(t.Context(), n.SHA256)
	must(t, err)
	same(t, "notice", got, n)

	digest := authz.Notice{SHA256: strings.Repeat("a", 64), Items: []string{"handler"}, GivenAt: n.GivenAt}
	must(t, r.PutNotice(t.Context(), digest)) // the text may not be ours to keep
	got, err = r.Notice(t.Context(), digest.SHA256)
	must(t, err)
	if !got.ChangedAt.IsZero() {
		t.Errorf("an unchanged notice has a change at %v", got.ChangedAt)
	}
	n.SHA256 = strings.Repeat("b", 64)
	if err := r.PutNotice(t.Context(), n); err == nil {
		t.Error("a notice was filed under a digest that is not its text's")
	}
}

// A caller that changes what it was handed, or what it handed in, changes
// nothing in the registry.
func testCopies(t *testing.T, r Registry) {
	ctx := t.Context()
	s, c := person(), consent()
	must(t, r.PutSubject(ctx, s))
	must(t, r.PutConsent(ctx, c))
	s.Names[0].Text, s.Guardian.Name = "x", "x"
	c.Purposes[0], c.Events[0].State, c.Sensitive.Kinds[0] = "x", authz.Withdrawn, "x"
	got := only(t, r, "s-lin")
	got.Shows[0], got.Events[1].State = "x", authz.Refused
	s2, err := r.Subject(ctx, "s-lin")
	must(t, err)
	s2.Names[0].Text, s2.Guardian.Evidence = "y", "y"
	s2, err = r.Subject(ctx, "s-lin")
	must(t, err)
	same(t, "subject", s2, person())
	same(t, "consent", only(t, r, "s-lin"), consent())
}

func testErrors(t *testing.T, r Registry) {
	ctx := t.Context()
	orphan := consent()
	orphan.Subject = "s-none"
	moved := person()
	moved.ID = ""
	for _, err := range []error{r.PutConsent(ctx, orphan), r.PutSubject(ctx, moved)} {
		if err == nil {
			t.Error("a record without a subject or an id went in")
			continue
		}
		for _, n := range person().Names {
			if strings.Contains(err.Error(), n.Text) {
				t.Error("an error names a person")
			}
		}
	}
}

func testCancelled(t *testing.T, r Registry) {
	must(t, r.PutSubject(t.Context(), person()))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Match(ctx, authz.Sighting{Text: "欧阳星野"}); !errors.Is(err, context.Canceled) {
		t.Errorf("match after cancelling: %v", err)
	}
	if _, err := r.Subject(ctx, "s-lin"); !errors.Is(err, context.Canceled) {
		t.Errorf("subject after cancelling: %v", err)
	}
}

func testConcurrent(t *testing.T, r Registry) {
	ctx := t.Context()
	must(t, r.PutSubject(ctx, person()))
	must(t, r.PutConsent(ctx, consent()))
	const each = 8
	errs := make(chan error, 4*each)
	var wg sync.WaitGroup
	for i := range each {
		wg.Go(func() {
			id := authz.SubjectID(fmt.Sprintf("s-%d", i))
			errs <- r.PutSubject(ctx, authz.Subject{ID: id, Kind: authz.Person, Names: []authz.Name{{Text: "欧阳星野"}}})
			errs <- r.PutConsent(ctx, authz.Consent{ID: authz.ConsentID(fmt.Sprintf("c-%d-own", i)), Subject: id})
			errs <- r.AppendEvent(ctx, "c-1", authz.Event{State: authz.Requested, At: instant("2026-01-08T00:00:00Z")})
			_, err := r.Match(ctx, authz.Sighting{Kind: authz.Person, Text: "欧阳星野"})
			errs <- err
		})
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		must(t, err)
	}
	m, err := r.Match(ctx, authz.Sighting{Kind: authz.Person, Text: "欧阳星野"})
	must(t, err)
	if len(m) != each+1 {
		t.Errorf("%d matches, want %d", len(m), each+1)
	}
	if n := len(only(t, r, "s-lin").Events); n != each+2 {
		t.Errorf("%d events, want %d: one was lost", n, each+2)
	}
}
