package screens

import (
	"strings"

	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/widgets"
)

// Recover sets another passphrase with the recovery key.
type Recover struct {
	*form
	key, pass, again *entry
}

// NewRecover is the sheet.
func NewRecover(w *i18n.Words, done func(key, pass string), cancel func()) *Recover {
	s := &Recover{}
	key, pass, again := "", "", ""
	s.form = newForm(w, func() string {
		switch {
		case strings.TrimSpace(key) == "":
			return "key"
		case len([]rune(pass)) < minPassphrase:
			return "newpassphrase"
		case pass != again:
			return "passphrases"
		}
		return ""
	}, cancel)
	s.key = s.text(w.T("recover.key.hint"), func(t string) { key = t })
	s.pass, s.again = s.text("", func(t string) { pass = t }), s.text("", func(t string) { again = t })
	s.pass.Password, s.again.Password = true, true
	s.fill(w.T("start.recover"), w.T("recover.what"), w.T("set.pass.do"), icons.Lock, widgets.Primary, func() { done(strings.TrimSpace(key), pass) },
		field(w.T("recover.key"), s.key), field(w.T("set.pass.new"), s.pass), field(w.T("start.again"), s.again))
	return s
}

// Fill says the key and the new passphrase, for tests.
func (s *Recover) Fill(key, pass string) {
	s.key.SetText(key)
	s.pass.SetText(pass)
	s.again.SetText(pass)
}
