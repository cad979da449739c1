package sweep

import (
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// holdsStream are the roles in which a stream stays.
var holdsStream = map[role]bool{
	"content": true, "image": true, "form_xobject": true, "tiling": true, "paint": true, "glyph": true, "cmap": true, "fontfile": true, "globals": true,
}

// fits reports whether an object of its type may have the role.
func fits(r role, o types.Object) bool {
	switch o.(type) {
	case types.StreamDict:
		return holdsStream[r]
	case types.Dict:
		switch r {
		case text, uri, value, named, back, parents:
			return false
		}
	}
	return true
}

// operators are those of them whose streams are of operators.
var operators = map[role]bool{"content": true, "form_xobject": true, "tiling": true, "glyph": true}

// refine tells the roles apart that one entry may hold. n is the object's number,
// 0 for a direct one.
func (w *walker) refine(r role, o types.Object, n int) role {
	d := w.f.Dict(o)
	if d == nil { // an array of them, or nothing that belongs there
		return r
	}
	_, stream := o.(types.StreamDict)
	switch r {
	case "xobject", "pattern", "appearance":
		return w.refineDrawn(r, d, stream)
	case "property":
		return w.refineProperty(d, n)
	case "annotation":
		return w.refineAnnotation(d, n)
	case "field":
		return w.refineField(d, n)
	case "action":
		switch w.f.Name(d["S"]) {
		case "GoTo":
			return "goto"
		case "URI":
			if w.clean == nil || !w.clean.address(d["URI"]) {
				return "visit"
			}
		}
		return gone
	case "struct":
		return w.refineStruct(d)
	case "attribute":
		switch w.f.Name(d["O"]) {
		case "Layout", "List", "PrintField", "Table":
			return plain
		}
		return gone
	case dest:
		return "destvalue"
	}
	return r
}

func (w *walker) refineDrawn(r role, d types.Dict, stream bool) role {
	switch {
	case r == "pattern":
		if n, _ := w.f.Number(d["PatternType"]); n == 2 {
			return "shading"
		}
		return "tiling"
	case r == "appearance" && !stream:
		return "*form_xobject"
	case r == "appearance":
		return "form_xobject"
	}
	switch w.f.Name(d["Subtype"]) {
	case "Image":
		return "image"
	case "Form":
		return "form_xobject"
	}
	return gone
}

// refineProperty tells layers from the texts of marked content.
func (w *walker) refineProperty(d types.Dict, n int) role {
	switch {
	case w.layers[n], w.f.Name(d["Type"]) == "OCG":
		w.shown[n] = true
		return "shown"
	case w.f.Name(d["Type"]) == "OCMD":
		return "member"
	}
	return "propertylist"
}

func (w *walker) refineStruct(d types.Dict) role {
	switch w.f.Name(d["Type"]) {
	case "MCR":
		return "marked"
	case "OBJR":
		target := w.f.Dict(d["Obj"])
		if target == nil || target["Rect"] != nil && w.refineAnnotation(target, number(d["Obj"])) == gone {
			return gone
		}
		return "object"
	}
	if d["S"] == nil {
		return gone
	}
	return "element"
}

// Bits of an annotation's flags (ISO 32000-2, 12.5.3).
const (
	hidden = 1 << 1
	print  = 1 << 2
	noView = 1 << 5
)

// refineAnnotation tells annotations by what may stay of them. What is seen of a
// signature stays as a stamp; the signature is broken by any change.
func (w *walker) refineAnnotation(d types.Dict, n int) role {
	flags, _ := w.f.Number(d["F"])
	if f := int(flags); f&hidden != 0 || f&noView != 0 && f&print == 0 || w.isOff(d["OC"]) {
		return gone
	}
	switch w.f.Name(d["Subtype"]) {
	case "Link":
		return "link"
	case "Widget":
		if w.signed[n] || w.isSignature(d) {
			if w.f.Dict(w.f.Dict(d["AP"])["N"]) == nil {
				return gone
			}
			return "signed"
		}
		return w.refineField(d, n)
	case "FreeText":
		if w.f.Dict(w.f.Dict(d["AP"])["N"]) == nil {
			return "typed"
		}
		return "markup"
	case "Highlight", "Underline", "Squiggly", "StrikeOut", "Line", "Square", "Circle", "Polygon", "PolyLine", "Stamp", "Caret", "Ink", "Watermark":
		return "markup"
	}
	return gone
}

// refineField drops signatures and what has no place on a page.
func (w *walker) refineField(d types.Dict, n int) role {
	flags, _ := w.f.Number(d["F"])
	if f := int(flags); f&hidden != 0 || f&noView != 0 && f&print == 0 || w.isOff(d["OC"]) || w.signed[n] || w.isSignature(d) {
		return gone
	}
	if len(w.f.Array(d["Kids"])) == 0 && w.f.Name(d["Subtype"]) != "Widget" && d["Rect"] == nil {
		return gone
	}
	return "field"
}

// isSignature looks for a field's type, which it may inherit.
func (w *walker) isSignature(d types.Dict) bool {
	for i := 0; i < 64 && d != nil; i++ {
		if t := w.f.Name(d["FT"]); t != "" {
			return t == "Sig"
		}
		d = w.f.Dict(d["Parent"])
	}
	return false
}

// number is that of the object that o points at; 0 for a direct one.
func number(o types.Object) int {
	r, _ := o.(types.IndirectRef)
	return int(r.ObjectNumber)
}

// readLayers finds the layers and which of them are off (ISO 32000-2, 8.11.4.3).
func (w *walker) readLayers() {
	all := w.f.Dict(w.f.RootDict["OCProperties"])
	config := w.f.Dict(all["D"])
	off := w.f.Name(config["BaseState"]) == "OFF"
	each := func(o types.Object, do func(int)) {
		for _, e := range w.f.Array(o) {
			if r, ok := e.(types.IndirectRef); ok {
				do(int(r.ObjectNumber))
			}
		}
	}
	each(all["OCGs"], func(n int) { w.layers[n], w.off[n] = true, off })
	each(config["OFF"], func(n int) { w.off[n] = true })
	each(config["ON"], func(n int) {
		if off {
			w.off[n] = false
		}
	})
}

// isOff reports whether o is a layer that is off, or a membership (12.5.3.3)
// whose layers all are. Expressions count as on.
func (w *walker) isOff(o types.Object) bool {
	if r, ok := o.(types.IndirectRef); ok && w.layers[int(r.ObjectNumber)] {
		return w.off[int(r.ObjectNumber)]
	}
	d := w.f.Dict(o)
	if w.f.Name(d["Type"]) != "OCMD" || d["VE"] != nil {
		return false
	}
	if p := w.f.Name(d["P"]); p != "" && p != "AnyOn" {
		return false
	}
	groups := w.f.Array(d["OCGs"])
	if r, ok := d["OCGs"].(types.IndirectRef); ok && w.layers[int(r.ObjectNumber)] {
		groups = types.Array{r}
	}
	if len(groups) == 0 {
		return false
	}
	for _, g := range groups {
		r, ok := g.(types.IndirectRef)
		if !ok || !w.off[int(r.ObjectNumber)] {
			return false
		}
	}
	return true
}
