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
	folder func(path string)
}

// Endings are the kinds of file that the registry is written as.
var Endings = []string{"csv", "xlsx", "jsonld", "vcf"}

// NewExport is the sheet.
func NewExport(w *i18n.Words, may bool, folder Ask, done func(ending, folder string), cancel func()) *Export {
	s := &Export{ending: Endings[0]}
	into := ""
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case into == "":
			return "folder"
		}
		return ""
	}, cancel)
	kind := s.one(Endings, "export.as.", s.ending, func(e string) { s.ending = e })
	var pick fyne.CanvasObject
	pick, s.folder = s.file(w.T("cmd.open-folder"), folder, func(p string) { into = p })
	s.fill(w.T("export.title"), w.T("export.what"), w.T("export.do"), icons.Drop, widgets.Primary, func() { done("."+s.ending, into) },
		field(w.T("export.as"), kind), field(w.T("request.folder"), pick))
	return s
}

// Fill says where to, for tests.
func (s *Export) Fill(folder string) { s.folder(folder) }
