package screens

import (
	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// maxRecords is how many records of one entry the right pane lays out.
const maxRecords = 6

// evidence is what belongs to the chosen entry: the records, the files, and the releases
// that lean on them.
func (r *Registry) evidence(wide float32) fyne.CanvasObject {
	w, t, p := r.words, theme.Current(), &r.middle
	if p.entry >= len(p.entries) {
		return widgets.VBox(theme.S8, head(w.T("registry.evidence")), notePara(w.T("registry.noevidence"), wide),
			widgets.HBox(0, r.button("registry.evidence.add", icons.Plus, "", widgets.Plain, func() { r.do.AddEvidence(r.shown.Subject, "") })))
	}
	e := p.entries[p.entry]
	rows := widgets.VBox(theme.S8, widgets.NewParagraph(r.entryTitle(e), theme.Head, true, t.Text, wide))
	if !e.At.IsZero() {
		rows.Add(note(e.At.Local().Format("2006-01-02 15:04")))
	}
	if !e.Received.IsZero() {
		rows.Add(note(w.T("registry.received", "day", day(e.Received.Local()))))
	}
	if e.Reason != "" && !e.Waits {
		rows.Add(para(e.Reason, wide))
	}
	for i, c := range e.Consents {
		if i == maxRecords {
			rows.Add(note(w.T("registry.entry.records", "n", len(e.Consents))))
			break
		}
		rows.Add(widgets.Rule())
		rows.Add(r.record(c, wide))
	}
	rows.Add(widgets.Rule())
	rows.Add(head(w.T("registry.evidence")))
	if len(e.Files) == 0 {
		rows.Add(notePara(w.T("registry.noevidence"), wide))
	}
	for _, f := range e.Files {
		name := f.Name
		if name == "" {
			name = w.T("evidence." + f.Of)
		}
		open := r.button("registry.open.file", icons.Doc, "", widgets.Plain, func() { r.do.OpenEvidence(f) })
		rows.Add(widgets.VBox(theme.S4, widgets.NewParagraph(name, theme.Body, false, t.Text, wide), note(w.T("evidence."+f.Of)+w.T("sep")+day(f.At.Local())),
			note(w.T("registry.digest", "digest", shortDigest(f.SHA256))), widgets.Flow(wide, theme.S8, open, r.button("registry.save.file", icons.Drop, "", widgets.Ghost, func() { r.do.SaveEvidence(f) }))))
	}
	rows.Add(widgets.HBox(0, r.button("registry.evidence.add", icons.Plus, "", widgets.Plain, func() { r.do.AddEvidence(r.shown.Subject, e.Only()) })))
	rows.Add(widgets.Rule())
	rows.Add(head(w.T("registry.influence")))
	lean := state.LeaningOn(r.shown.Leaning, e.IDs())
	if len(lean) == 0 {
		rows.Add(notePara(w.T("registry.influence.none"), wide))
	}
	for i, x := range lean {
		key, rank := "registry.influence.see", widgets.Plain
		about := widgets.VBox(theme.S4, widgets.VBox(0, widgets.NewParagraph(x.Title(), theme.Body, false, t.Text, wide), note(day(x.Release.At.Local()))))
		if x.Open {
			key = "registry.influence.go"
			if i == 0 {
				rank = widgets.Primary
			}
			about.Add(widgets.HBox(0, widgets.NewTag(w.T("registry.influence.act"), icons.Warn, t.Stop)))
		}
		rows.Add(widgets.VBox(theme.S8, about, widgets.HBox(0, r.button(key, icons.Right, "", rank, func() { r.do.SeeRelease(x.Release.ID) }))))
	}
	return rows
}

// record is one record: how it stands, until when, what it covers, what is to be done.
func (r *Registry) record(c authz.Consent, wide float32) fyne.CanvasObject {
	w, s := r.words, r.shown.Subject
	stands := state.Stands(c, r.now)
	icon, tone := agreedLook(stands)
	until, key := w.T("registry.open"), "registry.until"
	if !c.Until.IsZero() {
		until = lastDay(c.Until)
	}
	receipt := r.button("registry.receipt", icons.Doc, "", widgets.Plain, func() { r.do.WriteReceipt(s, c) })
	do := []fyne.CanvasObject{receipt}
	switch stands {
	case state.AgreedRequested, state.AgreedDeferred:
		key = "registry.would"
		do = []fyne.CanvasObject{r.button("registry.answer", icons.Mail, "", widgets.Primary, func() { r.do.AnswerRequest(s, c, r.shown.Filed(c.ID)) })}
	case state.AgreedGiven:
		do = append(do, r.button("registry.withdraw.one", icons.Warn, "", widgets.Danger, func() { r.do.WithdrawOne(s, c) }))
	case state.AgreedWaits:
		do = append(do, r.button("registry.confirm", icons.Seal, "", widgets.Primary, func() { r.do.ConfirmGrant(s, c) }))
	case state.AgreedWithdrawn, state.AgreedRefused, state.AgreedEnded:
		key = "registry.was"
	}
	rows := widgets.VBox(theme.S8, widgets.Flow(wide, theme.S8, widgets.NewTag(agreedWord(w, stands), icon, tone), note(w.T(key, "day", until))),
		scopeOf(w, r.vocab, s.Kind, c, wide), widgets.NewCutLabel(w.T("registry.id", "id", string(c.ID)), theme.Note, false, theme.Current().Muted))
	if stands == state.AgreedWaits {
		rows.Add(notePara(w.T("registry.waits"), wide))
	}
	rows.Add(widgets.Flow(wide, theme.S8, do...))
	return rows
}

func shortDigest(s string) string {
	if len(s) < 12 {
		return s
	}
	return s[:4] + " " + s[4:8] + " ... " + s[len(s)-4:]
}

// Paper is the sheet over a file that is looked at.
type Paper struct {
	Content fyne.CanvasObject
	Viewer  *Viewer
	close   *widgets.Button
}

// NewPaper is the sheet; load is asked for its pages and their pictures.
func NewPaper(w *i18n.Words, name string, size fyne.Size, load func(file, page int), done func()) *Paper {
	t := theme.Current()
	s := &Paper{Viewer: NewViewer(w, load, nil), close: widgets.NewButton(w.T("close"), "", "Esc", widgets.Plain, done)}
	s.Viewer.Alone()
	wide := min(t.Px(760), size.Width*0.8)
	s.Content = widgets.Room(wide, min(t.Px(680), size.Height*0.85), widgets.Border(
		widgets.Pad(widgets.VBox(theme.S4, widgets.NewCutLabel(name, theme.Title, true, t.Text), notePara(w.T("paper.what"), wide)), theme.S8, 0),
		widgets.Pad(widgets.HBox(theme.S8, widgets.Spacer(), s.close), theme.S8, 0), nil, nil, s.Viewer.Content))
	return s
}

// First is what has the focus.
func (s *Paper) First() fyne.Focusable { return s.close }

// Copy asks to whom all that is kept of somebody is handed, and where it is written.
type Copy struct {
	*form
	to     *entry
	folder func(path string)
}

// NewCopy is the sheet about a subject.
func NewCopy(w *i18n.Words, subject authz.Subject, may bool, folder Ask, done func(to, folder string), cancel func()) *Copy {
	s := &Copy{}
	to, into := "", ""
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case to == "":
			return "to"
		case into == "":
			return "folder"
		}
		return ""
	}, cancel)
	s.to = s.text(w.T("copy.to.hint"), func(t string) { to = t })
	var put fyne.CanvasObject
	put, s.folder = s.file(w.T("cmd.open-folder"), folder, func(p string) { into = p })
	s.fill(w.T("copy.title", "name", subject.Title()), w.T("copy.what"), w.T("copy.do"), icons.Drop, widgets.Primary, func() { done(to, into) },
		field(w.T("copy.to"), s.to), field(w.T("request.folder"), put))
	return s
}

// Fill says to whom and where, for tests.
func (s *Copy) Fill(to, folder string) {
	s.to.SetText(to)
	s.folder(folder)
}
