package screens

import (
	"strings"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/ui/state"
)

// Do carries a command out. all answers for every place of the person (Shift).
// It reports whether the command is one of the workbench's.
func (b *Workbench) Do(c state.Command, all bool) bool {
	b.Photo.Settle()
	switch {
	case c == state.ShowFaces:
		b.ShowFaces(b.mode != onFaces)
		return true
	case c == state.LookAll:
		b.LookThrough(b.mode != onSheets)
		return true
	case b.mode == onFaces && b.doFaces(c), b.mode == onSheets && b.doLook(c):
		return true
	case b.mode != onCanvas && !anywhere(c):
		return true // it speaks of a finding, and none is to be seen
	}
	switch c {
	case state.MoveLeft, state.MoveRight, state.MoveUp, state.MoveDown:
		b.Nudge(c.Nudge(all))
		b.Photo.Settle()
	case state.DeleteIt:
		b.remove()
	case state.CoverIt:
		b.cover()
	case state.NextPage:
		b.turn(1)
	case state.BackPage:
		b.turn(-1)
	case state.Next:
		b.step(1)
	case state.Previous:
		b.step(-1)
	case state.ZoomIn, state.ZoomOut, state.ZoomFit:
		b.zoom(c)
	case state.Original:
		b.SetOriginal(!b.original)
	case state.DrawBox:
		if b.canAnswer() && b.readable() {
			b.setDrawing(!b.drawing)
		}
	case state.Primary:
		b.Primary()
	case state.StopJob:
		b.packing.Stop()
	case state.UndoLast, state.RedoLast:
		if b.canAnswer() {
			b.work.Back(c == state.RedoLast)
		}
	case state.HideIt, state.No:
		b.answer(casework.Answer{Action: casework.HideIt}, all)
	case state.ClearIt:
		switch it := b.item(); {
		case it == nil || !it.Finding.Region.IsText() || !canClear(it):
			b.remove()
		case it.NeedsReason() && b.canAnswer():
			b.work.Reason(func(why string) { b.answer(casework.Answer{Action: casework.Clear, Reason: why}, all) })
		default:
			b.answer(casework.Answer{Action: casework.Clear}, all)
		}
	case state.FindText:
		if b.canAnswer() {
			b.work.Find("", "")
		}
	case state.FindThis:
		b.findThis()
	case state.OnlyThis:
		if r, ok := b.Current(); ok {
			b.SetWho(r.Who)
		}
	case state.WriteNote:
		b.writeNote()
	case state.AsSolid, state.AsMosaic, state.AsBlur:
		b.form(formOf(c), all)
	case state.StandIn:
		b.wordsFor()
	case state.Compare:
		b.setCompare(!b.comparing)
	case state.ShowClues:
		if b.canAnswer() {
			b.work.Clues()
		}
	case state.WordsFor:
		b.wordsFor()
	case state.Identify:
		b.pick(all)
	case state.Yes:
		b.yes(all)
	default:
		return false
	}
	return true
}

// anywhere reports whether a command goes in every mode.
func anywhere(c state.Command) bool {
	switch c {
	case state.UndoLast, state.RedoLast, state.Primary, state.StopJob, state.FindText, state.ShowClues, state.Original:
		return true
	}
	return false
}

// yes is an answer only where one person is asked about. Of a face every place
// that it covers is shown first.
func (b *Workbench) yes(all bool) {
	r, ok := b.Current()
	it := b.item()
	if !ok || it == nil || !it.Asks() || len(it.Candidates) != 1 || !b.canAnswer() {
		return
	}
	who := it.Candidates[0].Subject
	if it.Finding.Region.IsText() {
		b.identify(who, all)
		return
	}
	items := []int{r.Items[b.place]}
	if all || b.sameFace {
		items = r.Items
		for _, f := range state.FaceRows(b.view.Plan) { // with grouping off each face is a row of its own
			if f.Is == state.FaceUnsure && f.Subject == who {
				items = f.Items
			}
		}
	}
	b.confirmFaces(items, who, true)
}

func (b *Workbench) zoom(c state.Command) {
	switch c {
	case state.ZoomIn:
		b.Photo.Zoom(1.25)
	case state.ZoomOut:
		b.Photo.Zoom(0.8)
	default:
		b.Photo.ZoomFit()
	}
	b.refreshTools()
}

func (b *Workbench) pick(all bool) {
	r, ok := b.Current()
	it := b.item()
	if !ok || it == nil || !it.Identifiable() || !b.canAnswer() || r.Data {
		return
	}
	b.work.Pick(kindOf(it), func(s authz.Subject) { b.identify(s.ID, all) })
}

func (b *Workbench) identify(id authz.SubjectID, all bool) {
	b.answer(casework.Answer{Action: casework.Identify, Subject: id}, all)
}

// answer gives the answer for the current place, or for all places of the
// person: then once for each spelling or face, and undone together.
func (b *Workbench) answer(a casework.Answer, all bool) {
	r, ok := b.Current()
	it := b.item()
	if !ok || it == nil || !b.canAnswer() || r.Data {
		return
	}
	a.Item, a.By = it.ID, b.view.Plan.Case.By
	same := &b.same
	if !it.Finding.Region.IsText() {
		same = &b.sameFace
	}
	if len(r.Items) == 1 || !all && !*same {
		b.work.Answer(a)
		return
	}
	var as []casework.Answer
	if !it.Finding.Region.IsText() { // one unknown person's faces
		for _, n := range r.Items {
			a.Item = b.view.Plan.Items[n].ID
			as = append(as, a)
		}
		b.work.Answer(as...)
		return
	}
	seen := map[string]bool{}
	for _, n := range r.Items {
		o := b.view.Plan.Items[n]
		key := strings.ToLower(o.Finding.Text)
		if seen[key] || a.Action == casework.Clear && !canClear(&o) {
			continue
		}
		seen[key] = true
		a.Item, a.Text = o.ID, o.Finding.Text
		as = append(as, a)
	}
	b.work.Answer(as...)
}

// wordable reports whether a reviewer may say what stands instead.
func wordable(it *casework.Item) bool {
	return it != nil && it.Hidden() && it.Label != "" && it.Finding.Region.IsText() && !it.IsDrawn()
}

// wordsFor asks what stands instead of the current subject, in the whole case.
func (b *Workbench) wordsFor() {
	r, ok := b.Current()
	it := b.item()
	if !ok || !wordable(it) || !b.canAnswer() || r.Data {
		return
	}
	id, by := it.ID, b.view.Plan.Case.By
	b.work.Words(it.Label, nil, func(text string) {
		b.work.Answer(casework.Answer{Action: casework.Phrase, Item: id, With: text, By: by})
	})
}

// ChooseID makes the item of that id current, if there is one.
func (b *Workbench) ChooseID(id string) {
	for i := range b.view.Plan.Items {
		if b.view.Plan.Items[i].ID == id {
			b.filter, b.only = state.All, -1
			b.ChooseItem(i)
			return
		}
	}
}
