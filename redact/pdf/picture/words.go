package picture

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"unicode"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/content"
	"consentry/redact/pdf/geom"
)

// Sizes of what may be a letter, in points.
const (
	lowLetter  = 3.0
	highLetter = 80.0
	wideLetter = 120.0
	rowLetters = 5  // in a row: fewer are no text
	somePoints = 30 // of one path: text in one piece, a signature, a logo
)

// words are the parts of the page where something can be read that is not there as
// text.
func (s *scene) words() []group {
	all := s.unmapped()
	all = append(all, s.drawn()...)
	all = append(all, s.meshes()...)
	const gap = 14 // points: the lines of a paragraph are one shot
	all = join(all, gap)
	area := 0.0
	for i := range all {
		all[i].box = all[i].box.Grow(6).Intersect(s.page)
		area += all[i].box.Area()
	}
	all = slices.DeleteFunc(all, func(g group) bool { return g.box.Empty() })
	if len(all) > manyShots || area > s.page.Area()/2 {
		return []group{{box: s.page, why: all[0].why, size: len(all)}}
	}
	return all
}

// unmapped are glyphs that are seen and have no Unicode that could be searched: a
// font without a map, or with one to private or control characters. One that
// stands alone is a bullet.
func (s *scene) unmapped() []group {
	const notSeen = gone | content.Invisible
	glyphs := s.content.Glyphs
	odd := func(i int) bool { return glyphs[i].Hidden&notSeen == 0 && (glyphs[i].Picture || unusable(glyphs[i])) }
	var out []group
	for i, g := range glyphs {
		if !odd(i) || g.Box.Empty() {
			continue
		}
		alone := !(i > 0 && follows(glyphs[i-1], g)) && !(i+1 < len(glyphs) && follows(g, glyphs[i+1]))
		if alone && !g.Picture {
			continue
		}
		// A word is read with what stands beside it.
		box := g.Box.Through(s.view)
		box = geom.Rect{X0: box.X0 - 2*box.H(), Y0: box.Y0 - box.H()/4, X1: box.X1 + 2*box.H(), Y1: box.Y1 + box.H()/4}
		out = append(out, group{box: box, why: WhyUnmapped, size: 1})
	}
	return out
}

func unusable(g content.Glyph) bool {
	if g.Text == "" {
		return true
	}
	for _, r := range g.Text {
		if unicode.Is(unicode.Co, r) || r == unicode.ReplacementChar || unicode.IsControl(r) && !unicode.IsSpace(r) {
			return true
		}
	}
	return false
}

// follows reports whether b, which is no space, continues a's line at once.
func follows(a, b content.Glyph) bool {
	if blank(a.Text) || blank(b.Text) {
		return false
	}
	end := geom.Point{X: a.Origin.X + a.Advance.X, Y: a.Origin.Y + a.Advance.Y}
	return math.Hypot(b.Origin.X-end.X, b.Origin.Y-end.Y) < 0.4*max(a.Size, b.Size)
}

func blank(text string) bool {
	for _, r := range text {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return text != ""
}

// drawn are paths, and pictures of the size of a letter, that stand in rows; and
// single paths of many points.
func (s *scene) drawn() []group {
	var out, letters []group
	for _, f := range s.content.Fills {
		box := f.Box.Through(s.view).Intersect(s.page)
		if box.W() < 0.5 && box.H() < 0.5 || f.Rect {
			continue
		}
		switch {
		case f.Points >= somePoints && box.H() >= lowLetter && box.W() >= lowLetter:
			out = append(out, group{box: box, why: WhyOutlines, size: 1})
		case f.Points >= 5 && letterSized(box):
			letters = append(letters, group{box: box, size: 1})
		}
	}
	for _, it := range s.items {
		if it.visible() && letterSized(it.box) {
			letters = append(letters, group{box: it.box, size: 1})
		}
	}
	return append(out, rows(letters)...)
}

func letterSized(b geom.Rect) bool {
	return b.H() >= lowLetter && b.H() <= highLetter && b.W() > 0.5 && b.W() <= wideLetter
}

// rows are runs of letters side by side.
func rows(letters []group) []group {
	slices.SortStableFunc(letters, func(a, b group) int {
		return cmp.Or(cmp.Compare(a.box.Center().Y, b.box.Center().Y), cmp.Compare(a.box.X0, b.box.X0))
	})
	var out []group
	for len(letters) > 0 {
		// A row: all whose middle lies within the height of its first letter.
		first := letters[0].box
		n := 1
		for n < len(letters) && letters[n].box.Center().Y <= first.Center().Y+0.6*first.H() {
			n++
		}
		row := slices.Clone(letters[:n])
		letters = letters[n:]
		slices.SortStableFunc(row, func(a, b group) int { return cmp.Compare(a.box.X0, b.box.X0) })
		for len(row) > 0 {
			run := group{box: row[0].box, why: WhyOutlines, size: 1}
			k := 1
			for k < len(row) && row[k].box.X0 <= run.box.X1+1.5*max(run.box.H(), row[k].box.H()) {
				run.box, run.size = run.box.Union(row[k].box), run.size+1
				k++
			}
			if row = row[k:]; run.size >= rowLetters {
				out = append(out, run)
			}
		}
	}
	return out
}

// meshes are the parts of a page filled by shadings or patterns, where these can be
// pictures: shadings by function or mesh, not along an axis or a radius (ISO 32000-2,
// 8.7.4.5), and tiling patterns that draw pictures or forms (8.7.3), which may
// stand elsewhere than content.Page says.
func (s *scene) meshes() []group {
	if !s.meshed() {
		return nil
	}
	var out []group
	for _, f := range s.content.Fills {
		if box := f.Box.Through(s.view).Intersect(s.page); !f.Flat && box.W() >= 2*tinyPt && box.H() >= 2*tinyPt {
			out = append(out, group{box: box, why: WhyMesh, size: 1})
		}
	}
	return out
}

// meshed looks for such shadings and patterns in the page's resources and those of
// its forms.
func (s *scene) meshed() bool {
	if !slices.ContainsFunc(s.content.Fills, func(f content.Fill) bool { return !f.Flat }) {
		return false
	}
	pg, err := s.file.Page(s.index)
	if err != nil {
		return true
	}
	left := 1000 // objects
	return s.meshIn(pg.Resources, 8, &left)
}

func (s *scene) meshIn(resources types.Dict, depth int, left *int) bool {
	if depth == 0 {
		return true // in doubt
	}
	for _, kind := range []string{"Shading", "Pattern", "XObject"} {
		for _, o := range s.file.Dict(resources[kind]) {
			if *left--; *left < 0 { // whatever order they come in
				return true
			}
			d := s.file.Dict(o)
			if s.mesh(o) || d["Resources"] != nil && s.meshIn(s.file.Dict(d["Resources"]), depth-1, left) {
				return true
			}
		}
	}
	return false
}

// mesh reports whether a shading or pattern can be a picture.
func (s *scene) mesh(o types.Object) bool {
	d := s.file.Dict(o)
	if kind, _ := s.file.Number(d["PatternType"]); kind == 1 {
		r := s.file.Dict(d["Resources"])
		b, err := s.file.Decoded(o)
		return r == nil || len(s.file.Dict(r["XObject"])) > 0 || err != nil || bytes.Contains(b, []byte("EI")) // an inline image
	}
	if sh, ok := d["Shading"]; ok {
		d = s.file.Dict(sh)
	}
	t, ok := s.file.Number(d["ShadingType"])
	return ok && t != 2 && t != 3
}
