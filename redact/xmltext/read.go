// Package xmltext reads the texts of an XML file with the bytes they stand in, by
// a table of what the elements of its vocabulary are for, and says which bytes go
// from every file of its kind. What the table does not know is read as text where
// it looks like one. It expands nothing and fetches nothing.
package xmltext

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"consentry/redact/splice"
)

// Role is what an element is for.
type Role uint8

// The roles.
const (
	Other  Role = iota // as its parent: part of the text around it, or a text of its own
	Block              // holds a text of its own; only Runs in it are part of that text
	Mixed              // holds a text of its own, of all that is in it
	Run                // its text is part of the block's
	Break              // stands for a rune, such as a tab or a line's end
	Apart              // its text is one of its own, though it stands in a block
	Quiet              // its text says nothing to people; kept, and swept
	Unwrap             // its tags go, its content stays
	Drop               // goes with all that is in it
)

// An Element is what the table says about an element.
type Element struct {
	Role  Role
	Break string // of a Break
	// Encode writes a Run's text where the whole element stood, tags included; nil:
	// only the text between its tags is replaced.
	Encode splice.Encode
}

// Use is what becomes of an attribute.
type Use uint8

// The uses of attributes.
const (
	Guess   Use = iota // Text where it looks like a text for people, else Keep
	Keep               // says nothing to people; kept, and swept
	Text               // read as a text of its own
	DropAt             // the attribute goes, unread
	BlankAt            // its value goes, and is read as what goes
)

// Rules are the table of a vocabulary.
type Rules struct {
	// Spaces gives namespaces the prefixes by which Elements and Attributes know them.
	Spaces   map[string]string
	Elements map[string]Element
	// Attributes, by "element@attribute" or "@attribute".
	Attributes map[string]Use
	// References are the attributes that name something outside the file.
	References map[string]bool
	// Also, if set, has the last word on an element, by the values of its attributes.
	Also func(name string, attr func(name string) string, e Element) Element
}

// A Found is a text of a file.
type Found struct {
	splice.Text
	Where string // the element, or element@attribute
	Gone  bool   // it stands in what is dropped
}

// A Reference is an attribute that names something outside the file.
type Reference struct {
	Element, Attribute string
	Value              string
	Tag                [2]int // bytes of the whole element
	Attr               [2]int // bytes of the attribute, with the space before it
	ValueAt            [2]int // bytes of its value
}

// A File is what was read.
type File struct {
	Texts      []Found
	Always     []splice.Change // made in every output
	References []Reference
}

// most bounds the depth of elements.
const most = 2000

// reader is one reading of a file.
type reader struct {
	quiet func(splice.Piece) // hears of what is kept and shown to nobody
	src   []byte
	file  int
	rules *Rules
	scope *scope
	stack []open
	out   *File
	block []int // indexes in out.Texts of the open blocks
	gone  int   // open elements that are dropped
}

// An open element.
type open struct {
	name  string
	e     Element
	reads bool // its text is part of the block's
	block bool
	from  int
	refs  []int // in out.References
	text  []splice.Piece
}

// Read reads a file in UTF-8 (see UTF8), which is the file-th of its document.
func Read(src []byte, file int, rules *Rules) (*File, error) {
	r := &reader{src: src, file: file, rules: rules, scope: newScope(rules.Spaces), out: &File{}}
	return r.read()
}

// Unshown gives each value that Read keeps and does not show: identifiers, keywords,
// numbers. In a written file none of them may hold what was removed.
func Unshown(src []byte, file int, rules *Rules, each func(splice.Piece)) error {
	r := &reader{src: src, file: file, rules: rules, scope: newScope(rules.Spaces), out: &File{}, quiet: each}
	_, err := r.read()
	return err
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
		if strings.TrimSpace(f.String()) != "" {
			kept = append(kept, f)
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
	e := r.rules.Elements[name]
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
	o := open{name: t.Name, e: e, from: t.From}
	if n := len(r.stack); n > 0 && e.Role == Other {
		o.reads = r.stack[n-1].reads
		if r.stack[n-1].e.Role == Quiet {
			o.e.Role = Quiet
		}
	}
	switch e.Role {
	case Block, Mixed:
		o.block, o.reads = true, e.Role == Mixed
		r.block = append(r.block, len(r.out.Texts))
		r.out.Texts = append(r.out.Texts, Found{Where: name, Gone: r.gone > 0})
	case Run:
		o.reads = len(r.block) > 0
	case Unwrap:
		if n := len(r.stack); n > 0 {
			o.reads = r.stack[n-1].reads
		}
		r.drop(t.From, t.To)
	case Drop: // what it holds is read, by itself
		r.gone++
		o.block = true
		r.block = append(r.block, len(r.out.Texts))
		r.out.Texts = append(r.out.Texts, Found{Where: name, Gone: true})
	case Break:
		if len(r.block) > 0 {
			r.add(splice.Piece{Text: e.Break, File: r.file, From: t.From, To: t.From})
		}
	}
	if err := r.attributes(name, t, &o); err != nil {
		return err
	}
	r.stack = append(r.stack, o)
	return nil
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
				Tag: [2]int{t.From, t.To}, Attr: [2]int{a.From, a.To}, ValueAt: [2]int{a.ValueFrom, a.ValueTo}})
			continue
		}
		gone := use == DropAt || use == BlankAt
		if use == Text || use == Guess && Speaks(value) || use == BlankAt && hasLetters(value) {
			p := splice.Piece{Text: value, File: r.file, From: a.ValueFrom, To: a.ValueTo, Encode: EncodeAttr}
			r.out.Texts = append(r.out.Texts, Found{Text: splice.Text{p}, Where: name + "@" + attr, Gone: gone || r.gone > 0})
		} else if r.quiet != nil && !gone {
			r.quiet(splice.Piece{Text: value, File: r.file, From: a.ValueFrom, To: a.ValueTo, Encode: EncodeAttr})
		}
	}
	return nil
}

// add puts a piece at the end of the innermost block's text.
func (r *reader) add(p splice.Piece) {
	f := &r.out.Texts[r.block[len(r.block)-1]]
	f.Text = append(f.Text, p)
}

func (r *reader) close(t Token) error {
	o := r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	r.scope.close()
	for _, i := range o.refs {
		r.out.References[i].Tag[1] = t.To
	}
	if o.e.Encode != nil && o.e.Role == Run && len(r.block) > 0 {
		var whole strings.Builder
		for _, p := range o.text {
			whole.WriteString(p.Text)
		}
		if whole.Len() > 0 {
			r.add(splice.Piece{Text: whole.String(), File: r.file, From: o.from, To: t.To, Encode: o.e.Encode})
		}
	}
	if o.block {
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
			r.quiet(p)
		}
	case o.reads && len(r.block) > 0 && o.e.Encode != nil:
		o.text = append(o.text, p)
	case o.reads && len(r.block) > 0:
		r.add(p)
	case o.e.Role == Apart || hasLetters(s) || digits(s) >= 5:
		r.out.Texts = append(r.out.Texts, Found{Text: splice.Text{p}, Where: r.scope.element(o.name), Gone: r.gone > 0})
	case r.quiet != nil:
		r.quiet(p)
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
		r.out.Texts = append(r.out.Texts, Found{Text: splice.Text{p}, Where: where, Gone: gone || r.gone > 0})
	}
	return nil
}

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

func hasLetters(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

func digits(s string) (n int) {
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
