package content

import (
	"bytes"
	"slices"

	"consentry/redact/pdf/syntax"
)

// An item is a piece of a stream that is written anew.
type item struct {
	kind itemKind
	b    []byte
	op   int // it comes from, to know what it refers to
}

type itemKind uint8

const (
	other   itemKind = iota // state: it goes with the q…Q it stands in
	open                    // q
	shut                    // Q
	begins                  // BT
	ends                    // ET
	paints                  // something that may be seen
	place                   // moves within a text object only
	emptied                 // showed what is gone now
	marking                 // marked content: stays whatever becomes of what it marks
	dropped
)

func kindOf(name string) itemKind {
	switch name {
	case "q":
		return open
	case "Q":
		return shut
	case "BT":
		return begins
	case "ET":
		return ends
	case "Td", "TD", "Tm", "T*":
		return place
	case "BMC", "BDC", "EMC", "MP", "DP":
		return marking
	case "cm", "w", "J", "j", "M", "d", "ri", "i", "gs", "CS", "cs", "SC", "SCN", "sc", "scn", "G", "g", "RG", "rg", "K", "k",
		"Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts", "BX", "EX", "m", "l", "c", "v", "y", "h", "re", "W", "W*", "n":
		return other
	}
	return paints
}

// emit writes the stream of r as the edit wants it; false where it stays as it
// is. In either case it notes which resources are still needed.
func (d *edits) emit(x *interpreter, r *run) ([]byte, bool) {
	t := r.trace
	d.mute(x, r)
	anew := false
	for i := range t.shows {
		for g := t.shows[i].first; g < t.shows[i].first+t.shows[i].n; g++ {
			what := d.of(g)
			anew = anew || what&(move|label) != 0 || what != 0 && t.shows[i].text.size == 0 // whose advance no number of TJ can stand for
		}
	}
	var items []item
	switch {
	case anew:
		w := &writer{edits: d, x: x, r: r}
		items = w.write()
	default:
		gone := map[int]bool{}
		for i := range t.shows {
			d.cut(r, i, gone)
		}
		if len(t.replaced) == 0 {
			for _, ref := range t.refs {
				r.res.Use(ref.kind, ref.name)
			}
			return r.s.Src, false
		}
		items = r.items(gone)
	}
	items = d.shut(x, r, items)
	r.prune(items, anew)
	kept := make([]bool, len(r.s.Ops))
	var out bytes.Buffer
	out.Grow(len(r.s.Src))
	for _, i := range items {
		if i.kind == dropped {
			continue
		}
		if i.op >= 0 {
			kept[i.op] = true
		}
		if len(i.b) > 0 {
			out.Write(i.b)
			out.WriteByte('\n')
		}
	}
	for _, ref := range t.refs {
		if _, replaced := t.replaced[ref.op]; kept[ref.op] && !replaced {
			r.res.Use(ref.kind, ref.name)
		}
	}
	return out.Bytes(), true
}

// items are the operators of a stream in which some are replaced.
func (r *run) items(gone map[int]bool) []item {
	out := make([]item, 0, len(r.s.Ops))
	for i := range r.s.Ops {
		op := &r.s.Ops[i]
		b, ok := r.trace.replaced[i]
		if ok = ok || r.useless(op); !ok {
			b = r.s.Raw(op)
		}
		k := kindOf(op.Name)
		switch {
		case gone[i]:
			k = emptied
		case ok && len(b) == 0: // taken away
			k = emptied
		}
		out = append(out, item{k, b, i})
	}
	return out
}

// useless reports whether an operator is none that readers know and carries more
// than numbers: in a stream that is written anew, that is text nobody sees.
func (r *run) useless(op *syntax.Op) bool {
	if syntax.Known(op.Name) {
		return false
	}
	for _, a := range r.s.Args(op) {
		if a.Obj != nil {
			return true
		}
	}
	return false
}

// prune takes away the text objects and q…Q in which nothing is painted any
// more, with the places they tell. Where all is not written anew it only takes
// those from which something went; the text state that others rely on stays.
func (r *run) prune(items []item, all bool) {
	type group struct {
		at             int
		paints, lessen bool
	}
	var groups []group
	for i := range items {
		switch items[i].kind {
		case open, begins:
			groups = append(groups, group{at: i})
		case shut, ends:
			k := len(groups) - 1
			if k < 0 {
				continue
			}
			g := groups[k]
			if (items[g.at].kind == open) != (items[i].kind == shut) { // they cross: hands off
				groups = groups[:0]
				continue
			}
			groups = groups[:k]
			if !g.paints && (all || g.lessen && !(items[i].kind == ends && r.stray(items[i].op))) {
				vacate(items[g.at:i+1], items[i].kind == shut)
			}
			if k > 0 {
				groups[k-1].paints = groups[k-1].paints || g.paints
				groups[k-1].lessen = groups[k-1].lessen || g.lessen
			}
		case paints:
			if k := len(groups) - 1; k >= 0 {
				groups[k].paints = true
			}
		case emptied:
			if k := len(groups) - 1; k >= 0 {
				groups[k].lessen = true
			}
		}
	}
}

// stray reports whether text is placed or shown between a text object's end and
// the next one's beginning, where it should not be: it goes on from the matrix
// that the object left.
func (r *run) stray(op int) bool {
	for i := op + 1; i < len(r.s.Ops); i++ {
		switch r.s.Ops[i].Name {
		case "BT":
			return false
		case "Tj", "TJ", "'", "\"", "Td", "TD", "T*":
			return true
		}
	}
	return false
}

