package authz

import (
	"fmt"
	"testing"
	"time"
)

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

// covered is the first vector: a full consent, shown.
func covered(t testing.TB) Facts {
	f := loadVectors(t)
	return f.Vectors[0].facts(f.Notices)
}

func want(t *testing.T, p *Pack, f Facts, verdict Verdict, reason string) {
	t.Helper()
	if d := p.Decide(f); d.Verdict != verdict || d.Reason != reason {
		t.Errorf("got %s %s, want %s %s", d.Verdict, d.Reason, verdict, reason)
	}
}

// What is known by now closes the gate, whatever publication day is asked for.
func TestKnownAt(t *testing.T) {
	p := loadPack(t)
	day := at("2026-03-01T10:00:00+08:00") // the day asked for
	for _, c := range []struct {
		name    string
		events  []Event
		known   string
		verdict Verdict
		reason  string
	}{
		{"withdrawn later, not known", []Event{{State: Withdrawn, At: day.Add(time.Hour)}}, "", Show, consentCovers},
		{"withdrawn later, known", []Event{{State: Withdrawn, At: day.Add(time.Hour)}}, "2026-03-09T00:00:00Z", Hide, stateWithdrawn},
		{"withdrawn at the instant known", []Event{{State: Withdrawn, At: at("2026-03-09T00:00:00Z")}}, "2026-03-09T08:00:00+08:00", Hide, stateWithdrawn},
		{"withdrawn after what is known", []Event{{State: Withdrawn, At: at("2026-03-09T00:00:01Z")}}, "2026-03-09T00:00:00Z", Show, consentCovers},
		{"refused later", []Event{{State: Refused, At: day.Add(time.Hour)}}, "2026-03-09T00:00:00Z", Hide, stateRefused},
		{"withdrawn, then asked again", []Event{{State: Withdrawn, At: day.Add(time.Hour)}, {State: Requested, At: day.Add(2 * time.Hour)}}, "2026-03-09T00:00:00Z", Hide, stateWithdrawn},
		{"withdrawn, then renewed", []Event{{State: Withdrawn, At: day.Add(time.Hour)}, {State: Renewed, At: day.Add(2 * time.Hour)}}, "2026-03-09T00:00:00Z", Show, consentCovers},
		{"known before the day asked for", []Event{{State: Withdrawn, At: day.Add(-time.Hour)}}, "2026-01-01T00:00:00Z", Hide, stateWithdrawn},
		{"granted only after the day asked for", []Event{{State: Withdrawn, At: day.Add(-time.Hour)}, {State: Renewed, At: day.Add(time.Hour)}}, "2026-03-09T00:00:00Z", Hide, stateWithdrawn},
		{"written down out of order", []Event{{State: Withdrawn, At: day.Add(3 * time.Hour)}, {State: Renewed, At: day.Add(2 * time.Hour)}, {State: Refused, At: day.Add(time.Hour)}}, "2026-03-09T00:00:00Z", Hide, stateWithdrawn},
		{"withdrawn without a date", []Event{{State: Withdrawn}}, "", Hide, stateWithdrawn},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := covered(t)
			f.Consents[0].Events = append(f.Consents[0].Events, c.events...)
			if c.known != "" {
				f.KnownAt = at(c.known)
			}
			want(t, p, f, c.verdict, c.reason)
		})
	}
	t.Run("everything withdrawn in another record", func(t *testing.T) {
		f := covered(t)
		f.Consents = append(f.Consents, Consent{ID: "c9", Subject: "lin", Kind: publish, Events: []Event{{State: Withdrawn, At: day.Add(time.Hour)}}})
		want(t, p, f, Show, consentCovers)
		f.KnownAt = day.Add(2 * time.Hour)
		want(t, p, f, Hide, blockedByWithdrawal)
	})
}

