package setting

import (
	"math"
	"strings"

	"consentry/redact/pdf/geom"
)

// A piece is what stands on a row between two wide gaps: a line of a column, a
// cell, what follows a tab.
type piece struct {
	items  []item
	u0, u1 float64 // as drawn, without white space at its ends
	cut    bool    // something of it is cut
}

func pieces(items []item) []piece {
	var out []piece
	for from := 0; from < len(items); {
		to := from + 1
		for to < len(items) && items[to].class != apart {
			to++
		}
		p := piece{items: items[from:to], u0: math.Inf(1), u1: math.Inf(-1)}
		for _, it := range p.items {
			if p.cut = p.cut || it.cut >= 0; !it.space {
				p.u0, p.u1 = min(p.u0, it.u), max(p.u1, it.u+it.wide)
			}
		}
		if p.u0 > p.u1 { // white space alone
			p.u0, p.u1 = p.items[0].u, p.items[len(p.items)-1].u
		}
		out = append(out, p)
		from = to
	}
	return out
}

// row sets the row of line i anew: the piece with the first cut, and after it
// what has no place of its own.
func (s *setter) row(i int) {
	f, items := s.collect(i)
	classify(items)
	s.trim(items)
	ps := pieces(items)
	all, others := s.witnesses(f)
	fixed := make([]bool, len(ps)) // as far as can be told
	for k := range ps {
		fixed[k] = k == 0 || s.fixed(f, ps[k-1].u1, ps[k], all)
	}
	old := geom.Rect{X0: math.Inf(1), X1: math.Inf(-1)}
	var moved []piece
	s.shifts = s.shifts[:0]
	fresh, end, moving := old, math.Inf(-1), false
	for k, p := range ps {
		old.X0, old.X1 = min(old.X0, p.u0), max(old.X1, p.u1)
		set := setting{left, p.u0}
		var start float64
		switch {
		case !p.cut && (!moving || fixed[k] && p.u0 >= end+blankWidth*f.size):
			end = p.u1
			s.shifts = append(s.shifts, shift{p.u0, p.u1, p.u0, p.u1})
			fresh.X0, fresh.X1 = min(fresh.X0, p.u0), max(fresh.X1, p.u1)
			continue
		case s.options.Mode == Snap:
			start, end = s.snap(f, p, end)
			moved = append(moved, p)
			moving = true
			fresh.X0, fresh.X1 = min(fresh.X0, start), max(fresh.X1, end)
			continue
		case moving && !fixed[k]:
			set.at = round(end) + s.apart(f, p, end)
		case p.cut:
			if moving { // they may have moved with a name too
				others = nil
			}
			set.edge, set.at = s.anchor(f, p, all, others)
		}
		if set.edge == left { // in steps, where what stands before has grown
			if short := end + blankWidth*f.size - set.at; short > grid {
				set.at += math.Ceil(short/f.size) * f.size
			}
		}
		after := math.Inf(1)
		for n := k + 1; n < len(ps) && math.IsInf(after, 1); n++ {
			if fixed[n] {
				after = ps[n].u0
			}
		}
		start, end = s.fit(f, p, set, end, after, all)
		moved = append(moved, p)
		moving = true
		fresh.X0, fresh.X1 = min(fresh.X0, start), max(fresh.X1, end)
	}
	s.done(f, old, fresh, items, moved)
}

// A setting is where a piece stands: at is the place of its edge.
type setting struct {
	edge edge
	at   float64
}

// A token is a glyph that stays, or a label.
type token struct {
	*item        // of a label, the first that it stands for
	label string // else empty
	codes []byte
	after int     // of a label, the last glyph that it stands for
	reach float64 // where what it stands for ended
	size  float64
	wide  float64 // at that size, in points
	class gap
	base  int // the token that it stands on, or -1
}

// tokens are what is set of a piece.
func (s *setter) tokens(p piece) []token {
	var out []token
	pending, base := none, -1
	for i := range p.items {
		it := &p.items[i]
		if i > 0 && (it.kept() || it.cut < 0 || p.items[i-1].cut != it.cut) {
			pending = max(pending, it.class)
		}
		if len(out) == 0 {
			pending = none
		}
		switch {
		case it.kept():
			t := token{item: it, size: it.size, wide: it.natural, class: pending, base: -1, reach: it.u + it.wide}
			if it.over && base >= 0 {
				t.base = base
			} else {
				base = len(out)
			}
			out, pending = append(out, t), none
		case it.cut >= 0 && s.begins(p.items, i):
			t := s.written(p.items, i)
			t.class = pending
			out, pending, base = append(out, t), none, -1
		}
	}
	return out
}

// begins reports whether the label of the cut that item i is of is to be written
// before it.
func (s *setter) begins(items []item, i int) bool {
	c := items[i].cut
	if s.cuts[c].With == "" || i > 0 && items[i-1].cut == c {
		return false
	}
	for ; i < len(items) && items[i].cut == c; i++ {
		if items[i].glyph == s.first[c] {
			return true
		}
	}
	return false
}

// place draws tokens so that the first that is no white space stands at start,
// and says where the last one ends.
func (s *setter) place(f frame, tokens []token, start float64, q squeeze) (end float64) {
	pen, begun := start, false
	walk(tokens, 0, q, func(t token, at, _ float64) {
		if !begun && (t.label != "" || !t.space) {
			begun, pen = true, start-at
		}
	})
	end = start
	walk(tokens, pen, q, func(t token, at, next float64) {
		if t.label != "" {
			s.write(f, t, at, q.label)
		} else {
			s.move(f, t.item, at)
		}
		if t.label != "" || !t.space {
			s.shifts = append(s.shifts, shift{t.u, t.reach, at, next})
			end = max(end, next)
		}
	})
	return end
}

// move gives a glyph its new place.
func (s *setter) move(f frame, it *item, u float64) {
	v := f.v
	if it.v != 0 {
		v = round(f.v + it.v)
	}
	s.edit.Move[it.glyph] = f.point(u, v)
	for _, g := range it.also {
		o := s.page.Glyphs[g].Origin
		s.edit.Move[g] = f.point(u+f.u(o)-it.u, v+f.across(o)-f.v-it.v)
	}
}

// done notes what was set, and what was drawn for the row as it was.
func (s *setter) done(f frame, old, fresh geom.Rect, items []item, moved []piece) {
	for i := range items {
		if !items[i].kept() {
			s.drop[items[i].glyph] = true
			for _, g := range items[i].also {
				s.drop[g] = true
			}
		}
	}
	low, high := f.v-0.3*f.size, f.v+f.size
	if f.vertical {
		low, high = f.v-0.6*f.size, f.v+0.6*f.size
	}
	s.report.Rows = append(s.report.Rows, Row{
		Old: f.rect(old.X0, low, old.X1, high),
		New: f.rect(round(fresh.X0), round(low), round(fresh.X1+grid/2), round(high)),
	})
	s.drawn(f, moved)
}

// hasWide reports whether a label is written without spaces between words.
func hasWide(s string) bool { return strings.ContainsFunc(s, wide) }
