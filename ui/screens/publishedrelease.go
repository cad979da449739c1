package screens

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// refresh draws the release on show anew.
func (p *Published) refresh() {
	w, t := p.words, theme.Current()
	r := p.view.Row
	top := widgets.VBox(theme.S12)
	if r.Open {
		top.Add(widgets.Spacer()) // the banner, whose lines go with the width
	}
	buttons := widgets.HBox(theme.S8)
	rank := widgets.Plain
	if r.Open { // what is out has to be replaced
		rank = widgets.Primary
	}
	newer := widgets.NewButton(w.T("published.new"), icons.Redo, "", rank, p.do.MakeNew)
	export := widgets.NewButton(w.T("published.export"), icons.Seal, "", widgets.Primary, p.do.ExportNew)
	newer.Keys, export.Keys = p.keys, p.keys
	switch {
	case p.busy:
		stop := widgets.NewButton(w.T("job.stop"), "", "", widgets.Plain, p.do.StopApproval)
		stop.Keys = p.keys
		buttons.Add(widgets.Middle(p.count))
		buttons.Add(stop)
	case p.fresh:
		buttons.Add(export)
	case r.Open && len(r.Standing()) > 0:
		letters := widgets.NewButton(w.T("takedown.title"), icons.Mail, "", widgets.Plain, p.do.WriteTakedowns)
		letters.Keys = p.keys
		buttons.Add(letters)
		if r.Case != nil && !r.Newer && p.view.Prepares {
			buttons.Add(newer)
		}
	case r.Case != nil && !r.Newer && p.view.Prepares:
		buttons.Add(newer)
	}
	about := widgets.VBox(0, widgets.NewCutLabel(r.Title(), theme.Title, true, t.Text), widgets.NewCutLabel(w.T("published.signed", "who", r.Release.By, "day", day(r.Release.At.Local())), theme.Note, false, t.Muted))
	name := len(top.Objects)
	top.Add(about)
	if p.busy {
		top.Add(p.bar.Container)
	}
	if p.said != "" {
		top.Add(notePara(p.said, t.Pane(400)))
	}
	if p.view.Missing > 0 {
		top.Add(widgets.HBox(0, widgets.NewTag(w.T("published.differs"), icons.Warn, t.Stop)))
		top.Add(notePara(w.T("published.differs.what", "n", p.view.Missing), t.Pane(400)))
	}
	put(p.middle, widgets.Reflow(anyWidth, func(width float32, _ bool) fyne.CanvasObject {
		narrow := width < t.Px(roomyAbove)
		if r.Open {
			top.Objects[0] = p.banner(width - 2*theme.S16)
		}
		if narrow {
			top.Objects[name] = widgets.VBox(theme.S8, about, widgets.Flow(width-2*theme.S16, theme.S8, buttons.Objects...))
			return container.NewVScroll(widgets.Pad(widgets.VBox(theme.S12, top, widgets.Room(0, t.Px(260), p.versions(true)), p.places(true)), theme.S16, theme.S16))
		}
		top.Objects[name] = widgets.Border(nil, nil, nil, widgets.Middle(buttons), about)
		return widgets.Pad(widgets.Border(top, p.places(false), nil, nil, widgets.Pad(p.versions(false), theme.S12, 0)), theme.S16, theme.S16)
	}))
	p.record()
}

