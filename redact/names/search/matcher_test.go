package search

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/redacttest"
)

func person(texts ...string) []redact.Term {
	var ts []redact.Term
	for _, s := range texts {
		ts = append(ts, redact.Term{Text: s, Kind: redact.Person, Tier: redact.Sure, Why: WhyRegistry})
	}
	return ts
}

func search(t testing.TB, m *Matcher, text string) []redact.Finding {
	t.Helper()
	fs, err := m.Detect(t.Context(), redact.Page{Spans: []redact.Span{{Text: text}}})
	if err != nil {
		t.Fatal(err)
	}
	return fs
}

func TestMatcher(t *testing.T) {
	for _, c := range []struct {
		about, terms, text, want string // terms and what is found, parted by |
	}{
		{"plain", "王小明", "由王小明负责", "王小明"},
		{"the longer one", "张伟|张伟明", "张伟明和张伟", "张伟明|张伟"},
		{"overlapping, both", "王小|小明", "王小明", "王小|小明"},
		{"width", "Acme 2000", "Ａｃｍｅ　２０００！", "Ａｃｍｅ　２０００"},
		{"case", "Elena Petrova", "ELENA PETROVA, elena petrova", "ELENA PETROVA|elena petrova"},
		{"words", "John Smith|Leed", "John Smithson, Leeds, xJohn Smith", ""},
		{"genitive", "John Smith", "John Smith's", "John Smith"},
		{"beside Chinese", "Tony", "Tony老师和Tony2", "Tony"},
		{"spaces", "Elena Petrova", "Elena \t Petrova, Elena\nPetrova, Elena\n\nPetrova", "Elena \t Petrova|Elena\nPetrova"},
		{"line break in Chinese", "王小明", "王\n小明 王 小 明 王小\r\n明 王\n\n小明", "王\n小明|王 小 明|王小\r\n明"},
		{"spaces in the term", " 王 小明 ", "王小明", "王小明"},
		{"invisible signs", "王小明|Petrova", "王\u200b小\u00ad明\ufeff Pet\u00adrova", "王\u200b小\u00ad明|Pet\u00adrova"},
		{"accents composed or not", "José", "Jose\u0301 JOSÉ", "Jose\u0301|JOSÉ"},
		{"with accents or without", "José|Zhang Wei|Søren", "Jose, Zhāng Wěi, SOREN", "Jose|Zhāng Wěi|SOREN"},
		{"traditional and simplified", "陳曉明|张伟", "陈晓明和張偉", "陈晓明|張偉"},
		{"look-alikes", "Petrova", "Реtrоvа", "Реtrоvа"},
		{"divided words", "Elena Petrova|Smith-Jones", "Elena Petro-\nva and Smith-\nJones", "Elena Petro-\nva|Smith-\nJones"},
		{"middle dots", "玛丽·居里", "玛丽•居里、玛丽・居里", "玛丽•居里|玛丽・居里"},
		{"dashes and apostrophes", "O'Neil-Diaz", "O’Neil–Diaz", "O’Neil–Diaz"},
		{"Markdown", "王小明|Elena Petrova", "**王**小明 **Elena** Petrova", "王**小明|Elena** Petrova"},
		{"underscores", "Elena Petrova", "elena_petrova_cv", "elena_petrova"},
		{"ligature", "fine", "ﬁne", "ﬁne"},
		{"our labels", "客户A|Company", "客户A Company B", ""},
		{"nothing", "|  |\u200b", "王小明", ""},
	} {
		var got []string
		for _, f := range search(t, NewMatcher(person(strings.Split(c.terms, "|")...)), c.text) {
			got = append(got, f.Text)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: found %q, want %q", c.about, s, c.want)
		}
	}
}

