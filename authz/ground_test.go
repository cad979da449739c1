package authz

import (
	"testing"
	"time"
)

// A recorded ground with its evidence shows once somebody else approved it,
// and never somebody who refused.
func TestGrounds(t *testing.T) {
	p := loadPack(t)
	base := covered(t)
	base.Consents, base.Case = nil, "C-1"
	id := base.Identity.Candidates[0].Subject
	news := Ground{ID: "g_1", Subject: id, Purposes: []Purpose{base.Use.Purpose}, By: "editor", At: base.Use.At.Add(-time.Hour),
		Claim:    Claim{Basis: 2, ContractNo: "HT-7", Clause: "9.2"},
		Approval: &Approval{By: "counsel", Reason: "the contract names the speaker", Role: "legal"}}
	for _, c := range []struct {
		name    string
		change  func(*Ground, *Facts)
		verdict Verdict
		reason  string
	}{
		{"approved", func(*Ground, *Facts) {}, Show, basisAccepted},
		{"not approved", func(g *Ground, _ *Facts) { g.Approval = nil }, Ask, marketingNeedsConsent},
		{"approved by who recorded it", func(g *Ground, _ *Facts) { g.Approval.By = "editor" }, Ask, marketingNeedsConsent},
		{"without its evidence", func(g *Ground, _ *Facts) { g.Claim.Clause = " " }, Hide, noConsent},
		{"of somebody else", func(g *Ground, _ *Facts) { g.Subject = "s_other" }, Hide, noConsent},
		{"of another case", func(g *Ground, _ *Facts) { g.Case = "C-2" }, Hide, noConsent},
		{"of this case", func(g *Ground, _ *Facts) { g.Case = "C-1" }, Show, basisAccepted},
		{"for another purpose", func(g *Ground, _ *Facts) { g.Purposes = []Purpose{"training"} }, Hide, noConsent},
		{"for no purpose", func(g *Ground, _ *Facts) { g.Purposes = nil }, Hide, noConsent},
		{"over", func(g *Ground, f *Facts) { g.Until = f.Use.At }, Hide, noConsent},
		{"not begun", func(g *Ground, f *Facts) { g.At = f.Use.At.Add(time.Second) }, Hide, noConsent},
		{"revoked", func(g *Ground, f *Facts) { g.Revoked = f.Use.At }, Hide, noConsent},
		{"without an id", func(g *Ground, _ *Facts) { g.ID = "" }, Hide, noConsent},
		{"against a refusal", func(_ *Ground, f *Facts) {
			f.Consents = []Consent{{ID: "c_no", Subject: id, Kind: publish, Events: []Event{{State: Refused, At: f.Use.At.Add(-time.Hour)}}}}
		}, Hide, ""},
		{"against a withdrawal known now", func(_ *Ground, f *Facts) {
			f.KnownAt = f.Use.At.Add(time.Hour)
			f.Consents = []Consent{{ID: "c_no", Subject: id, Kind: publish, Events: []Event{{State: Withdrawn, At: f.KnownAt}}}}
		}, Hide, ""},
		{"where a region was drawn to hide", func(_ *Ground, f *Facts) { f.DrawnHide = true }, Hide, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, f := news, base
			a := *news.Approval
			g.Approval = &a
			c.change(&g, &f)
			f.Grounds = []Ground{g}
			d := p.Decide(f)
			if d.Verdict != c.verdict || c.reason != "" && d.Reason != c.reason {
				t.Errorf("%s %s, want %s %s", d.Verdict, d.Reason, c.verdict, c.reason)
			}
			if (d.Ground == "g_1") != (d.Verdict != Hide) {
				t.Errorf("%s leans on ground %q", d.Verdict, d.Ground)
			}
		})
	}
	// A consent that covers comes first, and is what is leaned on.
	f := covered(t)
	f.Grounds = []Ground{news}
	if d := p.Decide(f); d.Verdict != Show || d.Reason != consentCovers || d.Ground != "" {
		t.Errorf("with a consent: %s %s, ground %q", d.Verdict, d.Reason, d.Ground)
	}
}