// Cases beside the vectors, each on the side of hiding.
func TestDefaultDeny(t *testing.T) {
	p := loadPack(t)
	for name, c := range map[string]struct {
		change  func(*Facts)
		verdict Verdict
		reason  string
	}{
		"as given":                  {func(*Facts) {}, Show, consentCovers},
		"no facts":                  {func(f *Facts) { *f = Facts{} }, Hide, useIncomplete},
		"unknown channel":           {func(f *Facts) { f.Use.Channel = "billboard" }, Hide, vocabularyUnknown},
		"unknown territory":         {func(f *Facts) { f.Use.Territory = "*" }, Hide, vocabularyUnknown},
		"unknown exception":         {func(f *Facts) { f.Claim.Exception = "art" }, Hide, vocabularyUnknown},
		"unknown role":              {func(f *Facts) { s := f.Subjects["lin"]; s.Role = "friend"; f.Subjects["lin"] = s }, Hide, vocabularyUnknown},
		"confirmed, not registered": {func(f *Facts) { f.Identity.Confirmed = "nobody" }, Hide, noMatch},
		"candidate not registered":  {func(f *Facts) { f.Subjects = nil }, Hide, noMatch},
		"subject of no kind":        {func(f *Facts) { f.Subjects["lin"] = Subject{} }, Hide, noMatch},
		"score above one":           {func(f *Facts) { f.Identity.Candidates[0].Score = 97 }, Hide, weakMatch},
		"a runner-up at the margin": {func(f *Facts) {
			f.Subjects["lin2"] = Subject{Kind: Person}
			f.Identity.Candidates = []Candidate{{"lin", 0.9}, {"lin2", 0.82}}
		}, Ask, namesakes},
		"identified by no known means": {func(f *Facts) { f.Identity.By = "" }, Hide, faceMatchNoConsent},
		"collector not named":          {func(f *Facts) { f.Consents[0].CollectedBy = "" }, Hide, partnerNoOnward},
		"giver not named":              {func(f *Facts) { f.Consents[0].GivenBy = "" }, Hide, givenByOther},
		"guardian of an adult":         {func(f *Facts) { f.Consents[0].GivenBy = "guardian" }, Hide, givenByOther},
		"record without an id":         {func(f *Facts) { f.Consents[0].ID = "" }, Hide, stateUnreadable},
		"record of no kind":            {func(f *Facts) { f.Consents[0].Kind = "" }, Hide, noConsent},
		"grant without a date":         {func(f *Facts) { f.Consents[0].Events[0].At = time.Time{} }, Hide, stateUnknown},
		"notice without a date": {func(f *Facts) {
			f.Notices = map[string]Notice{"n1": {SHA256: f.Notices["n1"].SHA256, Items: f.Notices["n1"].Items}}
		}, Hide, noticeAfterConsent},
		"minor without an age": {func(f *Facts) { f.Subjects["lin"] = Subject{Kind: Person, Role: "minor"} }, Hide, minorUnclear},
		"basis out of range":   {func(f *Facts) { f.Claim.Basis = 8 }, Hide, basisMissing},
		"negative basis":       {func(f *Facts) { f.Claim.Basis = -1 }, Hide, basisMissing},
		"the name's own kind":  {func(f *Facts) { f.Use.Kinds = []string{"person-name"} }, Show, consentCovers},
		"refused without a scope": {func(f *Facts) {
			f.Consents = append(f.Consents, Consent{ID: "c9", Subject: "lin", Kind: publish, Events: []Event{{State: Refused, At: at("2026-02-01T00:00:00Z")}}})
		}, Hide, blockedByRefusal},
		"a contact consent that withdraws all": {func(f *Facts) {
			f.Consents = append(f.Consents, Consent{ID: "c9", Subject: "lin", Kind: "contact", WithdrawScope: "all", Events: []Event{{State: Withdrawn, At: at("2026-02-01T00:00:00Z")}}})
		}, Hide, blockedByWithdrawal},
		"duty, but refused": {func(f *Facts) {
			f.Claim = Claim{Basis: 3, Provision: "x"}
			f.Approval = &Approval{By: "shen", Reason: "x"}
			f.Consents[0].Events[0].State = Refused
		}, Hide, stateRefused},
		"scene, but the name too": {func(f *Facts) {
			f.Claim = Claim{Exception: exceptionScene}
			f.Approval = &Approval{By: "shen", Reason: "x"}
			f.Use.Shows = []Shows{"portrait", "name"}
		}, Hide, basisMissing},
		"a child in the news": {func(f *Facts) {
			f.Subjects["lin"] = Subject{Kind: Person, Age: "under-14", Guardian: &Guardian{"a", "b", "c"}}
			f.Claim = Claim{Exception: exceptionNews, EditorialNote: "x"}
			f.Approval = &Approval{By: "shen", Reason: "x"}
		}, Hide, basisSensitive},
		"open end, approver is the preparer in other letters": {func(f *Facts) {
			f.Consents[0].Until = time.Time{}
			f.Approval = &Approval{By: " ZHOU", Reason: "x"}
		}, Ask, noTerm},
		"open end, preparer not named": {func(f *Facts) {
			f.Consents[0].Until = time.Time{}
			f.PreparedBy, f.Approval = "", &Approval{By: "shen", Reason: "x"}
		}, Ask, noTerm},
		"doubt beside an open end": {func(f *Facts) {
			f.Consents[0].Until = time.Time{}
			f.Identity.Candidates[0].Score = 0.7
		}, Ask, uncertainMatch},
	} {
		t.Run(name, func(t *testing.T) {
			f := covered(t)
			c.change(&f)
			want(t, p, f, c.verdict, c.reason)
		})
	}
}

