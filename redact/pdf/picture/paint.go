package picture

import (
	"fmt"
	"image"
	"math"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact"
	"consentry/redact/pdf/content"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
)

// Hide destroys, in place, the pixels of regions whose boxes and landmarks are in
// pixels of m. Where boxes reach out of m they still meet it.
type Hide func(m *image.NRGBA, rs []redact.Redaction) error

// A Region is a part of a page that no picture may show any more.
type Region struct {
	Box geom.Rect // default user space
	// Order says how: method, kind, label, whether text. Its Region.Box does not
	// count; its landmarks are in default user space.
	Order redact.Redaction
}

// A Painter writes the pictures of one file again without some of what they
// show. One that is drawn in many places with the same regions is written once.
// It is not safe for concurrent use.
type Painter struct {
	File   *object.File
	Engine *engine.Engine // decodes
	Hide   Hide
	done   map[string]types.IndirectRef
}

// Paint gives an image XObject to be drawn in the place of a page's picture, in
// the same matrix, without what the regions show of it; false where no region
// meets the picture. The pixels under the hull of a region that is turned or
// slanted in the picture's own space go, and one more on each side. A picture that is
// covered by a plain region becomes a single pixel. Nothing of the old object is
// referred to by the new one but its colour key's and soft mask's shape outside
// the regions, written anew, and its optional content group.
//
// Two pictures that differ under solid regions only become the same bytes, but for
// the noise that a lossy codec carries out of them.
func (p *Painter) Paint(page object.Page, pic content.Picture, regions []Region) (types.IndirectRef, bool, error) {
	none := types.IndirectRef{}
	h, err := headerOf(p.File, pic.Stream.Dict)
	if err != nil {
		if !meets(pic, regions) {
			return none, false, nil
		}
		return none, false, err
	}
	orders := place(page, pic, h, regions)
	if len(orders) == 0 {
		return none, false, nil
	}
	key := keyOf(pic, orders)
	if ref, ok := p.done[key]; ok && key != "" {
		return ref, true, nil
	}
	ref, err := p.paint(pic.Stream, h, orders)
	if err != nil {
		return none, false, err
	}
	if key != "" {
		if p.done == nil {
			p.done = map[string]types.IndirectRef{}
		}
		p.done[key] = ref
	}
	return ref, true, nil
}

func keyOf(pic content.Picture, orders []redact.Redaction) string {
	if pic.Ref == nil || pic.Inline {
		return ""
	}
	var b strings.Builder
	fmt.Fprint(&b, pic.Ref.ObjectNumber)
	for _, o := range orders {
		fmt.Fprintf(&b, " %v %q %v %q %v %v", o.Region, o.Kind, o.Method, o.With, o.Body, o.Landmarks)
	}
	return b.String()
}

// meets reports whether a region touches a picture, clipped or not.
func meets(pic content.Picture, regions []Region) bool {
	hull := geom.Rect{X1: 1, Y1: 1}.Through(pic.Matrix)
	return !pic.Matrix.Finite() || slices.ContainsFunc(regions, func(r Region) bool { return hull.Grow(1).Overlaps(r.Box) })
}

// place moves regions to the picture's pixels. Of a picture without area, all of
// it is meant.
func place(page object.Page, pic content.Picture, h header, regions []Region) []redact.Redaction {
	bounds := image.Rect(0, 0, h.w, h.h)
	// From default user space to pixels from the top left.
	back, ok := pic.Matrix.Inverse()
	back = back.Then(geom.Matrix{A: float64(h.w), D: -float64(h.h), F: float64(h.h)})
	var out []redact.Redaction
	for _, r := range regions {
		if r.Box.Empty() {
			continue
		}
		o := r.Order
		box := bounds
		if ok && back.Finite() {
			box = pixels(r.Box.Through(back).Grow(1), bounds)
			o.Landmarks = landmarks(page, r, back)
		} else if !meets(pic, []Region{r}) {
			continue
		}
		if !box.Overlaps(bounds) {
			continue
		}
		o.Region.Part, o.Region.Page, o.Region.Box = redact.PartBody, 0, box
		out = append(out, o)
	}
	return out
}

