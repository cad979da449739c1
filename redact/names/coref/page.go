package coref

import (
	"cmp"
	"slices"
	"sort"

	"consentry/redact"
	"consentry/redact/fold"
)

// A sheet is the text of one page, span behind span.
type sheet struct {
	text  []rune
	at    map[int]int // span id to where it begins in text
	from  map[int]int // span id to its offset in the part
	lines []int       // where each line begins
	base  int         // paragraphs before it in its document
	para  []int       // of each line: its paragraph, from base
}

type sheetKey struct {
	part string
	page int
}

// sheetOf lays the spans of a page out in one text. Spans that do not go on
// directly are lines of their own.
func sheetOf(p redact.Page, base int) *sheet {
	s := &sheet{at: map[int]int{}, from: map[int]int{}, base: base}
	spans := slices.Clone(p.Spans)
	slices.SortStableFunc(spans, func(a, b redact.Span) int { return cmp.Compare(a.Offset, b.Offset) })
	next := 0
	for i, sp := range spans {
		if i > 0 && sp.Offset != next {
			s.text = append(s.text, '\n')
		}
		s.at[sp.ID], s.from[sp.ID] = len(s.text), sp.Offset
		rs := []rune(sp.Text)
		s.text = append(s.text, rs...)
		next = sp.Offset + len(rs)
	}
	s.lines = []int{0}
	for i, r := range s.text {
		if r == '\n' || r == '\u2028' || r == '\r' && (i+1 == len(s.text) || s.text[i+1] != '\n') {
			s.lines = append(s.lines, i+1)
		}
	}
	s.para = make([]int, len(s.lines))
	n := base
	for i := range s.lines {
		if i > 0 && s.blank(i-1) {
			n++
		}
		s.para[i] = n
	}
	s.base = n + 1
	return s
}

// line is the number of the line that rune i stands in.
func (s *sheet) line(i int) int {
	return sort.Search(len(s.lines), func(k int) bool { return s.lines[k] > i }) - 1
}

// bounds are the runes of a line, its break left out.
func (s *sheet) bounds(line int) (int, int) {
	end := len(s.text)
	if line+1 < len(s.lines) {
		end = s.lines[line+1] - 1
	}
	return s.lines[line], max(end, s.lines[line])
}

func (s *sheet) blank(line int) bool {
	a, b := s.bounds(line)
	for _, r := range s.text[a:b] {
		if r != ' ' && r != '\t' && r != '\r' && r != '　' {
			return false
		}
	}
	return true
}

// reach is how many runes around a mention are looked at.
const reach = 48

// before is the folded text of the mention's line in front of it.
func (s *sheet) before(m *mention) string {
	a, _ := s.bounds(m.line)
	return s.fold(max(a, m.start-reach), m.start)
}

// after is the folded text of the mention's last line behind it.
func (s *sheet) after(m *mention) string {
	_, b := s.bounds(s.line(max(m.start, m.end-1)))
	return s.fold(m.end, min(b, m.end+reach))
}

func (s *sheet) fold(a, b int) string {
	if a >= b {
		return ""
	}
	return string(fold.Of(s.text[a:b]).Runes)
}

// place finds a region in the sheet.
func (s *sheet) place(r redact.Region) (start, end int, ok bool) {
	at, ok := s.at[r.Span]
	start = at + r.Start - s.from[r.Span]
	end = start + r.End - r.Start
	return start, end, ok && start >= 0 && end <= len(s.text) && start < end
}
