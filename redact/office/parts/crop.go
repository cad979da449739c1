package parts

import (
	"context"
	"image"
	"math"

	"consentry/redact"
)

// NotePictureCut counts pictures whose cropped-away parts are painted over.
const NotePictureCut = "office-picture-cut"

// A Rect is a part of a picture, in parts of its width and height.
type Rect struct{ Left, Top, Right, Bottom float64 }

// Whole is all of a picture.
var Whole = Rect{0, 0, 1, 1}

func (r Rect) union(o Rect) Rect {
	return Rect{min(r.Left, o.Left), min(r.Top, o.Top), max(r.Right, o.Right), max(r.Bottom, o.Bottom)}
}

// Show adds what a use shows of a picture.
func (p *Part) Show(r Rect) {
	if p.shown != nil {
		r = p.shown.union(r)
	}
	p.shown = &r
}

// cut gives orders for what a picture's uses crop away.
func (p *Part) cut(ctx context.Context) (rs []redact.Redaction, err error) {
	if p.shown == nil || *p.shown == Whole || p.shown.Left >= p.shown.Right || p.shown.Top >= p.shown.Bottom {
		return nil, nil
	}
	for page, err := range p.doc.Pages(ctx) {
		if err != nil {
			return nil, err
		}
		if page.Part != redact.PartBody || len(page.Pictures) == 0 {
			continue
		}
		b := page.Bounds
		at := func(v float64, size int, round func(float64) float64) int { return int(round(v * float64(size))) }
		in := image.Rect(at(p.shown.Left, b.Dx(), math.Floor), at(p.shown.Top, b.Dy(), math.Floor), at(p.shown.Right, b.Dx(), math.Ceil), at(p.shown.Bottom, b.Dy(), math.Ceil)).Add(b.Min)
		for _, box := range []image.Rectangle{
			{b.Min, image.Pt(b.Max.X, in.Min.Y)}, {image.Pt(b.Min.X, in.Max.Y), b.Max},
			{image.Pt(b.Min.X, in.Min.Y), image.Pt(in.Min.X, in.Max.Y)}, {image.Pt(in.Max.X, in.Min.Y), image.Pt(b.Max.X, in.Max.Y)},
		} {
			if box = box.Intersect(b); !box.Empty() {
				rs = append(rs, redact.Redaction{Region: redact.Region{Part: page.Part, Page: page.Index, Box: box}, Kind: redact.Drawn, Sharp: true})
			}
		}
	}
	return rs, nil
}
