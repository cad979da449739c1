package screens

import (
	"strings"

	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Grouping turns the grouping of unknown faces on, under an assessment, or off.
type Grouping struct {
	*form
	note, by *entry
	off      *widgets.Button
}

// NewGrouping is the sheet; note is the assessment in force, empty while it is off.
func NewGrouping(w *i18n.Words, note, by, me string, may bool, done func(note, by string), stop, cancel func()) *Grouping {
	s := &Grouping{}
	was, now, who := note, note, by
	if who == "" {
		who = me
	}
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case strings.TrimSpace(now) == "" || strings.TrimSpace(who) == "":
			return "assessment"
		case now == was:
			return "group.same"
		}
		return ""
	}, cancel)
	s.note, s.by = s.text(w.T("group.note.hint"), func(t string) { now = t }), s.text("", func(t string) { who = t })
	s.note.MultiLine = true
	s.note.SetText(note)
	s.by.SetText(who)
	stands := w.T("group.off")
	if note != "" {
		stands = w.T("group.on", "who", by)
	}
	s.off = widgets.NewButton(w.T("group.stop"), icons.None, "", widgets.Danger, stop)
	s.off.SetEnabled(may && note != "")
	s.off.Hidden = note == ""
	rows := []fyne.CanvasObject{widgets.VBox(theme.S4, para(stands, s.wide), widgets.HBox(0, s.off)),
		field(w.T("group.note"), widgets.Room(0, theme.Current().Px(110), s.note)), field(w.T("impact.by"), s.by)}
	s.fill(w.T("group.title"), w.T("group.what"), w.T("group.do"), icons.People, widgets.Primary, func() { done(strings.TrimSpace(now), strings.TrimSpace(who)) }, rows...)
	return s
}

// Fill writes the assessment, for tests.
func (s *Grouping) Fill(note, by string) {
	s.note.SetText(note)
	s.by.SetText(by)
}

// Stop turns it off, for tests.
func (s *Grouping) Stop() { s.off.Tapped(nil) }
