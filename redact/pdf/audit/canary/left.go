package canary

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"slices"

	"golang.org/x/image/ccitt"

	"consentry/redact"
	"consentry/redact/pdf/audit"
	"consentry/redact/pdf/audit/raw"
	"consentry/redact/pdf/audit/shown"
	"consentry/redact/pdf/geom"
)

// Eyes are what a file is looked at with besides this program's own audit. Either
// may be nil.
type Eyes struct {
	Texter audit.Texter
	// Render draws a part of a page, in points from its top left, white where
	// nothing is drawn.
	Render func(page int, box geom.Rect, dpi float64) (image.Image, error)
}

// Left tells the IDs of the places whose names can still be got from a file that
// was made from the one of Make, in order.
func Left(ctx context.Context, b []byte, places []Place, eyes Eyes) ([]string, error) {
	left := map[string]bool{}
	r := redact.Released{Asset: redact.Asset{Type: "application/pdf", Size: int64(len(b))}, Body: bytes.NewReader(b)}
	for _, p := range places {
		r.Removed = append(r.Removed, redact.Finding{Kind: redact.Person, Text: p.Name})
	}
	leaks, err := audit.Attack{Texter: eyes.Texter}.Try(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("look for what is left: %w", err)
	}
	for _, l := range leaks {
		if l.Removed >= 0 {
			left[places[l.Removed].ID] = true
		}
	}
	if err := drawn(ctx, b, places, eyes, left); err != nil {
		return nil, err
	}
	var ids []string
	for _, p := range places {
		if left[p.ID] {
			ids = append(ids, p.ID)
		}
	}
	return ids, nil
}

// drawn looks for the names that are no text: in every picture of the file, in the
// paths of the pages, and in the pages as they are rendered.
func drawn(ctx context.Context, b []byte, places []Place, eyes Eyes, left map[string]bool) error {
	f := raw.Read(ctx, b)
	reader := shown.NewReader(ctx, f)
	var pictures []*image.Gray
	var fills [][]shown.Fill
	for _, p := range reader.Tree() {
		reader.Draw(p)
		for _, i := range p.Inline {
			pictures = append(pictures, decode(f, i.Dict, i.Data)...)
		}
		view := p.View()
		var in []shown.Fill
		for _, o := range p.Fills {
			o.Box = o.Box.Through(view)
			in = append(in, o)
		}
		fills = append(fills, in)
	}
	for i := range f.Objects {
		if s := f.Objects[i].Stream; s != nil && s.Dict.Get("Width") != nil {
			pictures = append(pictures, decode(f, s.Dict, s.Raw)...)
		}
	}
	for _, p := range places {
		switch {
		case !p.Drawn:
		case p.ink == nil:
			points := 0
			for _, o := range fills[min(p.Page, len(fills)-1)] {
				if !o.Picture && p.Box.Overlaps(o.Box) && p.Box.Grow(2).Contains(o.Box.Center()) {
					points += o.Points
				}
			}
			left[p.ID] = left[p.ID] || points > 8*len(p.Name)
		default:
			left[p.ID] = left[p.ID] || slices.ContainsFunc(pictures, p.ink.in)
		}
		if p.Drawn && eyes.Render != nil && !p.Box.Empty() && p.ink != nil {
			img, err := eyes.Render(p.Page, p.Box, 144)
			if err != nil {
				return fmt.Errorf("render a page: %w", err)
			}
			left[p.ID] = left[p.ID] || p.ink.in(grey(img))
		}
	}
	return nil
}

// decode gives the pixels of a picture as grey levels, at both polarities of a
// mask; nothing where they cannot be told.
func decode(f *raw.File, d raw.Dict, b []byte) []*image.Gray {
	number := func(keys ...string) int {
		for _, k := range keys {
			if v, ok := f.Number(d.Get(k)); ok {
				return int(v)
			}
		}
		return 0
	}
	w, h, bits := number("Width", "W"), number("Height", "H"), number("BitsPerComponent", "BPC")
	if w <= 0 || h <= 0 || w > 1<<14 || h > 1<<14 {
		return nil
	}
	dec := raw.Decode(d, b, f.Get)
	data := dec.Data
	switch {
	case len(dec.Left) == 1 && dec.Left[0] == "DCTDecode":
		img, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			return nil
		}
		return []*image.Gray{grey(img)}
	case len(dec.Left) == 1 && dec.Left[0] == "CCITTFaxDecode":
		img := image.NewGray(image.Rect(0, 0, w, h))
		if err := ccitt.DecodeIntoGray(img, bytes.NewReader(data), ccitt.MSB, ccitt.Group3, &ccitt.Options{Invert: true}); err != nil {
			return nil
		}
		return []*image.Gray{img, inverted(img)}
	case len(dec.Left) > 0:
		return nil
	}
	img := image.NewGray(image.Rect(0, 0, w, h))
	if mask, _ := d.Get("ImageMask").(bool); mask || bits == 1 {
		row := (w + 7) / 8
		for y := range h {
			for x := range w {
				if i := y*row + x/8; i < len(data) && data[i]&(0x80>>(x%8)) != 0 {
					img.SetGray(x, y, color.Gray{Y: 0xFF})
				}
			}
		}
		return []*image.Gray{img, inverted(img)}
	}
	n := len(data) / (w * h)
	if bits != 8 || n < 1 || n > 4 {
		return nil
	}
	for i := range img.Pix {
		img.Pix[i] = data[i*n]
	}
	return []*image.Gray{img, inverted(img)}
}

func inverted(img *image.Gray) *image.Gray {
	out := image.NewGray(img.Rect)
	for i, v := range img.Pix {
		out.Pix[i] = ^v
	}
	return out
}

func grey(img image.Image) *image.Gray {
	b := img.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Set(x, y, img.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}

// alike is the correlation from which pixels show the same name.
const alike = 0.6

// in reports whether a picture shows the name over all of itself, in any size, by
// a few pixels beside its place.
func (k *ink) in(img *image.Gray) bool {
	w, h := k.img.Rect.Dx(), k.img.Rect.Dy()
	iw, ih := img.Rect.Dx(), img.Rect.Dy()
	if iw < w/3 || ih < h/3 || math.Abs(float64(iw)/float64(ih)-float64(w)/float64(h)) > 0.2*float64(w)/float64(h) {
		return false
	}
	for dy := -3; dy <= 3; dy++ {
		for dx := -3; dx <= 3; dx++ {
			if k.correlation(img, dx, dy) > alike {
				return true
			}
		}
	}
	return false
}

// correlation is Pearson's of the name's pixels with a picture's, stretched to
// the same size and moved.
func (k *ink) correlation(img *image.Gray, dx, dy int) float64 {
	w, h := k.img.Rect.Dx(), k.img.Rect.Dy()
	iw, ih := img.Rect.Dx(), img.Rect.Dy()
	var sa, sb, saa, sbb, sab, n float64
	for y := range h {
		for x := range w {
			px, py := (x+dx)*iw/w, (y+dy)*ih/h
			if px < 0 || py < 0 || px >= iw || py >= ih {
				continue
			}
			a, b := float64(k.img.Pix[y*w+x]), float64(img.Pix[py*img.Stride+px])
			sa, sb, saa, sbb, sab, n = sa+a, sb+b, saa+a*a, sbb+b*b, sab+a*b, n+1
		}
	}
	d := math.Sqrt((n*saa - sa*sa) * (n*sbb - sb*sb))
	if d < 1 {
		return 0
	}
	return (n*sab - sa*sb) / d
}
