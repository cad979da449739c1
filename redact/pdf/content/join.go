package content

import "bytes"

// A block is q … BT … ET Q in which nothing but text is drawn: what some producers
// write for each word.
type block struct {
	open, shut  int    // the operators q and Q
	end         int    // ET
	state       []byte // what it sets before it shows something, but for the state of text
	sets        []int  // the operators of that, q and BT included
	first, last int    // of the stream's shows
}

// joined are the operators between blocks of touched text that set the same again.
// Without them the number of blocks does not tell of how many words the text was
// that is gone.
func (d *edits) joined(r *run) map[int]bool {
	out := map[int]bool{}
	show := 0
	var before *block
	for i := 0; i < len(r.s.Ops); i++ {
		for show < len(r.trace.shows) && r.trace.shows[show].op < i {
			show++
		}
		if r.s.Ops[i].Name != "q" {
			before = nil
			continue
		}
		b := r.block(i, show)
		if b == nil {
			before = nil
			continue
		}
		if before != nil && bytes.Equal(before.state, b.state) && d.touches(r, before.last) && d.touches(r, b.first) {
			out[before.end], out[before.shut] = true, true
			for _, op := range b.sets {
				out[op] = true
			}
		}
		before, i = b, b.shut
	}
	return out
}

// touches reports whether a show loses glyphs, or has some that move.
func (d *edits) touches(r *run, show int) bool {
	s := &r.trace.shows[show]
	for g := s.first; g < s.first+s.n; g++ {
		if d.of(g)&(drop|move) != 0 {
			return true
		}
	}
	return false
}

// block is the one that begins with the operator at i; nil where it is none. show
// is the first show behind it.
func (r *run) block(i, show int) *block {
	b := &block{open: i, first: -1, sets: []int{i}}
	inside := false
	for i++; i < len(r.s.Ops); i++ {
		op := &r.s.Ops[i]
		switch k := kindOf(op.Name); {
		case k == begins && !inside:
			inside = true
			b.sets = append(b.sets, i)
		case k == ends && inside:
			if b.first < 0 || i+1 >= len(r.s.Ops) || r.s.Ops[i+1].Name != "Q" {
				return nil
			}
			b.end, b.shut = i, i+1
			return b
		case k == place && inside:
		case op.Name == "Tj", op.Name == "TJ", op.Name == "'", op.Name == "\"":
			if show < len(r.trace.shows) && r.trace.shows[show].op == i {
				if r.trace.shows[show].text.mode > 3 { // it clips
					return nil
				}
				if b.first < 0 {
					b.first = show
				}
				b.last = show
				show++
			}
		case op.Name == "Tc", op.Name == "Tw", op.Name == "Tz", op.Name == "TL", op.Name == "Ts", op.Name == "Tr", op.Name == "Tf":
		case k == other && b.first < 0:
			b.sets = append(b.sets, i)
			b.state = append(append(b.state, r.s.Raw(op)...), '\n')
		default:
			return nil
		}
	}
	return nil
}
