package content

import (
	"math"

	"consentry/redact/pdf/content/colour"
	"consentry/redact/pdf/font"
	"consentry/redact/pdf/geom"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// A state is the graphics state (ISO 32000-2, 8.4), as far as it says where
// something is and whether it is seen.
type state struct {
	ctm          geom.Matrix
	clip         geom.Rect // around the clipping path
	clipRect     bool      // the clipping path is just that
	text         text
	fill, stroke paint
	fillAlpha    float64
	strokeAlpha  float64
	plain        bool // no blend mode, no soft mask
	width        float64
}

// text is the text state with the text and line matrices: Q brings back all of
// it, as readers do that save the matrices too.
type text struct {
	font       *fontUse
	name       []byte // of the font in the resources, as written; empty where it came otherwise
	size       float64
	char, word float64 // Tc, Tw
	scale      float64 // Tz; 1 = none
	leading    float64
	rise       float64
	mode       int
	inherited  params // what a form has from whoever draws it
	tm, line   geom.Matrix
}

// params is a set of text state parameters.
type params uint8

const (
	paramFont params = 1 << iota
	paramChar
	paramWord
	paramScale
	paramRise
	paramMode
	paramLeading
	allParams = paramFont | paramChar | paramWord | paramScale | paramRise | paramMode // what a show depends on
)

// A paint is a current colour.
type paint struct {
	space *colour.Space
	rgb   [3]float64
	flat  bool // rgb is known and all there is
}

// A fontUse is a font of the file and what was shown in it.
type fontUse struct {
	dict  types.Dict
	obj   types.Object // as found in the resources
	font  *font.Font
	codes map[uint32]bool
	procs []proc // of a Type 3 font: those with text or pictures in them
	read  bool   // procs is filled in
	paths bool   // of a Type 3 font
}

func initial(ctm geom.Matrix, clip geom.Rect) state {
	black := paint{space: colour.Gray, flat: true}
	return state{
		ctm: ctm, clip: clip, clipRect: true, fill: black, stroke: black, fillAlpha: 1, strokeAlpha: 1, plain: true, width: 1,
		text: text{scale: 1, tm: geom.Identity, line: geom.Identity},
	}
}

// moveLine is Td.
func (t *text) moveLine(x, y float64) {
	t.line = geom.Translate(x, y).Then(t.line)
	t.tm = t.line
}

// advance moves the text matrix by x and y of its own space.
func (t *text) advance(x, y float64) { t.tm = geom.Translate(x, y).Then(t.tm) }

// natural is the horizontal scaling that a glyph keeps where it is moved: a
// line that was made to fit by scaling would tell the width of what was on it.
func natural(scale float64) float64 {
	const step = 0.25
	if scale < 0 {
		return -natural(-scale)
	}
	return min(max(step, math.Round(scale/step)*step), 100)
}
