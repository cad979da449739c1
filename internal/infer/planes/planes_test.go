package planes

import (
	"image"
	"testing"
)

func TestResample(t *testing.T) {
	img := image.NewNRGBA(image.Rect(5, 9, 105, 69))
	for y := 9; y < 69; y++ {
		for x := 5; x < 105; x++ {
			copy(img.Pix[img.PixOffset(x, y):], []byte{100, uint8(x), uint8(2 * y), 255})
		}
	}
	for _, size := range []image.Point{{100, 60}, {200, 120}, {33, 20}, {7, 5}, {1, 1}} {
		w, h := size.X, size.Y
		const stride = 224
		var planes [3][]float32
		for c := range planes {
			planes[c] = make([]float32, stride*h)
		}
		New(img, img.Rect, w, h).Tile(image.Rect(0, 0, w, h), planes, stride)
		for y := range h {
			for x := range w {
				// A slope stays a slope, away from the edges.
				sx := (float64(x)+0.5)*100/float64(w) - 0.5 + 5
				sy := 2 * ((float64(y)+0.5)*60/float64(h) - 0.5 + 9)
				inner := x > 0 && y > 0 && x < w-1 && y < h-1
				i := y*stride + x
				if !near(planes[0][i], 100, 0.01) || inner && (!near(planes[1][i], sx, 0.01) || !near(planes[2][i], sy, 0.01)) {
					t.Fatalf("%d×%d: (%d,%d) is %v %v %v, want 100 %v %v", w, h, x, y, planes[0][i], planes[1][i], planes[2][i], sx, sy)
				}
			}
			for _, v := range planes[0][y*stride+w : (y+1)*stride] {
				if v != 0 {
					t.Fatalf("%d×%d: wrote beyond the row", w, h)
				}
			}
		}
	}
}

func near(a float32, b, tolerance float64) bool {
	d := float64(a) - b
	return d <= tolerance && d >= -tolerance
}

// The tiles of a resized picture are those of the whole one.
func TestTile(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 123, 77))
	for i := range img.Pix {
		img.Pix[i] = uint8(i * i / 7)
	}
	three := func(n int) (p [3][]float32) {
		for c := range p {
			p[c] = make([]float32, n)
		}
		return p
	}
	z := New(img, img.Rect, 200, 150)
	whole, part := three(200*150), three(64*32)
	z.Tile(image.Rect(0, 0, 200, 150), whole, 200)
	z.Tile(image.Rect(70, 40, 130, 70), part, 64)
	for c := range 3 {
		for y := range 30 {
			for x := range 60 {
				if a, b := whole[c][(y+40)*200+x+70], part[c][y*64+x]; !near(a, float64(b), 1e-3) {
					t.Fatalf("channel %d at %d,%d: %v and %v", c, x, y, a, b)
				}
			}
		}
	}
}
