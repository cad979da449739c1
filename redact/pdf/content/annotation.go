package content

import (
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
)

// Flags of annotations (ISO 32000-2, 12.5.3).
const (
	flagHidden = 1 << 1
	flagNoView = 1 << 5
)

// An appearance is one of the streams of an appearance dictionary.
type appearance struct {
	key, state string // state is empty where the entry is the stream itself
	obj        types.Object
}

// annotations reads the appearances of a page's annotations: first the one that
// is shown, then those that would be shown in another state.
func (x *interpreter) annotations(p object.Page, everywhere geom.Rect) {
	for i, o := range x.file().Array(p.Dict["Annots"]) {
		d := x.file().Dict(o)
		ap := x.file().Dict(d["AP"])
		if ap == nil {
			continue
		}
		x.annot = i
		flags, _ := x.file().Number(d["F"])
		hide := Hidden(0)
		if int(flags)&(flagHidden|flagNoView) != 0 || x.r.layers.Hidden(d["OC"]) {
			hide = Layer
		}
		shown, others := x.appearances(ap, x.file().Name(d["AS"]))
		for _, a := range shown {
			x.hide = hide
			x.appearance(d, a, everywhere)
		}
		for _, a := range others {
			x.hide = hide | Undrawn
			x.appearance(d, a, everywhere)
		}
	}
	x.annot, x.hide = -1, 0
}

// appearances are the streams of an appearance dictionary, in a fixed order.
func (x *interpreter) appearances(ap types.Dict, state string) (shown, others []appearance) {
	for _, key := range [...]string{"N", "R", "D"} {
		if _, ok := x.file().Stream(ap[key]); ok {
			a := appearance{key: key, obj: ap[key]}
			if key == "N" {
				shown = append(shown, a)
			} else {
				others = append(others, a)
			}
			continue
		}
		states := x.file().Dict(ap[key])
		for _, s := range sorted(states) {
			a := appearance{key, s, states[s]}
			if key == "N" && s == state {
				shown = append(shown, a)
			} else {
				others = append(others, a)
			}
		}
	}
	return shown, others
}

// appearance draws one: its box, turned by its matrix, is stretched to the
// annotation's rectangle (ISO 32000-2, 12.5.5).
func (x *interpreter) appearance(d types.Dict, a appearance, everywhere geom.Rect) {
	f := x.r.form(a.obj)
	if f == nil {
		return
	}
	rect, ok := x.file().Rect(d["Rect"])
	if !ok {
		return
	}
	fit := geom.Translate(rect.X0, rect.Y0)
	if hull := f.box.Through(f.matrix); f.boxed && !hull.Empty() {
		sx, sy := rect.W()/hull.W(), rect.H()/hull.H()
		fit = geom.Matrix{A: sx, D: sy, E: rect.X0 - hull.X0*sx, F: rect.Y0 - hull.Y0*sy}
	}
	g := initial(f.matrix.Then(fit), everywhere)
	if f.boxed {
		g.clip = f.box.Through(g.ctm)
	}
	inner := x.enter(f, x.base, g)
	if inner == nil || x.edit == nil {
		return
	}
	ref, changed := x.edit.finishForm(x, f, inner)
	if !changed {
		return
	}
	x.pending = append(x.pending, func() {
		ap := clone(x.file().Dict(d["AP"]))
		if a.state == "" {
			ap[a.key] = ref
		} else {
			states := clone(x.file().Dict(ap[a.key]))
			states[a.state] = ref
			ap[a.key] = states
		}
		d["AP"] = ap
	})
}
