package bench

// A mapAutomaton is the peer of the search: the textbook's automaton of runes, with
// the edges in a Go map.
type mapAutomaton struct {
	edges  map[uint64]int32 // state<<21 | rune to state
	first  [1 << 16]int32   // the edges of the start, for the common runes
	fail   []int32          // the state of the longest proper suffix
	output []int32          // the text that ends here, or -1
	chain  []int32          // the next state on the way of fail that has an output, or 0
	length []int32          // of each text, in runes
}

func mapEdge(state int32, r rune) uint64 { return uint64(state)<<21 | uint64(r) }

// newMapAutomaton is a mapAutomaton over texts that differ from one another. Empty ones are
// never found.
func newMapAutomaton(texts [][]rune) *mapAutomaton {
	a := &mapAutomaton{edges: map[uint64]int32{}, fail: []int32{0}, output: []int32{-1}, chain: []int32{0}}
	type link struct {
		from int32
		r    rune
		to   int32
	}
	var byDepth [][]link
	for id, text := range texts {
		a.length = append(a.length, int32(len(text)))
		state := int32(0)
		for depth, r := range text {
			next, ok := a.edges[mapEdge(state, r)]
			if !ok {
				next = int32(len(a.fail))
				a.fail, a.output, a.chain = append(a.fail, 0), append(a.output, -1), append(a.chain, 0)
				a.edges[mapEdge(state, r)] = next
				if depth == len(byDepth) {
					byDepth = append(byDepth, nil)
				}
				byDepth[depth] = append(byDepth[depth], link{state, r, next})
				if state == 0 && int(r) < len(a.first) {
					a.first[r] = next
				}
			}
			state = next
		}
		if state != 0 {
			a.output[state] = int32(id)
		}
	}
	for depth, links := range byDepth {
		for _, l := range links {
			if depth > 0 {
				a.fail[l.to] = a.step(a.fail[l.from], l.r)
			}
			f := a.fail[l.to]
			if a.chain[l.to] = f; a.output[f] < 0 {
				a.chain[l.to] = a.chain[f]
			}
		}
	}
	return a
}

// step is the state after r.
func (a *mapAutomaton) step(state int32, r rune) int32 {
	for {
		if state == 0 && int(r) < len(a.first) {
			return a.first[r]
		}
		if next, ok := a.edges[mapEdge(state, r)]; ok {
			return next
		}
		if state == 0 {
			return 0
		}
		state = a.fail[state]
	}
}

// find calls found for every occurrence of every text, overlapping ones too, in
// the order of their ends: its first rune, the one behind its last, and the
// text's index.
func (a *mapAutomaton) find(text []rune, found func(start, end, id int)) {
	state := int32(0)
	for i, r := range text {
		state = a.step(state, r)
		for s := state; s != 0; s = a.chain[s] {
			if id := a.output[s]; id >= 0 {
				found(i+1-int(a.length[id]), i+1, int(id))
			}
		}
	}
}
