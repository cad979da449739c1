package report

import "strings"

// put writes one line at x, y in points from the top left.
func (s *sheet) put(x, y float64, font string, size float64, text string) {
	if s.err != nil || text == "" {
		return
	}
	if s.err = s.pdf.SetFont(font, "", size); s.err != nil {
		return
	}
	s.pdf.SetTextColor(s.ink[0], s.ink[1], s.ink[2]) // a fill before it changed the colour
	s.pdf.SetXY(x, y)
	s.err = s.pdf.Cell(nil, text)
}

// wrap breaks text to a width at a font's size; Han breaks anywhere.
func (s *sheet) wrap(text, font string, size, w float64) []string {
	if s.err != nil {
		return nil
	}
	if s.err = s.pdf.SetFont(font, "", size); s.err != nil {
		return nil
	}
	var out []string
	for l := range strings.SplitSeq(text, "\n") {
		if l == "" {
			continue
		}
		ls, err := s.pdf.SplitTextWithWordWrap(l, w)
		if err != nil {
			s.err = err
			return nil
		}
		out = append(out, ls...)
	}
	return out
}

// room starts a new page where h points do not fit any more.
func (s *sheet) room(h float64) {
	if s.y+h > pageH-margin {
		s.page()
	}
}

func (s *sheet) block(text, font string, size, after float64) {
	for _, l := range s.wrap(text, font, size, width) {
		s.room(size * 1.45)
		s.put(margin, s.y, font, size, l)
		s.y += size * 1.45
	}
	s.y += after
}

func (s *sheet) title(text string) { s.block(text, "bold", 18, 8) }
func (s *sheet) para(text string)  { s.block(text, "regular", 9, 2) }

func (s *sheet) note(text string) {
	s.ink = muted
	s.block(text, "regular", 7.5, 0)
	s.ink = ink
}

func (s *sheet) heading(text string) {
	s.room(60) // never alone at the foot of a page
	s.y += 10
	s.block(text, "bold", 12, 4)
}

func (s *sheet) warn(text string) {
	s.pdf.SetFillColor(255, 233, 204)
	s.pdf.RectFromUpperLeftWithStyle(margin, s.y, width, 20, "F")
	s.put(margin+6, s.y+5, "bold", 9, text)
	s.y += 28
}

func (s *sheet) pairs(ps [][2]string) {
	for _, p := range ps {
		lines := s.wrap(p[1], "regular", 9, width-110)
		if len(lines) == 0 {
			continue
		}
		s.room(14 * float64(len(lines)))
		s.put(margin, s.y, "bold", 9, p[0])
		for _, l := range lines {
			s.put(margin+110, s.y, "regular", 9, l)
			s.y += 14
		}
	}
}

// table draws rows under a header that is repeated on every page.
func (s *sheet) table(widths []float64, rows [][]string) {
	for i, row := range rows {
		h := s.rowHeight(widths, row, i == 0)
		if s.y+h > pageH-margin {
			s.page()
			if i > 0 {
				s.row(widths, rows[0], true)
			}
		}
		s.row(widths, row, i == 0)
	}
	s.y += 6
}

const cellSize, cellPad, cellLine = 8.0, 3.0, 11.0

func (s *sheet) rowHeight(widths []float64, row []string, head bool) float64 {
	most := 1
	for i, c := range row {
		most = max(most, len(s.wrap(c, face(head), cellSize, widths[i]-2*cellPad)))
	}
	return float64(most)*cellLine + 2*cellPad
}

func (s *sheet) row(widths []float64, row []string, head bool) {
	h := s.rowHeight(widths, row, head)
	if head {
		s.pdf.SetFillColor(227, 232, 238)
		s.pdf.RectFromUpperLeftWithStyle(margin, s.y, width, h, "F")
	}
	x := margin
	for i, c := range row {
		for j, l := range s.wrap(c, face(head), cellSize, widths[i]-2*cellPad) {
			s.put(x+cellPad, s.y+cellPad+float64(j)*cellLine, face(head), cellSize, l)
		}
		x += widths[i]
	}
	s.y += h
	s.pdf.SetStrokeColor(200, 206, 214)
	s.pdf.SetLineWidth(0.5)
	s.pdf.Line(margin, s.y, margin+width, s.y)
}

func face(head bool) string {
	if head {
		return "bold"
	}
	return "regular"
}
