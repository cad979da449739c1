package authz

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// justified is a second opinion, written without the stages: whether anything in
// the facts could carry this Show at all.
func justified(f Facts, d Decision) bool {
	s, ok := f.Subjects[d.Subject]
	if !ok || f.DrawnHide || f.Overlaps || f.Use.At.IsZero() || len(f.Use.Shows) == 0 {
		return false
	}
	approved := f.Approval != nil && strings.TrimSpace(f.Approval.Reason) != "" && f.Approval.By != "" && f.Approval.By != f.PreparedBy
	switch d.Reason {
	case approvedByPerson, consentCovers:
		if d.Reason == approvedByPerson && !approved || len(d.Consents) != 1 {
			return false
		}
		return slices.ContainsFunc(f.Consents, func(c Consent) bool {
			return c.ID == d.Consents[0] && carries(f, s, c, d)
		})
	case exceptionApproved:
		return approved && s.Kind == Person && f.Claim.Exception != "" && !slices.Contains(f.Use.Shows, "quote")
	case basisAccepted:
		c := f.Claim
		return approved && s.Kind == Person && c.Basis >= 2 && c.Basis <= 7 && c.ContractNo+c.Provision+c.Incident+c.EditorialNote != ""
	case publicSource:
		c := f.Claim
		return s.Kind == Person && c.Basis == 6 && c.SourceURL != "" && c.SnapshotSHA256 != "" && !c.MajorEffect && (approved || f.Use.Purpose != "case-study")
	}
	return false
}

func carries(f Facts, s Subject, c Consent, d Decision) bool {
	in := !f.Use.At.Before(c.From) && !c.From.IsZero() && (c.Until.IsZero() && d.Reason == approvedByPerson || f.Use.At.Before(c.Until))
	for _, w := range f.Use.Shows {
		in = in && slices.Contains(c.Shows, w)
	}
	for _, e := range c.Events { // no ending after the last grant
		if e.State.Closes() && !e.At.After(f.now()) && !slices.ContainsFunc(c.Events, func(g Event) bool { return g.State.Valid() && g.At.After(e.At) }) {
			return false
		}
	}
	return in && c.Subject == d.Subject && c.Kind == "publish" && c.Evidence != "" && c.StateAt(f.Use.At).Valid() &&
		slices.Contains(c.Purposes, f.Use.Purpose) && slices.Contains(c.Channels, f.Use.Channel) &&
		(slices.Contains(c.Territories, f.Use.Territory) || slices.Contains(c.Territories, "world")) &&
		(s.Kind == Organisation && c.Authority || c.Separate && c.Voluntary && c.Notice != "")
}

// FuzzDecide puts facts together from parts of two vectors and from JSON laid
// over them: it never panics, and never shows without something that carries it.
func FuzzDecide(f *testing.F) {
	p, file := loadPack(f), loadVectors(f)
	for i := range file.Vectors {
		f.Add(uint16(i), uint16(0), uint8(0), "{}")
		f.Add(uint16(i), uint16(i*37+11), uint8(i*73+5), `{"Claim":{"basis":1}}`)
	}
	f.Add(uint16(0), uint16(1), uint8(255), `{"Consents":[{"id":"c1","subject":"lin","events":[{"state":"ConsentGiven"}]}],"Approval":{},"Identity":{"candidates":[{"subject":"lin","score":1e308}]}}`)
	f.Add(uint16(48), uint16(1), uint8(3), `{"Subjects":{"lin":{"kind":"person","age":"x","guardian":{}}},"KnownAt":"9999-12-31T23:59:59Z"}`)
	f.Fuzz(func(t *testing.T, a, b uint16, mix uint8, over string) {
		va, vb := file.Vectors[int(a)%len(file.Vectors)], file.Vectors[int(b)%len(file.Vectors)]
		facts, other := va.facts(file.Notices), vb.facts(file.Notices)
		for i, take := range []func(){
			func() { facts.Use = other.Use },
			func() { facts.Identity = other.Identity },
			func() { facts.Subjects = other.Subjects },
			func() { facts.Consents = append(slices.Clone(facts.Consents), other.Consents...) },
			func() { facts.Claim = other.Claim },
			func() { facts.Approval = other.Approval },
			func() { facts.Consents = other.Consents },
			func() { facts.KnownAt = other.Use.At.AddDate(0, 1, 0) },
		} {
			if mix>>i&1 == 1 {
				take()
			}
		}
		// Over deep copies, so that one run leaves the next alone.
		raw, err := json.Marshal(facts)
		if err != nil {
			return // years beyond 9999
		}
		facts = Facts{}
		if json.Unmarshal(raw, &facts) != nil || json.Unmarshal([]byte(over), &facts) != nil {
			return
		}
		d := p.Decide(facts)
		if d.Verdict == Show && !justified(facts, d) {
			t.Fatalf("shown as %s, and nothing carries it", d.Reason)
		}
		if d.Verdict == Hide && len(d.Consents) > 0 || d.Reason == "" {
			t.Fatalf("%s for %q with %d consents", d.Verdict, d.Reason, len(d.Consents))
		}
	})
}

// FuzzParsePack: any bytes give a pack or an error; a pack that loads hides the
// unknown.
func FuzzParsePack(f *testing.F) {
	f.Add([]byte("pack: {version: 1, date: x}\nrules: [{}]\n"))
	f.Add([]byte("order: &a [*a]"))
	f.Add([]byte{0xff, 0xfe})
	f.Add([]byte("laws: {X: {items: [1]}}\nrules:\n- {id: R1, code: no-match, stage: cleared, outcome: show}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := ParsePack(b)
		if (p == nil) == (err == nil) {
			t.Fatalf("pack %v with error %v", p, err)
		}
		if d := p.Decide(Facts{}); d.Verdict != Hide {
			t.Fatalf("empty facts: %s", d.Verdict)
		}
	})
}
