package state

import (
	"strings"
	"testing"
	"time"

	"consentry/authz"
)

func nov(n int) time.Time { return time.Date(2026, 11, n, 9, 0, 0, 0, time.Local) }

func record(events ...authz.Event) authz.Consent { return authz.Consent{Events: events} }

func TestAgreed(t *testing.T) {
	now := nov(20)
	given := record(authz.Event{State: authz.Given, At: nov(1)})
	expired := given
	expired.Until = nov(10)
	withdrawn := record(authz.Event{State: authz.Given, At: nov(1)}, authz.Event{State: authz.Withdrawn, At: nov(5)})
	waits := record(authz.Event{State: authz.Unknown, At: nov(1), Reason: "awaits-confirmation"})
	asked := record(authz.Event{State: authz.Requested, At: nov(1)})
	refused := record(authz.Event{State: authz.Refused, At: nov(1)})
	ended := record(authz.Event{State: authz.Terminated, At: nov(1)})
	for _, c := range []struct {
		want Agreement
		cs   []authz.Consent
	}{
		{AgreedNothing, nil},
		{AgreedUnknown, []authz.Consent{{}}},
		{AgreedGiven, []authz.Consent{given}},
		{AgreedGiven, []authz.Consent{expired, given, asked}},
		{AgreedExpired, []authz.Consent{expired}},
		{AgreedWithdrawn, []authz.Consent{withdrawn}},
		{AgreedWithdrawn, []authz.Consent{asked, withdrawn, refused}},
		{AgreedPartly, []authz.Consent{given, withdrawn}},
		{AgreedPartly, []authz.Consent{refused, given}},
		{AgreedPartly, []authz.Consent{ended, given}},
		{AgreedEnded, []authz.Consent{ended, asked}},
		{AgreedWaits, []authz.Consent{asked, waits}},
		{AgreedRequested, []authz.Consent{asked}},
		{AgreedRefused, []authz.Consent{refused}},
	} {
		if got := Agreed(c.cs, now); got != c.want {
			t.Errorf("%v: %s, want %s", c.cs, got, c.want)
		}
	}
	confirmed := waits
	confirmed.Events = append(confirmed.Events, authz.Event{State: authz.Given, At: nov(2)})
	if !Waits(waits, now) || Waits(confirmed, now) || Waits(withdrawn, now) {
		t.Error("what waits for a confirmation is not told apart")
	}
}

func TestTimeline(t *testing.T) {
	d := Dossier{Consents: []authz.Consent{
		{ID: "old", Events: []authz.Event{{State: authz.Given, At: nov(1)}}},
		{ID: "taken back", Events: []authz.Event{{State: authz.Given, At: nov(1)}, {State: authz.Withdrawn, At: nov(9)}}},
		{ID: "new", Events: []authz.Event{{State: authz.Given, At: nov(5)}}},
	}}
	var got []authz.ConsentID
	for _, c := range d.Timeline() {
		got = append(got, c.ID)
	}
	if len(got) != 3 || got[0] != "taken back" || got[1] != "new" || got[2] != "old" {
		t.Errorf("%v", got)
	}
	if d.Consents[0].ID != "old" {
		t.Error("the dossier itself was sorted")
	}
}

