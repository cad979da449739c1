package photo

import (
	"bufio"
	"compress/lzw"
	"encoding/binary"
	"image"
	"io"
	"slices"
	"time"
)

// A gifWriter writes an animation frame by frame: of each only what differs from
// the picture before it. A frame is written when the next one is known, which may
// need the screen cleared.
type gifWriter struct {
	w       *bufio.Writer
	size    image.Point
	source  Info
	shown   *image.NRGBA // what a viewer sees before the waiting frame; nil: nothing
	waiting *image.NRGBA
	delay   time.Duration
	begun   bool
}

func newGIFWriter(w io.Writer, size image.Point, source Info) *gifWriter {
	return &gifWriter{w: bufio.NewWriter(w), size: size, source: source}
}

func (g *gifWriter) begin() {
	g.begun = true
	g.w.WriteString("GIF89a")
	le := binary.LittleEndian
	g.w.Write(append(le.AppendUint16(le.AppendUint16(nil, uint16(g.size.X)), uint16(g.size.Y)), 0x70, 0, 0)) // 8 bits a colour, no global table
	if g.source.Pages > 1 && g.source.Loop >= 0 {
		g.w.WriteString("\x21\xff\x0bNETSCAPE2.0\x03\x01")
		g.w.Write(append(le.AppendUint16(nil, uint16(g.source.Loop)), 0))
	}
}

// add makes half-transparent pixels opaque or not: GIF knows nothing between.
func (g *gifWriter) add(pix *image.NRGBA, info Info) error {
	if !g.begun {
		g.begin()
	}
	for i := 0; i < len(pix.Pix); i += 4 {
		switch a := pix.Pix[i+3]; {
		case a < 128:
			*(*[4]byte)(pix.Pix[i:]) = [4]byte{}
		case a < 255:
			pix.Pix[i+3] = 255
		}
	}
	if g.waiting != nil {
		if err := g.flush(uncovers(g.waiting, pix)); err != nil {
			return err
		}
	}
	g.waiting, g.delay = pix, info.Delay
	return nil
}

// uncovers reports whether a pixel goes from opaque to transparent.
func uncovers(was, is *image.NRGBA) bool {
	for i := 3; i < len(is.Pix); i += 4 {
		if is.Pix[i] == 0 && was.Pix[i] != 0 {
			return true
		}
	}
	return false
}

func (g *gifWriter) close() error {
	if g.waiting != nil {
		if err := g.flush(false); err != nil {
			return err
		}
	}
	g.w.WriteByte(0x3b)
	return g.w.Flush()
}

// flush writes the waiting frame. Where clear is set, the screen is empty after
// it.
func (g *gifWriter) flush(clear bool) error {
	m := g.waiting
	if g.shown == nil {
		g.shown = image.NewNRGBA(m.Rect)
	}
	r := difference(m, g.shown)
	if clear {
		r = m.Rect
	}
	if r.Empty() {
		r = image.Rect(0, 0, 1, 1)
	}
	// Pixels that are as they were, or transparent, are not drawn.
	drawn := func(i int) bool {
		return m.Pix[i+3] != 0 && *(*[4]byte)(m.Pix[i:]) != *(*[4]byte)(g.shown.Pix[i:])
	}
	index, palette, holes := indexed(m, r, drawn)
	// What a viewer sees now, colours being as near as they come.
	k := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if i := m.PixOffset(x, y); drawn(i) {
				c := palette[index[k]]
				*(*[4]byte)(g.shown.Pix[i:]) = [4]byte{c[0], c[1], c[2], 255}
			}
			k++
		}
	}
	g.frame(r, index, palette, holes, clear)
	if clear {
		g.shown = nil
	}
	g.waiting = nil
	return nil // a bufio.Writer keeps its error
}

func (g *gifWriter) frame(r image.Rectangle, index []byte, palette [][3]byte, holes int, clear bool) {
	le := binary.LittleEndian
	flags, transparent := byte(disposeKeep<<2), byte(0)
	if clear {
		flags = disposeBackground << 2
	}
	if holes >= 0 {
		flags, transparent = flags|1, byte(holes)
	}
	if g.source.Pages > 1 || holes >= 0 {
		delay := uint16(min(0xffff, max(0, g.delay/(10*time.Millisecond))))
		g.w.Write(append(le.AppendUint16([]byte{0x21, 0xf9, 4, flags}, delay), transparent, 0))
	}
	bits := 1
	for 1<<bits < len(palette) {
		bits++
	}
	d := []byte{0x2c}
	for _, v := range []int{r.Min.X, r.Min.Y, r.Dx(), r.Dy()} {
		d = le.AppendUint16(d, uint16(v))
	}
	d = append(d, 0x80|byte(bits-1))
	for i := range 1 << bits {
		c := [3]byte{}
		if i < len(palette) {
			c = palette[i]
		}
		d = append(d, c[:]...)
	}
	width := max(2, bits)
	g.w.Write(append(d, byte(width)))
	blocks := &gifBlockWriter{w: g.w}
	z := lzw.NewWriter(blocks, lzw.LSB, width)
	z.Write(index)
	z.Close()
	blocks.flush()
	g.w.WriteByte(0)
}

