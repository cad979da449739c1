package names

import (
	"slices"
	"strings"
	"testing"

	"consentry/redact"
)

// Every pattern finds, by itself, what its examples say and nothing in its
// counter-examples.
func TestPatterns(t *testing.T) {
	all := patterns
	defer func() { patterns = all }()
	for _, p := range all {
		if len(p.Yes) == 0 || len(p.No) == 0 || p.Name == "" || p.Why == "" || p.Kind != redact.Person && p.Kind != redact.Organisation {
			t.Errorf("%s: an example, its name, reason or kind is missing", p.Name)
		}
		patterns = []pattern{p}
		for _, example := range append(slices.Clone(p.Yes), p.No...) {
			text, want, _ := strings.Cut(example, "=>")
			text = strings.TrimRight(text, " ")
			r := rules{text: []rune(text)}
			r.patterned()
			var got []string
			for _, c := range r.out {
				got = append(got, string(r.text[c.start:c.end]))
			}
			if strings.Join(got, "|") != strings.TrimSpace(want) {
				t.Errorf("%s: in %q found %q, want %q", p.Name, text, got, want)
			}
		}
	}
}
