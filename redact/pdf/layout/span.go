package layout

import (
	"image"
	"math"

	"consentry/redact"
	"consentry/redact/pdf/geom"
)

// Spans gives one span a line, with its index as ID, in the block of the line. Boxes are in points of the
// page as seen, rounded outwards, none of them empty. One rune, a line break, is
// between two spans, but none where a paragraph goes on in the next line: such
// lines are one passage (redact.Page.Passages).
func Spans(lines []Line) []redact.Span {
	out := make([]redact.Span, len(lines))
	offset := 0
	for i, l := range lines {
		text := make([]rune, len(l.Runes))
		boxes := make([]image.Rectangle, len(l.Runes))
		for k, r := range l.Runes {
			text[k], boxes[k] = r.R, pixels(r.Box)
		}
		out[i] = redact.Span{ID: i, Text: string(text), Offset: offset, Boxes: boxes, Block: l.Block + 1}
		offset += len(text)
		if !l.Goes {
			offset++
		}
	}
	return out
}

// pixels is the smallest box of whole points around b.
func pixels(b geom.Rect) image.Rectangle {
	const most = 1 << 24
	whole := func(v float64) int {
		if !(math.Abs(v) <= most) {
			return 0
		}
		return int(v)
	}
	// What rounding in the file moved by a hair is no point more.
	const hair = 1e-3
	r := image.Rectangle{
		Min: image.Point{X: whole(math.Floor(b.X0 + hair)), Y: whole(math.Floor(b.Y0 + hair))},
		Max: image.Point{X: whole(math.Ceil(b.X1 - hair)), Y: whole(math.Ceil(b.Y1 - hair))},
	}
	r.Max.X, r.Max.Y = max(r.Max.X, r.Min.X+1), max(r.Max.Y, r.Min.Y+1)
	return r
}

// GlyphsOf gives the glyphs that runes start to end (exclusive) of a span were
// read from, by their place in content.Page.Glyphs, each once: also those that
// only repeat them, and all of a glyph that is read as several runes. A range
// outside the span has none.
func GlyphsOf(lines []Line, span, start, end int) []int {
	if span < 0 || span >= len(lines) {
		return nil
	}
	rs := lines[span].Runes
	var out []int
	last := -1
	for i := max(start, 0); i < min(end, len(rs)); i++ {
		if rs[i].Glyph == last || rs[i].Glyph < 0 {
			continue
		}
		last = rs[i].Glyph
		out = append(append(out, last), rs[i].Also...)
	}
	return out
}
