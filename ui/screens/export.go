package screens

import (
	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/widgets"
)

// Export writes the whole registry out.
type Export struct {
	*form
	ending string
	into   string
	folder func(path string)
}

// Endings are the kinds of file that the registry is written as.
var Endings = []string{"csv", "xlsx", "jsonld", "vcf"}

// NewExport is the sheet.
func NewExport(w *i18n.Words, may bool, folder Ask, done func(ending, folder string), cancel func()) *Export {
	s := &Export{}
	kind, pick := s.begin(w, Endings, "export.as.", may, folder, cancel)
	s.fill(w.T("export.title"), w.T("export.what"), w.T("export.do"), icons.Drop, widgets.Primary, func() { done("."+s.ending, s.into) },
		field(w.T("export.as"), kind), field(w.T("request.folder"), pick))
	return s
}

// begin asks for the kind of file and the folder it goes to.
func (s *Export) begin(w *i18n.Words, endings []string, prefix string, may bool, folder Ask, cancel func()) (kind, pick fyne.CanvasObject) {
	s.ending = endings[0]
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case s.into == "":
			return "folder"
		}
		return ""
	}, cancel)
	kind = s.one(endings, prefix, s.ending, func(e string) { s.ending = e })
	pick, s.folder = s.file(w.T("cmd.open-folder"), folder, func(p string) { s.into = p })
	return kind, pick
}

// Fill says where to, for tests.
func (s *Export) Fill(folder string) { s.folder(folder) }
