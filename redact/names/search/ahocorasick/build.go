package ahocorasick

import (
	"iter"
	"runtime"
	"slices"
	"sync"

	"consentry/redact/fold"
)

// Texts are texts to find, one behind another.
type Texts struct {
	runes []rune
	ends  []int
}

// Add adds a text. It must not begin or end with a space; an empty one is never
// found.
func (t *Texts) Add(text []rune) {
	t.runes = append(t.runes, text...)
	t.ends = append(t.ends, len(t.runes))
}

// Reset takes all texts out. Their memory is used again.
func (t *Texts) Reset() { t.runes, t.ends = t.runes[:0], t.ends[:0] }

// New is an Automaton over n texts. Of each it gives the key, which is the same
// for texts alike, ascending from 0 in the order of their first; -1 for an empty
// one. A set is not looked at after the next was asked for.
func New(n int, all iter.Seq[*Texts]) (*Automaton, []int32) {
	a := &Automaton{states: make([]state, 1, n+n/4+16)}
	a.edges.resize(n + n/2) // most texts need one
	keys := make([]int32, 0, n)
	for set := range all {
		start := 0
		for _, end := range set.ends {
			keys = append(keys, a.add(set.runes[start:end]))
			start = end
		}
	}
	a.states, a.words.known, a.words.letters = fitted(a.states), fitted(a.words.known), fitted(a.words.letters)
	a.suffixes()
	return a, keys
}

// add enters a text.
func (a *Automaton) add(text []rune) int32 {
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
			symbol = wordSymbols + 2*uint32(a.words.add(text[begin:i], mix(h))) + spaced
		}
		at = a.next(at, symbol)
	}
	if at == 0 {
		return -1
	}
	if a.states[at].out == 0 {
		a.length = append(a.length, uint32(n))
		a.deep = max(a.deep, n)
		a.states[at].out = uint32(len(a.length))
	}
	return int32(a.states[at].out - 1)
}

// next is the state behind at, which is made if need be.
func (a *Automaton) next(at, symbol uint32) uint32 {
	made := uint32(len(a.states))
	if at > 0 || symbol >= 1<<16 && symbol < wordSymbols {
		if to := a.childOr(at, symbol, made); to != made {
			return to
		}
	} else {
		if symbol < 1<<16 && int(symbol) >= len(a.first) {
			size := 1 << 8 // all that English needs
			if symbol >= 1<<8 {
				size = 1 << 16
			}
			a.first = append(make([]uint32, 0, size), a.first...)[:size]
		}
		var to *uint32
		if symbol >= wordSymbols {
			to = &a.words.known[(symbol-wordSymbols)/2].start
		} else {
			to = &a.first[symbol]
		}
		if *to != 0 {
			return *to
		}
		*to = made
	}
	a.states = append(grown(a.states, 1), state{parent: at, symbol: symbol})
	return made
}

// suffixes finds the suffixes of all states, shorter states first; a state is longer
// by one symbol than the one it hangs on, which has a lower number.
func (a *Automaton) suffixes() {
	depth := make([]uint32, len(a.states))
	count := make([]int, a.deep+2)
	for s := 1; s < len(a.states); s++ {
		depth[s] = depth[a.states[s].parent] + 1
		count[depth[s]+1]++
	}
	for d := 1; d < len(count); d++ {
		count[d] += count[d-1]
	}
	order := make([]uint32, len(a.states)-1)
	for s := 1; s < len(a.states); s++ {
		order[count[depth[s]]] = uint32(s)
		count[depth[s]]++
	}
	for d, start := 1, 0; d <= a.deep; d++ {
		level := order[start:count[d]]
		start = count[d]
		atOnce(level, func(part []uint32) {
			for _, s := range part {
				st := &a.states[s]
				fail := uint32(0)
				if st.parent != 0 {
					fail, _ = a.step(a.states[st.parent].fail&^branches, st.symbol)
				}
				st.fail |= fail
				if st.out == 0 {
					st.out = a.states[fail].out
				}
			}
		})
	}
}

// atOnce does all on every processor, if they are many.
func atOnce(all []uint32, do func([]uint32)) {
	parts := runtime.GOMAXPROCS(0)
	if len(all) < 10000 || parts == 1 {
		do(all)
		return
	}
	var wg sync.WaitGroup
	for part := range slices.Chunk(all, (len(all)+parts-1)/parts) {
		wg.Go(func() { do(part) })
	}
	wg.Wait()
}
