// Package font reads what PDF fonts tell: how strings are cut into codes, how
// wide each code is, and which characters it stands for (ISO 32000-2, 9.5 to
// 9.10). It also takes out of fonts what tells of characters that are no longer
// shown.
//
// A text is never guessed: where neither the font nor its program says what a
// code stands for, it stands for nothing.
package font

import (
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
)

// A Code is one character code of a string.
type Code struct {
	Value uint32 // big-endian
	CID   uint32 // the code itself in a simple font
	Len   int    // bytes in the string
	Width float64
	Text  string // Unicode; empty where the font does not tell
	Space bool   // word spacing applies: the single-byte code 32

	// Vertical writing: the position vector from the origin of horizontal to that
	// of vertical writing, and the displacement, which is negative.
	VX, VY, WY float64
}

// A Font is a font dictionary, read. All its measures are in em: 1 is the font
// size. It is not safe for concurrent use.
type Font struct {
	ascent, descent float64
	doubt           string
	hasText         bool
	type3           *Type3
	em              float64 // of a Type 3 font whose glyph space is no em; else 0

	simple    *[256]Code
	composite *composite
	single    *[256]Code            // codes of a composite font that were met: of one byte,
	double    [256]*[256]Code       // of two, by the first,
	pages     map[uint64]*[256]Code // and others, by length and the high bytes
}

// A Type3 is what a Type 3 font has of its own (9.6.4).
type Type3 struct {
	Matrix    geom.Matrix             // from glyph space to text space
	Procs     map[uint32]types.Object // the glyph's content stream, by code
	Resources types.Dict              // nil where the page's are meant
}

// maxPages bounds the codes that a font remembers, 256 each.
const maxPages = 1024

// Load reads a font dictionary. There is always a font: what is missing or damaged
// is taken as readers take it, and kept as a doubt.
func Load(f *object.File, d types.Dict) *Font {
	if d == nil {
		d = types.Dict{}
	}
	t := &Font{}
	switch {
	case f.Name(d["Subtype"]) == "Type0":
		t.loadComposite(f, d)
	case chinese(f, d):
		t.loadChinese(f, d)
	default:
		t.loadSimple(f, d)
	}
	return t
}

// Codes cuts a string into its codes.
func (t *Font) Codes(s []byte) []Code { return t.AppendCodes(nil, s) }

// AppendCodes cuts a string into its codes and appends them to out, for callers
// that read many strings.
func (t *Font) AppendCodes(out []Code, s []byte) []Code {
	if t.simple != nil {
		out = slices.Grow(out, len(s))
		for _, b := range s {
			out = append(out, t.simple[b])
		}
		return out
	}
	out = slices.Grow(out, len(s)/2+1)
	for len(s) > 0 {
		value, n := t.composite.cmap.Next(s)
		length := n
		if n == len(s) {
			length = t.composite.length(s, n)
		}
		var at **[256]Code
		switch {
		case length == 1:
			at = &t.single
		case length == 2:
			at = &t.double[byte(value>>8)]
		default:
			p := t.page(uint64(length)<<32 | uint64(value>>8))
			at = &p
		}
		if *at == nil {
			*at = new([256]Code)
		}
		c := &(*at)[byte(value)]
		if c.Len == 0 {
			*c = t.composite.code(value, length)
		}
		out = append(out, *c)
		if n != length {
			out[len(out)-1].Len = n
		}
		s = s[n:]
	}
	return out
}

// page is where longer codes with the same high bytes are remembered.
func (t *Font) page(key uint64) *[256]Code {
	p := t.pages[key]
	if p == nil {
		if len(t.pages) >= maxPages {
			clear(t.pages)
		}
		p = new([256]Code)
		t.pages[key] = p
	}
	return p
}

// Vertical reports whether text runs downwards.
func (t *Font) Vertical() bool { return t.composite != nil && t.composite.cmap.Vertical }

// Ascent is how far glyphs reach above the baseline, in em.
func (t *Font) Ascent() float64 { return t.ascent }

// Descent is how far glyphs reach below the baseline, in em; it is negative.
func (t *Font) Descent() float64 { return t.descent }

// Em is how high an em is where the font size is 1: 1, but for Type 3 fonts drawn
// in dots or the like, whose size says nothing of how large the letters are.
func (t *Font) Em() float64 {
	if t.em == 0 {
		return 1
	}
	return t.em
}

// Type3 is what a Type 3 font has of its own; nil for the others.
func (t *Font) Type3() *Type3 { return t.type3 }

// Doubt is a sentence why texts or widths may be wrong or missing; empty where
// nothing speaks against them.
func (t *Font) Doubt() string { return t.doubt }

// HasText reports whether the font tells for any of its codes which characters
// they stand for.
func (t *Font) HasText() bool { return t.hasText }

// doubts keeps the first doubt.
func (t *Font) doubts(why string) {
	if t.doubt == "" {
		t.doubt = why
	}
}

// extent sets ascent and descent by the descriptor, the standard font, or as
// most fonts have them. The values of damaged descriptors are not taken.
func (t *Font) extent(f *object.File, desc types.Dict, ascent, descent float64) {
	t.ascent, t.descent = .8, -.2
	if ascent > 0 {
		t.ascent, t.descent = ascent, descent
	}
	a, _ := f.Number(desc["Ascent"])
	d, _ := f.Number(desc["Descent"])
	if d > 0 {
		d = -d // a common mistake
	}
	if box, ok := f.Rect(desc["FontBBox"]); ok && a == 0 && d == 0 {
		a, d = box.Y1, box.Y0
	}
	if a >= 300 && a <= 2000 && d >= -1500 && d <= 0 {
		t.ascent, t.descent = a/1000, d/1000
	}
}
