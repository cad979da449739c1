package attributes

import (
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/redacttest"
)

// marked takes the < and > out of a text and tells the runes between them.
func marked(s string) (text string, want [][2]int) {
	s = strings.ReplaceAll(s, `\n`, "\n")
	var b strings.Builder
	n, from := 0, 0
	for _, r := range s {
		switch r {
		case '<':
			from = n
		case '>':
			want = append(want, [2]int{from, n})
		default:
			b.WriteRune(r)
			n++
		}
	}
	return b.String(), want
}

func detector(t testing.TB) *Detector {
	t.Helper()
	d, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func page(s string) redact.Page { return redact.Page{Spans: []redact.Span{{Text: s}}} }

func detect(t testing.TB, d *Detector, s string) []redact.Finding {
	t.Helper()
	fs, err := d.Detect(t.Context(), page(s))
	if err != nil {
		t.Fatal(err)
	}
	return fs
}

// covered reports whether findings of a kind cover runes from to.
func covered(fs []redact.Finding, k redact.Kind, at [2]int) bool {
	for i := at[0]; i < at[1]; i++ {
		in := false
		for _, f := range fs {
			in = in || (k == "" || f.Kind == k) && f.Region.Start <= i && i < f.Region.End
		}
		if !in {
			return false
		}
	}
	return true
}

// Each rule's examples: it alone must find what is marked, all rules together
// must find it too and nothing of the kind in the near misses.
func TestRules(t *testing.T) {
	d := detector(t)
	for i := range d.set.rules {
		r := &d.set.rules[i]
		if len(r.Find) == 0 || len(r.Near) == 0 {
			t.Errorf("rule %d (%s, %s) has no example or no near miss", i, r.Kind, r.Why)
		}
		if _, ok := known[r.Kind]; !ok || r.Lang != redact.Chinese && r.Lang != redact.English {
			t.Errorf("rule %d: kind %q, language %q", i, r.Kind, r.Lang)
		}
		for _, s := range r.Find {
			text, want := marked(s)
			if len(want) == 0 {
				t.Errorf("rule %d (%s): nothing marked in %q", i, r.Kind, s)
			}
			fs := detect(t, d, text)
			for _, w := range want {
				if !covered(fs, r.Kind, w) {
					t.Errorf("rule %d (%s, %s): not found: %q: %v", i, r.Kind, r.Why, s, fs)
				}
			}
		}
		for _, s := range r.Near {
			text, _ := marked(s)
			for _, f := range detect(t, d, text) {
				if f.Kind == r.Kind {
					t.Errorf("rule %d (%s, %s): near miss found: %q: %q", i, r.Kind, r.Why, s, f.Text)
				}
			}
		}
	}
}

var known = func() map[redact.Kind]bool {
	m := map[redact.Kind]bool{}
	for _, k := range redact.Kinds() {
		m[k.ID] = true
	}
	return m
}()

func TestDetector(t *testing.T) {
	p := page("患者林知遥，女，36岁，畲族，确诊糖尿病。\nElara Quist, 41, was diagnosed with asthma.\n")
	p.Spans = append(p.Spans, redact.Span{ID: 1, Offset: 100, Text: "姓名|年龄|民族\n林知遥|36|畲族\n"})
	redacttest.TestDetector(t, detector(t), p, page("\ue000\ue001客户A确诊糖尿病，Customer B is divorced"))
}

// A table's cells are found by the words of its head.
func TestPostsBeginBehindParticles(t *testing.T) {
	for text, want := range map[string]string{
		"项目组由我方的项目经理周明带队。": "项目经理", "云岚精工的信息部总监林知遥说。": "信息部总监", "信息部总监林知遥说。": "信息部总监",
	} {
		var got []string
		for _, f := range detect(t, detector(t), text) {
			if f.Kind == "post" {
				got = append(got, f.Text)
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestTable(t *testing.T) {
	d := detector(t)
	for _, s := range []string{
		"姓名\t性别\t民族\t月薪\n林知遥\t女\t畲族\t18000\n周明\t男\t汉族\t9000",
		"| 姓名 | 性别 | 民族 | 月薪 |\n|---|---|---|---|\n| 林知遥 | 女 | 畲族 | 18000 |\n",
		"Name,Age,Ethnicity,Salary\nElara Quist,41,Invented,40000\n",
	} {
		kinds := map[redact.Kind]bool{}
		for _, f := range detect(t, d, s) {
			kinds[f.Kind] = true
		}
		if !kinds["ethnicity"] || !kinds["income"] {
			t.Errorf("columns not found in %q: %v", s, kinds)
		}
	}
	for _, s := range []string{"产品\t价格\n机床\t18000", "部门职责：财务部、生产部",
		"| 姓名 | 职务 | 单位 |\n|---|---|---|\n\n谈到下一步，有人没有说更多线路，而是说起别的。"} {
		if fs := detect(t, d, s); len(fs) > 0 {
			t.Errorf("found in %q: %v", s, fs)
		}
	}
}

// FuzzDetect: findings lie within any text and say what stands there.
func FuzzDetect(f *testing.F) {
	for _, s := range []string{"患者林知遥，女，36岁，确诊糖尿病", "客户A|36岁\n…她", "Elara Quist, 41, was diagnosed with asthma.\x00", "姓名\t民族\n林\u200b知遥\t畲族", "１９９１年２月２８日出生"} {
		f.Add(s)
	}
	d := detector(f)
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "")
		rs := []rune(s)
		for _, h := range detect(t, d, s) {
			if g := h.Region; g.Start < 0 || g.End > len(rs) || g.Start >= g.End || string(rs[g.Start:g.End]) != h.Text {
				t.Fatalf("%s: not what stands there", h.Kind)
			}
		}
	})
}

// A text of cues alone, one long sentence without a mark, is read in time linear in
// its length: what a rule sees is bounded. Counted in sentences, as a clock is not.
func TestSentencesAreBounded(t *testing.T) {
	for _, s := range []string{strings.Repeat("他确诊", 5000), strings.Repeat("she has ", 5000), strings.Repeat("a", 20000), strings.Repeat("林知遥，", 5000)} {
		r := read([]rune(s))
		for _, x := range r.sent {
			if x.end-x.start > 2*longest+1 {
				t.Fatalf("a sentence of %d runes", x.end-x.start)
			}
		}
	}
}