// versions are the release as it was published, and the new one beside it; where there is
// no room for both, one of them, and tabs that say which.
func (p *Published) versions(narrow bool) fyne.CanvasObject {
	w, t := p.words, theme.Current()
	old := widgets.Border(widgets.Pad(strong(w.T("published.old")), theme.S4, 0), nil, nil, nil, p.Old.Content)
	if !p.fresh {
		return old
	}
	if !narrow {
		fresh := widgets.Border(widgets.Pad(widgets.HBox(theme.S8, widgets.Icon(icons.Seal, 16, t.OK.Text), strong(w.T("published.fresh"))), theme.S4, 0), nil, nil, nil, p.New.Content)
		return widgets.Columns(t.Px(220), theme.S12, old, fresh)
	}
	box := container.NewStack()
	var show func(fresh bool)
	show = func(fresh bool) {
		one := p.Old.Content
		if fresh {
			one = p.New.Content
		}
		heads := container.NewGridWithColumns(2, widgets.NewTab(w.T("published.tab.old"), !fresh, func() { show(false) }), widgets.NewTab(w.T("published.tab.fresh"), fresh, func() { show(true) }))
		put(box, widgets.Border(heads, nil, nil, nil, one))
	}
	show(true)
	return box
}

// banner says who ended what, and when, in a width.
func (p *Published) banner(width float32) fyne.CanvasObject {
	w, t := p.words, theme.Current()
	wide := width - 2*theme.S16 - t.Px(24) - 2*theme.S12
	var lines []fyne.CanvasObject
	for _, l := range p.view.Row.Lapses {
		name := p.view.Names[l.Subject]
		if name == "" {
			name = w.T("published.somebody")
		}
		key := "lapsed.deleted"
		switch {
		case l.State == authz.Withdrawn:
			key = "lapsed.withdrawn"
		case l.State == authz.Refused:
			key = "lapsed.refused"
		case l.State == authz.Expired:
			key = "lapsed.expired"
		case l.State != "" || l.Ground != "":
			key = "lapsed.ended"
		}
		s := w.T(key, "who", name)
		if !l.Since.IsZero() {
			s += w.T("sep") + l.Since.Local().Format("2006-01-02 15:04")
		}
		lines = append(lines, widgets.NewParagraph(s, theme.Head, true, t.Stop.Text, wide))
	}
	lines = append(lines, widgets.NewParagraph(w.T("published.since"), theme.Note, false, t.Stop.Text, wide))
	return toned(t.Stop, widgets.Border(nil, nil, widgets.Middle(widgets.Icon(icons.Warn, 24, t.Stop.Text)), nil, widgets.Pad(widgets.VBox(theme.S4, lines...), 0, theme.S12)))
}

// places are where the release stands, each with the button that takes it down.
func (p *Published) places(narrow bool) fyne.CanvasObject {
	w, t := p.words, theme.Current()
	name, left := head(w.T("place.title")), note(w.T("place.left", "n", len(p.view.Row.Standing())))
	over := widgets.HBox(theme.S8, name, widgets.Spacer(), left)
	if narrow {
		over = widgets.VBox(theme.S4, name, left)
	}
	rows := widgets.VBox(0, widgets.Pad(over, theme.S8, theme.S12))
	for _, x := range p.view.Row.Release.Places {
		rows.Add(widgets.Rule())
		icon, c := icons.Globe, t.Muted
		var end fyne.CanvasObject = note(w.T("place.gone", "day", day(x.Gone.Local())))
		if x.Gone.IsZero() {
			if p.view.Row.Open {
				icon, c = icons.Warn, t.Stop.Text
			}
			b := widgets.NewButton(w.T("place.down"), "", "", widgets.Plain, func() { p.do.TakenDown(x.Where) })
			b.Keys = p.keys
			end = b
		} else {
			icon, c = icons.Seal, t.OK.Text
		}
		if narrow { // the address has a line of its own
			wide := p.panes.width - p.panes.side(false) - 4*theme.S16
			rows.Add(widgets.Pad(widgets.VBox(theme.S8, widgets.NewParagraph(x.Where, theme.Body, true, t.Text, wide), widgets.HBox(theme.S8, widgets.Middle(widgets.Icon(icon, 18, c)), widgets.Middle(note(placeNote(w, x)))), widgets.HBox(0, end)), theme.S8, theme.S12))
			continue
		}
		rows.Add(widgets.Pad(widgets.Border(nil, nil, widgets.Middle(widgets.Icon(icon, 18, c)), widgets.Middle(end),
			widgets.Pad(widgets.Middle(widgets.VBox(0, widgets.NewCutLabel(x.Where, theme.Body, true, t.Text), note(placeNote(w, x)))), 0, theme.S8)), theme.S4, theme.S12))
	}
	rows.Add(widgets.Rule())
	add := widgets.NewButton(w.T("place.add"), icons.Plus, "", widgets.Plain, func() { p.Where.OnSubmitted(p.Where.Text) })
	of := widgets.NewButton(w.T("place.of"), icons.Org, "", widgets.Plain, func() { p.do.AddPlaceOf(strings.TrimSpace(p.Where.Text)) })
	of.Keys = p.keys
	buttons := widgets.HBox(theme.S8, add, of)
	var where fyne.CanvasObject = widgets.Border(nil, nil, nil, buttons, widgets.Pad(p.Where, 0, theme.S8))
	if narrow {
		where = widgets.VBox(theme.S8, p.Where, widgets.HBox(0, add), widgets.HBox(0, of))
	}
	rows.Add(widgets.Pad(where, theme.S8, theme.S12))
	return widgets.Card(widgets.Pad(rows, 2, 2))
}

