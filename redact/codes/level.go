package codes

import "image"

// A level is the picture in shades of grey, 0 to 255, at some size.
type level struct {
	w, h  int
	pix   []uint8
	scale int // pixels of the picture a pixel of the level is wide
}

// grey is the picture at its own size; Rec. 601 weights, transparency on white.
func grey(img *image.NRGBA) level {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	l := level{w, h, make([]uint8, w*h), 1}
	for y := range h {
		src := img.Pix[y*img.Stride:][:4*w]
		dst := l.pix[y*w:][:w]
		for x := range dst {
			p := src[4*x : 4*x+4]
			v := (299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000
			if p[3] != 255 {
				v = (v*int(p[3]) + 255*(255-int(p[3]))) / 255
			}
			dst[x] = uint8(v)
		}
	}
	return l
}

// smaller gives a level and those half as large, down to what could hold a code.
func (l level) smaller() []level {
	out := []level{l}
	for l = l.half(); min(l.w, l.h) >= leastSide; l = l.half() {
		out = append(out, l)
	}
	return out
}

// half is the level at half its size, each pixel the mean of four.
func (l level) half() level {
	w, h := l.w/2, l.h/2
	out := level{w, h, make([]uint8, w*h), 2 * l.scale}
	for y := range h {
		a, b := l.pix[2*y*l.w:], l.pix[(2*y+1)*l.w:]
		for x := range w {
			out.pix[y*w+x] = uint8((int(a[2*x]) + int(a[2*x+1]) + int(b[2*x]) + int(b[2*x+1]) + 2) / 4)
		}
	}
	return out
}

const (
	window = 24 // pixels each way: what is dark is darker than the mean around it
	bias   = 5  // shades: an even ground is neither
)

// dark tells for each pixel whether it is darker than its surroundings.
func (l level) dark() []bool {
	out := make([]bool, len(l.pix))
	// Sums down the columns of the window, kept up to date row by row.
	sums := make([]int, l.w)
	rows := 0
	add := func(y, sign int) {
		for x, v := range l.pix[y*l.w : (y+1)*l.w] {
			sums[x] += sign * int(v)
		}
		rows += sign
	}
	for y := range min(window, l.h) {
		add(y, 1)
	}
	for y := range l.h {
		if y+window < l.h {
			add(y+window, 1)
		}
		if y-window-1 >= 0 {
			add(y-window-1, -1)
		}
		sum, n := 0, 0
		for x := range min(window, l.w) {
			sum += sums[x]
			n++
		}
		row := l.pix[y*l.w:][:l.w]
		for x, v := range row {
			if x+window < l.w {
				sum += sums[x+window]
				n++
			}
			if x-window-1 >= 0 {
				sum -= sums[x-window-1]
				n--
			}
			out[y*l.w+x] = (int(v)+bias)*n*rows < sum
		}
	}
	return out
}
