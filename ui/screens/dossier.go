package screens

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// evidenceWidth is the width of the room's right pane at 100 %.
const evidenceWidth = 280

// page is how a subject is shown.
type page struct {
	width   float32 // of the room
	wide    float32 // of the text in the middle
	narrow  bool    // the right pane stands under the middle
	entries []state.Entry
	entry   int // that is chosen
	all     bool
	cell    [2]int // row and column that is explained; row -1: none
	scroll  *container.Scroll
}

// spread lays the room out by its width.
type spread struct{ r *Registry }

// MinSize implements fyne.Layout.
func (l spread) MinSize(os []fyne.CanvasObject) fyne.Size {
	t := theme.Current()
	return fyne.NewSize(t.Pane(registerWidth)+t.Px(240), t.Px(300))
}

// Layout implements fyne.Layout.
func (l spread) Layout(os []fyne.CanvasObject, s fyne.Size) {
	l.r.fit(s.Width)
	for _, o := range os {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(s)
	}
}

func (r *Registry) fit(width float32) {
	t, p := theme.Current(), &r.middle
	if width <= 0 || width == p.width {
		return
	}
	p.width = width
	p.narrow = width < t.Px(narrowBelow)
	rest := width - max(t.Pane(registerWidth), r.left.MinSize().Width)
	if !p.narrow {
		rest -= t.Pane(evidenceWidth)
	}
	p.wide = min(rest-2*theme.S16-theme.S12, max(t.Px(1240), 1240))
	switch {
	case r.at == "":
		r.SetDues(r.dues)
	case r.shown.Subject.ID == r.at:
		r.draw()
	}
}

// SetDossier shows a subject: what may be shown of it today and until when, what
// happened, and the files that show it.
func (r *Registry) SetDossier(d state.Dossier, now time.Time) {
	if d.Subject.ID != r.at {
		return // somebody else was selected meanwhile
	}
	p := &r.middle
	before := len(p.entries)
	p.entries = d.History()
	if d.Subject.ID != r.shown.Subject.ID || len(p.entries) != before {
		p.entry = 0
	}
	if d.Subject.ID != r.shown.Subject.ID {
		p.scroll, p.all = nil, false
	}
	p.cell[0] = -1
	r.shown, r.now = d, now
	r.draw()
}

// SetGrid shows what may be shown for another purpose.
func (r *Registry) SetGrid(id authz.SubjectID, g state.Grid) {
	if id == r.at && id == r.shown.Subject.ID {
		r.shown.Grid, r.middle.cell[0] = g, -1
		r.draw()
	}
}

// button is one that passes the room's keys on.
func (r *Registry) button(key string, icon icons.Name, cap string, rank widgets.Rank, do func()) *widgets.Button {
	b := widgets.NewButton(r.words.T(key), icon, cap, rank, do)
	b.Keys = r.keys
	return b
}

// draw lays the subject on show out, and keeps the place where it was scrolled to.
func (r *Registry) draw() {
	p := &r.middle
	rows := widgets.VBox(theme.S12, r.header())
	for _, o := range []fyne.CanvasObject{r.grid(), r.validity(), r.history(), r.rights()} {
		rows.Add(o)
	}
	if p.narrow {
		rows.Add(widgets.Card(widgets.Pad(r.evidence(p.wide-2*theme.S16), theme.S12, theme.S16)))
	}
	content := widgets.Pad(widgets.HBox(0, widgets.Room(p.wide, 0, rows)), theme.S16, theme.S16)
	var at fyne.Position
	if p.scroll != nil {
		at = p.scroll.Offset
	}
	p.scroll = container.NewVScroll(content)
	var all fyne.CanvasObject = p.scroll
	if !p.narrow {
		t := theme.Current()
		pane := t.Pane(evidenceWidth)
		right := widgets.Room(pane, 0, widgets.Ground(t.Surface, container.NewVScroll(widgets.Pad(r.evidence(pane-2*theme.S16), theme.S16, theme.S16))))
		all = widgets.Border(nil, nil, nil, widgets.Border(nil, nil, widgets.Rule(), nil, right), p.scroll)
	}
	put(r.detail, all)
	p.scroll.ScrollToOffset(at)
}

