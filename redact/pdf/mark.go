package pdf

import (
	"image"
	"slices"
	"strings"

	"consentry/redact"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
)

// said is what a marked-content sequence says instead of, or about, what it draws
// (ActualText, Alt, E): no reader sees it, and everything that copies or searches
// the text does.
type said struct {
	mark int
	text string
	box  geom.Rect // around what it draws, in default user space
}

// marked are the marks that say something, each with the box around what it draws,
// what is in it included.
func (p *page) marked() []said {
	marks := p.drawn.Marks
	if len(marks) == 0 {
		return nil
	}
	hull := make([]geom.Rect, len(marks))
	for _, g := range p.drawn.Glyphs {
		for m := g.Mark; m >= 0 && m < len(marks); m = marks[m].Parent {
			hull[m] = hull[m].Union(g.Box)
			if marks[m].Parent >= m {
				break
			}
		}
	}
	var all []said
	for m, k := range marks {
		if t := strings.Join(k.Text, "\n"); strings.TrimSpace(t) != "" {
			all = append(all, said{m, strings.ToValidUTF8(t, "\ufffd"), hull[m]})
		}
	}
	return all
}

// saidSpans are spans for what marks say, behind those of the lines.
func (p *page) saidSpans() (spans []redact.Span) {
	view, _, _ := p.object.View()
	id, offset := len(p.spans), 0
	if id > 0 {
		last := p.spans[id-1]
		offset = last.Offset + len([]rune(last.Text)) + 1
	}
	for i, s := range p.said {
		n := len([]rune(s.text))
		span := redact.Span{ID: id + i, Text: s.text, Offset: offset, Boxes: make([]image.Rectangle, n)}
		for k := range span.Boxes {
			span.Boxes[k] = outward(s.box.Through(view))
		}
		spans = append(spans, span)
		offset += n + 1
	}
	return spans
}

// says reports whether PDFium reads a glyph from what a mark says.
func (p *page) says(g engine.Glyph, view geom.Matrix) bool {
	return slices.ContainsFunc(p.said, func(s said) bool {
		return s.box.Through(view).Grow(2).Contains(g.Loose.Center()) && strings.ContainsRune(s.text, g.R)
	})
}

// struck are the marks that say nothing any more after an edit, and the zones of
// what they draw: those that are ordered, and those around glyphs that go.
func (p *page) struck(order map[int]bool, gone func(glyph int) bool) (zones []geom.Rect) {
	strike := map[int]bool{}
	for k, g := range p.drawn.Glyphs {
		if !gone(k) {
			continue
		}
		for m := g.Mark; m >= 0 && !strike[m]; m = p.drawn.Marks[m].Parent {
			strike[m] = true
		}
	}
	for _, s := range p.said {
		if strike[s.mark] || order[s.mark] {
			zones = append(zones, s.box)
		}
	}
	return zones
}
