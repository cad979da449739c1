package attack

import (
	"context"
	"image"
	"math"
	"slices"

	"golang.org/x/image/draw"

	"consentry/redact"
)

// Bounds of the checks, from 22 faces scaled to widths of 14 to 200 px, written
// as JPEG at qualities 75 and 92. Detail of an unchanged face had a gain of 0.77
// and more, of a mosaic of six blocks up to 0.26 from 32 px on and 0.49 at 20 px,
// of a blur of 0.3 widths up to 0.04, at 14 px up to 0.15. Ninths of the region
// had 0.85 and more where unchanged, up to 0.73 in a mosaic. Filled regions
// spread by up to 2.0 at 14 px, through what JPEG rings in from beside them.
const (
	detailRadius = 0.08 // of the region's width: what is finer counts as detail
	flat         = 0.5  // spread below which the source has no detail to keep
	detailGain   = 0.6  // of the whole region
	detailNinth  = 0.8  // of one ninth, gain and correlation
	ninthFrom    = 20   // pixels of the region's shorter side
	fillSpread   = 4.0

	closeWidth = 120 // pixels of the face's width where blur was measured to be blind for the finder

	// Letters under a label: what it writes itself correlates with what stood
	// there by chance only, and little in a region of some size.
	lettersGain = 0.6
	lettersCorr = 0.7
	lettersFrom = 300 // pixels

	margin     = 0.25 // painted around a region, of width and height, on each side
	softHalf   = 0.11 // half of what a blur fades over, of width and height
	textMargin = 0.15 // around a text or code, of its height
	ownShare   = 0.65 // of a found face in painted regions, from which on it is not one of its own
	isIoU      = 0.3
	isIoM      = 0.65
	isRatio    = 4
)

// sameDetail reports whether fine detail of the source is left, in the region
// or in a ninth of it.
func sameDetail(src, out patch) bool {
	r := max(1, int(math.Round(detailRadius*float64(src.w))))
	src, out = src.detail(r), out.detail(r)
	if src.spread() < flat {
		return false
	}
	if gain, _ := kept(src, out); math.Abs(gain) >= detailGain {
		return true
	}
	if min(src.w, src.h) < ninthFrom {
		return false
	}
	for i := range 9 {
		c := image.Rect(i%3*src.w/3, i/3*src.h/3, (i%3+1)*src.w/3, (i/3+1)*src.h/3)
		s := src.cut(c)
		if gain, corr := kept(s, out.cut(c)); s.spread() >= flat && min(math.Abs(gain), math.Abs(corr)) >= detailNinth {
			return true
		}
	}
	return false
}

// sameLetters reports whether fine detail of a text is left under its label.
func sameLetters(src, out patch) bool {
	if src.w*src.h < lettersFrom {
		return false
	}
	r := max(1, int(math.Round(detailRadius*float64(src.h))))
	src, out = src.detail(r), out.detail(r)
	gain, corr := kept(src, out)
	return src.spread() >= flat && math.Abs(gain) >= lettersGain && math.Abs(corr) >= lettersCorr
}

// labels are the texts and codes of a page other than h: they have a colour of
// their own, and a label may stand over them.
func labels(h *hiding, hidden []hiding) (rs []image.Rectangle) {
	for _, o := range hidden {
		if (o.text || o.kind == redact.Code) && o.page == h.page && o.index != h.index {
			rs = append(rs, o.painted())
		}
	}
	return rs
}

// spreadBeside is the spread of brightness in a region, labels in it left out.
func spreadBeside(img *image.NRGBA, box image.Rectangle, labels []image.Rectangle) float64 {
	p := luma(img, box)
	if !slices.ContainsFunc(labels, box.Overlaps) {
		return p.spread()
	}
	left := patch{}
	for i, v := range p.v {
		at := box.Min.Add(image.Pt(i%p.w, i/p.w))
		if !slices.ContainsFunc(labels, at.In) {
			left.v = append(left.v, v)
		}
	}
	if len(left.v) == 0 {
		return 0
	}
	return left.spread()
}

