package fold

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestOf(t *testing.T) {
	for _, c := range []struct{ about, text, want string }{
		{"as it is", "elena 王小明", "elena 王小明"},
		{"capitals", "ELENA Petrova", "elena petrova"},
		{"width", "Ａｃｍｅ　２０００！", "acme 2000!"},
		{"ligatures and signs", "ﬁne ㈱ ½ …", "fine (株) 1⁄2 ..."},
		{"invisible signs", "王\u200b小\u00ad明\ufeff e\u034flena\u2060 \u3164王", "王小明 elena 王"},
		{"variation selectors", "王\ufe00小\U000e0100明", "王小明"},
		{"Markdown", "**王**小明 _Elena_", "王小明 elena "},
		{"dots", "玛丽•居里 玛丽・居里", "玛丽·居里玛丽·居里"},
		{"dashes and apostrophes", "O’Neil–Diaz", "o'neil-diaz"},
		{"traditional", "陳曉明 歐陽後", "陈晓明欧阳后"},
		{"traditional, in the form for compatibility", "\uf9d1", "六"},
		{"traditional of which the simplified is rare", "㗲", "𠵾"},
		{"what is usually left as it is", "沈李淼像", "沈李淼像"},
		{"pinyin", "Zhāng Wěi, lǚ Lü ɑ", "zhang wei, lu lu a"},
		{"accents composed or not", "José Jose\u0301 JOSE\u0301", "jose jose jose"},
		{"an accent behind an invisible sign", "Jose\u200b\u0301", "jose"},
		{"letters without an accent", "Straße Łukasz Søren Ǽ", "strasse lukasz soren ae"},
		{"Vietnamese", "Nguyễn Thị Đào", "nguyen thi dao"},
		{"Greek", "Παπαδόπουλος ΠΑΠΑΔΟΠΟΥΛΟΣ", "παπαδοπουλοσ παπαδοπουλοσ"},
		{"Cyrillic keeps й", "Йосиф и\u0306", "йосиф й"},
		{"kana", "ｶﾞ か\u3099", "ガ が"},
		{"Hangul", "\u1100\u1161\u11a8 각", "각 각"},
		{"look-alikes", "Zh\u0430ng Р\u0435trov\u0430 Νora", "zhang petrova nora"},
		{"no look-alikes", "Анна и Ольга Jжan μm", "анна и ольга jжan μm"},
		{"spaces", "a \t b\u00a0c\r\nd", "a b c d"},
		{"a blank line", "a\n \n b 王\n\n小", "a\nb 王\n小"},
		{"Han over lines", "王\n小\r\n明 李", "王小明李"},
		{"at the ends", " 王 ", " 王 "},
		{"divided words", "Pet-\nrova Pet‐\r\n  rova Pet\u00ad\nrova", "petrova petrova petrova"},
		{"a hyphen of the name", "Smith-\nJones", "smith-jones"},
		{"no divided words", "a -\nb, a-\n\nb, a- b, a—\nb", "a - b, a-\nb, a- b, a- b"},
		{"emoji", "👩\u200d🦰 王😀明", "👩🦰 王😀明"},
		{"nothing", "", ""},
		{"nothing to see", "\u200b**", ""},
	} {
		if got := string(Of([]rune(c.text)).Runes); got != c.want {
			t.Errorf("%s: %q is folded to %q, want %q", c.about, c.text, got, c.want)
		}
	}
}

func TestKey(t *testing.T) {
	for term, want := range map[string]string{" 陳 曉明\n": "陈晓明", "\u200b Elena  PETROVA": "elena petrova", " * ": ""} {
		if got := Key(term); got != want {
			t.Errorf("the key of %q is %q, want %q", term, got, want)
		}
	}
}

func TestRanges(t *testing.T) {
	for _, c := range []struct {
		text  string
		parts []string // of the original, one a folded rune
	}{
		{"a**王\u200b", []string{"a", "王"}},
		{"ﬁe\u0301", []string{"ﬁ", "ﬁ", "e\u0301"}},
		{"a \n b", []string{"a", " \n ", "b"}},
		{"王 \n明", []string{"王", "明"}},
		{"a-\nb", []string{"a", "b"}},
		{"王\ufe00陳", []string{"王\ufe00", "陳"}},
	} {
		text := []rune(c.text)
		f := Of(text)
		var got []string
		for i := range f.Runes {
			got = append(got, string(text[f.Start[i]:f.End[i]]))
		}
		if !slices.Equal(got, c.parts) {
			t.Errorf("%q: the runes stand for %q, want %q", c.text, got, c.parts)
		}
	}
}

// Every rune of Unicode by itself: what the table says is what the definition
// says, and a folded rune is not folded further.
func TestEveryRune(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		want := ""
		for _, c := range norm.NFKC.String(string(r)) {
			if unicode.Is(unicode.Mn, c) && want != "" && accented([]rune(want)[0]) {
				continue
			}
			want += folded(c)
		}
		want = spaces.Replace(want)
		one := Of([]rune{r})
		if got := string(one.Runes); got != want {
			t.Fatalf("%U is folded to %q, want %q", r, got, want)
		}
		if again := string(Of(one.Runes).Runes); again != want {
			t.Fatalf("%U: %q is folded again to %q", r, want, again)
		}
	}
}

