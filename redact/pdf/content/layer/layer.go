// Package layer tells which optional content of a file is shown (ISO 32000-2,
// 8.11).
package layer

import (
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
)

// Layers are the optional content groups of a file as it is opened (8.11.4.3).
type Layers struct {
	file *object.File
	off  map[int]bool // by object number, as BaseState, ON and OFF of the default configuration say
	base bool         // groups not listed are off
	on   map[int]bool
}

// Read reads the default configuration.
func Read(f *object.File) *Layers {
	l := &Layers{file: f, off: map[int]bool{}, on: map[int]bool{}}
	if f.RootDict == nil {
		return l
	}
	d := f.Dict(f.Dict(f.RootDict["OCProperties"])["D"])
	l.base = f.Name(d["BaseState"]) == "OFF"
	for _, o := range f.Array(d["OFF"]) {
		if ref, ok := o.(types.IndirectRef); ok {
			l.off[ref.ObjectNumber.Value()] = true
		}
	}
	for _, o := range f.Array(d["ON"]) {
		if ref, ok := o.(types.IndirectRef); ok {
			l.on[ref.ObjectNumber.Value()] = true
		}
	}
	return l
}

// Hidden reports whether a group or membership dictionary is not shown.
func (l *Layers) Hidden(o types.Object) bool {
	if o == nil {
		return false
	}
	d := l.file.Dict(o)
	if d == nil {
		return false
	}
	if l.file.Name(d["Type"]) != "OCMD" {
		return l.groupOff(o)
	}
	if ve := l.file.Array(d["VE"]); len(ve) > 0 {
		steps := 1000
		return !l.expression(ve, 0, &steps)
	}
	groups := l.file.Array(d["OCGs"])
	if groups == nil && d["OCGs"] != nil {
		groups = types.Array{d["OCGs"]}
	}
	on, off := 0, 0
	for _, g := range groups {
		switch {
		case l.file.Dict(g) == nil:
		case l.groupOff(g):
			off++
		default:
			on++
		}
	}
	if on+off == 0 {
		return false
	}
	switch l.file.Name(d["P"]) {
	case "AllOn":
		return off > 0
	case "AnyOff":
		return off == 0
	case "AllOff":
		return on > 0
	}
	return on == 0
}

func (l *Layers) groupOff(o types.Object) bool {
	ref, ok := o.(types.IndirectRef)
	if !ok {
		return false
	}
	n := ref.ObjectNumber.Value()
	switch {
	case l.off[n]:
		return true
	case l.on[n]:
		return false
	}
	return l.base
}

// expression evaluates a visibility expression (ISO 32000-2, 8.11.2.2); steps
// bounds those that hold themselves.
func (l *Layers) expression(a types.Array, depth int, steps *int) bool {
	if *steps--; *steps < 0 || depth > 16 || len(a) == 0 {
		return true
	}
	operator := l.file.Name(a[0])
	for _, o := range a[1:] {
		var v bool
		if sub := l.file.Array(o); sub != nil {
			v = l.expression(sub, depth+1, steps)
		} else {
			v = !l.groupOff(o)
		}
		switch {
		case operator == "Not":
			return !v
		case operator == "Or" && v:
			return true
		case operator == "And" && !v:
			return false
		}
	}
	return operator != "Or"
}
