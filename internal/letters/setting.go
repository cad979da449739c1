package letters

import "strings"

// set measures spans.
func (s *sheet) set(spans []span, size float64) []glyph {
	var out []glyph
	for _, sp := range spans {
		spaces := 0
		for _, r := range sp.text {
			if spaces++; r != ' ' {
				spaces = 0
			}
			if spaces == 2 { // two spaces and more are a gap
				out[len(out)-1] = glyph{gap, false, size * 0.7}
			}
			if spaces > 1 {
				out = append(out, glyph{gap, false, size * 0.7})
				continue
			}
			out = append(out, glyph{r, sp.bold, s.width(r, sp.bold) * size})
		}
	}
	return out
}

func (s *sheet) width(r rune, bold bool) float64 {
	switch r {
	case '\n':
		return 0
	case blank:
		return 0.78
	case box:
		return 1.1
	}
	if q, ok := s.quote(r); ok {
		return q.width
	}
	k := glyph{r: r, bold: bold}
	if w, ok := s.widths[k]; ok {
		return w
	}
	if s.err != nil {
		return 0
	}
	if err := s.pdf.SetFont(face(bold), "", 100); err != nil {
		s.fail(err)
		return 0
	}
	if ok, err := s.pdf.IsCurrFontContainGlyph(r); err != nil || !ok {
		s.fail(ErrGlyph)
		return 0
	}
	w, err := s.pdf.MeasureTextWidth(string(r))
	if err != nil {
		s.fail(err)
	}
	s.widths[k] = w / 100
	return w / 100
}

// line writes glyphs at x, with the top of the letters at y.
func (s *sheet) line(x, y float64, gs []glyph, size float64, colour [3]uint8) {
	for i := 0; i < len(gs) && s.err == nil; {
		n, w := i, 0.0
		for ; n < len(gs) && kindOf(gs[n]) == kindOf(gs[i]); n++ {
			w += gs[n].w
		}
		switch run := gs[i:n]; {
		case gs[i].r == blank:
			s.pdf.SetStrokeColor(ink[0], ink[1], ink[2])
			s.pdf.SetLineWidth(0.6)
			s.pdf.Line(x, y+size*1.12, x+w, y+size*1.12)
		case gs[i].r == box: // the font lacks U+2610; U+25A1 is an empty square, too
			for j := range run {
				s.word(x+float64(j)*1.1*size, y-size*0.05, "□", true, size*1.1, ink)
			}
		case kindOf(gs[i]) == spaced:
		case kindOf(gs[i]) == quoted && s.lang == En:
			q, _ := s.quote(gs[i].r)
			n, w = i+1, gs[i].w
			s.word(x-q.shift*size, y, string(gs[i].r), gs[i].bold, size, colour)
		default:
			var b strings.Builder
			for _, g := range run {
				b.WriteRune(g.r)
			}
			s.word(x, y, b.String(), gs[i].bold, size, colour)
		}
		x += w
		i = n
	}
}

// A kind tells runs apart that are drawn in one go.
type kind int

const (
	regular kind = iota
	bold
	boxed
	blanked
	spaced
	quoted
)

func kindOf(g glyph) kind {
	switch {
	case g.r == box:
		return boxed
	case g.r == blank:
		return blanked
	case g.r == gap || g.r == '\u3000':
		return spaced
	case strings.ContainsRune("‘’“”", g.r):
		return quoted
	case g.bold:
		return bold
	}
	return regular
}

// A narrow glyph is one that the font sets as wide as a Han character, and that is
// drawn narrower: so far to the left and with so much room, in ems.
type narrow struct{ shift, width float64 }

// quote gives the room of quotation marks in English.
func (s *sheet) quote(r rune) (narrow, bool) {
	if s.lang != En {
		return narrow{}, false
	}
	q, ok := map[rune]narrow{'‘': {0.7, 0.3}, '’': {0, 0.3}, '“': {0.5, 0.5}, '”': {0, 0.5}}[r]
	return q, ok
}

func (s *sheet) word(x, y float64, text string, bold bool, size float64, colour [3]uint8) {
	if s.err != nil || text == "" {
		return
	}
	if err := s.pdf.SetFont(face(bold), "", size); err != nil {
		s.fail(err)
		return
	}
	s.pdf.SetTextColor(colour[0], colour[1], colour[2])
	s.pdf.SetXY(x, y)
	if err := s.pdf.Cell(nil, text); err != nil {
		s.fail(err)
	}
}
