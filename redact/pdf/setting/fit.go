package setting

import "math"

// A squeeze is how much room what is set takes of what it wants.
type squeeze struct {
	label float64 // size of labels
	blank float64 // width of spaces
	track float64 // between letters, in em
	more  float64 // at each space, in points: of a line that is set to its full width
}

// The squeezes in the order in which they are tried. The first ones are to keep
// within the column, the others within what is free.
var squeezes = [...]squeeze{
	{1, 1, 0, 0}, {.95, .85, 0, 0}, {.9, .75, 0, 0}, {.8, .7, -.02, 0}, {.7, .6, -.04, 0}, {.6, .5, -.07, 0},
}

const mild = 3

// fit sets a piece at its place, with as little squeezing as there is room for,
// and says where it begins and ends now. before and after are its neighbours.
func (s *setter) fit(f frame, p piece, set setting, before, after float64, all []extent) (start, end float64) {
	tokens := s.tokens(p)
	r := s.room(f, p, set.at, before, after, all)
	space := func(high float64) float64 {
		switch set.edge {
		case centre:
			return 2 * min(set.at-r.low, high-set.at)
		case right:
			return set.at - r.low
		}
		return high - set.at
	}
	q := squeezes[0]
	for k, try := range squeezes {
		q = try
		w := s.width(tokens, q)
		if k < mild && w <= space(r.soft) || k >= mild-1 && w <= space(r.high) {
			break
		}
		if k == len(squeezes)-1 {
			s.report.Tight++
		}
	}
	w := s.width(tokens, q)
	start = set.at
	if set.edge == left && same(p.u1, r.margin) { // it was as wide as its column
		q = full(tokens, q, r.margin-start-w)
	}
	switch set.edge {
	case centre:
		start -= w / 2
	case right:
		start -= w
	}
	start = round(start)
	return start, s.place(f, tokens, start, q)
}

// full spreads what is left of a line's width over its spaces, or in text without
// spaces over all letters; where that is too much the line stays ragged.
func full(tokens []token, q squeeze, left float64) squeeze {
	for len(tokens) > 0 && tokens[len(tokens)-1].label == "" && tokens[len(tokens)-1].space {
		tokens = tokens[:len(tokens)-1]
	}
	if len(tokens) < 2 || left <= 0 {
		return q
	}
	spaces, letters, size := 0, 0, tokens[0].size
	for i, t := range tokens {
		switch {
		case t.base >= 0:
		case i > 0 && t.class == blank, i > 0 && t.label == "" && t.space:
			spaces++
		case t.label == "":
			letters++
		}
	}
	switch {
	case spaces > 0 && left/float64(spaces) < 0.6*size:
		q.more = left / float64(spaces)
	case spaces == 0 && letters > 0 && left/float64(letters) < 0.12*size:
		q.track += left / float64(letters) / size
	}
	return q
}

// apart is the gap before a piece that nothing but the text before it tells the
// place of: less where the page ends.
func (s *setter) apart(f frame, p piece, end float64) float64 {
	gap := apartWidth * f.size
	if p.items[0].led {
		gap = blankWidth * f.size
	}
	if s.options.Box.Empty() {
		return gap
	}
	room := f.span(s.options.Box).X1 - 6 - end - s.width(s.tokens(p), squeezes[0])
	for gap > room && gap > f.size/2 {
		gap /= 2
	}
	return gap
}

// width is that of tokens from the first to the last that is no white space.
func (s *setter) width(tokens []token, q squeeze) float64 {
	first, end, begun := 0.0, math.Inf(-1), false
	walk(tokens, 0, q, func(t token, at, next float64) {
		if t.label == "" && t.space {
			return
		}
		if !begun {
			begun, first = true, at
		}
		end = max(end, next)
	})
	return max(end-first, 0)
}

// walk gives the place of each token from start on, and where it ends.
func walk(tokens []token, start float64, q squeeze, each func(t token, at, next float64)) {
	pen := start
	at := make([]float64, len(tokens))
	for i, t := range tokens {
		if t.base >= 0 {
			at[i] = at[t.base] + t.u - tokens[t.base].u
			each(t, at[i], at[i]+t.wide)
			pen = max(pen, at[i]+t.wide)
			continue
		}
		if t.class == blank {
			pen = round(pen + blankWidth*q.blank*t.size + q.more)
		}
		w := t.wide + q.track*t.size
		switch {
		case t.label != "":
			pen = round(pen)
			w = t.wide * q.label
		case t.space:
			w = t.wide*q.blank + q.more
		}
		at[i] = pen
		pen += max(w, 0)
		if t.label != "" {
			pen = round(pen + grid/2)
		}
		each(t, at[i], pen)
	}
}
