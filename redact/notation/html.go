package notation

import (
	"html"
	"strings"
	"unicode/utf8"
)

// References resolves the character references of HTML, in an attribute's value or
// elsewhere.
func (r Runs) References(attribute bool) Runs {
	return r.read('&', func(s string) (int, string) {
		n := 1
		for n < min(len(s), 40) && (alnum(s[n]) || n == 1 && s[n] == '#') {
			n++
		}
		ended := n < len(s) && s[n] == ';'
		if ended {
			n++
		}
		text := html.UnescapeString(s[:n])
		switch {
		case text == s[:n]:
			return 0, ""
		case attribute && !ended && s[1] != '#' && (utf8.RuneCountInString(text) != 1 || n < len(s) && s[n] == '='):
			return 0, ""
		}
		return n, text
	})
}

func alnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

var (
	markup    = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	attribute = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;", "`", "&#96;")
	bare      = strings.NewReplacer(" ", "&#32;", "\t", "&#9;", "\n", "&#10;", "\f", "&#12;", "\r", "&#13;", "=", "&#61;")
)

// Markup writes a text between tags.
func Markup(s string) string { return markup.Replace(s) }

// Attribute writes a text between the quotes of an attribute.
func Attribute(s string) string { return attribute.Replace(s) }

// Bare writes a text as the value of an attribute without quotes, where nothing
// would be no value at all.
func Bare(s string) string {
	if s == "" {
		return "-"
	}
	return bare.Replace(attribute.Replace(s))
}

// Comment makes what was written fit for a comment, which it does not end.
func Comment(s string) string {
	if strings.Contains(s, "--") || strings.HasPrefix(s, "-") || strings.HasSuffix(s, "-") {
		return strings.ReplaceAll(s, "-", "&#45;")
	}
	return s
}
