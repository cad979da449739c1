package content

import (
	"fmt"
	"reflect"
	"sort"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/content/colour"
	"consentry/redact/pdf/content/resource"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/syntax"
)

// A form is a content stream with a dictionary: a form XObject, a tiling pattern,
// a glyph of a Type 3 font.
type form struct {
	dict   types.Dict
	stream *syntax.Stream
	matrix geom.Matrix
	box    geom.Rect
	boxed  bool
}

// identity tells one dictionary from another that is equal.
func identity(d types.Dict) uintptr { return reflect.ValueOf(d).Pointer() }

// draw is Do.
func (x *interpreter) draw(r *run, op *syntax.Op) {
	name, ok := r.name(op)
	if !ok {
		return
	}
	r.refer("XObject", name)
	o, owner := r.res.Find("XObject", name)
	if owner == nil {
		return
	}
	s, ok := x.file().Stream(o)
	if !ok {
		return
	}
	hide := x.hide
	if x.r.layers.Hidden(s.Dict["OC"]) {
		x.hide |= Layer
	}
	defer func() { x.hide = hide }()
	switch x.file().Name(s.Dict["Subtype"]) {
	case "Image":
		var ref *types.IndirectRef
		if i, ok := o.(types.IndirectRef); ok {
			ref = &i
		}
		x.picture(r, Picture{Stream: s, Ref: ref})
	case "Form", "":
		f := x.r.form(o)
		if f == nil {
			x.doubt(doubtForm)
			return
		}
		if x.active[identity(f.dict)] { // within itself: not drawn, and not to be drawn from the original
			if x.edit != nil && !x.edit.Empty() {
				r.trace.replaced[r.op] = nil
			}
			return
		}
		x.form(r, f)
	}
}

// form draws f by the state of r.
func (x *interpreter) form(r *run, f *form) {
	g := r.g
	g.ctm = f.matrix.Then(g.ctm)
	if f.boxed {
		g.clip = g.clip.Intersect(f.box.Through(g.ctm))
		g.clipRect = g.clipRect && (g.ctm.B == 0 && g.ctm.C == 0 || g.ctm.A == 0 && g.ctm.D == 0)
	}
	g.text.inherited, g.text.name = allParams|paramLeading, nil
	if x.file().Dict(f.dict["Group"]) != nil && (!g.plain || g.fillAlpha < 1) { // the group as a whole is let through
		g.plain = false
	}
	inner := x.enter(f, r.res, g)
	if inner == nil {
		return
	}
	r.needs |= inner.needs & r.g.text.inherited
	if x.edit != nil {
		if inner.needs != 0 {
			r.trace.draws = append(r.trace.draws, drawn{op: r.op, needs: inner.needs, text: r.g.text})
		}
		if ref, changed := x.edit.finishForm(x, f, inner); changed {
			r.trace.replaced[r.op] = fmt.Appendf(nil, "/%s Do", r.res.Insert("XObject", "Rd", ref))
		}
	}
}

// enter reads the content of f with state g; nil where it is not read. outer
// are the resources of whoever draws it.
func (x *interpreter) enter(f *form, outer *resource.Set, g state) *run {
	key := identity(f.dict)
	if x.active[key] {
		return nil
	}
	if !g.ctm.Finite() {
		x.over = true
		x.doubt(doubtTooMuch)
		return nil
	}
	if x.nested >= maxNesting {
		x.over = true
		x.doubt(doubtNesting)
		return nil
	}
	x.nested++
	x.active[key] = true
	res := outer
	if d := x.file().Dict(f.dict["Resources"]); d != nil {
		res = resource.New(x.file(), d, x.base)
	}
	inner := x.interpret(f.stream, res, g)
	delete(x.active, key)
	x.nested--
	return inner
}

// softMask reads what a soft mask draws (ISO 32000-2, 11.5.2), once a page: what
// is written there shows in whatever is painted through it.
func (x *interpreter) softMask(r *run, name string, d, mask types.Dict) {
	if ref, ok := x.copied(identity(d)); ok {
		r.res.Replace("ExtGState", name, ref)
		return
	}
	f := x.r.form(mask["G"])
	if f == nil {
		return
	}
	if f.dict["Resources"] == nil { // nothing is read at its next use
		r.res.Keep = true
	}
	if x.seen[identity(d)] {
		return
	}
	x.seen[identity(d)] = true
	inner := x.enter(f, r.res, initial(f.matrix.Then(r.g.ctm), r.g.clip))
	if inner == nil || x.edit == nil {
		return
	}
	if ref, changed := x.edit.finishForm(x, f, inner); changed {
		m, e := clone(mask), clone(d)
		m["G"], e["SMask"] = ref, m
		x.copy(r, "ExtGState", name, d, e)
	}
}

