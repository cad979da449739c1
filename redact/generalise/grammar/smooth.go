// Package grammar mends the words around what was replaced in a text, whatever
// replaced it: 找张伟先生谈 becomes 找客户A谈, an Apple partner a Company B partner. The
// rules' words, with examples, are in grammar.yaml.
package grammar

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"consentry/redact"
)

// An Edit puts a text in the place of runes Start to End (exclusive).
type Edit struct {
	Start, End int
	With       string
	Kind       redact.Kind
}

// Grammar says how Smooth deals with the words around a name. The zero value is
// the one that tells least.
type Grammar struct {
	KeepHonorifics bool // leave 先生, 女士, Mr., Ms. and the like, which tell gender
}

// Smooth mends the grammar around what is replaced, telling no gender:
// Grammar{}.Smooth.
func Smooth(text []rune, edits []Edit) []Edit { return Grammar{}.Smooth(text, edits) }

// Smooth mends the grammar around edits of one text: articles, possessives,
// honorifics, titles behind a surname, plural surnames, doubled words, capitals
// at the beginning of a sentence, spaces between Chinese words, empty brackets.
// It gives the edits in order; each covers at least what it covered, none overlap. Those
// that overlapped are one, with the longest one's text. Edits outside the text
// are cut to it, empty ones dropped. Whatever else is taken in is a word of
// grammar.yaml, a space or a bracket. Pronouns are left as they are, and so are
// words that agree with a name from afar.
func (g Grammar) Smooth(text []rune, edits []Edit) []Edit {
	es := joined(len(text), edits)
	curly := slices.Contains(text, '’')
	for i := range es {
		c := cursor{text: text, e: es[i], lo: 0, hi: len(text), curly: curly}
		if i > 0 {
			c.lo = es[i-1].End
		}
		if i+1 < len(es) {
			c.hi = es[i+1].Start
		}
		c.smooth(g)
		es[i] = c.e
	}
	return sameAgain(text, es)
}

// joined are the edits inside a text of n runes, in order, those that overlap
// as one.
func joined(n int, edits []Edit) []Edit {
	var out []Edit
	longest := 0
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	for _, e := range edits {
		e.Start, e.End = max(0, e.Start), min(n, e.End)
		if e.Start >= e.End {
			continue
		}
		if k := len(out); k > 0 && e.Start < out[k-1].End {
			last := &out[k-1]
			last.End = max(last.End, e.End)
			if e.End-e.Start > longest {
				longest = e.End - e.Start
				last.With, last.Kind = e.With, e.Kind
			}
			continue
		}
		longest = e.End - e.Start
		out = append(out, e)
	}
	return out
}

// sameAgain takes in a label that stands again right behind itself, alone or in
// brackets: 企业A（企业A）.
func sameAgain(text []rune, es []Edit) []Edit {
	var out []Edit
	for _, e := range es {
		if k := len(out); k > 0 && e.With != "" && out[k-1].With == e.With {
			last := &out[k-1]
			gap := strings.TrimSpace(string(text[last.End:e.Start]))
			if gap == "" && e.Start-last.End <= 1 && !slices.Contains(text[last.End:e.Start], '\n') {
				last.End = e.End
				continue
			}
			if r, size := utf8.DecodeRuneInString(gap); size == len(gap) && e.End < len(text) && brackets[r] == text[e.End] && brackets[r] != 0 && e.Start-last.End <= 2 {
				last.End = e.End + 1
				continue
			}
		}
		out = append(out, e)
	}
	return out
}

func hasAt(text []rune, i int, word []rune) bool {
	return i+len(word) <= len(text) && slices.Equal(text[i:i+len(word)], word)
}

