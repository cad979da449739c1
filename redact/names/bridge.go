package names

import (
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/names/lexicon"
)

// bridge takes in the signs within and around names, which the models leave out: the
// brackets of 云岚（杭州）有限公司 and 云岚银行（中国）, the quotes of 北山“听雨”茶社, the
// dashes and dots of foreign names, the number of a session before a body's name. The
// candidates are in the order of the text and overlap nowhere.
func bridge(text []rune, cs []candidate) []candidate {
	out := make([]candidate, 0, len(cs))
	for _, c := range cs {
		if n := len(out) - 1; n >= 0 {
			out[n].end = bracketed(text, out[n], c.start)
		}
		c.start = sessions(text, c, out)
		quoted(text, &c, out)
		for n := len(out) - 1; n >= 0 && bridged(text, &out[n], &c); n-- {
			out = out[:n]
		}
		out = append(out, c)
	}
	if n := len(out) - 1; n >= 0 {
		out[n].end = bracketed(text, out[n], len(text))
	}
	return out
}

// quoted takes in the signs around a newspaper's name: 《云岚晚报》, 《北山》杂志.
func quoted(text []rune, c *candidate, before []candidate) {
	if c.kind != redact.Organisation || c.start == 0 || text[c.start-1] != '《' || len(before) > 0 && before[len(before)-1].end >= c.start {
		return
	}
	inside := string(text[c.start:c.end])
	switch {
	case strings.Contains(inside, "》"):
		c.start--
	case c.end < len(text) && text[c.end] == '》' && (strings.HasSuffix(inside, "报") || strings.HasSuffix(inside, "刊")):
		c.start, c.end = c.start-1, c.end+1
	}
}

// bridged reports whether b has taken a in, or whether b alone was changed: only a
// sign lies between the two.
func bridged(text []rune, a, b *candidate) bool {
	gap := b.start - a.end
	if gap < 0 || gap > 1 {
		return false
	}
	merge := func(start int) bool {
		b.start = start
		if b.kind == redact.Other {
			b.kind = a.kind
		}
		if a.tier == redact.Review {
			b.tier, b.score = redact.Review, min(a.score, b.score)
		}
		return true
	}
	org := a.kind == redact.Organisation || b.kind == redact.Organisation
	if gap == 0 {
		// 云岚（杭州） has been joined already; what follows is its legal form.
		if b.kind == redact.Organisation && a.kind == redact.Location && b.tier == redact.Review && (b.why == whySuffix || b.why == whyBody) {
			return merge(a.start) // 北山县 农技站, 中国 女队
		}
		return b.kind == redact.Organisation && (a.kind == redact.Organisation && strings.ContainsRune("）)", text[a.end-1]) || a.kind == redact.Location && text[b.start] == '《') && merge(a.start)
	}
	sign := text[a.end]
	switch {
	case sign == ' ' && a.kind == redact.Person && b.tier == redact.Review && unicode.Is(unicode.Latin, text[a.end-1]) && titleCase(text[b.start:b.end]):
		b.kind = redact.Person
		return merge(a.start) // Nguyen Van An
	case strings.ContainsRune("—–－-·．&＆", sign) && a.kind == b.kind && (a.kind == redact.Person && foreign(text, *b) || a.kind == redact.Organisation && sign != '—'):
		return merge(a.start)
	case strings.ContainsRune("）)", sign) && b.kind == redact.Organisation && (a.kind == redact.Location || a.kind == redact.Organisation) && a.start > 0 && strings.ContainsRune("（(", text[a.start-1]):
		return merge(a.start - 1) // （杭州）云岚公司
	case strings.ContainsRune("（(", sign) && a.kind == redact.Organisation && b.end < len(text) && strings.ContainsRune("）)", text[b.end]) && (b.kind == redact.Location || lexicon.InBrackets[string(text[b.start:b.end])]):
		b.kind, b.end = redact.Organisation, b.end+1
		return merge(a.start)
	case strings.ContainsRune("”』」", sign) && org && a.start > 0 && strings.ContainsRune("“『「", text[a.start-1]) && b.kind == redact.Organisation:
		return merge(a.start - 1)
	case strings.ContainsRune("“『「", sign) && b.end < len(text) && strings.ContainsRune("”』」", text[b.end]) && a.kind != redact.Person && b.kind == redact.Organisation:
		b.end++
		return merge(a.start)
	case strings.ContainsRune(",，.．", sign) && a.kind == redact.Organisation && b.kind != redact.Person && lexicon.LegalLatin[strings.ToLower(strings.Trim(string(text[b.start:b.end]), "."))]:
		b.kind = redact.Organisation
		return merge(a.start) // Co.，Ltd
	}
	return false
}

// foreign reports whether what stands behind a dash goes on with a name: it does not
// begin with a surname, or is too long for a Chinese name.
func foreign(text []rune, c candidate) bool {
	r := rules{text: text}
	return r.surname(c.start) == 0 || c.end-c.start > 3
}

// sessions is where the number of a session begins before a body's name: 第六届.
func sessions(text []rune, c candidate, before []candidate) int {
	if c.kind != redact.Organisation || c.start == 0 || text[c.start-1] != '届' {
		return c.start
	}
	i := c.start - 1
	for i > 0 && c.start-i < 6 && strings.ContainsRune("第首上本〇零一二三四五六七八九十百0123456789０１２３４５６７８９", text[i-1]) {
		i--
	}
	if n := len(before) - 1; i == c.start-1 || n >= 0 && before[n].end > i {
		return c.start
	}
	return i
}

// bracketed is the end of an organisation with what stands in brackets behind it and is
// part of a company's name: （集团）, （有限合伙）.
func bracketed(text []rune, c candidate, limit int) int {
	if c.kind != redact.Organisation || c.end+2 >= limit || !strings.ContainsRune("（(", text[c.end]) {
		return c.end
	}
	for j := c.end + 1; j < min(limit, c.end+8); j++ {
		if strings.ContainsRune("）)", text[j]) && lexicon.InBrackets[string(text[c.end+1:j])] {
			return j + 1
		}
	}
	return c.end
}
