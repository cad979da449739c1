// Package cff reads the Compact Font Format programs embedded in PDF files (Adobe
// Technical Notes 5176 and 5177) and writes them without some of their glyphs.
package cff

import (
	_ "embed" // strings.txt
	"math"
	"strings"
	"sync"
)

// A Font is the first font of a CFF font set.
type Font struct {
	CID    bool     // glyphs have CIDs, not names
	Glyphs int      // at most 65,535
	Coded  [256]int // the built-in encoding: the glyph of each code, 0 for none

	names    [][]byte
	top      dict
	strings  [][]byte
	global   [][]byte
	chars    [][]byte // charstrings by glyph
	charset  []int    // SID or CID by glyph
	fdSelect []byte   // the private part of each glyph; nil where there is one
	parts    []part
	custom   bool // the encoding is its own
	byName   func() map[string]int
	byCID    func() map[int]int
}

// A part is a Font DICT with its Private DICT and its subroutines; a font
// without CIDs has one, without the first.
type part struct {
	dict    dict
	private dict
	subrs   [][]byte
}

//go:embed strings.txt
var standardText string

// standard are the standard strings.
var standard = sync.OnceValue(func() []string { return strings.Fields(standardText) })

// Parse reads a font program.
func Parse(b []byte) (*Font, error) {
	if len(b) < 4 || b[0] != 1 {
		return nil, errFont
	}
	f := &Font{}
	var tops [][]byte
	var err error
	at := int(b[2])
	for _, to := range []*[][]byte{&f.names, &tops, &f.strings, &f.global} {
		if *to, at, err = readIndex(b, at); err != nil {
			return nil, err
		}
	}
	if len(tops) == 0 {
		return nil, errFont
	}
	f.top = readDict(tops[0])
	f.CID = f.top.get(opROS) != nil
	if f.chars, _, err = readIndex(b, offset(f.top.number(opCharStrings, 0))); err != nil {
		return nil, err
	}
	if f.Glyphs = len(f.chars); f.Glyphs == 0 {
		return nil, errFont
	}
	if err = f.readParts(b); err != nil {
		return nil, err
	}
	if err = f.readCharset(b); err != nil {
		return nil, err
	}
	if !f.CID {
		f.readEncoding(b)
	}
	f.byName = sync.OnceValue(func() map[string]int { return firsts(f.Glyphs, f.Name) })
	f.byCID = sync.OnceValue(func() map[int]int { return firsts(f.Glyphs, func(g int) int { return f.charset[g] }) })
	return f, nil
}

// firsts finds the first glyph of each key.
func firsts[K comparable](n int, key func(int) K) map[K]int {
	m := make(map[K]int, n)
	for g := range n {
		if _, ok := m[key(g)]; !ok {
			m[key(g)] = g
		}
	}
	return m
}

func offset(v float64) int {
	if v < 0 || v > math.MaxInt32 {
		return -1
	}
	return int(v)
}

// readParts reads the Private DICTs with their subroutines.
func (f *Font) readParts(b []byte) error {
	dicts := []dict{f.top}
	if f.CID {
		items, _, err := readIndex(b, offset(f.top.number(opFDArray, 0)))
		if err != nil || len(items) == 0 || len(items) > 256 {
			return errFont
		}
		dicts = nil
		for _, it := range items {
			dicts = append(dicts, readDict(it))
		}
		if err := f.readSelect(b, offset(f.top.number(opFDSelect, 0)), len(dicts)); err != nil {
			return err
		}
	}
	for _, d := range dicts {
		p := part{dict: d}
		if v := d.get(opPrivate); len(v) == 2 {
			size, at := offset(v[0]), offset(v[1])
			if size < 0 || at < 0 || at+size > len(b) {
				return errFont
			}
			p.private = readDict(b[at : at+size])
			if s := offset(p.private.number(opSubrs, 0)); s > 0 {
				var err error
				if p.subrs, _, err = readIndex(b, at+s); err != nil {
					return err
				}
			}
		}
		f.parts = append(f.parts, p)
	}
	return nil
}

// readSelect reads which glyph belongs to which part.
func (f *Font) readSelect(b []byte, at, parts int) error {
	f.fdSelect = make([]byte, f.Glyphs)
	if at <= 0 || at >= len(b) {
		return errFont
	}
	switch b[at] {
	case 0:
		if at+1+f.Glyphs > len(b) {
			return errFont
		}
		copy(f.fdSelect, b[at+1:])
	case 3:
		n := u16(b, at+1)
		for i := range n {
			if at+3+3*i+5 > len(b) {
				return errFont
			}
			from, to := u16(b, at+3+3*i), u16(b, at+6+3*i)
			for g := from; g < to && g < f.Glyphs; g++ {
				f.fdSelect[g] = b[at+5+3*i]
			}
		}
	default:
		return errFont
	}
	for _, p := range f.fdSelect {
		if int(p) >= parts {
			return errFont
		}
	}
	return nil
}

func u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(b[at])<<8 | int(b[at+1])
}

// Name is a glyph's name; empty in a font with CIDs.
func (f *Font) Name(gid int) string {
	if f.CID || gid < 0 || gid >= f.Glyphs {
		return ""
	}
	return f.text(f.charset[gid])
}

// text is a string by its id.
func (f *Font) text(sid int) string {
	if sid < len(standard()) {
		return standard()[sid]
	}
	if sid -= len(standard()); sid < len(f.strings) {
		return string(f.strings[sid])
	}
	return ""
}

// Named is the first glyph of a name; false where the font has none.
func (f *Font) Named(name string) (gid int, ok bool) {
	if f.CID {
		return 0, false
	}
	gid, ok = f.byName()[name]
	return gid, ok
}

// OfCID is the glyph of a CID; in a font without CIDs, that of this number. False
// where the font has none.
func (f *Font) OfCID(cid int) (gid int, ok bool) {
	if !f.CID {
		return cid, cid >= 0 && cid < f.Glyphs
	}
	gid, ok = f.byCID()[cid]
	return gid, ok
}

// Advance is a glyph's advance width, in em; false where the font has none.
func (f *Font) Advance(gid int) (float64, bool) {
	if gid < 0 || gid >= f.Glyphs {
		return 0, false
	}
	p := f.parts[f.part(gid)]
	w := walker{font: f, subrs: p.subrs, budget: 1 << 16}
	w.run(f.chars[gid], 0)
	v := p.private.number(opDefault, 0)
	if w.hasWidth {
		v = p.private.number(opNominal, 0) + w.width
	}
	scale := .001
	if m := f.top.get(opMatrix); len(m) == 6 && m[0] > 0 {
		scale = m[0]
	} else if m := p.dict.get(opMatrix); len(m) == 6 && m[0] > 0 {
		scale = m[0]
	}
	return v * scale, !math.IsNaN(v)
}

func (f *Font) part(gid int) int {
	if f.fdSelect == nil {
		return 0
	}
	return int(f.fdSelect[gid])
}