func TestMatcherTerms(t *testing.T) {
	terms := []redact.Term{
		{Text: "Grace", Kind: redact.Person, Why: "found-elsewhere"},
		{Text: "云岚科技", Kind: redact.Person, Tier: redact.Sure, Why: "found-elsewhere"},
		{Text: "云岚科技", Kind: redact.Organisation, Tier: redact.Review, Why: WhyRegistry},
		{Text: "Contoso", Kind: redact.Organisation, Tier: redact.Sure, Why: WhyRegistry},
	}
	var got []string
	for _, f := range search(t, NewMatcher(terms), "grace Grace GRACE 云岚科技 contoso") {
		got = append(got, fmt.Sprint(f.Text, " ", f.Kind, " ", f.Tier, " ", f.Why))
	}
	// a given name only with a capital, a registered one in any case, and the
	// registry says what a text is
	want := "Grace person review found-elsewhere|GRACE person review found-elsewhere|云岚科技 organisation review registry|contoso organisation sure registry"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("found %s", s)
	}
}

func TestMatcherSuite(t *testing.T) {
	redacttest.TestDetector(t, NewMatcher(person("王小明", "Elena Petrova", "客户A")),
		redact.Page{Part: redact.PartName, Index: 2, Spans: []redact.Span{{ID: 4, Offset: 7, Text: "访王\n小明与elena  petrova"}}},
		redact.Page{Spans: []redact.Span{{Text: "无人"}, {ID: 1, Offset: 2, Text: "Elena Petrova"}}})
}

// naive is what the matcher must find: every place where a term's folded form
// stands with bounds, and the terms that stand there, but for those inside a
// longer one.
func naive(terms []redact.Term, text []rune) map[[2]int][]string {
	f := fold.Of(text)
	found := map[[2]int][]string{}
	for _, t := range terms {
		key := fold.Key(t.Text)
		k := []rune(key)
		for i := 0; len(k) > 0 && i+len(k) <= len(f.Runes); i++ {
			j := i + len(k)
			if string(f.Runes[i:j]) != key {
				continue
			}
			if fold.Bounded(k[0]) && i > 0 && fold.Bounded(f.Runes[i-1]) || fold.Bounded(k[len(k)-1]) && j < len(f.Runes) && fold.Bounded(f.Runes[j]) {
				continue
			}
			at := [2]int{f.Start[i], f.End[j-1]}
			found[at] = append(found[at], key)
		}
	}
	for p := range found {
		for q := range found {
			if p != q && q[0] <= p[0] && p[1] <= q[1] {
				delete(found, p)
			}
		}
	}
	return found
}

func TestMatcherEqualsNaiveSearch(t *testing.T) {
	letters := rapid.SampledFrom([]rune("王王小明陳陈ab  AB\n\n\r·-e\u0301\u200bﬁＡаß"))
	text := rapid.Custom(func(t *rapid.T) string { return string(rapid.SliceOfN(letters, 0, 40).Draw(t, "runes")) })
	term := rapid.Custom(func(t *rapid.T) string { return string(rapid.SliceOfN(letters, 0, 4).Draw(t, "runes")) })
	rapid.Check(t, func(t *rapid.T) {
		terms := person(rapid.SliceOfN(term, 0, 12).Draw(t, "terms")...)
		runes := []rune(text.Draw(t, "text"))
		want := naive(terms, runes)
		got := map[[2]int]bool{}
		m := NewMatcher(terms)
		m.part = min(m.part, rapid.IntRange(1, 30).Draw(t, "part"))
		if m.a.Has('\n') {
			m.part = math.MaxInt
		}
		for _, h := range m.match(runes) {
			at := [2]int{h.start, h.end}
			if got[at] || want[at] == nil {
				t.Fatalf("%d-%d is not to be found, or twice", h.start, h.end)
			}
			got[at] = true
		}
		// A match that is not given lies within others of the same term.
		for at, keys := range want {
			covered := got[at]
			for p := range got {
				for q := range got {
					covered = covered || p[0] <= at[0] && q[1] >= at[1] && q[0] <= p[1] && slices.ContainsFunc(keys, func(k string) bool {
						return slices.Contains(want[p], k) && slices.Contains(want[q], k)
					})
				}
			}
			if !covered {
				t.Fatalf("%v is not found among %v", at, got)
			}
		}
	})
}

