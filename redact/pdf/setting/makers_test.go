package setting

import (
	"fmt"
	"strings"
)

// A maker writes one line of text as some program does, from x on, size points
// large, stretched to width where that is not zero.
type maker func(s *sheet, x, y, size float64, text string, width float64)

// spaces counts the gaps that justified text is stretched at.
func spaces(text string) int { return strings.Count(text, " ") }

// oneTj is a string a font.
func oneTj(s *sheet, x, y, size float64, text string, width float64) {
	s.op("BT\n1 0 0 1 %.2f %.2f Tm", x, y)
	for _, cs := range stretches(s.chars(text)) {
		s.op("/%s %g Tf\n%s Tj", cs[0].font, size, hex(cs))
	}
	s.op("ET")
}

// kernedTJ is TeX-like: one TJ with kerning, and spaces as adjustments that
// stretch to the width.
func kernedTJ(s *sheet, x, y, size float64, text string, width float64) {
	gap := 0.28
	if n := spaces(text); width > 0 && n > 0 {
		gap = width / size / float64(n)
		for _, w := range strings.Fields(text) {
			gap -= s.kerned(w) / float64(n)
		}
	}
	s.op("BT\n/%s %g Tf\n1 0 0 1 %.3f %.3f Tm", s.chars(text)[0].font, size, x, y)
	cs := s.chars(text)
	font := cs[0].font
	var tj strings.Builder
	for i, c := range cs {
		if c.r == ' ' {
			fmt.Fprintf(&tj, "%.0f", -gap*1000)
			continue
		}
		if c.font != font {
			s.op("[%s] TJ\n/%s %g Tf", tj.String(), c.font, size)
			tj.Reset()
			font = c.font
		}
		fmt.Fprintf(&tj, "<%s>", c.code)
		if i+1 < len(cs) {
			if k := kern(c.r, cs[i+1].r); k != 0 {
				fmt.Fprintf(&tj, "%.0f", -k*1000)
			}
		}
	}
	s.op("[%s] TJ\nET", tj.String())
}

// wordwise is one Tj a word, each moved to from the one before, without spaces.
func wordwise(s *sheet, x, y, size float64, text string, width float64) {
	gap := s.width(" ")
	if n := spaces(text); width > 0 && n > 0 {
		gap = (width/size - s.width(strings.ReplaceAll(text, " ", ""))) / float64(n)
	}
	s.op("BT\n%.2f %.2f Td", x, y)
	for _, w := range strings.Fields(text) {
		for _, cs := range stretches(s.chars(w)) {
			s.op("/%s %g Tf\n%s Tj", cs[0].font, size, hex(cs))
		}
		s.op("%.2f 0 Td", (s.width(w)+gap)*size)
	}
	s.op("ET")
}

// skia is how Chrome prints: y downwards, a matrix for each run, kerned glyphs in
// between set one by one.
func skia(s *sheet, x, y, size float64, text string, width float64) {
	s.op("q\n1 0 0 -1 0 %g cm\nBT", pageH)
	gap := 0.0
	if n := spaces(text); width > 0 && n > 0 {
		gap = (width/size - s.kerned(text)) / float64(n)
	}
	cs := s.chars(text)
	pen := x
	for i := 0; i < len(cs); {
		j := i
		w := 0.0
		for j < len(cs) && cs[j].font == cs[i].font {
			w += cs[j].wide
			j++
			if j < len(cs) && (kern(cs[j-1].r, cs[j].r) != 0 || cs[j-1].r == ' ' && gap != 0) {
				break
			}
		}
		s.op("/%s %g Tf\n1 0 0 -1 %.5g %.5g Tm\n%s Tj", cs[i].font, size, pen, pageH-y, hex(cs[i:j]))
		pen += w * size
		if j < len(cs) {
			pen += kern(cs[j-1].r, cs[j].r) * size
			if cs[j-1].r == ' ' {
				pen += gap * size
			}
		}
		i = j
	}
	s.op("ET\nQ")
}

// word is how Word exports: a text object for each run, which breaks at spaces
// and where fonts change, with kerning in TJ and places in hundredths.
func word(s *sheet, x, y, size float64, text string, width float64) {
	gap := 0.0
	if n := spaces(text); width > 0 && n > 0 {
		gap = (width/size - s.width(text)) / float64(n)
	}
	pen := x
	for _, w := range strings.SplitAfter(text, " ") {
		for _, cs := range stretches(s.chars(w)) {
			var tj strings.Builder
			at := 0.0
			for i, c := range cs {
				fmt.Fprintf(&tj, "<%s>", c.code)
				at += c.wide
				if i%3 == 2 {
					fmt.Fprintf(&tj, "%d", 3) // what Word rounds to device units
					at -= 0.003
				}
			}
			s.op("q\n0.000008871 0 595.32 841.92 re\nW* n\nBT\n/%s %g Tf\n1 0 0 1 %.2f %.2f Tm\n0 g\n0 G\n[%s] TJ\nET\nQ", cs[0].font, size, pen, y, tj.String())
			pen += at * size
		}
		pen += gap * size
	}
}

// wordSpaced is justified by Tw, which works on one-byte spaces.
func wordSpaced(s *sheet, x, y, size float64, text string, width float64) {
	tw := 0.0
	if n := spaces(text); width > 0 && n > 0 {
		tw = (width - s.width(text)*size) / float64(n)
	}
	s.op("BT\n%.4f Tw\n%.2f %.2f Td", tw, x, y)
	for _, cs := range stretches(s.chars(text)) {
		s.op("/%s %g Tf\n%s Tj", cs[0].font, size, hex(cs))
	}
	s.op("0 Tw\nET")
}

// letterSpaced is justified by Tc, as Chinese text is.
func letterSpaced(s *sheet, x, y, size float64, text string, width float64) {
	tc := 0.0
	if n := len([]rune(text)) - 1; width > 0 {
		tc = (width - s.width(text)*size) / float64(n)
	}
	s.op("BT\n%.4f Tc\n%.2f %.2f Td", tc, x, y)
	for _, cs := range stretches(s.chars(text)) {
		s.op("/%s %g Tf\n%s Tj", cs[0].font, size, hex(cs))
	}
	s.op("0 Tc\nET")
}
