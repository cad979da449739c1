package font

import (
	"errors"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/font/glyph"
	"consentry/redact/pdf/font/sfnt"
	"consentry/redact/pdf/object"
)

// A program is an embedded font program (9.9).
type program struct {
	trueType *sfnt.Font
	tables   []sfnt.Subtable // of trueType
	unicode  map[int]rune    // of trueType's glyphs, by its own Unicode tables
}

// programKeys are the descriptor's entries for font programs.
var programKeys = []string{"FontFile", "FontFile2", "FontFile3"}

func embedded(f *object.File, desc types.Dict) bool {
	for _, k := range programKeys {
		if _, ok := f.Stream(desc[k]); ok {
			return true
		}
	}
	return false
}

var errProgram = errors.New("no font program of a known kind")

// openProgram reads the font program by what it is, whatever its key says.
func openProgram(f *object.File, desc types.Dict) (*program, error) {
	for _, k := range programKeys {
		if _, ok := f.Stream(desc[k]); !ok {
			continue
		}
		b, err := f.Decoded(desc[k])
		if err != nil {
			return nil, err
		}
		return parseProgram(b)
	}
	return nil, errProgram
}

func parseProgram(b []byte) (*program, error) {
	p := &program{}
	t, err := sfnt.Parse(b)
	if err != nil {
		return nil, errProgram
	}
	p.trueType, p.tables = t, t.Subtables()
	return p, nil
}

// glyphs are the glyphs that readers may take for a code of a simple TrueType
// font (9.6.5.4), most likely first.
func (p *program) glyphs(code byte, name string) []int {
	var out []int
	add := func(gid int) {
		if gid > 0 {
			out = append(out, gid)
		}
	}
	if name != "" {
		r := []rune(glyph.Unicode(name, false))
		mac := macCode(name)
		for _, s := range p.tables {
			if s.Unicode() && len(r) == 1 {
				add(s.GID(uint32(r[0])))
			}
			if s.Platform == 1 && mac >= 0 {
				add(s.GID(uint32(mac)))
			}
		}
		if g, ok := p.trueType.Named(name); ok {
			add(g)
		}
	}
	for _, s := range p.tables {
		switch {
		case s.Platform == 3 && s.Encoding == 0:
			for _, high := range []uint32{0, 0xf000, 0xf100, 0xf200} {
				add(s.GID(high | uint32(code)))
			}
		default:
			add(s.GID(uint32(code)))
		}
	}
	return out
}

// macCode is a name's code in the Macintosh's own encoding, or -1.
func macCode(name string) int {
	for c, n := range glyph.Named("MacRomanEncoding") {
		if n == name {
			return c
		}
	}
	return -1
}

// width is a code's advance in the program, in em.
func (p *program) width(code byte, name string) (float64, bool) {
	for _, g := range p.glyphs(code, name) {
		return p.trueType.Advance(g)
	}
	return p.trueType.Advance(0)
}

// text is what a code that the dictionary gives no name stands for by the
// program itself.
func (p *program) text(code byte, dingbats bool) string {
	for _, s := range p.tables {
		if s.Unicode() {
			continue
		}
		g := 0
		for _, high := range []uint32{0, 0xf000, 0xf100, 0xf200} {
			if g == 0 {
				g = s.GID(high | uint32(code))
			}
		}
		if g == 0 {
			continue
		}
		if t := p.glyphText(g, dingbats); t != "" {
			return t
		}
	}
	return ""
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
	return glyph.Unicode(p.trueType.Name(gid), dingbats)
}

// hasText reports whether the program tells what any of its glyphs stands for.
func (p *program) hasText() bool {
	p.glyphText(0, false)
	return len(p.unicode) > 0 || p.trueType.Name(1) != ""
}
