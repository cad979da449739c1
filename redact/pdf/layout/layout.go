// Package layout reads the glyphs of a PDF page as a person does: as lines, in
// reading order, with the spaces that fonts do not draw; and it knows which
// glyphs each character was read from.
//
// Glyphs are first put together as they were drawn, one beside the other, then
// across what was drawn in other places of the content: rows along one baseline,
// cut where the gap is that of a table or of two columns. Lines are ordered by
// cuts along white space (the XY-cut of Nagy and Seth, 1984), which prefers
// columns where the text in them is prose, and rows where it is not.
package layout

import (
	"cmp"
	"slices"

	"consentry/redact/pdf/content"
	"consentry/redact/pdf/geom"
)

// A Line is text on one baseline: a line of a paragraph, a cell of a table.
type Line struct {
	Runes    []Rune
	Origin   geom.Point     // of its first glyph, in default user space
	Along    geom.Point     // unit vector in which it is written, in default user space
	Size     float64        // of most of its letters, in points
	Box      geom.Rect      // around all runes, in view points
	Vertical bool           // letters stand below each other, upright
	Hidden   content.Hidden // why nothing of it is seen; zero where something is
	Block    int            // the paragraph or cell, counted from 0; lines of one stand in order
	Goes     bool           // the paragraph goes on in the next line
	Annot    int            // as in content.Glyph
}

// A Rune is one character of a line.
//
// It is as the font tells, but for what only PDF files have: ligatures are
// letters (U+FB00 to U+FB06), radicals (U+2E80 to U+2FD5) and compatibility
// forms of Han characters are the ordinary characters, vertical forms of
// punctuation the ordinary ones, a soft hyphen that is drawn is a hyphen. Control
// characters are left out.
type Rune struct {
	R       rune
	Glyph   int       // in content.Page.Glyphs, or -1: a space that no glyph draws
	Also    []int     // glyphs that are the same to a reader: drawn again for bold type or a shadow; or nothing to a reader
	Box     geom.Rect // in view points; that part of the glyph's where it is read as several
	Unknown bool      // R is U+FFFD: the font does not tell what is drawn
}

// Lines gives the page's lines in reading order: first what is seen, then what is
// hidden, then what annotations draw. view maps default user space to the page as
// it is seen (object.Page.View).
//
// Every glyph is in one line, and in one or, where it is read as several, in
// neighbouring runes of it; white space that stands alone is in none. The same
// page gives the same lines. Time grows as n log n with the glyphs.
func Lines(p *content.Page, view geom.Matrix) []Line {
	if !view.Finite() {
		view = geom.Identity
	}
	r := reading{page: p, view: view}
	var placed, hidden []Line
	for _, g := range r.groups() {
		f := r.compose(g)
		shown := slices.DeleteFunc(slices.Clone(f), func(s *strip) bool { return s.hidden })
		veiled := slices.DeleteFunc(f, func(s *strip) bool { return !s.hidden })
		a, b := r.lines(ordered(shown), g), r.lines(ordered(veiled), g)
		placed, hidden = append(placed, a...), append(hidden, b...)
	}
	hidden = append(hidden, r.placeless()...)
	return numbered(append(placed, hidden...))
}

// numbered puts hidden lines and those of annotations behind the others and
// counts the blocks through.
func numbered(ls []Line) []Line {
	slices.SortStableFunc(ls, func(a, b Line) int {
		if a.Annot < 0 && b.Annot < 0 {
			return cmp.Compare(min(a.Hidden, 1), min(b.Hidden, 1))
		}
		return cmp.Or(cmp.Compare(a.Annot, b.Annot), cmp.Compare(min(a.Hidden, 1), min(b.Hidden, 1)))
	})
	block := -1
	for i := range ls {
		if i == 0 || !ls[i-1].Goes {
			block++
		}
		ls[i].Block = block
	}
	return ls
}

// A reading is one page as it is read.
type reading struct {
	page  *content.Page
	view  geom.Matrix
	inks  []ink         // in drawing order within each group
	also  map[int][]int // of an ink: others that are the same to a reader, as glyphs
	lost  []int         // glyphs whose place is no place
	slack float64       // how far from a baseline is on it, in em
}
