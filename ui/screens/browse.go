package screens

import (
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/ui/browse"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Browse is the sheet in which files or a folder are chosen.
type Browse struct {
	*chooser
	Content fyne.CanvasObject

	words   *i18n.Words
	in      *browse.Browser
	home    string
	list    func(dir string)
	make    func(dir string) error
	done    func(paths []string)
	loading bool
	spaced  bool // a space is being taken out of the field

	path         *widgets.Label
	places       *fyne.Container
	said         *widgets.Label
	ok           *widgets.Button
	fresh        *widgets.Button // makes a folder; nil where none is wanted
	tapped       string          // what was clicked last, and when
	tappedAt     time.Time
	placesToShow []browse.Place
}

// twice is how soon a second click counts as one with the first.
const twice = 500 * time.Millisecond

// NewBrowse asks for what in wants. list has a folder listed, for Listed; make makes
// a new folder.
func NewBrowse(w *i18n.Words, in *browse.Browser, home string, list func(dir string), make func(dir string) error, done func(paths []string), cancel func()) *Browse {
	t := theme.Current()
	b := &Browse{words: w, in: in, home: home, list: list, make: make, done: done, places: container.NewStack(),
		path: widgets.NewCutLabel("", theme.Body, false, t.Text), said: widgets.NewCutLabel("", theme.Note, false, t.Stop.Text)}
	heading, hint := "browse.file", "browse.hint"
	switch in.Want {
	case browse.Files:
		heading = "browse.files"
	case browse.Folder:
		heading, hint = "browse.folder", "browse.folder.hint"
	}
	b.ok = widgets.NewButton("", "", "", widgets.Primary, b.Submit)
	up := widgets.NewButton(w.T("browse.up"), icons.Left, "", widgets.Ghost, func() { b.enter(b.in.Parent()) })
	under := []fyne.CanvasObject{}
	switch in.Want {
	case browse.Files:
		under = append(under, widgets.NewButton(w.T("browse.all"), icons.Tick, "", widgets.Plain, func() {
			b.in.MarkAll()
			b.show()
		}))
	case browse.Folder:
		b.fresh = widgets.NewButton(w.T("browse.new"), icons.Plus, "", widgets.Plain, b.newFolder)
		under = append(under, b.fresh)
	}
	b.chooser = newChooser(w.T(hint), w.T("browse.none"), func(q string) int {
		b.in.Filter(q)
		if b.chooser != nil {
			b.tell()
		}
		return b.in.Len()
	}, b.row, b.take, cancel)
	b.List.Length, b.List.OnSelected = in.Len, b.click // what is shown changes before anybody asks again
	b.Query.OnChanged = func(q string) {
		switch {
		case b.spaced: // taken away again
		case b.in.Want == browse.Files && q == " ": // marks while nothing is typed, and goes on
			b.spaced = true
			b.Query.SetText("")
			b.spaced = false
			b.mark(b.at)
			b.Query.arrow(fyne.KeyDown)
		default:
			b.look(q)
		}
	}
	b.Query.OnSubmitted = func(q string) {
		if path, ok := browse.Named(q, b.home); ok {
			b.goTo(path)
			return
		}
		b.choose()
	}
	arrow := b.Query.arrow
	b.Query.arrow = func(k fyne.KeyName) bool {
		if k == fyne.KeyBackspace && b.Query.Text == "" {
			b.enter(b.in.Parent())
			return true
		}
		return arrow(k)
	}
	under = append(under, widgets.Spacer(), widgets.NewButton(w.T("cancel"), "", "Esc", widgets.Plain, cancel), b.ok)
	b.Content = widgets.Room(t.Px(640), t.Px(560), widgets.Border(
		widgets.VBox(theme.S8, title(w.T(heading)), b.places, widgets.Border(nil, nil, up, nil, widgets.Middle(b.path)), b.Query, b.none, b.said),
		widgets.HBox(theme.S12, under...), nil, nil,
		widgets.Pad(b.List, theme.S8, 0)))
	b.said.Hidden = true
	b.enter(in.Dir)
	return b
}

// Dir is the folder on show.
func (b *Browse) Dir() string { return b.in.Dir }

// SetPlaces offers places to go to.
func (b *Browse) SetPlaces(places []browse.Place) {
	b.placesToShow = places
	b.showPlaces()
}

func (b *Browse) showPlaces() {
	var chips []fyne.CanvasObject
	for _, p := range b.placesToShow {
		name := p.Name
		if p.Key != "" {
			name = b.words.T("browse.place." + p.Key)
		}
		chips = append(chips, widgets.NewChip(name, "", p.Dir == b.in.Dir, func() { b.enter(p.Dir) }))
	}
	put(b.places, widgets.Flow(theme.Current().Px(640), theme.S8, chips...))
}

// Listed shows what a folder holds, or says that it cannot be read.
func (b *Browse) Listed(dir string, entries []browse.Entry, err error) {
	if dir != b.in.Dir {
		return // somebody went on meanwhile
	}
	b.loading = false
	b.say("")
	if err != nil {
		b.say(b.words.T("browse.unreadable"))
	}
	b.in.Set(entries)
	b.look(b.Query.Text)
	b.show()
}

func (b *Browse) say(s string) {
	b.said.Hidden = s == ""
	b.said.Set(s)
}

// enter goes into a folder.
func (b *Browse) enter(dir string) {
	b.in.Enter(dir)
	b.loading = true
	b.Query.SetText("")
	b.look("")
	b.none.Hidden = true
	b.showPlaces()
	b.list(b.in.Dir)
}

// goTo goes to a path that was written out: into a folder, or to the file.
func (b *Browse) goTo(path string) {
	switch kind := browse.KindOf(path); {
	case kind == browse.Folder:
		b.enter(path)
	case kind == browse.File && b.in.Want != browse.Folder:
		b.done([]string{path})
	default:
		b.say(b.words.T("browse.nowhere"))
	}
}

// take goes into a folder, or takes a file and what is marked beside it.
func (b *Browse) take(i int) {
	switch {
	case b.in.At(i).Folder:
		b.enter(b.in.Path(i))
	case len(b.in.Chosen()) > 0:
		b.done(b.in.Chosen())
	default:
		b.done([]string{b.in.Path(i)})
	}
}

// click goes into a folder or marks a file; the second of two takes it.
func (b *Browse) click(i int) {
	b.List.UnselectAll()
	b.at = i
	if b.in.At(i).Folder {
		b.enter(b.in.Path(i))
		return
	}
	path, now := b.in.Path(i), time.Now()
	if path == b.tapped && now.Sub(b.tappedAt) < twice {
		b.done([]string{path})
		return
	}
	b.tapped, b.tappedAt = path, now
	b.mark(i)
}

// mark marks a file, or takes its mark away.
func (b *Browse) mark(i int) {
	if i < 0 || i >= b.in.Len() {
		return
	}
	b.in.Mark(i)
	b.show()
}

func (b *Browse) row(i int, r *widgets.Row, current bool) {
	t, e := theme.Current(), b.in.At(i)
	r.SetTag("", "", t.Hide)
	switch {
	case e.Folder:
		r.SetIcon(icons.Case, t.Muted)
		r.Set(e.Name, e.Changed.Format(time.DateOnly), "", current)
		return
	case b.in.Marked(i):
		r.SetIcon(icons.Tick, t.Primary)
	case state.IsPhoto(e.Name):
		r.SetIcon(icons.Photo, t.Muted)
	default:
		r.SetIcon(icons.Doc, t.Muted)
	}
	r.Set(e.Name, e.Changed.Format(time.DateOnly), bytesWord(b.words, e.Size), current)
}

// show draws the list anew and says what the button takes.
func (b *Browse) show() {
	b.tell()
	b.List.Refresh()
}

func (b *Browse) tell() {
	n := len(b.in.Chosen())
	word := b.words.T("browse.open")
	switch {
	case b.in.Want == browse.Folder:
		word = b.words.T("browse.use", "name", short(filepath.Base(b.in.Dir)))
	case n > 1:
		word = b.words.T("browse.open.some", "n", n)
	}
	b.ok.SetText(word)
	b.ok.SetEnabled(!b.loading && (n > 0 || b.in.Len() > 0)) // else it opens what is current
	if b.fresh != nil {
		_, ok := b.in.NewFolder(b.Query.Text)
		b.fresh.SetEnabled(ok)
	}
	b.path.Set(b.in.Dir)
}

// newFolder makes the folder whose name stands in the field, and goes into it.
func (b *Browse) newFolder() {
	dir, ok := b.in.NewFolder(b.Query.Text)
	if !ok {
		return
	}
	if err := b.make(dir); err != nil {
		b.say(b.words.T("browse.unmade"))
		return
	}
	b.enter(dir)
}

// New presses the button that makes a folder, for tests.
func (b *Browse) New() { b.newFolder() }

// Ready reports whether the button is on.
func (b *Browse) Ready() bool { return b.ok.Enabled() }

// Chosen are the paths that the button takes, for tests.
func (b *Browse) Chosen() []string { return b.in.Chosen() }

// Len is how many entries are listed, for tests.
func (b *Browse) Len() int { return b.in.Len() }

// Submit presses the button: what is marked is taken, or what is current.
func (b *Browse) Submit() {
	switch paths := b.in.Chosen(); {
	case b.loading:
	case len(paths) > 0:
		b.done(paths)
	default:
		b.choose()
	}
}

// short is a name that fits on a button.
func short(name string) string {
	if r := []rune(name); len(r) > 16 {
		return string(r[:15]) + "..."
	}
	return name
}

// bytesWord is a size as a person reads it.
func bytesWord(w *i18n.Words, n int64) string {
	switch {
	case n < 1e6:
		return w.T("browse.kb", "n", max((n+999)/1000, 1))
	case n < 1e9:
		return w.T("browse.mb", "n", (n+5e5)/1e6)
	}
	return w.T("browse.gb", "n", (n+5e8)/1e9)
}
