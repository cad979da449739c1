package authz

import (
	"testing"
	"time"
)

// Whoever may be matched by the decision about one face may have a template
// only by their own word, and only as an adult.
func TestMayMatchFace(t *testing.T) {
	p := loadPack(t)
	now := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	good := Consent{
		ID: "f1", Subject: "s", Kind: "face-match", GivenBy: "self", CollectedBy: "us", Events: []Event{{State: Given, At: now.AddDate(0, -1, 0)}},
		Evidence: "e", Notice: "n", NoticeSHA256: "aa", Voluntary: true, Separate: true, From: now.AddDate(0, -1, 0), Until: now.AddDate(1, 0, 0),
	}
	var items []string
	for _, i := range p.Vocabulary.NoticeItems {
		items = append(items, i.ID)
	}
	for name, c := range map[string]struct {
		edit func(*Facts, *Consent)
		want string
	}{
		"good":            {func(*Facts, *Consent) {}, ""},
		"no instant":      {func(f *Facts, _ *Consent) { f.Use.At = time.Time{} }, faceMatchNoConsent},
		"another kind":    {func(_ *Facts, c *Consent) { c.Kind = "publish" }, faceMatchNoConsent},
		"another's":       {func(_ *Facts, c *Consent) { c.Subject = "t" }, faceMatchNoConsent},
		"by a proxy":      {func(_ *Facts, c *Consent) { c.GivenBy, c.Authority = "other", true }, faceMatchNoConsent},
		"by the employer": {func(_ *Facts, c *Consent) { c.GivenBy = "company" }, faceMatchNoConsent},
		"forced":          {func(_ *Facts, c *Consent) { c.Voluntary = false }, faceMatchNoConsent},
		"no evidence":     {func(_ *Facts, c *Consent) { c.Evidence = "" }, faceMatchNoConsent},
		"no notice":       {func(_ *Facts, c *Consent) { c.Notice = "" }, faceMatchNoConsent},
		"bundled":         {func(_ *Facts, c *Consent) { c.Separate = false }, faceMatchBundled},
		"no end":          {func(_ *Facts, c *Consent) { c.Until = time.Time{} }, faceMatchNoConsent},
		"not yet":         {func(_ *Facts, c *Consent) { c.From = now.Add(time.Hour) }, faceMatchNoConsent},
		"over":            {func(_ *Facts, c *Consent) { c.Until = now }, faceMatchEnded},
		"withdrawn": {func(_ *Facts, c *Consent) {
			c.Events = append(c.Events, Event{State: Withdrawn, At: now.Add(-time.Hour)})
		}, faceMatchEnded},
		"all withdrawn": {func(f *Facts, _ *Consent) {
			f.Consents = append(f.Consents, Consent{ID: "p", Subject: "s", Kind: "publish", Events: []Event{{State: Withdrawn, At: now.Add(-time.Hour)}}})
		}, faceMatchEnded},
		"refused":   {func(_ *Facts, c *Consent) { c.Events[0].State = Refused }, faceMatchNoConsent},
		"a company": {func(f *Facts, _ *Consent) { f.Subjects["s"] = Subject{ID: "s", Kind: Organisation} }, faceMatchNoConsent},
		"nobody":    {func(f *Facts, _ *Consent) { delete(f.Subjects, "s") }, faceMatchNoConsent},
		"a teenager": {func(f *Facts, _ *Consent) {
			f.Subjects["s"] = Subject{ID: "s", Kind: Person, Age: "under-18", Guardian: &Guardian{"g", "mother", "e"}}
		}, faceMatchNoConsent},
		"age unclear":  {func(f *Facts, _ *Consent) { f.Subjects["s"] = Subject{ID: "s", Kind: Person, Age: "unclear"} }, minorUnclear},
		"role a minor": {func(f *Facts, _ *Consent) { f.Subjects["s"] = Subject{ID: "s", Kind: Person, Role: "minor"} }, minorUnclear},
	} {
		f := Facts{
			Use: Use{At: now}, KnownAt: now, Subjects: map[SubjectID]Subject{"s": {ID: "s", Kind: Person, Age: "adult"}, "t": {ID: "t", Kind: Person}},
			Notices: map[string]Notice{"n": {SHA256: "aa", Items: items, GivenAt: now.AddDate(0, -2, 0)}},
		}
		k := good
		k.Events = append([]Event(nil), good.Events...)
		c.edit(&f, &k)
		f.Consents = append(f.Consents, k)
		id, code := p.MayMatchFace(f, "s")
		if code != c.want || (id == "f1") != (c.want == "") {
			t.Errorf("%s: %q by %q, want %q", name, code, id, c.want)
		}
	}
	if _, code := (*Pack)(nil).MayMatchFace(Facts{}, "s"); code != faceMatchNoConsent {
		t.Errorf("no pack: %q", code)
	}
}
