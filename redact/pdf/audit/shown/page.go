package shown

import (
	"context"
	"math"
	"sort"

	"consentry/redact/pdf/audit/raw"
	"consentry/redact/pdf/geom"
)

// Why says why something that is drawn is not seen.
type Why uint16

// The reasons.
const (
	Invisible Why = 1 << iota // text rendering mode 3 or 7
	Clipped                   // outside the hull of the clipping paths
	OffPage                   // outside the crop box
	Layer                     // in optional content that is off
	Tiny                      // smaller than half a point
	Concealed                 // in an annotation that is hidden
	Undrawn                   // in a form, pattern or page that nothing draws
	See                       // transparent
)

// A Glyph is a code that is shown, in default user space.
type Glyph struct {
	Char
	Font    *Font
	Size    float64 // of an em, in points
	Origin  geom.Point
	Advance geom.Point // without character and word spacing
	Box     geom.Rect
	Colour  Colour
	Why     Why
	Jump    bool // it does not stand where the one before ended
	Annot   bool
}

// A Colour is what something is painted in, as RGB from 0 to 1; unknown for
// patterns and odd colour spaces.
type Colour struct {
	R, G, B float64
	Known   bool
}

// A Fill is an area that is painted: a path, or a picture.
type Fill struct {
	Box     geom.Rect
	Colour  Colour
	Picture bool
	Opaque  bool
	Rect    bool // an upright rectangle
	Points  int  // of the path
	Order   int  // how many glyphs were drawn before
	Annot   bool
	Stroke  bool
}

// A Page is what one page draws.
type Page struct {
	Index     int // 0-based; -1 for what no page draws
	Glyphs    []Glyph
	Fills     []Fill
	Marked    [][]byte // ActualText, Alt and E of marked content
	Inline    []Inline // pictures in the content
	MediaBox  geom.Rect
	CropBox   geom.Rect
	Rotate    int
	Dict      raw.Dict
	Resources raw.Dict
}

// An Inline is an inline picture: its dictionary with keys as they were written, and
// its bytes.
type Inline struct {
	Dict raw.Dict
	Data []byte
}

// View maps default user space to points from the top left of the page as it is
// seen, y down.
func (p *Page) View() geom.Matrix {
	c := p.CropBox
	switch p.Rotate {
	case 90:
		return geom.Matrix{B: 1, C: 1, E: -c.Y0, F: -c.X0}
	case 180:
		return geom.Matrix{A: -1, D: 1, E: c.X1, F: -c.Y0}
	case 270:
		return geom.Matrix{B: -1, C: -1, E: c.Y1, F: c.X1}
	}
	return geom.Matrix{A: 1, D: -1, E: -c.X0, F: c.Y1}
}

const (
	maxOps    = 20 << 20 // operators of all pages together
	maxGlyphs = 500_000  // of one page
	maxForms  = 10       // forms in one another
	maxPages  = 100_000
)

// A Reader reads the pages of a file. Fonts are kept from page to page.
type Reader struct {
	f     *raw.File
	ctx   context.Context
	fonts map[int]*Font // by object
	drawn map[int]bool  // objects that were interpreted
	ops   int
	off   map[int]bool // optional content groups that are off, by object
	byRes map[string][]raw.Value
}

// NewReader prepares to read the pages of f.
func NewReader(ctx context.Context, f *raw.File) *Reader {
	r := &Reader{f: f, ctx: ctx, fonts: map[int]*Font{}, drawn: map[int]bool{}, off: map[int]bool{}}
	r.layers()
	return r
}

// Cut is an error where not everything could be read.
func (r *Reader) Cut() error {
	if r.ops > maxOps {
		return raw.ErrTooMuch
	}
	return r.ctx.Err()
}

// Root is the catalogue.
func (r *Reader) Root() raw.Dict {
	for i := len(r.f.Trailers) - 1; i >= 0; i-- {
		if d := r.f.Dict(r.f.Trailers[i].Get("Root")); d != nil {
			return d
		}
	}
	for i := len(r.f.Objects) - 1; i >= 0; i-- {
		if d, ok := r.f.Objects[i].Value.(raw.Dict); ok && d.Name("Type") == "Catalog" {
			return d
		}
	}
	return nil
}

// layers notes the groups that are off by default (8.11.4.3).
func (r *Reader) layers() {
	props := r.f.Dict(r.Root().Get("OCProperties"))
	d := r.f.Dict(props.Get("D"))
	if base, _ := r.f.Get(d.Get("BaseState")).(raw.Name); base == "OFF" {
		for _, g := range r.f.Array(props.Get("OCGs")) {
			r.off[r.f.Object(g)] = true
		}
	}
	for _, g := range r.f.Array(d.Get("OFF")) {
		r.off[r.f.Object(g)] = true
	}
	for _, g := range r.f.Array(d.Get("ON")) {
		delete(r.off, r.f.Object(g))
	}
	delete(r.off, -1)
}

