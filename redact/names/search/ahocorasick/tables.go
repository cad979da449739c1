package ahocorasick

import "slices"

// Tables are open addressing with linear probing. Beside each cell stands a byte
// of its hash, so that most looks at what is not there touch nothing but these
// bytes, which are few enough to stay in the cache.

const seed = 0x9e3779b97f4a7c15

func mix(h uint64) uint64 {
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	h ^= h >> 29
	return h * 0xd6e8feb86659fd93
}

func hashRune(h uint64, r rune) uint64 { return (h ^ uint64(r)) * 0x100000001b3 }

type hashed struct {
	tags  []uint8 // 0 for an empty cell
	cells []uint32
	shift uint
	used  int
}

func tag(h uint64) uint8 { return uint8(h>>8) | 1 }

// full reports whether another cell needs a larger table.
func (t *hashed) full() bool { return t.used*5 >= len(t.cells)*3 }

// resize empties the table.
func (t *hashed) resize(cells int) {
	size, shift := 16, uint(60)
	for size < cells {
		size, shift = size*2, shift-1
	}
	*t = hashed{tags: make([]uint8, size), cells: make([]uint32, size), shift: shift}
}

func (t *hashed) put(h uint64, v uint32) {
	i := h >> t.shift
	for t.tags[i] != 0 {
		i = (i + 1) & uint64(len(t.tags)-1)
	}
	t.tags[i], t.cells[i] = tag(h), v
	t.used++
}

// edges lead from a state with a symbol to a state.
type edges struct{ hashed }

func edgeHash(from, symbol uint32) uint64 { return mix((uint64(from)<<32 | uint64(symbol)) * seed) }

// child is the state that an edge leads to, or 0.
func (a *Automaton) child(from, symbol uint32) uint32 {
	if int(from)+1 < len(a.states) {
		if s := &a.states[from+1]; s.parent == from && s.symbol == symbol {
			return from + 1
		}
	}
	if a.states[from].fail&branches == 0 {
		return 0
	}
	return a.edges.find(a.states, from, symbol)
}

func (t *edges) find(states []state, from, symbol uint32) uint32 {
	h := edgeHash(from, symbol)
	want := tag(h)
	for i := h >> t.shift; ; i = (i + 1) & uint64(len(t.tags)-1) {
		switch t.tags[i] {
		case 0:
			return 0
		case want:
			to := t.cells[i]
			if s := &states[to]; s.parent == from && s.symbol == symbol {
				return to
			}
		}
	}
}

// childOr is the state that an edge leads to. Where there is none, one to made is
// entered, whose state has to follow.
func (a *Automaton) childOr(from, symbol, made uint32) uint32 {
	if to := a.child(from, symbol); to != 0 {
		return to
	}
	if made == from+1 {
		return made
	}
	a.states[from].fail |= branches
	t := &a.edges
	if t.full() {
		old := t.hashed
		t.resize(2 * len(old.cells))
		for i, tag := range old.tags {
			if tag != 0 {
				s := &a.states[old.cells[i]]
				t.put(edgeHash(s.parent, s.symbol), old.cells[i])
			}
		}
	}
	t.put(edgeHash(from, symbol), made)
	return made
}

// words are the words in the texts.
type words struct {
	hashed
	known   []word
	letters []uint16 // of all of them
}

type word struct {
	at, n uint32 // in letters
	start uint32 // the state of a text that begins with it, or 0
}

// find is the number of a word, or -1.
func (w *words) find(text []rune, h uint64) int {
	if len(w.cells) == 0 {
		return -1
	}
	want := tag(h)
	for i := h >> w.shift; ; i = (i + 1) & uint64(len(w.tags)-1) {
		switch w.tags[i] {
		case 0:
			return -1
		case want:
			if id := w.cells[i]; w.is(id, text) {
				return int(id)
			}
		}
	}
}

func (w *words) is(id uint32, text []rune) bool {
	k := w.known[id]
	if int(k.n) != len(text) {
		return false
	}
	for i, l := range w.letters[k.at : k.at+k.n] {
		if rune(l) != text[i] {
			return false
		}
	}
	return true
}

// add is the number of a word, which is entered if it is new.
func (w *words) add(text []rune, h uint64) int {
	if id := w.find(text, h); id >= 0 {
		return id
	}
	if w.full() {
		w.resize(max(16, 2*len(w.cells)))
		for id, k := range w.known {
			h := uint64(seed)
			for _, l := range w.letters[k.at : k.at+k.n] {
				h = hashRune(h, rune(l))
			}
			w.put(mix(h), uint32(id))
		}
	}
	w.known = append(grown(w.known, 1), word{at: uint32(len(w.letters)), n: uint32(len(text))})
	w.letters = grown(w.letters, len(text))
	for _, r := range text {
		w.letters = append(w.letters, uint16(r))
	}
	w.put(h, uint32(len(w.known)-1))
	return len(w.known) - 1
}

// grown makes room for n more, and twice as much: of large slices append makes so
// little that most of the memory taken is thrown away.
func grown[T any](s []T, n int) []T {
	if len(s)+n > cap(s) {
		s = slices.Grow(s, len(s)+n)
	}
	return s
}

// fitted gives back the memory that a slice does not need.
func fitted[T any](s []T) []T {
	if cap(s) > len(s)+len(s)/4 {
		s = slices.Clone(s)
	}
	return s
}
