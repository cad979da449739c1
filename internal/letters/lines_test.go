package letters

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// typed makes glyphs of one width, Han and full-width ones of two.
func typed(s string) []glyph {
	var out []glyph
	for _, r := range s {
		w := 1.0
		if wide(r) || r == '“' || r == '”' {
			w = 2
		}
		out = append(out, glyph{r: r, w: w})
	}
	return out
}

func written(gs []glyph) string {
	var b strings.Builder
	for _, g := range gs {
		b.WriteRune(g.r)
	}
	return b.String()
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		want  string
	}{
		{"一二三四五六", 6, "一二三/四五六"},
		{"一二三，四五六", 6, "一二/三，四/五六"},
		{"一二（三四）五", 6, "一二/（三/四）五"},
		{"甲乙“丙丁”戊", 8, "甲乙“丙/丁”戊"},
		{"one two three", 8, "one two/three"},
		{"one  two", 3, "one/two"},
		{"abcdefghij", 4, "abcd/efgh/ij"},
		{"日期 2027-01-31 止", 12, "日期/2027-01-31/止"},
		{"☐ 同意　☐ 不同意", 8, "☐ 同意/☐ 不同/意"},
		{"甲\n乙", 20, "甲/乙"},
		{"甲乙丙　签名：" + string([]rune{blank, blank, blank}), 14, "甲乙丙/签名：" + string([]rune{blank, blank, blank})},
	} {
		var got []string
		for _, l := range wrap(typed(c.text), c.width) {
			got = append(got, written(l))
		}
		if s := strings.Join(got, "/"); s != c.want {
			t.Errorf("%q at %v: %s, want %s", c.text, c.width, s, c.want)
		}
	}
}

// No character but spaces is lost, no line is too wide, and none begins or ends as
// it must not where there was another way.
func TestWrapProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("一二三四五六ab c12。，、（）“”☐　")), 0, 80, -1).Draw(t, "text")
		width := rapid.Float64Range(12, 40).Draw(t, "width")
		var all strings.Builder
		for i, l := range wrap(typed(s), width) {
			all.WriteString(written(l))
			if widthOf(l) > width+0.01 {
				t.Fatalf("line %d is %v wide", i, widthOf(l))
			}
		}
		squeeze := func(s string) string { return strings.NewReplacer(" ", "", "　", "").Replace(s) }
		if squeeze(all.String()) != squeeze(s) {
			t.Fatalf("%q became %q", s, all.String())
		}
	})
	rapid.Check(t, func(t *rapid.T) { // a punctuation mark after each second word leaves a way
		var b strings.Builder
		for range rapid.IntRange(1, 30).Draw(t, "words") {
			b.WriteString(rapid.SampledFrom([]string{"一二，", "（三四）", "五六", "“七八”", "九。"}).Draw(t, "word"))
		}
		for i, l := range wrap(typed(b.String()), rapid.Float64Range(12, 40).Draw(t, "width")) {
			if i > 0 && strings.ContainsRune(noStart, l[0].r) || strings.ContainsRune(noEnd, l[len(l)-1].r) {
				t.Fatalf("line %q", written(l))
			}
		}
	})
}
