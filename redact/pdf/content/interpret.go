package content

import (
	"consentry/redact/pdf/content/colour"
	"consentry/redact/pdf/content/resource"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
	"consentry/redact/pdf/syntax"
)

// Bounds of one page, so that forms that draw forms end.
const (
	maxOperators = 4_000_000
	maxGlyphs    = 300_000
	maxNesting   = 12
)

// The doubts a page can have. They never hold found text.
const (
	doubtTooMuch  = "draws more than is read"
	doubtNesting  = "forms in forms too deep to be read"
	doubtForm     = "a form that cannot be read"
	doubtNoFont   = "text without a font"
	doubtNoSuch   = "text in a font that is not there"
	doubtPattern  = "a pattern that cannot be read"
	doubtOperator = "a text operator without its operands"
)

// An interpreter reads one page.
type interpreter struct {
	r      *Reader
	page   *Page
	crop   geom.Rect
	base   *resource.Set // the page's
	annot  int
	hide   Hidden // of everything drawn now
	mark   int    // the innermost, or -1
	work   int    // operators left
	over   bool   // the work ended before the page
	unread bool   // a form or pattern
	nested int
	active map[uintptr]bool // forms being drawn
	seen   map[uintptr]bool // patterns, soft masks and Type 3 fonts that were read
	covers []cover
	edit   *edits // nil where nothing is changed
	err    error  // of Edit.Paint, or where a copy could not be made
	doubts map[string]bool
	fonts  map[*fontUse]bool // shown
	// pending are changes of shared dictionaries, made when nothing can fail any more.
	pending []func()
}

// A run is one content stream drawn at one place.
type run struct {
	s      *syntax.Stream
	res    *resource.Set
	g      state
	stack  []state
	marks  []marked
	path   path
	font   *fontUse // the last that was shown
	clip   bool     // W was seen
	op     int      // the one being read
	needs  params
	base   geom.Matrix // of its patterns
	trace  *trace      // nil where nothing is changed
	placed bool        // the text position was set since the last show
}

// A marked is a marked-content sequence that is open.
type marked struct {
	outer int // the mark it stands in
	hide  Hidden
}

func (x *interpreter) doubt(why string) {
	switch why {
	case doubtForm, doubtPattern, doubtNesting:
		x.unread = true
	}
	if !x.doubts[why] {
		x.doubts[why] = true
		x.page.Doubts = append(x.page.Doubts, why)
	}
}

// interpret reads s, drawn with state g.
func (x *interpreter) interpret(s *syntax.Stream, res *resource.Set, g state) *run {
	r := &run{s: s, res: res, g: g, base: g.ctm}
	if x.edit != nil {
		r.trace = &trace{first: len(x.page.Glyphs), start: g.text, replaced: map[int][]byte{}}
	}
	mark, hide := x.mark, x.hide
	for i := range s.Ops {
		if x.work--; x.work < 0 || len(x.page.Glyphs) > maxGlyphs || x.err != nil {
			x.over = true
			x.doubt(doubtTooMuch)
			break
		}
		r.op = i
		x.operator(r, &s.Ops[i])
	}
	x.mark, x.hide = mark, hide
	return r
}

// numbers are the last len(n) operands, as readers take them; false where there
// are fewer.
func (r *run) numbers(op *syntax.Op, n []float64) bool {
	a := r.s.Args(op)
	if len(a) < len(n) {
		return false
	}
	for i, o := range a[len(a)-len(n):] {
		if o.Obj != nil {
			return false
		}
		n[i] = o.Num
	}
	return true
}

// name is the last operand where it is a name.
func (r *run) name(op *syntax.Op) (string, bool) {
	a := r.s.Args(op)
	if len(a) == 0 {
		return "", false
	}
	n, ok := a[len(a)-1].Obj.(syntax.Name)
	return string(n), ok
}

