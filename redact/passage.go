package redact

import (
	"image"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Passage is text that is read in one go, though it may stand in several spans:
// the runs of a sentence, the lines of a paragraph in a picture. A name that is
// cut where a span ends is whole in it.
type Passage struct {
	Text   []rune
	Pieces []Piece // by their place in Text; runes in none stand for a line's end
}

// A Piece is a part of a Passage that stands in one span.
type Piece struct {
	Span       int // its index in Page.Spans
	Start, End int // runes, in the Passage's Text
	From       int // the rune of the span's text that Start is
}

// Passages gives the page's text in passages. Every rune of every span is in just
// one of them, but for a hyphen at a line's end. Spans belong together where
//
//   - nothing is between them: one begins at the offset where the other ends. A
//     hyphen that divides a word there is left out where both are of one block;
//   - they are lines of one paragraph, the first of which ends within a word or a
//     name for want of room, and no block says what they are;
//   - they are two to four Han runes with room between them in one row, such as
//     the name 王　小　明 on a badge or in a form.
func (p Page) Passages() []Passage {
	texts := make([][]rune, len(p.Spans))
	for i, s := range p.Spans {
		texts[i] = []rune(s.Text)
	}
	next := p.links(texts)
	linked := make([]bool, len(p.Spans))
	for _, l := range next {
		if l.to > 0 {
			linked[l.to] = true
		}
	}
	var out []Passage
	for i := range p.Spans {
		if linked[i] {
			continue
		}
		var q Passage
		for at, between := i, ""; ; at, between = next[at].to, next[at].between {
			q.add(at, texts[at], between)
			if next[at].to == 0 {
				break
			}
		}
		out = append(out, q)
	}
	return out
}

// Texts gives the page's text for who reads each span by itself, as what must not be
// put together by mistake: but where the lines of a document's paragraph are known
// to be one text, they are one.
func (p Page) Texts() []Passage {
	if slices.ContainsFunc(p.Spans, func(s Span) bool { return s.Block > 0 }) {
		return p.Passages()
	}
	out := make([]Passage, len(p.Spans))
	for i, s := range p.Spans {
		out[i].add(i, []rune(s.Text), "")
	}
	return out
}

// Stacked gives each two lines of a picture of which one stands right below the
// other, in letters of one size, as one passage: a first name over a family name
// on a badge. They may also be two things; so only what is known to be a name,
// and is the end of the first line and the beginning of the second, should be
// taken from them.
func (p Page) Stacked() []Passage {
	var out []Passage
	for i, j := range p.below(func(a, b textLine) bool {
		return a.columns <= 40 && b.columns <= 40 && a.box.Min.X < b.box.Max.X && b.box.Min.X < a.box.Max.X
	}) {
		if j == 0 {
			continue
		}
		var q Passage
		a, b := []rune(p.Spans[i].Text), []rune(p.Spans[j].Text)
		q.add(i, a, "")
		q.add(j, b, between(a[len(a)-1], b[0]))
		out = append(out, q)
	}
	return out
}

func (q *Passage) add(span int, text []rune, between string) {
	if between == "-" { // the word was divided
		last := &q.Pieces[len(q.Pieces)-1]
		last.End--
		q.Text, between = q.Text[:len(q.Text)-1], ""
	}
	q.Text = append(q.Text, []rune(between)...)
	start := len(q.Text)
	if start == 0 {
		q.Text = text
	} else {
		q.Text = append(q.Text[:start:start], text...)
	}
	q.Pieces = append(q.Pieces, Piece{Span: span, Start: start, End: len(q.Text)})
}

// AppendFound appends to out what f is at runes start to end (exclusive) of a
// passage of p: a finding for each span they stand in, with the whole as its text.
func (p Page) AppendFound(out []Finding, q Passage, start, end int, f Finding) []Finding {
	f.Text = string(q.Text[start:end])
	for _, piece := range q.Pieces {
		a, b := max(start, piece.Start), min(end, piece.End)
		if a >= b {
			continue
		}
		f.Region = p.region(p.Spans[piece.Span], a-piece.Start+piece.From, b-piece.Start+piece.From)
		out = append(out, f)
	}
	return out
}

func (p Page) region(s Span, start, end int) Region {
	r := Region{Part: p.Part, Page: p.Index, Span: s.ID, Start: s.Offset + start, End: s.Offset + end}
	if s.Boxes != nil {
		for _, b := range s.Boxes[start:end] {
			r.Box = r.Box.Union(b)
		}
	}
	return r
}

// A link leads from a span to the one that goes on with it.
type link struct {
	to      int // or 0: the first goes on with none
	between string
}

// links finds for each span the one that goes on with it.
func (p Page) links(texts [][]rune) []link {
	next := make([]link, len(p.Spans))
	taken := make([]bool, len(p.Spans))
	set := func(i, j int, between string) {
		if next[i].to == 0 && !taken[j] {
			next[i], taken[j] = link{j, between}, true
		}
	}
	for i := 1; i < len(p.Spans); i++ {
		if a, b := p.Spans[i-1], p.Spans[i]; len(texts[i-1]) > 0 && len(texts[i]) > 0 && b.Offset == a.Offset+len(texts[i-1]) {
			if a.Block > 0 && a.Block == b.Block && divided(texts[i-1], texts[i]) {
				set(i-1, i, "-")
			} else {
				set(i-1, i, "")
			}
		}
	}
	for i := 0; i < len(p.Spans); {
		j := i
		n := len(texts[i])
		for j+1 < len(p.Spans) && spacedOut(p.Spans[j], p.Spans[j+1], texts[j], texts[j+1]) {
			j++
			n += len(texts[j])
		}
		if n <= 4 {
			for ; i < j; i++ {
				set(i, i+1, "")
			}
		}
		i = j + 1
	}
	for i, j := range p.below(wraps) {
		if j > 0 && p.Spans[i].Block == 0 && p.Spans[j].Block == 0 {
			a, b := texts[i], texts[j]
			switch last := a[len(a)-1]; {
			case divided(a, b):
				set(i, j, "-")
			case wordy(last) && wordy(b[0]) && (unicode.Is(unicode.Han, last) || prose(p.Spans[i].Text)):
				set(i, j, between(last, b[0]))
			}
		}
	}
	return next
}

// divided reports whether a hyphen at the end of a divides a word that goes on in b.
func divided(a, b []rune) bool {
	n := len(a)
	return n > 1 && (a[n-1] == '-' || a[n-1] == '‐') && unicode.IsLetter(a[n-2]) && unicode.IsLower(b[0])
}

// between is what stands between two lines where the next begins.
func between(last, first rune) string {
	if unicode.Is(unicode.Han, last) && unicode.Is(unicode.Han, first) {
		return ""
	}
	return " "
}

// prose reports whether a line in Latin letters is part of a sentence: rows of
// tables and forms have few small words.
func prose(s string) bool {
	small := 0
	for w := range strings.FieldsSeq(s) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) && !strings.ContainsAny(w, "@:/") {
			small++
		}
	}
	return small >= 4
}

