package picture

import (
	"fmt"
	"image"
	"math"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact"
)

// masks writes the masks of a picture, whose pixels are m, anew, opaque under the
// regions, into more (ISO 32000-2, 8.9.6 and 11.6.5.2).
func (p *Painter) masks(s types.StreamDict, h header, m *image.NRGBA, orders []redact.Redaction, more types.Dict) error {
	for _, k := range []string{"SMask", "Mask"} {
		mask, ok := p.File.Stream(s.Dict[k])
		if !ok {
			continue
		}
		stencil, _ := p.File.Get(mask.Dict["ImageMask"]).(types.Boolean)
		switch {
		case k == "SMask" || bool(stencil):
		case p.File.Get(mask.Dict["ColorSpace"]) != nil:
			k = "SMask" // readers take it for one: what is white is seen
		default:
			mask.Dict = with(mask.Dict, "ImageMask", types.Boolean(true))
		}
		ref, err := p.mask(mask, h, m, orders)
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
	a := image.NewNRGBA(alpha.Rect)
	for i, v := range alpha.Pix {
		a.Pix[4*i], a.Pix[4*i+1], a.Pix[4*i+2], a.Pix[4*i+3] = v, v, v, 0xff
	}
	ref, err := p.writeMask(a, header{w: h.w, h: h.h}, orders)
	if err != nil {
		return err
	}
	more["SMask"] = ref
	return nil
}

// with is a copy of d with one more entry.
func with(d types.Dict, key string, value types.Object) types.Dict {
	out := types.Dict{key: value}
	for k, v := range d {
		if k != key {
			out[k] = v
		}
	}
	return out
}

// mask is a mask with its own size: the regions are moved from the picture's.
func (p *Painter) mask(s types.StreamDict, of header, pix *image.NRGBA, orders []redact.Redaction) (types.IndirectRef, error) {
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
	if !h.stencil {
		unblend(pix, m, p.File.Numbers(s.Dict["Matte"]))
	}
	return p.writeMask(m, h, moved)
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
func (p *Painter) writeMask(m *image.NRGBA, h header, orders []redact.Redaction) (types.IndirectRef, error) {
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
	return e.add(p.File, h.w, h.h, nil)
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

// unblend takes the colour out of a picture with which it was blended in advance
// (11.6.5.2), so that the mask needs no Matte any more. It is said in the picture's
// own colour space; for others than grey and RGB the picture stays as it is.
func unblend(pix, mask *image.NRGBA, matte []float64) {
	if len(matte) == 1 {
		matte = []float64{matte[0], matte[0], matte[0]}
	}
	if len(matte) != 3 || pix.Rect != mask.Rect {
		return
	}
	for i := 0; i < len(pix.Pix); i += 4 {
		a := float64(mask.Pix[i]) / 255
		for k := 0; k < 3 && a > 0; k++ {
			c := 255 * matte[k]
			pix.Pix[i+k] = byte(math.Round(min(max(c+(float64(pix.Pix[i+k])-c)/a, 0), 255)))
		}
	}
}
