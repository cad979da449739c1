package screens

import (
	"slices"
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

// detailWidth is the width of what stands in the room's right part.
func detailWidth() float32 { return min(theme.Current().Px(720), 840) }

// SetDossier shows a subject: who it is, what may be done, its records newest
// first, and the files that show them.
func (r *Registry) SetDossier(d state.Dossier, now time.Time) {
	if d.Subject.ID != r.at {
		return // somebody else was selected meanwhile
	}
	r.shown = d
	w, t, s := r.words, theme.Current(), d.Subject
	wide := detailWidth()
	button := func(key string, icon icons.Name, rank widgets.Rank, do func()) fyne.CanvasObject {
		b := widgets.NewButton(w.T(key), icon, "", rank, do)
		b.Keys = r.keys
		return b
	}
	icon, tone := agreedLook(d.Agreed(now))
	rows := []fyne.CanvasObject{
		widgets.HBox(0, button("registry.back", icons.Left, widgets.Ghost, r.Leave)),
		widgets.HBox(theme.S12, widgets.Middle(widgets.Icon(SubjectIcon(s), 28, t.Text)), title(s.Title()), widgets.Middle(widgets.NewTag(agreedWord(w, d.Agreed(now)), icon, tone))),
		widgets.Flow(wide, theme.S8,
			button("registry.withdraw", icons.Warn, widgets.Danger, func() { r.do.WithdrawAll(s) }),
			button("registry.explain", icons.Ask, widgets.Plain, func() { r.do.ExplainUse(s) }),
			button("registry.request", icons.Doc, widgets.Plain, func() { r.do.RequestConsent(s) }),
			button("registry.grant", icons.Seal, widgets.Plain, func() { r.do.RecordGrant(s) })),
		facts(w, r.vocab, s, wide),
		head(w.T("registry.consents")),
	}
	if len(d.Consents) == 0 {
		rows = append(rows, body(w.T("registry.none")))
	}
	for _, c := range d.Timeline() {
		rows = append(rows, r.record(s, c, now, wide))
	}
	rows = append(rows, head(w.T("registry.evidence")))
	if len(d.Evidence) == 0 {
		rows = append(rows, body(w.T("registry.noevidence")))
	}
	for _, e := range d.Evidence {
		rows = append(rows, widgets.Border(nil, nil, widgets.HBox(theme.S8, widgets.Middle(widgets.Icon(icons.Doc, 16, t.Muted)),
			widgets.Room(t.Px(90), 0, strong(w.T("evidence."+e.Of))), note(day(e.At.Local()))), note(e.By),
			widgets.Pad(widgets.NewCutLabel(e.Name, theme.Note, false, t.Text), 0, theme.S12)))
	}
	r.detail.Objects = []fyne.CanvasObject{container.NewVScroll(widgets.Pad(widgets.HBox(0, widgets.Room(wide, 0, widgets.VBox(theme.S12, rows...))), theme.S16, theme.S24))}
	r.detail.Refresh()
}

// facts are what is known of a subject.
func facts(w *i18n.Words, v authz.Vocabulary, s authz.Subject, wide float32) fyne.CanvasObject {
	t := theme.Current()
	label := t.Px(90)
	var rows []fyne.CanvasObject
	add := func(key, text string) {
		if text != "" {
			rows = append(rows, widgets.Border(nil, nil, widgets.Room(label, 0, note(w.T(key))), nil, para(text, wide-label)))
		}
	}
	var names []string
	for i, n := range s.Names {
		if i > 0 && n.Use != "variant" {
			names = append(names, n.Text)
		}
	}
	add("subject.others", strings.Join(names, w.T("sep")))
	add("subject.company", s.Company)
	add("subject.post", s.Post)
	if s.Role != "" {
		add("subject.role", term(v.Roles, string(s.Role), w.Lang()))
	}
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
		add("subject."+kind, strings.Join(all, w.T("sep")))
	}
	add("subject.note", s.Note)
	return widgets.VBox(theme.S4, rows...)
}

// record is one record: how it stands, what it covers, what happened to it.
func (r *Registry) record(s authz.Subject, c authz.Consent, now time.Time, wide float32) fyne.CanvasObject {
	w, t := r.words, theme.Current()
	stands := state.Stands(c, now)
	icon, tone := agreedLook(stands)
	until := w.T("registry.open")
	if !c.Until.IsZero() {
		until = lastDay(c.Until)
	}
	inner := wide - 2*theme.S16
	rows := []fyne.CanvasObject{
		widgets.HBox(theme.S8, widgets.NewTag(agreedWord(w, stands), icon, tone), widgets.Middle(strong(w.T("registry.until", "day", until))), widgets.Spacer(), note(string(c.ID))),
		scopeOf(w, r.vocab, c, inner), widgets.Rule(),
	}
	events := slices.Clone(c.Events)
	slices.SortStableFunc(events, func(a, b authz.Event) int { return b.At.Compare(a.At) })
	for _, e := range events {
		word := term(r.vocab.States, string(e.State), w.Lang())
		if e.State == authz.Unknown && e.Reason != "" && state.Waits(authz.Consent{Events: []authz.Event{e}}, now) {
			word = agreedWord(w, state.AgreedWaits)
		}
		var more []string
		if e.Intake != "" {
			if key := "intake." + e.Intake; w.Has(key) {
				more = append(more, w.T("intake."+e.Intake))
			} else {
				more = append(more, e.Intake)
			}
		}
		if e.By != "" {
			more = append(more, w.T("registry.by", "who", e.By))
		}
		at := w.T("registry.undated")
		if !e.At.IsZero() {
			at = day(e.At.Local())
		}
		rows = append(rows, widgets.Border(nil, nil, widgets.HBox(theme.S8, widgets.Room(t.Px(82), 0, note(at)), widgets.Room(t.Px(140), 0, body(word))), nil,
			widgets.NewCutLabel(strings.Join(more, w.T("sep")), theme.Note, false, t.Muted)))
	}
	if stands == state.AgreedWaits {
		b := widgets.NewButton(w.T("registry.confirm"), icons.Seal, "", widgets.Primary, func() { r.do.ConfirmGrant(s, c) })
		b.Keys = r.keys
		rows = append(rows, widgets.Rule(), widgets.HBox(theme.S8, b, widgets.Middle(note(w.T("registry.waits")))))
	}
	return widgets.Card(widgets.Pad(widgets.VBox(theme.S4, rows...), theme.S12, theme.S16))
}

// agreedLook is the icon and tone beside the word.
func agreedLook(a state.Agreement) (icons.Name, theme.Tone) {
	t := theme.Current()
	switch a {
	case state.AgreedGiven:
		return icons.Show, t.Show
	case state.AgreedWithdrawn, state.AgreedRefused, state.AgreedEnded:
		return icons.Warn, t.Stop
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
