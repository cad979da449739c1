package content

import (
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/geom"
)

// An Edit says what of a page goes, moves and is written instead. Glyphs,
// pictures and marks are told by their place in the Page that Interpret gave for
// the same, unchanged page.
type Edit struct {
	Drop []int // glyphs that go

	// Move holds new origins (default user space, best on a grid of 0.1 pt) of
	// glyphs on lines that are set anew. Such glyphs are drawn without TJ kerning,
	// Tc, Tw and Ts, and with Tz in steps of 25 % (Glyph.Natural). One that follows
	// its predecessor by its natural advance needs no origin of its own in the file.
	Move map[int]geom.Point

	Text []Text // labels

	// Areas are in default user space. Paths that lie mostly inside one go (text
	// drawn as outlines, underlines); pictures that meet one go through Paint.
	Areas []geom.Rect

	// Fills holds those of Page.Fills that are drawn otherwise: as this rectangle
	// in default user space, one of two points as a line through the middle of it,
	// or not at all where it is empty.
	Fills map[int]geom.Rect

	// Paint gives the picture as it shall be drawn now: an image XObject. False
	// leaves it; a zero reference takes it away.
	Paint func(Picture) (types.IndirectRef, bool, error)

	// Strip holds marks whose texts go. Those of marks around
	// dropped or moved glyphs go anyway.
	Strip map[int]bool
}

// A Text is a label that is written where a glyph was drawn: in its colour,
// clip and place in the drawing order.
type Text struct {
	After   int               // a glyph; where it is dropped the text takes its place
	Font    string            // the name wished for in the resources
	FontRef types.IndirectRef // the font
	Codes   []byte            // as shown by Tj
	Size    float64           // in points
	Origin  geom.Point        // default user space
	Along   geom.Point        // unit vector of the baseline
	Actual  string            // its ActualText; may be empty
}

// Empty reports whether e changes nothing.
func (e Edit) Empty() bool {
	return len(e.Drop) == 0 && len(e.Move) == 0 && len(e.Text) == 0 && len(e.Areas) == 0 && len(e.Fills) == 0 && len(e.Strip) == 0
}
