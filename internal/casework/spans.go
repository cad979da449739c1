package casework

import (
	"slices"

	"consentry/redact"
)

// A spanText is a span as it is looked into again and again: a text of a book has
// ten thousand findings.
type spanText struct {
	runes  []rune
	offset int   // runes before it in the part
	breaks []int // where its lines end
}

// lines counts the lines that end before rune i.
func (t spanText) lines(i int) int {
	n, _ := slices.BinarySearch(t.breaks, i)
	return n
}

type spanAt struct {
	asset      int
	part       string
	page, span int
}

// index prepares textAt, once the pages are known.
func (p *Plan) index() {
	p.texts = map[spanAt]spanText{}
	for i, pages := range p.pages {
		for _, page := range pages {
			for _, s := range page.Spans {
				t := spanText{runes: []rune(s.Text), offset: s.Offset}
				for k, r := range t.runes {
					if r == '\n' {
						t.breaks = append(t.breaks, k)
					}
				}
				p.texts[spanAt{i, page.Part, page.Index, s.ID}] = t
			}
		}
	}
}

// textAt is the span that a region of text stands in.
func (p *Plan) textAt(asset int, r redact.Region) (spanText, bool) {
	t, ok := p.texts[spanAt{asset, r.Part, r.Page, r.Span}]
	return t, ok
}
