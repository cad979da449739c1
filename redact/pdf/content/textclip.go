package content

import (
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// shut puts an empty clip behind each text object that clipped by text (ISO 32000-2,
// 9.3.6) all of which goes: without the text nothing would clip, and what was drawn
// through its letters would cover the page.
func (d *edits) shut(x *interpreter, r *run, items []item) []item {
	clips, kept, show := false, false, 0
	for i := range r.s.Ops {
		switch r.s.Ops[i].Name {
		case "BT":
			clips, kept = false, false
		case "Tj", "TJ", "'", "\"":
			if show >= len(r.trace.shows) || r.trace.shows[show].op != i {
				continue
			}
			s := &r.trace.shows[show]
			show++
			if s.text.mode <= 3 {
				continue
			}
			for g := s.first; g < s.first+s.n; g++ {
				clips, kept = clips || d.of(g)&drop != 0, kept || d.of(g)&drop == 0
			}
		case "ET":
			if clips && !kept && !r.texts(x, i) {
				if k := slices.IndexFunc(items, func(it item) bool { return it.op == i }); k >= 0 {
					items = slices.Insert(items, k+1, item{other, []byte("0 0 0 0 re W n"), -1})
				}
			}
			clips, kept = false, false
		}
	}
	return items
}

// texts reports whether more text may be shown where the clip at op holds. It would be
// text that nobody sees: such a page is left to the comparison of pixels.
func (r *run) texts(x *interpreter, op int) bool {
	depth := 0
	for i := op + 1; i < len(r.s.Ops); i++ {
		switch o := &r.s.Ops[i]; o.Name {
		case "q":
			depth++
		case "Q":
			if depth--; depth < 0 {
				return false
			}
		case "Tj", "TJ", "'", "\"":
			return true
		case "Do":
			name, _ := r.name(o)
			found, _ := r.res.Find("XObject", name)
			s, _ := x.file().Get(found).(types.StreamDict)
			if x.file().Name(s.Dict["Subtype"]) != "Image" {
				return true
			}
		}
	}
	return false
}
