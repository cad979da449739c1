package cff

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"consentry/redact/pdf/font/glyph"
)

// Keeping says how Keep goes about it.
type Keeping struct {
	Glyphs   map[int]bool         // that are still shown
	Code     func(code byte) bool // whether the built-in encoding still needs a code
	Renumber bool                 // glyphs are found by name, code or CID only, so the others can go wholly
}

var (
	errCharstring = errors.New("a charstring cannot be followed")
	errEncoding   = errors.New("the encoding does not fit")
)

// Keep writes the font with the glyphs that are kept, their accents and .notdef.
// The others, their names and CIDs, and the subroutines that only they used are
// gone: where the numbers of glyphs must not change, an empty .notdef stands in
// the place of each.
func (f *Font) Keep(k Keeping) ([]byte, error) {
	used, subrs, err := f.reach(k.Glyphs)
	if err != nil {
		return nil, err
	}
	order := make([]int, 0, len(used))
	for g := range f.Glyphs {
		if used[g] || !k.Renumber {
			order = append(order, g)
		}
	}
	w := writer{font: f, used: used, order: order, subrs: subrs, keep: k, intern: map[string]int{}}
	return w.write()
}

// reach completes the glyphs by those that accented ones are made of, and finds
// the subroutines: of the global ones by -1, of the parts by their number.
func (f *Font) reach(glyphs map[int]bool) (used map[int]bool, subrs map[int]map[int]bool, err error) {
	used = map[int]bool{0: true}
	subrs = map[int]map[int]bool{-1: {}}
	todo := []int{0}
	for g := range glyphs {
		if g > 0 && g < f.Glyphs {
			todo = append(todo, g)
			used[g] = true
		}
	}
	budget := 1 << 26
	for len(todo) > 0 {
		g := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		p := f.part(g)
		if subrs[p] == nil {
			subrs[p] = map[int]bool{}
		}
		w := walker{font: f, subrs: f.parts[p].subrs, budget: budget, calls: func(global bool, n int) {
			if global {
				subrs[-1][n] = true
			} else {
				subrs[p][n] = true
			}
		}}
		w.run(f.chars[g], 0)
		if budget = w.budget; w.lost {
			return nil, nil, errCharstring
		}
		for _, code := range w.seac {
			if c, ok := f.Named(glyph.Named("StandardEncoding")[code]); ok && !used[c] {
				used[c] = true
				todo = append(todo, c)
			}
		}
	}
	return used, subrs, nil
}

type writer struct {
	font    *Font
	used    map[int]bool
	order   []int // old glyph by new
	subrs   map[int]map[int]bool
	keep    Keeping
	strings [][]byte
	intern  map[string]int
}

// sid gives a string an id in the new font.
func (w *writer) sid(old int) int {
	if old < len(standard()) {
		return old
	}
	s := w.font.text(old)
	id, ok := w.intern[s]
	if !ok {
		id = len(standard()) + len(w.strings)
		w.intern[s] = id
		w.strings = append(w.strings, []byte(s))
	}
	return id
}

// write lays the font out anew. DICT sizes do not depend on the offsets in them, so
// these are filled in at once.
func (w *writer) write() ([]byte, error) {
	f := w.font
	charset := w.charset()
	encoding, err := w.encoding()
	if err != nil {
		return nil, err
	}
	chars := make([][]byte, len(w.order))
	for i, g := range w.order {
		if chars[i] = f.chars[g]; !w.used[g] {
			chars[i] = []byte{14} // endchar
		}
	}
	names := make([][]byte, len(f.names))
	for i, n := range f.names {
		names[i] = []byte(Untagged(string(n)))
	}
	head := appendIndex([]byte{1, 0, 4, 4}, names)
	parts := make([]dict, len(f.parts))
	for i, p := range f.parts {
		parts[i] = p.dict
	}
	dictTop := f.top
	if dictTop.get(opCharset) == nil {
		dictTop = append(slices.Clone(dictTop), entry{op: opCharset}) // the standard one fits no more
	}
	size := len(w.dict(dictTop, nil))
	for _, d := range parts {
		w.dict(d, nil) // its strings get their ids
	}
	tail := appendIndex(nil, w.strings)
	tail = appendIndex(tail, w.called(f.global, -1))
	at := len(head) + len(appendIndex(nil, [][]byte{make([]byte, size)})) + len(tail)

	var body []byte
	place := func(b []byte) int {
		here := at + len(body)
		body = append(body, b...)
		return here
	}
	offsets := map[int][]int{opCharset: {place(charset)}, opCharStrings: {place(appendIndex(nil, chars))}}
	if f.custom {
		offsets[opEncoding] = []int{place(encoding)}
	}
	privates := make([][]int, len(f.parts))
	for i, p := range f.parts {
		b := w.dict(p.private, nil)
		if len(p.subrs) > 0 {
			b = w.dict(p.private, map[int][]int{opSubrs: {len(b) + 6}}) // the entry itself
		}
		privates[i] = []int{len(b), place(b)}
		if len(p.subrs) > 0 {
			place(appendIndex(nil, w.called(p.subrs, i)))
		}
	}
	if f.CID {
		sel := []byte{0}
		for _, g := range w.order {
			if w.used[g] {
				sel = append(sel, f.fdSelect[g])
			} else {
				sel = append(sel, f.fdSelect[0])
			}
		}
		offsets[opFDSelect] = []int{place(sel)}
		fds := make([][]byte, len(parts))
		for i, d := range parts {
			fds[i] = w.dict(d, map[int][]int{opPrivate: privates[i]})
		}
		offsets[opFDArray] = []int{place(appendIndex(nil, fds))}
	} else {
		offsets[opPrivate] = privates[0]
	}
	top := w.dict(dictTop, offsets)
	if len(top) != size {
		return nil, fmt.Errorf("lay out font: top DICT of %d bytes, not %d", len(top), size)
	}
	out := append(appendIndex(head, [][]byte{top}), tail...)
	return append(out, body...), nil
}

