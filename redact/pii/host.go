package pii

import (
	"net/netip"
	"regexp"
	"strings"

	"consentry/redact"
	"consentry/redact/pii/words"
)

// versionWord makes four figures with dots a version, or the number of a section.
var versionWord = regexp.MustCompile(`(?i)(?:版本|固件|内核|升级到|(?:^|[^a-z])(?:v|ver|version|tag|release|build|firmware|rev|revision|section|chapter|kernel|driver|sdk|runtime)|第|章节|[a-z]{2,}[-_/])[号\s.:]*$`)

// host finds an address of the Internet at byte i: of version 4 in four figures,
// of version 6 in groups. Addresses that every machine has are none.
func (s *scan) host(i int) {
	text := s.text
	if i < s.hostTo || i > 0 && (isAlnum(text[i-1]) || strings.IndexByte(".-_/@", text[i-1]) >= 0 && i > 1 && isAlnum(text[i-2])) && !strings.HasSuffix(text[:i], "://") {
		return
	}
	end, dots, colons := i, 0, 0
	for end < len(text) && end < i+46 {
		switch c := text[end]; {
		case c == '.':
			dots++
		case c == ':':
			colons++
		case !isDigit(c) && !(c >= 'a' && c <= 'f') && !(c >= 'A' && c <= 'F'):
			goto done
		}
		end++
	}
done:
	if dots < 3 && colons < 2 {
		return
	}
	for end > i && (text[end-1] == '.' || text[end-1] == ':' && !strings.HasSuffix(text[i:end], "::")) {
		end--
	}
	v := text[i:end]
	if dots == 3 && colons == 1 { // with a port
		v, _, _ = strings.Cut(v, ":")
		end = i + len(v)
	}
	a, err := netip.ParseAddr(v)
	if err != nil || end < len(text) && isAlnum(text[end]) || a.IsLoopback() || a.IsUnspecified() || a.IsMulticast() || strings.HasPrefix(v, "0.") || strings.HasPrefix(v, "255.255.") {
		return
	}
	if a.Is4() {
		if versionWord.MatchString(before(text, i, 16)) || s.section(i, end, v) {
			return
		}
	} else if groups := strings.FieldsFunc(v, func(r rune) bool { return r == ':' }); len(groups) < 2 || digits(v) == 0 || len(v) < 7 {
		return
	}
	s.hostTo = end
	s.add(match{i, end, redact.Kind("ip"), redact.Sure, 0.95, WhyIP, byCode})
}

// section reports whether the figures number a section: small ones, at the
// beginning of a line, with a title behind.
func (s *scan) section(lo, hi int, v string) bool {
	if strings.Trim(words.LineBefore(s.text, lo), " #*\t") != "" || hi >= len(s.text) || s.text[hi] != ' ' {
		return false
	}
	for _, n := range strings.Split(v, ".") {
		if len(n) > 2 || len(n) == 2 && n > "40" {
			return false
		}
	}
	return true
}
