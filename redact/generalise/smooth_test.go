package generalise

import (
	"regexp"
	"testing"

	"consentry/redact"
)

var marked = regexp.MustCompile(`(?s)\[([a-z]:)?([^|\[\]]+)\|([^\]]*)\]`)

// parse reads 找[张伟|客户A]先生.
func parse(s string) ([]rune, []Edit) {
	var text []rune
	var edits []Edit
	at := 0
	for _, m := range marked.FindAllStringSubmatchIndex(s, -1) {
		text = append(text, []rune(s[at:m[0]])...)
		kind := redact.Person
		if m[2] >= 0 {
			kind = map[string]redact.Kind{"o:": redact.Organisation, "v:": redact.Other}[s[m[2]:m[3]]]
		}
		start := len(text)
		text = append(text, []rune(s[m[4]:m[5]])...)
		edits = append(edits, Edit{start, len(text), s[m[6]:m[7]], kind})
		at = m[1]
	}
	return append(text, []rune(s[at:])...), edits
}

func apply(text []rune, edits []Edit) string {
	out, at := "", 0
	for _, e := range edits {
		out += string(text[at:e.Start]) + e.With
		at = e.End
	}
	return out + string(text[at:])
}

func TestGrammarExamples(t *testing.T) {
	rules := map[string]int{}
	for _, x := range grammarWords.Examples {
		rules[x.Rule]++
		text, edits := parse(x.In)
		if got := apply(text, Smooth(text, edits)); got != x.Out {
			t.Errorf("%s: %s\n got %s\nwant %s", x.Rule, x.In, got, x.Out)
		}
	}
	if len(rules) < 15 {
		t.Errorf("only %d rules have examples", len(rules))
	}
}
