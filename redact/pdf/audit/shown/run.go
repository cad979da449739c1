package shown

import (
	"bytes"
	"math"

	"consentry/redact/pdf/audit/raw"
	"consentry/redact/pdf/geom"
)

// graphics is the part of the graphics state that matters here (8.4).
type graphics struct {
	m                        geom.Matrix
	clip                     geom.Rect
	font                     *Font
	size, tc, tw, tl, ts, tz float64
	mode                     int
	fill, stroke             Colour
	fillAlpha, strokeAlpha   float64
	width                    float64 // of lines, in user space
	why                      Why
	pattern                  bool
	blended                  bool // by a mode, or a soft mask: what is below is seen
	masked                   bool
	space, strokeSpace       string // families of colour spaces
}

// A run interprets the content streams of one page.
type run struct {
	r        *Reader
	p        *Page
	g        graphics
	stack    []graphics
	tm, line geom.Matrix
	annot    bool
	path     path
	clipping bool
	marks    []bool // marked content that is off, or not
	offs     int    // how many of marks are off
	end      geom.Point
	started  bool
	more     []geom.Rect // further rectangles of the path
}

// A path is what was drawn and not yet painted.
type path struct {
	box    geom.Rect
	points int
	any    bool
	first  [8]geom.Point // of its points
}

func (p *path) add(q geom.Point) {
	if !p.any {
		p.box = geom.Rect{X0: q.X, Y0: q.Y, X1: q.X, Y1: q.Y}
	}
	if p.any = true; p.points < len(p.first) {
		p.first[p.points] = q
	}
	p.points++
	p.box = geom.Rect{X0: min(p.box.X0, q.X), Y0: min(p.box.Y0, q.Y), X1: max(p.box.X1, q.X), Y1: max(p.box.Y1, q.Y)}
}

// isRect reports whether the path is one upright rectangle, drawn as such or by its
// corners.
func (p *path) isRect() bool {
	if p.points < 4 || p.points > len(p.first) {
		return false
	}
	for _, q := range p.first[:p.points] {
		near := func(a, b float64) bool { return math.Abs(a-b) < 0.05 }
		if !near(q.X, p.box.X0) && !near(q.X, p.box.X1) || !near(q.Y, p.box.Y0) && !near(q.Y, p.box.Y1) {
			return false
		}
	}
	return true
}

func newRun(r *Reader, p *Page) *run {
	n := &run{r: r, p: p}
	n.reset(geom.Identity)
	return n
}

// reset starts again with the page's initial state.
func (n *run) reset(m geom.Matrix) {
	black := Colour{Known: true}
	n.g = graphics{m: m, clip: geom.Rect{X0: -1e7, Y0: -1e7, X1: 1e7, Y1: 1e7}, size: 1, tz: 1, fill: black, stroke: black, fillAlpha: 1, strokeAlpha: 1, width: 1, space: "G", strokeSpace: "G"}
	n.stack, n.marks, n.offs, n.path, n.clipping, n.started = nil, nil, 0, path{}, false, false
	n.tm, n.line = geom.Identity, geom.Identity
}

// stream interprets content with its resources.
func (n *run) stream(b []byte, res raw.Dict, depth int) {
	l := raw.NewLexer(b)
	l.Comments = func(from, to int) {}
	var args []raw.Value
	base := len(n.stack)
	for {
		v, ok := l.Next()
		if !ok {
			break
		}
		k, isWord := v.(raw.Keyword)
		if !isWord {
			if args = append(args, v); len(args) > 256 {
				args = args[1:]
			}
			continue
		}
		if n.r.ops++; n.r.ops > maxOps || n.r.ops&0xFFF == 0 && n.r.ctx.Err() != nil {
			return
		}
		if k == "BI" {
			n.inline(l, b)
		} else {
			n.operator(string(k), args, res, depth)
		}
		args = args[:0]
	}
	if len(n.stack) > base {
		n.g, n.stack = n.stack[base], n.stack[:base]
	}
}

func num(args []raw.Value, i int) float64 {
	if i < 0 || i >= len(args) {
		return 0
	}
	v, _ := args[i].(float64)
	return v
}

func name(args []raw.Value, i int) string {
	if i < 0 || i >= len(args) {
		return ""
	}
	v, _ := args[i].(raw.Name)
	return string(v)
}

