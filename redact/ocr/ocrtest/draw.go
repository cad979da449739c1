// Package ocrtest makes pictures with words in them, for tests and benchmarks of
// everything that reads pictures. All names are invented.
package ocrtest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"os"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/f64"
	"golang.org/x/image/math/fixed"

	xdraw "golang.org/x/image/draw"
)

// A Font draws text.
type Font struct{ f *opentype.Font }

// Open reads a TrueType or OpenType file.
func Open(path string) (*Font, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f, err := opentype.Parse(b)
	if err != nil {
		return nil, fmt.Errorf("parse font: %w", err)
	}
	return &Font{f}, nil
}

// Draw writes a line whose letters are size pixels high (em) with its top left at
// x, y, and returns the box of its ink.
func (f *Font) Draw(img *image.NRGBA, x, y int, size float64, c color.Color, text string) image.Rectangle {
	face, err := opentype.NewFace(f.f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(err) // options are constant
	}
	defer face.Close()
	d := font.Drawer{Dst: img, Src: image.NewUniform(c), Face: face, Dot: fixed.P(x, y+int(size))}
	b, _ := d.BoundString(text)
	d.DrawString(text)
	return image.Rect(b.Min.X.Floor(), b.Min.Y.Floor(), b.Max.X.Ceil(), b.Max.Y.Ceil())
}

// Stack writes a text downwards, letter by letter, in the tradition of Chinese.
func (f *Font) Stack(img *image.NRGBA, x, y int, size float64, c color.Color, text string) image.Rectangle {
	var all image.Rectangle
	for i, r := range []rune(text) {
		all = all.Union(f.Draw(img, x, y+int(float64(i)*size*1.1), size, c, string(r)))
	}
	return all
}

// Blank is a picture of one colour.
func Blank(w, h int, c color.Color) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	return img
}

// Turn turns a picture clockwise by degrees on a ground that holds all of it.
func Turn(img *image.NRGBA, degrees float64, ground color.Color) *image.NRGBA {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	w, h := float64(img.Rect.Dx()), float64(img.Rect.Dy())
	W, H := math.Abs(w*cos)+math.Abs(h*sin), math.Abs(w*sin)+math.Abs(h*cos)
	out := Blank(int(math.Ceil(W)), int(math.Ceil(H)), ground)
	m := f64.Aff3{cos, -sin, W/2 - w/2*cos + h/2*sin, sin, cos, H/2 - w/2*sin - h/2*cos}
	xdraw.CatmullRom.Transform(out, m, img, img.Rect, draw.Over, nil)
	return out
}

// Resize scales a picture by a factor.
func Resize(img *image.NRGBA, by float64) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, max(1, int(float64(img.Rect.Dx())*by)), max(1, int(float64(img.Rect.Dy())*by))))
	xdraw.CatmullRom.Scale(out, out.Rect, img, img.Rect, draw.Src, nil)
	return out
}

// Paste puts a picture onto another.
func Paste(to, img *image.NRGBA, at image.Point) {
	draw.Draw(to, img.Rect.Add(at), img, img.Rect.Min, draw.Over)
}

// JPEG is the picture after compression.
func JPEG(img *image.NRGBA, quality int) *image.NRGBA {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		panic(err) // a buffer has room
	}
	m, err := jpeg.Decode(&b)
	if err != nil {
		panic(err) // written just now
	}
	out := image.NewNRGBA(m.Bounds())
	draw.Draw(out, out.Rect, m, image.Point{}, draw.Src)
	return out
}
