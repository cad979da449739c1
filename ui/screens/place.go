package screens

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/widgets"
)

// Place records where a release stands, and who publishes it there.
type Place struct {
	*form
	p     state.NewPlace
	texts [3]*entry
}

// NewPlace is the sheet, with what was typed of it.
func NewPlace(w *i18n.Words, where string, done func(state.NewPlace), cancel func()) *Place {
	s := &Place{}
	s.form = newForm(w, func() string { return s.p.Missing() }, cancel)
	for i, f := range []struct {
		hint string
		to   *string
	}{{w.T("place.hint"), &s.p.Where}, {w.T("place.partner.hint"), &s.p.Partner}, {"", &s.p.Contract}} {
		s.texts[i] = s.text(f.hint, func(t string) { *f.to = strings.TrimSpace(t) })
	}
	s.texts[0].SetText(where)
	s.fill(w.T("place.add"), w.T("place.what"), w.T("place.add"), icons.Globe, widgets.Primary, func() { done(s.p) },
		field(w.T("place.where"), s.texts[0]), two(field(w.T("place.partner"), s.texts[1]), field(w.T("place.contract"), s.texts[2])))
	return s
}

// Fill says where, by whom and under which contract, for tests.
func (s *Place) Fill(texts ...string) {
	for i, t := range texts {
		s.texts[i].SetText(t)
	}
}

// Takedown writes letters to whoever publishes what has to go.
type Takedown struct {
	*form
	t      state.Takedown
	days   *entry
	folder func(path string)
}

// NewTakedown is the sheet; places is to how many a letter goes.
func NewTakedown(w *i18n.Words, places int, may bool, folder Ask, done func(state.Takedown), cancel func()) *Takedown {
	s := &Takedown{t: state.Takedown{Within: 3, Lang: w.Lang()}}
	s.form = newForm(w, func() string {
		if !may {
			return "notyours"
		}
		return s.t.Missing()
	}, cancel)
	s.days = s.text("", func(t string) { s.t.Within, _ = strconv.Atoi(strings.TrimSpace(t)) })
	s.days.SetText("3")
	more := s.text(w.T("subject.others.hint"), func(t string) { s.t.Replacements = t })
	var into fyne.CanvasObject
	into, s.folder = s.file(w.T("cmd.open-folder"), folder, func(p string) { s.t.Folder = p })
	s.fill(w.T("takedown.title"), w.T("takedown.what", "n", places), w.T("takedown.do"), icons.Mail, widgets.Primary, func() { done(s.t) },
		two(field(w.T("takedown.within"), s.days), field(w.T("request.lang"), s.one(i18n.Languages, "lang.", w.Lang(), func(l string) { s.t.Lang = l }))),
		field(w.T("takedown.new"), more), field(w.T("request.folder"), into))
	return s
}

// Fill says within how many days and where to, for tests.
func (s *Takedown) Fill(days, folder string) {
	s.days.SetText(days)
	s.folder(folder)
}
