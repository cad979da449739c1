package custom

// An automaton finds words in a text in one walk (Aho and Corasick, 1975).
type automaton struct {
	next  map[edge]int32
	fail  []int32
	words [][]term // that end at a node
	up    []int32  // the next node with words on the way of failures; 0 where none
}

type edge struct {
	node int32
	r    rune
}

// A term is a word of a kind.
type term struct {
	runes []rune
	kind  int
}

// A span is a term's place in a text.
type span struct{ lo, hi, kind int }

func newAutomaton(terms []term) *automaton {
	a := &automaton{next: map[edge]int32{}, fail: []int32{0}, words: [][]term{nil}, up: []int32{0}}
	children := [][]edge{nil}
	for _, t := range terms {
		at := int32(0)
		for _, r := range t.runes {
			e := edge{at, r}
			n, ok := a.next[e]
			if !ok {
				n = int32(len(a.fail))
				a.next[e] = n
				a.fail, a.words, a.up = append(a.fail, 0), append(a.words, nil), append(a.up, 0)
				children[at] = append(children[at], e)
				children = append(children, nil)
			}
			at = n
		}
		if at != 0 {
			a.words[at] = append(a.words[at], t)
		}
	}
	queue := []int32{0}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, e := range children[at] {
			n := a.next[e]
			if at != 0 {
				a.fail[n] = a.step(a.fail[at], e.r)
			}
			if f := a.fail[n]; len(a.words[f]) > 0 {
				a.up[n] = f
			} else {
				a.up[n] = a.up[f]
			}
			queue = append(queue, n)
		}
	}
	return a
}

func (a *automaton) step(at int32, r rune) int32 {
	for {
		if n, ok := a.next[edge{at, r}]; ok {
			return n
		}
		if at == 0 {
			return 0
		}
		at = a.fail[at]
	}
}

// search gives every place of every word. A place has as many as there are lengths
// of words, MaxWord at most.
func (a *automaton) search(text []rune) (out []span) {
	if len(a.fail) == 1 {
		return nil
	}
	at := int32(0)
	for i, r := range text {
		at = a.step(at, r)
		for n := at; n != 0; n = a.up[n] {
			for _, t := range a.words[n] {
				out = append(out, span{i + 1 - len(t.runes), i + 1, t.kind})
			}
		}
	}
	return out
}
