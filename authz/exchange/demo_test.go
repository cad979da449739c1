package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"consentry/authz"
	"consentry/authz/authztest"
)

const demo = "../../assets/demo"

// expected is testdata/demo/expected.json.
type expected struct {
	Use struct {
		Purpose   authz.Purpose
		Channel   authz.Channel
		Territory authz.Territory
		Shows     []authz.Shows
		On        string
	}
	Mentions []struct {
		File, Text, Form, Reason string
		Kind                     authz.Kind
		Verdict                  authz.Verdict
	}
	HiddenAlways []struct{ File, Text string } `json:"hidden_always"`
	Planted      []string                      // none survives with an empty registry
	Gone         []string                      // none survives with the demo registry
	Stay         []string                      // all survive with the demo registry
}

func readDemo(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(demo, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func loadExpected(t *testing.T) expected {
	t.Helper()
	var e expected
	if err := json.Unmarshal(readDemo(t, "expected.json"), &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// The demo's registry goes in without a problem, and leads to what the demo
// promises for each name in its texts.
func TestDemoDecides(t *testing.T) {
	p, e, ctx := pack(t), loadExpected(t), t.Context()
	b := imported(t, string(readDemo(t, "registry.csv")))
	if len(b.Problems) > 0 {
		t.Fatalf("problems %v", b.Problems)
	}
	var r authztest.Memory
	for _, n := range b.Notices {
		if err := r.PutNotice(ctx, n); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range b.Subjects {
		if err := r.PutSubject(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range b.Consents {
		if err := r.PutConsent(ctx, c); err != nil {
			t.Fatal(err)
		}
	}
	if len(e.Mentions) < 20 {
		t.Fatalf("only %d mentions", len(e.Mentions))
	}
	for _, m := range e.Mentions {
		f := authz.Facts{
			Use: authz.Use{Purpose: e.Use.Purpose, Channel: e.Use.Channel, Territory: e.Use.Territory, Shows: e.Use.Shows,
				At: day8(e.Use.On), Form: m.Form},
			Identity: authz.Identity{By: "text"}, Subjects: map[authz.SubjectID]authz.Subject{}, Notices: map[string]authz.Notice{},
			PreparedBy: "editor", Claim: authz.Claim{Basis: 1},
		}
		empty := p.Decide(f)
		if empty.Verdict != authz.Hide || empty.Reason != "no-match" {
			t.Errorf("%s with an empty registry: %s %s", m.Text, empty.Verdict, empty.Reason)
		}
		var err error
		if f.Identity.Candidates, err = r.Match(ctx, authz.Sighting{Kind: m.Kind, Text: m.Text}); err != nil {
			t.Fatal(err)
		}
		for _, c := range f.Identity.Candidates {
			s, err := r.Subject(ctx, c.Subject)
			if err != nil {
				t.Fatal(err)
			}
			f.Subjects[s.ID] = s
			cs, err := r.Consents(ctx, s.ID)
			if err != nil {
				t.Fatal(err)
			}
			f.Consents = append(f.Consents, cs...)
			for _, c := range cs {
				if n, err := r.Notice(ctx, c.Notice); err == nil {
					f.Notices[c.Notice] = n
				}
			}
		}
		if d := p.Decide(f); d.Verdict != m.Verdict || d.Reason != m.Reason {
			t.Errorf("%s in %s: %s %s, want %s %s", m.Text, m.File, d.Verdict, d.Reason, m.Verdict, m.Reason)
		}
	}
}

// The lists of the demo agree with its texts and with one another.
func TestDemoLists(t *testing.T) {
	e := loadExpected(t)
	texts := map[string]string{}
	for _, f := range []string{"case-zh.md", "case-en.md", "namesake-zh.txt"} {
		texts[f] = string(readDemo(t, f))
	}
	all := strings.Join([]string{texts["case-zh.md"], texts["case-en.md"], texts["namesake-zh.txt"]}, "\n")
	for _, m := range e.Mentions {
		if !strings.Contains(texts[m.File], m.Text) || !slices.Contains(e.Planted, m.Text) {
			t.Errorf("%s is not in %s, or not planted", m.Text, m.File)
		}
		if slices.Contains(e.Stay, m.Text) != (m.Verdict == authz.Show) {
			t.Errorf("%s: %s, but stays is %v", m.Text, m.Verdict, slices.Contains(e.Stay, m.Text))
		}
		if m.Verdict == authz.Ask && m.File != "namesake-zh.txt" {
			t.Errorf("%s asks in %s: the two case studies clear without a question", m.Text, m.File)
		}
	}
	for _, h := range e.HiddenAlways {
		if !strings.Contains(texts[h.File], h.Text) || !slices.Contains(e.Gone, h.Text) {
			t.Errorf("%s is not in %s, or not among what is gone", h.Text, h.File)
		}
	}
	for _, p := range e.Planted {
		part := slices.ContainsFunc(e.Stay, func(s string) bool { return strings.Contains(s, p) })
		if !strings.Contains(all, p) || slices.Contains(e.Gone, p) == part {
			t.Errorf("%s: planted nowhere, or wrongly sorted", p)
		}
	}
}

// Every digest of the registry is that of a file beside it.
func TestDemoDigests(t *testing.T) {
	sums := map[string]bool{}
	files, err := filepath.Glob(filepath.Join(demo, "evidence", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(files, filepath.Join(demo, "notice.zh.md"), filepath.Join(demo, "notice.en.md")) {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(b)
		sums[hex.EncodeToString(sum[:])] = true
	}
	b := imported(t, string(readDemo(t, "registry.csv")))
	for _, c := range b.Consents {
		if !sums[c.Evidence] || c.Notice != "" && !sums[c.Notice] {
			t.Errorf("%s: its evidence or its notice is not in the demo", c.ID)
		}
	}
	if len(sums) != len(b.Consents)+2 {
		t.Errorf("%d files for %d consents", len(sums), len(b.Consents))
	}
}
