package attack

import (
	"context"
	"image"
	"image/color"
	"math"

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

	// Under dlib's ResNet one person's photos are nearer than 0.6. Some faces
	// are that near to themselves with the face painted black, by hair and
	// background alone: what counts is being nearer than that.
	sameFace   = 0.60
	sameMargin = 0.10

	margin   = 0.25 // painted around a region, of width and height, on each side
	ownShare = 0.65 // of a found face in painted regions, from which on it is not one of its own
	isIoU    = 0.3
	isIoM    = 0.65
	isRatio  = 4
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

// without is the surroundings of a face with the face painted black, and its
// landmarks there.
func without(src *image.NRGBA, h hiding) (*image.NRGBA, [][2]float32) {
	w, t := h.box.Dx(), h.box.Dy()
	area := image.Rect(h.box.Min.X-w, h.box.Min.Y-t, h.box.Max.X+w, h.box.Max.Y+t).Intersect(src.Rect)
	out := image.NewNRGBA(image.Rectangle{Max: area.Size()})
	draw.Draw(out, out.Rect, src, area.Min, draw.Src)
	draw.Draw(out, h.painted().Sub(area.Min), image.NewUniform(color.Black), image.Point{}, draw.Src)
	points := make([][2]float32, len(h.landmarks))
	for i, p := range h.landmarks {
		points[i] = [2]float32{p[0] - float32(area.Min.X), p[1] - float32(area.Min.Y)}
	}
	return out, points
}

func distance(a, b [128]float32) float64 {
	var sum float64
	for i := range a {
		sum += float64(a[i]-b[i]) * float64(a[i]-b[i])
	}
	return math.Sqrt(sum)
}

// painted is what is painted over: the region and, unless a person drew it, a
// margin.
func (h hiding) painted() image.Rectangle {
	if h.kind == redact.Drawn {
		return h.box
	}
	dx, dy := int(margin*float64(h.box.Dx())), int(margin*float64(h.box.Dy()))
	return image.Rect(h.box.Min.X-dx, h.box.Min.Y-dy, h.box.Max.X+dx, h.box.Max.Y+dy)
}

// isOwn reports whether a found face is a hidden one, seen again by hair and
// outline: most of it is painted over, or all of its centre.
func isOwn(box image.Rectangle, hidden []hiding) bool {
	quarter := box.Size().Div(4)
	centre := image.Rectangle{box.Min.Add(quarter), box.Max.Sub(quarter)}
	return paintedShare(box, hidden) >= ownShare || !centre.Empty() && paintedShare(centre, hidden) == 1
}

// paintedShare is the share of a box that is painted over, sampled at 16×16
// places.
func paintedShare(box image.Rectangle, hidden []hiding) float64 {
	in := 0
	for i := range 256 {
		at := image.Pt(box.Min.X+(2*(i%16)+1)*box.Dx()/32, box.Min.Y+(2*(i/16)+1)*box.Dy()/32)
		for _, h := range hidden {
			if at.In(h.painted()) {
				in++
				break
			}
		}
	}
	return float64(in) / 256
}

// isKept reports whether a found face is one that was kept.
func isKept(box image.Rectangle, keep []redact.Finding) bool {
	for _, k := range keep {
		if k.Region.IsText() || k.Region.Part != redact.PartBody {
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
