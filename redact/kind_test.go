package redact

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The table is whole: each kind has both names and labels, a label is read back
// as one, and what the code calls by name is listed.
func TestKinds(t *testing.T) {
	seen := map[Kind]bool{}
	for _, k := range Kinds() {
		if seen[k.ID] || !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(string(k.ID)) {
			t.Errorf("%q stands twice or is no id", k.ID)
		}
		seen[k.ID] = true
		if k.Name.ZH == "" || k.Name.EN == "" || !slices.Contains([]Sensitivity{General, Sensitive, OfOrganisation}, k.Sensitivity) {
			t.Errorf("%s is not described: %+v", k.ID, k)
		}
		if k.Sensitivity == Sensitive && !strings.Contains(k.Article, "28") {
			t.Errorf("%s is sensitive under %q", k.ID, k.Article)
		}
		for _, l := range []Lang{Chinese, English} {
			if s := Label(k.ID, 3, l); !IsLabel(s) {
				t.Errorf("%s: %q is not known as a label", k.ID, s)
			}
		}
	}
	for _, k := range []Kind{Person, Organisation, Face, Location, Phone, Email, ResidentID, Code, Logo, Other, Drawn, Custom} {
		if !seen[k] {
			t.Errorf("%s is not listed", k)
		}
	}
	if got := Kind("unheard-of").Info(); got.Label != Other.Info().Label || got.ID != "unheard-of" {
		t.Errorf("an unlisted kind is %+v", got)
	}
}