// header says who it is, and has what is done most.
func (r *Registry) header() fyne.CanvasObject {
	w, t, s := r.words, theme.Current(), r.shown.Subject
	wide := r.middle.wide
	request, withdraw := "R", "W"
	if t.Large() {
		request, withdraw = "", ""
	}
	agreed := r.shown.Agreed(r.now)
	ask, end := widgets.Primary, widgets.Danger
	switch agreed { // what was asked, or ended, is not the next thing to do
	case state.AgreedRequested, state.AgreedDeferred, state.AgreedWaits, state.AgreedWithdrawn, state.AgreedRefused:
		ask = widgets.Plain
	}
	switch agreed {
	case state.AgreedNothing, state.AgreedWithdrawn, state.AgreedRefused, state.AgreedEnded, state.AgreedExpired:
		end = widgets.Plain
	}
	do := widgets.HBox(theme.S8,
		r.button("registry.request", icons.Mail, request, ask, func() { r.do.RequestConsent(s) }),
		r.button("registry.withdraw", icons.Warn, withdraw, end, func() { r.do.WithdrawAll(s) }))
	icon, tone := agreedLook(agreed)
	tag := widgets.Middle(widgets.NewTag(agreedWord(w, agreed), icon, tone))
	beside := do.MinSize().Width <= wide/2
	room := wide - tag.MinSize().Width - t.Px(32) - 3*theme.S12
	if beside {
		room -= do.MinSize().Width + theme.S12
	}
	name := widgets.HBox(theme.S12, title(widgets.Fit(s.Title(), room, t.Px(theme.Title), fyne.TextStyle{Bold: true})), tag)
	who := widgets.Border(nil, nil, widgets.Middle(widgets.Tile(SubjectIcon(s), t.Hide)), nil,
		widgets.Pad(widgets.VBox(0, name, widgets.NewCutLabel(SubjectNote(w, s), theme.Body, false, t.Muted)), 0, theme.S12))
	back := widgets.HBox(0, r.button("registry.back", icons.Left, "", widgets.Ghost, r.Leave))
	var top fyne.CanvasObject = widgets.Border(nil, nil, nil, widgets.Middle(do), who)
	if !beside {
		top = widgets.VBox(theme.S8, who, widgets.Flow(wide, theme.S8, do.Objects...))
	}
	known := r.button("registry.face", icons.Photo, "", widgets.Ghost, func() { r.do.ShowFace(s) })
	if s.Kind == authz.Organisation {
		known = r.button("registry.logos", icons.Photo, "", widgets.Ghost, func() { r.do.ShowLogos(s) })
	}
	more := widgets.Flow(wide, theme.S4,
		r.button("registry.change", icons.Note, "E", widgets.Ghost, func() { r.do.ChangeSubject(s) }),
		r.button("registry.grant", icons.Seal, "", widgets.Ghost, func() { r.do.RecordGrant(s) }),
		r.button("registry.refuse", icons.Cross, "", widgets.Ghost, func() { r.do.Refuse(s) }),
		r.grounds(), known,
		r.button("registry.explain", icons.Ask, "", widgets.Ghost, func() { r.do.ExplainUse(s) }))
	return widgets.VBox(theme.S8, back, top, more, facts(w, r.vocab, s, wide))
}

// rights are what a subject may ask of whoever keeps the registry, apart from a
// withdrawal. It is seldom done, and the last of it cannot be undone: it stands last.
func (r *Registry) rights() fyne.CanvasObject {
	w, s, wide := r.words, r.shown.Subject, r.middle.wide
	return widgets.VBox(theme.S8, head(w.T("registry.rights")), notePara(w.T("registry.rights.what"), wide), widgets.Flow(wide, theme.S8,
		r.button("registry.copy", icons.Drop, "", widgets.Plain, func() { r.do.SaveCopy(s) }),
		r.button("registry.erase", icons.Warn, "", widgets.Danger, func() { r.do.Erase(s, len(r.shown.Leaning)) })))
}

// facts are what is known of a subject beside what its header says.
func facts(w *i18n.Words, v authz.Vocabulary, s authz.Subject, wide float32) fyne.CanvasObject {
	t := theme.Current()
	label := t.Px(90)
	var rows []fyne.CanvasObject
	add := func(key, text string) {
		if text != "" {
			rows = append(rows, labelled(w.T(key), label, text, wide))
		}
	}
	add("subject.post", s.Post)
	if s.Kind == authz.Person && s.Age != "" && s.Age != "adult" {
		add("subject.age", term(v.Ages, string(s.Age), w.Lang()))
	}
	for _, kind := range []string{"phone", "email", "address"} {
		var all []string
		for _, c := range s.Contacts {
			if c.Kind == kind {
				all = append(all, c.Value)
			}
		}
		add("subject."+kind, strings.Join(all, w.T("list")))
	}
	add("subject.note", s.Note)
	return widgets.VBox(theme.S4, rows...)
}

// labelled is a text with a word before it, which stands on its first line.
func labelled(word string, label float32, text string, wide float32) fyne.CanvasObject {
	first := widgets.Room(label, theme.Current().Px(theme.Body)*theme.LineHeight, note(word))
	return widgets.Border(nil, nil, widgets.VBox(0, first), nil, para(text, wide-label))
}

// agreedLook is the icon and tone beside the word.
func agreedLook(a state.Agreement) (icons.Name, theme.Tone) {
	t := theme.Current()
	switch a {
	case state.AgreedGiven:
		return icons.Show, t.Show
	case state.AgreedWithdrawn:
		return icons.Warn, t.Stop
	case state.AgreedRefused, state.AgreedEnded:
		return icons.Cross, t.Hide
	case state.AgreedExpired:
		return icons.Clock, t.Hide
	case state.AgreedPartly, state.AgreedWaits, state.AgreedRequested, state.AgreedDeferred:
		return icons.Ask, t.Ask
	}
	return icons.Hide, t.Hide
}

// lastDay is the last day of a period whose end is exclusive.
func lastDay(until time.Time) string { return day(until.Add(-time.Microsecond).Local()) }

func ids[T ~string](xs []T) []string {
	out := make([]string, len(xs))
	for i, x := range xs {
		out[i] = string(x)
	}
	return out
}

// grounds opens the bases other than consent, and says how many there are.
func (r *Registry) grounds() *widgets.Button {
	word := r.words.T("registry.grounds")
	if n := len(r.shown.Grounds); n > 0 {
		word += " " + strconv.Itoa(n)
	}
	b := widgets.NewButton(word, icons.Stamp, "", widgets.Ghost, func() { r.do.ShowGrounds(r.shown.Subject) })
	b.Keys = r.keys
	return b
}
