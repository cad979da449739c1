package photo

import (
	"cmp"
	"fmt"
	"image"
	"math"
	"slices"

	"consentry/redact"
)

// What is hidden is a function of the pixels and the orders alone. Nothing is
// drawn from a random generator or a key: noise or a shuffle that somebody can
// replay can be taken back, a mean cannot. And so a run that was killed and
// resumed writes the same bytes.
const (
	grow     = 0.25 // of a face's box, width and height, on each side
	growText = 0.15 // of the height of a text's or code's box, on each side
	softBlur = 0.15 // width of a blur's soft edge, of the grown box's shorter side
	softElse = 0.04 // of a mosaic's or a filling's, which have edges of their own
	softest  = 64   // pixels: no soft edge is wider
	minBlock = 8    // pixels: a small region is not one block a pixel
)

// The colours that fill a solid region, red, green and blue alike. Text and codes
// are light, so that a label can be read on them. All else is nearly black: one
// recogniser of faces takes any picture of an even grey for certain people, whose
// consent the region would then seem to lack (docs/evaluation/hiding.md).
const (
	Grey = 0xD0
	Dark = 0x10
)

// An area is one region to hide.
type area struct {
	box    image.Rectangle // as ordered, without growth; may reach outside
	full   image.Rectangle // grown: of this no pixel keeps anything of its own
	body   slab            // of the person below, hidden like full; half = 0: none
	soft   float64         // pixels beyond full and body in which the picture comes back
	in     image.Rectangle // all of that, inside the picture
	face   float64         // pixels: the width of a face that blur goes by
	method redact.Method
	fill   byte // of a solid area
}

// areas checks the redactions of one page's picture against its bounds and puts
// them in the order in which they are applied, whatever order they came in.
func areas(rs []redact.Redaction, bounds image.Rectangle) ([]area, error) {
	var list []area
	for i, r := range rs {
		g := r.Region
		switch {
		case g.Part == redact.PartMetadata:
			continue // dropped as a whole
		case g.Part != redact.PartBody:
			return nil, fmt.Errorf("redaction %d: a photo has no part %q", i, g.Part)
		case g.IsText() && g.Box.Empty():
			return nil, fmt.Errorf("redaction %d: text without a place in the photo", i)
		case g.Box.Intersect(bounds).Empty():
			return nil, fmt.Errorf("redaction %d: box %v is outside the picture", i, g.Box)
		}
		list = append(list, newArea(r, bounds))
	}
	// Large ones first: what a small blur then smears is already hidden, and
	// the weaker blur of a small box never meets the face of a large one.
	slices.SortFunc(list, func(a, b area) int {
		return cmp.Or(cmp.Compare(b.in.Dx()*b.in.Dy(), a.in.Dx()*a.in.Dy()), slices.Compare(a.key(), b.key()))
	})
	return list, nil
}

func newArea(r redact.Redaction, bounds image.Rectangle) area {
	box := r.Region.Box
	w, h := float64(box.Dx()), float64(box.Dy())
	// A box much higher than a face counts as wide as a face of that height.
	a := area{box: box, full: box, method: r.Method, face: max(w, 0.75*h), fill: Dark}
	switch {
	case r.Region.IsText() || r.Kind == redact.Code:
		// Blurred letters and codes can be read back: their alphabet is small.
		a.method, a.fill = redact.Solid, Grey
		a.full = grown(box, growText*h, growText*h)
	case r.Kind == redact.Drawn && r.Sharp:
	case r.Kind == redact.Drawn:
		a.soft = softEdge(box, r.Method)
	default:
		a.full = grown(box, grow*w, grow*h)
		a.soft = softEdge(a.full, r.Method)
	}
	if r.Body && r.Kind == redact.Face {
		a.body = person(box, r.Landmarks)
		a.face = max(a.face, a.body.half) // clothes are told by broader strokes than faces
	}
	core := a.full.Union(a.body.bounds())
	if c := core.Intersect(bounds); c.Dx()*c.Dy() < minBlock*minBlock {
		a.method = redact.Solid // nothing to take a mean of
	}
	a.in = grown(core, a.soft, a.soft).Intersect(bounds)
	return a
}

// grown is r with dx and dy more on each side, rounded outwards.
func grown(r image.Rectangle, dx, dy float64) image.Rectangle {
	d := image.Pt(int(math.Ceil(dx)), int(math.Ceil(dy)))
	return image.Rectangle{r.Min.Sub(d), r.Max.Add(d)}
}

func softEdge(r image.Rectangle, m redact.Method) float64 {
	part := softElse
	if m == redact.Blur {
		part = softBlur
	}
	return min(softest, max(1, math.Ceil(part*float64(min(r.Dx(), r.Dy())))))
}

// key orders areas of one size; areas of one key are the same.
func (a area) key() []float64 {
	k := []float64{float64(a.method), float64(a.fill), a.soft, a.body.x, a.body.y, a.body.ux, a.body.uy, a.body.half, a.body.length}
	for _, r := range []image.Rectangle{a.in, a.full, a.box} {
		k = append(k, float64(r.Min.Y), float64(r.Min.X), float64(r.Max.Y), float64(r.Max.X))
	}
	return k
}

// Hide destroys, in place, the pixels of a picture's regions as Rewrite does: with
// the same growth, soft edges and methods. The regions' boxes and the landmarks of
// faces are in the picture's own pixels; which page they name does not count. No
// label is written: that is what Format.Hide is for. A region outside the picture
// is an error, and then nothing is changed.
func Hide(m *image.NRGBA, rs []redact.Redaction) error {
	return (*labeller)(nil).hide(m, rs)
}

// Hide is the function of that name, and writes the labels that fit.
func (f *Format) Hide(m *image.NRGBA, rs []redact.Redaction) error {
	return f.labels.hide(m, rs)
}

func (l *labeller) hide(m *image.NRGBA, rs []redact.Redaction) error {
	list, err := areas(rs, m.Rect)
	if err != nil {
		return err
	}
	hide(m, list)
	return l.write(m, rs)
}

// hide destroys the pixels of all areas. Each step works on what the steps
// before it left, so that no pixel of an area is an original one, whichever
// areas overlap. Solid areas go first, so that nothing of them is smeared into
// a neighbour, and last, so that they end up solid: their soft edges before
// their cores, so that no edge ends inside another's core, and text and codes,
// where labels are written, over all else.
func hide(m *image.NRGBA, list []area) {
	for _, method := range []redact.Method{redact.Solid, redact.Mosaic, redact.Blur, redact.Solid} {
		for _, a := range list {
			switch {
			case a.method == redact.Mosaic && method == redact.Mosaic:
				a.paint(m, mosaic(m, a))
			case a.method == redact.Blur && method == redact.Blur:
				a.paint(m, blur(m, a))
			case a.filled() && method == redact.Solid:
				a.paint(m, solid(m, a))
			}
		}
	}
	for _, fill := range []byte{Dark, Grey} {
		for _, a := range list {
			if a.filled() && a.fill == fill {
				a.soft = 0
				a.paint(m, solid(m, a))
			}
		}
	}
}

// filled reports whether the area is to be solid; an unknown method is, too.
func (a area) filled() bool { return a.method != redact.Mosaic && a.method != redact.Blur }
