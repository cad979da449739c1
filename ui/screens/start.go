package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Gate is what the first screen asks for.
type Gate interface {
	// OpenVault makes or unlocks the vault.
	OpenVault(passphrase string)
	OpenSample()
	SetLanguage(lang string)
}

// minPassphrase is the fewest characters a new passphrase may have.
const minPassphrase = 12

// Start is first start, and every later start until the vault is open.
type Start struct {
	Content fyne.CanvasObject

	words       *i18n.Words
	exists      bool
	pass, again *entry
	open        *widgets.Button
	hint        *widgets.Label
	sample      *widgets.Button
}

// NewStart asks for a passphrase: twice for a new vault.
func NewStart(w *i18n.Words, g Gate, logo fyne.Resource, folder string, exists bool) *Start {
	t := theme.Current()
	s := &Start{words: w, exists: exists}
	s.hint = note("")

	var welcome []fyne.CanvasObject
	if logo != nil {
		i := canvas.NewImageFromResource(logo)
		i.FillMode = canvas.ImageFillContain
		i.SetMinSize(fyne.NewSize(80, 80))
		welcome = append(welcome, widgets.HBox(theme.S8, i), widgets.Room(0, 8, container.NewWithoutLayout()))
	}
	welcome = append(welcome,
		widgets.NewParagraph(w.T("start.claim"), theme.Figure, true, t.Text, t.Px(380)),
		widgets.NewParagraph(w.T("start.what"), theme.Head, false, t.Muted, t.Px(360)),
		widgets.Room(0, 8, container.NewWithoutLayout()))
	for _, p := range []struct {
		icon icons.Name
		key  string
	}{{icons.Offline, "start.offline"}, {icons.Lock, "start.locked"}, {icons.Doc, "start.originals"}} {
		welcome = append(welcome, widgets.HBox(theme.S12, widgets.Middle(widgets.Icon(p.icon, 20, t.Text)), body(w.T(p.key))))
	}
	langs := widgets.HBox(theme.S8, note(w.T("settings.language")))
	for _, l := range i18n.Languages {
		langs.Add(widgets.NewChip(w.T("lang."+l), "", w.Lang() == l, func() { g.SetLanguage(l) }))
	}
	left := widgets.Room(t.Px(460), 0, widgets.Ground(t.Surface,
		widgets.Pad(widgets.Border(nil, langs, nil, nil, widgets.VBox(theme.S16, welcome...)), 56, 48)))

	s.sample = widgets.NewButton(w.T("home.sample"), icons.Photo, "", widgets.Plain, g.OpenSample)
	look := widgets.Card(widgets.Pad(widgets.Border(nil, nil, nil, widgets.Middle(s.sample),
		widgets.VBox(theme.S4, head(w.T("start.look")), note(w.T("start.look.what")))), theme.S16, theme.S24))
	right := widgets.Border(nil, nil, nil, nil, widgets.VBox(theme.S16, s.form(w, g, folder), look))
	s.Content = widgets.Border(nil, nil, left, nil,
		container.NewVScroll(widgets.HBox(theme.S8, widgets.Pad(widgets.Room(t.Px(640), 0, right), 56, 56))))
	s.check()
	return s
}

func (s *Start) form(w *i18n.Words, g Gate, folder string) fyne.CanvasObject {
	t := theme.Current()
	secret := func() *entry {
		e := newEntry("")
		e.Password = true
		e.OnChanged = func(string) { s.check() }
		return e
	}
	submit := func() {
		if s.open.Enabled() {
			g.OpenVault(s.pass.Text)
		}
	}
	s.pass, s.again = secret(), secret()
	s.pass.OnSubmitted = func(string) { submit() }
	s.again.OnSubmitted = func(string) { submit() }
	key := "start.make"
	if s.exists {
		key = "start.unlock"
	}
	s.open = widgets.NewButton(w.T(key), icons.Lock, "", widgets.Primary, submit)
	rows := []fyne.CanvasObject{title(w.T(key + ".title")), notePara(w.T(key+".what"), t.Px(580)), field(w.T("start.pass"), s.pass)}
	if !s.exists {
		rows = append(rows, field(w.T("start.again"), s.again))
	}
	rows = append(rows, s.hint)
	if !s.exists {
		rows = append(rows, widgets.Ground(t.Raised, widgets.Pad(widgets.HBox(theme.S8,
			widgets.Middle(widgets.Icon(icons.Warn, 18, t.Ask.Text)), widgets.NewLabel(w.T("start.noreset"), theme.Note, false, t.Text)), theme.S8, theme.S12)))
	}
	rows = append(rows, widgets.Border(nil, nil, nil, s.open,
		widgets.NewCutLabel(w.T("start.folder", "folder", folder), theme.Note, false, t.Muted)))
	return widgets.Card(widgets.Pad(widgets.VBox(theme.S12, rows...), theme.S24, theme.S24))
}

// check says what is missing and turns the button on when nothing is.
func (s *Start) check() {
	if s.open == nil {
		return
	}
	missing := ""
	switch {
	case s.pass.Text == "":
		missing = s.words.T("start.missing")
	case !s.exists && len([]rune(s.pass.Text)) < minPassphrase:
		missing = s.words.T("start.short", "n", minPassphrase)
	case !s.exists && s.pass.Text != s.again.Text:
		missing = s.words.T("start.differs")
	}
	s.hint.SetColor(theme.Current().Muted)
	s.hint.Set(missing)
	s.open.SetEnabled(missing == "")
}

// Busy says that the vault is being opened, which takes a second or two.
func (s *Start) Busy(what string) {
	s.open.SetEnabled(false)
	s.sample.SetEnabled(false)
	s.hint.SetColor(theme.Current().Muted)
	s.hint.Set(what)
}

// Failed says why the vault did not open.
func (s *Start) Failed(why string) {
	s.check()
	s.sample.SetEnabled(true)
	s.hint.SetColor(theme.Current().Stop.Text)
	s.hint.Set(why)
}

// Relocked says that the vault was open and is locked.
func (s *Start) Relocked(what string) { s.hint.Set(what) }

// First is the field to type in first.
func (s *Start) First() fyne.Focusable { return s.pass }

// Type fills the form, for tests.
func (s *Start) Type(pass, again string) {
	s.pass.SetText(pass)
	s.again.SetText(again)
}

// Submit presses the button.
func (s *Start) Submit() { s.open.Tapped(nil) }
