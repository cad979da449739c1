// Package xmltext reads the texts of an XML file with the bytes they stand in, by
// a table of what the elements of its vocabulary are for, and says which bytes go
// from every file of its kind. What the table does not know is read as text where
// it looks like one. It expands nothing and fetches nothing.
package xmltext

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"consentry/redact/splice"
)

// A Found is a text of a file.
type Found struct {
	splice.Text
	Where string // the element, or element@attribute
	Gone  bool   // it stands in what is dropped
	Aside bool   // no part of what is read from start to end: an attribute, what is Apart, a comment
}

// A Reference is an attribute that names something outside the file.
type Reference struct {
	Element, Attribute string
	Value              string
	Tag                [2]int // bytes of the whole element, or of the one above that goes with it
	Attr               [2]int // bytes of the attribute, with the space before it
	ValueAt            [2]int // bytes of its value
	Gone               bool   // it stands in what is dropped
}

// A Tie says which bytes go where others are changed.
type Tie struct{ Within, Gloss [2]int }

// A File is what was read.
type File struct {
	Texts      []Found
	Always     []splice.Change // made in every output
	References []Reference
	Ties       []Tie
	Seen       map[string]int // how often an element was that is dropped or unwrapped
}

// most bounds the depth of elements.
const most = 2000

// reader is one reading of a file.
type reader struct {
	quiet  func(p splice.Piece, chosen bool) // hears of what is kept and shown to nobody
	src    []byte
	file   int
	rules  *Rules
	scope  *scope
	ofs    map[[2]string]Element // of parent and element, as looked up
	stack  []open
	out    *File
	block  []block // the open ones
	gone   int     // open elements that are dropped
	lead   int     // of out.Texts: the text that goes on in the next block, from 1
	beside int     // how many elements are open around that text
}

// A block is an element with a text of its own; both are indexes in out.Texts.
type block struct{ text, apart int } // apart is -1 where the last of its text was no part of one

// An open element.
type open struct {
	name, is string // as written, and resolved
	e        Element
	reads    bool // its text is part of the block's
	apart    bool // its text is apart from the block's
	block    bool
	doomed   bool // something in it takes it away
	leads    bool // its text goes on in the next block
	from     int
	texts    int   // of out, before it
	refs     []int // in out.References
	ties     []int // in out.Ties
	text     []splice.Piece
}

// Read reads a file in UTF-8 (see UTF8), which is the file-th of its document.
func Read(src []byte, file int, rules *Rules) (*File, error) {
	return newReader(src, file, rules).read()
}

// Unshown gives each value that Read keeps and does not show: identifiers, keywords,
// numbers; chosen is true where it is a name that people chose. In a written file
// none of them may hold what was removed.
func Unshown(src []byte, file int, rules *Rules, each func(p splice.Piece, chosen bool)) error {
	r := newReader(src, file, rules)
	r.quiet = each
	_, err := r.read()
	return err
}

func newReader(src []byte, file int, rules *Rules) *reader {
	return &reader{src: src, file: file, rules: rules, scope: newScope(rules.Spaces), ofs: map[[2]string]Element{}, out: &File{Seen: map[string]int{}}}
}

