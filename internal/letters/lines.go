package letters

import (
	"strings"
	"unicode"
)

// A glyph is a rune as it is set.
type glyph struct {
	r    rune
	bold bool
	w    float64 // points
}

// Runes that may begin no line and end none (kinsoku, GB/T 15834).
const (
	noStart = "、，。；：？！）」』】》〉”’…—·,.;:?!)]}%‰℃°ー々"
	noEnd   = "（「『【《〈“‘([{￥$#"
)

// wide reports whether a line may break on either side of a rune.
func wide(r rune) bool {
	return r == box || unicode.Is(unicode.Han, r) || unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Hangul) ||
		r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// mayBreak reports whether a line may end after a and the next begin with b.
func mayBreak(a, b, before rune) bool {
	switch {
	case space(b), strings.ContainsRune(noStart, b), strings.ContainsRune(noEnd, a):
		return false
	case space(a):
		return before != box // a box stays with its label
	case a == box:
		return false
	case a == blank || b == blank: // a line to write on stays whole, and with what names it
		return false
	}
	return wide(a) || wide(b)
}

// wrap breaks glyphs into lines of a width.
func wrap(gs []glyph, width float64) [][]glyph {
	var out [][]glyph
	for len(gs) > 0 {
		var l []glyph
		l, gs = takeLine(gs, width)
		out = append(out, l)
	}
	return out
}

// takeLine takes one line off. Spaces at the end of a broken line are dropped. A
// word longer than a line is cut.
func takeLine(gs []glyph, width float64) (line, rest []glyph) {
	sum, end, last := 0.0, 0, -1
	for ; end < len(gs) && gs[end].r != '\n'; end++ {
		if end > 0 {
			before := rune(0)
			if end > 1 {
				before = gs[end-2].r
			}
			if mayBreak(gs[end-1].r, gs[end].r, before) && (space(gs[end-1].r) || !names(gs[end:])) {
				last = end
			}
		}
		if sum += gs[end].w; sum > width+0.01 && !space(gs[end].r) && end > 0 {
			break
		}
	}
	switch {
	case end == len(gs):
		return trim(gs), nil
	case gs[end].r == '\n':
		return trim(gs[:end]), gs[end+1:]
	case last > 0:
		end = last
	}
	line, rest = trim(gs[:end]), gs[end:]
	for len(rest) > 0 && space(rest[0].r) {
		rest = rest[1:]
	}
	return line, rest
}

// gap is a space of two or more: a place between two things in one line.
const gap = '\uE001'

func space(r rune) bool { return r == ' ' || r == gap || r == '\u3000' }

// names reports whether glyphs begin with the end of what names a line to write on,
// which is not torn apart.
func names(gs []glyph) bool {
	for _, g := range gs[:min(len(gs), 10)] {
		switch {
		case g.r == blank:
			return true
		case space(g.r) || g.r == box || g.r == '\n':
			return false
		}
	}
	return false
}

func trim(gs []glyph) []glyph {
	for len(gs) > 0 && space(gs[len(gs)-1].r) {
		gs = gs[:len(gs)-1]
	}
	return gs
}

func widthOf(gs []glyph) float64 {
	w := 0.0
	for _, g := range gs {
		w += g.w
	}
	return w
}
