package cff

import "math"

const (
	maxCalls = 10 // nested subroutines, by Technical Note 5177
	maxStack = 513
)

// A walker runs a charstring without drawing: it finds the width, the subroutines
// that are called and the glyphs that an accented one is made of.
type walker struct {
	font  *Font
	subrs [][]byte

	calls    func(global bool, n int) // may be nil
	hasWidth bool
	width    float64
	seac     []int // codes in StandardEncoding
	lost     bool  // it could not be followed to its end
	budget   int   // of operators and numbers

	stack []float64
	hints int
	begun bool // the width, if any, was read
	done  bool
}

// take reads the width, which stands before the arguments of the first operator.
func (w *walker) take(has bool) {
	if !w.begun && has && len(w.stack) > 0 {
		w.hasWidth, w.width = true, w.stack[0]
		w.stack = w.stack[1:]
	}
	w.begun = true
}

func (w *walker) push(v float64) {
	if len(w.stack) < maxStack {
		w.stack = append(w.stack, v)
	} else {
		w.lost = true
	}
}

// run follows a charstring and its subroutines.
func (w *walker) run(b []byte, depth int) {
	if depth > maxCalls {
		w.lost = true
		return
	}
	for i := 0; i < len(b) && !w.done && !w.lost; {
		if w.budget--; w.budget < 0 {
			w.lost = true
			return
		}
		switch c := int(b[i]); {
		case c == 28 && i+2 < len(b):
			w.push(float64(int16(b[i+1])<<8 | int16(b[i+2])))
			i += 3
		case c >= 32 && c <= 246:
			w.push(float64(c - 139))
			i++
		case c >= 247 && c <= 254 && i+1 < len(b):
			w.push(float64(shortNumber(c, int(b[i+1]))))
			i += 2
		case c == 255 && i+4 < len(b):
			v := int32(b[i+1])<<24 | int32(b[i+2])<<16 | int32(b[i+3])<<8 | int32(b[i+4])
			w.push(float64(v) / 65536)
			i += 5
		case c == 28 || c >= 247:
			w.lost = true
		case c == 11: // return
			return
		case c == 10 || c == 29: // callsubr, callgsubr
			w.call(c == 29, depth)
			i++
		case c == 12 && i+1 < len(b):
			w.escape(b[i+1])
			i += 2
		default:
			i++
			i += w.operator(c)
		}
	}
}

func (w *walker) call(global bool, depth int) {
	set := w.subrs
	if global {
		set = w.font.global
	}
	if len(w.stack) == 0 {
		w.lost = true
		return
	}
	v := w.stack[len(w.stack)-1]
	w.stack = w.stack[:len(w.stack)-1]
	bias := 107
	if len(set) >= 1240 {
		bias = 1131
	}
	if len(set) >= 33900 {
		bias = 32768
	}
	if math.IsNaN(v) {
		w.lost = true
		return
	}
	n := int(v) + bias
	if n < 0 || n >= len(set) {
		w.lost = true
		return
	}
	if w.calls != nil {
		w.calls(global, n)
	}
	w.run(set[n], depth+1)
}

// operator takes an operator of one byte and says how many bytes of a mask follow.
func (w *walker) operator(c int) (skip int) {
	n := len(w.stack)
	switch c {
	case 1, 3, 18, 23: // stems
		w.take(n%2 == 1)
		w.hints += len(w.stack) / 2
	case 19, 20: // masks, with stems that are not written out
		w.take(n%2 == 1)
		w.hints += len(w.stack) / 2
		skip = (w.hints + 7) / 8
	case 21: // rmoveto
		w.take(n > 2)
	case 4, 22: // vmoveto, hmoveto
		w.take(n > 1)
	case 14: // endchar
		w.take(n == 1 || n == 5)
		if len(w.stack) >= 4 {
			for _, v := range w.stack[len(w.stack)-2:] {
				if v >= 0 && v < 256 {
					w.seac = append(w.seac, int(v))
				}
			}
		}
		w.done = true
	}
	w.stack = w.stack[:0]
	return skip
}

// effect is how many values an operator of two bytes takes and leaves.
var effect = map[byte][2]int{3: {2, 1}, 4: {2, 1}, 5: {1, 1}, 9: {1, 1}, 10: {2, 1}, 11: {2, 1}, 12: {2, 1}, 14: {1, 1}, 15: {2, 1}, 18: {1, 0},
	20: {2, 0}, 21: {1, 1}, 22: {4, 1}, 23: {0, 1}, 24: {2, 1}, 26: {1, 1}, 27: {1, 2}, 28: {2, 2}, 29: {1, 1}, 30: {2, 0}}

// escape takes an operator of two bytes. What arithmetic gives is not worked out:
// a subroutine called by it is lost.
func (w *walker) escape(c byte) {
	e, ok := effect[c]
	if !ok { // flex and hints
		w.stack = w.stack[:0]
		return
	}
	if len(w.stack) < e[0] {
		w.lost = true
		return
	}
	w.stack = w.stack[:len(w.stack)-e[0]]
	for range e[1] {
		w.push(math.NaN())
	}
	if c == 30 { // roll: any of them may be anywhere
		for i := range w.stack {
			w.stack[i] = math.NaN()
		}
	}
}