func (n *run) operator(op string, a []raw.Value, res raw.Dict, depth int) {
	g := &n.g
	switch op {
	case "q":
		if len(n.stack) < 4096 {
			n.stack = append(n.stack, *g)
		}
	case "Q":
		if k := len(n.stack); k > 0 {
			n.g, n.stack = n.stack[k-1], n.stack[:k-1]
		}
	case "cm":
		if m := six(a); m.Finite() {
			g.m = m.Then(g.m)
		}
	case "gs":
		n.state(n.r.f.Dict(n.lookup(res, "ExtGState", name(a, 0))))
	case "Do":
		n.object(name(a, 0), res, depth)
	case "BDC", "BMC":
		n.begin(op, a, res)
	case "EMC":
		if k := len(n.marks); k > 0 {
			if n.marks[k-1] {
				n.offs--
			}
			n.marks = n.marks[:k-1]
		}
	case "DP":
		n.properties(a, res)
	case "BT":
		n.tm, n.line = geom.Identity, geom.Identity
	case "Tf":
		g.font, g.size = n.font(name(a, 0), res, depth), num(a, 1)
	case "Tc":
		g.tc = num(a, 0)
	case "Tw":
		g.tw = num(a, 0)
	case "TL":
		g.tl = num(a, 0)
	case "Ts":
		g.ts = num(a, 0)
	case "Tz":
		g.tz = num(a, 0) / 100
	case "Tr":
		g.mode = int(num(a, 0))
	case "Td":
		n.move(num(a, 0), num(a, 1))
	case "TD":
		g.tl = -num(a, 1)
		n.move(num(a, 0), num(a, 1))
	case "Tm":
		if m := six(a); m.Finite() {
			n.tm, n.line = m, m
		}
	case "T*":
		n.move(0, -g.tl)
	case "Tj":
		n.show(last(a))
	case "'":
		n.move(0, -g.tl)
		n.show(last(a))
	case "\"":
		g.tw, g.tc = num(a, 0), num(a, 1)
		n.move(0, -g.tl)
		n.show(last(a))
	case "TJ":
		n.array(last(a))
	default:
		n.paint(op, a, res, depth)
	}
}

func last(a []raw.Value) raw.Value {
	if len(a) == 0 {
		return nil
	}
	return a[len(a)-1]
}

func six(a []raw.Value) geom.Matrix {
	k := len(a) - 6
	if k < 0 {
		return geom.Identity
	}
	return geom.Matrix{A: num(a, k), B: num(a, k+1), C: num(a, k+2), D: num(a, k+3), E: num(a, k+4), F: num(a, k+5)}
}

func (n *run) lookup(res raw.Dict, kind, name string) raw.Value {
	return n.r.f.Dict(res.Get(kind)).Get(name)
}

// state applies a graphics state dictionary (8.4.5).
func (n *run) state(d raw.Dict) {
	if v, ok := n.r.f.Number(d.Get("ca")); ok {
		n.g.fillAlpha = v
	}
	if v, ok := n.r.f.Number(d.Get("CA")); ok {
		n.g.strokeAlpha = v
	}
	n.blend(d)
	if a := n.r.f.Array(d.Get("Font")); len(a) == 2 {
		n.g.font = n.fontAt(a[0], 0)
		n.g.size, _ = n.r.f.Number(a[1])
	}
}

// blend notes whether what is painted lets what is below through (11.3.5, 11.6.5).
func (n *run) blend(d raw.Dict) {
	f := n.r.f
	mode, mask := f.Get(d.Get("BM")), f.Get(d.Get("SMask"))
	if a, ok := mode.(raw.Array); ok && len(a) > 0 {
		mode = f.Get(a[0])
	}
	if mode != nil {
		n.g.blended = mode != raw.Value(raw.Name("Normal")) && mode != raw.Value(raw.Name("Compatible"))
	}
	if mask != nil {
		n.g.masked = mask != raw.Value(raw.Name("None"))
	}
}

// solid reports whether what is filled hides what is below.
func (g *graphics) solid() bool { return g.fillAlpha > 0.99 && !g.blended && !g.masked }

// begin opens marked content.
func (n *run) begin(op string, a []raw.Value, res raw.Dict) {
	off := false
	if op == "BDC" {
		v := n.properties(a, res)
		off = name(a, 0) == "OC" && n.r.isOff(v)
	}
	if off {
		n.offs++
	}
	if len(n.marks) < 1<<16 {
		n.marks = append(n.marks, off)
	}
}

// properties notes the texts of marked content and gives its properties.
func (n *run) properties(a []raw.Value, res raw.Dict) raw.Value {
	v := last(a)
	if s, ok := v.(raw.Name); ok {
		v = n.lookup(res, "Properties", string(s))
	}
	d := n.r.f.Dict(v)
	for _, key := range []string{"ActualText", "Alt", "E"} {
		if s, ok := n.r.f.Get(d.Get(key)).(raw.String); ok {
			n.p.Marked = append(n.p.Marked, s)
		}
	}
	return v
}

