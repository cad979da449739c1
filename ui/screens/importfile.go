package screens

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// maxProblems bounds the problems that a preview lists.
const maxProblems = 200

// Import shows what taking a file in would do, before it is done.
type Import struct {
	*form
	preview state.Preview
	columns func()
}

// Columns asks what the columns are, for tests.
func (s *Import) Columns() { s.columns() }

// NewImport is the sheet over a file that was looked at.
func NewImport(w *i18n.Words, path string, p state.Preview, may bool, columns, done, cancel func()) *Import {
	s := &Import{preview: p, columns: columns}
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case p.Empty():
			return "empty"
		}
		return ""
	}, cancel)
	rows := []fyne.CanvasObject{
		body(w.T("import.subjects", "new", p.New, "changed", p.Changed, "same", p.Same)),
		body(w.T("import.consents", "n", p.Consents)),
	}
	if p.Wrong != nil {
		rows = []fyne.CanvasObject{trouble(w, p.Wrong, s.wide)}
	}
	if len(p.Header) > 0 {
		say := widgets.NewButton(w.T("import.columns"), icons.Doc, "", widgets.Plain, columns)
		rows = append([]fyne.CanvasObject{widgets.Pad(widgets.Border(nil, nil, nil, say, widgets.Middle(notePara(w.T("import.read", "n", read(p), "of", len(p.Header)), s.wide-say.MinSize().Width-theme.S16))), theme.S8, theme.S8)}, rows...)
		s.first = say
	}
	if p.Like > 0 {
		rows = append(rows, para(w.T("import.like", "n", p.Like), s.wide))
	}
	if n := len(p.Problems); n > 0 {
		rows = append(rows, widgets.HBox(theme.S8, widgets.NewTag(w.T("import.problems", "n", n), icons.Warn, theme.Current().Ask), note(w.T("import.skipped", "n", p.Skipped))))
		for _, x := range p.Problems[:min(n, maxProblems)] {
			rows = append(rows, notePara(capital(x), s.wide))
		}
		if n > maxProblems {
			rows = append(rows, note(w.T("import.more", "n", n-maxProblems)))
		}
	}
	s.fill(w.T("import.title", "file", filepath.Base(path)), w.T("import.what"), w.T("import.do"), icons.Drop, widgets.Primary, done, rows...)
	return s
}

// read is how many of a table's columns are read.
func read(p state.Preview) (n int) {
	for _, h := range p.Header {
		for name, id := range p.Mapping.Columns {
			if id != "" && authz.FoldName(name) == authz.FoldName(h) {
				n++
				break
			}
		}
	}
	return n
}

// FileReturned asks for the request that a returned form answers, where no code of
// ours could be read on it.
type FileReturned struct {
	*form
	id *entry
}

// NewFileReturned is the sheet over a file; open are the requests without an answer.
func NewFileReturned(w *i18n.Words, path string, open []state.Due, done func(request string), cancel func()) *FileReturned {
	s := &FileReturned{}
	request := ""
	s.form = newForm(w, func() string {
		if request == "" {
			return "request"
		}
		return ""
	}, cancel)
	s.id = s.text("", func(t string) { request = strings.TrimSpace(t) })
	rows := []fyne.CanvasObject{field(w.T("returned.number"), s.id)}
	if len(open) > 0 {
		var asked authz.Terms
		for _, d := range open {
			name := d.Subject.Title()
			if d.Work != "" {
				name += w.T("sep") + d.Work
			}
			name += w.T("sep") + string(d.Consent)
			asked = append(asked, authz.Term{ID: string(d.Consent), Zh: name, En: name})
		}
		pick := s.choose(asked, func(id string) { s.id.SetText(id) })
		pick.PlaceHolder = w.T("returned.pick")
		rows = append([]fyne.CanvasObject{field(w.T("returned.request"), framed(pick))}, rows...)
	}
	s.fill(w.T("returned.title", "file", filepath.Base(path)), w.T("returned.what"), w.T("returned.do"), icons.Doc, widgets.Primary, func() { done(request) }, rows...)
	return s
}

// Fill names the request, for tests.
func (s *FileReturned) Fill(request string) { s.id.SetText(request) }
