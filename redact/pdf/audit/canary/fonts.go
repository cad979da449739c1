package canary

import (
	"fmt"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// goFont is a font with a free licence that comes with x/image.
type goFont struct {
	f   *sfnt.Font
	buf sfnt.Buffer
}

func openFont() *goFont {
	f, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		panic(err) // embedded
	}
	return &goFont{f: f}
}

// glyph is the index of a rune's glyph.
func (g *goFont) glyph(r rune) sfnt.GlyphIndex {
	i, err := g.f.GlyphIndex(&g.buf, r)
	if err != nil {
		return 0
	}
	return i
}

// width is the advance of a glyph in thousandths of an em.
func (g *goFont) width(i sfnt.GlyphIndex) int {
	a, err := g.f.GlyphAdvance(&g.buf, i, fixed.I(1000), font.HintingNone)
	if err != nil {
		return 500
	}
	return a.Round()
}

// outline are the path operators of a text of a size from a point.
func (g *goFont) outline(text string, size, x, y float64) string {
	var b strings.Builder
	for _, r := range text {
		i := g.glyph(r)
		segs, err := g.f.LoadGlyph(&g.buf, i, fixed.I(1000), nil)
		if err != nil {
			continue
		}
		k := size / 1000
		at := func(p fixed.Point26_6) (float64, float64) {
			return x + float64(p.X)/64*k, y - float64(p.Y)/64*k
		}
		var lx, ly float64
		for _, s := range segs {
			px, py := at(s.Args[0])
			switch s.Op {
			case sfnt.SegmentOpMoveTo:
				fmt.Fprintf(&b, "%.2f %.2f m\n", px, py)
			case sfnt.SegmentOpLineTo:
				fmt.Fprintf(&b, "%.2f %.2f l\n", px, py)
			case sfnt.SegmentOpQuadTo:
				qx, qy := at(s.Args[1])
				fmt.Fprintf(&b, "%.2f %.2f %.2f %.2f %.2f %.2f c\n", lx+2*(px-lx)/3, ly+2*(py-ly)/3, qx+2*(px-qx)/3, qy+2*(py-qy)/3, qx, qy)
				px, py = qx, qy
			case sfnt.SegmentOpCubeTo:
				qx, qy := at(s.Args[1])
				ex, ey := at(s.Args[2])
				fmt.Fprintf(&b, "%.2f %.2f %.2f %.2f %.2f %.2f c\n", px, py, qx, qy, ex, ey)
				px, py = ex, ey
			}
			lx, ly = px, py
		}
		x += float64(g.width(i)) * k
	}
	return b.String() + "f\n"
}

// embedded adds the font's program and descriptor.
func (m *maker) embedded() (desc int) {
	file := m.packed(fmt.Sprintf("/Length1 %d", len(goregular.TTF)), goregular.TTF)
	return m.obj(fmt.Sprintf("<</Type/FontDescriptor/FontName/GoRegular/Flags 32/FontBBox[-440 -211 1159 948]/ItalicAngle 0/Ascent 948/Descent -211/CapHeight 724/StemV 80/FontFile2 %s>>", ref(file)))
}

// trueType adds a simple TrueType font in WinAnsiEncoding.
func (m *maker) trueType(g *goFont, desc int) int {
	var w []string
	for c := rune(32); c < 127; c++ {
		w = append(w, fmt.Sprint(g.width(g.glyph(c))))
	}
	return m.obj(fmt.Sprintf("<</Type/Font/Subtype/TrueType/BaseFont/GoRegular/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 126/Widths[%s]/FontDescriptor %s>>", strings.Join(w, " "), ref(desc)))
}

