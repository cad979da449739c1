package generalise

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/generalise/grammar"
)

// Labels are the runs of runes in a text that Organisation may have written, in
// order, so that our own forms are not found again as names. They are generic
// words of the dictionary only: 某云岚企业 is none.
func (d *Dictionary) Labels(text []rune) [][2]int {
	s := string(text)
	var out [][2]int
	bytes, runes := 0, 0
	for _, at := range d.labels.FindAllStringIndex(s, -1) {
		// A letter that begins a word is not ours: company Azure.
		if r, _ := utf8.DecodeRuneInString(s[at[1]:]); latin(r) {
			continue
		}
		start := runes + utf8.RuneCountInString(s[bytes:at[0]])
		end := start + utf8.RuneCountInString(s[at[0]:at[1]])
		bytes, runes = at[1], end
		out = append(out, [2]int{start, end})
	}
	return out
}

// labelShape is the shape of everything that Organisation can write.
func (d *Dictionary) labelShape() *regexp.Regexp {
	any := func(ws []string) string {
		slices.SortFunc(ws, func(a, b string) int { return len(b) - len(a) })
		for i := range ws {
			ws[i] = regexp.QuoteMeta(ws[i])
		}
		return "(?:" + strings.Join(ws, "|") + ")"
	}
	var all []string
	for _, lang := range langs {
		var nouns, sizes, regions []string
		for _, n := range d.Industries {
			nouns = append(nouns, n.noun(lang))
		}
		for _, s := range d.Sizes {
			sizes = append(sizes, s.In(lang))
		}
		for _, r := range d.Regions {
			regions = append(regions, r.In(lang))
		}
		letter, article := `(?:[A-Z][0-9]{0,3})?`, ""
		if lang == redact.English {
			letter, article = `(?: [A-Z][0-9]{0,3}\b)?`, `(?:\b[Aa]n? )?`
		}
		for _, f := range d.Forms {
			t := regexp.QuoteMeta(f.In(lang))
			if lang == redact.English {
				t = article + `\b` + grammar.DropArticle(t)
			}
			if !strings.Contains(t, `\{noun\}`) {
				t += letter
			}
			all = append(all, strings.NewReplacer(`\{noun\}`, any(nouns)+letter, `\{size\}`, any(sizes), `\{region\}`, any(regions)).Replace(t))
		}
	}
	return regexp.MustCompile(strings.Join(all, "|"))
}

// IsGeneral reports whether a text is a word of the dictionary that stands for a
// post or a place: nothing that it would say less exactly.
func (d *Dictionary) IsGeneral(text string) bool {
	key := fold.Key(text)
	for _, lang := range langs {
		if slices.ContainsFunc(d.Posts, func(p PostEntry) bool { return fold.Key(p.Function.In(lang)) == key }) ||
			slices.ContainsFunc(d.Regions, func(r Region) bool { return fold.Key(r.In(lang)) == key }) {
			return true
		}
	}
	return false
}
