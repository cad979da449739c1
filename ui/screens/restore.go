package screens

import (
	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Restore asks for a backup and its passphrase.
type Restore struct {
	*form
	file func(path string)
	pass *entry
}

// NewRestore is the sheet. Where folder names one, the vault is made there; else the
// backup is only checked.
func NewRestore(w *i18n.Words, folder string, file Ask, done func(path, passphrase string), cancel func()) *Restore {
	s := &Restore{}
	path, pass := "", ""
	s.form = newForm(w, func() string {
		switch {
		case path == "":
			return "backup"
		case pass == "":
			return "passphrase"
		}
		return ""
	}, cancel)
	var pick fyne.CanvasObject
	pick, s.file = s.form.file(w.T("form.file"), file, func(p string) { path = p })
	s.pass = s.text("", func(t string) { pass = t })
	s.pass.Password = true
	heading, what, do := w.T("restore.check.title"), w.T("restore.check.what"), w.T("restore.check.do")
	rows := []fyne.CanvasObject{field(w.T("restore.file"), pick), field(w.T("restore.pass"), s.pass)}
	if folder != "" {
		heading, what, do = w.T("restore.title"), w.T("restore.what"), w.T("restore.do")
		rows = append(rows, field(w.T("set.vault.folder"), widgets.NewParagraph(folder, theme.Body, false, theme.Current().Text, s.wide)))
	}
	s.fill(heading, what, do, icons.Drop, widgets.Primary, func() { done(path, pass) }, rows...)
	return s
}

// Fill says which backup it is, for tests.
func (s *Restore) Fill(path, pass string) {
	s.file(path)
	s.pass.SetText(pass)
}
