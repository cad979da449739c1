package letters

import "fmt"

// blocks sets blocks one under the other, from x to the right margin.
func (s *sheet) blocks(bs []block, x float64, depth int) {
	for i, b := range bs {
		if s.err != nil {
			return
		}
		switch b.kind {
		case heading:
			s.heading(b, bs[i+1:])
		case paragraph:
			s.text(b.text, x, bodySize, leading)
			s.y += 5
		case list:
			s.list(b, x, depth)
		case table:
			s.table(b, x)
		case rule:
			s.room(30)
			s.y += 6
			s.stroke(x, s.y, left+textW)
			s.y += 10
		case pageEnd:
			s.page()
		}
	}
}

func (s *sheet) stroke(x0, y, x1 float64) {
	s.pdf.SetStrokeColor(hair[0], hair[1], hair[2])
	s.pdf.SetLineWidth(0.5)
	s.pdf.Line(x0, y, x1, y)
}

func (s *sheet) heading(b block, next []block) {
	size, before, after := 18.0, 0.0, 8.0
	if b.level > 1 {
		size, before, after = 12, 10, 4
	}
	keep := 84.0 // a heading is not left alone at the foot of a page
	tabled := len(next) > 0 && next[0].kind == table
	if tabled {
		keep = s.whole(next[0], left)
	}
	s.room(before + size*leading + keep)
	if h := before + size*1.4 + after; tabled && s.code != nil && s.y+h < bandEnd { // right above its table
		s.y = bandEnd - h
	}
	s.y += before
	for i := range b.text {
		b.text[i].bold = true
	}
	s.text(b.text, left, size, 1.4)
	s.y += after
}

// text sets a paragraph, line by line.
func (s *sheet) text(spans []span, x, size, lead float64) {
	gs := s.set(spans, size)
	if ls := wrap(gs, s.avail(x, s.y)); len(ls) > 1 && len(ls) < 4 { // two or three lines stay together
		h := 0.0
		for _, l := range ls {
			h += lineHeight(l, size, lead)
		}
		s.room(h)
	}
	for len(gs) > 0 && s.err == nil {
		l, rest := takeLine(gs, s.avail(x, s.y))
		h := lineHeight(l, size, lead)
		if s.y+h > pageH-bottom {
			s.page() // where lines may be shorter
			continue
		}
		s.line(x, s.y+h-size*lead+size*(lead-1)/2-1, l, size, ink)
		s.y += h
		gs = rest
	}
}

// lineHeight leaves room for handwriting where there is a line to write on.
func lineHeight(l []glyph, size, lead float64) float64 {
	if holds(l, blank) {
		return size*lead + 7
	}
	return size * lead
}

func holds(gs []glyph, r rune) bool {
	for _, g := range gs {
		if g.r == r {
			return true
		}
	}
	return false
}

func (s *sheet) list(b block, x float64, depth int) {
	indent := 14.0
	if b.ordered {
		indent = 20
	}
	for i, item := range b.items {
		mark := "·"
		if b.ordered {
			mark = fmt.Sprintf("%d.", b.start+i)
		}
		s.room(bodySize * leading * 2)
		page, y := s.pages, s.y
		s.line(x, y+bodySize*(leading-1)/2-1, s.set([]span{{mark, !b.ordered}}, bodySize), bodySize, ink)
		s.blocks(item, x+indent, depth+1)
		if s.pages == page && s.y == y { // an empty item
			s.y += bodySize * leading
		}
		s.y -= 2
	}
	s.y += 5
}