func wordy(r rune) bool { return unicode.IsLetter(r) || r == '·' || r == '•' }

// spacedOut reports whether b stands in a row with a, little more than a letter's
// width behind it, and one of them is a single Han rune.
func spacedOut(a, b Span, at, bt []rune) bool {
	if len(at) != 1 && len(bt) != 1 || !allHan(at) || !allHan(bt) {
		return false
	}
	if len(a.Boxes) != len(at) || len(b.Boxes) != len(bt) {
		return false
	}
	x, y := a.Boxes[len(at)-1], b.Boxes[0]
	high := min(x.Dy(), y.Dy())
	return sameSize(x.Dy(), y.Dy()) && min(x.Max.Y, y.Max.Y)-max(x.Min.Y, y.Min.Y) >= high*3/5 &&
		y.Min.X >= x.Max.X-high/4 && y.Min.X-x.Max.X <= high*5/2
}

func allHan(rs []rune) bool {
	for _, r := range rs {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return len(rs) > 0
}

// sameSize reports whether letters of these heights may be of one text.
func sameSize(a, b int) bool { return max(a, b)*3 <= min(a, b)*4 }

// A textLine is a level line of text with a place.
type textLine struct {
	text    string
	box     image.Rectangle
	columns int // how wide it is printed: a Han rune has two
}

// wraps reports whether a paragraph may go on with b below a: a is as long as
// lines of paragraphs are, fills the room there is, and b begins where it does,
// or a little to its left where a is the first.
func wraps(a, b textLine) bool {
	high := a.box.Dy()
	indent := a.box.Min.X - b.box.Min.X
	return a.columns >= 24 && indent >= -high && indent <= 3*high && b.box.Max.X <= a.box.Max.X+high*3/2 && !field(b.text)
}

// field reports whether a line begins with what it is about: 联系人：, Host:.
func field(s string) bool {
	at := strings.IndexAny(s, ":：")
	return at >= 0 && utf8.RuneCountInString(s[:at]) <= 20
}

// below gives for each span the line below it, or 0: the nearest that fits, of
// letters of one size, no farther than one line's height.
func (p Page) below(fits func(a, b textLine) bool) []int {
	lines := make([]textLine, len(p.Spans))
	for i, s := range p.Spans {
		lines[i] = lineOf(s)
	}
	const window = 60 // lines of one row, of columns side by side
	out := make([]int, len(lines))
	taken := make([]bool, len(lines))
	for i, a := range lines {
		if a.columns == 0 {
			continue
		}
		high := a.box.Dy()
		for j := i + 1; j < min(len(lines), i+window); j++ {
			b := lines[j]
			gap := b.box.Min.Y - a.box.Max.Y
			if b.columns == 0 || taken[j] || gap < -high/3 || gap > high || !sameSize(high, b.box.Dy()) || !fits(a, b) {
				continue
			}
			if out[i] == 0 || b.box.Min.Y < lines[out[i]].box.Min.Y {
				out[i] = j
			}
		}
		if out[i] > 0 {
			taken[out[i]] = true
		}
	}
	return out
}

// lineOf is the line of a span; one of no columns where it has no place or is not
// level.
func lineOf(s Span) textLine {
	l := textLine{text: s.Text}
	if len(s.Boxes) == 0 {
		return l
	}
	for _, b := range s.Boxes {
		l.box = l.box.Union(b)
	}
	n := 0
	for _, r := range s.Text {
		n++
		l.columns++
		if r >= 0x2e80 {
			l.columns++
		}
	}
	if n != len(s.Boxes) || l.box.Empty() || n > 1 && l.box.Dx() < l.box.Dy() {
		l.columns = 0
	}
	return l
}
