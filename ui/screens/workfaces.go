package screens

import (
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/internal/casework"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// A mode is what stands in the middle of the case room.
type mode int

const (
	onCanvas mode = iota
	onFaces
	onSheets
)

// faces is the overview of all faces of the case, a row for each person.
type faces struct {
	content *fyne.Container
	List    *widgets.List
	rows    []state.FaceRow
	row     int
	off     map[string]bool // ids of asked faces whose tick was taken away
	unknown unnamed
}

// ShowFaces opens the overview, or goes back to the canvas.
func (b *Workbench) ShowFaces(on bool) {
	if !b.scanned() {
		return
	}
	if b.mode = onCanvas; on {
		b.mode = onFaces
		b.faces.row = 0
	} else {
		b.faces.unknown.leave(b)
	}
	b.refresh()
}

// FaceRows are the rows of the overview.
func (b *Workbench) FaceRows() []state.FaceRow { return b.faces.rows }

func (b *Workbench) buildFaces() {
	f := &b.faces
	f.off, f.unknown.picked = map[string]bool{}, map[string]bool{}
	f.List = widgets.NewListOf(func() int { return len(f.rows) }, func() *faceCard { return newFaceCard(b.keys) }, b.faceCard, func(i int) {
		f.List.Unselect(i)
		f.row = i
		f.List.Refresh()
	})
	f.List.Keys, f.List.HideSeparators = b.keys, true
	f.content = widgets.VBox(0)
}

// refreshFaces draws the overview anew.
func (b *Workbench) refreshFaces() {
	w, t, f := b.words, theme.Current(), &b.faces
	f.rows = state.FaceRows(b.view.Plan)
	f.row = max(0, min(f.row, len(f.rows)-1))
	f.unknown.stay(b)
	n, photos := 0, map[state.PageAt]bool{}
	chips := widgets.HBox(theme.S8)
	for _, r := range f.rows {
		n += len(r.Items)
		for _, i := range r.Items {
			it := &b.view.Plan.Items[i]
			photos[state.PageAt{Asset: it.Asset, Page: it.Finding.Region.Page}] = true
		}
		if r.Is == state.FaceUnsure {
			chips = widgets.HBox(theme.S8, widgets.Middle(widgets.NewTag(w.T("filter.ask")+" "+itoa(state.Questions(b.rows)), icons.Ask, t.Ask)))
		}
	}
	back := widgets.NewButton(w.T("faces.back"), icons.Photo, "G", widgets.Plain, func() { b.ShowFaces(false) })
	back.Keys = b.keys
	chips.Add(back)
	top := widgets.Border(nil, nil, widgets.HBox(theme.S12, widgets.Middle(head(w.T("cmd.faces")))), chips,
		widgets.Pad(widgets.Middle(widgets.NewCutLabel(w.T("faces.count", "n", len(photos), "faces", n), theme.Note, false, t.Muted)), 0, theme.S8))
	look := widgets.NewButton(w.T("faces.look"), icons.Grid, "R", widgets.Plain, func() { b.Do(state.LookAll, false) })
	look.Keys = b.keys
	foot := widgets.Border(nil, nil, widgets.HBox(theme.S8, widgets.Middle(widgets.Icon(icons.Photo, 16, t.Muted))), look,
		widgets.Pad(widgets.Middle(widgets.NewCutLabel(b.lookedWords(), theme.Body, false, t.Text)), 0, theme.S8))
	var list fyne.CanvasObject = widgets.Pad(f.List, theme.S8, 0)
	if len(f.rows) == 0 {
		list = widgets.Pad(note(w.T("faces.none")), theme.S16, theme.S16)
	} else {
		list = container.New(cards{b}, list)
	}
	f.content = widgets.Border(widgets.VBox(0, widgets.Ground(t.Surface, widgets.Pad(top, theme.S8, theme.S16)), widgets.Rule()),
		widgets.VBox(0, widgets.Rule(), widgets.Pad(foot, theme.S8, theme.S16)), nil, nil, list)
	f.List.Refresh()
}

// faceName is what a row's person is called.
func (b *Workbench) faceName(r state.FaceRow) string {
	if s, ok := b.known.Subjects[r.Subject]; ok {
		return s.Title()
	}
	return string(r.Subject)
}

// faceCard fills a card of the overview.
func (b *Workbench) faceCard(i int, c *faceCard) {
	if i >= len(b.faces.rows) {
		return
	}
	w, t, f, r := b.words, theme.Current(), &b.faces, b.faces.rows[i]
	can, name := b.canAnswer(), b.faceName(r)
	current := func(do func()) func() {
		return func() {
			f.row = i
			do()
		}
	}
	c.mark(i == f.row)
	say(c.back, "", "", false, nil)
	say(c.on, "", "", false, nil)
	places := r.Items
	switch r.Is {
	case state.FaceUnsure:
		key := "faces.are"
		if r.Known > 0 {
			key = "faces.also"
		}
		if r.Subject == "" {
			key, name = "faces.whose", ""
		}
		c.title.Set(w.T(key, "n", len(r.Items), "name", name))
		c.tag.Set(w.T("verdict.ask"), icons.Ask, t.Ask)
		c.about.Set(w.T("faces.tick"))
		if r.Known > 0 {
			c.about.Set(w.T("faces.known", "n", r.Known) + w.T("stop") + w.T("faces.tick"))
		}
		say(c.yes, w.T("faces.yes"), "Y", can, current(func() { b.facesYes() }))
		if r.Subject == "" {
			say(c.yes, w.T("answer.identify"), "A", can, current(func() { b.facesIdentify() }))
		}
		say(c.no, w.T("faces.no"), "N", can, current(func() { b.facesNo() }))
	case state.FaceShown, state.FaceHidden:
		it := &b.view.Plan.Items[r.Items[0]]
		c.title.Set(name)
		about := w.T("faces.photos", "n", r.Photos)
		if r.Is == state.FaceShown {
			c.tag.Set(w.T("verdict.show"), icons.Show, t.Show)
			var cs []string
			for _, id := range it.Decision.Consents {
				cs = append(cs, string(id))
			}
			c.about.Set(about + w.T("sep") + w.T("panel.consents", "list", strings.Join(cs, w.T("sep"))))
			say(c.yes, "", "", false, nil)
			say(c.no, w.T("faces.hide"), "H", can, current(func() { b.facesHide() }))
		} else {
			c.tag.Set(w.T("verdict.hide"), icons.Hide, t.Hide)
			c.about.Set(about + w.T("sep") + b.reasons.Explain(it.Decision.Reason, w.Lang()))
			say(c.yes, "", "", false, nil)
			say(c.no, "", "", false, nil)
		}
	default:
		b.unnamedCard(c, r, i, current)
		return
	}
	seen := b.facesRoom()
	if len(places) > seen {
		c.about.Set(w.T("faces.more", "n", len(places)-seen) + w.T("sep") + c.about.Text())
	}
	b.faceThumbs(c, r, places, 0, seen, i)
}

// faceThumbs fills a card with faces, of which so many are seen from one on.
func (b *Workbench) faceThumbs(c *faceCard, r state.FaceRow, places []int, from, seen, row int) {
	c.room(seen)
	for k, th := range c.thumbs {
		th.Hidden = k >= seen || from+k >= len(places)
		if th.Hidden {
			th.Set(nil, "", theme.Current().Muted)
			continue
		}
		b.faceThumb(th, r, places[from+k], from+k, row)
	}
	c.Refresh()
}

// faceThumb shows a face as the public will see it; while Space is held as it is.
func (b *Workbench) faceThumb(th *widgets.Thumb, r state.FaceRow, item, place, row int) {
	t, f, it := theme.Current(), &b.faces, &b.view.Plan.Items[item]
	th.Set(b.faceImage(it, b.original), icons.Person, t.Muted)
	th.SetRing(noRing, "")
	switch r.Is {
	case state.FaceUnsure:
		ring, badge := t.Show.Line, icons.Tick
		if f.off[it.ID] {
			ring, badge = t.Edge, icons.Cross
		}
		th.SetRing(ring, badge)
		th.Chosen = func() {
			f.row, f.off[it.ID] = row, !f.off[it.ID]
			f.List.Refresh()
		}
	case state.FaceUnknown:
		badge := icons.Name("")
		if f.unknown.picked[it.ID] {
			badge = icons.Tick
			th.SetRing(t.Show.Line, badge)
		}
		if place == f.unknown.at && row == f.row {
			th.SetRing(t.Focus, badge)
		}
		th.Chosen = func() {
			f.row = row
			f.unknown.pick(b, place)
		}
	default:
		th.Chosen = func() { b.openPlace(item) }
	}
}

// faceImage is the small picture of a face, or nil.
func (b *Workbench) faceImage(it *casework.Item, original bool) image.Image {
	d, ok := b.tiles.Tile(state.FaceTile(it))
	if !ok {
		return nil
	}
	if original {
		return d.Source
	}
	return d.Result
}

// facesRoom is how many faces a line of a card shows.
func (b *Workbench) facesRoom() int {
	w := b.faces.List.Size().Width - 2*theme.S16 - 2*theme.S12
	return min(mostThumbs, whole{theme.S8}.room(w, theme.Current().Px(faceSide)))
}

// openPlace shows an item on the canvas.
func (b *Workbench) openPlace(item int) {
	b.mode = onCanvas
	b.ChooseItem(item)
}
