package screens

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Find is the search for a text in the whole case: a nickname, a code name, what
// no detector knows.
type Find struct {
	Content fyne.CanvasObject
	Query   *entry
	List    *widgets.List

	words *i18n.Words
	about *widgets.Label
	kind  redact.Kind
	hits  []state.Hit
	last  string // what the hits are of
	hide  *widgets.Button
}

// NewFind is the sheet, which begins with a text where one is given. look wants the places of a text, for SetHits; hide wants
// it hidden wherever it stands; open wants one place shown.
func NewFind(w *i18n.Words, text string, kind redact.Kind, look, hide func(text string, kind redact.Kind), open func(item string), cancel func()) *Find {
	t := theme.Current()
	if !slices.Contains(casework.FindKinds, kind) {
		kind = redact.Person
	}
	s := &Find{words: w, kind: kind, about: note(w.T("find.what"))}
	s.Query = newEntry(w.T("find.hint"))
	s.Query.escape = cancel
	search := func() {
		if q := strings.TrimSpace(s.Query.Text); q != "" {
			look(q, s.kind)
		}
	}
	s.Query.OnSubmitted = func(string) { search() }
	s.Query.OnChanged = func(q string) { s.hide.SetEnabled(len(s.hits) > 0 && strings.TrimSpace(q) == s.last) }
	var names []string
	of := map[string]redact.Kind{}
	for _, k := range casework.FindKinds {
		names = append(names, kindWord(w, k))
		of[kindWord(w, k)] = k
	}
	kinds := newOptions(names, func(n string) {
		s.kind = of[n]
		search()
	})
	s.hide = widgets.NewButton(w.T("find.hide"), icons.Hide, "", widgets.Primary, func() { hide(s.last, s.kind) })
	s.hide.SetEnabled(false)
	s.List = widgets.NewList(func() int { return len(s.hits) }, func(i int, r *widgets.Row) {
		h := s.hits[i]
		word, icon, tone := w.T("find.seen"), icons.Show, t.Show
		if h.Hidden {
			word, icon, tone = w.T("find.hidden"), icons.Hide, t.Hide
		}
		r.SetIcon("", nil)
		r.SetTag(word, icon, tone)
		where := h.File
		if h.Page > 0 {
			where += w.T("sep") + w.T("tool.page", "n", h.Page)
		}
		r.Set(strings.TrimLeft(h.Before, " ，。、；：？！,.;:?!)）”")+h.Text+h.After, where, "", false)
		r.Refresh()
	}, func(i int) {
		if h := s.hits[i]; h.Item != "" {
			open(h.Item)
		}
	})
	s.Content = widgets.Room(t.Px(560), t.Px(460), widgets.Border(
		widgets.VBox(theme.S8, title(w.T("find.title")), s.about,
			widgets.Border(nil, nil, nil, widgets.HBox(theme.S8, widgets.HBox(0), framed(kinds), widgets.NewButton(w.T("find.look"), icons.Search, "", widgets.Plain, search)), s.Query)),
		widgets.HBox(theme.S12, widgets.Spacer(), widgets.NewButton(w.T("close"), "", "Esc", widgets.Plain, cancel), s.hide), nil, nil,
		widgets.Pad(s.List, theme.S8, 0)))
	s.Query.SetText(text)
	kinds.SetSelected(kindWord(w, s.kind)) // looks at once where there is a text
	return s
}

// SetHits shows where a text stands.
func (s *Find) SetHits(text string, hits []state.Hit) {
	s.hits, s.last = hits, text
	hidden := 0
	for _, h := range hits {
		if h.Hidden {
			hidden++
		}
	}
	if len(hits) == 0 {
		s.about.Set(s.words.T("find.none"))
	} else {
		s.about.Set(s.words.T("find.count", "n", len(hits), "hidden", hidden))
	}
	s.hide.SetEnabled(hidden < len(hits))
	s.List.Refresh()
}

// Hide presses the button that hides every place.
func (s *Find) Hide() { s.hide.Tapped(nil) }

// Words asks what stands instead of a subject.
type Words struct {
	Content fyne.CanvasObject
	text    *entry
	button  *widgets.Button
}

// NewWords is the sheet; now is what stands there today, ideas may be taken with
// a tap.
func NewWords(w *i18n.Words, now string, ideas []string, done func(text string), cancel func()) *Words {
	s := &Words{text: newEntry(now)}
	s.text.escape = cancel
	submit := func() {
		if text := strings.TrimSpace(s.text.Text); text != "" {
			done(text)
		}
	}
	s.text.OnSubmitted = func(string) { submit() }
	s.button = widgets.NewButton(w.T("words.take"), "", "", widgets.Primary, submit)
	s.button.SetEnabled(false)
	s.text.OnChanged = func(text string) { s.button.SetEnabled(strings.TrimSpace(text) != "") }
	wide := theme.Current().Px(480)
	rows := []fyne.CanvasObject{title(w.T("words.title")), para(w.T("words.what", "now", now), wide), field(w.T("words.text"), s.text)}
	if len(ideas) > 0 {
		var chips []fyne.CanvasObject
		for _, idea := range ideas {
			chips = append(chips, widgets.NewChip(idea, "", false, func() { s.text.SetText(idea) }))
		}
		rows = append(rows, widgets.Flow(wide, theme.S8, chips...))
	}
	rows = append(rows, widgets.HBox(theme.S12, widgets.Spacer(), widgets.NewButton(w.T("cancel"), "", "Esc", widgets.Plain, cancel), s.button))
	s.Content = widgets.Room(wide, 0, widgets.VBox(theme.S12, rows...))
	return s
}

// First is the field that has the focus.
func (s *Words) First() fyne.Focusable { return s.text }

// Fill writes the words, for tests.
func (s *Words) Fill(text string) { s.text.SetText(text) }

// Submit presses the button.
func (s *Words) Submit() { s.button.Tapped(nil) }
