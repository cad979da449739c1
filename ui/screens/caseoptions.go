package screens

import (
	"time"

	"fyne.io/fyne/v2"

	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// CaseOptions changes what may be changed of a case after it was made.
type CaseOptions struct {
	*form
	Case casework.Case // as it would be

	on     *entry
	badDay bool
	unsure *widgets.Choice
	style  *widgets.Choice
	ticks  []*tick
}

// NewCaseOptions is the sheet over a case; done gets it as it is to be.
func NewCaseOptions(w *i18n.Words, c casework.Case, done func(casework.Case), cancel func()) *CaseOptions {
	s := &CaseOptions{Case: c}
	s.form = newForm(w, func() string {
		if s.badDay {
			return "day"
		}
		return ""
	}, cancel)
	s.on = s.day(w.T("new.on.hint"), func(on time.Time, bad bool) { s.Case.On, s.badDay = on, bad })
	if !c.On.IsZero() {
		s.on.SetText(day(c.On))
	}
	hidden, style := howHidden(w, &s.Case, s.wide, cancel)
	s.style = style
	s.unsure = radio(w, s.wide, []string{"ask", "hide"}, "unsure.", map[bool]string{true: "hide"}[c.HideUnsure], func(id string) { s.Case.HideUnsure = id == "hide" }, cancel)
	s.first = s.unsure
	rows := append([]fyne.CanvasObject{field(w.T("unsure"), widgets.VBox(theme.S4, s.unsure, notePara(w.T("unsure.what"), s.wide))),
		field(w.T("new.on"), s.on)}, hidden...)
	rows = append(rows, widgets.Rule(), widgets.VBox(theme.S4, head(w.T("writing")), notePara(w.T("writing.what"), s.wide)))
	for _, t := range []struct {
		key string
		set *bool
	}{{"changes", &s.Case.Writing.KeepChanges}, {"search", &s.Case.Writing.Searchable}, {"snap", &s.Case.Writing.SnapGaps}} {
		box := s.tick(w.T("writing."+t.key), *t.set, func(yes bool) { *t.set = yes })
		s.ticks = append(s.ticks, box)
		rows = append(rows, widgets.VBox(0, box, widgets.Pad(notePara(w.T("writing.what."+t.key), s.wide-2*theme.S32), 0, theme.S32)))
	}
	s.fill(w.T("cmd.options"), w.T("options.what"), w.T("options.do"), icons.Search, widgets.Primary, func() { done(s.Case) }, rows...)
	return s
}

// Set chooses, for tests: whether to hide what is unsure, the style of faces, and, in the
// order in which they stand, the boxes of how files are written.
func (s *CaseOptions) Set(hideUnsure bool, style int, writing ...bool) {
	s.unsure.Choose(map[bool]int{true: 1}[hideUnsure])
	s.style.Choose(style)
	for i, on := range writing {
		s.ticks[i].SetChecked(on)
	}
}

// howHidden are the fields that say how things are hidden in a case; style is among them.
func howHidden(w *i18n.Words, c *casework.Case, wide float32, cancel func()) (rows []fyne.CanvasObject, style *widgets.Choice) {
	beside, choices := (wide-theme.S8)/2, two // of radio buttons, which take more room than fields
	if theme.Current().Large() {
		beside, choices = wide, func(a, b fyne.CanvasObject) fyne.CanvasObject { return widgets.VBox(theme.S12, a, b) }
	}
	mode := radio(w, beside, []string{string(casework.Anonymise), string(casework.Pseudonymise)}, "mode.", string(c.Mode),
		func(s string) { c.Mode = casework.Mode(s) }, cancel)
	style = radio(w, beside, []string{"solid", "mosaic", "blur"}, "style.", c.Style.String(), func(s string) {
		var m redact.Method
		if m.UnmarshalText([]byte(s)) == nil {
			c.Style = m
		}
	}, cancel)
	cover := radio(w, beside, []string{string(casework.CoverFace), string(casework.CoverPerson)}, "cover.", string(c.Cover), func(s string) {
		if v, err := casework.ParseCover(s); err == nil {
			c.Cover = v
		}
	}, cancel)
	wording := radio(w, beside, []string{"letters", "general"}, "wording.", map[bool]string{true: "general"}[c.Generalise], func(s string) {
		c.Generalise = s == "general"
	}, cancel)
	search := radio(w, wide, []string{"normal", string(casework.Thorough), string(casework.MissNothing)}, "search.", string(c.Look), func(s string) {
		if c.Look = casework.Look(s); s == "normal" {
			c.Look = casework.Normal
		}
	}, cancel)
	return []fyne.CanvasObject{choices(field(w.T("new.mode"), widgets.VBox(theme.S4, mode, notePara(w.T("set.mode.what"), beside))), field(w.T("new.wording"), wording)),
		field(w.T("new.search"), search),
		choices(field(w.T("new.style"), style), field(w.T("new.cover"), cover))}, style
}
