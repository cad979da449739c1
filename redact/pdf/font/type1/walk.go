package type1

import "math"

const (
	maxCalls = 10
	maxStack = 256
)

// A walker runs a charstring without drawing: it finds the width, the subroutines
// that are called and the glyphs that an accented one is made of.
type walker struct {
	font     *Font
	calls    map[int]bool // may be nil
	hasWidth bool
	width    float64
	seac     []int // codes in StandardEncoding
	lost     bool  // it could not be followed to its end
	budget   int

	stack, results []float64 // results: what othersubrs leave for pop
	subr           map[int]int
	done           bool
}

func (w *walker) pop() float64 {
	if len(w.stack) == 0 {
		return math.NaN()
	}
	v := w.stack[len(w.stack)-1]
	w.stack = w.stack[:len(w.stack)-1]
	return v
}

func (w *walker) run(b []byte, depth int) {
	if depth > maxCalls {
		w.lost = true
		return
	}
	for i := 0; i < len(b) && !w.done && !w.lost; {
		if w.budget--; w.budget < 0 || len(w.stack) > maxStack || len(w.results) > maxStack {
			w.lost = true
			return
		}
		switch c := int(b[i]); {
		case c >= 32 && c <= 246:
			w.stack = append(w.stack, float64(c-139))
			i++
		case c >= 247 && c <= 250 && i+1 < len(b):
			w.stack = append(w.stack, float64((c-247)*256+int(b[i+1])+108))
			i += 2
		case c >= 251 && c <= 254 && i+1 < len(b):
			w.stack = append(w.stack, float64(-(c-251)*256-int(b[i+1])-108))
			i += 2
		case c == 255 && i+4 < len(b):
			w.stack = append(w.stack, float64(int32(b[i+1])<<24|int32(b[i+2])<<16|int32(b[i+3])<<8|int32(b[i+4])))
			i += 5
		case c >= 247:
			w.lost = true
		case c == 11: // return
			return
		case c == 10: // callsubr
			w.call(w.pop(), depth)
			i++
		case c == 12 && i+1 < len(b):
			w.escape(b[i+1])
			i += 2
		default:
			if c == 13 && len(w.stack) >= 2 { // hsbw
				w.hasWidth, w.width = true, w.stack[1]
			}
			w.done = c == 14 // endchar
			w.stack = w.stack[:0]
			i++
		}
	}
}

func (w *walker) call(v float64, depth int) {
	if w.subr == nil {
		w.subr = make(map[int]int, len(w.font.subrs))
		for i, s := range w.font.subrs {
			w.subr[s.n] = i
		}
	}
	i, ok := w.subr[int(v)]
	if math.IsNaN(v) || !ok {
		w.lost = true
		return
	}
	if w.calls != nil {
		w.calls[int(v)] = true
	}
	w.run(w.font.subrs[i].code, depth+1)
}

// escape takes an operator of two bytes.
func (w *walker) escape(c byte) {
	switch c {
	case 12: // div
		b, a := w.pop(), w.pop()
		if b == 0 {
			b = math.NaN()
		}
		w.stack = append(w.stack, a/b)
	case 16: // callothersubr
		w.other(w.pop(), w.pop())
	case 17: // pop
		v := math.NaN()
		if n := len(w.results); n > 0 {
			v = w.results[n-1]
			w.results = w.results[:n-1]
		}
		w.stack = append(w.stack, v)
	case 6: // seac
		if n := len(w.stack); n >= 5 {
			for _, v := range w.stack[n-2:] {
				if v >= 0 && v < 256 {
					w.seac = append(w.seac, int(v))
				}
			}
		}
		w.done = true
	case 7: // sbw
		if len(w.stack) >= 4 {
			w.hasWidth, w.width = true, w.stack[2]
		}
		w.stack = w.stack[:0]
	default:
		w.stack = w.stack[:0]
	}
}

// other takes the arguments of an othersubr. The one for hint replacement gives
// back the number of a subroutine, or 3 where an interpreter knows no hints; what
// those of multiple masters work out is not known.
func (w *walker) other(which, count float64) {
	if math.IsNaN(count) || count < 0 || int(count) > len(w.stack) {
		w.lost = true
		return
	}
	args := w.stack[len(w.stack)-int(count):]
	w.stack = w.stack[:len(w.stack)-int(count)]
	w.results = w.results[:0]
	for i := len(args) - 1; i >= 0; i-- {
		v := args[i]
		if !(which >= 0 && which <= 3) {
			v = math.NaN()
		}
		w.results = append(w.results, v)
	}
}
