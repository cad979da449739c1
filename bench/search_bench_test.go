package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"consentry/assets/demo"
	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/search"
)

const syllables = "ka lo mi ra ten sha vel or din bra quo nes tal pe wi zu hart son berg field ov ko ni ya mar el us an de ri"

// nameMaker makes names of invented people and companies.
type nameMaker struct {
	r     *rand.Rand
	parts []string
}

func newNameMaker() *nameMaker {
	return &nameMaker{rand.New(rand.NewPCG(5, 1)), strings.Fields(syllables)}
}

func (m *nameMaker) word(n int) string {
	s := ""
	for range n {
		s += m.parts[m.r.IntN(len(m.parts))]
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func (m *nameMaker) han(n int) string {
	s := ""
	for range n {
		s += string(rune(0x4e00 + int(m.r.ExpFloat64()*900)%8000))
	}
	return s
}

var surnames = []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎")

func (m *nameMaker) zhPerson() string {
	return string(surnames[m.r.IntN(len(surnames))]) + m.han(1+m.r.IntN(3)%2+m.r.IntN(2))
}
func (m *nameMaker) enPerson() string  { return m.word(2+m.r.IntN(2)) + " " + m.word(2+m.r.IntN(3)) }
func (m *nameMaker) zhCompany() string { return m.han(2+m.r.IntN(3)) + "科技有限公司" }

// registry is n terms: people in Chinese and English, and, where mixed, companies
// among them.
func (m *nameMaker) registry(n int, of func(i int) string) []redact.Term {
	terms := make([]redact.Term, n)
	for i := range terms {
		terms[i] = redact.Term{Text: of(i), Kind: redact.Person, Tier: redact.Sure, Why: search.WhyRegistry}
	}
	return terms
}

func (m *nameMaker) mixed(i int) string {
	switch i % 10 {
	case 0:
		return m.zhCompany()
	case 1, 2, 3:
		return m.enPerson()
	}
	return m.zhPerson()
}

func text(b *testing.B, name string) string {
	b.Helper()
	s, err := demo.Files.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	return string(s)
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkSearchBuild builds matchers: names a second, and MB of heap that the
// matcher holds beside its terms.
func BenchmarkSearchBuild(b *testing.B) {
	m := newNameMaker()
	for _, c := range []struct {
		name string
		n    int
		of   func(int) string
	}{
		{"100", 100, m.mixed}, {"10k", 10_000, m.mixed}, {"1M-mixed", 1_000_000, m.mixed},
		{"1M-zh", 1_000_000, func(int) string { return m.zhPerson() }},
		{"1M-en", 1_000_000, func(int) string { return m.enPerson() }},
		{"1M-companies", 1_000_000, func(int) string { return m.zhCompany() }},
	} {
		b.Run(c.name, func(b *testing.B) {
			terms := m.registry(c.n, c.of)
			before := heap()
			var built *search.Matcher
			for b.Loop() {
				built = search.NewMatcher(terms)
			}
			b.ReportMetric(float64(c.n)*float64(b.N)/b.Elapsed().Seconds(), "names/s")
			b.ReportMetric(float64(heap()-before)/1e6, "MB-heap")
			runtime.KeepAlive(built)
			runtime.KeepAlive(terms)
		})
	}
}

// BenchmarkSearch searches text for a million names. Its peer looks for the same
// names, in the same text folded the same way, with a map of edges: the figure
// x-map is how much faster the matcher is, with all it does about what it finds.
func BenchmarkSearch(b *testing.B) {
	m := newNameMaker()
	terms := m.registry(1_000_000, m.mixed)
	matcher := search.NewMatcher(terms)
	peer := newMapAutomaton(func() (keys [][]rune) {
		seen := map[string]bool{}
		for _, t := range terms {
			if k := fold.Key(t.Text); !seen[k] {
				seen[k] = true
				keys = append(keys, []rune(k))
			}
		}
		return keys
	}())
	zh, en := text(b, "case-zh.md"), text(b, "case-en.md")
	var rich strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&rich, "%s met %s；", terms[i*37].Text, terms[i*53].Text)
	}
	for _, c := range []struct{ name, text string }{
		{"zh", zh}, {"en", en}, {"mixed", zh + en}, {"full-of-names", rich.String()},
	} {
		b.Run(c.name, func(b *testing.B) {
			s := strings.Repeat(c.text+"\n", 1+2_000_000/len(c.text))
			p := redact.Page{Spans: []redact.Span{{Text: s}}}
			b.SetBytes(int64(len(s)))
			var ours, theirs time.Duration
			hits := 0
			for b.Loop() {
				t := time.Now()
				fs, err := matcher.Detect(context.Background(), p)
				if err != nil {
					b.Fatal(err)
				}
				ours += time.Since(t)
				hits = len(fs)
				b.StopTimer()
				t = time.Now()
				f := fold.Of([]rune(s))
				n := 0
				peer.find(f.Runes, func(start, end, id int) { n++ })
				theirs += time.Since(t)
				b.StartTimer()
			}
			b.ReportMetric(theirs.Seconds()/ours.Seconds(), "x-map")
			b.ReportMetric(float64(hits)/float64(len(s))*1000, "found/kB")
		})
	}
}

// BenchmarkFold folds text.
func BenchmarkFold(b *testing.B) {
	for _, name := range []string{"case-zh.md", "case-en.md"} {
		b.Run(name, func(b *testing.B) {
			s := text(b, name)
			s = strings.Repeat(s, 1+2_000_000/len(s))
			runes := []rune(s)
			var t fold.Text
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				t.Fold(runes)
			}
		})
	}
}
