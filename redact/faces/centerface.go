package faces

import (
	"context"
	"fmt"
	"image"
	"math"

	"consentry/internal/infer"
)

// A face is one opinion about where a face is, in pixels of the picture.
type face struct {
	box       rect
	score     float32
	landmarks [5][2]float32 // left eye, right eye, nose, left and right mouth corner, as seen
}

// network is CenterFace (Xu et al., "CenterFace: Joint Face Detection and
// Alignment Using Face as Point", 2019): heat map, sizes, offsets and landmarks
// on a grid of 4×4 pixels. It takes RGB from 0 to 255, sides multiples of 32.
type network struct {
	session *infer.Session
	free    chan []float32 // holds the one input buffer while no run goes on
}

const (
	cell   = 4
	align  = 32
	nmsIoU = 0.3
)

// The tensors have no better names in the published model: heat map (1), sizes
// (2), offsets (2), landmarks (10 channels).
var centerfaceOut = []string{"537", "538", "539", "540"}

func newNetwork(rt *infer.Runtime, model []byte, threads int) (*network, error) {
	s, err := rt.NewSession(model, []string{"input.1"}, centerfaceOut, infer.Options{Threads: threads})
	if err != nil {
		return nil, err
	}
	n := &network{session: s, free: make(chan []float32, 1)}
	n.free <- nil
	return n, nil
}

// run takes one look, waiting until no other goes on.
func (n *network) run(ctx context.Context, img *image.NRGBA, p pass) ([]face, error) {
	var buf []float32
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case buf = <-n.free:
	}
	defer func() { n.free <- buf }()
	w, h := (p.w+align-1)/align*align, (p.h+align-1)/align*align
	if cap(buf) < 3*w*h {
		buf = make([]float32, 3*w*h)
	}
	in := buf[:3*w*h]
	clear(in) // what pads the sides is black
	resample(img, p.from, p.w, p.h, [3][]float32{in[:w*h], in[w*h : 2*w*h], in[2*w*h:]}, w)
	out, err := n.session.Run(ctx, infer.Tensor{Shape: []int64{1, 3, int64(h), int64(w)}, F32: in})
	if err != nil {
		return nil, err
	}
	fs, err := decode(out, w/cell, h/cell)
	if err != nil {
		return nil, err
	}
	sx, sy := float32(p.from.Dx())/float32(p.w), float32(p.from.Dy())/float32(p.h)
	for i := range fs {
		fs[i] = fs[i].moved(float32(p.from.Min.X), float32(p.from.Min.Y), sx, sy)
	}
	return fs, nil
}

// decode reads the network's grid of gw×gh cells. Boxes are in its own pixels.
func decode(out []infer.Tensor, gw, gh int) ([]face, error) {
	n := gw * gh
	for i, channels := range []int{1, 2, 2, 10} {
		if len(out[i].F32) != channels*n {
			return nil, fmt.Errorf("face network: output %s has %d numbers, want %d", centerfaceOut[i], len(out[i].F32), channels*n)
		}
	}
	heat, size, offset, points := out[0].F32, out[1].F32, out[2].F32, out[3].F32
	w, h := float32(gw*cell), float32(gh*cell)
	var fs []face
	for i, score := range heat {
		if !(score >= memberScore) { // also drops what is not a number
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

// moved scales a face and puts its origin elsewhere.
func (f face) moved(dx, dy, sx, sy float32) face {
	f.box = rect{f.box.x0*sx + dx, f.box.y0*sy + dy, f.box.x1*sx + dx, f.box.y1*sy + dy}
	for i, p := range f.landmarks {
		f.landmarks[i] = [2]float32{p[0]*sx + dx, p[1]*sy + dy}
	}
	return f
}