// vacate drops a group: of a text object only its frame and its places, for the
// rest of the state reaches beyond it.
func vacate(items []item, state bool) {
	for i := range items {
		it := &items[i]
		switch k := it.kind; {
		case k == marking, k == other && !state, k == dropped:
			continue
		case k == place && !state:
			it.b = leading(it.b)
		case k == emptied && !state: // what " leaves behind
			it.b = bytes.TrimSpace(bytes.TrimSuffix(it.b, []byte("T*")))
		default:
			it.b = nil
		}
		if it.kind = other; len(it.b) == 0 {
			it.kind = dropped
		}
	}
}

// leading is what TD leaves behind its text object: TL.
func leading(b []byte) []byte {
	if !bytes.HasSuffix(b, []byte("TD")) {
		return nil
	}
	s := syntax.Parse(b)
	if len(s.Ops) != 1 {
		return nil
	}
	a := s.Args(&s.Ops[0])
	if len(a) < 2 || a[len(a)-1].Obj != nil {
		return nil
	}
	return append(syntax.AppendFactor(nil, -a[len(a)-1].Num), " TL"...)
}

// mute takes the texts out of the marks that lose them.
func (d *edits) mute(x *interpreter, r *run) {
	for _, m := range r.trace.marks {
		if !d.marks[m.mark] {
			continue
		}
		a := r.s.Args(&r.s.Ops[m.op])
		tag, last := a[len(a)-2], a[len(a)-1]
		b := append([]byte(nil), r.s.Src[tag.From:tag.To]...)
		b = append(b, ' ')
		switch v := last.Obj.(type) {
		case syntax.Dict:
			var quiet syntax.Dict
			for _, e := range v {
				if !slices.Contains(spoken[:], string(e.Key)) {
					quiet = append(quiet, e)
				}
			}
			b = syntax.AppendObject(b, quiet)
		case syntax.Name:
			o, _ := r.res.Find("Properties", string(v))
			list := x.file().Dict(o)
			ref, ok := d.copies[identity(list)]
			if !ok {
				quiet, _ := mute(list)
				var err error
				if ref, err = x.file().Add(quiet); err != nil {
					x.fail(err)
					return
				}
				d.copies[identity(list)] = ref
			}
			b = syntax.AppendName(b, r.res.Insert("Properties", "Rd", ref))
		}
		r.trace.replaced[m.op] = append(b, " BDC"...)
	}
}

// relied reports whether something is shown from where the show at op leaves
// off. q and Q within a text object keep that place for later.
func (r *run) relied(op int) bool {
	inside, depth := true, 0
	for i := op + 1; i < len(r.s.Ops); i++ {
		switch r.s.Ops[i].Name {
		case "BT":
			return false
		case "Td", "TD", "Tm", "T*", "'", "\"":
			if depth <= 0 { // else Q brings the place back
				return false
			}
		case "Tj", "TJ":
			return true
		case "q", "Q":
			if inside {
				return true
			}
			if depth++; r.s.Ops[i].Name == "Q" {
				depth -= 2
			}
		case "ET":
			inside = false
		}
	}
	return false
}

// cut takes the dropped glyphs out of the i-th show of a stream that is not set
// anew: a number of TJ stands for their advance, so that all others stay where
// they are. gone gets those operators that show nothing any more.
func (d *edits) cut(r *run, i int, gone map[int]bool) {
	s := &r.trace.shows[i]
	any := false
	for g := s.first; g < s.first+s.n; g++ {
		any = any || d.of(g)&drop != 0
	}
	if !any {
		return
	}
	op := &r.s.Ops[s.op]
	var b []byte
	switch op.Name {
	case "'":
		b = append(b, "T* "...)
	case "\"":
		b = append(syntax.AppendFactor(b, s.text.word), " Tw "...)
		b = append(syntax.AppendFactor(b, s.text.char), " Tc T* "...)
	}
	show := append([]byte(nil), '[')
	var kept []byte
	gap, some, g := 0.0, false, s.first
	flush := func() {
		if len(kept) > 0 {
			show = syntax.AppendString(show, kept)
			kept, some = nil, true
		}
	}
	number := func() {
		if flush(); gap != 0 {
			show = append(syntax.AppendFactor(append(show, ' '), gap), ' ')
			gap = 0
		}
	}
	f := s.text.font.font
	for _, e := range elements(r.s, op) {
		switch v := e.(type) {
		case syntax.Number:
			flush()
			gap += float64(v)
		case syntax.String:
			flush() // a string may end within a code
			at := 0
			for _, c := range f.Codes(v) {
				if d.of(g)&drop == 0 {
					if gap != 0 {
						number()
					}
					kept = append(kept, v[at:min(at+c.Len, len(v))]...)
				} else if flush(); s.text.size != 0 {
					step := c.Width
					if f.Vertical() {
						step = c.WY
					}
					space := s.text.char
					if c.Space {
						space += s.text.word
					}
					gap -= (step + space/s.text.size) * 1000
				}
				at += c.Len
				g++
			}
		}
	}
	flush()
	if r.relied(s.op) {
		number()
		some = true
	}
	if some {
		b = append(append(b, show...), "] TJ"...)
	} else {
		gone[s.op] = true
	}
	r.trace.replaced[s.op] = bytes.TrimSpace(b)
}
