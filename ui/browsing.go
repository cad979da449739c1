package ui

import (
	"context"
	"os"

	"consentry/ui/browse"
	"consentry/ui/screens"
	"consentry/ui/widgets"
)

// browsing is the sheet in which files are chosen, while it is open.
type browsing struct {
	*screens.Browse
	sheet *widgets.Sheet
}

// browse opens the sheet in which files or a folder are chosen, over what is open. The
// next one begins where this one ended, until the program ends.
func (w *window) browse(want browse.Want, chosen func(paths []string)) {
	home, err := os.UserHomeDir()
	if err != nil {
		home = string(os.PathSeparator)
	}
	dir := w.browsed
	if dir == "" {
		dir = home
	}
	var s *screens.Browse
	list := func(dir string) {
		loadIn(w, &w.folders, func(ctx context.Context) ([]browse.Entry, error) { return browse.List(ctx, dir) },
			func(entries []browse.Entry, err error) { s.Listed(dir, entries, err) })
	}
	s = screens.NewBrowse(w.words, &browse.Browser{Want: want, Dir: dir}, home, list,
		func(dir string) error { return os.Mkdir(dir, 0o755) },
		func(paths []string) {
			w.browsed = s.Dir()
			w.closeSheet()
			chosen(paths)
		}, w.closeSheet)
	w.sheet(s.Content, s.Query, s.Submit)
	w.browsing = browsing{s, w.sheets[len(w.sheets)-1]}
	unlessStopped(w, &w.folders, func(context.Context) ([]browse.Place, error) { return browse.Places(), nil },
		func(places []browse.Place, _ error) { s.SetPlaces(places) })
}

// askFile lets a file be chosen.
func (w *window) askFile(chosen func(path string)) {
	w.browse(browse.File, func(paths []string) { chosen(paths[0]) })
}

// askFolder lets a folder be chosen.
func (w *window) askFolder(chosen func(path string)) {
	w.browse(browse.Folder, func(paths []string) { chosen(paths[0]) })
}

// ChooseFiles asks for what to take in.
func (w *window) ChooseFiles() {
	if w.session != nil {
		w.browse(browse.Files, w.take)
	}
}

// ChooseFolder asks for a folder to take in.
func (w *window) ChooseFolder() {
	if w.session != nil {
		w.browse(browse.Folder, w.take)
	}
}