// Taking a permission away never shows more.
func TestTakingAwayNeverShows(t *testing.T) {
	p, file := loadPack(t), loadVectors(t)
	less := map[string]func(*Consent){
		"purposes":    func(c *Consent) { c.Purposes = nil },
		"channels":    func(c *Consent) { c.Channels = nil },
		"territories": func(c *Consent) { c.Territories = nil },
		"shows":       func(c *Consent) { c.Shows = nil },
		"from":        func(c *Consent) { c.From = time.Time{} },
		"evidence":    func(c *Consent) { c.Evidence = "" },
		"notice":      func(c *Consent) { c.Notice = "" },
		"digest":      func(c *Consent) { c.NoticeSHA256 = "" },
		"voluntary":   func(c *Consent) { c.Voluntary = false },
		"separate":    func(c *Consent) { c.Separate = false },
		"written":     func(c *Consent) { c.Written = false },
		"authority":   func(c *Consent) { c.Authority = false },
		"forms":       func(c *Consent) { c.AllowedForms = nil },
		"quote":       func(c *Consent) { c.QuoteSHA256 = "" },
		"sensitive":   func(c *Consent) { c.Sensitive = nil },
		"events":      func(c *Consent) { c.Events = nil },
		"record":      func(c *Consent) { *c = Consent{} },
		"withdrawn":   func(c *Consent) { c.Events = append(c.Events[:len(c.Events):len(c.Events)], Event{State: Withdrawn}) },
		"refused":     func(c *Consent) { c.Events = append(c.Events[:len(c.Events):len(c.Events)], Event{State: Refused}) },
	}
	tried := 0
	for _, v := range file.Vectors {
		before := p.Decide(v.facts(file.Notices)).Verdict
		for i, c := range v.Given.Consents {
			// A no takes away; taking the no away gives back.
			if e, _ := c.eventAt(v.Given.Use.At); !e.State.Valid() {
				continue
			}
			for name, change := range less {
				w := v
				w.Given.Consents = append([]Consent(nil), v.Given.Consents...)
				change(&w.Given.Consents[i])
				tried++
				if after := p.Decide(w.facts(file.Notices)).Verdict; after > before {
					t.Errorf("%s without %s of %s: %s becomes %s", v.ID, name, c.ID, before, after)
				}
			}
		}
	}
	if tried < 1000 {
		t.Errorf("only %d changes tried", tried)
	}
}

func TestZeroPackHides(t *testing.T) {
	for _, p := range []*Pack{nil, {}} {
		if d := p.Decide(covered(t)); d.Verdict != Hide || d.Reason == "" {
			t.Errorf("%s %q, want hide with a reason", d.Verdict, d.Reason)
		}
		for _, lang := range []string{"zh", "en", ""} {
			if p.Explain(noMatch, lang) == "" {
				t.Errorf("no sentence in %q", lang)
			}
		}
	}
}

func ExamplePack_Decide() {
	var p *Pack // a program that has lost its rules hides
	fmt.Println(p.Decide(Facts{}).Verdict)
	// Output: hide
}
