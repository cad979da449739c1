package ui

import (
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// window is the main window: the rail, the room beside it, sheets over both.
// Everything in it runs on the window's goroutine; see handover.go.
type window struct {
	app      fyne.App
	win      fyne.Window
	opts     Options
	words    *i18n.Words
	settings state.Settings
	post     func(func())
	gone     atomic.Bool // the window's loop has ended: nothing is handed over

	jobs     state.Jobs // everything that touches the vault or a case, in order
	pictures state.Jobs
	acts     state.Jobs // on the registry: short, and never behind a scan
	finds    state.Jobs // searches of the registry: what is typed later goes before

	session Session
	sample  bool
	vocab   authz.Vocabulary
	people  *state.People
	cases   []*casework.Case
	loading string   // what the home screen says of the models
	waiting []string // paths to take in once a vault is open

	room      rooms
	sheets    []*widgets.Sheet
	form      *screens.NewCase // the sheets last opened
	picker    *screens.Picker
	unlocking *screens.Unlock
	signing   *screens.Sign
	reason    *screens.Reason
	find      *screens.Find
	wordsFor  *screens.Words
	clues     *screens.Clues
	reg       registrySheets
}

// rooms are the screens; those that are nil are not shown.
type rooms struct {
	name     room
	start    *screens.Start
	home     *screens.Home
	registry *screens.Registry
	open     *caseRoom
}

type room string

const (
	roomStart    room = "start"
	roomHome     room = "home"
	roomCase     room = "case"
	roomRegistry room = "registry"
	roomSettings room = "settings"
)

func newWindow(a fyne.App, o Options, s state.Settings, post func(func())) *window {
	w := &window{app: a, opts: o, settings: s, words: firstWords(o, s), people: state.NewPeople(nil), waiting: o.Paths}
	w.post = func(f func()) {
		if !w.gone.Load() {
			post(f)
		}
	}
	w.win = a.NewWindow(w.words.T("app.name"))
	w.win.SetMaster()
	w.win.SetPadded(false)
	w.win.Resize(fyne.NewSize(1440, 900))
	w.win.SetMainMenu(w.menu())
	w.win.SetOnDropped(w.dropped)
	w.win.SetCloseIntercept(w.close)
	c := w.win.Canvas()
	c.SetOnTypedKey(w.TypedKey)
	c.SetOnTypedRune(w.TypedRune)
	if d, ok := c.(desktop.Canvas); ok {
		d.SetOnKeyDown(w.KeyDown)
		d.SetOnKeyUp(w.KeyUp)
	}
	return w
}

// begin shows the first screen.
func (w *window) begin() {
	w.show(roomStart)
	if w.opts.Sample {
		w.OpenSample()
	}
}

// dropped takes files that fell on the window, wherever.
func (w *window) dropped(_ fyne.Position, us []fyne.URI) {
	var paths []string
	for _, u := range us {
		paths = append(paths, u.Path())
	}
	w.take(paths)
}

// show goes to a room and draws it anew.
func (w *window) show(r room) {
	if w.session == nil && r != roomSettings {
		r = roomStart
	}
	w.room.name = r
	w.room.start, w.room.home, w.room.registry = nil, nil, nil
	var content fyne.CanvasObject
	switch r {
	case roomStart:
		folder, exists := w.opts.Backend.Vault()
		w.room.start = screens.NewStart(w.words, w, w.app.Icon(), folder, exists)
		content = w.room.start.Content
	case roomHome:
		w.room.home = screens.NewHome(w.words, w, w.vocab, w.cases, w)
		w.room.home.Notice(w.loading)
		content = w.room.home.Content
	case roomCase:
		content = screens.NewEmptyCase(w.words, w, w)
		if w.room.open != nil {
			content = w.room.open.bench.Content
		}
	case roomRegistry:
		w.room.registry = screens.NewRegistry(w.words, w.vocab, w, w)
		content = w.room.registry.Content
		w.openRegistry()
	case roomSettings:
		content = screens.NewSettings(w.words, w.settings, w, w.words.T("app.about", "version", w.opts.Version, "rules", w.rules()))
	}
	t := theme.Current()
	if w.session != nil {
		content = widgets.Border(nil, nil, w.rail(), nil, content)
	}
	w.win.SetContent(widgets.Ground(t.Background, content))
	if r == roomCase && w.room.open != nil {
		w.room.open.bench.Focus()
	}
	if w.room.start != nil {
		w.win.Canvas().Focus(w.room.start.First())
	}
	if w.room.registry != nil {
		w.win.Canvas().Focus(w.room.registry.Query)
	}
	w.retitle()
}

// rules names the rule pack in force, once a vault is open.
func (w *window) rules() string {
	if w.session == nil {
		return ""
	}
	return w.session.Records().RulePack
}

func (w *window) retitle() {
	s := w.words.T("app.name")
	if w.room.name == roomCase && w.room.open != nil {
		c := w.room.open
		name := c.title
		if c.bench.Stage() != state.Scanning {
			name += " (" + w.questions() + ")"
		}
		s = name + " - " + s
	}
	w.win.SetTitle(s)
}

// rail lists the rooms that have something behind them.
func (w *window) rail() fyne.CanvasObject {
	t := theme.Current()
	item := func(r room, icon icons.Name, badge string) fyne.CanvasObject {
		return widgets.NewRailItem(w.words.T("room."+string(r)), icon, w.room.name == r, badge, func() { w.show(r) })
	}
	badge := ""
	if c := w.room.open; c != nil && c.bench.Questions() > 0 {
		badge = w.questions()
	}
	vault, icon := "rail.unlocked", icons.Lock
	if w.sample {
		vault, icon = "rail.sample", icons.Photo
	}
	top := widgets.VBox(theme.S4, item(roomHome, icons.Home, ""), item(roomCase, icons.Case, badge),
		item(roomRegistry, icons.People, ""), item(roomSettings, icons.Gear, ""))
	foot := widgets.VBox(theme.S4, widgets.NewRailItem(w.words.T("rail.offline"), icons.Offline, false, "", nil),
		widgets.NewRailItem(w.words.T(vault), icon, false, "", nil))
	return widgets.Border(nil, nil, nil, widgets.Rule(), widgets.Ground(t.Surface,
		widgets.Pad(widgets.Border(top, foot, nil, nil, nil), theme.S8, 6)))
}

// sheet opens a dialog; Esc closes the last one.
func (w *window) sheet(content fyne.CanvasObject, focus fyne.Focusable) {
	w.sheets = append(w.sheets, widgets.OpenSheet(w.win.Canvas(), content, focus))
}

func (w *window) closeSheet() {
	if n := len(w.sheets); n > 0 {
		w.sheets[n-1].Close()
		w.sheets = w.sheets[:n-1]
	}
}

// close ends the window's loop; end does the rest.
func (w *window) close() { w.app.Quit() }

// end stops the jobs and locks the vault after the last frame. Nothing is lost:
// every answer was kept when it was given.
func (w *window) end() {
	w.gone.Store(true)
	w.pictures.Close()
	w.finds.Close()
	w.acts.Close()
	w.jobs.Close()
	if c := w.room.open; c != nil && c.open != nil {
		c.open.Close()
	}
	if w.session != nil {
		_ = w.session.Close()
	}
}

// SetLanguage keeps the language for the next start; before the vault is open it
// is used at once, since nothing else is shown yet.
func (w *window) SetLanguage(lang string) {
	w.settings.Language = lang
	w.save()
	if w.session == nil {
		w.words = i18n.For(lang)
		w.win.SetMainMenu(w.menu())
		w.show(roomStart)
	}
}

// SetLook changes the colours at once.
func (w *window) SetLook(look theme.Look) {
	w.settings.Look = string(look)
	w.save()
	w.repaint(theme.Current().With(look, w.settings.Scale()))
}

// SetTextSize changes the size of all text at once.
func (w *window) SetTextSize(percent int) {
	w.settings.TextSize = percent
	w.save()
	w.repaint(theme.Current().With(theme.Current().Look(), w.settings.Scale()))
}

func (w *window) repaint(t *theme.Theme) {
	w.app.Settings().SetTheme(t)
	if c := w.room.open; c != nil {
		c.rebuild()
	}
	w.show(w.room.name)
}

func (w *window) save() {
	// A setting that cannot be kept is in force until the window closes.
	_ = w.settings.Save(w.opts.SettingsFile)
}
