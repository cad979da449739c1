package content

import (
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/content/colour"
	"consentry/redact/pdf/content/layer"
	"consentry/redact/pdf/content/resource"
	"consentry/redact/pdf/font"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
	"consentry/redact/pdf/syntax"
)

// A Reader interprets and rewrites the pages of one file. It keeps the fonts and
// forms it has read, so that a page costs what is new on it. It is not safe for
// concurrent use.
type Reader struct {
	file    *object.File
	layers  *layer.Layers
	fonts   map[uintptr]*fontUse
	order   []*fontUse
	missing *fontUse // Helvetica
	spaces  map[spaceKey]*colour.Space
	forms   map[uintptr]*form
	size    int // of the sources of forms
	copies  map[copyKey]types.IndirectRef
	glyphs  int // on the page before: about as many as on the next
}

type spaceKey struct {
	dict uintptr
	name string
}

// maxForms bounds the sources of the forms that are kept, in bytes.
const maxForms = 24 << 20

// NewReader reads f.
func NewReader(f *object.File) *Reader {
	helvetica := types.Dict{"Type": types.Name("Font"), "Subtype": types.Name("Type1"), "BaseFont": types.Name("Helvetica")}
	return &Reader{
		file: f, layers: layer.Read(f), fonts: map[uintptr]*fontUse{}, spaces: map[spaceKey]*colour.Space{}, forms: map[uintptr]*form{},
		copies:  map[copyKey]types.IndirectRef{},
		missing: &fontUse{dict: helvetica, font: font.Load(f, helvetica), codes: map[uint32]bool{}},
	}
}

// Interpret is what p draws. What cannot be read becomes one of Page.Doubts; an
// error means that the page's content is not readable at all.
func (r *Reader) Interpret(p object.Page) (*Page, error) {
	x, _, err := r.read(p, nil)
	if err != nil {
		return nil, err
	}
	x.finish()
	x.page.Partial = x.over || x.unread
	return x.page, nil
}

// read interprets p's content and its annotations.
func (r *Reader) read(p object.Page, e *edits) (*interpreter, *run, error) {
	b, err := r.file.Content(p)
	if err != nil {
		return nil, nil, fmt.Errorf("read page content: %w", err)
	}
	x := &interpreter{
		r: r, page: &Page{Glyphs: make([]Glyph, 0, min(r.glyphs+r.glyphs/4, 20_000))}, crop: p.CropBox, base: resource.New(r.file, p.Resources, nil), annot: -1, mark: -1, work: maxOperators,
		active: map[uintptr]bool{}, seen: map[uintptr]bool{}, doubts: map[string]bool{}, fonts: map[*fontUse]bool{}, edit: e,
	}
	everywhere := geom.Rect{X0: -1e7, Y0: -1e7, X1: 1e7, Y1: 1e7}
	main := x.interpret(syntax.Parse(b), x.base, initial(geom.Identity, everywhere))
	x.annotations(p, everywhere)
	for _, u := range r.order {
		if why := u.font.Doubt(); why != "" && x.fonts[u] {
			x.doubt(why)
		}
	}
	r.glyphs = len(x.page.Glyphs)
	return x, main, x.err
}

// font reads a font; nil where o is none.
func (r *Reader) font(o types.Object) *fontUse {
	d := r.file.Dict(o)
	if d == nil {
		return nil
	}
	key := identity(d)
	u, ok := r.fonts[key]
	if !ok {
		u = &fontUse{dict: d, obj: o, font: font.Load(r.file, d), codes: map[uint32]bool{}}
		r.fonts[key] = u
		r.order = append(r.order, u)
	}
	return u
}

// form reads a content stream; nil where o is none.
func (r *Reader) form(o types.Object) *form {
	s, ok := r.file.Stream(o)
	if !ok {
		return nil
	}
	key := identity(s.Dict)
	if f, ok := r.forms[key]; ok {
		return f
	}
	b, err := r.file.Decoded(o)
	if err != nil {
		return nil
	}
	f := &form{dict: s.Dict, stream: syntax.Parse(b), matrix: r.file.Matrix(s.Dict["Matrix"])}
	f.box, f.boxed = r.file.Rect(s.Dict["BBox"])
	if r.size += len(b); r.size > maxForms {
		clear(r.forms)
		r.size = len(b)
	}
	r.forms[key] = f
	return f
}

// readProcs looks which glyphs of a Type 3 font show text or pictures.
func (r *Reader) readProcs(u *fontUse) {
	if u.read {
		return
	}
	u.read = true
	procs := r.file.Dict(u.dict["CharProcs"])
	for _, name := range sorted(procs) {
		f := r.form(procs[name])
		if f == nil {
			continue
		}
		shows, paints := interesting(f.stream)
		if u.paths = u.paths || paints; shows {
			u.procs = append(u.procs, proc{name, f})
		}
	}
}

// A FontUse is a font and the codes that pages show in it.
type FontUse struct {
	Dict  types.Dict
	Font  *font.Font
	Codes map[uint32]bool
}

// Fonts are the fonts of all pages that were interpreted, in the order in which
// they were met, with the codes shown: what font.Prune has to know. Rewrite does
// not count; interpret the new pages with a new Reader.
func (r *Reader) Fonts() []FontUse {
	out := make([]FontUse, len(r.order))
	for i, u := range r.order {
		out[i] = FontUse{u.dict, u.font, u.codes}
	}
	return out
}
