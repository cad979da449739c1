package pii

import (
	"regexp"
	"strings"

	"consentry/redact"
)

// Addresses written so that programs do not see them, addresses of the web, and
// accounts. An address of the web names its company as an e-mail address does;
// which ones may stay is for a person to say.
var (
	at  = `\s?[(\[{<（【]\s?(?:at|AT|At|@|艾特)\s?[)\]}>）】]\s?`
	dot = `\s?[(\[{<（【]\s?(?:dot|DOT|Dot|\.|点)\s?[)\]}>）】]\s?`

	bracketedRE = regexp.MustCompile(`[A-Za-z0-9._%+-]{1,64}(?:` + at + `(?:[A-Za-z0-9-]{1,63}(?:\.|` + dot + `|\s(?:dot|DOT)\s)){1,4}[A-Za-z]{2,24}|@(?:[A-Za-z0-9-]{1,63}(?:` + dot + `|\s(?:dot|DOT)\s)){1,4}[A-Za-z]{2,24})`)
	spokenRE    = regexp.MustCompile(`(?i)\b[a-z0-9._%+-]{1,64} at (?:[a-z0-9-]{1,63} ?(?:dot ?|\. ?)){1,4}(?:[a-z]{2,24})\b`)
	spacedRE    = regexp.MustCompile(`[A-Za-z0-9._%+-]{1,64}(?: @ ?| ?@ )(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}`)
	replacedRE  = regexp.MustCompile(`[A-Za-z0-9._%+-]{1,64}[#*&$￥%＃](?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}`)
	replaceWord = regexp.MustCompile(`[换替改]|replace|instead`)

	webRE     = regexp.MustCompile(`(?i)\b(?:https?://|www\.)[a-z0-9\p{Han}._~:/?#\[@!$&'*+,;=%-]{3,512}`)
	bareRE    = regexp.MustCompile(`\b((?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}(?:com|cn|net|org|io|ai|de|eu|uk|nl|fr|ch|jp|kr|hk|tw|sg|tech|shop|store|top|xyz|cc|info|biz|app|dev|cloud|example)(?:/[a-z0-9._~/?#&=%-]{0,256})?)\b`)
	accountRE = regexp.MustCompile(`(?i)(?:微信号?|wechat(?: id)?|weixin|(?:^|[^a-z])wx|微博|抖音号?|小红书号?|公众号|(?:^|[^a-z])qq(?:号|群)?|telegram|skype|line id|linkedin|twitter|instagram|github)\s?(?:号码|账号|同号|id)?\s?[:：是]\s?\**@?([a-z0-9][a-z0-9_.-]{3,40}[a-z0-9])`)
	creditRE  = regexp.MustCompile(`[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}`)
	creditSet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
)

// written finds what its shape alone tells, over the whole text.
func written(text string) (ms []match) {
	all := func(re *regexp.Regexp, f func(lo, hi int)) {
		for _, m := range re.FindAllStringSubmatchIndex(text, -1) {
			f(m[len(m)-2], m[len(m)-1])
		}
	}
	hidden := func(lo, hi int) { ms = append(ms, match{lo, hi, redact.Email, redact.Review, 0.8, WhyHidden}) }
	if strings.ContainsAny(text, "@([{<（【") {
		all(bracketedRE, hidden)
	}
	if strings.Contains(text, " @") || strings.Contains(text, "@ ") {
		all(spacedRE, hidden)
	}
	all(spokenRE, func(lo, hi int) {
		if s := strings.ToLower(text[lo:hi]); strings.Contains(s, " dot ") {
			hidden(lo, hi)
		}
	})
	all(replacedRE, func(lo, hi int) {
		if near := text[max(0, lo-60):min(len(text), hi+60)]; strings.Contains(near, "@") && replaceWord.MatchString(near) {
			hidden(lo, hi)
		}
	})
	all(webRE, func(lo, hi int) {
		hi = lo + len(strings.TrimRight(text[lo:hi], ".,;:!?*'_]"))
		if h := hanTail.FindStringIndex(text[lo:hi]); h != nil {
			hi = lo + h[0] + 1
		}
		ms = append(ms, match{lo, hi, redact.Other, redact.Review, 0.8, WhyWeb})
	})
	all(bareRE, func(lo, hi int) {
		if lo == 0 || !strings.ContainsAny(text[lo-1:lo], "@.-_/") {
			ms = append(ms, match{lo, hi, redact.Other, redact.Review, 0.7, WhyWeb})
		}
	})
	all(accountRE, func(lo, hi int) { ms = append(ms, match{lo, hi, redact.Other, redact.Review, 0.7, WhyAccount}) })
	all(creditRE, func(lo, hi int) {
		if alone(text, lo, hi) && strings.ContainsAny(text[lo:hi-1], creditSet[10:]) && credit(text[lo:hi]) {
			ms = append(ms, match{lo, hi, redact.Other, redact.Sure, 0.99, WhyCredit})
		}
	})
	return ms
}

// hanTail is where Chinese goes on right behind an address.
var hanTail = regexp.MustCompile(`[a-zA-Z0-9?-]\p{Han}`)

// credit computes the check character of GB 32100-2015, the code of mainland
// organisations.
func credit(code string) bool {
	sum, w := 0, 1
	for i := range 17 {
		sum += strings.IndexByte(creditSet, code[i]) * w
		w = w * 3 % 31
	}
	return strings.IndexByte(creditSet, code[17]) == (31-sum%31)%31
}