// record is the right part: what was signed, who is shown, the proof.
func (p *Published) record() {
	w, t := p.words, theme.Current()
	r := p.view.Row
	wide := p.panes.side(true) - 2*theme.S16
	fact := func(key, value string) fyne.CanvasObject {
		return widgets.Border(nil, nil, note(w.T(key)), widgets.NewLabel(value, theme.Note, true, t.Text), widgets.Spacer())
	}
	rows := widgets.VBox(theme.S8, head(w.T("published.record")), fact("published.number", r.Release.ID))
	if c := r.Case; c != nil {
		rows.Add(fact("new.purpose", term(p.vocab.Purposes, string(c.Purpose), w.Lang())))
		rows.Add(fact("new.channel", term(p.vocab.Channels, string(c.Channel), w.Lang())))
		rows.Add(fact("published.prepared", c.By))
	}
	rows.Add(fact("published.signer", r.Release.By))
	rows.Add(widgets.Rule())
	rows.Add(head(w.T("published.shown")))
	if len(r.Release.Consents) == 0 {
		rows.Add(note(w.T("approve.kept.none")))
	}
	for _, id := range r.Release.Consents {
		name := p.view.Names[p.view.Shown[id]]
		if name == "" {
			name = string(id)
		}
		a := p.view.Stands[id]
		icon, tone := agreedLook(a)
		rows.Add(widgets.Border(nil, nil, nil, widgets.NewTag(agreedWord(w, a), icon, tone), widgets.Middle(widgets.NewCutLabel(name, theme.Body, false, t.Text))))
	}
	rows.Add(widgets.Rule())
	rows.Add(head(w.T("published.proof")))
	rows.Add(widgets.HBox(theme.S8, widgets.Icon(icons.Seal, 18, t.OK.Text), note(w.T("published.entry", "n", r.Release.Receipt.Size))))
	if p.view.Missing == 0 {
		rows.Add(widgets.HBox(theme.S8, widgets.Icon(icons.Seal, 18, t.OK.Text), note(w.T("published.same"))))
	} else {
		rows.Add(notePara(w.T("published.differs.what", "n", p.view.Missing), wide))
	}
	open := widgets.NewButton(w.T("case.open"), icons.Case, "", widgets.Plain, p.do.OpenPackage)
	open.Keys = p.keys
	rows.Add(open)
	put(p.panel, container.NewVScroll(widgets.Pad(rows, theme.S12, theme.S16)))
	p.panes.leave(false)
}

// placeNote is who recorded a place, and who publishes there.
func placeNote(w *i18n.Words, x casework.Publication) string {
	s := w.T("place.by", "who", x.By, "day", day(x.At.Local()))
	if x.Partner != "" {
		s = w.T("place.partner.is", "who", x.Partner) + w.T("sep") + s
	}
	return s
}