// identity adds a composite font whose codes are glyphs, with or without a map to
// Unicode.
func (m *maker) identity(g *goFont, desc int, unicode bool) int {
	var w, bf []string
	for c := rune(32); c < 127; c++ {
		i := g.glyph(c)
		w = append(w, fmt.Sprintf("%d[%d]", i, g.width(i)))
		bf = append(bf, fmt.Sprintf("<%04X><%04X>", i, c))
	}
	below := m.obj(fmt.Sprintf("<</Type/Font/Subtype/CIDFontType2/BaseFont/GoRegular/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %s/DW 600/W[%s]/CIDToGIDMap/Identity>>", ref(desc), strings.Join(w, " ")))
	to := ""
	if unicode {
		to = "/ToUnicode " + ref(m.packed("", toUnicode(2, bf)))
	}
	return m.obj(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/GoRegular/Encoding/Identity-H/DescendantFonts[%s]%s>>", ref(below), to))
}

// toUnicode is a ToUnicode CMap for codes of n bytes.
func toUnicode(n int, bf []string) []byte {
	top := strings.Repeat("FF", n)
	return []byte(fmt.Sprintf("/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<%s><%s>endcodespacerange\n%d beginbfchar\n%s\nendbfchar\nendcmap CMapName currentdict/CMap defineresource pop end end",
		strings.Repeat("00", n), top, len(bf), strings.Join(bf, "\n")))
}

// codes are the glyphs of a text as two bytes each.
func (g *goFont) codes(text string) (b []byte) {
	for _, r := range text {
		i := g.glyph(r)
		b = append(b, byte(i>>8), byte(i))
	}
	return b
}

// predefined adds a Chinese font that is not embedded, in a predefined CMap.
func (m *maker) predefined(cmap string) int {
	desc := m.obj("<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>")
	below := m.obj("<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor " + ref(desc) + ">>")
	return m.obj("<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/" + cmap + "/DescendantFonts[" + ref(below) + "]>>")
}

// scrambled adds Helvetica with codes that are not those of any encoding: from 1
// on in the order of alphabet. differs names them by Differences, else only a map
// to Unicode tells.
func (m *maker) scrambled(alphabet string, differs bool) int {
	var names, bf, w []string
	for i, r := range alphabet {
		n := string(r)
		if r == ' ' {
			n = "space"
		}
		names = append(names, "/"+n)
		bf = append(bf, fmt.Sprintf("<%02X><%04X>", i+1, r))
		w = append(w, "556")
	}
	common := fmt.Sprintf("/FirstChar 1/LastChar %d/Widths[%s]", len(names), strings.Join(w, " "))
	if differs {
		return m.obj("<</Type/Font/Subtype/Type1/BaseFont/Helvetica" + common + "/Encoding<</Type/Encoding/Differences[1 " + strings.Join(names, "") + "]>>>>")
	}
	desc := m.obj("<</Type/FontDescriptor/FontName/Helvetica/Flags 4/FontBBox[-166 -225 1000 931]/ItalicAngle 0/Ascent 718/Descent -207/CapHeight 718/StemV 88>>")
	return m.obj("<</Type/Font/Subtype/Type1/BaseFont/Helvetica" + common + "/FontDescriptor " + ref(desc) + "/ToUnicode " + ref(m.packed("", toUnicode(1, bf))) + ">>")
}

// codesIn are the codes of a text in a scrambled font.
func codesIn(text, alphabet string) (b []byte) {
	for _, r := range text {
		b = append(b, byte(strings.IndexRune(alphabet, r)+1))
	}
	return b
}

// alphabet are the letters of a text, each once.
func alphabet(text string) string {
	out := ""
	for _, r := range text {
		if !strings.ContainsRune(out, r) {
			out += string(r)
		}
	}
	return out
}

// type3 adds a font whose glyphs are drawn by procedures.
func (m *maker) type3(g *goFont, letters string) int {
	var procs, diffs, widths []string
	for i, r := range letters {
		w := g.width(g.glyph(r))
		n := string(r)
		if r == ' ' {
			n = "space"
		}
		s := m.packed("", []byte(fmt.Sprintf("%d 0 0 -250 1000 1000 d1\n%s", w, g.outline(string(r), 1000, 0, 0))))
		procs = append(procs, "/"+n+" "+ref(s))
		diffs = append(diffs, fmt.Sprintf("%d/%s", i+1, n))
		widths = append(widths, fmt.Sprint(w))
	}
	return m.obj(fmt.Sprintf("<</Type/Font/Subtype/Type3/FontBBox[0 -250 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<<%s>>/Encoding<</Type/Encoding/Differences[%s]>>/FirstChar 1/LastChar %d/Widths[%s]/Resources<<>>>>",
		strings.Join(procs, ""), strings.Join(diffs, " "), len(widths), strings.Join(widths, " ")))
}