func (n *run) font(name string, res raw.Dict, depth int) *Font {
	v := n.lookup(res, "Font", name)
	if v == nil && n.r.byRes != nil {
		if all := n.r.byRes[name]; len(all) > 0 {
			v = all[0]
		}
	}
	return n.fontAt(v, depth)
}

func (n *run) fontAt(v raw.Value, depth int) *Font {
	i := n.r.f.Object(v)
	if i >= 0 && n.r.fonts[i] != nil {
		return n.r.fonts[i]
	}
	f := LoadFont(n.r.f, v)
	if i >= 0 {
		n.r.fonts[i] = f
	}
	if len(f.Procs) > 0 && depth < maxForms {
		n.procedures(f, depth)
	}
	return f
}

// procedures interprets the glyphs of a Type 3 font, each once, for what text they
// may hold.
func (n *run) procedures(f *Font, depth int) {
	saved, stack, tm, line := n.g, n.stack, n.tm, n.line
	res := n.r.f.Dict(f.Resources)
	for _, v := range f.Procs {
		s := n.r.f.StreamOf(v)
		if i := n.r.f.Object(v); s != nil && !n.r.drawn[i] {
			n.r.drawn[i] = true
			fills := len(n.p.Fills)
			n.g, n.stack = saved, nil
			n.g.why |= Undrawn
			n.stream(s.Decode().Data, res, depth+1)
			n.p.Fills = n.p.Fills[:fills]
		}
	}
	n.g, n.stack, n.tm, n.line = saved, stack, tm, line
}

func (n *run) move(x, y float64) {
	n.line = geom.Translate(x, y).Then(n.line)
	n.tm = n.line
}

func (n *run) array(v raw.Value) {
	list, ok := v.(raw.Array)
	if !ok {
		n.show(v)
		return
	}
	for _, e := range list {
		switch e := e.(type) {
		case raw.String:
			n.show(e)
		case float64:
			d := -e / 1000 * n.g.size
			if n.g.font != nil && n.g.font.vertical {
				n.tm = geom.Translate(0, d).Then(n.tm)
			} else {
				n.tm = geom.Translate(d*n.g.tz, 0).Then(n.tm)
			}
		}
	}
}

// show shows a string (9.4.3).
func (n *run) show(v raw.Value) {
	s, ok := v.(raw.String)
	if !ok || len(n.p.Glyphs)+len(s) > maxGlyphs {
		if ok {
			n.r.ops = maxOps + 1
		}
		return
	}
	g := &n.g
	if g.font == nil {
		g.font = &Font{missing: 0.5, one: 0.001}
	}
	for _, c := range g.font.Chars(s) {
		m := geom.Matrix{A: g.size * g.tz, D: g.size, F: g.ts}.Then(n.tm).Then(g.m)
		from := m.Apply(geom.Point{})
		var adv geom.Point
		dx, dy := c.Width*g.size+g.tc, 0.0
		if c.Space {
			dx += g.tw
		}
		dx *= g.tz
		box := geom.Rect{X1: max(c.Width, 0.01), Y0: -0.25, Y1: 0.8}
		adv = m.Vector(geom.Point{X: c.Width})
		if g.font.vertical {
			dx, dy = 0, -g.size-g.tc
			if c.Space {
				dy -= g.tw
			}
			box = geom.Rect{X0: -0.5, X1: 0.5, Y0: -1, Y1: 0}
			adv = m.Vector(geom.Point{Y: -1})
		}
		gl := Glyph{Char: c, Font: g.font, Size: length(m.Vector(geom.Point{Y: 1})), Origin: from, Advance: adv, Box: box.Through(m), Colour: g.fill, Why: g.why, Annot: n.annot}
		n.hide(&gl)
		gl.Jump = n.started && length(geom.Point{X: from.X - n.end.X, Y: from.Y - n.end.Y}) > 0.2*gl.Size
		n.tm = geom.Translate(dx, dy).Then(n.tm)
		n.end, n.started = n.tm.Then(g.m).Apply(geom.Point{Y: g.ts}), true
		n.p.Glyphs = append(n.p.Glyphs, gl)
	}
}