func (x *interpreter) operator(r *run, op *syntax.Op) {
	if x.textOperator(r, op) || x.pathOperator(r, op) {
		return
	}
	var n [6]float64
	g := &r.g
	switch op.Name {
	case "q":
		if len(r.stack) < 4096 {
			r.stack = append(r.stack, *g)
		}
	case "Q":
		if k := len(r.stack); k > 0 {
			*g, r.stack = r.stack[k-1], r.stack[:k-1]
			r.placed = true
		}
	case "cm":
		if r.numbers(op, n[:6]) {
			m := geom.Matrix{A: n[0], B: n[1], C: n[2], D: n[3], E: n[4], F: n[5]}.Then(g.ctm)
			if m.Finite() {
				g.ctm = m
				r.placed = true
			}
		}
	case "w":
		if r.numbers(op, n[:1]) {
			g.width = n[0]
		}
	case "gs":
		x.extended(r, op)
	case "g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "scn", "SC", "SCN":
		x.colour(r, op)
	case "Do":
		x.draw(r, op)
	case "BI":
		x.inline(r, op)
	case "sh":
		x.shade(r, op)
	case "BMC", "BDC":
		x.begin(r, op)
	case "EMC":
		x.end(r)
	case "DP":
		if name, ok := r.name(op); ok {
			r.refer("Properties", name)
		}
	}
}

// refer notes a name that the operator being read needs, if it is still there
// after the edit.
func (r *run) refer(kind, name string) {
	if r.trace != nil {
		r.trace.refs = append(r.trace.refs, reference{r.op, kind, name})
	}
}

func (x *interpreter) file() *object.File { return x.r.file }

// colour is the operators that set a colour (ISO 32000-2, 8.6.8).
func (x *interpreter) colour(r *run, op *syntax.Op) {
	p := &r.g.fill
	if op.Name[0] < 'a' {
		p = &r.g.stroke
	}
	var n [4]float64
	set := func(s *colour.Space) {
		p.space, p.flat = s, false
		if r.numbers(op, n[:s.N]) {
			p.rgb, p.flat = s.RGB(n[:s.N])
		}
	}
	switch op.Name {
	case "g", "G":
		set(colour.Gray)
	case "rg", "RG":
		set(colour.RGB)
	case "k", "K":
		set(colour.CMYK)
	case "cs", "CS":
		if name, ok := r.name(op); ok {
			*p = startIn(x.space(r, name))
		}
	default:
		a := r.s.Args(op)
		p.flat = false
		if name, ok := r.name(op); ok {
			x.pattern(r, op, name)
			return
		}
		c := make([]float64, 0, 8)
		for _, o := range a {
			c = append(c, o.Num)
		}
		p.rgb, p.flat = p.space.RGB(c)
	}
}

// space is a colour space by its name: one of the device or of the resources.
func (x *interpreter) space(r *run, name string) *colour.Space {
	switch name {
	case "DeviceGray":
		return colour.Gray
	case "DeviceRGB":
		return colour.RGB
	case "DeviceCMYK":
		return colour.CMYK
	case "Pattern":
		return colour.Pattern
	}
	r.refer("ColorSpace", name)
	o, owner := r.res.Find("ColorSpace", name)
	if owner == nil {
		return colour.Unknown()
	}
	key := spaceKey{identity(owner.Of("ColorSpace")), name}
	s, ok := x.r.spaces[key]
	if !ok {
		s = colour.Of(x.file(), o)
		x.r.spaces[key] = s
	}
	return s
}

// extended is gs (ISO 32000-2, 8.4.5).
func (x *interpreter) extended(r *run, op *syntax.Op) {
	name, ok := r.name(op)
	if !ok {
		return
	}
	r.refer("ExtGState", name)
	o, owner := r.res.Find("ExtGState", name)
	d := x.file().Dict(o)
	if owner == nil || d == nil {
		return
	}
	g := &r.g
	if a := x.file().Array(d["Font"]); len(a) == 2 {
		if f := x.r.font(a[0]); f != nil {
			g.text.font, g.text.name = f, nil
			g.text.size, _ = x.file().Number(a[1])
			g.text.inherited &^= paramFont
		}
	}
	if v, ok := x.file().Number(d["ca"]); ok {
		g.fillAlpha = v
	}
	if v, ok := x.file().Number(d["CA"]); ok {
		g.strokeAlpha = v
	}
	if v, ok := x.file().Number(d["LW"]); ok {
		g.width = v
	}
	if m := x.file().Get(d["BM"]); m != nil {
		mode := x.file().Name(m)
		if a := x.file().Array(m); len(a) > 0 {
			mode = x.file().Name(a[0])
		}
		g.plain = mode == "Normal" || mode == "Compatible"
	}
	if mask := x.file().Dict(d["SMask"]); mask != nil {
		g.plain = false
		x.softMask(r, name, d, mask)
	}
}

// startIn is the paint that cs selects.
func startIn(s *colour.Space) paint {
	p := paint{space: s}
	p.rgb, p.flat = s.RGB(s.Initial())
	return p
}