var spaces = strings.NewReplacer("\n", " ")

// checkMap checks that f says exactly which runes of text each of its runes
// stands for.
func checkMap(t interface{ Fatalf(string, ...any) }, text []rune) {
	f := Of(text)
	covered := make([]bool, len(text))
	for i := range f.Runes {
		a, b := f.Start[i], f.End[i]
		if a < 0 || b <= a || b > len(text) || i > 0 && (a < f.Start[i-1] || b < f.End[i-1]) {
			t.Fatalf("rune %d stands for %d-%d of %d", i, a, b, len(text))
		}
		// White space may reach into a cluster that begins with some, such as ¨.
		if i > 0 && a < f.End[i-1] && (a != f.Start[i-1] || b != f.End[i-1]) && !isSpace(f.Runes[i-1]) && !isSpace(f.Runes[i]) {
			t.Fatalf("runes %d and %d stand for parts of one cluster", i-1, i)
		}
		for j := a; j < b; j++ {
			covered[j] = true
		}
	}
	// What a cluster is folded to is what it is folded to by itself.
	for i := 0; i < len(f.Runes); {
		j := i + 1
		for j < len(f.Runes) && f.Start[j] == f.Start[i] && f.End[j] == f.End[i] {
			j++
		}
		alone := Of(text[f.Start[i]:f.End[i]]).Runes
		if isSpace(f.Runes[i]) && j == i+1 { // of white space, what counts is whether a line is blank
			if !isSpace(alone[0]) && !isSpace(alone[len(alone)-1]) {
				t.Fatalf("white space stands for %q", string(text[f.Start[i]:f.End[i]]))
			}
		} else if got := f.Runes[i:j]; !slices.Equal(bare(got), bare(alone)) && !disguise(got, alone) {
			t.Fatalf("%q stands for %q, which is folded to %q", string(got), string(text[f.Start[i]:f.End[i]]), string(alone))
		}
		i = j
	}
	// What is in no cluster is nothing to compare.
	for i, ok := range covered {
		if !ok && !unicode.Is(unicode.M, text[i]) && text[i] != '-' && text[i] != '‐' && len(bare(Of(text[i:i+1]).Runes)) > 0 {
			t.Fatalf("rune %d of %q is left out", i, string(text))
		}
	}
	// A text cut between two clusters is folded as the whole is.
	for i := 1; i < min(len(f.Runes), 60); i++ {
		at := f.Start[i]
		if f.End[i-1] != at || !firm(f.Runes[i-1]) || !firm(f.Runes[i]) || Bounded(f.Runes[i-1]) && Bounded(f.Runes[i]) {
			continue
		}
		if got := slices.Concat(Of(text[:at]).Runes, Of(text[at:]).Runes); !slices.Equal(got, f.Runes) {
			t.Fatalf("cut at %d, %q is folded to %q, not %q", at, string(text), string(got), string(f.Runes))
		}
	}
}

// firm reports whether r is no white space and no mark, which depend on what
// stands beside them.
func firm(r rune) bool { return !isSpace(r) && r != '-' && !unicode.Is(unicode.M, r) }

// bare is rs without white space and marks, of which a letter before may take some
// over an invisible sign.
func bare(rs []rune) []rune {
	return slices.DeleteFunc(slices.Clone(rs), func(r rune) bool { return isSpace(r) || unicode.Is(unicode.Mn, r) })
}

// disguise reports whether got is alone but for a letter that looks like another.
func disguise(got, alone []rune) bool {
	return len(got) == len(alone) && len(got) > 0 && got[0] < 0x80 && alone[0] >= 0x370 && alone[0] < 0x530
}

func anyRune() *rapid.Generator[rune] {
	return rapid.OneOf(
		rapid.SampledFrom([]rune("王小明陳曉ab AB\n\r\t·-_*e\u0301\u0323\u200b\u00ad\ufe00ﬁＡ㈱ｶﾞéǚßаРνΝ가각\u1100\u1161\u11a8😀\U000e0100")),
		rapid.Rune(),
		rapid.Map(rapid.Int32Range(0x300, 0x36f), func(i int32) rune { return i }),
	)
}

func TestMapOfAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkMap(t, rapid.SliceOfN(anyRune(), 0, 40).Draw(t, "text")) })
}

// A Text that is used again gives the same as a new one.
func TestFoldAgain(t *testing.T) {
	texts := rapid.SliceOfN(rapid.SliceOfN(anyRune(), 0, 30), 1, 5)
	rapid.Check(t, func(t *rapid.T) {
		var used Text
		for _, text := range texts.Draw(t, "texts") {
			used.Fold(text)
			if one := Of(text); !slices.Equal(used.Runes, one.Runes) || !slices.Equal(used.Start, one.Start) || !slices.Equal(used.End, one.End) {
				t.Fatalf("%q is folded to %q, then to %q", string(text), string(one.Runes), string(used.Runes))
			}
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"陳\n曉 明", "Jose\u0301\u200b\u0323 ﬁﷺ", "a-\n\u00adb Zhаng", "\u1100\u1161\u11a8\u0301**_", " \n\n ", "\u0301\u0301王\ufe00\U000e0100"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkMap(t, []rune(s)) })
}
