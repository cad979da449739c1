package canary

import (
	"fmt"
	"strings"

	"consentry/redact/pdf/geom"
)

// say adds a visible place on a line of its own: how writes the operators of its
// text, which begins at x 170.
func (m *maker) say(p *page, id, how string, write func(name string, y float64) string) {
	name := m.place(id, p.index, how)
	y := p.line(id + ":")
	m.last().Box = p.box(y)
	p.content.WriteString(write(name, y))
}

// sayHan does the same with a Chinese name.
func (m *maker) sayHan(p *page, id, how string, write func(name string, y float64) string) {
	name := m.hanPlace(id, p.index, how)
	y := p.line(id + ":")
	m.last().Box = p.box(y)
	p.content.WriteString(write(name, y))
}

// written is a text in a font at the usual place.
func written(font string, y float64, show string) string {
	return fmt.Sprintf("BT /%s 11 Tf 170 %g Td %s ET\n", font, y, show)
}

// texts are the ways in which visible text can be written.
func (m *maker) texts(p *page, g *goFont, desc int) {
	p.fonts = append(p.fonts, "/F2 "+ref(m.trueType(g, desc)), "/F3 "+ref(m.identity(g, desc, true)), "/F4 "+ref(m.identity(g, desc, false)),
		"/F5 "+ref(m.predefined("GBK-EUC-H")), "/F6 "+ref(m.predefined("UniGB-UCS2-H")), "/F7 "+ref(m.predefined("UniGB-UCS2-V")))
	m.say(p, "tj", "Shown by Tj in a Type 1 font.", func(n string, y float64) string { return written("F1", y, lit(n)+" Tj") })
	m.say(p, "tj-array", "Shown by TJ with kerning.", func(n string, y float64) string {
		return written("F1", y, fmt.Sprintf("[%s -20 %s 35 %s] TJ", lit(n[:2]), lit(n[2:5]), lit(n[5:])))
	})
	m.say(p, "quote", "Shown by the operator '.", func(n string, y float64) string { return written("F1", y+12, "12 TL "+lit(n)+" '") })
	m.say(p, "double-quote", `Shown by the operator ".`, func(n string, y float64) string { return written("F1", y+12, "12 TL 0 0 "+lit(n)+` "`) })
	m.say(p, "hex", "Shown from a hexadecimal string.", func(n string, y float64) string { return written("F1", y, hexed([]byte(n))+" Tj") })
	m.say(p, "octal", "Shown from a string of octal escapes.", func(n string, y float64) string { return written("F1", y, octal(n)+" Tj") })
	m.say(p, "truetype", "In an embedded TrueType font.", func(n string, y float64) string { return written("F2", y, lit(n)+" Tj") })
	m.say(p, "identity", "In a composite font, mapped to Unicode.", func(n string, y float64) string { return written("F3", y, hexed(g.codes(n))+" Tj") })
	m.say(p, "identity-unmapped", "In a composite font without a map; its program has one.", func(n string, y float64) string { return written("F4", y, hexed(g.codes(n))+" Tj") })
	m.sayHan(p, "gbk-euc", "In the predefined CMap GBK-EUC-H.", func(n string, y float64) string { return written("F5", y, hexed(gbk(n))+" Tj") })
	m.sayHan(p, "unigb-ucs2", "In the predefined CMap UniGB-UCS2-H.", func(n string, y float64) string { return written("F6", y, hexed(utf16be(n))+" Tj") })
	m.sayHan(p, "vertical", "Written from top to bottom.", func(n string, y float64) string {
		m.last().Box = geom.Rect{X0: 440, Y0: 60, X1: 480, Y1: 120}
		return fmt.Sprintf("BT /F7 14 Tf 460 %g Td %s Tj ET\n", Height-65, hexed(utf16be(n)))
	})
	m.say(p, "differences", "In codes of its own, named by Differences.", func(n string, y float64) string {
		letters := alphabet(n)
		p.fonts = append(p.fonts, "/F8 "+ref(m.scrambled(letters, true)))
		return written("F8", y, hexed(codesIn(n, letters))+" Tj")
	})
	m.say(p, "tounicode-only", "In codes of its own that only ToUnicode tells.", func(n string, y float64) string {
		letters := alphabet(n)
		p.fonts = append(p.fonts, "/F9 "+ref(m.scrambled(letters, false)))
		return written("F9", y, hexed(codesIn(n, letters))+" Tj")
	})
	m.say(p, "type3", "In a Type 3 font.", func(n string, y float64) string {
		letters := alphabet(n)
		p.fonts = append(p.fonts, "/F10 "+ref(m.type3(g, letters)))
		return written("F10", y, hexed(codesIn(n, letters))+" Tj")
	})
	m.say(p, "letter-by-letter", "Each letter shown by itself.", func(n string, y float64) string {
		var b strings.Builder
		fmt.Fprintf(&b, "BT /F1 11 Tf 170 %g Td\n", y)
		for _, r := range n {
			fmt.Fprintf(&b, "%s Tj 0 0 0 rg 7.5 0 Td\n", lit(string(r)))
		}
		return b.String() + "ET\n"
	})
	m.say(p, "shuffled", "The letters in another order than they are read.", func(n string, y float64) string {
		var b strings.Builder
		for k := range n {
			i := (k*5 + 3) % len(n)
			if len(n)%5 == 0 {
				i = len(n) - 1 - k
			}
			fmt.Fprintf(&b, "BT /F1 11 Tf %g %g Td %s Tj ET\n", 170+7.5*float64(i), y, lit(n[i:i+1]))
		}
		return b.String()
	})
	m.say(p, "rotated", "Turned by 90 degrees.", func(n string, y float64) string {
		m.last().Box = geom.Rect{X0: 500, Y0: 60, X1: 530, Y1: 200}
		return fmt.Sprintf("BT /F1 11 Tf 0 1 -1 0 520 %g Tm %s Tj ET\n", Height-190, lit(n))
	})
	m.say(p, "hyphenated", "Over the end of a line.", func(n string, y float64) string {
		p.y -= 12
		return written("F1", y, lit(n[:7])+" Tj 0 -12 Td "+lit(n[7:])+" Tj")
	})
	m.say(p, "nested-forms", "In a form within a form.", func(n string, y float64) string {
		inner := m.packed(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 %g %g]/Resources<</Font<</F1 4 0 R>>>>", Width, Height), []byte(written("F1", y, lit(n)+" Tj")))
		outer := m.packed(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 %g %g]/Resources<</XObject<</Inner %s>>>>", Width, Height, ref(inner)), []byte("q /Inner Do Q"))
		p.xobject = append(p.xobject, "/Outer "+ref(outer))
		return "q /Outer Do Q\n"
	})
	m.say(p, "tiling-pattern", "In the cell of a pattern.", func(n string, y float64) string {
		pat := m.packed(fmt.Sprintf("/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 260 16]/XStep 260/YStep 16/Resources<</Font<</F1 4 0 R>>>>/Matrix[1 0 0 1 170 %g]", y-3), []byte("BT /F1 11 Tf 0 3 Td "+lit(n)+" Tj ET"))
		p.pattern = append(p.pattern, "/Pat "+ref(pat))
		return fmt.Sprintf("/Pattern cs /Pat scn 170 %g 240 15 re f 0 g\n", y-3)
	})
	m.say(p, "replaced", "As the ActualText of other glyphs.", func(n string, y float64) string {
		return "/Span<</ActualText" + lit(n) + ">>BDC " + written("F1", y, "(somebody) Tj") + "EMC\n"
	})
	m.say(p, "actualtext-wide", "As ActualText in a property list, in UTF-16.", func(n string, y float64) string {
		p.props = append(p.props, "/Act "+ref(m.obj("<</ActualText"+wide(n)+">>")))
		return "/Span /Act BDC " + written("F1", y, "(somebody else) Tj") + "EMC\n"
	})
	m.say(p, "inline-alt", "As the Alt of marked content.", func(n string, y float64) string {
		return "/Span<</Alt" + lit(n) + ">>BDC " + written("F1", y, "(a picture) Tj") + "EMC\n"
	})
	m.say(p, "inline-expansion", "As the expansion of an abbreviation.", func(n string, y float64) string {
		return "/Span<</E" + lit(n) + ">>BDC " + written("F1", y, "(abbr.) Tj") + "EMC\n"
	})
}
