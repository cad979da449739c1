package faces

import (
	"cmp"
	"slices"
)

// rect is a box with fractions of pixels.
type rect struct{ x0, y0, x1, y1 float32 }

func (r rect) area() float32 { return max(0, r.x1-r.x0) * max(0, r.y1-r.y0) }

func (r rect) intersect(o rect) rect {
	return rect{max(r.x0, o.x0), max(r.y0, o.y0), min(r.x1, o.x1), min(r.y1, o.y1)}
}

func (r rect) hull(o rect) rect {
	return rect{min(r.x0, o.x0), min(r.y0, o.y0), max(r.x1, o.x1), max(r.y1, o.y1)}
}

// overlap gives intersection over union and intersection over the smaller.
func (r rect) overlap(o rect) (iou, iom float32) {
	in, a, b := r.intersect(o).area(), r.area(), o.area()
	if in == 0 {
		return 0, 0
	}
	return in / (a + b - in), in / min(a, b)
}

// sorted puts the most certain first. The rest of the order only makes results
// the same each time.
func sorted(fs []face) []face {
	slices.SortFunc(fs, func(a, b face) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.box.y0, b.box.y0), cmp.Compare(a.box.x0, b.box.x0),
			cmp.Compare(a.box.y1, b.box.y1), cmp.Compare(a.box.x1, b.box.x1))
	})
	return fs
}

// nmsIoU is the overlap from which on two answers of one look are one face.
const nmsIoU = 0.3

// suppress keeps of the answers of one look the most certain at each place.
func suppress(fs []face) []face {
	var out []face
	for _, f := range sorted(fs) {
		if !slices.ContainsFunc(out, func(g face) bool { iou, _ := f.box.overlap(g.box); return iou >= nmsIoU }) {
			out = append(out, f)
		}
	}
	return out
}

// Two boxes speak of one face from this overlap on. A tile sees a cut face as a
// smaller one, hence the second test; the ratio keeps a face on a shirt apart
// from its wearer.
const (
	sameIoU   = 0.3
	sameIoM   = 0.65
	sameRatio = 4
)

func (r rect) same(o rect) bool {
	iou, iom := r.overlap(o)
	if iou >= sameIoU {
		return true
	}
	a, b := r.area(), o.area()
	return iom > sameIoM && max(a, b) <= sameRatio*min(a, b)
}

// fuse merges what all looks found: each face is led by its most certain
// opinion, which gives the landmarks, and has the hull of all boxes that agree
// with it and are at least half as certain as a face must be. Its score is that
// of the network which is more certain, and half of the other's; faces that
// score less than atLeast are dropped. A hint adds nothing to what others saw. The
// result is in reading order.
func fuse(all []face, atLeast float32) []face {
	type group struct {
		lead  face
		hull  rect
		other float32 // the best score of the network that does not lead
	}
	var groups []group
next:
	for _, f := range sorted(all) {
		for i := range groups {
			g := &groups[i]
			if !f.box.same(g.lead.box) {
				continue
			}
			if f.hint && !g.lead.hint {
				continue next
			}
			if f.score >= atLeast/2 {
				g.hull = g.hull.hull(f.box)
			}
			if f.small != g.lead.small {
				g.other = max(g.other, f.score)
			}
			continue next
		}
		groups = append(groups, group{lead: f, hull: f.box})
	}
	var out []face
	for _, g := range groups {
		g.lead.score = min(1, g.lead.score+g.other/2)
		if g.lead.score < atLeast {
			continue
		}
		g.lead.box = g.hull
		out = append(out, g.lead)
	}
	slices.SortFunc(out, func(a, b face) int {
		return cmp.Or(cmp.Compare(a.box.y0, b.box.y0), cmp.Compare(a.box.x0, b.box.x0), cmp.Compare(b.score, a.score))
	})
	return out
}
