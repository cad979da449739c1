package screens

import (
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

// Register is what the registry asks for.
type Register interface {
	// ShowConsents reads a subject's consents; they come back through SetConsents.
	ShowConsents(id authz.SubjectID)
}

// Registry lists who is registered and what they agreed to. Reading only.
type Registry struct {
	Content fyne.CanvasObject
	Query   *entry
	List    *widgets.List

	words  *i18n.Words
	vocab  authz.Vocabulary
	people *state.People
	found  []int
	at     int
	detail *fyne.Container
	count  *widgets.Label
}

// NewRegistry is the room over an index of the registry.
func NewRegistry(w *i18n.Words, v authz.Vocabulary, people *state.People, g Register, keys widgets.KeyHandler) *Registry {
	t := theme.Current()
	r := &Registry{words: w, vocab: v, people: people, at: -1, count: note("")}
	r.Query = newEntry(w.T("pick.hint"))
	r.detail = container.NewStack()
	r.List = widgets.NewList(func() int { return len(r.found) }, func(i int, row *widgets.Row) {
		s := people.Subjects[r.found[i]]
		row.SetTag("", icons.People, t.Hide)
		row.SetIcon(subjectIcon(s), t.Muted)
		row.Set(s.Title(), subjectNote(w, s), "", i == r.at)
	}, func(i int) {
		r.at = i
		r.List.Refresh()
		g.ShowConsents(people.Subjects[r.found[i]].ID)
	})
	r.List.Keys = keys
	r.Query.OnChanged = r.find
	r.find("")
	left := widgets.Room(t.Px(320), 0, widgets.Ground(t.Surface, widgets.Border(
		widgets.Pad(widgets.VBox(theme.S8, r.Query, r.count), theme.S12, theme.S12), nil, nil, nil, r.List)))
	r.detail.Objects = []fyne.CanvasObject{widgets.Pad(widgets.VBox(theme.S8, title(w.T("room.registry")), note(w.T("registry.what"))), theme.S24, theme.S24)}
	r.Content = widgets.Border(nil, nil, widgets.Border(nil, nil, nil, widgets.Rule(), left), nil, r.detail)
	return r
}

func (r *Registry) find(q string) {
	r.found, r.at = r.people.Find(q), -1
	r.count.Set(r.words.T("registry.count", "n", len(r.found)))
	r.List.UnselectAll()
	r.List.Refresh()
}

// SetConsents shows a subject's consents, newest first.
func (r *Registry) SetConsents(s authz.Subject, cs []authz.Consent, now time.Time) {
	w, t := r.words, theme.Current()
	rows := []fyne.CanvasObject{
		widgets.HBox(theme.S12, widgets.Middle(widgets.Icon(subjectIcon(s), 28, t.Text)), title(s.Title())),
		note(subjectNote(w, s)), head(w.T("registry.consents")),
	}
	if len(cs) == 0 {
		rows = append(rows, body(w.T("registry.none")))
	}
	for _, c := range cs {
		rows = append(rows, r.consent(c, now))
	}
	r.detail.Objects = []fyne.CanvasObject{container.NewVScroll(widgets.Pad(widgets.VBox(theme.S12, rows...), theme.S24, theme.S24))}
	r.detail.Refresh()
}

func (r *Registry) consent(c authz.Consent, now time.Time) fyne.CanvasObject {
	w, t := r.words, theme.Current()
	st := c.StateAt(now)
	icon, tone := icons.Hide, t.Hide
	if st.Valid() && (c.Until.IsZero() || c.Until.After(now)) {
		icon, tone = icons.Show, t.Show
	} else if st.Closes() {
		icon, tone = icons.Warn, t.Stop
	}
	word := term(r.vocab.States, string(st), w.Lang())
	line := func(key string, ts authz.Terms, ids []string) fyne.CanvasObject {
		var words []string
		for _, id := range ids {
			words = append(words, term(ts, id, w.Lang()))
		}
		return widgets.Border(nil, nil, widgets.Room(t.Px(90), 0, note(w.T(key))), nil,
			para(strings.Join(words, w.T("sep")), t.Px(520)))
	}
	until := w.T("registry.open")
	if !c.Until.IsZero() {
		until = day(c.Until.Add(-time.Second))
	}
	return widgets.Card(widgets.Pad(widgets.VBox(theme.S4,
		widgets.HBox(theme.S8, widgets.NewTag(word, icon, tone), strong(string(c.ID)), widgets.Spacer(), note(w.T("registry.until", "day", until))),
		line("new.purpose", r.vocab.Purposes, ids(c.Purposes)), line("new.channel", r.vocab.Channels, ids(c.Channels)),
		line("new.territory", r.vocab.Territories, ids(c.Territories)), line("registry.shows", r.vocab.Shows, ids(c.Shows)),
	), theme.S12, theme.S16))
}

func ids[T ~string](xs []T) []string {
	out := make([]string, len(xs))
	for i, x := range xs {
		out[i] = string(x)
	}
	return out
}
