package shown

import (
	"strings"

	"golang.org/x/image/font/sfnt"
)

// maxProgram bounds a font program that is looked into, in bytes.
const maxProgram = 32 << 20

// trueTypeRunes tells the glyphs of a TrueType program by its own character map.
func trueTypeRunes(b []byte) (m map[uint32]rune) {
	defer func() { // a hostile program
		if recover() != nil {
			m = nil
		}
	}()
	if len(b) > maxProgram {
		return nil
	}
	f, err := sfnt.Parse(b)
	if err != nil {
		return nil
	}
	m = map[uint32]rune{}
	var buf sfnt.Buffer
	for r := rune(0x20); r < 0xFFFF; r++ {
		if g, err := f.GlyphIndex(&buf, r); err == nil && g != 0 {
			if _, ok := m[uint32(g)]; !ok {
				m[uint32(g)] = r
			}
		}
	}
	return m
}

// Widths of the printable ASCII runes in the standard fonts, in thousandths of an
// em, from Adobe's metrics for them.
var (
	helvetica = [95]float64{278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584}
	times     = [95]float64{250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541}
)

// standardWidths are those of a font without widths of its own.
func standardWidths(name string) []float64 {
	switch {
	case strings.Contains(name, "Courier"):
		w := make([]float64, 224)
		for i := range w {
			w[i] = 600
		}
		return w
	case strings.Contains(name, "Times"):
		return times[:]
	}
	return helvetica[:]
}
