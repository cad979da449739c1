package ui

import (
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"consentry/authz"
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
	gone     atomic.Bool   // the window's loop has ended: nothing is handed over
	away     atomic.Bool   // nobody looks at it
	long     time.Duration // what is told about where nobody looks

	jobs     state.Jobs // everything that touches the vault or a case, in order
	pictures state.Jobs
	elder    state.Jobs // pictures of what was published before, beside the new ones
	small    state.Jobs // small pictures
	acts     state.Jobs // on the registry: short, and never behind a scan
	drafting state.Jobs // letters that are looked at while they are written
	checks   state.Jobs // files that are attacked as they are
	folders  state.Jobs // listed where files are chosen
	finds    state.Jobs // searches of the registry: what is typed later goes before

	session  Session
	sample   bool
	idle     state.Idle
	trouble  string // details of the last error that somebody may want to copy
	typed    string // in the field that had the focus at the last tick
	vocab    authz.Vocabulary
	people   *state.People
	material state.Material // what the day is made of, as last read
	day      state.Agenda
	opened   []*caseRoom   // the open cases; room.open is one of them
	turn     chan struct{} // whoever scans or rewrites holds it
	railBox  *fyne.Container
	section  string   // of the settings that was on show last
	loading  string   // what the home screen says of the models
	waiting  []string // paths to take in once a vault is open
	browsed  string   // the folder in which something was chosen last

	room      rooms
	sheets    []*widgets.Sheet
	form      *screens.NewCase // the sheets last opened
	picker    *screens.Picker
	withdraws *screens.Picker // the one that asks who withdraws, while it is open
	checking  *screens.Check  // while it is open
	browsing  browsing
	who       *screens.Who
	unlocking *screens.Unlock
	signing   *screens.Sign
	reason    *screens.Reason
	find      *screens.Find
	wordsFor  *screens.Words
	note      *screens.Note
	clues     *screens.Clues
	reg       registrySheets
	file      fileSheets
	house     houseSheets
	asking    *screens.RequestAll
	placing   *screens.Place
	taking    *screens.Takedown
	drafts    map[string]formSheet // that were closed before they were sent
	palette   *screens.Palette
	judging   *screens.Judge
	recovery  *screens.Recovery
	options   *screens.CaseOptions
	passing   *screens.NewPassphrase
	draft     *draft // a package on show for a signature
	issued    issued // the release on show
}

// rooms are the screens; those that are nil are not shown.
type rooms struct {
	name      room
	start     *screens.Start
	home      *screens.Home
	registry  *screens.Registry
	approvals *screens.Approvals
	published *screens.Published
	settings  *screens.Settings
	open      *caseRoom
}

type room string

const (
	roomStart     room = "start"
	roomHome      room = "home"
	roomCase      room = "case"
	roomRegistry  room = "registry"
	roomApprovals room = "approvals"
	roomPublished room = "published"
	roomSettings  room = "settings"
)

func newWindow(a fyne.App, o Options, s state.Settings, post func(func())) *window {
	w := &window{app: a, opts: o, settings: s, words: firstWords(o, s), people: state.NewPeople(nil), waiting: o.Paths, turn: make(chan struct{}, 1), long: longWork}
	w.listen()
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
	if !w.droppedNoes(paths) && !w.droppedCheck(paths) {
		w.take(paths)
	}
}

// show goes to a room and draws it anew.
func (w *window) show(r room) {
	w.touch()
	if w.session == nil && r != roomSettings {
		r = roomStart
	}
	w.room.name = r
	w.room.start, w.room.home, w.room.registry, w.room.approvals, w.room.published = nil, nil, nil, nil, nil
	if x := w.room.settings; x != nil {
		w.section = x.At()
	}
	w.room.settings = nil
	var content fyne.CanvasObject
	switch r {
	case roomStart:
		folder, exists := w.opts.Backend.Vault()
		w.room.start = screens.NewStart(w.words, w, w.app.Icon(), folder, exists, w.opts.Backend.Keyring())
		content = w.room.start.Content
	case roomHome:
		w.room.home = screens.NewHome(w.words, w, w.vocab, w.day, time.Now(), w)
		w.room.home.Notice(w.loading)
		w.room.home.SetRunning(w.runningCases())
		content = w.room.home.Content
		w.loadDay()
	case roomCase:
		if w.room.open != nil {
			content = w.room.open.bench.Content
		} else {
			content = screens.NewEmptyCase(w.words, w, w.vocab, w.day, time.Now(), w)
		}
	case roomRegistry:
		w.room.registry = screens.NewRegistry(w.words, w.vocab, w, w)
		content = w.room.registry.Content
		w.openRegistry()
	case roomApprovals:
		w.room.approvals = screens.NewApprovals(w.words, w.vocab, w, w)
		content = w.room.approvals.Content
		w.openApprovals()
	case roomPublished:
		w.room.published = screens.NewPublished(w.words, w.vocab, w, w)
		content = w.room.published.Content
		w.openPublished()
	case roomSettings:
		w.room.settings = screens.NewSettings(w.words, w.settings, w.about(), w, w.section, w)
		content = w.room.settings.Content
		w.openSettings()
	}
	if w.session != nil {
		w.railBox = container.NewStack(w.rail())
		content = widgets.Border(nil, nil, w.railBox, nil, content)
	}
	w.win.SetContent(content)
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
	} else if w.session != nil {
		s = w.words.T("room."+string(w.room.name)) + " - " + s
	}
	w.win.SetTitle(s)
}

