package removed

// A Matcher finds many byte patterns in one pass (Aho and Corasick 1975). It is
// not changed after NewMatcher, so that scans may run at once.
//
// The root and its children have full tables, because nearly all steps of a
// scan end there; deeper nodes keep their children in a list.
type Matcher struct {
	nodes  []node
	tables [][256]int32 // next node by byte; the first is the root's
}

type node struct {
	first, next int32 // child and sibling, 0: none
	fail        int32 // node of the longest proper suffix
	dict        int32 // nearest node on the way of failures where a pattern ends, 0: none
	pattern     int32 // that ends here, -1: none
	table       int32 // -1: none
	depth       int32
	b           byte
}

// NewMatcher builds a matcher. Empty patterns never match; of equal ones the
// first is reported.
func NewMatcher(patterns [][]byte) *Matcher {
	m := &Matcher{nodes: []node{{pattern: -1}}, tables: make([][256]int32, 1)}
	for i, p := range patterns {
		at := int32(0)
		for _, b := range p {
			next := m.child(at, b)
			if next == 0 {
				next = int32(len(m.nodes))
				m.nodes = append(m.nodes, node{b: b, depth: m.nodes[at].depth + 1, next: m.nodes[at].first, pattern: -1, table: -1})
				m.nodes[at].first = next
				if at == 0 {
					m.tables[0][b] = next
				}
			}
			at = next
		}
		if at != 0 && m.nodes[at].pattern < 0 {
			m.nodes[at].pattern = int32(i)
		}
	}
	m.link()
	return m
}

// link sets the failure links, breadth first.
func (m *Matcher) link() {
	for queue := []int32{0}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if m.nodes[at].depth == 1 {
			m.nodes[at].table = int32(len(m.tables))
			m.tables = append(m.tables, m.tables[0])
		}
		for c := m.nodes[at].first; c != 0; c = m.nodes[c].next {
			n := &m.nodes[c]
			switch n.depth {
			case 1: // fails to the root
			case 2:
				m.tables[m.nodes[at].table][n.b] = c
				fallthrough
			default:
				n.fail = m.step(m.nodes[at].fail, n.b)
			}
			if n.dict = m.nodes[n.fail].dict; m.nodes[n.fail].pattern >= 0 {
				n.dict = n.fail
			}
			queue = append(queue, c)
		}
	}
}

func (m *Matcher) child(at int32, b byte) int32 {
	if at == 0 {
		return m.tables[0][b]
	}
	for c := m.nodes[at].first; c != 0; c = m.nodes[c].next {
		if m.nodes[c].b == b {
			return c
		}
	}
	return 0
}

// step is the node after reading b at a node.
func (m *Matcher) step(at int32, b byte) int32 {
	for {
		if t := m.nodes[at].table; t >= 0 {
			return m.tables[t][b]
		}
		if c := m.child(at, b); c != 0 {
			return c
		}
		at = m.nodes[at].fail
	}
}

// Scan reads b from a state (0 at the start) and calls hit with each pattern
// and the index in b behind its last byte. It returns the state to go on with.
func (m *Matcher) Scan(state int32, b []byte, hit func(pattern, end int)) int32 {
	for i, c := range b {
		state = m.step(state, c)
		n := &m.nodes[state]
		if n.pattern < 0 && n.dict == 0 {
			continue
		}
		for at := state; at != 0; at = m.nodes[at].dict {
			if p := m.nodes[at].pattern; p >= 0 {
				hit(int(p), i+1)
			}
		}
	}
	return state
}
