package main

import (
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg"
	"image/png"

	"os"

	xdraw "golang.org/x/image/draw"
)

// crop out.jpg file x y w h ...
func main() {
	n := (len(os.Args) - 2) / 5
	cols := 8
	out := image.NewRGBA(image.Rect(0, 0, cols*160, (n+cols-1)/cols*160))
	for i := range n {
		a := os.Args[2+5*i:]
		f, _ := os.Open(a[0])
		m, _, err := image.Decode(f)
		if err != nil {
			panic(err)
		}
		var x, y, w, h int
		fmt.Sscan(a[1], &x)
		fmt.Sscan(a[2], &y)
		fmt.Sscan(a[3], &w)
		fmt.Sscan(a[4], &h)
		p := image.Pt(i%cols*160, i/cols*160)
		xdraw.ApproxBiLinear.Scale(out, image.Rectangle{p, p.Add(image.Pt(156, 156))}, m, image.Rect(x-w/4, y-h/8, x+w+w/4, y+h+h/8), draw.Over, nil)
	}
	f, _ := os.Create(os.Args[1])
	png.Encode(f, out)
	f.Close()
}