// refreshRail draws the rail's figures anew.
func (w *window) refreshRail() {
	if w.railBox != nil && w.session != nil {
		w.railBox.Objects = []fyne.CanvasObject{w.rail()}
		w.railBox.Refresh()
	}
}

// railAll is the height of a window, at 100 %, in which all of the rail has its place.
const railAll = 480

// rail lists the rooms.
func (w *window) rail() fyne.CanvasObject {
	t := theme.Current()
	item := func(r room, icon icons.Name) fyne.CanvasObject {
		return widgets.NewRailItem(w.words.T("room."+string(r)), icon, w.room.name == r, w.badge(r), func() { w.show(r) })
	}
	vault, icon, lock := "rail.unlocked", icons.Lock, w.lock
	if w.sample {
		vault, icon, lock = "rail.sample", icons.Photo, nil
	}
	gap := float32(theme.S4)
	if t.Large() {
		gap = 0
	}
	top := widgets.VBox(gap, item(roomHome, icons.Home), item(roomCase, icons.Case), item(roomRegistry, icons.People),
		item(roomApprovals, icons.Stamp), item(roomPublished, icons.Globe), item(roomSettings, icons.Gear))
	foot := widgets.VBox(gap, widgets.NewRailItem(w.words.T("rail.find"), icons.Search, false, "", w.openPalette))
	if !t.Large() || w.win.Canvas().Size().Height > t.Px(railAll) { // it is nothing to press, and the rooms go before it
		foot.Add(widgets.NewRailItem(w.words.T("rail.offline"), icons.Offline, false, "", nil))
	}
	foot.Add(widgets.NewRailItem(w.words.T(vault), icon, false, "", lock))
	// The bar before the room on show stands in the rail's margin.
	return widgets.Border(nil, nil, nil, widgets.Rule(), widgets.Ground(t.Surface,
		widgets.Pad(widgets.Border(nil, widgets.Pad(foot, 0, 6), nil, nil, container.NewVScroll(widgets.Pad(top, 0, 6))), theme.S8, 0)))
}

// sheet opens a dialog; Esc closes the last one, Ctrl Enter presses its button, if it
// is given.
func (w *window) sheet(content fyne.CanvasObject, focus fyne.Focusable, press ...func()) {
	s := widgets.OpenSheet(w.win.Canvas(), content, focus)
	if len(press) > 0 {
		s.Press = press[0]
	}
	w.sheets = append(w.sheets, s)
}

func (w *window) closeSheet() {
	if n := len(w.sheets); n > 0 {
		s := w.sheets[n-1]
		s.Close()
		w.sheets = w.sheets[:n-1]
		if s == w.browsing.sheet { // the one under it goes on
			w.browsing = browsing{}
			w.folders.Stop()
			return
		}
	}
	w.reg.paper, w.withdraws, w.checking = nil, nil, nil // what was looked at is forgotten
	w.checks.Stop()
}

// close ends the window's loop; end does the rest.
func (w *window) close() { w.app.Quit() }

// end stops the jobs and locks the vault after the last frame. Nothing is lost:
// every answer was kept when it was given.
func (w *window) end() {
	w.gone.Store(true)
	w.pictures.Close()
	w.elder.Close()
	w.small.Close()
	w.folders.Close()
	w.finds.Close()
	w.checks.Close()
	w.drafting.Close()
	w.acts.Close()
	w.jobs.Close()
	if w.draft != nil {
		w.draft.close()
	}
	for _, c := range w.opened {
		c.close()
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
	w.drafts = nil // they were drawn in the look before
	t.Wear(w.app.Settings())
	for _, c := range w.opened {
		c.rebuild()
	}
	w.show(w.room.name)
}

// SetLock changes at once after how many idle minutes the vault is locked.
func (w *window) SetLock(minutes int) {
	w.settings.LockAfter = minutes
	w.idle.After = w.settings.Lock()
	w.save()
}

func (w *window) save() {
	// A setting that cannot be kept is in force until the window closes.
	_ = w.settings.Save(w.opts.SettingsFile)
}
