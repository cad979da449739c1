package bench

import (
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/names/forms"
	"consentry/redact/names/search"
)

// inventedNames are n names of people, four of five Chinese.
func inventedNames(n int) []string {
	rng := rand.New(rand.NewPCG(1, 2))
	surnames := strings.Split("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖", "")
	given := strings.Split("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉建国志红海东晓雪小云峰林辉波宇浩然子涵欣怡梓轩思雨佳琪俊博天宏鑫桐屿蔓澜骁霖楠煜瑾哲妍睿彬燕凯毅诗若溪远璐萌淑芬兰振德胜绿", "")
	latin := strings.Split("an ber cas dor el fin gar hal ing jon kel lin mor nor os pet quin ros sal tor ul ver wel yor zan", " ")
	word := func(n int) string {
		s := ""
		for range n {
			s += latin[rng.IntN(len(latin))]
		}
		return strings.ToUpper(s[:1]) + s[1:]
	}
	var out []string
	for i := range n {
		if i%5 == 4 {
			out = append(out, word(2)+" "+word(3))
		} else {
			out = append(out, surnames[rng.IntN(len(surnames))]+given[rng.IntN(len(given))]+given[rng.IntN(len(given))])
		}
	}
	return out
}

// BenchmarkForms makes the terms of a registry and the matcher of them, at each
// depth with the most subjects it is for.
func BenchmarkForms(b *testing.B) {
	for _, c := range []struct {
		name  string
		depth forms.Depth
		n     int
	}{{"full", forms.Full, forms.MostFull}, {"sure", forms.Sure, forms.MostSure}, {"names", forms.Names, 1_000_000}} {
		b.Run(c.name, func(b *testing.B) {
			names := inventedNames(c.n)
			b.ResetTimer()
			terms := 0
			var kept *search.Matcher
			for b.Loop() {
				r := forms.NewRegister(c.depth)
				for _, n := range names {
					r.Add(redact.Person, []string{n})
				}
				terms = len(r.Terms())
			}
			b.ReportMetric(float64(terms)*float64(b.N)/b.Elapsed().Seconds(), "forms/s")
			b.ReportMetric(float64(terms)/float64(c.n), "terms/name")
			b.StopTimer()
			r := forms.NewRegister(c.depth)
			for _, n := range names {
				r.Add(redact.Person, []string{n})
			}
			var before, after runtime.MemStats
			all := r.Terms()
			runtime.GC()
			runtime.ReadMemStats(&before)
			kept = search.NewMatcher(all)
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB-matcher")
			runtime.KeepAlive(kept)
			runtime.KeepAlive(all)
		})
	}
}