// No form can be sent off with a hole, or with a day that cannot be.
func TestMissing(t *testing.T) {
	now := nov(20)
	scope := Scope{Purposes: []authz.Purpose{"case-study"}, Channels: []authz.Channel{"website"}, Territories: []authz.Territory{"CN"},
		Shows: []authz.Shows{"name"}, Until: nov(30)}
	grant := Grant{Scope: scope, Notice: "n.md", Evidence: "e.pdf"}
	request := Request{Scope: scope, Work: "回访", Source: "本人", Keep: "三年", Folder: "/tmp"}
	who := NewSubject{Kind: authz.Person, Name: "林知遥", Age: "adult"}
	for want, got := range map[string]string{
		"kind":      NewSubject{Name: "林知遥"}.Missing(),
		"name":      NewSubject{Kind: authz.Person, Name: "  ", Age: "adult"}.Missing(),
		"age":       NewSubject{Kind: authz.Person, Name: "林知遥"}.Missing(),
		"intake":    Withdrawal{}.Missing(now),
		"future":    Withdrawal{Intake: "call", Received: nov(21)}.Missing(now),
		"purpose":   func() string { g := grant; g.Purposes = nil; return g.Missing(now) }(),
		"channel":   func() string { g := grant; g.Channels = nil; return g.Missing(now) }(),
		"territory": func() string { g := grant; g.Territories = nil; return g.Missing(now) }(),
		"shows":     func() string { g := grant; g.Shows = nil; return g.Missing(now) }(),
		"until":     func() string { g := grant; g.Until = time.Time{}; return g.Missing(now) }(),
		"past":      func() string { r := request; r.Until = nov(19); return r.Missing(now) }(),
		"notice":    func() string { g := grant; g.Notice = ""; return g.Missing(now) }(),
		"evidence":  func() string { g := grant; g.Evidence = ""; return g.Missing(now) }(),
		"work":      func() string { r := request; r.Work = " "; return r.Missing(now) }(),
		"source":    func() string { r := request; r.Source = ""; return r.Missing(now) }(),
		"necessity": func() string { r := request; r.Sensitive = true; r.Effect = "-"; return r.Missing(now) }(),
		"recipient": func() string { r := request; r.Recipients = []Recipient{{Name: "a"}}; return r.Missing(now) }(),
		"backwards": func() string { g := grant; g.From = nov(30).AddDate(0, 0, 1); return g.Missing(now) }(),
		"separate": func() string {
			g := grant
			g.Kind, g.Purposes, g.Voluntary = ToFaceMatch, nil, true
			return g.Missing(now)
		}(),
		"licence": func() string { g := grant; g.Partner, g.OnwardUse = true, true; return g.Missing(now) }(),
		"folder":  func() string { r := request; r.Folder = ""; return r.Missing(now) }(),
		"": grant.Missing(now) + request.Missing(now) + who.Missing() + Withdrawal{Intake: "call"}.Missing(now) +
			NewSubject{Kind: authz.Organisation, Name: "云岚科技"}.Missing(),
		"handler.storage": HandlerMissing(authz.Handler{Name: "a", Address: "b", Contact: "c", Withdrawal: "e"}),
	} {
		if got != want {
			t.Errorf("missing %q, want %q", got, want)
		}
	}
	for want, got := range map[string][]string{
		"purpose channel territory shows until notice evidence": Grant{}.Lacks(),
		"until notice evidence":                                 Grant{Kind: ToContact}.Lacks(),
		"licence":                                               func() []string { g := grant; g.Partner = true; return g.Lacks() }(),
		"channel until source folder":                           Request{Scope: Scope{Purposes: scope.Purposes, Territories: scope.Territories, Shows: scope.Shows}, Work: "回访", Keep: "三年"}.Lacks(),
		"shows evidence":                                        Reply{State: authz.Given, Purposes: scope.Purposes, Channels: scope.Channels}.Lacks(),
		"":                                                      append(append(grant.Lacks(), request.Lacks()...), Reply{State: authz.Refused}.Lacks()...),
		"handler.name handler.storage":                          HandlerLacks(authz.Handler{Address: "b", Contact: "c", Withdrawal: "e"}),
	} {
		if strings.Join(got, " ") != want {
			t.Errorf("lacks %q, want %q", got, want)
		}
	}
	if g := grant; g.Until.IsZero() {
		t.Fatal()
	} else if g.On = nov(21); g.Missing(now) != "future" {
		t.Error("a grant of tomorrow is taken")
	}
	var c authz.Consent
	scope.Until, _ = Day("2027-05-31")
	scope.Put(&c)
	if want, _ := Day("2027-06-01"); !c.Until.Equal(want) {
		t.Errorf("the last day does not count: until %v", c.Until)
	}
	for s, ok := range map[string]bool{"": true, " 2027-05-31 ": true, "31.5.2027": false, "2027-02-30": false} {
		if _, got := Day(s); got != ok {
			t.Errorf("%q is a day: %v", s, got)
		}
	}
}

func TestNewSubject(t *testing.T) {
	s := NewSubject{Kind: authz.Person, Name: " 林知遥 ", Other: "Lin Zhiyao，小林,小林; ", Age: "under-14", Company: "云岚科技", Phone: "13812345678"}.Subject()
	if len(s.Names) != 3 || s.Title() != "林知遥" || s.Names[1].Text != "Lin Zhiyao" || s.Age != "under-14" || len(s.Contacts) != 1 {
		t.Errorf("%+v", s.Names)
	}
	if o := (NewSubject{Kind: authz.Organisation, Name: "云岚科技", Company: "x", Role: "contact"}).Subject(); o.Company != "" || o.Role != "" || o.Age != "adult" {
		t.Error("a company has a company, a role or an age")
	}
}

func TestFits(t *testing.T) {
	for _, tt := range []struct {
		text, query string
		want        bool
	}{
		{"记录撤回", "", true}, {"记录撤回", "撤回", true}, {"记录撤回", "jlch", true}, {"记录撤回", "luche", true}, {"记录撤回", "x", false},
		{"Record a withdrawal", "with", true}, {"Record a withdrawal", "a with", true}, {"Record a withdrawal", "revoke", false},
	} {
		if got := Fits(tt.text, tt.query); got != tt.want {
			t.Errorf("%q in %q: %v", tt.query, tt.text, got)
		}
	}
}