// charset writes it anew. Glyphs that are gone but keep their place are called
// .notdef, or get CIDs that nothing else has.
func (w *writer) charset() []byte {
	f := w.font
	taken := map[int]bool{}
	for _, g := range w.order {
		if w.used[g] {
			taken[f.charset[g]] = true
		}
	}
	free := 1
	out := []byte{0}
	for _, g := range w.order[1:] {
		id := 0
		switch {
		case !f.CID && w.used[g]:
			id = w.sid(f.charset[g])
		case !f.CID:
		case w.used[g]:
			id = f.charset[g]
		default:
			for taken[free] {
				free++
			}
			id = free
			free++
		}
		out = append(out, byte(id>>8), byte(id))
	}
	return out
}

// encoding writes the built-in encoding: a code for each glyph as long as all have
// one, the others as supplements.
func (w *writer) encoding() ([]byte, error) {
	f := w.font
	if !f.custom {
		return nil, nil
	}
	codes := map[int][]byte{}
	for c, g := range f.Coded {
		if g > 0 && w.used[g] && (w.keep.Code == nil || w.keep.Code(byte(c))) {
			codes[g] = append(codes[g], byte(c))
		}
	}
	out, extra := []byte{0x80, 0}, []byte{0}
	run := true
	for _, g := range w.order[1:] {
		mine := codes[g]
		if run = run && len(mine) > 0 && out[1] < 255; run {
			out = append(out, mine[0])
			out[1]++
			mine = mine[1:]
		}
		for _, c := range mine {
			if extra[0] == 255 {
				return nil, errEncoding
			}
			sid := w.sid(f.charset[g])
			extra = append(extra, c, byte(sid>>8), byte(sid))
			extra[0]++
		}
	}
	return append(out, extra...), nil
}

// offsetOps are the operators whose operands are places in the file.
var offsetOps = map[int]int{opCharset: 1, opEncoding: 1, opCharStrings: 1, opPrivate: 2, opSubrs: 1, opFDArray: 1, opFDSelect: 1}

// dict writes a DICT with new string ids and offsets. One that repeats an operator
// keeps the last.
func (w *writer) dict(d dict, offsets map[int][]int) []byte {
	var out []byte
	for i, e := range d {
		if slices.ContainsFunc(d[i+1:], func(o entry) bool { return o.op == e.op }) {
			continue
		}
		n := sidOps[e.op]
		switch {
		case e.op == opSubrs && offsets == nil, e.op == opEncoding && !w.font.custom && d.number(opEncoding, 0) > 1:
			continue // there are none
		case e.op == opEncoding && !w.font.custom:
			out = append(out, e.raw...)
		case e.op == opCIDCount: // some writers set it by the highest CID
			out = appendNumber(out, 0xffff)
		case offsetOps[e.op] > 0:
			v := offsets[e.op]
			for k := range offsetOps[e.op] {
				if k < len(v) {
					out = appendNumber(out, v[k])
				} else {
					out = appendNumber(out, 0)
				}
			}
		case n > 0 && len(e.operands) >= n:
			for _, v := range e.operands[:n] {
				out = appendNumber(out, w.sid(offset(v)))
			}
			for _, v := range e.operands[n:] {
				out = appendNumber(out, int(v))
			}
		default:
			out = append(out, e.raw...)
		}
		out = appendOp(out, e.op)
	}
	return out
}

// called are the subroutines of a set with those that are not called left empty.
func (w *writer) called(set [][]byte, part int) [][]byte {
	out := make([][]byte, len(set))
	for i := range set {
		if out[i] = set[i]; !w.subrs[part][i] {
			out[i] = []byte{11} // return
		}
	}
	return out
}

// Untagged puts the same tag before every font name that has the tag of a subset:
// some writers make it from the characters in the subset.
func Untagged(name string) string {
	if len(name) > 7 && name[6] == '+' && strings.Trim(name[:6], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return "AAAAAA" + name[6:]
	}
	return name
}
