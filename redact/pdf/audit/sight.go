package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"consentry/redact/pdf/audit/raw"
	"consentry/redact/pdf/audit/shown"
)

// A sight is the ways in which what pages draw is read.
type sight struct {
	where                                     string
	strict, loose, other, placed, back, marks *view
}

// sight prepares to look at the pages of a file; where it is goes before each place.
func (h *hunt) sight(where string) *sight {
	return &sight{
		where:  where,
		strict: h.view(where + "as drawn"),
		loose:  h.view(where + "without gaps"),
		other:  h.view(where + "by the encoding"),
		placed: h.view(where + "by place"),
		back:   h.view(where + "backwards").only(3),
		marks:  h.view(where + "marked content"),
	}
}

// page reads one page in every way.
func (s *sight) page(p *shown.Page) {
	at := fmt.Sprintf("%spage %d, ", s.where, p.Index+1)
	if p.Index < 0 {
		at = s.where + "what no page draws, "
	}
	strict, loose, other, back := texts(p.Glyphs)
	s.strict.text(strict, at+"as drawn")
	s.loose.text(loose, at+"without gaps")
	s.other.text(other, at+"by the encoding")
	s.back.text(back, at+"backwards")
	if p.Index >= 0 {
		s.placed.text(byPlace(p.Glyphs), at+"by place")
	}
	for _, m := range p.Marked {
		for _, t := range raw.Readings(m) {
			s.marks.text(t, at+"marked content")
		}
	}
}

// texts are a page's glyphs in drawing order: with a break where one does not
// stand where the one before ended, without any break, by the fonts' encodings
// where those say something else, and backwards.
func texts(glyphs []shown.Glyph) (strict, loose, other, back string) {
	var a, b, c strings.Builder
	differs := false
	for _, g := range glyphs {
		if g.Jump {
			a.WriteByte('\n')
			c.WriteByte('\n')
		}
		a.WriteString(g.Text)
		b.WriteString(g.Text)
		if g.Other != "" {
			c.WriteString(g.Other)
			differs = true
		} else {
			c.WriteString(g.Text)
		}
	}
	strict, loose = a.String(), b.String()
	if differs {
		other = c.String()
	}
	r := []rune(strict)
	slices.Reverse(r)
	return strict, loose, other, string(r)
}

// byPlace reads the glyphs line by line from the top, in whatever order they were
// drawn.
func byPlace(glyphs []shown.Glyph) string {
	order := make([]int, 0, len(glyphs))
	for i, g := range glyphs {
		if g.Text != "" && g.Size > 0 {
			order = append(order, i)
		}
	}
	// Lines are told apart by steps of the baseline larger than a third of an em.
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(glyphs[b].Origin.Y, glyphs[a].Origin.Y) })
	var b strings.Builder
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && glyphs[order[to-1]].Origin.Y-glyphs[order[to]].Origin.Y < 0.3*min(glyphs[order[to]].Size, glyphs[order[to-1]].Size) {
			to++
		}
		line := order[from:to]
		slices.SortStableFunc(line, func(a, b int) int { return cmp.Compare(glyphs[a].Origin.X, glyphs[b].Origin.X) })
		for k, i := range line {
			if k > 0 {
				last := glyphs[line[k-1]]
				if glyphs[i].Origin.X-last.Origin.X-last.Advance.X > 0.2*last.Size {
					b.WriteByte(' ')
				}
			}
			b.WriteString(glyphs[i].Text)
		}
		b.WriteByte('\n')
		from = to
	}
	return b.String()
}