// isOff reports whether optional content is hidden by default. Visibility
// expressions are not worked out: a group in one that is off counts.
func (r *Reader) isOff(v raw.Value) bool {
	if v == nil {
		return false
	}
	if i := r.f.Object(v); i >= 0 && r.off[i] {
		return true
	}
	d := r.f.Dict(v)
	if d.Name("Type") != "OCMD" {
		return false
	}
	groups := d.Get("OCGs")
	list := r.f.Array(groups)
	if list == nil && groups != nil {
		list = raw.Array{groups}
	}
	off := 0
	for _, g := range list {
		if r.off[r.f.Object(g)] {
			off++
		}
	}
	policy, _ := r.f.Get(d.Get("P")).(raw.Name)
	switch policy {
	case "AllOn":
		return off > 0
	case "AnyOff":
		return off == 0 && len(list) > 0
	case "AllOff":
		return off < len(list)
	}
	return off > 0 && off == len(list)
}

// Tree are the pages in their order, not yet interpreted. Pages that the tree
// does not lead to follow, with Index -1.
func (r *Reader) Tree() []*Page {
	var pages []*Page
	seen := map[int]bool{}
	var walk func(v raw.Value, in Page, depth int)
	walk = func(v raw.Value, in Page, depth int) {
		i := r.f.Object(v)
		d := r.f.Dict(v)
		if d == nil || depth > 64 || i >= 0 && seen[i] || len(pages) >= maxPages {
			return
		}
		seen[i] = true
		in = r.inherit(in, d)
		if kids := r.f.Array(d.Get("Kids")); kids != nil {
			for _, k := range kids {
				walk(k, in, depth+1)
			}
			return
		}
		p := in
		p.Index, p.Dict = len(pages), d
		pages = append(pages, &p)
	}
	base := Page{MediaBox: geom.Rect{X1: 612, Y1: 792}}
	walk(r.Root().Get("Pages"), base, 0)
	for i, o := range r.f.Objects {
		d, ok := o.Value.(raw.Dict)
		if !ok || d.Name("Type") != "Page" || seen[i] || len(pages) >= maxPages {
			continue
		}
		p := r.inherit(base, d)
		if p.Resources == nil {
			p.Resources = r.f.Dict(r.f.Dict(d.Get("Parent")).Get("Resources"))
		}
		p.Index, p.Dict = -1, d
		pages = append(pages, &p)
	}
	return pages
}

func (r *Reader) inherit(p Page, d raw.Dict) Page {
	if res := r.f.Dict(d.Get("Resources")); res != nil {
		p.Resources = res
	}
	if b, ok := r.rect(d.Get("MediaBox")); ok && !b.Empty() {
		p.MediaBox, p.CropBox = b, geom.Rect{}
	}
	if b, ok := r.rect(d.Get("CropBox")); ok {
		p.CropBox = b
	}
	if b := p.CropBox.Intersect(p.MediaBox); b.Empty() {
		p.CropBox = p.MediaBox
	} else {
		p.CropBox = b
	}
	if n, ok := r.f.Number(d.Get("Rotate")); ok {
		p.Rotate = ((int(n)/90*90)%360 + 360) % 360
	}
	return p
}

func (r *Reader) rect(v raw.Value) (geom.Rect, bool) {
	n := r.f.Numbers(v)
	if len(n) != 4 {
		return geom.Rect{}, false
	}
	return geom.Rect{X0: n[0], Y0: n[1], X1: n[2], Y1: n[3]}.Canon(), true
}

func (r *Reader) matrix(v raw.Value) geom.Matrix {
	n := r.f.Numbers(v)
	if len(n) != 6 {
		return geom.Identity
	}
	return geom.Matrix{A: n[0], B: n[1], C: n[2], D: n[3], E: n[4], F: n[5]}
}

// Draw interprets a page: its content, then the appearances of its annotations,
// all states of them.
func (r *Reader) Draw(p *Page) {
	var b []byte
	contents := p.Dict.Get("Contents")
	list := raw.Array{contents}
	if a := r.f.Array(contents); a != nil {
		list = a
	}
	for _, v := range list {
		if s := r.f.StreamOf(v); s != nil {
			r.drawn[r.f.Object(v)] = true
			b = append(append(b, s.Decode().Data...), '\n')
		}
		if len(b) > raw.MaxDecoded {
			r.ops = maxOps + 1
			break
		}
	}
	run := newRun(r, p)
	if p.Index < 0 {
		run.g.why |= Undrawn
	}
	run.stream(b, p.Resources, 0)
	for _, v := range r.f.Array(p.Dict.Get("Annots")) {
		r.annotation(run, r.f.Dict(v))
	}
}

