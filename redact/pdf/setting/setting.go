// Package setting sets the lines anew from which something is removed, so that
// the gap does not tell what stood there. The width of a name in a proportional
// font is nearly the name itself (Bland, Iyer, Levchenko, "Story Beyond the Eye:
// Glyph Positions Break PDF Text Redaction", PETS 2023): where the rest of a line
// stays, or moves by the difference, each glyph after the name says how wide it
// was. Here every place on a touched line follows from what stays, from the label
// and from lines that are not touched.
//
// What it cannot hide is where a paragraph's lines were broken, the widths of
// table columns that were fitted to their contents, sizes of letters that were
// chosen to make a text fit, and the numbers that producers give to glyphs in the
// order in which a document first uses them.
package setting

import (
	"slices"

	"consentry/redact/pdf/content"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/label"
	"consentry/redact/pdf/layout"
)

// A Cut is something that goes: one name where it stands once.
type Cut struct {
	Glyphs []int  // in content.Page.Glyphs
	With   string // the label; may be empty
}

// Mode is how the room of what was removed is treated.
type Mode int

// The modes.
const (
	// Labels: the label takes the room it needs, the rest of the line follows.
	Labels Mode = iota
	// Snap: the gap is made a multiple of 4 em wide, the rest of the line keeps its
	// own spacing. It still tells the width in these steps.
	Snap
)

// Options are how a page is set.
type Options struct {
	Mode Mode
	Box  geom.Rect // the crop box, in default user space; empty where it is not known
}

// A Report is what Plan did and what is left to the caller.
type Report struct {
	Rows  []Row
	Fills []int // of content.Page.Fills: underlines and grounds that were as wide as a touched text, drawn anew
	Tight int   // lines on which what stays has less than its natural room
}

// A Row is all text on one touched baseline, in default user space. The Rect of a
// link annotation that meets Old has to become New: its own would tell the place
// of what it links, and so the widths before it.
type Row struct{ Old, New geom.Rect }

// Plan says how p is drawn without cuts. lines are layout.Lines of the same page.
// f is the font of the labels, reserved in the page's file; what Plan encodes in
// it has to be embedded afterwards. Two pages that differ only in what is cut, and
// in the places that depend on its width, get the same plan but for the numbers
// of glyphs.
func Plan(p *content.Page, lines []layout.Line, cuts []Cut, f *label.Font, o Options) (content.Edit, Report) {
	s := setter{page: p, lines: lines, cuts: cuts, font: f, options: o,
		cut: map[int]int{}, first: make([]int, len(cuts)), drop: map[int]bool{}, taken: map[int]bool{}}
	s.edit.Move, s.edit.Fills = map[int]geom.Point{}, map[int]geom.Rect{}
	for c, cut := range cuts {
		s.first[c] = -1
		for _, g := range cut.Glyphs {
			if _, twice := s.cut[g]; !twice && g >= 0 && g < len(p.Glyphs) {
				s.cut[g] = c
				s.drop[g] = true
			}
		}
	}
	if len(s.drop) == 0 {
		return content.Edit{}, Report{}
	}
	s.index()
	for i := range lines {
		if s.touched[i] && !s.taken[i] {
			s.row(i)
		}
	}
	for g := range s.drop {
		s.edit.Drop = append(s.edit.Drop, g)
		delete(s.edit.Move, g)
	}
	slices.Sort(s.edit.Drop)
	slices.Sort(s.report.Fills)
	s.report.Fills = slices.Compact(s.report.Fills)
	return s.edit, s.report
}

// A setter works out one plan.
type setter struct {
	page    *content.Page
	lines   []layout.Line
	cuts    []Cut
	font    *label.Font
	options Options

	cut     map[int]int  // glyph to cut
	first   []int        // of each cut, the glyph that reading meets first, or -1
	spread  []bool       // of each cut, whether it stands on more than one line
	drop    map[int]bool // glyphs
	touched []bool       // lines
	taken   map[int]bool // lines that stand in a row
	lined   map[int]bool // glyphs that stand in a line
	extents []extent     // of lines
	shifts  []shift      // on the row that is being set

	edit   content.Edit
	report Report
}

// index finds what is touched and where each cut begins.
func (s *setter) index() {
	s.touched = make([]bool, len(s.lines))
	s.spread = make([]bool, len(s.cuts))
	s.lined = map[int]bool{}
	begun := make([]int, len(s.cuts))
	for i, l := range s.lines {
		for _, r := range l.Runes {
			all := append([]int{r.Glyph}, r.Also...)
			hit := -1
			for _, g := range all {
				s.lined[g] = true
				if c, ok := s.cut[g]; ok && hit < 0 {
					hit = c
				}
			}
			if hit < 0 {
				continue
			}
			s.touched[i] = true
			for _, g := range all { // a copy that was drawn over it goes with it
				if g >= 0 {
					s.drop[g] = true
					s.cut[g] = hit
				}
			}
			switch {
			case r.Glyph < 0:
			case s.first[hit] < 0:
				s.first[hit], begun[hit] = r.Glyph, i
			case begun[hit] != i:
				s.spread[hit] = true
			}
		}
	}
	for i, l := range s.lines {
		s.extents = append(s.extents, s.extent(i, l))
	}
}
