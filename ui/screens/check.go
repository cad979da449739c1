package screens

import (
	"strings"

	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// mostExposed is how many findings a file's line names.
const mostExposed = 20

// Check attacks any file and says what can still be got out of it.
type Check struct {
	*listing
	Checked state.Checked

	choose []*widgets.Button
}

// NewCheck is the sheet; file and folder ask for what is checked.
func NewCheck(w *i18n.Words, file, folder, cancel func()) *Check {
	s := &Check{choose: []*widgets.Button{
		widgets.NewButton(w.T("check.file"), icons.Doc, "", widgets.Plain, file), widgets.NewButton(w.T("check.folder"), icons.Case, "", widgets.Plain, folder),
	}}
	s.listing = newListing(w, w.T("check.title"), w.T("check.what"), cancel, s.choose[0], s.choose[1])
	s.set(w.T("check.none"))
	return s
}

// Busy says how far it is; while it runs nothing else is checked.
func (s *Check) Busy(what string) {
	s.enable(false)
	s.Say(what)
}

func (s *Check) enable(on bool) {
	for _, b := range s.choose {
		b.SetEnabled(on)
	}
}

// Failed says why nothing is known.
func (s *Check) Failed(err error) {
	s.enable(true)
	s.listing.Failed(err)
}

// Set shows what was found.
func (s *Check) Set(c state.Checked) {
	s.enable(true)
	s.Checked = c
	var lines []fyne.CanvasObject
	for _, f := range c.Files {
		tag, about := s.said(f)
		lines = append(lines, s.line(f.Name, about, tag))
	}
	s.set(s.words.T("check.empty"), lines...)
}

// said is in words what was found in a file.
func (s *Check) said(f state.CheckedFile) (fyne.CanvasObject, string) {
	w, t := s.words, theme.Current()
	switch sure, perhaps := f.Sure(), f.Perhaps(); {
	case f.Unread:
		return widgets.NewTag(w.T("check.unread"), icons.Warn, t.Stop), refusedWords(w, f.Code)
	case sure > 0:
		return widgets.NewTag(w.T("check.sure", "n", sure), icons.Warn, t.Stop), s.found(f)
	case perhaps > 0:
		return widgets.NewTag(w.T("check.perhaps", "n", perhaps), icons.Ask, t.Ask), s.found(f)
	}
	return widgets.NewTag(w.T("check.clean"), icons.Seal, t.OK), w.T("check.clean.what")
}

func (s *Check) found(f state.CheckedFile) string {
	w := s.words
	var parts []string
	for _, x := range f.Found[:min(len(f.Found), mostExposed)] {
		what := kindWord(w, x.Kind)
		if x.Attack != "" {
			what = w.T("attack." + state.AttackWord(x.Attack))
		}
		if text := strings.Join(strings.Fields(x.Text), " "); text != "" {
			what = w.T("check.found", "kind", what, "text", text)
		}
		if !x.Sure {
			what = w.T("check.maybe", "what", what)
		}
		parts = append(parts, what)
	}
	if n := len(f.Found) - mostExposed; n > 0 {
		parts = append(parts, w.T("import.more", "n", n))
	}
	return strings.Join(parts, "\n")
}
