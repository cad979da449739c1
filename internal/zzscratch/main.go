package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"path/filepath"

	"consentry/internal/infer"
	"consentry/redact"
	"consentry/redact/faces"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func rd(n string) []byte { return must(os.ReadFile("assets/models/" + n)) }
func dg(b []byte) string { s := sha256.Sum256(b); return hex.EncodeToString(s[:]) }

func main() {
	rt := must(infer.Open("assets/models/onnxruntime/libonnxruntime.so.1"))
	cf := rd("centerface.onnx")
	det := must(faces.New(rt, cf, dg(cf), faces.Options{Threads: 1}))
	m := faces.NewMatcher(must(faces.NewEmbedder(rt, rd("dlib-resnet.onnx"))), "x", must(faces.NewSFace(rt, rd("sface.onnx"))), "y")
	ctx := context.Background()
	enc := json.NewEncoder(os.Stdout)
	for _, name := range os.Args[1:] {
		f := must(os.Open(name))
		img, _, err := image.Decode(f)
		f.Close()
		if err != nil {
			fmt.Fprintln(os.Stderr, name, err)
			continue
		}
		n := image.NewNRGBA(image.Rectangle{Max: img.Bounds().Size()})
		draw.Draw(n, n.Rect, img, img.Bounds().Min, draw.Src)
		fs := must(det.Find(ctx, n))
		page := redact.Page{Pictures: []redact.Picture{{Box: n.Rect, Load: func(context.Context) (*image.NRGBA, error) { return n, nil }}}}
		for _, x := range fs {
			if x.Score < 0.5 {
				continue
			}
			p, q, err := m.Print(ctx, page, x)
			if err != nil {
				panic(err)
			}
			b := x.Region.Box
			enc.Encode(map[string]any{"img": filepath.Base(name), "set": filepath.Base(filepath.Dir(name)), "box": []int{b.Min.X, b.Min.Y, b.Dx(), b.Dy()}, "score": x.Score, "eyes": q.Eyes, "sharp": q.Sharp, "fit": q.Fit, "d": p.Dlib, "s": p.SFace})
		}
	}
}
