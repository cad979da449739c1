package web

import (
	"context"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/inside"
	"consentry/redact/notation"
	"consentry/redact/places"
	"consentry/redact/splice"
)

// The parts of a page that are not its body.
const (
	partMeta       = "part/meta"       // meta elements
	partAttributes = "part/attributes" // values that say something: alt, title, data-…
	partLinks      = "part/links"      // URLs
	partComments   = "part/comments"   // comments, and what is no markup at all
	partData       = "part/data"       // strings of JSON
	partStyles     = "part/styles"     // strings and comments of style sheets
	partNotes      = "part/notes"      // a drawing's descriptions and metadata
)

var partOrder = []string{redact.PartBody, partMeta, partAttributes, partLinks, partComments, partData, partStyles, partNotes}

// A reader makes a document of a page.
type reader struct {
	ctx     context.Context
	o       Options
	src     string
	xml     bool
	doc     *places.Document
	parts   map[string][]splice.Text
	known   map[redact.Digest]int // files inside, by their bytes
	flows   []*flow
	pre     int    // open elements whose line breaks are kept
	foreign int    // open svg and math elements of a page
	comment bool   // within one
	depth   int    // of comments and raw elements within one another
	line    string // how high the last tspan stands
	script  string // the type of the open script
	err     error
}

// A flow is a text that is being put together. Others may interrupt it: the
// reading over a character, the title of a drawing.
type flow struct {
	tag  string // that began it
	part string
	text splice.Text
	last rune // the last one read, 0 at the start
	cut  bool // a tag stood since
}

// read cuts a decoded file.
func read(ctx context.Context, o Options, media string, d decoded) (*places.Document, error) {
	r := &reader{ctx: ctx, o: o, src: d.text, xml: media != HTML, parts: map[string][]splice.Text{}, known: map[redact.Digest]int{}}
	r.doc = &places.Document{Type: media, Source: []byte(d.text), Files: &inside.Files{}, Finish: d.finish}
	r.flows = []*flow{{part: redact.PartBody}}
	if r.xml {
		r.scanXML()
	} else {
		r.scanHTML(0, len(r.src))
	}
	for len(r.flows) > 1 {
		r.leave()
	}
	r.flush()
	if r.err != nil {
		return nil, r.err
	}
	for _, name := range partOrder {
		if len(r.parts[name]) > 0 || name == redact.PartBody {
			r.doc.Parts = append(r.doc.Parts, places.Part{Name: name, Texts: r.parts[name]})
		}
	}
	return r.doc, nil
}

var errDeep = errors.New("comments and frames lie too deep within one another")

// spell writes in a notation that may stand where the reader is.
func (r *reader) spell(write func(string) string) func(string) string {
	if !r.comment {
		return write
	}
	return func(s string) string { return notation.Comment(write(s)) }
}

// flush ends the text that is being put together.
func (r *reader) flush() {
	f := r.flows[len(r.flows)-1]
	for len(f.text) > 0 && strings.TrimSpace(f.text[len(f.text)-1].Text) == "" {
		f.text = f.text[:len(f.text)-1]
	}
	if n := len(f.text); n > 0 && r.pre == 0 {
		if p := &f.text[n-1]; p.To-p.From == len(p.Text) {
			p.Text = strings.TrimRight(p.Text, " ")
			p.To = p.From + len(p.Text)
		}
	}
	r.add(f.part, f.text)
	f.text, f.last, f.cut = nil, 0, false
}

// add takes in a text that says something.
func (r *reader) add(part string, t splice.Text) {
	if strings.TrimSpace(t.String()) != "" {
		r.parts[part] = append(r.parts[part], t)
	}
}

// enter begins a text that interrupts another.
func (r *reader) enter(tag, part string) { r.flows = append(r.flows, &flow{tag: tag, part: part}) }

// leave ends it; the other goes on.
func (r *reader) leave() {
	r.flush()
	r.flows = r.flows[:len(r.flows)-1]
}

// leaveTag ends the interrupting text that a tag began, if it is the last.
func (r *reader) leaveTag(tags ...string) {
	if f := r.flows[len(r.flows)-1]; len(r.flows) > 1 {
		for _, t := range tags {
			if f.tag == t {
				r.leave()
				return
			}
		}
	}
}

// text goes on with the text that is being put together. Outside of elements that
// keep line breaks, white space is one space.
func (r *reader) text(runs notation.Runs) { r.textIn(runs, notation.Markup) }

// textIn is text in a notation of its own.
func (r *reader) textIn(runs notation.Runs, write func(string) string) {
	f := r.flows[len(r.flows)-1]
	write = r.spell(write)
	c := notation.NewCutter(runs)
	put := func(i, j int, space bool) {
		for _, p := range c.Cut(i, j).Pieces(write) {
			if space {
				p.Text = " "
			}
			if p.Text == "" {
				continue
			}
			first, _ := utf8.DecodeRuneInString(p.Text)
			if f.cut && apart(f.last, first) {
				f.text = append(f.text, splice.Piece{Text: " ", From: p.From, To: p.From})
			}
			f.text = append(f.text, p)
			f.last, _ = utf8.DecodeLastRuneInString(p.Text)
			f.cut = false
		}
	}
	if r.pre > 0 {
		put(0, len(c.Text), false)
		return
	}
	s, done := c.Text, 0
	for i := 0; i < len(s); {
		if !blank(s[i]) {
			i++
			continue
		}
		j := i
		for j < len(s) && blank(s[j]) {
			j++
		}
		single := j == i+1 && s[i] == ' '
		leading := i == done && (f.last == 0 || blank(byte(min(f.last, 0x7F))))
		if single && !leading {
			i = j
			continue
		}
		put(done, i, false)
		if f.last != 0 && !unicode.IsSpace(f.last) {
			put(i, j, true)
		}
		i, done = j, j
	}
	put(done, len(s), false)
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// breaks puts a line break into the text, where a tag stands.
func (r *reader) breaks(from, to int) {
	f := r.flows[len(r.flows)-1]
	if f.last != 0 {
		f.text = append(f.text, splice.Piece{Text: "\n", From: from, To: to})
		f.last = '\n'
	}
}

// apart reports whether two words that only a tag parts are two: WeiCEO, Wei138.
// A name may be cut by tags (Zh|ang); but then what follows is no capital.
func apart(a, b rune) bool {
	latin := func(r rune) bool { return unicode.Is(unicode.Latin, r) }
	return unicode.IsLower(a) && latin(a) && unicode.IsUpper(b) ||
		latin(a) && unicode.IsDigit(b) || unicode.IsDigit(a) && unicode.IsUpper(b) && latin(b)
}

// place takes in what is kept and not shown; label makes of a label what may stand
// there.
func (r *reader) place(runs notation.Runs, label, write func(string) string) {
	if len(runs) > 0 {
		r.doc.Places = append(r.doc.Places, places.Place{Runs: runs, Label: label, Write: r.spell(write)})
	}
}

// drop takes bytes out, whatever is ordered.
func (r *reader) drop(from, to int, code string) { r.put(from, to, "", code) }

// put puts bytes in the place of others, whatever is ordered.
func (r *reader) put(from, to int, with, code string) {
	r.doc.Fixed = append(r.doc.Fixed, splice.Change{From: from, To: to, With: []byte(with)})
	r.doc.Notes = append(r.doc.Notes, redact.Note{Code: code})
}

func asIs(s string) string { return s }
