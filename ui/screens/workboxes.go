package screens

import (
	"image"

	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// pageKey is a page of a file on the canvas.
type pageKey struct{ asset, page int }

var noPicture = pageKey{-1, -1}

// pages counts what can be turned to in the current file: the pages of a document,
// the frames of an animation, notes and headers.
func (b *Workbench) pages() int {
	if !b.scanned() || b.asset < 0 || b.asset >= len(b.view.Plan.Assets) {
		return 0
	}
	return len(state.Shown(b.view.Plan, b.asset))
}

// turn shows another page of the file.
func (b *Workbench) turn(by int) {
	to := min(max(b.page+by, 0), b.pages()-1)
	if to < 0 || to == b.page {
		return
	}
	b.page = to
	b.refreshCanvas()
	b.refreshTools()
	b.refreshStrips()
}

// marks are the boxes of the page on the canvas, those around words among them.
func (b *Workbench) marks() (marks []widgets.Mark, current int) {
	current = -1
	for i, it := range b.view.Plan.Items {
		r := it.Finding.Region
		if it.Asset != b.asset || r.Box.Empty() || r.Part != redact.PartBody || r.Page != b.page {
			continue
		}
		m := widgets.Mark{Item: i, ID: it.ID, Box: r.Box, Verdict: effective(it), Movable: it.Movable(), Rest: it.RestOf != ""}
		m.Word = b.words.T("verdict." + m.Verdict.String())
		if s, ok := b.known.Subjects[it.Decision.Subject]; ok && m.Verdict == authz.Show {
			m.Word = s.Title()
		}
		if m.Rest {
			m.Word = b.words.T("box.found")
		}
		if cur := b.item(); cur != nil && cur.ID == it.ID {
			current = i
		}
		if m.Quiet = b.view.Plan.IsWritten(&it); m.Quiet && it.Hidden() && !b.original && current != i {
			continue // its line was set anew: the label that stands for it is elsewhere
		}
		marks = append(marks, m)
	}
	return marks, current
}

// drawn hides a box that was drawn on a photo, and makes it current.
func (b *Workbench) drawn(r image.Rectangle) {
	b.setDrawing(false)
	a := casework.Answer{Action: casework.Draw, Asset: b.view.Plan.Case.Assets[b.asset].Digest, By: b.view.Plan.Case.By,
		Region: redact.Region{Part: redact.PartBody, Page: b.page, Box: r}}
	b.wanted = a.DrawnID()
	b.work.Answer(a)
}

// moved puts a box where it was let go.
func (b *Workbench) moved(item int, to image.Rectangle) {
	if !b.canAnswer() || item >= len(b.view.Plan.Items) {
		b.refreshCanvas()
		return
	}
	b.work.Answer(casework.Answer{Action: casework.Move, Item: b.view.Plan.Items[item].ID, Region: redact.Region{Box: to}, By: b.view.Plan.Case.By})
}

// Arrow is an arrow key: it goes from face to face in the overview, and moves the
// current box on the canvas, by more with all. Nothing is kept before Settle.
func (b *Workbench) Arrow(c state.Command, all bool) {
	if b.mode == onFaces {
		b.doFaces(c)
		return
	}
	b.Nudge(c.Nudge(all))
}

// Nudge moves the current box by picture pixels. Nothing is kept before Settle.
func (b *Workbench) Nudge(dx, dy int) {
	if b.canAnswer() && b.pictured() && b.mode == onCanvas {
		b.Photo.Nudge(dx, dy)
	}
}

// Settle keeps where arrows moved a box to.
func (b *Workbench) Settle() { b.Photo.Settle() }

// Escape leaves the overview or the sheets, else it cancels.
func (b *Workbench) Escape() bool {
	switch b.mode {
	case onSheets:
		b.LookThrough(false)
		return true
	case onFaces:
		b.ShowFaces(false)
		return true
	}
	return b.Cancel()
}

// Cancel puts a held box back and ends drawing; false if there was nothing to
// cancel.
func (b *Workbench) Cancel() bool {
	held := b.Photo.Cancel()
	if b.drawing {
		b.setDrawing(false)
		return true
	}
	return held
}

// remove takes a drawn region back, or clears a found box: with a reason where
// the detector was sure.
func (b *Workbench) remove() {
	it := b.item()
	if it == nil || !it.Deletable() || !b.canAnswer() || it.Finding.Region.IsText() && !it.IsDrawn() {
		return
	}
	a := casework.Answer{Action: casework.Delete, Item: it.ID, By: b.view.Plan.Case.By}
	if !it.NeedsReason() {
		b.work.Answer(a)
		return
	}
	b.work.Reason(func(why string) {
		a.Reason = why
		b.work.Answer(a)
	})
}

// cover hides the whole person with the current face, or the face alone again.
func (b *Workbench) cover() {
	it := b.item()
	if it == nil || it.Holds() != redact.Face || !it.Movable() || !b.canAnswer() {
		return
	}
	c := casework.CoverPerson
	if b.view.Plan.Case.CoversPerson(it) {
		c = casework.CoverFace
	}
	b.work.Answer(casework.Answer{Action: casework.CoverIt, Item: it.ID, Cover: c, By: b.view.Plan.Case.By})
}

// drawnKinds are what the window lets a person say of a drawn box. What is no
// face and no logo is filled, whatever the style.
var drawnKinds = []redact.Kind{redact.Face, redact.Logo, redact.Other, redact.Code}

// holds are the chips that say what a drawn box holds; nil for anything else.
func (b *Workbench) holds(it *casework.Item) fyne.CanvasObject {
	if !it.IsDrawn() || it.Finding.Region.IsText() {
		return nil
	}
	var chips []fyne.CanvasObject
	for _, k := range drawnKinds {
		chips = append(chips, widgets.NewChip(b.words.T("holds."+string(k)), "", it.Holds() == k, func() { b.redraw(it.ID, k) }))
	}
	return widgets.Flow(b.panelText()+8, theme.S4, chips...)
}

// redraw draws a box anew as something else. Who it was said to be lapses.
func (b *Workbench) redraw(id string, k redact.Kind) {
	it := b.view.Plan.Item(id)
	if it == nil || it.Holds() == k || !b.canAnswer() {
		return
	}
	by := b.view.Plan.Case.By
	a := casework.Answer{Action: casework.Draw, Asset: b.view.Plan.Case.Assets[it.Asset].Digest, Region: it.Finding.Region, Kind: k, By: by}
	b.wanted = a.DrawnID()
	b.work.Answer(casework.Answer{Action: casework.Delete, Item: id, By: by}, a)
}

// placed says what a reviewer did to the box of an item.
func (b *Workbench) placed(it *casework.Item) []fyne.CanvasObject {
	key := ""
	switch {
	case it.RestOf != "":
		key = "box.rest"
	case it.Moved() && b.view.Plan.Item(casework.RestID(it.ID)) != nil:
		key = "box.moved"
	default:
		return nil
	}
	return []fyne.CanvasObject{notePara(b.words.T(key), b.panelText())}
}
