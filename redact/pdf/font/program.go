package font

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/font/cff"
	"consentry/redact/pdf/font/glyph"
	"consentry/redact/pdf/font/sfnt"
	"consentry/redact/pdf/font/type1"
	"consentry/redact/pdf/object"
)

// A program is an embedded font program (9.9): one of the three kinds, or an
// OpenType font with the outlines of a CFF font in it.
type program struct {
	type1  *type1.Font
	cff    *cff.Font
	sfnt   *sfnt.Font
	tables []sfnt.Subtable // of sfnt

	unicode map[int]rune // of sfnt's glyphs, by its own Unicode tables
}

// programKeys are the descriptor's entries for font programs.
var programKeys = []string{"FontFile", "FontFile2", "FontFile3"}

// programKey is the entry under which a descriptor has its font program; empty
// where it has none.
func programKey(f *object.File, desc types.Dict) string {
	for _, k := range programKeys {
		if _, ok := f.Stream(desc[k]); ok {
			return k
		}
	}
	return ""
}

var errProgram = errors.New("no font program of a known kind")

// openProgram reads the font program by what it is, whatever its key says.
func openProgram(f *object.File, desc types.Dict) (*program, error) {
	b, err := f.Decoded(desc[programKey(f, desc)])
	if err != nil {
		return nil, err
	}
	return parseProgram(b)
}

func parseProgram(b []byte) (p *program, err error) {
	p = &program{}
	switch {
	case len(b) < 4:
		return nil, errProgram
	case b[0] == 0x80 || bytes.HasPrefix(bytes.TrimLeft(b[:min(len(b), 64)], "\x00\t\r\n "), []byte("%!")):
		p.type1, err = type1.Parse(b)
	case b[0] == 1 && b[1] == 0 && b[2] != 0:
		p.cff, err = cff.Parse(b)
	default:
		if p.sfnt, err = sfnt.Parse(b); err != nil {
			break
		}
		p.tables = p.sfnt.Subtables()
		if t := p.sfnt.Table("CFF "); t != nil {
			p.cff, err = cff.Parse(t)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read font program: %w", err)
	}
	return p, nil
}

// named are the names of glyphs that readers may take for a code of a simple
// Type 1 font, most likely first: that of the dictionary or the built-in one.
func (p *program) named(code byte, name string) string {
	switch {
	case name != "":
		return name
	case p.type1 != nil && p.type1.Coded != nil:
		return p.type1.Coded[code]
	case p.cff != nil && p.cff.Coded[code] > 0:
		return p.cff.Name(p.cff.Coded[code])
	}
	return ""
}

// glyphs are the glyphs that readers may take for a code of a simple font, most
// likely first; those of TrueType by the tables of 9.6.5.4 in every order, and
// where there is none of them by the code as a number, as PDFium.
func (p *program) glyphs(code byte, name string, symbolic bool) []int {
	var out []int
	add := func(gid int) {
		if gid > 0 {
			out = append(out, gid)
		}
	}
	if p.cff != nil {
		if g, ok := p.cff.Named(p.named(code, name)); ok {
			add(g)
		}
		add(p.cff.Coded[code])
	}
	if p.sfnt == nil {
		return out
	}
	if name != "" {
		for _, key := range nameKeys(name) {
			for _, s := range p.tables {
				if key.mac == (s.Platform == 1) {
					add(s.GID(key.char))
				}
			}
		}
		if g, ok := p.sfnt.Named(name); ok {
			add(g)
		}
	}
	found := len(out) > 0
	for _, high := range codePages {
		for _, s := range p.tables {
			if !found || symbolic || !s.Unicode() {
				add(s.GID(high | uint32(code)))
			}
		}
	}
	if p.mapless() {
		add(int(code))
	}
	return out
}

// mapless reports whether no table maps any character.
func (p *program) mapless() bool {
	for _, s := range p.tables {
		if len(s.Map) > 0 {
			return false
		}
	}
	return true
}

// codePages are where a symbolic TrueType font has its codes.
var codePages = []uint32{0, 0xf000, 0xf100, 0xf200}

// A nameKey is a character by which a TrueType font is asked for a glyph name.
type nameKey struct {
	char uint32
	mac  bool
}

func nameKeys(name string) []nameKey {
	var keys []nameKey
	if r := []rune(glyph.Unicode(name, true)); len(r) == 1 {
		keys = append(keys, nameKey{uint32(r[0]), false})
	}
	for c, n := range glyph.Named("MacRomanEncoding") {
		if n == name {
			keys = append(keys, nameKey{uint32(c), true})
		}
	}
	return keys
}

// width is a code's advance in the program of a simple font, in em.
func (p *program) width(code byte, name string, symbolic bool) (float64, bool) {
	if p.type1 != nil {
		return p.type1.Advance(p.named(code, name))
	}
	g := 0
	if all := p.glyphs(code, name, symbolic); len(all) > 0 {
		g = all[0]
	}
	return p.advance(g)
}

func (p *program) advance(gid int) (float64, bool) {
	if p.sfnt != nil {
		return p.sfnt.Advance(gid)
	}
	return p.cff.Advance(gid)
}

// text is what a code of a simple font that the dictionary gives no name stands
// for by the program itself.
func (p *program) text(code byte, dingbats bool) string {
	if p.type1 != nil || p.sfnt == nil {
		return glyph.Unicode(p.named(code, ""), dingbats)
	}
	for _, s := range p.tables {
		if s.Unicode() {
			continue
		}
		for _, high := range codePages {
			if g := s.GID(high | uint32(code)); g > 0 {
				if t := p.glyphText(g, dingbats); t != "" {
					return t
				}
			}
		}
	}
	return ""
}

// ofCID is the glyph of a CID in a composite font without a map to glyphs.
func (p *program) ofCID(cid uint32) int {
	if p.cff != nil {
		g, _ := p.cff.OfCID(int(cid))
		return g
	}
	return int(cid)
}

// glyphText is what a glyph stands for by the program's own tables.
func (p *program) glyphText(gid int, dingbats bool) string {
	if p.unicode == nil {
		p.unicode = map[int]rune{}
		for _, s := range p.tables {
			if !s.Unicode() {
				continue
			}
			for _, m := range s.Map {
				r := rune(m.Char)
				if old, ok := p.unicode[m.GID]; (!ok || glyph.Plainer(r, old)) && glyph.Known(string(r)) {
					p.unicode[m.GID] = r
				}
			}
		}
	}
	if r, ok := p.unicode[gid]; ok {
		return string(r)
	}
	if p.cff != nil {
		return glyph.Unicode(p.cff.Name(gid), dingbats)
	}
	if p.sfnt != nil {
		return glyph.Unicode(p.sfnt.Name(gid), dingbats)
	}
	return ""
}

// hasText reports whether glyphText tells anything of the first glyphs.
func (p *program) hasText() bool {
	for g := range 64 {
		if p.glyphText(g, false) != "" {
			return true
		}
	}
	return len(p.unicode) > 0
}