// pattern reads what a tiling pattern draws, once a page, where it is first
// used: as that one of its cells that is nearest to the middle of what is painted
// with it, or of the page where that is not a path.
func (x *interpreter) pattern(r *run, op *syntax.Op, name string) {
	p := &r.g.fill
	if op.Name[0] < 'a' {
		p = &r.g.stroke
	}
	p.space = colour.Pattern
	r.refer("Pattern", name)
	o, owner := r.res.Find("Pattern", name)
	d := x.file().Dict(o)
	if owner == nil || d == nil {
		return
	}
	if ref, ok := x.copied(identity(d)); ok {
		r.res.Replace("Pattern", name, ref)
		return
	}
	if kind, _ := x.file().Number(d["PatternType"]); kind != 1 {
		return
	}
	if d["Resources"] == nil {
		r.res.Keep = true
	}
	if x.seen[identity(d)] {
		return
	}
	x.seen[identity(d)] = true
	f := x.r.form(o)
	if f == nil {
		x.doubt(doubtPattern)
		return
	}
	m := f.matrix.Then(r.base)
	if inv, ok := m.Inverse(); ok {
		on := x.crop
		if b, ok := r.ahead(); ok {
			on = b
		}
		mid, step := inv.Apply(on.Center()), geom.Point{}
		step.X, _ = x.file().Number(d["XStep"])
		step.Y, _ = x.file().Number(d["YStep"])
		m = geom.Translate(cell(mid.X-f.box.Center().X, step.X), cell(mid.Y-f.box.Center().Y, step.Y)).Then(m)
	}
	inner := x.enter(f, r.res, initial(m, r.g.clip))
	if inner == nil || x.edit == nil {
		return
	}
	if ref, changed := x.edit.finishForm(x, f, inner); changed {
		x.edit.copies[identity(d)] = ref
		r.res.Replace("Pattern", name, ref)
	}
}

// cell is the multiple of step that is nearest to v.
func cell(v, step float64) float64 {
	if step < 0 {
		step = -step
	}
	if k := v / step; step > 0 && k < 1e6 && k > -1e6 {
		if k < 0 {
			return float64(int(k-0.5)) * step
		}
		return float64(int(k+0.5)) * step
	}
	return 0
}

// A proc is a glyph of a Type 3 font that shows text or pictures itself.
type proc struct {
	name string
	form *form
}

// procs reads those glyphs of the current Type 3 font that show text or
// pictures, once a page.
func (x *interpreter) procs(r *run) {
	use := r.g.text.font
	t3 := use.font.Type3()
	x.r.readProcs(use)
	name := fontName(r.g.text.name)
	if ref, ok := x.copied(identity(use.dict)); ok {
		r.res.Replace("Font", name, ref)
		return
	}
	if t3.Resources == nil {
		r.res.Keep = true
	}
	if x.seen[identity(use.dict)] {
		return
	}
	x.seen[identity(use.dict)] = true
	res := r.res
	if t3.Resources != nil {
		res = resource.New(x.file(), t3.Resources, x.base)
		res.Keep = true // glyphs that only paint are not read
	}
	procs := types.Dict{}
	t := &r.g.text
	for _, p := range use.procs {
		g := r.g
		g.ctm = t3.Matrix.Then(geom.Matrix{A: t.size * t.scale, D: t.size, F: t.rise}).Then(t.tm).Then(g.ctm)
		g.text = initial(geom.Identity, geom.Rect{}).text
		inner := x.enter(p.form, res, g)
		if inner == nil || x.edit == nil {
			continue
		}
		if ref, changed := x.edit.finishForm(x, p.form, inner); changed {
			procs[p.name] = ref
		}
	}
	if len(procs) == 0 {
		return
	}
	d, all := clone(use.dict), clone(x.file().Dict(use.dict["CharProcs"]))
	for k, v := range procs {
		all[k] = v
	}
	d["CharProcs"] = all
	if own, changed := res.Pruned(); changed && t3.Resources != nil {
		d["Resources"] = own
	}
	x.copyFont(r, name, use, d)
}

// interesting reports whether a glyph's content shows text or pictures in
// colours, and whether it paints at all.
func interesting(s *syntax.Stream) (shows, paints bool) {
	for i := range s.Ops {
		switch op := &s.Ops[i]; op.Name {
		case "Tj", "TJ", "'", "\"", "Do":
			return true, true
		case "BI":
			paints = true
			mask, _ := op.Image.Value("IM", "ImageMask").(syntax.Bool)
			if !bool(mask) {
				shows = true
			}
		case "f", "F", "f*", "B", "B*", "b", "b*", "s", "S", "sh":
			paints = true
		}
	}
	return shows, paints
}

func clone(d types.Dict) types.Dict {
	n := make(types.Dict, len(d))
	for k, v := range d {
		n[k] = v
	}
	return n
}

func sorted(d types.Dict) []string {
	names := make([]string, 0, len(d))
	for n := range d {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}
