package letters

import "strings"

// table draws rows under a head that is repeated on every page.
func (s *sheet) table(b block, x float64) {
	if len(b.rows) == 0 {
		return
	}
	if s.code != nil && s.y < bandEnd {
		s.y = bandEnd
	}
	for i := range b.rows[0] {
		for j := range b.rows[0][i] {
			b.rows[0][i][j].bold = true
		}
	}
	widths := s.columns(b.rows, left+textW-x)
	centred := boxColumns(b.rows)
	draw := func(row [][][]glyph, from, to int, head bool) {
		h := float64(to-from)*cellSize*1.5 + 2*cellPad
		if head {
			s.pdf.SetFillColor(238, 241, 244)
			s.pdf.RectFromUpperLeftWithStyle(x, s.y, sum(widths), h, "F")
		} else {
			s.stroke(x, s.y, x+sum(widths))
		}
		at := x
		for c, ls := range row {
			lo, hi := min(from, len(ls)), min(to, len(ls))
			for k, l := range ls[lo:hi] {
				px := at + cellPad
				if centred[c] {
					px = at + (widths[c]-widthOf(l))/2
				}
				s.line(px, s.y+cellPad+float64(k)*cellSize*1.5+cellSize*0.16, l, cellSize, ink)
			}
			at += widths[c]
		}
		s.y += h
		s.stroke(x, s.y, x+sum(widths))
	}
	head, headLines := s.cells(b.rows[0], widths)
	headH := float64(headLines)*cellSize*1.5 + 2*cellPad
	if s.room(s.whole(b, x)); s.code != nil && s.y < bandEnd {
		s.y = bandEnd
	}
	draw(head, 0, headLines, true)
	for _, r := range b.rows[1:] {
		row, n := s.cells(r, widths)
		for from := 0; from < n && s.err == nil; {
			if s.y+float64(n-from)*cellSize*1.5+2*cellPad <= pageH-bottom {
				draw(row, from, n, false)
				break
			}
			// A row that fits on a page goes over whole; a longer one is cut.
			fit := int((pageH - bottom - s.y - 2*cellPad) / (cellSize * 1.5))
			if whole := int((pageH - bottom - bandEnd - headH - 2*cellPad) / (cellSize * 1.5)); n-from > whole && fit > 0 {
				draw(row, from, from+fit, false)
				from += fit
			}
			if s.page(); s.code != nil {
				s.y = bandEnd
			}
			draw(head, 0, headLines, true)
		}
	}
	s.y += 10
}

// whole is the room that a table wants: all of it where it is short, else its head
// and a row.
func (s *sheet) whole(b block, x float64) float64 {
	widths := s.columns(b.rows, left+textW-x)
	total, least := 0.0, 0.0
	for i, r := range b.rows {
		_, n := s.cells(r, widths)
		total += float64(n)*cellSize*1.5 + 2*cellPad
		if i == 1 {
			least = min(total, 120)
		}
	}
	if total < 240 {
		return total
	}
	return least
}

// cells wraps a row's cells; n is the number of lines of the highest.
func (s *sheet) cells(row [][]span, widths []float64) (out [][][]glyph, n int) {
	n = 1
	for c := range widths {
		var ls [][]glyph
		if c < len(row) {
			w := widths[c] - 2*cellPad
			ls = wrap(s.set(row[c], cellSize), w)
		}
		out = append(out, ls)
		n = max(n, len(ls))
	}
	return out, n
}

// boxColumns tells the columns that hold nothing but boxes.
func boxColumns(rows [][][]span) []bool {
	out := make([]bool, len(rows[0]))
	for c := range out {
		out[c] = len(rows) > 1
		for _, r := range rows[1:] {
			if c >= len(r) || strings.TrimSpace(plainText(r[c])) != string(box) {
				out[c] = false
			}
		}
	}
	return out
}

// columns shares the width out: box columns take what their heads need, the others
// the rest by how much they hold.
func (s *sheet) columns(rows [][][]span, width float64) []float64 {
	boxes := boxColumns(rows) // set: the width is known
	out := make([]float64, len(rows[0]))
	rest, weight := width, 0.0
	weights := make([]float64, len(out))
	for c := range out {
		most, empty := 0.0, true
		for i, r := range rows {
			if c >= len(r) {
				continue
			}
			most = max(most, widthOf(s.set(r[c], cellSize)))
			empty = empty && (i == 0 || len(r[c]) == 0)
		}
		if boxes[c] {
			out[c] = max(min(most+2*cellPad, 110), 52)
			rest -= out[c]
			continue
		}
		weights[c] = min(max(most+2*cellPad, 40), 260)
		if empty { // a column to write in
			weights[c] = 120
		}
		weight += weights[c]
	}
	for c := range out { // a narrow column keeps what it needs, if the others can do
		if !boxes[c] && weights[c] <= 80 && weight > rest && weight > 2*weights[c] {
			out[c] = weights[c]
			rest, weight = rest-weights[c], weight-weights[c]
			boxes[c] = true
		}
	}
	for c := range out {
		if !boxes[c] {
			out[c] = rest * weights[c] / weight
		}
	}
	return out
}

func sum(ws []float64) float64 {
	t := 0.0
	for _, w := range ws {
		t += w
	}
	return t
}
