package engine

import (
	"encoding/binary"
	"fmt"
	"math"
	"unicode/utf16"

	"consentry/redact/pdf/geom"
)

// A Glyph is one character of a page's text, as PDFium reads it.
type Glyph struct {
	R         rune       // 0 where the font does not tell
	Box       geom.Rect  // around the ink, in view points; empty for spaces and what PDFium made up
	Loose     geom.Rect  // around advance × the font's height, in view points
	Origin    geom.Point // on the baseline, in view points
	Size      float64    // of the font on the page, in points; 0 where PDFium does not tell
	Object    int        // glyphs of one show operation have the same number, from 0 on in drawing order of first use; -1 for none
	Generated bool       // a space or line break that PDFium made up
	Hyphen    bool       // one at the end of a line
	Unmapped  bool       // R is a guess: the font has no mapping to Unicode
	Invisible bool       // text rendering mode 3 or 7 (ISO 32000-2, 9.3.6)
}

// maxGlyphs bounds the characters of a page.
const maxGlyphs = 4 << 20

// Glyphs are the page's characters in PDFium's order, which follows the content
// stream and is put right where lines are told apart. Text that is not seen is
// among them (outside the crop box, clipped, in hidden layers, white on white);
// that of patterns and annotations is not.
func (p *Page) Glyphs() ([]Glyph, error) {
	if err := p.use(); err != nil {
		return nil, fmt.Errorf("read text: %w", err)
	}
	e := p.d.e
	text := e.handle(loadText, p.handle)
	if text == 0 {
		return nil, fmt.Errorf("read text: %w", e.failure(ErrDamaged))
	}
	defer e.do(closeText, text)
	n := e.integer(countChars, text)
	if n > maxGlyphs {
		return nil, fmt.Errorf("read text: %w", ErrTooLarge)
	}
	if err := e.failure(nil); err != nil {
		return nil, fmt.Errorf("read text: %w", err)
	}
	out := make([]Glyph, 0, max(n, 0))
	objects := map[uint64]int{}
	kinds := []textObject{}
	for i := range n {
		g := p.glyph(text, uint64(i))
		g.Object = -1
		if h := e.handle(charObject, text, uint64(i)); h != 0 {
			k, known := objects[h]
			if !known {
				k = len(kinds)
				objects[h] = k
				kinds = append(kinds, e.textObject(text, uint64(i), h))
			}
			g.Object, g.Size, g.Invisible = k, kinds[k].size, kinds[k].invisible
		}
		if err := e.failure(nil); err != nil {
			return nil, fmt.Errorf("read text: %w", err)
		}
		out = appendGlyph(out, g)
	}
	return out, nil
}

// glyph reads what differs from one character to the next.
func (p *Page) glyph(text, i uint64) (g Glyph) {
	e := p.d.e
	s := uint64(e.scratch)
	g.R = rune(e.integer(charUnicode, text, i))
	g.Generated = e.integer(charGenerated, text, i) == 1
	g.Hyphen = e.integer(charHyphen, text, i) == 1
	g.Unmapped = e.integer(charMapError, text, i) == 1
	boxed := e.integer(charBox, text, i, s, s+8, s+16, s+24) != 0 // left, right, bottom, top
	placed := e.integer(charOrigin, text, i, s+32, s+40) != 0
	loose := e.integer(charLooseBox, text, i, s+48) != 0 // left, top, right, bottom as floats
	b := e.view(e.scratch, 64)
	if b == nil {
		return g
	}
	double := func(at int) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b[at:])) }
	single := func(at int) float64 {
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(b[at:])))
	}
	if boxed {
		g.Box = p.seen(geom.Rect{X0: double(0), Y0: double(16), X1: double(8), Y1: double(24)})
	}
	if placed {
		g.Origin = p.seen(geom.Rect{X0: double(32), Y0: double(40), X1: double(32), Y1: double(40)}).Center()
	}
	if loose {
		g.Loose = p.seen(geom.Rect{X0: single(48), Y0: single(60), X1: single(56), Y1: single(52)})
	}
	return g
}

// seen maps a place on the page to view points; to nowhere where it has none.
func (p *Page) seen(r geom.Rect) geom.Rect {
	if !within(r) {
		return geom.Rect{}
	}
	return r.Canon().Through(p.view)
}

// A textObject is what all characters of one show operation share.
type textObject struct {
	size      float64 // points on the page
	invisible bool
}

func (e *Engine) textObject(text, i, object uint64) (t textObject) {
	size := math.Float64frombits(e.do(charFontSize, text, i))
	if e.integer(charMatrix, text, i, uint64(e.scratch)) != 0 {
		m := e.floats(4)
		size *= math.Hypot(m[2], m[3]) // how far up one unit of text space goes
	}
	if size = math.Abs(size); size <= maxSide {
		t.size = size
	}
	mode := e.integer(textMode, object)
	t.invisible = mode == 3 || mode == 7
	return t
}

// appendGlyph adds g, which may be the second half of a character outside the
// basic plane.
func appendGlyph(out []Glyph, g Glyph) []Glyph {
	if n := len(out); n > 0 && utf16.IsSurrogate(g.R) {
		last := &out[n-1]
		if r := utf16.DecodeRune(last.R, g.R); r != 0xfffd {
			last.R, last.Box, last.Loose = r, last.Box.Union(g.Box), last.Loose.Union(g.Loose)
			return out
		}
	}
	return append(out, g)
}