// pixels rounds outwards. How far a box reaches out of the picture counts, since
// what is grown around it goes by its size, but within reason.
func pixels(r geom.Rect, bounds image.Rectangle) image.Rectangle {
	w, h := 4*float64(bounds.Dx()), 4*float64(bounds.Dy())
	in := r.Intersect(geom.Rect{X0: -w, Y0: -h, X1: 2 * w, Y1: 2 * h})
	if in.Empty() {
		return image.Rectangle{}
	}
	const noise = 1e-6
	return image.Rect(int(math.Floor(in.X0+noise)), int(math.Floor(in.Y0+noise)), int(math.Ceil(in.X1-noise)), int(math.Ceil(in.Y1-noise)))
}

// landmarks moves those of a face. A body without them is given some, so that it
// is looked for below the face on the page, not in the picture's own space.
func landmarks(page object.Page, r Region, back geom.Matrix) [][2]float32 {
	user := r.Order.Landmarks
	if len(user) == 0 && r.Order.Body {
		down := geom.Point{Y: -1}
		switch page.Rotate {
		case 90:
			down = geom.Point{X: 1}
		case 180:
			down = geom.Point{Y: 1}
		case 270:
			down = geom.Point{X: -1}
		}
		c, d := r.Box.Center(), 0.2*min(r.Box.W(), r.Box.H())
		at := func(k float64) [2]float32 { return [2]float32{float32(c.X + k*down.X), float32(c.Y + k*down.Y)} }
		user = [][2]float32{at(-d), at(-d), at(0), at(d), at(d)}
	}
	var out [][2]float32
	for _, l := range user {
		q := back.Apply(geom.Point{X: float64(l[0]), Y: float64(l[1])})
		out = append(out, [2]float32{float32(q.X), float32(q.Y)})
	}
	return out
}

// paint decodes, hides and encodes.
func (p *Painter) paint(s types.StreamDict, h header, orders []redact.Redaction) (types.IndirectRef, error) {
	more := types.Dict{}
	for _, k := range []string{"Interpolate", "OC"} {
		if v, ok := s.Dict[k]; ok {
			more[k] = v
		}
	}
	if m, ok := p.covered(h, orders); ok {
		return p.write(m, h, more, 0)
	}
	m, err := Decode(p.File, s, p.Engine)
	if err != nil {
		return types.IndirectRef{}, err
	}
	if !h.stencil {
		if err := p.masks(s, h, m, orders, more); err != nil {
			return types.IndirectRef{}, err
		}
	}
	two := h.bilevel() && isBilevel(m)
	if err := p.Hide(m, orders); err != nil {
		return types.IndirectRef{}, fmt.Errorf("hide in picture: %w", err)
	}
	quality := 0
	if two {
		threshold(m)
		for _, o := range orders {
			frame(m, o.Region.Box)
		}
	} else if h.lossy() {
		quality = qualityOf(s.Raw)
	}
	return p.write(m, h, more, quality)
}

func (p *Painter) write(m *image.NRGBA, h header, more types.Dict, quality int) (types.IndirectRef, error) {
	if h.stencil {
		e, err := stencilOf(m)
		if err != nil {
			return types.IndirectRef{}, err
		}
		more["ImageMask"] = types.Boolean(true)
		return e.add(p.File, m.Rect.Dx(), m.Rect.Dy(), more)
	}
	e, err := encode(m, quality)
	if err != nil {
		return types.IndirectRef{}, err
	}
	return e.add(p.File, m.Rect.Dx(), m.Rect.Dy(), more)
}

// covered is the single pixel that stands for a picture of which a solid region
// without a label leaves nothing.
func (p *Painter) covered(h header, orders []redact.Redaction) (*image.NRGBA, bool) {
	i := slices.IndexFunc(orders, func(o redact.Redaction) bool {
		return image.Rect(0, 0, h.w, h.h).In(o.Region.Box)
	})
	if i < 0 || slices.ContainsFunc(orders, func(o redact.Redaction) bool {
		return o.Method != redact.Solid || o.With != "" && o.Region.IsText()
	}) {
		return nil, false
	}
	m := image.NewNRGBA(image.Rect(0, 0, 1, 1))
	o := orders[i]
	o.Region.Box = m.Rect
	if err := p.Hide(m, []redact.Redaction{o}); err != nil {
		return nil, false
	}
	m.Pix[3] = 0xff
	return m, true
}
