package names

import (
	"slices"
	"strings"
	"testing"
)

// Each rule finds what it says beside it and leaves alone what it says.
func TestEnglishRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range englishRuleTable {
		if seen[r.ID] || r.ID == "" || r.Kind == "" || r.Why == "" || r.Tier != "sure" && r.Tier != "review" {
			t.Errorf("rule %q: a field is missing or wrong, or the id is there twice", r.ID)
		}
		seen[r.ID] = true
		if len(r.Finds) == 0 || len(r.Leaves) == 0 {
			t.Errorf("rule %s lacks examples", r.ID)
		}
		found := func(s string) []string {
			var out []string
			r.find(s, func(p place) { out = append(out, string([]rune(s)[p.start:p.end])) })
			return out
		}
		for s, want := range r.Finds {
			for _, before := range []string{"", "Ünï. "} { // places are runes
				if before != "" && strings.HasPrefix(r.Pattern, "^") {
					continue
				}
				if got := found(before + s); !slices.Equal(got, strings.Split(want, "|")) {
					t.Errorf("rule %s in %q: %q, want %q", r.ID, before+s, got, want)
				}
			}
		}
		for _, s := range r.Leaves {
			if got := found(s); len(got) > 0 {
				t.Errorf("rule %s finds %q in %q", r.ID, got, s)
			}
		}
	}
}
