package text

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"consentry/redact"
)

// partRead holds the lines of a Markdown file in which marks stand within what may
// be a name (**Zhang** Wei), as they are read: without the marks.
const partRead = "part/read"

// marks are what a reader of Markdown does not see, or sees otherwise.
var marks = regexp.MustCompile("[*_~`]+|</?[A-Za-z][^<>\n]*>|&#?[A-Za-z0-9]+;|\\\\[!-/:-@\\[-`{-~]")

// A reading is a line as it is read.
type reading struct {
	text   string
	offset int   // runes before it in the part
	at     []int // for each rune, the rune of the file it begins at
	to     []int // and ends before
}

// readings are the lines of a text that read otherwise than they are written.
func readings(text string) (out []reading) {
	start, offset := 0, 0 // runes of the file before the line, of the part
	for line := range strings.SplitAfterSeq(text, "\n") {
		if found := slices.DeleteFunc(marks.FindAllStringIndex(line, -1), func(m []int) bool { return inWord(line, m) }); len(found) > 0 {
			r := readLine(line, start, found)
			if r.text != "" {
				r.offset = offset
				offset += len(r.at) + 1
				out = append(out, r)
			}
		}
		start += utf8.RuneCountInString(line)
	}
	return out
}

// inWord reports whether a mark is underscores within a word, which are its own.
func inWord(line string, m []int) bool {
	last, _ := utf8.DecodeLastRuneInString(line[:m[0]])
	first, _ := utf8.DecodeRuneInString(line[m[1]:])
	return line[m[0]] == '_' && wordy(last) && wordy(first)
}

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// readLine is a line without its marks; empty where none stands within a word.
func readLine(line string, start int, found [][]int) reading {
	var r reading
	var b strings.Builder
	within := false
	rune0 := start
	put := func(s string, runes int) { // s is read where so many runes are written
		whole := utf8.RuneCountInString(s) == runes
		i := 0
		for _, c := range s {
			at, to := rune0, rune0+runes
			if whole {
				at, to = rune0+i, rune0+i+1
			}
			b.WriteRune(c)
			r.at, r.to = append(r.at, at), append(r.to, to)
			i++
		}
		rune0 += runes
	}
	done := 0
	for _, m := range found {
		plain, mark := line[done:m[0]], line[m[0]:m[1]]
		put(plain, utf8.RuneCountInString(plain))
		read := ""
		switch mark[0] {
		case '&':
			read = html.UnescapeString(mark)
		case '\\':
			read = mark[1:]
		}
		within = within || read != "" && mark[0] == '&' || divides(line[:m[0]], line[m[1]:])
		put(read, utf8.RuneCountInString(mark))
		done = m[1]
	}
	if !within {
		return reading{}
	}
	rest := strings.TrimRight(line[done:], "\r\n")
	put(rest, utf8.RuneCountInString(rest))
	r.text = b.String()
	return r
}

// divides reports whether a mark between before and after may stand within a name:
// in a word, between two words with capitals, or beside a single Han rune.
func divides(before, after string) bool {
	const near = 80 // bytes that are looked at on either side
	before = marks.ReplaceAllString(strings.ToValidUTF8(before[max(0, len(before)-near):], ""), "")
	after = marks.ReplaceAllString(strings.ToValidUTF8(after[:min(near, len(after))], ""), "")
	spaced := strings.HasPrefix(after, " ") || strings.HasSuffix(before, " ")
	before, after = strings.TrimRight(before, " "), strings.TrimLeft(after, " ")
	last, _ := utf8.DecodeLastRuneInString(before)
	first, n := utf8.DecodeRuneInString(after)
	if !unicode.IsLetter(last) || !unicode.IsLetter(first) {
		return false
	}
	if unicode.Is(unicode.Han, last) && unicode.Is(unicode.Han, first) {
		prev, _ := utf8.DecodeLastRuneInString(before[:len(before)-utf8.RuneLen(last)])
		next, _ := utf8.DecodeRuneInString(after[n:])
		return !unicode.Is(unicode.Han, prev) || !unicode.Is(unicode.Han, next)
	}
	word := before[strings.LastIndexFunc(before, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
	begin, _ := utf8.DecodeRuneInString(word)
	return !spaced || unicode.IsUpper(first) && unicode.IsUpper(begin)
}

// readPage is the part of the readings.
func (d *document) readPage() redact.Page {
	p := redact.Page{Part: partRead}
	for i, r := range d.readings {
		p.Spans = append(p.Spans, redact.Span{ID: i, Text: r.text, Offset: r.offset, Block: i + 1})
	}
	return p
}

// written are the cuts of the file that take away runes of a reading. The marks
// between them stay.
func (d *document) written(g redact.Region, label string) ([]cut, bool) {
	if g.Page != 0 || g.Span < 0 || g.Span >= len(d.readings) || !g.Box.Empty() {
		return nil, false
	}
	r := d.readings[g.Span]
	from, to := g.Start-r.offset, g.End-r.offset
	if from < 0 || from >= to || to > len(r.at) {
		return nil, false
	}
	var out []cut
	for i := from; i < to; i++ {
		if n := len(out); n > 0 && out[n-1].end >= r.at[i] {
			out[n-1].end = max(out[n-1].end, r.to[i])
			continue
		}
		out = append(out, cut{start: r.at[i], end: r.to[i]})
	}
	for i := range out {
		out[i].longest = out[i].end - out[i].start
	}
	out[0].label, out[0].longest = label, to-from
	return out, true
}
