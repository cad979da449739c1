package spacy

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

// What spaCy 3.8.18 gives for these texts with en_core_web_md and its ner
// component alone.
var reference = []struct {
	text, tokens string // tokens and those with another norm than in small letters: text=norm
	entities     []string
}{
	{"Dr. Elena Petrova's team at Northwind Logistics GmbH won't ship 20kg to St. Louis before 5p.m. on Oct. 3.",
		"Dr. Elena Petrova 's team at Northwind Logistics GmbH wo=will n't=not ship 20 kg to St. Louis before 5 p.m. on Oct.=October 3 .",
		[]string{"Elena Petrova PERSON", "Northwind Logistics GmbH ORG", "20kg QUANTITY", "St. Louis GPE", "before 5p.m. TIME", "Oct. 3 DATE"}},
	{"Mark G. Oyelaran-Diaz (CEO) said: \"We're up 12.5%—thanks to Contoso Ltd.'s ERP.\"",
		"Mark G. Oyelaran - Diaz ( CEO ) said : \" We 're=are up 12.5%—thanks to Contoso Ltd. 's ERP . \"",
		[]string{"Mark G. Oyelaran-Diaz PERSON", "Contoso Ltd.'s ORG", "ERP ORG"}},
	{"See https://example.com/a?b=1 or mail ops@example.org; cost: US$40/unit, ~$1.2bn...",
		"See https://example.com/a?b=1 or mail ops@example.org ; cost : US$=$ 40 / unit , ~$1.2bn ...",
		[]string{"ops@example.org ORG", "US$40 MONEY"}},
	{"Zhang Wei and\nchen jie visited Fabrikam's lab\tin Hangzhou.",
		"Zhang Wei and chen jie visited Fabrikam 's lab in Hangzhou .",
		[]string{"Zhang Wei PERSON", "chen jie PERSON", "Fabrikam ORG", "Hangzhou GPE"}},
	{"ΑΓΙΟΣ ΠΑΦΟΣ — 王小明 met Ms. O'Neil, Ph.D., at 10:30a.m.  twice",
		"ΑΓΙΟΣ ΠΑΦΟΣ —=- 王小明 met Ms. O'Neil , Ph.D. , at 10:30a.m . twice",
		[]string{"ΑΓΙΟΣ ΠΑΦΟΣ PERSON", "O'Neil PERSON", "Ph.D. WORK_OF_ART", "10:30a.m DATE"}},
	{"I'd've gone; she'll can't. Who'd know? u.s. U.K. e.g. i.e. 'tis C++ :) x-ray re-open mother-in-law",
		"I 'd=would 've=have gone ; she 'll=will ca=can n't=not . Who 'd know ? u.s . U.K. e.g. i.e. ' tis C++ :) x - ray re - open mother - in - law",
		[]string{"u.s. GPE", "U.K. GPE"}},
	// spaCy's own words, which are numbered and not hashed
	{"PART of the mark: number X of Group C beat Group G 3-1.",
		"PART of the mark : number X of Group C beat Group G 3 - 1 .",
		[]string{"Group C ORG", "Group ORG", "3-1 CARDINAL"}},
}

func TestReference(t *testing.T) {
	m := model(t)
	for _, c := range reference {
		text := []rune(c.text)
		var tokens []string
		for _, tok := range m.Tokenize(text) {
			if tok.Space {
				continue
			}
			s := tok.Text
			if tok.Norm != lowercase(s) {
				s += "=" + tok.Norm
			}
			tokens = append(tokens, s)
		}
		if got := strings.Join(tokens, " "); got != c.tokens {
			t.Errorf("tokens of %q:\n got %s\nwant %s", c.text, got, c.tokens)
		}
		var got []string
		for _, e := range m.Entities(text, 0, nil) {
			got = append(got, string(text[e.Start:e.End])+" "+e.Label)
			if !e.Sure || e.Score <= 0 || e.Score > 1 {
				t.Errorf("%q: entity with score %v, sure %v", c.text, e.Score, e.Sure)
			}
		}
		if !slices.Equal(got, c.entities) {
			t.Errorf("entities of %q:\n got %q\nwant %q", c.text, got, c.entities)
		}
	}
}

// The doubted entities come beside the decided ones, not instead of them.
func TestDoubt(t *testing.T) {
	m := model(t)
	text := []rune("| OUYANG Feng | Fabrikam |")
	doubted := 0
	var sure []Entity
	for _, e := range m.Entities(text, 0.05, func(l string) bool { return l == "PERSON" || l == "ORG" }) {
		if e.Sure {
			sure = append(sure, e)
			continue
		}
		doubted++
		if e.Score <= 0.05 || e.Label != "PERSON" && e.Label != "ORG" {
			t.Errorf("doubted %s with %v", e.Label, e.Score)
		}
	}
	if !slices.Equal(sure, m.Entities(text, 0, nil)) {
		t.Error("doubt changed what was decided")
	}
	if doubted == 0 {
		t.Error("nothing was doubted in a text full of doubt")
	}
	if len(m.Entities(nil, 0.05, nil)) != 0 || len(m.Entities([]rune(" \n"), 0, nil)) != 0 {
		t.Error("entities in an empty text")
	}
}

func TestConcurrent(t *testing.T) {
	m := model(t)
	text := []rune(strings.Repeat(reference[0].text+" "+reference[3].text+" ", 4))
	want := m.Entities(text, 0.05, func(string) bool { return true })
	done := make(chan []Entity)
	for range 4 {
		go func() { done <- m.Entities(text, 0.05, func(string) bool { return true }) }()
	}
	for range 4 {
		if !slices.Equal(<-done, want) {
			t.Error("entities differ between goroutines")
		}
	}
}

func FuzzTokenize(f *testing.F) {
	for _, c := range reference {
		f.Add(c.text)
	}
	for _, s := range []string{"", " ", "...", "((a", "a))", "''", "US$", "1.+", "\x1c a\u3000b", "Σ ΣΣ", "won't.won't", "a--b---c", "5km²", ".,!?", "`'\"", "王-小"} {
		f.Add(s)
	}
	m := model(f)
	f.Fuzz(func(t *testing.T, s string) {
		text := []rune(s)
		at := 0
		for _, tok := range m.Tokenize(text) {
			if tok.Start < at || tok.End <= tok.Start || tok.End > len(text) || string(text[tok.Start:tok.End]) != tok.Text {
				t.Fatalf("token %d-%d does not stand in the text", tok.Start, tok.End)
			}
			for _, r := range text[at:tok.Start] {
				if r != ' ' {
					t.Fatalf("%q is in no token", r)
				}
			}
			for _, r := range tok.Text {
				if isSpace(r) != tok.Space {
					t.Fatalf("%q in a token that says space is %v", r, tok.Space)
				}
			}
			at = tok.End
		}
		for _, r := range text[at:] {
			if !unicode.IsSpace(r) {
				t.Fatalf("%q is in no token", r)
			}
		}
	})
}