// seen reports whether Inside sees a face in a region when it looks closely,
// other than those that are excused.
func (a Faces) seen(ctx context.Context, img *image.NRGBA, box image.Rectangle, excused func(image.Rectangle) bool) (bool, error) {
	w, h := box.Dx(), box.Dy()
	area := image.Rect(box.Min.X-w/2, box.Min.Y-h/2, box.Max.X+w/2, box.Max.Y+h/2).Intersect(img.Rect)
	k := closeWidth / float64(w)
	// A drawn region may be a tall strip, which must not become a huge picture.
	k = min(k, 8*closeWidth/float64(max(area.Dx(), area.Dy())))
	crop := image.NewNRGBA(image.Rect(0, 0, max(1, int(float64(area.Dx())*k)), max(1, int(float64(area.Dy())*k))))
	draw.BiLinear.Scale(crop, crop.Rect, img, area, draw.Src, nil)
	found, err := a.Inside.FindOnce(ctx, crop)
	if err != nil {
		return false, err
	}
	for _, f := range found {
		b := f.Region.Box
		back := image.Rect(int(float64(b.Min.X)/k), int(float64(b.Min.Y)/k), int(math.Ceil(float64(b.Max.X)/k)), int(math.Ceil(float64(b.Max.Y)/k))).Add(area.Min)
		centre := back.Min.Add(back.Max).Div(2)
		iou, _ := overlap(back, box)
		if centre.In(box) && iou >= isIoU && !excused(back) {
			return true, nil
		}
	}
	return false, nil
}

// painted is what is painted over: the region and, unless a person drew it, a
// margin, to which the half of a blur's soft edge is added that hides the most.
func (h hiding) painted() image.Rectangle {
	share := margin
	switch {
	case h.text || h.kind == redact.Code:
		return h.box.Inset(-int(math.Ceil(textMargin * float64(h.box.Dy()))))
	case h.kind == redact.Drawn:
		return h.box
	case h.method == redact.Blur:
		share += softHalf
	}
	dx, dy := int(share*float64(h.box.Dx())), int(share*float64(h.box.Dy()))
	return image.Rect(h.box.Min.X-dx, h.box.Min.Y-dy, h.box.Max.X+dx, h.box.Max.Y+dy)
}

// isOwn reports whether a found face is a hidden one, seen again by hair and
// outline: most of it is painted over, or all of its centre.
func isOwn(box image.Rectangle, page int, hidden []hiding) bool {
	quarter := box.Size().Div(4)
	centre := image.Rectangle{box.Min.Add(quarter), box.Max.Sub(quarter)}
	return paintedShare(box, page, hidden) >= ownShare || !centre.Empty() && paintedShare(centre, page, hidden) == 1
}

// paintedShare is the share of a box that is painted over, sampled at 16×16
// places.
func paintedShare(box image.Rectangle, page int, hidden []hiding) float64 {
	in := 0
	for i := range 256 {
		at := image.Pt(box.Min.X+(2*(i%16)+1)*box.Dx()/32, box.Min.Y+(2*(i/16)+1)*box.Dy()/32)
		for _, h := range hidden {
			if h.page == page && at.In(h.painted()) {
				in++
				break
			}
		}
	}
	return float64(in) / 256
}

// isKept reports whether a found face is one that was kept.
func isKept(box image.Rectangle, page int, keep []redact.Finding) bool {
	for _, k := range keep {
		if k.Region.IsText() || k.Region.Part != redact.PartBody || k.Region.Page != page {
			continue
		}
		iou, iom := overlap(box, k.Region.Box)
		a, b := area(box), area(k.Region.Box)
		if iou >= isIoU || iom > isIoM && max(a, b) <= isRatio*min(a, b) {
			return true
		}
	}
	return false
}

func area(r image.Rectangle) float64 { return float64(r.Dx()) * float64(r.Dy()) }

// overlap gives intersection over union and intersection over the smaller.
func overlap(a, b image.Rectangle) (iou, iom float64) {
	in := area(a.Intersect(b))
	if in == 0 {
		return 0, 0
	}
	return in / (area(a) + area(b) - in), in / min(area(a), area(b))
}
