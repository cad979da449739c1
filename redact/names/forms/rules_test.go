package forms

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/names/search"
)

// of lists the terms of a stage for one subject.
func of(s stage, k redact.Kind, names ...string) []redact.Term {
	b := newBuilder(s, k)
	b.subject(names)
	return b.terms
}

// covered is what a matcher of terms finds in a text, and the reasons.
func covered(t testing.TB, m *search.Matcher, text string) (runes []bool, why []string) {
	t.Helper()
	fs, err := m.Detect(t.Context(), redact.Page{Spans: []redact.Span{{Text: text}}})
	if err != nil {
		t.Fatal(err)
	}
	runes = make([]bool, len([]rune(text)))
	for _, f := range fs {
		for i := f.Region.Start; i < f.Region.End; i++ {
			runes[i] = true
		}
		why = append(why, f.Why)
	}
	return runes, why
}

// Each rule's examples are found in a text by the terms of that rule alone, and
// what no rule may find is not found by those of all.
func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if seen[r.ID] || r.About == "" || len(r.Examples) == 0 || r.Kind != redact.Person && r.Kind != redact.Organisation || r.Found && r.Sure || r.Deep && (r.Sure || r.Found || r.Many) || r.Many && (r.Sure || r.Found) {
			t.Errorf("rule %s is not well formed or stands twice", r.ID)
		}
		seen[r.ID] = true
		for _, e := range r.Examples {
			var own []redact.Term
			most := registered
			if r.Found {
				most = inCase
			} else if r.Deep {
				most = attack
			}
			all := of(most, r.Kind, e.Names...)
			for _, term := range all {
				if id, ok := strings.CutPrefix(term.Why, WhyRegistered); !ok || rulesBy[id] == nil {
					t.Fatalf("%q for %q, no rule", term.Text, term.Why)
				} else if id == r.ID || r.ID == "zh-tones" { // which others find, if tones fold
					own = append(own, term)
				}
				if term.Tier == redact.Sure && !r.Sure && term.Why == WhyRegistered+r.ID {
					t.Errorf("%s: %q is sure", r.ID, term.Text)
				}
			}
			m := search.NewMatcher(own)
			for _, f := range e.Forms {
				text := "见 " + f + "，谢谢。"
				runes, _ := covered(t, m, text)
				core := []rune(strings.Trim(f, "#@"))
				if i := strings.Index(f, "www."); i == 0 { // the name in a domain
					core = []rune(f[len("www."):strings.LastIndex(f, ".")])
				} else if before, ok := strings.CutSuffix(f, ".com"); ok {
					core = []rune(before)
				}
				at := len([]rune(text[:strings.Index(text, string(core))]))
				if slices.Contains(runes[at:at+len(core)], false) {
					t.Errorf("%s: %q of %v is not found", r.ID, f, e.Names)
				}
			}
			m = search.NewMatcher(all)
			for _, f := range e.Not {
				text := "见 " + f + "，谢谢。"
				if runes, why := covered(t, m, text); slices.Contains(runes, true) {
					t.Errorf("%s: %q is found by %v of %v", r.ID, f, why, e.Names)
				}
			}
		}
	}
}

func TestRegistered(t *testing.T) {
	for _, c := range []struct {
		kind   redact.Kind
		names  string
		sure   string
		review string
		never  string
	}{
		{redact.Person, "王小明", "王小明|Wang Xiaoming|Xiaoming Wang|wangxiaoming|xiaoming.wang", "王总|老王|X. Wang|WXM|Mr. Wang|wangxm", "小明|王|WX|Xiaoming"},
		{redact.Person, "Elena Petrova", "Elena Petrova|Petrova, Elena|elena.petrova", "E. Petrova|epetrova|Petrova", "Elena|EP"},
		{redact.Organisation, "杭州云岚科技有限公司|云岚", "杭州云岚科技有限公司|云岚|云岚科技", "yunlan|Yunlan Technology|YLKJ", "科技|杭州|YL"},
	} {
		tier := map[string]redact.Tier{}
		for _, term := range Registered(c.kind, strings.Split(c.names, "|")) {
			if term.Kind != c.kind || !strings.HasPrefix(term.Why, whyRegistry) {
				t.Errorf("%q: kind %s, why %s", term.Text, term.Kind, term.Why)
			}
			tier[strings.ToLower(term.Text)] = term.Tier + 1
		}
		for _, w := range []struct {
			texts string
			tier  redact.Tier
		}{{c.sure, redact.Sure + 1}, {c.review, redact.Review + 1}, {c.never, 0}} {
			for _, s := range strings.Split(w.texts, "|") {
				if tier[strings.ToLower(s)] != w.tier {
					t.Errorf("%q of %s: tier %d, want %d", s, c.names, tier[strings.ToLower(s)]-1, w.tier-1)
				}
			}
		}
	}
	if whyRegistry != search.WhyRegistry || WhyRegistered != search.WhyRegistry+"/" {
		t.Error("the reasons are not the matcher's")
	}
	if terms := Registered(redact.Person, []string{"客户A", "", " "}); len(terms) != 1 {
		t.Errorf("terms of a label: %v", terms) // the matcher leaves labels out
	}
}