func (r *reader) read() (*File, error) {
	src := r.src
	s := NewScanner(src)
	for {
		t, more, err := s.Next()
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
		switch t.Kind {
		case Start, Empty:
			err = r.open(t)
			if err == nil && t.Kind == Empty {
				err = r.close(t)
			}
		case End:
			if len(r.stack) == 0 || r.stack[len(r.stack)-1].name != t.Name {
				return nil, bad("tags that do not match", t.From)
			}
			err = r.close(t)
		case CharData:
			err = r.text(t.From, t.To, false)
		case CDATA:
			err = r.text(t.From, t.To, true)
		case Comment:
			r.drop(t.From, t.To)
			err = r.lone(t.From+4, t.To-3, "comment", true)
		case Instruction:
			if !strings.EqualFold(t.Name, "xml") {
				r.drop(t.From, t.To)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	if len(r.stack) > 0 {
		return nil, bad("an element that does not end", len(src))
	}
	kept := r.out.Texts[:0]
	for _, f := range r.out.Texts {
		s := f.String()
		known := r.rules.Known != nil && r.rules.Known(f.Where, s)
		switch {
		case strings.TrimSpace(s) != "" && !known:
			kept = append(kept, f)
		case known && r.quiet != nil && !f.Gone:
			for _, p := range f.Text {
				r.quiet(p, true)
			}
		}
	}
	r.out.Texts = kept
	return r.out, nil
}

// drop takes bytes out of every output, unless what they stand in goes anyway.
func (r *reader) drop(from, to int) {
	if r.gone == 0 {
		r.out.Always = append(r.out.Always, splice.Change{File: r.file, From: from, To: to})
	}
}

func (r *reader) open(t Token) error {
	if len(r.stack) >= most {
		return fmt.Errorf("%w: its elements are nested too deep", ErrSyntax)
	}
	if err := r.scope.open(r.src, t.Attrs); err != nil {
		return err
	}
	name := r.scope.element(t.Name)
	e := r.element(name)
	if r.rules.Also != nil {
		e = r.rules.Also(name, func(want string) string {
			for _, a := range t.Attrs {
				if r.scope.attribute(a.Name) == want {
					v, _ := Decode(r.src[a.ValueFrom:a.ValueTo])
					return v
				}
			}
			return ""
		}, e)
	}
	o := open{name: t.Name, is: name, e: e, from: t.From, texts: len(r.out.Texts)}
	if n := len(r.stack); n > 0 {
		above := r.stack[n-1]
		o.apart = above.apart
		if e.Role == Other || e.Role == Unwrap {
			o.reads = above.reads
		}
		if e.Role == Other && above.e.Role == Quiet {
			o.e.Role = Quiet
		}
	}
	up := r.above(e.Up)
	switch e.Role {
	case Block, Mixed, Gloss:
		r.begin(&o, name, false)
		o.reads = e.Role == Mixed
	case Run:
		o.reads = len(r.block) > 0
	case Apart:
		o.apart = len(r.block) > 0
		if up != nil {
			up.apart = o.apart
		}
	case Lead:
		if up != nil {
			up.leads = true
		}
		if e.Goes {
			r.out.Seen[name]++
		}
	case Unwrap:
		r.out.Seen[name]++
		r.drop(t.From, t.To)
	case Drop: // what it holds is read, by itself
		r.out.Seen[name]++
		r.gone++
		r.begin(&o, name, true)
		if up != nil {
			up.doomed = true
		}
	case Break:
		if len(r.block) > 0 {
			at := t.From // a tag that no edit changes takes up no bytes
			if e.Encode != nil {
				at = t.To
			}
			r.add(splice.Piece{Text: e.Break, File: r.file, From: t.From, To: at, Encode: e.Encode}, name, o.apart)
		}
	}
	if err := r.attributes(name, t, &o); err != nil {
		return err
	}
	if up != nil && e.Role == Other { // it goes with what its own references name
		up.refs = append(up.refs, o.refs...)
		for _, i := range o.refs {
			r.out.References[i].Tag[0] = up.from
		}
		o.refs = nil
	}
	r.stack = append(r.stack, o)
	return nil
}

// element is what the table says about an element, by its parent first.
func (r *reader) element(name string) Element {
	if len(r.stack) == 0 {
		return r.rules.Elements[name]
	}
	key := [2]string{r.stack[len(r.stack)-1].is, name}
	e, ok := r.ofs[key]
	if !ok {
		if e, ok = r.rules.Elements[key[0]+"/"+name]; !ok {
			e = r.rules.Elements[name]
		}
		r.ofs[key] = e
	}
	return e
}

// above is the nearest of three elements around that has that name.
func (r *reader) above(name string) *open {
	for n := len(r.stack) - 1; name != "" && n >= 0 && n >= len(r.stack)-3; n-- {
		if r.stack[n].is == name {
			return &r.stack[n]
		}
	}
	return nil
}

// begin opens a block.
func (r *reader) begin(o *open, name string, gone bool) {
	o.block, o.apart = true, false
	if lead := r.lead; lead > 0 && !gone && r.gone == 0 {
		r.lead = 0
		if len(r.stack) == r.beside { // not into a table
			r.block = append(r.block, block{lead - 1, -1})
			return
		}
	}
	r.block = append(r.block, block{len(r.out.Texts), -1})
	r.out.Texts = append(r.out.Texts, Found{Where: name, Gone: gone || r.gone > 0})
}

func (r *reader) attributes(name string, t Token, o *open) error {
	for _, a := range t.Attrs {
		if a.Name == "xmlns" || strings.HasPrefix(a.Name, "xmlns:") {
			continue
		}
		attr := r.scope.attribute(a.Name)
		use, ok := r.rules.Attributes[name+"@"+attr]
		if !ok {
			use = r.rules.Attributes["@"+attr]
		}
		switch use {
		case DropAt:
			r.drop(a.From, a.To)
		case BlankAt:
			r.drop(a.ValueFrom, a.ValueTo)
		}
		value, err := Decode(r.src[a.ValueFrom:a.ValueTo])
		if err != nil {
			return err
		}
		if r.rules.References[attr] {
			o.refs = append(o.refs, len(r.out.References))
			r.out.References = append(r.out.References, Reference{Element: name, Attribute: attr, Value: value,
				Tag: [2]int{t.From, t.To}, Attr: [2]int{a.From, a.To}, ValueAt: [2]int{a.ValueFrom, a.ValueTo}, Gone: r.gone > 0})
			continue
		}
		gone := use == DropAt || use == BlankAt
		says := hasLetters(value) || digits(value) >= 5
		if use == Text && says && !(r.rules.Known != nil && r.rules.Known(name+"@"+attr, value)) || use == Guess && (Speaks(value) || strange(name, attr) && hasLetters(value)) || use == BlankAt && says {
			p := splice.Piece{Text: value, File: r.file, From: a.ValueFrom, To: a.ValueTo, Encode: EncodeAttr}
			r.out.Texts = append(r.out.Texts, Found{Text: splice.Text{p}, Where: name + "@" + attr, Gone: gone || r.gone > 0, Aside: true})
		} else if r.quiet != nil && !gone {
			r.quiet(splice.Piece{Text: value, File: r.file, From: a.ValueFrom, To: a.ValueTo, Encode: EncodeAttr}, use == Text || use == Name)
		}
	}
	return nil
}

// add puts a piece at the end of the innermost block's text, or of what stands
// apart in it.
func (r *reader) add(p splice.Piece, where string, apart bool) {
	b := &r.block[len(r.block)-1]
	at := b.text
	switch {
	case !apart:
		b.apart = -1
	case b.apart < 0:
		b.apart = len(r.out.Texts)
		r.out.Texts = append(r.out.Texts, Found{Where: where, Gone: r.gone > 0, Aside: true})
		fallthrough
	default:
		at = b.apart
	}
	f := &r.out.Texts[at]
	f.Text = append(f.Text, p)
}

func (r *reader) close(t Token) error {
	o := r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	r.scope.close()
	if len(r.stack) < r.beside { // nor out of a cell
		r.lead = 0
	}
	for _, i := range o.refs {
		r.out.References[i].Tag[1] = t.To
	}
	for _, i := range o.ties {
		r.out.Ties[i].Within = [2]int{o.from, t.To}
	}
	if o.e.Encode != nil && o.e.Role == Run && len(r.block) > 0 {
		var whole strings.Builder
		for _, p := range o.text {
			whole.WriteString(p.Text)
		}
		if whole.Len() > 0 {
			r.add(splice.Piece{Text: whole.String(), File: r.file, From: o.from, To: t.To, Encode: o.e.Encode}, o.is, o.apart)
		}
	}
	if o.block {
		if o.leads && r.gone == 0 {
			r.lead, r.beside = r.block[len(r.block)-1].text+1, len(r.stack)
		}
		r.block = r.block[:len(r.block)-1]
	}
	switch o.e.Role {
	case Unwrap:
		if t.Kind == End {
			r.drop(t.From, t.To)
		}
	case Drop:
		r.gone--
		r.drop(o.from, t.To)
	case Lead:
		if o.e.Goes {
			r.drop(o.from, t.To)
		}
	case Gloss:
		if n := len(r.stack); n > 0 {
			r.stack[n-1].ties = append(r.stack[n-1].ties, len(r.out.Ties))
			r.out.Ties = append(r.out.Ties, Tie{Gloss: [2]int{o.from, t.To}})
		}
	}
	if o.doomed {
		r.drop(o.from, t.To)
		for i := o.texts; i < len(r.out.Texts); i++ {
			r.out.Texts[i].Gone = true
		}
	}
	return nil
}

// text reads character data.
func (r *reader) text(from, to int, cdata bool) error {
	b := r.src[from:to]
	if cdata {
		b = r.src[from+9 : to-3]
	}
	if len(r.stack) == 0 {
		if len(strings.TrimSpace(string(b))) > 0 {
			return bad("text outside its element", from)
		}
		return nil
	}
	var s string
	var err error
	if cdata {
		s = string(b)
		if !utf8.ValidString(s) {
			return bad("a text that is no UTF-8", from)
		}
	} else if s, err = Decode(b); err != nil {
		return err
	}
	o := &r.stack[len(r.stack)-1]
	p := splice.Piece{Text: s, File: r.file, From: from, To: to, Encode: EncodeText}
	switch {
	case o.e.Role == Quiet:
		if r.quiet != nil {
			r.quiet(p, false)
		}
	case o.reads && len(r.block) > 0 && o.e.Encode != nil:
		o.text = append(o.text, p)
	case o.reads && len(r.block) > 0:
		r.add(p, o.is, o.apart)
	case o.e.Role == Apart && o.apart:
		r.add(p, o.is, true)
	case o.e.Role == Apart || hasLetters(s) || digits(s) >= 5:
		r.out.Texts = append(r.out.Texts, Found{Text: splice.Text{p}, Where: o.is, Gone: r.gone > 0})
	case r.quiet != nil:
		r.quiet(p, false)
	}
	return nil
}

// lone is a text by itself, outside the text around it.
func (r *reader) lone(from, to int, where string, gone bool) error {
	s := string(r.src[from:to])
	if !utf8.ValidString(s) {
		return bad("a text that is no UTF-8", from)
	}
	if hasLetters(s) {
		p := splice.Piece{Text: s, File: r.file, From: from, To: to}
		r.out.Texts = append(r.out.Texts, Found{Text: splice.Text{p}, Where: where, Gone: gone || r.gone > 0, Aside: true})
	}
	return nil
}
