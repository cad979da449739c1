package logotest

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"

	"consentry/redact"
)

// Photo decodes a JPEG photo.
func Photo(b []byte) (*image.NRGBA, error) {
	m, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("decode photo: %w", err)
	}
	out := image.NewNRGBA(image.Rectangle{Max: m.Bounds().Size()})
	draw.Draw(out, out.Rect, m, m.Bounds().Min, draw.Src)
	return out, nil
}

// Page is a picture as the one picture of a page.
func Page(m *image.NRGBA) redact.Page {
	box := image.Rectangle{Max: m.Rect.Size()}
	return redact.Page{Bounds: box, Pictures: []redact.Picture{{Box: box, Load: func(ctx context.Context) (*image.NRGBA, error) {
		return m, ctx.Err()
	}}}}
}

// Found reports whether a box hides a logo: the two overlap by 0.3 of their
// union, or the box, a quarter larger, covers three quarters of the logo.
func Found(box, logo image.Rectangle) bool {
	area := func(r image.Rectangle) float64 { return float64(r.Dx() * r.Dy()) }
	i := area(box.Intersect(logo))
	if i/(area(box)+area(logo)-i) >= 0.3 {
		return true
	}
	grown := box.Inset(-max(box.Dx(), box.Dy()) / 8)
	return area(grown.Intersect(logo)) >= 0.75*area(logo) && area(grown) <= 6*area(logo)
}

// A Tally counts what a detector found.
type Tally struct {
	Logos, Sure, Review int // shown; found as sure; found at all
	StraySure, Stray    int // boxes elsewhere: sure; at all
}

// Add counts the findings of one scene; a box without a logo shown has an empty
// truth.
func (t *Tally) Add(fs []redact.Finding, truth image.Rectangle) {
	sure, any := false, false
	for _, f := range fs {
		s := f.Tier == redact.Sure
		if !truth.Empty() && Found(f.Region.Box, truth) {
			any, sure = true, sure || s
			continue
		}
		t.Stray++
		if s {
			t.StraySure++
		}
	}
	if truth.Empty() {
		return
	}
	t.Logos++
	if any {
		t.Review++
	}
	if sure {
		t.Sure++
	}
}

// Plus is the sum of two tallies.
func (t Tally) Plus(o Tally) Tally {
	return Tally{t.Logos + o.Logos, t.Sure + o.Sure, t.Review + o.Review, t.StraySure + o.StraySure, t.Stray + o.Stray}
}
