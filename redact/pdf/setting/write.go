package setting

import (
	"consentry/redact/pdf/content"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/label"
)

// latinSize is how large labels without Han characters are beside the text
// around them: the Latin letters of Noto Sans SC are larger than those of most
// fonts.
const latinSize = 0.92

// capMiddle is half the height of capitals, in em.
const capMiddle = 0.36

// FontName is the name that labels wish for their font among a page's.
const FontName = "Label"

// written is the label of the cut that begins with item i, at its natural width.
//
// It is drawn where the last glyph of the cut was: what was drawn before that is
// gone then with all that it was drawn in, and does not tell of how many parts
// the cut was.
func (s *setter) written(items []item, i int) token {
	it := &items[i]
	t := token{item: it, label: s.cuts[it.cut].With, size: it.size, base: -1}
	for ; i < len(items) && items[i].cut == it.cut; i++ {
		t.after, t.reach = items[i].glyph, max(t.reach, items[i].u+items[i].wide)
	}
	codes, em := s.font.Encode(t.label)
	t.codes = codes
	if !hasWide(t.label) {
		t.size *= latinSize
	} else if s.lines[max(it.line, 0)].Vertical {
		em = float64(len(codes) / 2) // upright, below each other
	}
	t.wide = em * t.size
	return t
}

// write draws a label at u, scaled.
func (s *setter) write(f frame, t token, u, scale float64) {
	size := t.size * scale
	text := content.Text{After: t.after, Font: FontName, FontRef: s.font.Ref(), Size: tidy(size), Along: f.along}
	v := f.v
	if t.v != 0 {
		v = round(f.v + t.v)
	}
	if !f.vertical {
		text.Codes, text.Origin = t.codes, f.point(u, v)
		s.edit.Text = append(s.edit.Text, text)
		return
	}
	middle := v
	if g := s.page.Glyphs[t.glyph]; g.Font == nil || !g.Font.Vertical() { // its letters are placed by the left ends of their baselines
		middle, u = v+size/2, u-label.Ascent*size
	}
	if hasWide(t.label) {
		text.FontRef, text.Along = s.font.Upright(), geom.Point{X: -f.along.Y, Y: f.along.X}
		text.Codes, text.Origin = t.codes, f.point(u, middle)
	} else { // lying
		text.Codes, text.Origin = t.codes, f.point(u, middle-capMiddle*size)
	}
	s.edit.Text = append(s.edit.Text, text)
}
