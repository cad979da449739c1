package screens

import (
	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// NewPassphrase asks for the old passphrase and twice for the new one.
type NewPassphrase struct {
	*form
	old, now, again string
	fields          []*entry
}

// NewNewPassphrase is the sheet.
func NewNewPassphrase(w *i18n.Words, done func(old, now string), cancel func()) *NewPassphrase {
	s := &NewPassphrase{}
	s.form = newForm(w, func() string {
		switch {
		case s.old == "":
			return "passphrase"
		case len([]rune(s.now)) < minPassphrase:
			return "newpassphrase"
		case s.now != s.again:
			return "passphrases"
		}
		return ""
	}, cancel)
	secret := func(into *string) *entry {
		e := s.text("", func(t string) { *into = t })
		e.Password = true
		s.fields = append(s.fields, e)
		return e
	}
	old, now, again := secret(&s.old), secret(&s.now), secret(&s.again)
	s.first = old
	s.fill(w.T("set.pass.do"), w.T("set.pass.what"), w.T("set.pass.do"), icons.Lock, widgets.Primary, func() { done(s.old, s.now) },
		field(w.T("set.pass.old"), old), field(w.T("set.pass.new"), now), field(w.T("start.again"), again))
	return s
}

// Fill types, for tests.
func (s *NewPassphrase) Fill(old, now, again string) {
	for i, t := range []string{old, now, again} {
		s.fields[i].SetText(t)
	}
}

// AskPassphrase asks for the passphrase before the recovery key is made.
type AskPassphrase struct {
	*form
	pass  string
	field *entry
}

// NewAskPassphrase is the sheet.
func NewAskPassphrase(w *i18n.Words, done func(string), cancel func()) *AskPassphrase {
	s := &AskPassphrase{}
	s.form = newForm(w, func() string {
		if s.pass == "" {
			return "passphrase"
		}
		return ""
	}, cancel)
	s.field = s.text("", func(t string) { s.pass = t })
	s.field.Password = true
	s.first = s.field
	s.fill(w.T("set.recovery"), w.T("set.recovery.what"), w.T("set.recovery.do"), icons.Doc, widgets.Primary, func() { done(s.pass) }, field(w.T("start.pass"), s.field))
	return s
}

// Fill types, for tests.
func (s *AskPassphrase) Fill(pass string) { s.field.SetText(pass) }

// Recovery shows the recovery key, once.
type Recovery struct {
	Content fyne.CanvasObject
	Key     string
	close   *widgets.Button
}

// NewRecovery is the sheet; copy puts the key on the clipboard.
func NewRecovery(w *i18n.Words, key string, copy, done func()) *Recovery {
	t := theme.Current()
	wide := t.Px(600)
	s := &Recovery{Key: key, close: widgets.NewButton(w.T("recovery.kept"), icons.Seal, "Ctrl Enter", widgets.Primary, done)}
	s.Content = widgets.Room(wide, 0, widgets.VBox(theme.S12, title(w.T("recovery.title")), para(w.T("recovery.what"), wide),
		toned(t.Hide, widgets.NewParagraph(key, theme.Head, true, t.Hide.Text, wide-2*theme.S16)),
		notePara(w.T("recovery.lock"), wide),
		widgets.HBox(theme.S8, widgets.Spacer(), widgets.NewButton(w.T("recovery.copy"), icons.Doc, "", widgets.Plain, copy), s.close)))
	return s
}

// Close presses the button.
func (s *Recovery) Close() { s.close.Tapped(nil) }

// First is the button that closes the sheet.
func (s *Recovery) First() fyne.Focusable { return s.close }
