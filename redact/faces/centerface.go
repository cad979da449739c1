package faces

import (
	"fmt"
	"math"

	"consentry/internal/infer"
)

// cell is the side of the squares, in pixels, of which CenterFace (Xu et al.,
// "CenterFace: Joint Face Detection and Alignment Using Face as Point", 2019)
// says whether a face's centre is there: a heat map, sizes, offsets and
// landmarks.
const cell = 4

// The tensors have no better names in the published model: heat map (1), sizes
// (2), offsets (2), landmarks (10 channels).
var centerfaceOut = []string{"537", "538", "539", "540"}

// decodeCenterface reads the grid of cells.
func decodeCenterface(out []infer.Tensor, width, height int, least float32) ([]face, error) {
	gw, gh := width/cell, height/cell
	n := gw * gh
	for i, channels := range []int{1, 2, 2, 10} {
		if len(out[i].F32) != channels*n {
			return nil, fmt.Errorf("face network: output %s has %d numbers, want %d", centerfaceOut[i], len(out[i].F32), channels*n)
		}
	}
	heat, size, offset, points := out[0].F32, out[1].F32, out[2].F32, out[3].F32
	w, h := float32(width), float32(height)
	var fs []face
	for i, score := range heat {
		if !(score >= least) { // also drops what is not a number
			continue
		}
		fh := float32(math.Exp(float64(size[i]))) * cell
		fw := float32(math.Exp(float64(size[n+i]))) * cell
		cy := (float32(i/gw) + offset[i] + 0.5) * cell
		cx := (float32(i%gw) + offset[n+i] + 0.5) * cell
		x, y := min(max(0, cx-fw/2), w), min(max(0, cy-fh/2), h)
		f := face{box: rect{x, y, min(x+fw, w), min(y+fh, h)}, score: score}
		for k := range f.landmarks {
			f.landmarks[k] = [2]float32{points[(2*k+1)*n+i]*fw + x, points[2*k*n+i]*fh + y}
		}
		if f.box.area() > 0 {
			fs = append(fs, f)
		}
	}
	return suppress(fs), nil
}