// hide notes why a glyph is not seen.
func (n *run) hide(gl *Glyph) {
	g := &n.g
	if g.mode == 3 || g.mode == 7 {
		gl.Why |= Invisible
	}
	if g.mode == 1 || g.mode == 5 {
		gl.Colour = g.stroke
	}
	if n.offs > 0 {
		gl.Why |= Layer
	}
	if gl.Size < 0.5 {
		gl.Why |= Tiny
	}
	if g.fillAlpha < 0.02 && (g.mode == 0 || g.mode == 4) {
		gl.Why |= See
	}
	c := gl.Box.Center()
	in := func(r geom.Rect) bool { return r.Grow(0.3*gl.Size).Contains(c) && gl.Box.Grow(0.01).Overlaps(r) }
	if !in(g.clip) {
		gl.Why |= Clipped
	}
	if !in(n.p.CropBox) {
		gl.Why |= OffPage
	}
	if math.IsNaN(c.X) || math.IsNaN(c.Y) {
		gl.Why |= OffPage
	}
}

// object draws an XObject.
func (n *run) object(name string, res raw.Dict, depth int) {
	v := n.lookup(res, "XObject", name)
	s := n.r.f.StreamOf(v)
	if s == nil {
		return
	}
	saved := n.g.why
	if n.r.isOff(s.Dict.Get("OC")) {
		n.g.why |= Layer
	}
	if sub, _ := n.r.f.Get(s.Dict.Get("Subtype")).(raw.Name); sub == "Form" {
		n.form(v, s, res, depth+1)
	} else {
		n.r.drawn[n.r.f.Object(v)] = true
		mask, _ := n.r.f.Get(s.Dict.Get("ImageMask")).(bool)
		n.picture(!mask && s.Dict.Get("SMask") == nil && s.Dict.Get("Mask") == nil)
	}
	n.g.why = saved
}

func (n *run) picture(opaque bool) {
	if n.offs > 0 || n.g.why != 0 {
		return
	}
	box := geom.Rect{X1: 1, Y1: 1}.Through(n.g.m).Intersect(n.g.clip)
	n.fills(Fill{Box: box, Picture: true, Opaque: opaque && n.g.solid(), Points: 4})
}

func (n *run) fills(f Fill) {
	if f.Order, f.Annot = len(n.p.Glyphs), n.annot; len(n.p.Fills) < maxGlyphs {
		n.p.Fills = append(n.p.Fills, f)
	}
}

// form interprets a form XObject (8.10).
func (n *run) form(v raw.Value, s *raw.Stream, outer raw.Dict, depth int) {
	if depth > maxForms {
		return
	}
	n.r.drawn[n.r.f.Object(v)] = true
	saved, stack, tm, line := n.g, n.stack, n.tm, n.line
	marks, offs := n.marks, n.offs
	n.g.m = n.r.matrix(s.Dict.Get("Matrix")).Then(n.g.m)
	if box, ok := n.r.rect(s.Dict.Get("BBox")); ok {
		n.g.clip = n.g.clip.Intersect(box.Through(n.g.m))
	}
	res := n.r.f.Dict(s.Dict.Get("Resources"))
	if res == nil {
		res = outer
	}
	n.stack, n.path = nil, path{}
	n.stream(s.Decode().Data, res, depth)
	n.g, n.stack, n.tm, n.line, n.marks, n.offs = saved, stack, tm, line, marks, offs
}

// inline passes an inline image (8.9.7).
func (n *run) inline(l *raw.Lexer, b []byte) {
	d := raw.Dict{}
	for {
		k, ok := l.Next()
		if !ok || k == raw.Value(raw.Keyword("ID")) {
			break
		}
		key, isName := k.(raw.Name)
		v, ok := l.Next()
		if !ok || v == raw.Value(raw.Keyword("ID")) {
			break
		}
		if isName {
			d = append(d, raw.Entry{Key: string(key), Value: v})
		}
	}
	from := l.At() + 1
	for at := from; ; {
		i := bytes.Index(b[min(at, len(b)):], []byte("EI"))
		if i < 0 {
			n.p.Inline = append(n.p.Inline, Inline{d, b[min(from, len(b)):]})
			l.Seek(len(b))
			break
		}
		i += at
		if (i == from || i > 0 && space1(b[i-1])) && (i+2 >= len(b) || space1(b[i+2])) && textual(b[i+2:]) {
			n.p.Inline = append(n.p.Inline, Inline{d, b[from:i]})
			l.Seek(i + 2)
			break
		}
		at = i + 2
	}
	mask := d.Get("IM") == raw.Value(true) || d.Get("ImageMask") == raw.Value(true)
	n.picture(!mask)
}

func space1(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == 0
}

// textual reports whether what follows an EI looks like content again.
func textual(b []byte) bool {
	for _, c := range b[:min(len(b), 12)] {
		if c >= 0x7F || c < 0x20 && !space1(c) {
			return false
		}
	}
	return true
}
