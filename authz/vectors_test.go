package authz

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"

	"gopkg.in/yaml.v3"
)

const packFile = "../assets/rules/rulepack.yaml"

var readPack = sync.OnceValues(func() (*Pack, error) {
	b, err := os.ReadFile(packFile)
	if err != nil {
		return nil, err
	}
	return ParsePack(b)
})

func loadPack(t testing.TB) *Pack {
	t.Helper()
	p, err := readPack()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A vector states facts and the decision they have to lead to.
type vector struct {
	ID    string
	Title struct{ En string }
	Given struct {
		Use        Use
		Identity   Identity
		Subjects   map[SubjectID]Subject
		Consents   []Consent
		PreparedBy string `json:"prepared_by"`
		Claim      Claim
		Approval   *Approval
		Region     struct {
			DrawnToHide    bool `json:"drawn_to_hide"`
			OverlapsHidden bool `json:"overlaps_hidden"`
			GiveAway       bool `json:"give_away"`
		}
	}
	Expect struct {
		Verdict  string
		Reason   string
		Consents []ConsentID
	}
}

func (v vector) facts(notices map[string]Notice) Facts {
	g := v.Given
	return Facts{
		Use: g.Use, Identity: g.Identity, Subjects: g.Subjects, Consents: g.Consents, Notices: notices,
		PreparedBy: g.PreparedBy, Claim: g.Claim, Approval: g.Approval,
		DrawnHide: g.Region.DrawnToHide, Overlaps: g.Region.OverlapsHidden, GiveAway: g.Region.GiveAway,
	}
}

type vectorFile struct {
	Version string
	Notices map[string]Notice
	Vectors []vector
}

// readVectors gives the file as JSON, so that each test reads facts of its own.
var readVectors = sync.OnceValues(func() ([]byte, error) {
	b, err := os.ReadFile("testdata/vectors.yaml")
	if err != nil {
		return nil, err
	}
	var n yaml.Node
	if err := yaml.Unmarshal(b, &n); err != nil {
		return nil, err
	}
	return json.Marshal(plain("", &n))
})

func loadVectors(t testing.TB) vectorFile {
	t.Helper()
	b, err := readVectors()
	if err != nil {
		t.Fatal(err)
	}
	var f vectorFile
	if err := json.Unmarshal(b, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// plain turns YAML into what JSON writes. Digests in the file are bare digits, so
// only the keys that hold numbers are read as such.
func plain(key string, n *yaml.Node) any {
	switch n.Kind {
	case yaml.DocumentNode:
		return plain("", n.Content[0])
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plain(n.Content[i].Value, n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		s := []any{}
		for _, c := range n.Content {
			s = append(s, plain(key, c))
		}
		return s
	}
	switch {
	case n.Tag == "!!bool":
		return n.Value == "true"
	case n.Tag == "!!null":
		return nil
	case key == "score" || key == "basis":
		return json.Number(n.Value)
	}
	return n.Value
}

// TestVectors asks for each vector exactly the verdict, reason and consents.
func TestVectors(t *testing.T) {
	p, f := loadPack(t), loadVectors(t)
	if f.Version != p.Version {
		t.Errorf("the vectors are for pack %s, the pack is %s", f.Version, p.Version)
	}
	if len(f.Vectors) < 223 {
		t.Fatalf("%d vectors, want at least 223", len(f.Vectors))
	}
	seen := map[string]bool{}
	for _, v := range f.Vectors {
		t.Run(v.ID, func(t *testing.T) {
			d := p.Decide(v.facts(f.Notices))
			seen[d.Reason] = true
			want := v.Expect
			if d.Verdict.String() != want.Verdict || d.Reason != want.Reason || !slices.Equal(d.Consents, want.Consents) {
				t.Errorf("%s\n got %s %s %v\nwant %s %s %v", v.Title.En, d.Verdict, d.Reason, d.Consents, want.Verdict, want.Reason, want.Consents)
			}
			r, ok := p.Rule(d.Reason)
			if !ok || r.ID != d.Rule {
				t.Errorf("rule %q is not that of %s", d.Rule, d.Reason)
			}
			if s, ok := v.Given.Subjects[d.Subject]; ok && !slices.Contains(r.AppliesTo.Subject, s.Kind) {
				t.Errorf("%s does not apply to a %s", d.Reason, s.Kind)
			}
		})
	}
	for _, c := range codes {
		if !seen[c] {
			t.Errorf("no vector leads to %s", c)
		}
	}
}

// A misread file would leave facts empty, and empty facts hide: this shows that
// they arrive.
func TestVectorsReadWhole(t *testing.T) {
	v := loadVectors(t).Vectors[0]
	got := fmt.Sprintf("%d %d %s %v %d", v.Given.Use.At.Year(), len(v.Given.Consents), v.Given.Consents[0].Events[0].State, v.Given.Identity.Candidates[0].Score, v.Given.Claim.Basis)
	if want := "2026 1 ConsentGiven 0.97 1"; got != want {
		t.Errorf("the first vector was read as %s, want %s", got, want)
	}
}
