package state

import (
	"testing"
	"time"

	"consentry/authz"
	"consentry/internal/casework"
)

func TestHistory(t *testing.T) {
	given, no := authz.Event{State: authz.Given, At: nov(2), By: "周敏"}, authz.Event{State: authz.Withdrawn, At: nov(9), Intake: "call", Evidence: "f3"}
	d := Dossier{
		Consents: []authz.Consent{
			{ID: "a", Channels: []authz.Channel{"website"}, Events: []authz.Event{{State: authz.Requested, At: nov(1)}, given, no}, Evidence: "f1"},
			{ID: "b", Channels: []authz.Channel{"website", "press"}, Events: []authz.Event{given, no}},
		},
		Evidence: []authz.Evidence{{SHA256: "f1", Of: authz.OfAnswer, Consent: "a", At: nov(3)}, {SHA256: "f2", Of: authz.OfSource, At: nov(5)}, {SHA256: "f3", Of: authz.OfWithdrawal, At: nov(9)}},
	}
	h := d.History()
	var got string
	files := 0
	for _, e := range h {
		got += string(e.State) + "/"
		files += len(e.Files)
	}
	// One call ended both: one entry. Two grants are two, though recorded together.
	if want := "ConsentWithdrawn//ConsentGiven/ConsentGiven/ConsentRequested/"; got != want || files != 3 {
		t.Fatalf("%s with %d files, want %s", got, files, want)
	}
	if e := h[0]; len(e.Consents) != 2 || len(e.Channels()) != 2 || len(e.Files) != 1 || e.Files[0].SHA256 != "f3" {
		t.Errorf("%+v", e)
	}
	if h[2].Files == nil && h[3].Files == nil {
		t.Error("the signed form is at no grant")
	}
	rows := []ReleaseRow{{Release: &casework.Release{ID: "r1", Consents: []authz.ConsentID{"x"}}}, {Release: &casework.Release{ID: "r2", Consents: []authz.ConsentID{"b"}}}}
	if on := LeaningOn(rows, h[0].IDs()); len(on) != 1 || on[0].Release.ID != "r2" {
		t.Errorf("%+v", on)
	}
}

func TestBars(t *testing.T) {
	now := nov(20)
	terms := authz.Terms{{ID: "website"}, {ID: "press"}}
	cs := []authz.Consent{
		{Channels: []authz.Channel{"press", "website"}, Until: nov(30), Events: []authz.Event{{State: authz.Given, At: nov(1)}}},
		{Channels: []authz.Channel{"press"}, Until: nov(25), Events: []authz.Event{{State: authz.Given, At: nov(2)}, {State: authz.Withdrawn, At: nov(9)}}},
		{Channels: []authz.Channel{"press"}, Events: []authz.Event{{State: authz.Requested, At: nov(1)}}}, // nothing was given
		{Channels: []authz.Channel{"press"}, Events: []authz.Event{{State: authz.Refused, At: nov(1)}}},
	}
	bs := Bars(cs, terms, now)
	if len(bs) != 3 || bs[0].Channel != "website" || !bs[2].Ended.Equal(nov(9)) || !bs[1].Ended.IsZero() {
		t.Fatalf("%+v", bs)
	}
	for _, far := range []time.Time{nov(25), now.AddDate(3, 0, 0), time.Date(9999, 1, 1, 0, 0, 0, 0, time.Local)} {
		a := NewAxis(append(bs, Bar{From: nov(1), Until: far}), now)
		if len(a.Ticks) < 2 || len(a.Ticks) > maxTicks || a.Part(now) <= 0 || a.Part(now) >= 1 || a.Part(nov(1)) > a.Part(now) || a.Part(time.Time{}) != 1 {
			t.Errorf("until %s: %+v", far, a)
		}
	}
}

func TestGrid(t *testing.T) {
	now := nov(20)
	v := authz.Vocabulary{Purposes: authz.Terms{{ID: "case-study"}, {ID: "website"}}, Channels: authz.Terms{{ID: "website"}, {ID: "wechat"}, {ID: "press"}}}
	person := authz.Subject{Kind: authz.Person}
	if g := NewGrid(person, nil, v, ""); g.Purpose != "case-study" || len(g.Rows) != 3 || g.Shows() || g.Rows[0].Cells[0].Asked {
		t.Errorf("nothing is on record: %+v", g)
	}
	cs := []authz.Consent{
		{Purposes: []authz.Purpose{"website"}, Channels: []authz.Channel{"press"}, Shows: []authz.Shows{"name"}, Until: nov(30), Events: []authz.Event{{State: authz.Given, At: nov(1)}}},
		{Purposes: []authz.Purpose{"website"}, Channels: []authz.Channel{"website"}, Shows: []authz.Shows{"portrait"}, Events: []authz.Event{{State: authz.Given, At: nov(1)}, {State: authz.Withdrawn, At: nov(9)}}},
	}
	g := NewGrid(person, cs, v, "")
	if g.Purpose != "website" || len(g.Rows) != 2 || g.Rows[0].Channel != "website" || g.Rows[0].Cells[0].Asked || !g.Rows[0].Cells[1].Asked || !g.Rows[1].Cells[0].Asked {
		t.Fatalf("%+v", g)
	}
	if g.Shows() {
		t.Error("something is shown before the rules were asked")
	}
	g.Rows[1].Decided(0, Explanation{Verdict: authz.Show}, cs[:1])
	g.Ends(cs, now)
	if !g.Rows[1].Until.Equal(nov(30)) || !g.Rows[1].Ended.IsZero() || !g.Rows[0].Ended.Equal(nov(9)) || g.Rows[0].Cells[1].Ended != AgreedWithdrawn || g.Rows[1].Cells[0].Ended != "" {
		t.Errorf("%+v", g)
	}
	if g := NewGrid(person, cs, v, "case-study"); g.Purpose != "case-study" || len(g.Purposes) != 2 || g.Rows[1].Cells[0].Asked {
		t.Errorf("another purpose: %+v", g)
	}
}
