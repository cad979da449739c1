package authz

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Law is a statute that rules cite.
type Law struct {
	Zh       string   `yaml:"zh"`
	En       string   `yaml:"en"`
	Short    string   `yaml:"short"` // in English citations
	Text     string   `yaml:"text"`  // which text was read
	Verified bool     `yaml:"verified"`
	Items    []string `yaml:"items"` // cited articles of one paragraph: the number in brackets is an item
}

// An Article is a provision that a rule leans on.
type Article struct {
	Law      string `yaml:"law"`     // PIPL, CC, …
	Number   string `yaml:"article"` // 13, 13(1)(2), or ? where it is open
	Verified bool   `yaml:"verified"`
	law      Law
}

// Zh is the citation in Chinese: 《个人信息保护法》第十三条第一款第二项.
func (a Article) Zh() string {
	name := "《" + strings.TrimPrefix(a.law.Zh, "中华人民共和国") + "》"
	parts := a.parts()
	if len(parts) == 0 {
		return name + "（条号待核）"
	}
	units := []string{"条", "款", "项"}
	if len(parts) == 2 && slices.Contains(a.law.Items, strconv.Itoa(parts[0])) {
		units = []string{"条", "项"}
	}
	for i, n := range parts[:min(len(parts), len(units))] {
		name += "第" + chineseNumber(n) + units[i]
	}
	return name
}

// En is the citation in English: PIPL art. 13(1)(2).
func (a Article) En() string {
	name := cmp.Or(a.law.Short, a.law.En, a.Law)
	if len(a.parts()) == 0 {
		return name + " (article to be checked)"
	}
	return name + " art. " + a.Number
}

// Cite is the citation in a language, zh or en.
func (a Article) Cite(lang string) string {
	if lang == "zh" {
		return a.Zh()
	}
	return a.En()
}

func (a Article) String() string { return a.En() }

// parts are the numbers of article, paragraph and item; none where it is open.
func (a Article) parts() []int {
	var ns []int
	for _, f := range strings.FieldsFunc(a.Number, func(r rune) bool { return r == '(' || r == ')' }) {
		n, err := strconv.Atoi(f)
		if err != nil || n < 1 || n > 9999 {
			return nil
		}
		ns = append(ns, n)
	}
	return ns
}

// chineseNumber writes 1 to 9999 as statutes do: 十三, 一百零二, 一千零一十九.
func chineseNumber(n int) string {
	digits, units := []rune("零一二三四五六七八九"), []string{"", "十", "百", "千"}
	var b strings.Builder
	s := strconv.Itoa(n)
	zero := false
	for i, d := range s {
		if d == '0' {
			zero = true
			continue
		}
		if zero {
			b.WriteRune('零')
			zero = false
		}
		b.WriteRune(digits[d-'0'])
		b.WriteString(units[len(s)-1-i])
	}
	if n >= 10 && n < 20 {
		return strings.TrimPrefix(b.String(), "一")
	}
	return b.String()
}

// Explain is the sentence for people behind a reason code, in zh or en.
func (p *Pack) Explain(code, lang string) string {
	r, ok := p.Rule(code)
	switch {
	case !ok && lang == "zh":
		return "没有可用的规则，按未知处理，予以遮盖。"
	case !ok:
		return "No rule applies. What is unknown stays hidden."
	}
	return r.Explain.In(lang)
}

// NextStep is what people may do about a reason code; empty for what is shown.
func (p *Pack) NextStep(code, lang string) string {
	r, _ := p.Rule(code)
	return r.NextStep.In(lang)
}

// Articles are the provisions behind a reason code, the main one first; none for
// our own caution.
func (p *Pack) Articles(code string) []Article {
	r, _ := p.Rule(code)
	return slices.Clone(r.Source)
}

// Cite joins the provisions behind a code: 《…》第十三条、《…》第二十五条.
func (p *Pack) Cite(code, lang string) string {
	var cites []string
	for _, a := range p.Articles(code) {
		cites = append(cites, a.Cite(lang))
	}
	if lang == "zh" {
		return strings.Join(cites, "、")
	}
	return strings.Join(cites, ", ")
}

// Describe is sentence and provisions of a decision, for logs and listings.
func (p *Pack) Describe(d Decision, lang string) string {
	if c := p.Cite(d.Reason, lang); c != "" {
		return fmt.Sprintf("%s (%s)", p.Explain(d.Reason, lang), c)
	}
	return p.Explain(d.Reason, lang)
}