// Where several registered people could be meant, a text is found all the same.
func TestNamesakes(t *testing.T) {
	r := NewRegister(Full)
	for _, n := range []string{"王小明", "王海", "王晓鸣", "Wang Xiaoming", "Elena Petrova", "Egor Petrova"} {
		r.Add(redact.Person, []string{n})
	}
	m := search.NewMatcher(r.Terms())
	for _, f := range []string{"王总", "老王", "Mr. Wang", "X. Wang", "Wang Xiaoming", "wangxm@example.com", "E. Petrova", "Petrova"} {
		runes, _ := covered(t, m, "问 "+f+" 吧")
		if n := len([]rune(strings.TrimSuffix(f, "@example.com"))); slices.Contains(runes[2:2+n], false) {
			t.Errorf("%q is not found", f)
		}
	}
}

// What is searched once a name stood in the case is not searched before.
func TestInCase(t *testing.T) {
	for _, c := range []struct {
		kind  redact.Kind
		names string
		want  string
	}{
		{redact.Person, "王小明|Tony Wang", "小明|Xiaoming|明哥|Tony"},
		{redact.Person, "李建设", "建设老师"},
		{redact.Person, "Laura Baker", "Laura|Baker"},
		{redact.Organisation, "Summit Foods Ltd.", "Summit"},
	} {
		has := map[string]bool{}
		for _, term := range InCase(c.kind, strings.Split(c.names, "|")) {
			has[term.Text] = true
			if term.Tier != redact.Review {
				t.Errorf("%q of %s is sure", term.Text, c.names)
			}
		}
		for _, w := range strings.Split(c.want, "|") {
			if !has[w] {
				t.Errorf("%q of %s is not searched", w, c.names)
			}
		}
		if has["建设"] || has["王小明"] || has["王总"] {
			t.Errorf("%s: searched before, or a word", c.names)
		}
	}
}

// Of a larger registry there are fewer forms, and what subjects share is made
// once.
func TestRegisterDepth(t *testing.T) {
	count := func(d Depth, names ...string) int {
		r := NewRegister(d)
		for _, n := range names {
			r.Add(redact.Person, []string{n})
		}
		return len(r.Terms())
	}
	full, sure, names := count(Full, "王小明"), count(Sure, "王小明"), count(Names, "王小明")
	if names != 1 || sure < 100 || full < sure+100 {
		t.Errorf("terms of one name: %d, %d, %d", full, sure, names)
	}
	if more := count(Sure, "王小明", "王大海") - sure; more < 5 || more > 20 {
		t.Errorf("another name of one surname has %d sure terms", more)
	}
	if two := count(Full, "王小明", "王大海"); two >= 2*full-100 {
		t.Errorf("two of one surname have %d terms, one has %d", two, full)
	}
	for n, want := range map[int]Depth{0: Full, MostFull: Full, MostFull + 1: Sure, MostSure + 1: Names} {
		if DepthFor(n) != want {
			t.Errorf("depth for %d is %v", n, DepthFor(n))
		}
	}
}

func TestWade(t *testing.T) {
	for s, want := range map[string]string{"zhang": "chang", "xiao": "hsiao", "qiang": "chiang", "zhi": "chih", "jian": "chien", "guo": "kuo", "rong": "jung", "dong": "tung", "li": "li", "xue": "hsueh", "wei": "wei", "an": "an", "zi": "tzu", "jie": "chieh", "luo": "lo"} {
		if got := wade(s); got != want {
			t.Errorf("wade(%s) = %s, want %s", s, got, want)
		}
	}
}

func TestToneless(t *testing.T) {
	for s, want := range map[string]string{"lǚ": "lv", "míng": "ming", "xiǎo": "xiao", "": "", "nüè": "nve"} {
		if got := toneless(s); got != want {
			t.Errorf("toneless(%s) = %s", s, got)
		}
	}
	if got := fmt.Sprint(read([]rune("长乐"), 3, usual)); got != "[[chang le] [zhang le] [chang yue]]" {
		t.Errorf("readings %s", got)
	}
}
