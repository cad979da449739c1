package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// pending is a small picture of the panel that is drawn meanwhile.
type pending struct {
	thumb    *widgets.Thumb
	tile     state.Tile
	original bool // while Space is held
}

// fillPanel shows what is drawn of the panel's small pictures.
func (b *Workbench) fillPanel() {
	for _, p := range b.pending {
		d, _ := b.tiles.Tile(p.tile)
		img := d.Result
		if p.original && b.original {
			img = d.Source
		}
		p.thumb.Set(img, icons.Person, theme.Current().Muted)
	}
}

// formOf is the form that a command chooses.
func formOf(c state.Command) casework.Form {
	switch c {
	case state.AsMosaic:
		return casework.FormMosaic
	case state.AsBlur:
		return casework.FormBlur
	}
	return casework.FormSolid
}

// pictureForms are the ways of hiding a box, in the order of their keys.
var pictureForms = []struct {
	c   state.Command
	m   redact.Method
	key string
}{{state.AsSolid, redact.Solid, "1"}, {state.AsMosaic, redact.Mosaic, "2"}, {state.AsBlur, redact.Blur, "3"}}

// forms shows how the current box may be hidden, each with what it would look
// like.
func (b *Workbench) forms(it *casework.Item) []fyne.CanvasObject {
	if !it.Formable() || !it.Hidden() {
		return nil
	}
	w, p := b.words, b.view.Plan
	now, whole := p.MethodOf(it), p.Case.CoversPerson(it)
	var cover casework.Cover
	if whole {
		cover = casework.CoverPerson
	}
	var cards []fyne.CanvasObject
	add := func(c state.Command, word, key string, on bool, f casework.Form, cover casework.Cover) {
		card := widgets.NewFormCard(word, key, on, b.canAnswer(), func() { b.Do(c, false) })
		b.pending = append(b.pending, pending{thumb: card.Thumb, tile: state.FormTile(it, f, cover)})
		cards = append(cards, card)
	}
	for _, f := range pictureForms {
		add(f.c, w.T("style."+f.m.String()), f.key, f.m == now, formOf(f.c), cover)
	}
	if it.Holds() == redact.Face && it.Movable() {
		add(state.CoverIt, w.T("form.whole"), "5", whole, casework.Form(now.String()), casework.CoverPerson)
	}
	return []fyne.CanvasObject{strong(w.T("panel.forms")), widgets.Flow(b.panelText()+14, theme.S8, cards...)}
}

// form hides the current box in another form; all: every box of the row.
func (b *Workbench) form(f casework.Form, all bool) {
	r, ok := b.Current()
	it := b.item()
	if !ok || it == nil || !b.canAnswer() {
		return
	}
	items := []int{r.Items[b.place]}
	if all || b.sameFace {
		items = r.Items
	}
	var as []casework.Answer
	for _, n := range items {
		if x := &b.view.Plan.Items[n]; x.Formable() && x.Hidden() && b.view.Plan.MethodOf(x).String() != string(f) {
			as = append(as, casework.Answer{Action: casework.FormIt, Item: x.ID, Form: f, By: b.view.Plan.Case.By})
		}
	}
	if len(as) > 0 {
		b.work.Answer(as...)
	}
}

// seen shows the current face beside the question: as the public will see it, and
// while Space is held as it is.
func (b *Workbench) seen(it *casework.Item) fyne.CanvasObject {
	w := b.words
	if it.Holds() != redact.Face || it.Finding.Region.IsText() || it.Finding.Region.Part != redact.PartBody {
		return nil
	}
	th := widgets.NewThumb(88, 88)
	b.pending = append(b.pending, pending{thumb: th, tile: state.FaceTile(it), original: true})
	about := w.T("panel.seen")
	if why := it.Likely; len(why) > 0 && it.Asks() && why[0].Why != casework.WhyFaceMatch {
		about = w.T("like." + why[0].Why)
	}
	return widgets.HBox(theme.S12, th, widgets.Middle(notePara(about, b.panelText()-theme.Current().Px(104))))
}

// outcomes say what follows from yes and from no.
func (b *Workbench) outcomes(it *casework.Item) []fyne.CanvasObject {
	w, t := b.words, theme.Current()
	if !it.Asks() || len(it.Candidates) != 1 {
		return nil
	}
	card := func(icon icons.Name, tone theme.Tone, first, second string) fyne.CanvasObject {
		text := widgets.VBox(0, strong(first))
		if second != "" {
			text.Add(notePara(second, b.panelText()-t.Px(52)))
		}
		return container.NewStack(widgets.Card(widgets.Pad(widgets.HBox(theme.S12, widgets.Middle(widgets.Icon(icon, 18, tone.Text)), text), theme.S8, theme.S12)))
	}
	yes := b.known.States[it.Candidates[0].Subject]
	if yes == "" {
		yes = w.T("panel.ifyes.none")
	}
	return []fyne.CanvasObject{card(icons.Show, t.Show, w.T("panel.ifyes"), yes), card(icons.Hide, t.Hide, w.T("panel.ifno"), "")}
}

// notes are the remarks on the current finding, for those who review.
func (b *Workbench) notes(it *casework.Item) fyne.CanvasObject {
	w := b.words
	write := widgets.NewButton(w.T("answer.note"), icons.Note, "M", widgets.Ghost, func() { b.Do(state.WriteNote, false) })
	write.Keys = b.keys
	write.SetEnabled(b.canAnswer())
	n := b.view.Plan.Case.NoteOn(it.ID)
	if n == nil {
		return flush(write)
	}
	return widgets.VBox(theme.S4, strong(w.T("panel.note")), para(n.Note, b.panelText()),
		notePara(w.T("panel.note.by", "by", n.By, "day", day(n.At)), b.panelText()), flush(write))
}

func (b *Workbench) writeNote() {
	it := b.item()
	if it == nil || !b.canAnswer() {
		return
	}
	id, by, now := it.ID, b.view.Plan.Case.By, ""
	if n := b.view.Plan.Case.NoteOn(id); n != nil {
		now = n.Note
	}
	b.work.Note(now, func(text string) {
		if text != now {
			b.work.Answer(casework.Answer{Action: casework.NoteIt, Item: id, Note: text, By: by})
		}
	})
}

// findThis looks for the current text in the whole case.
func (b *Workbench) findThis() {
	if it := b.item(); it != nil && it.Finding.Text != "" && b.canAnswer() {
		b.work.Find(it.Finding.Text, it.Finding.Kind)
	}
}
