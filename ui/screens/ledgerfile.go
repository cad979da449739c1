package screens

import (
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/widgets"
)

// LedgerFile asks for an exported ledger, and what it has to agree with.
type LedgerFile struct {
	*form
	files           state.LedgerFiles
	file, key, head func(path string)
}

// NewLedgerFile is the sheet.
func NewLedgerFile(w *i18n.Words, ask Ask, done func(state.LedgerFiles), cancel func()) *LedgerFile {
	s := &LedgerFile{}
	s.form = newForm(w, func() string {
		if s.files.Ledger == "" {
			return "ledger"
		}
		return ""
	}, cancel)
	file, put := s.form.file(w.T("form.file"), ask, func(p string) { s.files.Ledger = p })
	key, putKey := s.form.file(w.T("form.file"), ask, func(p string) { s.files.Key = p })
	head, putHead := s.form.file(w.T("form.file"), ask, func(p string) { s.files.Head = p })
	s.file, s.key, s.head = put, putKey, putHead
	s.fill(w.T("ledger.file"), w.T("ledger.file.with"), w.T("ledger.check.do"), icons.Seal, widgets.Primary, func() { done(s.files) },
		field(w.T("ledger.file.what"), file), field(w.T("ledger.file.key"), key), field(w.T("ledger.file.head"), head))
	s.first = s.ok
	return s
}

// Fill names the files, for tests.
func (s *LedgerFile) Fill(f state.LedgerFiles) {
	s.file(f.Ledger)
	s.key(f.Key)
	s.head(f.Head)
}
