package ui

import (
	"slices"
	"strings"

	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/state"
)

// most bounds how many people, cases and commands the search offers each.
const most = 8

// openPalette opens the search over people, cases and commands.
func (w *window) openPalette() {
	if w.session == nil || len(w.sheets) > 0 {
		return
	}
	p := screens.NewPalette(w.words, w.findAll, w.closeSheet)
	w.sheet(p.Content, p.Query)
	w.palette = p
}

// findAll looks for a text in everything that one can go to. Without one it offers
// what is done here.
func (w *window) findAll(query string) (hits []screens.Hit) {
	q := strings.ToLower(strings.TrimSpace(query))
	if q != "" {
		for i, at := range w.people.Find(q) {
			if i == most {
				break
			}
			s := w.people.Subjects[at]
			hits = append(hits, screens.Hit{Icon: screens.SubjectIcon(s), Title: s.Title(), Note: screens.SubjectNote(w.words, s), Go: func() {
				w.show(roomRegistry)
				w.room.registry.Select(s.ID)
			}})
		}
	}
	n := 0
	for _, r := range w.day.Cases {
		if n < most && (q == "" || state.Fits(r.Case.Title, q)) {
			n++
			hits = append(hits, screens.Hit{Icon: icons.Case, Title: r.Case.Title, Note: w.words.T("palette.case"), Go: func() { w.OpenCase(r.Case.ID) }})
		}
	}
	for _, k := range state.Keys {
		word := w.words.T("cmd." + string(k.Command))
		if k.Command == state.Palette || !state.Fits(word, q) || slices.Contains([]state.Menu{state.MenuCase}, k.Menu) && w.room.name != roomCase {
			continue
		}
		key := ""
		if k.Key != "" {
			key = screens.KeyName(w.words, k)
		}
		hits = append(hits, screens.Hit{Icon: icons.Right, Title: word, Note: w.words.T("menu." + string(k.Menu)), Key: key, Go: func() { w.do(k.Command, false) }})
	}
	return hits
}

// inRegistry does something of the registry room, from wherever one is.
func (w *window) inRegistry(c state.Command) {
	if w.session == nil {
		return
	}
	w.show(roomRegistry)
	switch c {
	case state.AddSubject:
		w.AddSubject()
	case state.ImportFile:
		w.ImportFile()
	case state.FileReturned:
		w.FileReturned()
	}
}
