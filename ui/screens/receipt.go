package screens

import (
	"fyne.io/fyne/v2"

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
	s := &Receipt{&Export{ending: receipts[0]}}
	into, lang := "", w.Lang()
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case into == "":
			return "folder"
		}
		return ""
	}, cancel)
	kind := s.one(receipts, "receipt.as.", s.ending, func(e string) { s.ending = e })
	var pick fyne.CanvasObject
	pick, s.folder = s.file(w.T("cmd.open-folder"), folder, func(p string) { into = p })
	s.fill(w.T("receipt.title", "name", subject.Title()), w.T("receipt.what"), w.T("receipt.do"), icons.Doc, widgets.Primary, func() { done("."+s.ending, lang, into) },
		two(field(w.T("export.as"), kind), field(w.T("request.lang"), s.one(i18n.Languages, "lang.", lang, func(l string) { lang = l }))), field(w.T("request.folder"), pick))
	return s
}
