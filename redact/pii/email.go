package pii

import (
	"regexp"
	"strings"

	"consentry/redact"
)

const local = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+/=?^_`{|}~-"

var (
	domainRE = regexp.MustCompile(`^((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.)+(?:[A-Za-z]{2,24}|[xX][nN]--[A-Za-z0-9-]{2,59}))`)
	// Chinese top-level domains; any Han label may stand before them.
	hanRE = regexp.MustCompile(`^((?:[\p{Han}A-Za-z0-9-]{1,63}\.)+(?:中国|中國|公司|网络|網絡|集团|企业|商城|网址|政务|公益))`)
	// Picture names for dense screens: logo@2x.png.
	denseRE = regexp.MustCompile(`^\d+(?:\.\d+)?x\.[a-z]+$`)
)

// email finds the address around the @ at byte i (RFC 5322 dot-atoms, no quoted
// strings). Chinese touching it is no part of it.
func email(text string, i int) *match {
	from := i
	for from > 0 && i-from < 64 && strings.IndexByte(local, text[from-1]) >= 0 {
		from--
	}
	// Marks of the sentence or of Markdown around an address.
	for from < i && !isDigit(text[from]) && !isLetter(text[from]) && text[from] != '_' {
		from++
	}
	if m := strings.LastIndexAny(text[from:i], "|`=/{}"); m >= 0 {
		from += m + 1
	}
	if from == i || text[i-1] == '.' {
		return nil
	}
	rest := text[i+1 : min(len(text), i+1+256)]
	m := domainRE.FindStringSubmatchIndex(rest)
	if m == nil {
		m = hanRE.FindStringSubmatchIndex(rest)
	}
	if m == nil || denseRE.MatchString(strings.ToLower(rest[m[2]:m[3]])) {
		return nil
	}
	return &match{from, i + 1 + m[3], redact.Email, redact.Sure, 0.99, WhyEmail, byCode}
}