// What is found of a text that repeats itself does not grow faster than the text.
func TestRepetition(t *testing.T) {
	var texts []string
	for i := 1; i <= 400; i++ {
		texts = append(texts, strings.Repeat("王", i), strings.Repeat("王小", i), strings.Repeat("a ", i))
	}
	m := NewMatcher(person(texts...))
	for _, unit := range []string{"王", "王小", "a ", "王小王", "王\n"} {
		text := strings.Repeat(unit, 12000/len(unit))
		total := 0
		for _, f := range search(t, m, text) {
			total += len(f.Text)
		}
		if total > 4*len(text) {
			t.Errorf("%q: %d bytes found in %d", unit, total, len(text))
		}
	}
	if fs := search(t, NewMatcher(person("王王")), "王王王王王"); len(fs) != 3 || fs[0].Region.Start != 0 || fs[1].Region.Start != 2 || fs[2].Region.Start != 3 {
		t.Errorf("found %v", fs)
	}
}

// Whatever the text, the runes of a match fold to its term.
func FuzzMatcher(f *testing.F) {
	f.Add("由王\n小明负责", "王小明")
	f.Add("ＥＬＥＮＡ  Petro\u00adva", "elena petrova")
	f.Add("Jose\u0301\u0323", "José")
	f.Add("각가", "가")
	f.Add("ﷺ ﬁ ½", "1")
	f.Add("**a** _b_", "a b")
	f.Add("İstanbul ǰ ß ẞ", "ß")
	f.Fuzz(func(t *testing.T, text, term string) {
		if !utf8.ValidString(text) || !utf8.ValidString(term) {
			return
		}
		runes := []rune(text)
		folded := fold.Of(runes)
		for i := range folded.Runes {
			if folded.Start[i] < 0 || folded.End[i] <= folded.Start[i] || folded.End[i] > len(runes) || i > 0 && folded.Start[i] < folded.Start[i-1] {
				t.Fatalf("rune %d stands for %d-%d of %d", i, folded.Start[i], folded.End[i], len(runes))
			}
		}
		m := NewMatcher(person(term))
		for _, h := range m.match(runes) {
			// A cluster such as a ligature may hold more than the term.
			if got := fold.Key(string(runes[h.start:h.end])); !strings.Contains(got, fold.Key(term)) {
				t.Fatalf("%q stands where %q was found", got, fold.Key(term))
			}
		}
		if k := fold.Key(term); k != "" && !redact.IsLabel(term) && !strings.ContainsAny(term, "客企某CcAa[]") {
			if len(m.match([]rune(term))) == 0 {
				t.Fatalf("%q is not found in itself", term)
			}
		}
	})
}

// A registry of many names is searched in one pass.
func TestManyTerms(t *testing.T) {
	var names []string
	for i := range 100000 {
		names = append(names, fmt.Sprintf("赵%c%c", 0xac00+rune(i%300), 0xb000+rune(i/300))) // no two of them fold to one
	}
	m := NewMatcher(person(names...))
	if m.a.Keys() != 100000 {
		t.Fatalf("%d terms", m.a.Keys())
	}
	if fs := search(t, m, strings.Repeat("云岚科技，", 20000)+names[77777]+"。"); len(fs) != 1 || fs[0].Text != names[77777] {
		t.Errorf("found %d", len(fs))
	}
}

// A name written in small letters is searched only where one form of it may be.
func TestSmallLetters(t *testing.T) {
	for _, c := range []struct{ terms, text, want string }{
		{"Elena", "elena and Elena", "Elena"},
		{"Elena elena", "elena and Elena", "elena Elena"},
		{"elena Elena", "elena and Elena", "elena Elena"},
	} {
		var terms []redact.Term
		for _, s := range strings.Fields(c.terms) {
			terms = append(terms, redact.Term{Text: s, Kind: redact.Person})
		}
		var got []string
		for _, f := range search(t, NewMatcher(terms), c.text) {
			got = append(got, f.Text)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q in %q: %q, want %q", c.terms, c.text, s, c.want)
		}
	}
}