func latin(r rune) bool { return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

var brackets = map[rune]rune{'(': ')', '（': '）', '[': ']', '【': '】', '《': '》', '“': '”', '「': '」', '『': '』', '〈': '〉', '〔': '〕'}

// A cursor is one edit with its surroundings; lo and hi are where the next edits
// end and begin.
type cursor struct {
	text   []rune
	e      Edit
	lo, hi int
	curly  bool // the text writes ’
}

func (c *cursor) smooth(g Grammar) {
	if c.e.With == "" {
		c.emptied()
		return
	}
	start, found := c.e.Start, c.text[c.e.Start:c.e.End]
	person, org := c.e.Kind == redact.Person, c.e.Kind == redact.Organisation
	if person {
		if !g.KeepHonorifics || c.any(c.e.End, vocabulary.afterZH) == 0 {
			c.title(found)
		}
		if !g.KeepHonorifics {
			c.honorificAfter(found)
			c.honorificBefore()
			c.genderedPost()
		}
	}
	if org {
		c.legalForm()
	}
	if c.sameBefore() {
		c.dropThe()
	}
	if person {
		c.plural(found)
	}
	c.possessive(found)
	if !person && !org {
		c.value()
	}
	c.article()
	c.spaces()
	// A small letter that its author began with stays small.
	small := c.e.Start < start && unicode.IsLower(c.text[c.e.Start])
	if r, _ := utf8.DecodeRuneInString(c.e.With); unicode.IsLower(r) && !small && sentenceStart(c.text, c.lo, c.e.Start) {
		c.e.With = capital(c.e.With)
	}
}

// wordBefore is where the word before the edit begins: one or two spaces between,
// letters only.
func (c *cursor) wordBefore(at int) (string, int) {
	end := at
	for n := 0; n < 2 && end > c.lo && blank(c.text[end-1]); n++ {
		end--
	}
	if end == at {
		return "", at
	}
	start := end
	if start > c.lo && c.text[start-1] == '.' {
		start--
		end--
	}
	for start > c.lo && end-start < 24 && (unicode.Is(unicode.Latin, c.text[start-1]) || c.text[start-1] == '-') {
		start--
	}
	if start == end || start == c.lo && start > 0 && (latin(c.text[start-1])) {
		return "", at
	}
	return string(c.text[start:end]), start
}

func blank(r rune) bool { return r == ' ' || r == 0xa0 }

// follows reports whether a word stands at i, a Latin one whole, before hi.
func (c *cursor) follows(i int, word []rune) bool {
	end := i + len(word)
	if end > c.hi || !hasAt(c.text, i, word) {
		return false
	}
	return end == len(c.text) || !unicode.Is(unicode.Latin, word[len(word)-1]) || !unicode.Is(unicode.Latin, c.text[end])
}

// possessive: Petrova's hidden whole gets its 's again, James' becomes Customer B's.
func (c *cursor) possessive(found []rune) {
	n := len(found)
	if at := c.e.End; n > 2 && (at == len(c.text) || at < c.hi && !blank(c.text[at]) || at < c.hi && c.any(at+1, vocabulary.notOwned) > 0) {
		if apostrophe(found[n-1]) || apostrophe(found[n-2]) {
			return
		}
	}
	if n > 2 && found[n-1] == 's' && apostrophe(found[n-2]) {
		c.e.With += string(found[n-2]) + "s"
		return
	}
	if n > 2 && apostrophe(found[n-1]) && found[n-2] == 's' {
		c.e.With += string(found[n-1]) + "s"
		return
	}
	last := unicode.ToLower(found[n-1])
	at := c.e.End
	if at+2 >= c.hi || !apostrophe(c.text[at]) || !blank(c.text[at+1]) || !unicode.IsLetter(c.text[at+2]) || last != 's' && last != 'x' && last != 'z' {
		return
	}
	// The end of a quotation that began in this line?
	for i := c.e.Start - 1; i >= 0 && i > c.e.Start-300 && c.text[i] != '\n'; i-- {
		if c.text[i] == '‘' || c.text[i] == '\'' && (i == 0 || !unicode.IsLetter(c.text[i-1])) {
			return
		}
	}
	c.e.With += string(c.text[at]) + "s"
	c.e.End++
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' }

func (c *cursor) ofHim(what string) string {
	if c.curly {
		return c.e.With + "’s " + what
	}
	return c.e.With + "'s " + what
}

// plural: the Petrovas are Customer A's family.
func (c *cursor) plural(found []rune) {
	for _, r := range found {
		if !unicode.Is(unicode.Latin, r) && r != '-' {
			return
		}
	}
	the, start := c.wordBefore(c.e.Start)
	if !strings.EqualFold(the, "the") {
		return
	}
	at := c.e.End
	switch {
	case at < c.hi && c.text[at] == 's' && (at+1 == len(c.text) || !unicode.IsLetter(c.text[at+1]) && !apostrophe(c.text[at+1])):
		at++
	case at < c.hi && blank(c.text[at]) && c.any(at+1, vocabulary.families) > 0:
		at += 1 + c.any(at+1, vocabulary.families)
	case found[len(found)-1] == 's' && (at == len(c.text) || strings.ContainsRune(",.;:!?)", c.text[at]) || blank(c.text[at]) && c.any(at+1, vocabulary.pluralNext) > 0):
	default:
		return
	}
	c.e.Start, c.e.End = start, at
	c.e.With = c.ofHim("family")
}

// any is the length of the first of the words that stands at i; 0 for none.
func (c *cursor) any(i int, words [][]rune) int {
	for _, w := range words {
		if c.follows(i, w) {
			return len(w)
		}
	}
	return 0
}

// article: one article, the right one, before what stands there now.
func (c *cursor) article() {
	word, start := c.wordBefore(c.e.Start)
	low := strings.ToLower(word)
	if !vocabulary.determiners[low] || word == "A" && !sentenceStart(c.text, c.lo, start) || strings.HasSuffix(word, ".") {
		return
	}
	c.e.With = DropArticle(c.e.With)
	r, _ := utf8.DecodeRuneInString(c.e.With)
	if low != "a" && low != "an" || r >= 0x250 || Article(c.e.With) == low {
		return
	}
	a := Article(c.e.With)
	if word != low {
		a = capital(a)
	}
	c.e.Start, c.e.With = start, a+" "+c.e.With
}

// sentenceStart reports whether a sentence begins at i, as far as what stands
// before it tells, back to lo, where the label before it ends: what that hides
// may not tell.
func sentenceStart(text []rune, lo, i int) bool {
	breaks, mark := 0, false
	at := i
	for ; at > lo && i-at < 64; at-- {
		switch r := text[at-1]; {
		case r == '\n':
			breaks++
			if mark || breaks > 1 {
				return true
			}
		case breaks == 0 && strings.ContainsRune("#*->|•·", r):
			mark = true
		case unicode.IsSpace(r) || strings.ContainsRune("\"“‘'([（「", r):
		case strings.ContainsRune("。！？!?…", r):
			return !mark
		case r == '.':
			end := at - 1
			start := end
			for start > lo && end-start < 12 && (latin(text[start-1]) || text[start-1] == '.') {
				start--
			}
			w := strings.ToLower(string(text[start:end]))
			return !mark && end > start && (len(w) > 1 || isDigit(rune(w[0]))) && !vocabulary.abbreviations[w]
		default:
			return mark && r == '|' || breaks > 0 && (r == ':' || r == '：')
		}
	}
	return at == 0 // not at the end of a label
}

// spaces: none between two Han runes.
func (c *cursor) spaces() {
	first, _ := utf8.DecodeRuneInString(c.e.With)
	last, _ := utf8.DecodeLastRuneInString(c.e.With)
	if s := c.e.Start; unicode.Is(unicode.Han, first) && s-1 > c.lo && blank(c.text[s-1]) && unicode.Is(unicode.Han, c.text[s-2]) {
		c.e.Start--
	}
	if e := c.e.End; unicode.Is(unicode.Han, last) && e+1 < c.hi && blank(c.text[e]) && unicode.Is(unicode.Han, c.text[e+1]) {
		c.e.End++
	}
}

// emptied takes the brackets away that would be left with nothing in them, and
// one of two spaces.
func (c *cursor) emptied() {
	for {
		s, e := c.e.Start, c.e.End
		for s > c.lo && blank(c.text[s-1]) && c.e.Start-s < 2 {
			s--
		}
		for e < c.hi && blank(c.text[e]) && e-c.e.End < 2 {
			e++
		}
		if s <= c.lo || e >= c.hi || brackets[c.text[s-1]] == 0 || brackets[c.text[s-1]] != c.text[e] {
			break
		}
		c.e.Start, c.e.End = s-1, e+1
	}
	s, e := c.e.Start, c.e.End
	if s > c.lo && blank(c.text[s-1]) && (e == len(c.text) || e < c.hi && (blank(c.text[e]) || strings.ContainsRune(",.;:!?)，。；：！？）", c.text[e]))) {
		c.e.Start--
	}
}
