package screens

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Duplicates proposes records that may be of one, and merges those that somebody says
// are. Nothing is merged by itself.
type Duplicates struct {
	Content fyne.CanvasObject
	Pairs   []state.Pair

	words  *i18n.Words
	may    bool
	merge  func(i int)
	undo   func(i int)
	rows   *fyne.Container
	said   *fyne.Container
	button *widgets.Button
	more   int
}

// NewDuplicates is the sheet over some pairs; of is how many there are.
func NewDuplicates(w *i18n.Words, pairs []state.Pair, of int, may bool, merge, undo func(i int), cancel func()) *Duplicates {
	s := &Duplicates{Pairs: pairs, words: w, may: may, merge: merge, undo: undo, rows: container.NewStack(), said: container.NewStack(), more: of - len(pairs)}
	s.button = widgets.NewButton(w.T("close"), "", "Esc", widgets.Plain, cancel)
	wide := formWidth()
	s.draw()
	scroll, _ := scroller(wide, formHeight, s.rows)
	s.Content = sheetOf(wide, widgets.VBox(theme.S12, title(w.T("merge.title")), notePara(w.T("merge.what"), wide)), scroll,
		widgets.Border(nil, nil, nil, s.button, s.said))
	return s
}

func (s *Duplicates) draw() {
	w, t := s.words, theme.Current()
	box := widgets.VBox(0)
	if len(s.Pairs) == 0 {
		box.Add(body(w.T("merge.none")))
	}
	for i, p := range s.Pairs {
		b := widgets.NewButton(w.T("merge.do"), "", "", widgets.Plain, func() { s.merge(i) })
		b.SetEnabled(s.may)
		why := capital(strings.Join(p.Why, w.T("sep")))
		if p.Merge != "" {
			b = widgets.NewButton(w.T("merge.undo"), icons.Undo, "", widgets.Plain, func() { s.undo(i) })
			why = w.T("merge.done")
		}
		name := func(x authz.Subject, key string) fyne.CanvasObject {
			head := strong(widgets.Fit(x.Title(), t.Px(150), t.Px(theme.Body), fyne.TextStyle{Bold: true}))
			about := w.T(key) + w.T("sep") + w.T("registry.id", "id", string(x.ID))
			if n := SubjectNote(w, x); n != "" {
				about = w.T(key) + w.T("sep") + n + w.T("sep") + w.T("registry.id", "id", string(x.ID))
			}
			return widgets.Border(nil, nil, head, nil, widgets.Pad(widgets.Middle(widgets.NewCutLabel(about, theme.Note, false, t.Muted)), 0, theme.S8))
		}
		box.Add(widgets.Pad(widgets.Border(nil, nil, nil, widgets.Pad(widgets.Middle(b), 0, theme.S12), widgets.VBox(theme.S4, name(p.A, "merge.keeps"), name(p.B, "merge.goes"),
			widgets.NewParagraph(why, theme.Note, false, t.Text, formWidth()-b.MinSize().Width-2*theme.S16))), theme.S8, 0))
		box.Add(widgets.Rule())
	}
	if s.more > 0 {
		box.Add(note(w.T("merge.more", "n", s.more)))
	}
	if !s.may {
		box.Add(note(w.T("missing.notyours")))
	}
	put(s.rows, box)
}

// Merged says that a pair is one now, or, with an empty id, two again.
func (s *Duplicates) Merged(i int, id string) {
	s.Pairs[i].Merge = id
	put(s.said, widgets.Spacer())
	s.draw()
}

// Failed says why nothing was done.
func (s *Duplicates) Failed(err error) {
	put(s.said, trouble(s.words, err, formWidth()-s.button.MinSize().Width-theme.S16))
}

// First is what has the focus: nothing is merged with Enter.
func (s *Duplicates) First() fyne.Focusable { return s.button }