// gifBlockWriter cuts a stream into blocks of at most 255 bytes.
type gifBlockWriter struct {
	w   *bufio.Writer
	buf []byte
}

func (b *gifBlockWriter) Write(p []byte) (int, error) {
	for _, c := range p {
		if b.buf = append(b.buf, c); len(b.buf) == 255 {
			if err := b.flush(); err != nil {
				return 0, err
			}
		}
	}
	return len(p), nil
}

func (b *gifBlockWriter) flush() error {
	if len(b.buf) == 0 {
		return nil
	}
	b.w.WriteByte(byte(len(b.buf)))
	_, err := b.w.Write(b.buf)
	b.buf = b.buf[:0]
	return err
}

// indexed gives the colours of r a palette: the very ones where they are few
// enough, else the nearest of 255. holes is the index of pixels that are not
// drawn, or -1.
func indexed(m *image.NRGBA, r image.Rectangle, drawn func(i int) bool) (index []byte, palette [][3]byte, holes int) {
	index = make([]byte, 0, r.Dx()*r.Dy())
	each := func(f func(c [3]byte, ok bool)) {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				i := m.PixOffset(x, y)
				f([3]byte(m.Pix[i:i+3]), drawn(i))
			}
		}
	}
	exact, gaps := map[[3]byte]byte{}, false
	few := true
	each(func(c [3]byte, ok bool) {
		if gaps = gaps || !ok; ok && few {
			if _, known := exact[c]; !known {
				if few = len(palette) < 256; few {
					exact[c] = byte(len(palette))
					palette = append(palette, c)
				}
			}
		}
	})
	look := func(c [3]byte) byte { return exact[c] }
	if !few || gaps && len(palette) == 256 {
		var nearest []byte
		palette, nearest = quantise(each)
		look = func(c [3]byte) byte { return nearest[bin(c)] }
	}
	holes = -1
	if gaps {
		holes = len(palette)
		palette = append(palette, [3]byte{})
	}
	each(func(c [3]byte, ok bool) {
		if ok {
			index = append(index, look(c))
		} else {
			index = append(index, byte(holes))
		}
	})
	return index, palette, holes
}

// bin is one of 32768 colours: five bits a channel.
func bin(c [3]byte) int { return int(c[0])>>3<<10 | int(c[1])>>3<<5 | int(c[2])>>3 }

// quantise picks 255 colours by median cut (Heckbert 1982) and says for each bin
// which is its colour.
func quantise(each func(func(c [3]byte, ok bool))) (palette [][3]byte, nearest []byte) {
	type cell struct {
		bin int
		n   int
		sum [3]int
	}
	cells := make([]cell, 1<<15)
	each(func(c [3]byte, ok bool) {
		if ok {
			s := &cells[bin(c)]
			s.n++
			for k := range 3 {
				s.sum[k] += int(c[k])
			}
		}
	})
	var used []cell
	for i, c := range cells {
		if c.n > 0 {
			c.bin = i
			used = append(used, c)
		}
	}
	// A box is split where its colours spread most, weighed by its pixels.
	type part struct {
		cells []cell
		axis  int
		worth int
	}
	measure := func(cs []cell) part {
		p := part{cells: cs}
		n := 0
		for _, c := range cs {
			n += c.n
		}
		for k := range 3 {
			lo, hi := 255, 0
			for _, c := range cs {
				v := c.sum[k] / c.n
				lo, hi = min(lo, v), max(hi, v)
			}
			if w := (hi - lo) * (hi - lo) * n; w > p.worth && len(cs) > 1 {
				p.axis, p.worth = k, w
			}
		}
		return p
	}
	parts := []part{measure(used)}
	for len(parts) < 255 {
		best := 0
		for i, p := range parts {
			if p.worth > parts[best].worth {
				best = i
			}
		}
		p := parts[best]
		if p.worth == 0 {
			break
		}
		slices.SortStableFunc(p.cells, func(a, b cell) int { return a.sum[p.axis]/a.n - b.sum[p.axis]/b.n })
		total, half, at := 0, 0, 0
		for _, c := range p.cells {
			total += c.n
		}
		for at = 0; at < len(p.cells)-1 && (at == 0 || half+p.cells[at].n <= total/2); at++ {
			half += p.cells[at].n
		}
		parts[best] = measure(p.cells[:at])
		parts = append(parts, measure(p.cells[at:]))
	}
	nearest = make([]byte, 1<<15)
	for i, p := range parts {
		n, sum := 0, [3]int{}
		for _, c := range p.cells {
			n += c.n
			for k := range 3 {
				sum[k] += c.sum[k]
			}
			nearest[c.bin] = byte(i)
		}
		palette = append(palette, [3]byte{byte(sum[0] / n), byte(sum[1] / n), byte(sum[2] / n)})
	}
	return palette, nearest
}
