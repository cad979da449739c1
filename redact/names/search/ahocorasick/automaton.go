// Package ahocorasick finds many texts at once (Aho, Corasick: Efficient String
// Matching, 1975).
//
// It reads a text in symbols, not in runes: a run of letters and digits of a
// script with word bounds is one symbol, and so is every other rune. A text that
// begins or ends with a word is therefore found as whole words only, and a
// person's name in English has two states, not one for each letter.
package ahocorasick

import (
	"slices"

	"consentry/redact/fold"
)

// An Automaton is built once and searched any number of times, also at once. A
// million names take 30 to 60 MB. Time to search is linear in what is read.
type Automaton struct {
	edges  edges
	states []state  // the first is the start
	first  []uint32 // the states behind the start, by rune
	words  words
	length []uint32 // of each key, in symbols
	deep   int      // the largest of them
}

// A state stands for the beginning of a text. Its first child is mostly the state
// with the next number, for the states of a new text are made one behind another;
// all other edges are in the table.
type state struct {
	parent uint32
	symbol uint32 // that leads here from it
	fail   uint32 // the state of the longest proper suffix, and the bit branches
	out    uint32 // 1 + the longest key that ends here; 0 for none
}

// branches says that the table has edges from a state.
const branches = 1 << 31

// Symbols: a rune is its own, a known word one of two, with and without a space
// before it. At the start that space makes no difference, for a text does not
// begin with one.
const wordSymbols = 0x110000

// step is the state after a symbol, and how many shorter ones were tried.
func (a *Automaton) step(at, symbol uint32) (next uint32, tried int) {
	for at != 0 {
		if to := a.child(at, symbol); to != 0 {
			return to, tried
		}
		at = a.states[at].fail &^ branches
		tried++
	}
	return a.start(symbol), tried
}

// start is the state behind the start.
func (a *Automaton) start(symbol uint32) uint32 {
	if symbol < uint32(len(a.first)) {
		return a.first[symbol]
	}
	if symbol >= wordSymbols {
		return a.words.known[(symbol-wordSymbols)/2].start
	}
	return a.child(0, symbol)
}

// Keys is how many different texts there are.
func (a *Automaton) Keys() int { return len(a.length) }

// Has reports whether r, no letter or digit, is in a text.
func (a *Automaton) Has(r rune) bool {
	return slices.ContainsFunc(a.states, func(s state) bool { return s.symbol == uint32(r) })
}

// Find calls found, in the order of their ends, for every place where texts end
// with the longest of those: its first rune, the one behind its last, and its
// key. Shorter ones that end there lie within it.
func (a *Automaton) Find(text []rune, found func(start, end, key int)) { a.find(text, found) }

// find tells also how many shorter states it tried.
func (a *Automaton) find(text []rune, found func(start, end, key int)) (tried int) {
	if len(a.states) == 1 {
		return 0
	}
	size := 1
	for size < a.deep {
		size *= 2
	}
	var few [32]int
	begins := few[:] // of the last symbols
	if size > len(few) {
		begins = make([]int, size)
	}
	size = len(begins)
	at, n := uint32(0), 0
	for i := 0; i < len(text); n++ {
		symbol, spaced := uint32(text[i]), uint32(0)
		if symbol == ' ' && i+1 < len(text) && fold.Bounded(text[i+1]) {
			i++
			symbol, spaced = uint32(text[i]), 1
		}
		begin := i
		i++
		if fold.Bounded(rune(symbol)) {
			h := uint64(seed)
			for i = begin; i < len(text) && fold.Bounded(text[i]); i++ {
				h = hashRune(h, text[i])
			}
			word := a.words.find(text[begin:i], mix(h))
			if word < 0 {
				at = 0
				continue
			}
			symbol = wordSymbols + 2*uint32(word) + spaced
		}
		if at == 0 {
			if at = a.start(symbol); at == 0 {
				continue
			}
		} else {
			next, t := a.step(at, symbol)
			if tried += t; next == 0 {
				at = 0
				continue
			}
			at = next
		}
		begins[n&(size-1)] = begin
		if out := a.states[at].out; out != 0 {
			key := int(out - 1)
			found(begins[(n+1-int(a.length[key]))&(size-1)], i, key)
		}
	}
	return tried
}
