package screens

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/authz"
	"consentry/redact"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// TryOwn tries a file of the owner's on a text; nothing is kept.
type TryOwn struct {
	Content fyne.CanvasObject
	File    string // that is tried; empty: what is in use
	Marked  *widgets.TextView

	words *i18n.Words
	name  *widgets.Label
	text  *entry
	said  *fyne.Container
	told  string
	ask   func(file, text string)
	wide  float32
}

// NewTryOwn is the sheet; file asks for one, ask wants to know what a file finds in a
// text, for Set or Failed.
func NewTryOwn(w *i18n.Words, o state.Own, file func(func(path string)), ask func(file, text string), cancel func()) *TryOwn {
	t := theme.Current()
	s := &TryOwn{Marked: widgets.NewTextView(), words: w, said: container.NewStack(), ask: ask, wide: formWidth(),
		name: widgets.NewCutLabel(w.T("own.try.used"), theme.Note, false, t.Muted)}
	s.text = newEntry(w.T("own.try.hint"))
	s.text.MultiLine, s.text.Wrapping, s.text.escape = true, fyne.TextWrapWord, cancel
	s.text.SetMinRowsVisible(3)
	s.text.OnChanged = func(string) { s.again() }
	choose := widgets.NewButton(w.T("own.try.file"), icons.Doc, "", widgets.Plain, func() { file(s.Take) })
	s.Content = sheetOf(s.wide, widgets.VBox(theme.S12, title(w.T("own.try.title", "what", w.T("own.is."+string(o)))), notePara(w.T("own.try.what"), s.wide)),
		scrolled(s.wide, widgets.Border(nil, nil, choose, nil, widgets.Pad(widgets.Middle(s.name), 0, theme.S8)), field(w.T("own.try.text"), s.text),
			field(w.T("own.try.found"), widgets.Card(widgets.Pad(widgets.Room(0, t.Px(120), s.Marked), 2, 2))),
			widgets.Room(0, t.Px(84), container.NewVScroll(s.said))),
		widgets.HBox(theme.S12, widgets.Spacer(), widgets.NewButton(w.T("close"), "", "Esc", widgets.Plain, cancel)))
	s.again()
	return s
}

// Take tries another file.
func (s *TryOwn) Take(path string) {
	s.File = path
	s.name.Set(filepath.Base(path))
	s.again()
}

func (s *TryOwn) again() { s.ask(s.File, s.text.Text) }

// Asks reports whether this is what is asked about now.
func (s *TryOwn) Asks(file, text string) bool { return file == s.File && text == s.text.Text }

// Set marks what was found, and says of each what it is and what stands instead.
func (s *TryOwn) Set(found []state.Tried) {
	s.Marked.SetText(stretches([]rune(s.text.Text), found), -1)
	s.told = s.words.T("own.try.whole", "n", len(found))
	rows := []fyne.CanvasObject{notePara(s.told, s.wide)}
	for _, f := range found {
		what, with := f.What.In(redact.Lang(s.words.Lang())), f.With.In(redact.Lang(s.words.Lang()))
		line := s.words.T("own.try.is", "text", f.Text, "what", what)
		if with != "" {
			line = s.words.T("own.try.with", "text", f.Text, "what", what, "with", with)
		}
		rows = append(rows, para(line, s.wide-theme.S16))
	}
	put(s.said, widgets.VBox(theme.S4, rows...))
}

// stretches are a text with what was found in it marked.
func stretches(text []rune, found []state.Tried) (out []widgets.Stretch) {
	at := 0
	add := func(to, item int, v authz.Verdict) {
		if to > at {
			out = append(out, widgets.Stretch{Text: string(text[at:to]), Item: item, Verdict: v, Start: at, Len: to - at})
			at = to
		}
	}
	for i, f := range found {
		add(f.Start, -1, authz.Hide)
		v := authz.Ask
		if f.Hides {
			v = authz.Hide
		}
		add(min(f.End, len(text)), i, v)
	}
	add(len(text), -1, authz.Hide)
	return out
}

// Failed says what is wrong with the file.
func (s *TryOwn) Failed(err error) {
	s.told = Wrong(s.words, err)
	s.Marked.SetText(stretches([]rune(s.text.Text), nil), -1)
	put(s.said, trouble(s.words, err, s.wide-theme.S16))
}

// Said is what was said last.
func (s *TryOwn) Said() string { return s.told }

// Type types a text, for tests.
func (s *TryOwn) Type(text string) { s.text.SetText(text) }

// First is the field for the text.
func (s *TryOwn) First() fyne.Focusable { return s.text }
