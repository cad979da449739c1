package main

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	fix "golang.org/x/image/math/fixed"

	"consentry/assets"
)

// badge FILE LINE... writes a sample photo with a name badge on it, a line of
// text each, the first one larger.
func badge(ts *testscript.TestScript, neg bool, args []string) {
	dir, err := assets.Dir()
	ts.Check(err)
	b, err := os.ReadFile(filepath.Join(dir, "samples", "sample1.jpg"))
	ts.Check(err)
	src, err := jpeg.Decode(bytes.NewReader(b))
	ts.Check(err)
	m := image.NewRGBA(src.Bounds())
	draw.Draw(m, m.Rect, src, src.Bounds().Min, draw.Src)
	ttf, err := os.ReadFile(filepath.Join(dir, "fonts", "NotoSansSC-Regular.ttf"))
	ts.Check(err)
	f, err := opentype.Parse(ttf)
	ts.Check(err)
	card := image.Rect(40, m.Rect.Max.Y-60-70*len(args), 560, m.Rect.Max.Y-40)
	draw.Draw(m, card, image.NewUniform(color.White), image.Point{}, draw.Src)
	y := card.Min.Y
	for i, line := range args[1:] {
		size := 34.0
		if i == 0 {
			size = 52
		}
		face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72})
		ts.Check(err)
		y += int(size * 1.5)
		d := font.Drawer{Dst: m, Src: image.Black, Face: face, Dot: fix.P(card.Min.X+40, y)}
		d.DrawString(line)
		ts.Check(face.Close())
	}
	var out bytes.Buffer
	ts.Check(jpeg.Encode(&out, m, &jpeg.Options{Quality: 90}))
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o755))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), out.Bytes(), 0o644))
}
