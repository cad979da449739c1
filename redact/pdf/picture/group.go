package picture

import (
	"cmp"
	"slices"

	"consentry/redact/pdf/geom"
)

// A group is a part of the page that is one shot.
type group struct {
	box     geom.Rect
	density float64 // pixels a point
	why     string
	size    int // members
}

// join makes one group of those whose boxes touch, or are nearer than gap; again,
// until the boxes of the groups are apart. Very many become one.
func join(all []group, gap float64) []group {
	const most = 3000
	if len(all) > most {
		g := all[0]
		for _, o := range all[1:] {
			g = g.with(o)
		}
		return []group{g}
	}
	all = slices.Clone(all)
	for {
		slices.SortStableFunc(all, func(a, b group) int {
			return cmp.Or(cmp.Compare(a.box.Y0, b.box.Y0), cmp.Compare(a.box.X0, b.box.X0))
		})
		var out []group
		open := 0 // the first of out that may still touch something
		for _, g := range all {
			for open < len(out) && out[open].box.Y1+gap < g.box.Y0 {
				open++
			}
			at := slices.IndexFunc(out[open:], func(o group) bool { return near(o.box, g.box, gap) })
			if at < 0 {
				out = append(out, g)
				continue
			}
			out[open+at] = out[open+at].with(g)
		}
		if len(out) == len(all) {
			return out
		}
		all = out
	}
}

func near(a, b geom.Rect, gap float64) bool {
	return a.X0 <= b.X1+gap && b.X0 <= a.X1+gap && a.Y0 <= b.Y1+gap && b.Y0 <= a.Y1+gap
}

func (g group) with(o group) group {
	if g.why != o.why && o.box.Area() > g.box.Area() {
		g.why = o.why
	}
	g.box, g.density, g.size = g.box.Union(o.box), max(g.density, o.density), g.size+o.size
	return g
}

// pictures are the groups of pictures that are seen.
func (s *scene) pictures() []group {
	var all []group
	for _, it := range s.items {
		if it.visible() {
			all = append(all, group{box: it.box, density: it.density, why: WhyPicture, size: 1})
		}
	}
	const gap = 1 // point: rounding between tiles
	out := slices.DeleteFunc(join(all, gap), func(g group) bool {
		return g.box.W() < tinyPt || g.box.H() < tinyPt || g.density*min(g.box.W(), g.box.H()) < tinyPx || s.plain(g)
	})
	if len(out) > manyShots {
		g := join(out, max(s.page.W(), s.page.H()))[0]
		return []group{g}
	}
	return out
}

// plain reports whether a group is one picture of one colour; several make a drawing.
func (s *scene) plain(g group) bool {
	if g.size != 1 {
		return false
	}
	at := slices.IndexFunc(s.items, func(it item) bool { return it.visible() && it.box == g.box })
	return at >= 0 && s.flat(s.items[at])
}
