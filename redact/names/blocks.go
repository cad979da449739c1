package names

import (
	"regexp"
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/lexicon"

	"golang.org/x/text/unicode/norm"
)

// A block is text that is read in one go: a paragraph, a heading, a list item,
// a table cell. Line breaks within a paragraph are gone, and so are the signs of
// Markdown.
type block struct {
	text []rune
	at   []int // of each rune: its place in the span

	links []place // the addresses of links in the span, that are not in text
}

// wrapped is how wide a line must be, in columns, for the next one to go on
// with it. Shorter lines end by themselves: lists of names, by-lines, addresses.
const wrapped = 40

// maxLink is how many runes a link's text or address may have.
const maxLink = 2000

var (
	marker = regexp.MustCompile(`^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|(?:[-+*]|\d{1,3}[.)、])[ \t]+)+`)
	// A line that begins with 参会： or Host: does not go on with the one before.
	fieldStart = regexp.MustCompile(`^[ \t]*(?:\p{Han}{1,8}|\p{Lu}\pL*(?: \pL+){0,2}) ?[:：]`)
	rule       = regexp.MustCompile(`^[ \t|:=*_-]*$`)
)

// blocks cuts a span's text.
func blocks(text []rune) []block {
	var out []block
	open := false // the last block may go on
	for i := 0; i < len(text); {
		j := i
		for j < len(text) && text[j] != '\n' && text[j] != '\r' && text[j] != '\u2028' {
			j++
		}
		line := string(text[i:j])
		mark := len([]rune(marker.FindString(line)))
		switch {
		case rule.MatchString(line):
			open = false
		case strings.ContainsAny(line, "|\t｜"):
			for a := i; a <= j; {
				b := a
				for b < j && text[b] != '|' && text[b] != '\t' && text[b] != '｜' {
					b++
				}
				out = append(out, plain(text, a, b))
				a = b + 1
			}
			open = false
		case open && mark == 0 && !fieldStart.MatchString(line) && !otherLanguage(out[len(out)-1].text, line):
			last := &out[len(out)-1]
			next := plain(text, i, j)
			if len(next.text) > 0 && len(last.text) > 0 && !(fold.IsHan(last.text[len(last.text)-1]) && fold.IsHan(next.text[0])) {
				last.text, last.at = append(last.text, ' '), append(last.at, i-1)
			}
			last.text, last.at = append(last.text, next.text...), append(last.at, next.at...)
			open = columns(line) >= wrapped
		default:
			out = append(out, plain(text, i+mark, j))
			open = columns(line) >= wrapped && !strings.Contains(line[:len(string([]rune(line)[:mark]))], "#")
		}
		if i = j + 1; j+1 < len(text) && text[j] == '\r' && text[j+1] == '\n' {
			i++
		}
	}
	for _, b := range out {
		for _, l := range b.links {
			out = append(out, linkTexts(text, l)...)
		}
	}
	return out
}

// otherLanguage reports whether a line is no part of the paragraph before it: a
// Chinese text and its English version stand line by line.
func otherLanguage(paragraph []rune, line string) bool {
	_, latin, _ := lexicon.Count(line)
	han := len([]rune(line)) - latin
	return max(han, latin) >= 10 && redact.LangOf(line) != redact.LangOf(string(paragraph))
}

// linkTexts are what a reader may see of a link's address: its title in quotes,
// and its Chinese words.
func linkTexts(text []rune, l place) []block {
	var out []block
	for i := l.start; i < l.end; i++ {
		j := i
		switch r := text[i]; {
		case r == '"' || r == '\'':
			for j++; j < l.end && text[j] != r; j++ {
			}
			out = append(out, plain(text, i+1, j))
		case fold.IsHan(r):
			for j < l.end && fold.IsHan(text[j]) {
				j++
			}
			out = append(out, plain(text, i, j))
		}
		i = j
	}
	return out
}

// plain is text[a:b] without white space around it, emphasis, and the addresses
// of links.
func plain(text []rune, a, b int) block {
	var out block
	for a < b && unicode.IsSpace(text[a]) {
		a++
	}
	for b > a && unicode.IsSpace(text[b-1]) {
		b--
	}
	for i := a; i < b; i++ {
		r := text[i]
		switch {
		case r == '*' || r == '`' || unicode.Is(unicode.Cf, r):
			continue
		case r == ']' && i+1 < b && text[i+1] == '(':
			end := i + 2
			for end < min(b, i+maxLink) && text[end] != ')' {
				end++
			}
			if end < b && text[end] == ')' {
				out.links = append(out.links, place{i + 2, end})
				i = end
				continue
			}
		case r == '[' && linked(text[i:b]):
			continue
		}
		out.text, out.at = append(out.text, narrow(r)), append(out.at, i)
	}
	return out
}

// narrow is the plain form of a full-width or a styled letter or digit (Ｚ, 𝐙),
// which the models do not know, and of the wide space.
func narrow(r rune) rune {
	switch {
	case r == 0x3000:
		return ' '
	case r >= 0xff10 && r <= 0xff19, r >= 0xff21 && r <= 0xff3a, r >= 0xff41 && r <= 0xff5a:
		return r - 0xfee0
	case r >= 0x1d400 && r <= 0x1d7ff:
		if n := []rune(norm.NFKC.String(string(r))); len(n) == 1 {
			return n[0]
		}
	}
	return r
}

// linked reports whether the bracket that text begins with is a link's.
func linked(text []rune) bool {
	for i, r := range text[1:min(len(text), maxLink)] {
		if r == ']' {
			return i+2 < len(text) && text[i+2] == '('
		}
		if r == '[' {
			return false
		}
	}
	return false
}

// Long text is read in pieces of at most this many runes; where it has neither a
// sentence's end nor a space to be cut at, they share some.
const (
	maxPiece    = 4000
	sharedRunes = 50
)

// pieces cuts a text.
func pieces(text []rune) []place {
	var out []place
	for start := 0; start < len(text); {
		end := min(start+maxPiece, len(text))
		next := end
		if end < len(text) {
			next = end - sharedRunes
			space := 0
			for i := end - 1; i > start+maxPiece/2; i-- {
				if strings.ContainsRune("。！？!?", text[i]) || text[i] == '.' && text[i+1] == ' ' {
					end, next, space = i+1, i+1, 0
					break
				}
				if space == 0 && text[i] == ' ' {
					space = i
				}
			}
			if space > 0 {
				end, next = space, space
			}
		}
		out = append(out, place{start, end})
		start = next
	}
	return out
}

// columns is how wide a line is printed.
func columns(line string) int {
	n := 0
	for _, r := range line {
		n++
		if r >= 0x2e80 {
			n++
		}
	}
	return n
}
