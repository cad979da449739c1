package picture

import (
	"fmt"
	"image"
	"math"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact"
	"consentry/redact/pdf/object"
)

// masks writes the masks of a picture anew, opaque under the regions, into more
// (ISO 32000-2, 8.9.6 and 11.6.5.2).
func (p *Painter) masks(s types.StreamDict, h header, orders []redact.Redaction, more types.Dict) error {
	for _, k := range []string{"SMask", "Mask"} {
		mask, ok := p.File.Stream(s.Dict[k])
		if !ok {
			continue
		}
		ref, err := p.mask(mask, h, orders)
		if err != nil {
			return fmt.Errorf("mask of picture: %w", err)
		}
		more[k] = ref
		return nil // a soft mask overrides the other (8.9.5)
	}
	alpha, err := keyedAlpha(p.File, s, h, p.Engine)
	if err != nil || alpha == nil {
		return err
	}
	m := image.NewNRGBA(alpha.Rect)
	for i, v := range alpha.Pix {
		m.Pix[4*i], m.Pix[4*i+1], m.Pix[4*i+2], m.Pix[4*i+3] = v, v, v, 0xff
	}
	ref, err := p.writeMask(m, header{w: h.w, h: h.h}, nil, orders)
	if err != nil {
		return err
	}
	more["SMask"] = ref
	return nil
}

// mask is a mask with its own size: the regions are moved from the picture's.
func (p *Painter) mask(s types.StreamDict, of header, orders []redact.Redaction) (types.IndirectRef, error) {
	h, err := headerOf(p.File, s.Dict)
	if err != nil {
		return types.IndirectRef{}, err
	}
	m, err := Decode(p.File, s, p.Engine)
	if err != nil {
		return types.IndirectRef{}, err
	}
	moved := make([]redact.Redaction, 0, len(orders))
	for _, o := range orders {
		if o = scaled(o, float64(h.w)/float64(of.w), float64(h.h)/float64(of.h)); o.Region.Box.Overlaps(m.Rect) {
			moved = append(moved, o)
		}
	}
	var matte types.Object
	if !h.stencil {
		matte = matteOf(p.File, s.Dict)
	}
	return p.writeMask(m, h, matte, moved)
}

func scaled(o redact.Redaction, x, y float64) redact.Redaction {
	b := o.Region.Box
	o.Region.Box = image.Rect(
		int(math.Floor(float64(b.Min.X)*x))-1, int(math.Floor(float64(b.Min.Y)*y))-1,
		int(math.Ceil(float64(b.Max.X)*x))+1, int(math.Ceil(float64(b.Max.Y)*y))+1)
	to := make([][2]float32, len(o.Landmarks))
	for i, l := range o.Landmarks {
		to[i] = [2]float32{l[0] * float32(x), l[1] * float32(y)}
	}
	o.Landmarks = to
	return o
}

// writeMask makes the mask opaque wherever hiding changes a pixel, and writes it.
func (p *Painter) writeMask(m *image.NRGBA, h header, matte types.Object, orders []redact.Redaction) (types.IndirectRef, error) {
	changed, err := p.footprint(m.Rect, orders)
	if err != nil {
		return types.IndirectRef{}, err
	}
	opaque := byte(0xff)
	if h.stencil {
		opaque = 0 // painted
	}
	opaqueIn(m, changed, opaque)
	if h.stencil {
		return p.write(m, h, types.Dict{}, 0)
	}
	e, err := flate(greyOf(m), types.Name("DeviceGray"), 1, 8) // no palette: a soft mask is DeviceGray
	if err != nil {
		return types.IndirectRef{}, err
	}
	more := types.Dict{}
	if matte != nil {
		more["Matte"] = matte
	}
	return e.add(p.File, h.w, h.h, more)
}

// footprint is which pixels the regions change, seen on a plain ground that is
// none of the colours they are filled with.
func (p *Painter) footprint(r image.Rectangle, orders []redact.Redaction) ([]bool, error) {
	m := image.NewNRGBA(r)
	ground := [4]byte{0x70, 0x40, 0x90, 0xff}
	for i := 0; i < len(m.Pix); i += 4 {
		copy(m.Pix[i:], ground[:])
	}
	plain := make([]redact.Redaction, len(orders))
	for i, o := range orders {
		o.Method, o.With = redact.Solid, ""
		plain[i] = o
	}
	if err := p.Hide(m, plain); err != nil {
		return nil, fmt.Errorf("hide in picture: %w", err)
	}
	changed := make([]bool, len(m.Pix)/4)
	for i := range changed {
		changed[i] = [4]byte(m.Pix[4*i:]) != ground
	}
	return changed, nil
}

// matteOf is the colour with which a picture was blended in advance, in the colour
// space that is written now; nil where it is black or cannot be said in RGB.
func matteOf(f *object.File, d types.Dict) types.Object {
	n := f.Numbers(d["Matte"])
	if len(n) != 1 && len(n) != 3 {
		return nil
	}
	var a types.Array
	for _, v := range n {
		a = append(a, types.Float(v))
	}
	return a
}
