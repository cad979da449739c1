package logos

import (
	"math/bits"
	"runtime"
	"sync"
)

// A grid is a field's edges made ready for counting: for each bin and each of
// the four parities of pixels one plane of bits, 64 places of the grid (every
// other pixel of every other row) in a word. A bit is set where an edge of that
// bin is within reach of the pixel. The layout is that of LINE-2D's linear
// memories (Hinterstoisser et al., Gradient Response Maps for Real-Time
// Detection of Textureless Objects, PAMI 2012), with bits instead of bytes.
type grid struct {
	w, h   int // places
	stride int // words a row, with a word of margin on either side
	plane  int // words a plane
	words  []uint64
}

// margin is how many places of the grid may be looked at beyond a picture's
// border: half a template.
const margin = 60

// reach is how far in pixels an edge may be off.
const reach = 2

func newGrid(f *field) *grid {
	g := &grid{w: (f.w + 1) / 2, h: (f.h + 1) / 2}
	g.stride = (g.w+63)/64 + 2
	g.plane = g.stride * (g.h + 2*margin)
	g.words = make([]uint64, g.plane*4*(bins+1)+1)
	mask := spread(f.bits, f.w, f.h)
	parallel(g.h, func(from, to int) {
		for y := from; y < to; y++ {
			for parity := range 4 {
				if py := 2*y + parity>>1; py < f.h {
					g.row(mask[py*f.w:][:f.w], parity&1, parity, y)
				}
			}
		}
	})
	return g
}

// row sets the bits of one row of pixels, every other from first on.
func (g *grid) row(mask []uint8, first, parity, y int) {
	at := (y+margin)*g.stride + 1
	for word := 0; word*128+first < len(mask); word++ {
		var out [bins]uint64
		var valid uint64
		for k := range 8 {
			var v uint64
			for i := range 8 {
				if x := word*128 + k*16 + 2*i + first; x < len(mask) {
					v |= uint64(mask[x]) << (8 * i)
					valid |= 1 << (8*k + i)
				}
			}
			if v == 0 {
				continue
			}
			v = transpose(v)
			for b := range out {
				out[b] |= v >> (8 * b) & 0xff << (8 * k)
			}
		}
		var any uint64
		for b, v := range out {
			g.words[(b*4+parity)*g.plane+at+word] = v
			any |= v
		}
		g.words[(flatBin*4+parity)*g.plane+at+word] = valid &^ any
	}
}

// transpose flips a matrix of 8 by 8 bits (Hacker's Delight 7-3).
func transpose(x uint64) uint64 {
	t := (x ^ x>>7) & 0x00AA00AA00AA00AA
	x ^= t ^ t<<7
	t = (x ^ x>>14) & 0x0000CCCC0000CCCC
	x ^= t ^ t<<14
	t = (x ^ x>>28) & 0x00000000F0F0F0F0
	return x ^ t ^ t<<28
}

// spread joins the bins of all pixels within reach.
func spread(src []uint8, w, h int) []uint8 {
	across, out := make([]uint8, len(src)), make([]uint8, len(src))
	parallel(h, func(from, to int) {
		for y := from; y < to; y++ {
			in, row := src[y*w:][:w], across[y*w:][:w]
			for x := range row {
				if x >= reach && x+reach < w {
					v := in[x-2 : x+3 : x+3]
					row[x] = v[0] | v[1] | v[2] | v[3] | v[4]
					continue
				}
				for k := max(x-reach, 0); k <= min(x+reach, w-1); k++ {
					row[x] |= in[k]
				}
			}
		}
	})
	parallel(h, func(from, to int) {
		for y := from; y < to; y++ {
			row := out[y*w:][:w]
			for k := max(y-reach, 0); k <= min(y+reach, h-1); k++ {
				in := across[k*w:][:w]
				for x := range row {
					row[x] |= in[x]
				}
			}
		}
	})
	return out
}

// parallel does f over bands of n rows.
func parallel(n int, f func(from, to int)) {
	k := min(runtime.GOMAXPROCS(0), n/64)
	if k <= 1 {
		f(0, n)
		return
	}
	var wg sync.WaitGroup
	for i := range k {
		wg.Go(func() { f(n*i/k, n*(i+1)/k) })
	}
	wg.Wait()
}

// counted is how many features are counted 64 places at a time.
const counted = 32

// A pattern is where a template expects edges and flat places.
type pattern struct {
	at [counted]offset
}

// An offset is a feature's place from the template's middle, in pixels.
type offset struct {
	dx, dy int
	bin    int
}

// A probe is a pattern laid out for one grid.
type probe struct {
	base  [counted]int
	shift [counted]uint8
}

func (p *pattern) on(g *grid) *probe {
	q := &probe{}
	for i, o := range p.at {
		px, py := o.dx&1, o.dy&1
		a, c := (o.dx-px)/2, (o.dy-py)/2
		word := a >> 6
		q.base[i] = (o.bin*4+py*2+px)*g.plane + c*g.stride + word
		q.shift[i] = uint8(a & 63)
	}
	return q
}

// count reports, for the 64 places from at on, those where at least least
// features are met. The counters are bit-sliced: ten words hold 64 of them.
func (q *probe) count(words []uint64, at int, least uint64) uint64 {
	start := uint64(counted) - least // so that the sixth bit says "at least"
	fill := func(bit uint64) uint64 { return -(start >> bit & 1) }
	ones, twos, fours, eights, sixteens := fill(0), fill(1), fill(2), fill(3), fill(4)
	var top uint64
	for i := 0; i < counted; i += 8 {
		var x [8]uint64
		for k := range x {
			b, s := at+q.base[i+k], q.shift[i+k]&63
			x[k] = words[b]>>s | words[b+1]<<1<<(63-s)
		}
		var a, b, c, d, e, f, g uint64
		a, ones = add(ones, x[0], x[1])
		b, ones = add(ones, x[2], x[3])
		c, twos = add(twos, a, b)
		a, ones = add(ones, x[4], x[5])
		b, ones = add(ones, x[6], x[7])
		d, twos = add(twos, a, b)
		e, fours = add(fours, c, d)
		f, eights = eights&e, eights^e
		g, sixteens = sixteens&f, sixteens^f
		top |= g
	}
	return top
}

// add is a full adder on each bit.
func add(a, b, c uint64) (carry, sum uint64) {
	u := a ^ b
	return a&b | u&c, u ^ c
}

// places calls f for each bit set in a word.
func places(word uint64, f func(bit int)) {
	for ; word != 0; word &= word - 1 {
		f(bits.TrailingZeros64(word))
	}
}
