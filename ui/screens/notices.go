package screens

import (
	"strings"

	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/widgets"
)

// Notices lists the versions of the notice that people read before they agree.
type Notices struct{ *listing }

// NewNotices is the sheet; see opens one, add asks for another.
func NewNotices(w *i18n.Words, v authz.Vocabulary, ns []authz.Notice, may bool, see func(authz.Notice), add, cancel func()) *Notices {
	more := widgets.NewButton(w.T("notice.add"), icons.Plus, "", widgets.Plain, add)
	more.SetEnabled(may)
	s := &Notices{newListing(w, w.T("notice.title"), w.T("notice.what"), cancel, more)}
	var lines []fyne.CanvasObject
	for i := len(ns) - 1; i >= 0; i-- {
		n := ns[i]
		var items []string
		for _, id := range n.Items {
			items = append(items, term(v.NoticeItems, id, w.Lang()))
		}
		about := w.T("notice.given", "day", day(n.GivenAt.Local())) + w.T("sep") + shortDigest(n.SHA256)
		if n.Language != "" {
			about += w.T("sep") + w.T("lang."+n.Language)
		}
		if len(items) > 0 {
			about += "\n" + w.T("notice.names", "items", strings.Join(items, w.T("sep")))
		}
		name := strings.TrimSpace(n.Title + " " + n.Version)
		if name == "" {
			name = w.T("notice.untitled")
		}
		lines = append(lines, s.line(name, about, nil, s.do("notice.see", n.Text != "", func() { see(n) })))
	}
	s.set(w.T("notice.none"), lines...)
	return s
}

// AddNotice files a version of the notice.
type AddNotice struct {
	*form
	n       state.NewNotice
	file    func(path string)
	version *entry
}

// NewAddNotice is the sheet.
func NewAddNotice(w *i18n.Words, v authz.Vocabulary, may bool, file Ask, done func(state.NewNotice), cancel func()) *AddNotice {
	s := &AddNotice{n: state.NewNotice{Language: w.Lang()}}
	s.form = newForm(w, func() string {
		if !may {
			return "notyours"
		}
		return s.n.Missing()
	}, cancel)
	var pick fyne.CanvasObject
	pick, s.file = s.form.file(w.T("form.file"), file, func(p string) { s.n.File = p })
	s.version = s.text(w.T("notice.version.hint"), func(t string) { s.n.Version = strings.TrimSpace(t) })
	lang := s.one(i18n.Languages, "lang.", w.Lang(), func(l string) { s.n.Language = l })
	items := s.checks(v.NoticeItems, nil, func(ids []string) { s.n.Items = ids })
	s.fill(w.T("notice.add"), w.T("notice.add.what"), w.T("notice.do"), icons.Doc, widgets.Primary, func() { done(s.n) },
		field(w.T("notice.file"), pick), two(field(w.T("notice.version"), s.version), field(w.T("notice.lang"), lang)), field(w.T("notice.items"), items))
	return s
}

// Fill says which file it is, for tests.
func (s *AddNotice) Fill(file, version string) {
	s.file(file)
	s.version.SetText(version)
}
