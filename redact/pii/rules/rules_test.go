package rules

import (
	"strings"
	"testing"
	"testing/fstest"
)

// What the first bytes and the counts say of a rule is so of everything that its
// shape matches: no example is passed over.
func TestShapesAgree(t *testing.T) {
	seen := 0
	for _, r := range Default().Rules {
		if r.Re == nil {
			continue
		}
		for _, text := range r.Examples {
			for at := range len(text) {
				loc := r.Re.FindStringIndex(text[at:])
				if loc == nil || loc[1] == 0 {
					continue
				}
				seen++
				m := text[at : at+loc[1]]
				digits := strings.Count(strings.Map(func(c rune) rune {
					if c >= '0' && c <= '9' {
						return '0'
					}
					return 'x'
				}, m), "0")
				if len(m) < r.Least || digits < r.LeastDigits || len(m) > r.Longest {
					t.Errorf("%s: %q has %d bytes and %d digits: at least %d and %d, at most %d", r.Kind, m, len(m), digits, r.Least, r.LeastDigits, r.Longest)
				}
				if !r.heads[0][text[at]] || !r.MayBegin(text, at) {
					t.Errorf("%s: %q is passed over by its first bytes", r.Kind, m)
				}
			}
		}
	}
	if seen < 150 {
		t.Errorf("only %d matches seen", seen)
	}
}

func TestTableErrors(t *testing.T) {
	for name, text := range map[string]string{
		"no yaml":    "- kind: [",
		"no shape":   "- {kind: phone, shape: '[', words: [ab]}",
		"no check":   "- {kind: phone, shape: 'a', check: nothing, words: [ab]}",
		"short word": "- {kind: phone, shape: 'a', words: [a]}",
	} {
		if _, err := newTable(fstest.MapFS{"words.yaml": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// A word made of another says what that one says; stems are words with an ending.
func TestWords(t *testing.T) {
	byText := map[string]*Word{}
	for i, w := range Default().Words {
		byText[w.Text] = &Default().Words[i]
	}
	for word, kind := range map[string]string{"证件号": "resident-id", "驾驶证档案编号": "driver-licence", "员工编号": "staff-no", "loyalty card number": "customer-no", "passport": "passport"} {
		found := false
		if w := byText[word]; w != nil {
			for _, r := range w.Rules {
				found = found || string(r.Kind) == kind
			}
		}
		if !found {
			t.Errorf("%s does not announce %s", word, kind)
		}
	}
}
