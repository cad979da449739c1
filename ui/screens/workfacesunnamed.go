package screens

import (
	"fyne.io/fyne/v2"

	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// unnamed is the row of those whom nobody knows: one box for each group of faces, or,
// where they are not grouped, for each face. A person is named by picking her faces.
type unnamed struct {
	at     int             // the current box
	moved  bool            // somebody chose it
	from   int             // the first box that is seen
	lines  int             // how many lines of boxes are seen
	picked map[string]bool // ids of the first face of each picked box
}

// row is the row of the unknown, and its place among the rows.
func (u *unnamed) row(b *Workbench) (r state.FaceRow, i int, ok bool) {
	for i, r := range b.faces.rows {
		if r.Is == state.FaceUnknown {
			return r, i, true
		}
	}
	return r, 0, false
}

// first is the face in a box.
func first(r state.FaceRow, box int) int { return r.Items[r.Groups[box][0]] }

// room is how many boxes are seen.
func (u *unnamed) room(b *Workbench) int { return b.facesRoom() * max(1, u.lines) }

// stay keeps to the boxes that there still are.
func (u *unnamed) stay(b *Workbench) {
	r, _, _ := u.row(b)
	there := map[string]bool{}
	for k := range r.Groups {
		there[b.view.Plan.Items[first(r, k)].ID] = true
	}
	for id := range u.picked {
		if !there[id] {
			delete(u.picked, id)
		}
	}
	u.at = max(0, min(u.at, len(r.Groups)-1))
	u.from = max(0, min(u.from, u.at))
}

// leave shows the face of the current box on the canvas, if somebody chose it.
func (u *unnamed) leave(b *Workbench) {
	if r, i, ok := u.row(b); ok && u.moved && b.faces.row == i {
		b.openPlace(first(r, u.at))
	}
	u.moved = false
}

// turn goes on by so many boxes, and shows them.
func (u *unnamed) turn(b *Workbench, by int) {
	r, _, ok := u.row(b)
	if !ok {
		return
	}
	u.at, u.moved = max(0, min(u.at+by, len(r.Groups)-1)), true
	n := u.room(b)
	u.from = u.at / n * n
	b.faces.List.Refresh()
}

// pick picks a box, or lets go of it.
func (u *unnamed) pick(b *Workbench, box int) {
	r, _, ok := u.row(b)
	if !ok || box >= len(r.Groups) {
		return
	}
	u.at, u.moved = box, true
	if id := b.view.Plan.Items[first(r, box)].ID; u.picked[id] {
		delete(u.picked, id)
	} else if b.canAnswer() {
		u.picked[id] = true
	}
	b.faces.List.Refresh()
}

// chosen are the faces of all picked boxes, or else of the current one.
func (u *unnamed) chosen(b *Workbench) (items []int) {
	r, _, _ := u.row(b)
	for k, g := range r.Groups {
		if u.picked[b.view.Plan.Items[first(r, k)].ID] || len(u.picked) == 0 && k == u.at {
			for _, n := range g {
				items = append(items, r.Items[n])
			}
		}
	}
	return items
}

// doUnnamed carries a command out where the row of the unknown is the current one.
func (b *Workbench) doUnnamed(c state.Command) bool {
	u := &b.faces.unknown
	if r, ok := b.faceRow(); !ok || r.Is != state.FaceUnknown {
		return false
	}
	switch c {
	case state.MoveLeft:
		u.turn(b, -1)
	case state.MoveRight:
		u.turn(b, 1)
	case state.MoveUp:
		u.turn(b, -b.facesRoom())
	case state.MoveDown:
		u.turn(b, b.facesRoom())
	case state.Yes:
		u.pick(b, u.at)
		u.turn(b, 1)
	default:
		return false
	}
	return true
}

// unnamedCard fills the card of the unknown.
func (b *Workbench) unnamedCard(c *faceCard, r state.FaceRow, row int, current func(func()) func()) {
	w, t, u := b.words, theme.Current(), &b.faces.unknown
	title, about := w.T("faces.unknown"), w.T("faces.all", "n", len(r.Items))
	if !b.view.Plan.Compared() {
		title, about = w.T("faces.unnamed"), w.T("faces.off", "n", len(r.Items))
	}
	if len(r.Groups) < len(r.Items) {
		about = w.T("faces.groups", "groups", len(r.Groups), "n", len(r.Items))
	}
	if n := len(u.picked); n > 0 {
		about = w.T("faces.picked", "n", n)
	}
	c.title.Set(title)
	c.tag.Set(w.T("verdict.hide"), icons.Hide, t.Hide)
	say(c.yes, "", "", false, nil)
	say(c.no, w.T("faces.identify"), "A", b.canAnswer(), current(func() { b.facesIdentify() }))
	places := make([]int, len(r.Groups))
	for k := range r.Groups {
		places[k] = first(r, k)
	}
	seen := u.room(b)
	if len(places) > seen {
		c.back.Hidden, c.on.Hidden = false, false
		c.back.Do(current(func() { u.turn(b, -seen) }))
		c.on.Do(current(func() { u.turn(b, seen) }))
		c.back.SetEnabled(u.from > 0)
		c.on.SetEnabled(u.from+seen < len(places))
		about += w.T("sep") + w.T("faces.seen", "n", u.from+1, "to", min(u.from+seen, len(places)), "of", len(places))
	}
	c.about.Set(about)
	b.faceThumbs(c, r, places, u.from, seen, row)
}

// cards lays the list of cards out: the unknown get the lines that the others leave.
type cards struct{ b *Workbench }

func (l cards) MinSize(os []fyne.CanvasObject) fyne.Size { return os[0].MinSize() }

func (l cards) Layout(os []fyne.CanvasObject, s fyne.Size) {
	os[0].Resize(s)
	f := &l.b.faces
	r, at, ok := f.unknown.row(l.b)
	if !ok {
		return
	}
	line := theme.Current().Px(faceSide) + theme.S8
	one := newFaceCard(nil).MinSize().Height
	fits := func(height float32) int { return 1 + int((height-one)/line) }
	most := max(fits(f.List.Size().Height-float32(len(f.rows)-1)*one), min(fits(f.List.Size().Height), leastLines))
	per := l.b.facesRoom()
	f.unknown.lines = max(1, min(most, mostLines, (len(r.Groups)+per-1)/per))
	for i := range f.rows {
		h := one
		if i == at {
			h += float32(f.unknown.lines-1) * line
		}
		f.List.SetItemHeight(i, h)
	}
}

// leastLines is how many lines the unknown get where they have to be scrolled to.
const leastLines = 3
