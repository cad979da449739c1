// Package colour tells the colours of a content stream as RGB (ISO 32000-2, 8.6),
// as exact as it takes to tell whether text has the colour of its background.
package colour

import (
	"math"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
)

// A Space is a colour space.
type Space struct {
	kind   spaceKind
	N      int    // components; 0 where they are not known
	base   *Space // of Indexed, Separation and DeviceN
	table  []byte
	tint   func(t float64) ([]float64, bool)
	colour []float64 // the initial one where it is not zero
}

type spaceKind uint8

const (
	kindGray spaceKind = iota
	kindRGB
	kindCMYK
	kindLab
	kindIndexed
	kindTint
	kindPattern
	kindUnknown
)

// The spaces of devices, and that of patterns.
var (
	Gray    = &Space{kind: kindGray, N: 1}
	RGB     = &Space{kind: kindRGB, N: 3}
	CMYK    = &Space{kind: kindCMYK, N: 4, colour: []float64{0, 0, 0, 1}}
	Pattern = &Space{kind: kindPattern}
)

// Of reads a colour space.
func Of(f *object.File, o types.Object) *Space { return of(f, o, 0) }

// depth bounds spaces on spaces.
func of(f *object.File, o types.Object, depth int) *Space {
	if depth > 4 {
		return &Space{kind: kindUnknown}
	}
	a := f.Array(o)
	name := f.Name(o)
	if len(a) > 0 {
		name = f.Name(a[0])
	}
	switch name {
	case "DeviceGray", "CalGray", "G":
		return Gray
	case "DeviceRGB", "CalRGB", "RGB":
		return RGB
	case "DeviceCMYK", "CMYK":
		return CMYK
	case "Pattern":
		return Pattern
	case "Lab":
		return &Space{kind: kindLab, N: 3}
	case "ICCBased":
		if len(a) > 1 {
			switch n, _ := f.Number(f.Dict(a[1])["N"]); n {
			case 1:
				return Gray
			case 3:
				return RGB
			case 4:
				return CMYK
			}
		}
	case "Indexed", "I":
		if len(a) > 3 {
			s := &Space{kind: kindIndexed, N: 1, base: of(f, a[1], depth+1)}
			if b, ok := f.Bytes(a[3]); ok {
				s.table = b
			} else if b, err := f.Decoded(a[3]); err == nil {
				s.table = b
			}
			return s
		}
	case "Separation", "DeviceN":
		if len(a) > 3 {
			s := &Space{kind: kindTint, N: 1, base: of(f, a[2], depth+1), tint: function(f, a[3])}
			if name == "DeviceN" {
				s.N = len(f.Array(a[1]))
			}
			s.colour = make([]float64, s.N)
			for i := range s.colour {
				s.colour[i] = 1
			}
			return s
		}
	}
	return &Space{kind: kindUnknown}
}

// function evaluates an exponential function of one input (ISO 32000-2,
// 7.10.3) or looks a sampled one of 8 bits up; others give false.
func function(f *object.File, o types.Object) func(float64) ([]float64, bool) {
	none := func(float64) ([]float64, bool) { return nil, false }
	d := f.Dict(o)
	switch kind, _ := f.Number(d["FunctionType"]); kind {
	case 2:
		c0, c1 := f.Numbers(d["C0"]), f.Numbers(d["C1"])
		if len(c0) == 0 || len(c0) != len(c1) {
			return none
		}
		n, _ := f.Number(d["N"])
		return func(t float64) ([]float64, bool) {
			out := make([]float64, len(c0))
			for i := range out {
				out[i] = c0[i] + math.Pow(t, n)*(c1[i]-c0[i])
			}
			return out, true
		}
	case 0:
		size, limits := f.Numbers(d["Size"]), f.Numbers(d["Range"])
		bits, _ := f.Number(d["BitsPerSample"])
		b, err := f.Decoded(o)
		n := len(limits) / 2
		if err != nil || len(size) != 1 || size[0] < 1 || bits != 8 || n == 0 || len(b) < n*int(size[0]) {
			return none
		}
		return func(t float64) ([]float64, bool) {
			k := int(min(max(t, 0), 1)*(size[0]-1) + 0.5)
			out := make([]float64, n)
			for i := range out {
				out[i] = limits[2*i] + float64(b[k*n+i])/255*(limits[2*i+1]-limits[2*i])
			}
			return out, true
		}
	}
	return none
}

// RGB is a colour of s as RGB, 0 to 1; false where that is not known.
func (s *Space) RGB(c []float64) ([3]float64, bool) {
	at := func(i int) float64 {
		if i < len(c) {
			return min(max(c[i], 0), 1)
		}
		return 0
	}
	switch s.kind {
	case kindGray:
		return [3]float64{at(0), at(0), at(0)}, true
	case kindRGB:
		return [3]float64{at(0), at(1), at(2)}, true
	case kindCMYK:
		k := 1 - at(3)
		return [3]float64{(1 - at(0)) * k, (1 - at(1)) * k, (1 - at(2)) * k}, true
	case kindLab:
		if len(c) == 3 && math.Abs(c[1]) < 1 && math.Abs(c[2]) < 1 { // a grey: what white and black are told by
			v := min(max(c[0]/100, 0), 1)
			return [3]float64{v, v, v}, true
		}
	case kindIndexed:
		n := s.base.N
		if len(c) == 0 || n == 0 || c[0] < 0 || c[0] > 255 || (int(c[0])+1)*n > len(s.table) {
			break
		}
		v := make([]float64, n)
		for i := range v {
			v[i] = float64(s.table[int(c[0])*n+i]) / 255
		}
		return s.base.RGB(v)
	case kindTint:
		if s.N == 1 && len(c) == 1 {
			if v, ok := s.tint(c[0]); ok {
				return s.base.RGB(v)
			}
		}
	}
	return [3]float64{}, false
}

// Initial is the colour that is current when s becomes so (ISO 32000-2, 8.6.3).
func (s *Space) Initial() []float64 {
	if s.colour != nil {
		return s.colour
	}
	return make([]float64, s.N)
}

// Unknown is a space of which nothing can be told.
func Unknown() *Space { return &Space{kind: kindUnknown} }
