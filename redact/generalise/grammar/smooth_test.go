package grammar

import (
	"regexp"
	"slices"
	"strings"
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
	for _, x := range vocabulary.Examples {
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

func TestKeepHonorifics(t *testing.T) {
	for in, want := range map[string]string{
		"找[张伟|客户A]先生，[王|客户B]女士，[李|客户C]总":                      "找客户A先生，客户B女士，客户C",
		"Mr. [Petrov|Customer A], an [o:Apple|Company B] man": "Mr. Customer A, a Company B man",
	} {
		text, edits := parse(in)
		if got := apply(text, Grammar{KeepHonorifics: true}.Smooth(text, edits)); got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}

// takenIn is what Smooth may take in beside what was replaced.
var takenIn = func() *regexp.Regexp {
	g := vocabulary
	ws := slices.Concat(g.HonorificsBefore, g.HonorificsAfter.ZH, g.HonorificsAfter.EN, g.OfSurname, g.Familiar, g.Spouse, g.LegalAfter.ZH, g.LegalAfter.EN,
		g.FamilyWords, g.Determiners, g.AboutBefore.ZH, g.AboutBefore.EN, g.DaytimeAfter, []string{"and", "on", "s", "than", "more"})
	for t := range g.TitleAfter {
		ws = append(ws, t)
	}
	for w := range g.GenderedPosts {
		ws = append(ws, w)
	}
	for _, same := range g.SameBefore {
		ws = append(ws, same...)
	}
	slices.SortFunc(ws, func(a, b string) int { return len(b) - len(a) })
	for i := range ws {
		ws[i] = regexp.QuoteMeta(ws[i])
	}
	return regexp.MustCompile(`(?i)^(?:` + strings.Join(ws, "|") + `|[ \x{a0}.,'’()（）\[\]【】《》“”「」『』〈〉〔〕])*$`)
}()

func checkSmooth(t *testing.T, text []rune, edits []Edit) {
	t.Helper()
	asked := make([]bool, len(text))
	for _, e := range edits {
		for i := max(0, e.Start); i < min(len(text), e.End); i++ {
			asked[i] = true
		}
	}
	covered := make([]bool, len(text))
	at := 0
	for _, e := range Smooth(text, edits) {
		if e.Start < at || e.End <= e.Start || e.End > len(text) {
			t.Fatalf("edit %d to %d after %d of %d", e.Start, e.End, at, len(text))
		}
		at = e.End
		for i := e.Start; i < e.End; i++ {
			covered[i] = true
		}
	}
	run := ""
	for i := 0; i <= len(text); i++ {
		if i < len(text) && asked[i] && !covered[i] {
			t.Fatalf("rune %d of %q is not covered any more", i, string(text))
		}
		if i < len(text) && covered[i] && !asked[i] {
			run += string(text[i])
			continue
		}
		if !takenIn.MatchString(run) {
			t.Fatalf("%q of %q is taken in", run, string(text))
		}
		run = ""
	}
}

func FuzzSmooth(f *testing.F) {
	for _, x := range vocabulary.Examples {
		text, edits := parse(x.In)
		e, last := edits[0], edits[len(edits)-1]
		f.Add(string(text), e.Start, e.End, e.With, uint8(0), last.Start, last.End, last.With, uint8(1))
	}
	kinds := []redact.Kind{redact.Person, redact.Organisation, redact.Other}
	f.Fuzz(func(t *testing.T, s string, a, b int, w1 string, k1 uint8, c, d int, w2 string, k2 uint8) {
		checkSmooth(t, []rune(s), []Edit{{a, b, w1, kinds[int(k1)%3]}, {c, d, w2, kinds[int(k2)%3]}})
	})
}

// Texts of words that the rules know, thrown together, with edits anywhere.
func TestSmoothProperties(t *testing.T) {
	ws := []string{"Mr. ", "Mrs ", "the ", "a ", "An ", "its ", "Petrova", "James", "'s ", "' x", "’ x", "s ", "王", "总", "总是", "先生", "夫人", "（", "）", "(", ")", " ", "公司", "有限公司", "Ltd", ", ", "Company ", "customer ", "客户", "小", ". ", "\n", "and ", "on ", "约", "about ", "more than ", "上午", "Chairwoman ", "family", "PhD", "云岚"}
	withs := []string{"客户A", "Customer A", "", "某大型企业", "an energy company", "the customer’s head of IT", "企业B", "Company B", "the first half of 2026", "2026年上半年", "over 30,000", "三万余人"}
	kinds := []redact.Kind{redact.Person, redact.Organisation, redact.Other}
	x := uint32(11)
	pick := func(n int) int { x = x*1664525 + 1013904223; return int(x>>8) % n }
	for range 10_000 {
		var text []rune
		for range 3 + pick(10) {
			text = append(text, []rune(ws[pick(len(ws))])...)
		}
		var edits []Edit
		for range 1 + pick(4) {
			start := pick(len(text)+4) - 2
			edits = append(edits, Edit{start, start + pick(6), withs[pick(len(withs))], kinds[pick(3)]})
		}
		checkSmooth(t, text, edits)
	}
}

// Two texts that differ only in the hidden name, its length, script, gender or
// the honorific it is written with are the same text afterwards.
func TestNoTrace(t *testing.T) {
	names := map[redact.Lang][]string{
		redact.Chinese: {"张伟", "欧阳明月先生", "李梅女士", "阿卜杜拉·买买提", "Elena Petrova", "Mr. Xiaoming Wang", "王总", "[王]总", "[赵]工", "小[李]", "[孙]老师", "[周]小姐", "陈博士"},
		redact.English: {"Petrova", "Mr. Li", "Ms James", "Prof. Dr. Maximilian Featherstonehaugh-Williams", "Mrs. Xu", "Miss Ng", "Sir Ian", "张伟", "Elena Petrova, PhD", "Bob Stone Jr."},
	}
	orgs := map[redact.Lang][]string{
		redact.Chinese: {"云岚", "云岚精工有限公司", "[云岚精工]集团有限公司", "Northmere", "公司[朔禾]"},
		redact.English: {"Apple", "Northmere Ltd", "[Northmere] Ltd.", "[Northmere] Group", "云岚精工", "Company [Union Bank]", "[Henkels], Inc."},
	}
	texts := map[redact.Lang][]string{
		redact.Chinese: {"{O}的{P}说，系统很好。", "{P}（{O}）", "{P}", "由{O}提供；{P}和同事到场。", "感谢{P}！"},
		redact.English: {"{P} of {O} said so.", "It was {P}'s idea, and {O}'s too.", "We met {P} ({O}).", "When {P} joined, {O} grew.", "Dear {P},\n", "Is it a {O} plant? An {O} plant.", "{O} won."},
	}
	labels := map[redact.Lang][][2]string{
		redact.Chinese: {{"客户A", "企业A"}, {"某大型企业信息化负责人", "某大型企业"}},
		redact.English: {{"Customer A", "Company A"}, {"the customer’s head of IT", "an energy company"}},
	}
	for lang, templates := range texts {
		for _, template := range templates {
			for _, label := range labels[lang] {
				first := ""
				for _, p := range names[lang] {
					for _, o := range orgs[lang] {
						s := strings.NewReplacer("{P}", mark(p, "", label[0]), "{O}", mark(o, "o:", label[1])).Replace(template)
						text, edits := parse(s)
						got := apply(text, Smooth(text, edits))
						if first == "" {
							first = got
						}
						if got != first {
							t.Errorf("%s\n got %s\nbut %s", s, got, first)
						}
					}
				}
			}
		}
	}
}

// mark marks the part of a name that a detector found: what stands in brackets,
// or all but what stands around a name.
func mark(name, kind, label string) string {
	if a, b := strings.Index(name, "["), strings.Index(name, "]"); a >= 0 {
		return name[:a] + "[" + kind + name[a+1:b] + "|" + label + "]" + name[b+1:]
	}
	from, to := 0, len(name)
	for _, h := range []string{"Mr. ", "Ms ", "Mrs. ", "Miss ", "Sir ", "Prof. Dr. "} {
		if strings.HasPrefix(name, h) {
			from = len(h)
		}
	}
	for _, h := range []string{"先生", "女士", "博士", ", PhD", " Jr."} {
		if strings.HasSuffix(name, h) && len(name)-from > len(h)+3 {
			to -= len(h)
		}
	}
	return name[:from] + "[" + kind + name[from:to] + "|" + label + "]" + name[to:]
}
