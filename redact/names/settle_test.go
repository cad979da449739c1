package names

import (
	"math/rand/v2"
	"strings"
	"testing"

	"consentry/redact"
)

// Whatever stands in a text, its findings are in order, lie in it and overlap nowhere.
func TestChineseFindingsDoNotOverlap(t *testing.T) {
	parts := strings.Fields(`王小明 张伟 经理 说 云岚 科技 有限公司 （ ） ( ) “ ” 《 》 — - · 、 ， 。 北京 （集团） 以下简称“云岚” @小糖人 Nguyen Van An 第九届 全国人大 农技站 外交部长 约翰 二世 Co.，Ltd 某 穗积一成 与 合作 @ 届 杂志 男， 121.9465`)
	rnd := rand.New(rand.NewPCG(5, 7))
	for range 400 {
		var b strings.Builder
		for range 1 + rnd.IntN(14) {
			b.WriteString(parts[rnd.IntN(len(parts))])
			if rnd.IntN(8) == 0 {
				b.WriteString([]string{" ", "\n"}[rnd.IntN(2)])
			}
		}
		text := b.String()
		fs, err := detector(t).Detect(t.Context(), redact.Page{Spans: []redact.Span{{Text: text}}})
		if err != nil {
			t.Fatal(err)
		}
		end, n := 0, len([]rune(text))
		for _, f := range fs {
			if f.Region.Start < end || f.Region.End <= f.Region.Start || f.Region.End > n {
				t.Fatalf("%q: %s overlaps or lies outside", text, all(fs))
			}
			end = f.Region.End
		}
	}
}
