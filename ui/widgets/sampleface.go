package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"golang.org/x/image/draw"

	"consentry/ui/theme"
)

// NewSampleFace is a drawn person, whom nobody is, with the face hidden in a style:
// solid, mosaic or blur; person hides all of them.
func NewSampleFace(style string, person bool) *canvas.Image {
	img := sampleFace()
	face, cells := image.Rect(2*32, 2*10, 2*88, 2*76), 4
	if person {
		face, cells = image.Rect(2*12, 2*8, 2*108, 2*110), 7
	}
	switch {
	case style == "solid" || person && style != "mosaic" && style != "blur":
		draw.Draw(img, face, image.NewUniform(theme.BoxHide), image.Point{}, draw.Src)
	case style == "mosaic":
		coarse(img, face, cells, draw.NearestNeighbor)
	default:
		coarse(img, face, cells, draw.CatmullRom)
	}
	c := canvas.NewImageFromImage(img)
	c.FillMode = canvas.ImageFillContain
	c.ScaleMode = canvas.ImageScaleSmooth
	c.SetMinSize(fyne.NewSize(120, 110))
	return c
}

// coarse leaves n by n colours of a part of a picture.
func coarse(img *image.RGBA, part image.Rectangle, n int, back draw.Interpolator) {
	small := image.NewRGBA(image.Rect(0, 0, n, n))
	draw.ApproxBiLinear.Scale(small, small.Rect, img, part, draw.Src, nil)
	back.Scale(img, part, small, small.Rect, draw.Src, nil)
}

// sampleFace is twice as large as it is shown, and drawn twice as large again, so that its
// edges are smooth.
func sampleFace() *image.RGBA {
	const scale = 4
	img := image.NewRGBA(image.Rect(0, 0, 120*scale, 110*scale))
	fill := func(c color.Color, in func(x, y float64) bool) {
		for y := range 110 * scale {
			for x := range 120 * scale {
				if in(float64(x)/scale, float64(y)/scale) {
					img.Set(x, y, c)
				}
			}
		}
	}
	round := func(cx, cy, rx, ry float64) func(x, y float64) bool {
		return func(x, y float64) bool {
			dx, dy := (x-cx)/rx, (y-cy)/ry
			return dx*dx+dy*dy <= 1
		}
	}
	fill(color.NRGBA{0xb9, 0xc4, 0xd2, 255}, func(_, _ float64) bool { return true })
	fill(color.NRGBA{0x5b, 0x4a, 0x80, 255}, round(60, 112, 44, 38)) // shoulders
	fill(color.NRGBA{0x2c, 0x24, 0x22, 255}, round(60, 40, 24, 27))  // hair
	fill(color.NRGBA{0xd9, 0xa1, 0x7a, 255}, round(60, 48, 19, 24))  // face
	dark := color.NRGBA{0x33, 0x27, 0x22, 255}
	fill(dark, round(52, 44, 2.5, 3))
	fill(dark, round(68, 44, 2.5, 3))
	fill(color.NRGBA{0x8c, 0x3f, 0x33, 255}, func(x, y float64) bool { return y >= 60 && y < 62 && x > 53 && x < 67 })
	small := image.NewRGBA(image.Rect(0, 0, 240, 220))
	draw.CatmullRom.Scale(small, small.Rect, img, img.Rect, draw.Src, nil)
	return small
}
