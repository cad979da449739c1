package screens

import (
	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/widgets"
)

// Receipt writes what was recorded of a consent, for the person.
type Receipt struct{ *Export }

// receipts are the kinds of file that a receipt is written as.
var receipts = []string{"pdf", "md", "json"}

// NewReceipt is the sheet about one record.
func NewReceipt(w *i18n.Words, subject authz.Subject, may bool, folder Ask, done func(ending, lang, folder string), cancel func()) *Receipt {
	s, lang := &Receipt{&Export{}}, w.Lang()
	kind, pick := s.begin(w, receipts, "receipt.as.", may, folder, cancel)
	s.fill(w.T("receipt.title", "name", subject.Title()), w.T("receipt.what"), w.T("receipt.do"), icons.Doc, widgets.Primary, func() { done("."+s.ending, lang, s.into) },
		two(field(w.T("export.as"), kind), field(w.T("request.lang"), s.one(i18n.Languages, "lang.", lang, func(l string) { lang = l }))), field(w.T("request.folder"), pick))
	return s
}