// annotation interprets the appearances of one (12.5.5).
func (r *Reader) annotation(run *run, d raw.Dict) {
	rect, _ := r.rect(d.Get("Rect"))
	flags, _ := r.f.Number(d.Get("F"))
	why := Why(0)
	if int(flags)&(2|32) != 0 {
		why |= Concealed
	}
	if r.isOff(d.Get("OC")) {
		why |= Layer
	}
	ap := r.f.Dict(d.Get("AP"))
	for _, key := range []string{"N", "R", "D"} {
		v := ap.Get(key)
		forms := raw.Array{v}
		if r.f.StreamOf(v) == nil {
			forms = nil
			for _, e := range r.f.Dict(v) {
				forms = append(forms, e.Value)
			}
		}
		for _, form := range forms {
			s := r.f.StreamOf(form)
			if s == nil {
				continue
			}
			m := r.matrix(s.Dict.Get("Matrix"))
			box, _ := r.rect(s.Dict.Get("BBox"))
			box = box.Through(m)
			fit := geom.Translate(rect.X0-box.X0, rect.Y0-box.Y0)
			if !box.Empty() && !rect.Empty() {
				fit = geom.Matrix{A: rect.W() / box.W(), D: rect.H() / box.H()}
				fit.E, fit.F = rect.X0-box.X0*fit.A, rect.Y0-box.Y0*fit.D
			}
			run.reset(fit)
			run.g.why |= why
			run.annot = true
			if key != "N" {
				run.g.why |= Undrawn
			}
			run.form(form, s, nil, 1)
		}
	}
	run.annot = false
}

// Rest is what no page draws: forms, patterns and glyph procedures that were not
// reached, and streams of any kind that hold text operators. Places in it mean
// nothing. Call it after every page was drawn.
func (r *Reader) Rest() *Page {
	p := &Page{Index: -1, MediaBox: geom.Rect{X1: 612, Y1: 792}, CropBox: geom.Rect{X1: 612, Y1: 792}}
	run := newRun(r, p)
	r.byRes = r.fontNames()
	for i := range r.f.Objects {
		o := &r.f.Objects[i]
		if o.Stream == nil || r.drawn[i] || r.Cut() != nil {
			continue
		}
		switch o.Stream.Dict.Name("Type") {
		case "ObjStm", "XRef", "Metadata", "EmbeddedFile":
			continue
		}
		if o.Stream.Dict.Name("Subtype") == "Image" || o.Stream.Dict.Get("Length1") != nil {
			continue
		}
		dec := o.Stream.Decode()
		if len(dec.Left) > 0 || !hasText(dec.Data) {
			continue
		}
		r.drawn[i] = true
		run.reset(geom.Identity)
		run.g.why |= Undrawn
		run.stream(dec.Data, r.f.Dict(o.Stream.Dict.Get("Resources")), 1)
	}
	r.byRes = nil
	return p
}

// hasText reports whether b looks like content with text in it.
func hasText(b []byte) bool {
	l := raw.NewLexer(b)
	for range 100_000 {
		v, ok := l.Next()
		if !ok {
			return false
		}
		switch v {
		case raw.Keyword("Tj"), raw.Keyword("TJ"), raw.Keyword("'"), raw.Keyword("\""):
			return true
		}
	}
	return false
}

// fontNames are all fonts of the file under the names that any resources give
// them.
func (r *Reader) fontNames() map[string][]raw.Value {
	m := map[string][]raw.Value{}
	seen := map[int]bool{}
	for _, o := range r.f.Objects {
		d, ok := o.Value.(raw.Dict)
		if !ok {
			continue
		}
		for _, d := range []raw.Dict{d, r.f.Dict(d.Get("Resources"))} {
			for _, e := range r.f.Dict(d.Get("Font")) {
				if i := r.f.Object(e.Value); i >= 0 && !seen[i] && len(m[e.Key]) < 4 {
					seen[i] = true
					m[e.Key] = append(m[e.Key], e.Value)
				}
			}
		}
	}
	return m
}

// Fonts are those that were used, in the order of their objects.
func (r *Reader) Fonts() []*Font {
	var at []int
	for i := range r.fonts {
		at = append(at, i)
	}
	sort.Ints(at)
	var out []*Font
	for _, i := range at {
		out = append(out, r.fonts[i])
	}
	return out
}

func length(p geom.Point) float64 { return math.Hypot(p.X, p.Y) }
