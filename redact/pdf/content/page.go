// Package content interprets and rewrites content streams: what a page shows,
// glyph by glyph and picture by picture, and the same page without some of it.
//
// A Reader does both, for one file. Interpret numbers what it meets in drawing
// order; Rewrite meets the same again in the same order, so that the numbers
// fit. Forms, patterns and fonts that several pages or places share are copied
// before they are changed.
package content

import (
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/font"
	"consentry/redact/pdf/geom"
)

// A Page is what a page draws, in drawing order: its own content, that of its
// form XObjects, patterns and Type 3 glyphs, and the appearances of its annotations. All places are in default user space, in
// points, y up.
type Page struct {
	Glyphs   []Glyph
	Pictures []Picture
	Fills    []Fill
	Marks    []Mark
	Doubts   []string // why this may not be all; never found text
	Partial  bool     // more is drawn than was read; Rewrite refuses such a page
}

// Hidden says why something that is drawn is not seen.
type Hidden uint16

// The reasons.
const (
	Invisible  Hidden = 1 << iota // text rendering mode 3 or 7
	Clipped                       // outside the clipping path
	OffPage                       // outside the crop box
	Layer                         // in optional content that is off, by default or always
	SameColour                    // in the colour of what was painted there before
	Covered                       // an opaque fill was painted over it later
	Behind                        // a picture was painted over it later
	Tiny                          // smaller than 1 pt, or transparent
	Undrawn                       // in an appearance of an annotation that is not the one shown now
)

// A Glyph is one character code that is shown.
type Glyph struct {
	Text    string     // Unicode; empty where the font does not tell
	Code    uint32     // as in the string
	Font    *font.Font // never nil
	Size    float64    // of the font on the page, in points
	Origin  geom.Point
	Advance geom.Point // to where the next glyph would stand, without character and word spacing
	Natural geom.Point // Advance as it is where Edit.Move moves the glyph: horizontal scaling (Tz) in steps of 25 %
	Up      geom.Point // 1 em upwards
	Box     geom.Rect  // around advance × ascent to descent
	Hidden  Hidden
	Mark    int  // the innermost of Page.Marks it stands in, or -1
	Picture bool // a Type 3 glyph that draws a picture or paths
	Annot   int  // the annotation that draws it, by its place in the page's Annots, or -1

	colour ink
}

// A Picture is an image XObject or an inline image where it is drawn.
type Picture struct {
	Stream types.StreamDict   // an inline image with its keys written out
	Ref    *types.IndirectRef // nil for an inline image
	Matrix geom.Matrix        // from the unit square
	Box    geom.Rect          // its hull within the clip; empty where nothing is seen
	Hidden Hidden
	Annot  int
	Order  int // how many glyphs were drawn before
	Inline bool
}

// A Fill is a path that is filled, stroked or shaded.
type Fill struct {
	Box    geom.Rect
	Opaque bool
	Rect   bool       // the path is one upright rectangle
	Colour [3]float64 // RGB, 0 to 1; meaningless for patterns and shadings
	Flat   bool       // one plain colour
	Order  int        // how many glyphs were drawn before
	Points int        // of the path
}

// A Mark is a marked-content sequence with text of its own.
type Mark struct {
	Text   []string // ActualText, Alt, E, Contents
	Parent int      // or -1
}
