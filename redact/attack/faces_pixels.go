package attack

import (
	"image"
	"math"
)

// A patch is the brightness (0 to 255) of a part of a picture, row by row.
type patch struct {
	w, h int
	v    []float32
}

// luma takes a patch from a picture; Rec. 601 weights.
func luma(img *image.NRGBA, r image.Rectangle) patch {
	r = r.Intersect(img.Rect)
	p := patch{r.Dx(), r.Dy(), make([]float32, 0, r.Dx()*r.Dy())}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		o := img.PixOffset(r.Min.X, y)
		for row := img.Pix[o : o+4*r.Dx()]; len(row) >= 4; row = row[4:] {
			p.v = append(p.v, 0.299*float32(row[0])+0.587*float32(row[1])+0.114*float32(row[2]))
		}
	}
	return p
}

// cut is a part of a patch.
func (p patch) cut(r image.Rectangle) patch {
	out := patch{r.Dx(), r.Dy(), make([]float32, 0, r.Dx()*r.Dy())}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		out.v = append(out.v, p.v[y*p.w+r.Min.X:y*p.w+r.Max.X]...)
	}
	return out
}

// spread is the standard deviation of a patch.
func (p patch) spread() float64 {
	var sum, squares float64
	for _, v := range p.v {
		sum += float64(v)
		squares += float64(v) * float64(v)
	}
	n := float64(len(p.v))
	return math.Sqrt(max(0, squares/n-sum*sum/n/n))
}

// detail is what is finer than the mean over a square of 2r+1 pixels.
func (p patch) detail(r int) patch {
	// Sums over all above and left make each mean four look-ups.
	sums := make([]float64, (p.w+1)*(p.h+1))
	for y := range p.h {
		row := 0.0
		for x := range p.w {
			row += float64(p.v[y*p.w+x])
			sums[(y+1)*(p.w+1)+x+1] = sums[y*(p.w+1)+x+1] + row
		}
	}
	out := patch{p.w, p.h, make([]float32, len(p.v))}
	for y := range p.h {
		y0, y1 := max(0, y-r), min(p.h, y+r+1)
		for x := range p.w {
			x0, x1 := max(0, x-r), min(p.w, x+r+1)
			sum := sums[y1*(p.w+1)+x1] - sums[y0*(p.w+1)+x1] - sums[y1*(p.w+1)+x0] + sums[y0*(p.w+1)+x0]
			out.v[y*p.w+x] = p.v[y*p.w+x] - float32(sum/float64((y1-y0)*(x1-x0)))
		}
	}
	return out
}

// kept says how much of src is still in out: gain is the factor by which out
// follows src (1: wholly there, 0.5: half faded, 0: gone), corr how closely.
func kept(src, out patch) (gain, corr float64) {
	var ms, mo float64
	for i, s := range src.v {
		ms += float64(s)
		mo += float64(out.v[i])
	}
	n := float64(len(src.v))
	ms, mo = ms/n, mo/n
	var ss, oo, so float64
	for i := range src.v {
		s, o := float64(src.v[i])-ms, float64(out.v[i])-mo
		ss, oo, so = ss+s*s, oo+o*o, so+s*o
	}
	if ss == 0 || oo == 0 {
		return 0, 0
	}
	return so / ss, so / math.Sqrt(ss*oo)
}
