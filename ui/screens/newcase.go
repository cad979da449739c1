package screens

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// NewCase is the form that a drop opens: what the material is wanted for.
type NewCase struct {
	Content fyne.CanvasObject

	words         *i18n.Words
	draft         casework.Case
	title, on, by *entry
	create        *widgets.Button
	hint          *widgets.Label
	done          func(casework.Case)
}

// NewNewCase is the form over a draft; files is how many paths were given. done
// gets the case when nothing is missing.
func NewNewCase(w *i18n.Words, v authz.Vocabulary, draft casework.Case, files int, done func(casework.Case), cancel func()) *NewCase {
	t := theme.Current()
	f := &NewCase{words: w, draft: draft, hint: note(""), done: done}
	wide := min(t.Px(520), 840)
	text := func(value string) *entry {
		e := newEntry("")
		e.SetText(value)
		e.OnChanged = func(string) { f.check() }
		e.escape = cancel
		return e
	}
	f.title, f.by = text(draft.Title), text(draft.By)
	f.on = text("")
	f.on.SetPlaceHolder(w.T("new.on.hint"))
	if !draft.On.IsZero() {
		f.on.SetText(day(draft.On))
	}
	purpose := choice(v.Purposes, w.Lang(), string(draft.Purpose), func(id string) { f.draft.Purpose = authz.Purpose(id) })
	channel := choice(v.Channels, w.Lang(), string(draft.Channel), func(id string) { f.draft.Channel = authz.Channel(id) })
	territory := choice(v.Territories, w.Lang(), string(draft.Territory), func(id string) { f.draft.Territory = authz.Territory(id) })
	f.create = widgets.NewButton(w.T("new.create"), icons.Search, "Enter", widgets.Primary, f.submit)
	for _, e := range []*entry{f.title, f.on, f.by} {
		e.OnSubmitted = func(string) { f.submit() }
	}
	hidden, _ := howHidden(w, &f.draft, wide, cancel)
	fields := scrolled(wide, append([]fyne.CanvasObject{
		field(w.T("new.name"), f.title),
		two(field(w.T("new.purpose"), framed(purpose)), field(w.T("new.channel"), framed(channel))),
		two(field(w.T("new.territory"), framed(territory)), field(w.T("new.on"), f.on)),
		field(w.T("new.by"), f.by)}, hidden...)...)
	f.Content = sheetOf(wide, widgets.VBox(theme.S12, title(w.T("new.title")), notePara(w.T("new.what", "n", files), wide)), fields,
		widgets.Border(nil, nil, nil, widgets.HBox(theme.S8,
			widgets.NewButton(w.T("cancel"), "", "Esc", widgets.Plain, cancel), f.create), widgets.Middle(f.hint)))
	f.check()
	return f
}

// radio is a row of options whose words stand under prefix; the first is chosen where
// current is empty.
func radio(w *i18n.Words, wide float32, ids []string, prefix, current string, changed func(string), escape func()) *widgets.Choice {
	c := widgets.NewChoice(wordsOf(w, prefix, ids), -1, wide, func(i int) { changed(ids[i]) })
	c.Escape = escape
	if current == "" {
		current = ids[0]
	}
	c.Choose(slices.Index(ids, current))
	return c
}

// First is the field to type in first: the one that is empty.
func (f *NewCase) First() fyne.Focusable {
	if strings.TrimSpace(f.by.Text) == "" {
		return f.by
	}
	return f.title
}

// Fill sets the texts, for tests.
func (f *NewCase) Fill(title, on, by string) {
	f.title.SetText(title)
	f.on.SetText(on)
	f.by.SetText(by)
}

// Submit presses the button.
func (f *NewCase) Submit() { f.create.Tapped(nil) }

func (f *NewCase) check() bool {
	if f.create == nil {
		return false
	}
	missing := ""
	f.draft.On = time.Time{}
	if s := strings.TrimSpace(f.on.Text); s != "" {
		on, err := time.ParseInLocation(time.DateOnly, s, time.Local)
		if err != nil {
			missing = f.words.T("new.on.bad")
		}
		f.draft.On = on
	}
	switch {
	case strings.TrimSpace(f.title.Text) == "":
		missing = f.words.T("new.missing.name")
	case strings.TrimSpace(f.by.Text) == "":
		missing = f.words.T("new.missing.by")
	}
	f.hint.Set(missing)
	f.create.SetEnabled(missing == "")
	return missing == ""
}

func (f *NewCase) submit() {
	if !f.check() {
		return
	}
	f.draft.Title, f.draft.By = strings.TrimSpace(f.title.Text), strings.TrimSpace(f.by.Text)
	f.done(f.draft)
}
