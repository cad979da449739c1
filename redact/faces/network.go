package faces

import (
	"context"
	"image"
	"slices"

	"consentry/internal/infer"
	"consentry/internal/infer/planes"
)

// A face is one opinion about where a face is, in pixels of the picture.
type face struct {
	box       rect
	score     float32
	landmarks [5][2]float32 // left eye, right eye, nose, left and right mouth corner, as seen
	small     bool          // YuNet says so, not CenterFace
	turn      int           // quarter turns to the right with which it was seen
	hint      bool          // from a look that says where a face is, and badly how large
}

// moved scales a face and puts its origin elsewhere.
func (f face) moved(dx, dy, sx, sy float32) face {
	f.box = rect{f.box.x0*sx + dx, f.box.y0*sy + dy, f.box.x1*sx + dx, f.box.y1*sy + dy}
	for i, p := range f.landmarks {
		f.landmarks[i] = [2]float32{p[0]*sx + dx, p[1]*sy + dy}
	}
	return f
}

// turnedBack undoes quarter turns to the right of a picture that was w×h before.
func (f face) turnedBack(turn int, w, h float32) face {
	back := func(x, y float32) (float32, float32) {
		switch turn {
		case 1:
			return y, h - x
		case 2:
			return w - x, h - y
		case 3:
			return w - y, x
		}
		return x, y
	}
	x0, y0 := back(f.box.x0, f.box.y0)
	x1, y1 := back(f.box.x1, f.box.y1)
	f.box = rect{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}
	for i, p := range f.landmarks {
		f.landmarks[i][0], f.landmarks[i][1] = back(p[0], p[1])
	}
	return f
}

// A network is a detector's model. All that are used here take one picture as
// float32[1, 3, H, W] from 0 to 255, H and W multiples of 32.
type network struct {
	session *infer.Session
	free    chan []float32 // holds the one input buffer while no run goes on
	bgr     bool           // blue, green, red instead of red, green, blue
	// decode reads the outputs for an input of w×h: faces in its pixels, at
	// most one at each place, none scored below least.
	decode func(out []infer.Tensor, w, h int, least float32) ([]face, error)
}

const align = 32

// open loads the model, given the names of its input and outputs.
func (n *network) open(rt *infer.Runtime, model []byte, input string, outputs []string, threads int) error {
	s, err := rt.NewSession(model, []string{input}, outputs, infer.Options{Threads: threads, Trimmable: true})
	if err != nil {
		return err
	}
	n.session, n.free = s, make(chan []float32, 1)
	n.free <- nil
	return nil
}

// trim gives back the working memory of the looks taken so far.
func (n *network) trim(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-n.free:
	}
	defer func() { n.free <- nil }()
	return n.session.Trim()
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
	var upright []float32
	if p.turns.beyond() {
		// Resampling a large picture costs more than looking at the result.
		upright = make([]float32, 3*p.w*p.h)
		n.resample(img, p, upright, p.w, p.h)
	}
	var all []face
	for turn := range 4 {
		if !p.turns.has(turn) {
			continue
		}
		w, h := p.w, p.h
		if turn%2 == 1 {
			w, h = h, w
		}
		w, h = (w+align-1)/align*align, (h+align-1)/align*align
		if cap(buf) < 3*w*h {
			buf = make([]float32, 3*w*h)
		}
		in := buf[:3*w*h]
		clear(in) // what pads the sides is black
		if upright != nil {
			turnInto(in, upright, p.w, p.h, turn, w, h)
		} else {
			n.resample(img, p, in, w, h)
		}
		fs, err := n.look(ctx, p, turn, in, w, h)
		if err != nil {
			return nil, err
		}
		all = append(all, fs...)
	}
	return all, nil
}

// resample writes a look's part of the picture into the top left of w×h.
func (n *network) resample(img *image.NRGBA, p pass, in []float32, w, h int) {
	rgb := [3][]float32{in[:w*h], in[w*h : 2*w*h], in[2*w*h:]}
	if n.bgr {
		rgb[0], rgb[2] = rgb[2], rgb[0]
	}
	planes.New(img, p.from, p.w, p.h).Tile(image.Rect(0, 0, p.w, p.h), rgb, w)
}

// look runs the network on its input of w×h, which shows the picture after so
// many quarter turns to the right.
func (n *network) look(ctx context.Context, p pass, turn int, in []float32, w, h int) ([]face, error) {
	out, err := n.session.Run(ctx, infer.Tensor{Shape: []int64{1, 3, int64(h), int64(w)}, F32: in})
	if err != nil {
		return nil, err
	}
	fs, err := n.decode(out, w, h, p.least)
	if err != nil {
		return nil, err
	}
	if p.most > 0 {
		fs = slices.DeleteFunc(fs, func(f face) bool { return max(f.box.x1-f.box.x0, f.box.y1-f.box.y0) > p.most })
	}
	sx, sy := float32(p.from.Dx())/float32(p.w), float32(p.from.Dy())/float32(p.h)
	for i := range fs {
		fs[i].turn = turn
		fs[i] = fs[i].turnedBack(turn, float32(p.w), float32(p.h)).moved(float32(p.from.Min.X), float32(p.from.Min.Y), sx, sy)
	}
	return fs, nil
}

// turnInto writes planes of w×h, after so many quarter turns to the right, into
// the top left of planes of tw×th.
func turnInto(to, from []float32, w, h, turn, tw, th int) {
	// Where the first pixel goes, and how far apart neighbours then are.
	first, right, down := 0, 1, tw
	switch turn {
	case 1:
		first, right, down = h-1, tw, -1
	case 2:
		first, right, down = (h-1)*tw+w-1, -1, -tw
	case 3:
		first, right, down = (w-1)*tw, -tw, 1
	}
	for c := range 3 {
		dst := to[c*tw*th:]
		for y := range h {
			i := first + y*down
			for _, v := range from[(c*h+y)*w:][:w] {
				dst[i] = v
				i += right
			}
		}
	}
}
