package xmltext

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

var twoWords = regexp.MustCompile(`\p{L}{2,}[ \x{a0}]+\p{L}{2,}`)

// Speaks reports whether an attribute's value looks like a text for people rather
// than a number, a keyword or an identifier.
func Speaks(s string) bool {
	if strings.HasPrefix(s, "http://schemas.") || strings.HasPrefix(s, "urn:") {
		return false
	}
	for _, r := range s {
		if r > unicode.MaxASCII && unicode.IsLetter(r) || r == '@' {
			return true
		}
	}
	return strings.Contains(s, "://") || twoWords.MatchString(s) && !strings.ContainsAny(s, ";{}()")
}

// makers begin the namespaces of those who define the formats: what their other
// vocabularies hold are keywords and numbers.
var makers = []string{"{http://schemas.microsoft.com/", "{http://schemas.openxmlformats.org/", "{urn:schemas-microsoft-com:", "{urn:oasis:names:", "{urn:org:documentfoundation:", "{http://openoffice.org/", "{http://www.w3.org/"}

// strange reports whether an element or its attribute is of a namespace that is
// neither the table's nor one of the formats' makers.
func strange(names ...string) bool {
	return slices.ContainsFunc(names, func(n string) bool {
		return strings.HasPrefix(n, "{") && !slices.ContainsFunc(makers, func(m string) bool { return strings.HasPrefix(n, m) })
	})
}

func hasLetters(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

func digits(s string) (n int) {
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
