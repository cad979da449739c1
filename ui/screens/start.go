package screens

import (
	"strings"

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
	// OpenVault makes or unlocks the vault; remember puts the passphrase into the system's
	// keyring.
	OpenVault(passphrase string, remember bool)
	// OpenRemembered unlocks it with the passphrase that the keyring holds.
	OpenRemembered()
	OpenSample()
	// RestoreVault makes the vault from a backup, where there is none yet.
	RestoreVault()
	// RecoverVault sets another passphrase with the recovery key.
	RecoverVault()
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
	hint        *fyne.Container
	said        string  // in the hint
	details     string  // of what went wrong
	wrong       bool    // it says what went wrong
	wide        float32 // of the form's words
	sample      *widgets.Button
	other       *widgets.Button // another way in: a backup, or the recovery key
	remember    *tick           // nil where the system has no keyring
	keyring     *widgets.Button // nil, too, where there is no vault
}

// NewStart asks for a passphrase: twice for a new vault.
func NewStart(w *i18n.Words, g Gate, logo fyne.Resource, folder string, exists, keyring bool) *Start {
	s := &Start{words: w, exists: exists, hint: container.NewStack()}
	s.fields(w, g)
	if keyring {
		s.remember = newTick(w.T("start.remember"), false, nil, nil)
		if exists {
			s.keyring = widgets.NewButton(w.T("start.keyring"), icons.Lock, "", widgets.Plain, g.OpenRemembered)
		}
	}
	s.sample = widgets.NewButton(w.T("home.sample"), icons.Photo, "", widgets.Plain, g.OpenSample)
	s.other = widgets.NewButton(w.T("start.restore"), icons.Drop, "", widgets.Plain, g.RestoreVault)
	if exists {
		s.other = widgets.NewButton(w.T("start.recover"), "", "", widgets.Plain, g.RecoverVault)
	}
	s.Content = widgets.Reflow(startBelow, func(width float32, narrow bool) fyne.CanvasObject {
		t := theme.Current()
		if narrow {
			total := min(width, t.Px(760))
			s.wide = total - 4*theme.S24
			langs := languages(w, g)
			if logo != nil { // the form needs the room that it has beside it in a wide window
				langs.Add(widgets.Spacer())
				langs.Add(picture(logo, 48))
			}
			rows := append(claim(w, s.wide), s.form(w, folder, true), s.look(w, true))
			rows = append(rows, promises(w)...)
			s.say()
			return widgets.Border(widgets.Ground(t.Surface, widgets.Pad(langs, theme.S8, theme.S24)), nil, nil, nil,
				container.NewVScroll(widgets.HBox(0, widgets.Spacer(), widgets.Room(total, 0, widgets.Pad(widgets.VBox(theme.S16, rows...), theme.S24, theme.S24)), widgets.Spacer())))
		}
		var head []fyne.CanvasObject
		if logo != nil {
			head = append(head, widgets.HBox(theme.S8, picture(logo, 80)), widgets.Room(0, 8, container.NewWithoutLayout()))
		}
		left := widgets.Room(t.Px(460), 0, widgets.Ground(t.Surface, widgets.Pad(widgets.Border(nil, languages(w, g), nil, nil,
			widgets.VBox(theme.S16, append(append(append(head, claim(w, t.Px(380))...), widgets.Room(0, 8, container.NewWithoutLayout())), promises(w)...)...)), 56, 48)))
		s.wide = t.Px(640) - 2*theme.S24 - 12
		right := widgets.VBox(theme.S16, s.form(w, folder, false), s.look(w, false))
		s.say()
		return widgets.Border(nil, nil, left, nil,
			container.NewVScroll(widgets.Middle(widgets.HBox(0, widgets.Spacer(), widgets.Pad(widgets.Room(t.Px(640), 0, right), 56, 40), widgets.Spacer()))))
	})
	s.check()
	return s
}

// startBelow is the width, at 100 %, below which what the program is stands over the
// form and not beside it.
const startBelow = 1180

// claim is what the program is for.
func claim(w *i18n.Words, wide float32) []fyne.CanvasObject {
	t := theme.Current()
	words := w.T("start.claim")
	if one := strings.ReplaceAll(words, "\n", " "); fyne.MeasureText(one, t.Px(theme.Figure), fyne.TextStyle{Bold: true}).Width <= wide {
		words = one
	}
	return []fyne.CanvasObject{widgets.NewParagraph(words, theme.Figure, true, t.Text, wide), widgets.NewParagraph(w.T("start.what"), theme.Head, false, t.Muted, wide)}
}

// picture is the program's icon.
func picture(logo fyne.Resource, side float32) fyne.CanvasObject {
	i := canvas.NewImageFromResource(logo)
	i.FillMode = canvas.ImageFillContain
	i.SetMinSize(fyne.NewSize(side, side))
	return i
}

// promises are what it does with what it is given.
func promises(w *i18n.Words) (rows []fyne.CanvasObject) {
	for _, p := range []struct {
		icon icons.Name
		key  string
	}{{icons.Offline, "start.offline"}, {icons.Lock, "start.locked"}, {icons.Doc, "start.originals"}} {
		rows = append(rows, widgets.HBox(theme.S12, widgets.Middle(widgets.Icon(p.icon, 20, theme.Current().Text)), body(w.T(p.key))))
	}
	return rows
}

func languages(w *i18n.Words, g Gate) *fyne.Container {
	langs := widgets.HBox(theme.S8, note(w.T("settings.language")))
	for _, l := range i18n.Languages {
		langs.Add(widgets.NewChip(w.T("lang."+l), "", w.Lang() == l, func() { g.SetLanguage(l) }))
	}
	return langs
}

// look offers the sample case.
func (s *Start) look(w *i18n.Words, narrow bool) fyne.CanvasObject {
	words := widgets.VBox(theme.S4, head(w.T("start.look")), notePara(w.T("start.look.what"), s.wide))
	if narrow {
		return widgets.Card(widgets.Pad(widgets.VBox(theme.S12, words, widgets.HBox(0, s.sample)), theme.S16, theme.S24))
	}
	words.Objects[1] = note(w.T("start.look.what"))
	return widgets.Card(widgets.Pad(widgets.Border(nil, nil, nil, widgets.Middle(s.sample), words), theme.S16, theme.S24))
}

// fields makes what is typed into, once.
func (s *Start) fields(w *i18n.Words, g Gate) {
	submit := func() {
		if s.open.Enabled() {
			g.OpenVault(s.pass.Text, s.remember != nil && s.remember.Checked)
		}
	}
	secret := func() *entry {
		e := newEntry("")
		e.Password = true
		e.OnChanged = func(string) { s.check() }
		e.OnSubmitted = func(string) { submit() }
		return e
	}
	s.pass, s.again = secret(), secret()
	s.open = widgets.NewButton(w.T(s.key()), icons.Lock, "", widgets.Primary, submit)
}

func (s *Start) key() string {
	if s.exists {
		return "start.unlock"
	}
	return "start.make"
}

// form lays them out; in a narrow window so that its button is seen.
func (s *Start) form(w *i18n.Words, folder string, narrow bool) fyne.CanvasObject {
	t := theme.Current()
	rows := []fyne.CanvasObject{title(w.T(s.key() + ".title")), notePara(w.T(s.key()+".what"), s.wide)}
	pass, again := field(w.T("start.pass"), s.pass), field(w.T("start.again"), s.again)
	switch {
	case s.exists:
		rows = append(rows, pass)
	case narrow:
		rows = append(rows, two(pass, again))
	default:
		rows = append(rows, pass, again)
	}
	rows = append(rows, s.hint)
	if s.remember != nil {
		kept := widgets.VBox(0, s.remember, widgets.Pad(notePara(w.T("start.remember.what"), s.wide-2*theme.S32), 0, theme.S32))
		if s.keyring != nil {
			kept.Add(widgets.Pad(widgets.HBox(0, s.keyring), theme.S8, 0))
		}
		rows = append(rows, kept)
	}
	if !s.exists {
		rows = append(rows, rounded(t.Raised, widgets.Pad(widgets.HBox(theme.S8,
			widgets.Middle(widgets.Icon(icons.Warn, 18, t.Ask.Text)), widgets.NewParagraph(w.T("start.noreset"), theme.Note, false, t.Text, s.wide-t.Px(18)-4*theme.S8)), theme.S8, theme.S12)))
	}
	rows = append(rows, widgets.Border(nil, nil, nil, widgets.HBox(theme.S8, widgets.HBox(0), s.other, s.open),
		widgets.NewCutLabel(w.T("start.folder", "folder", folder), theme.Note, false, t.Muted)))
	return widgets.Card(widgets.Pad(widgets.VBox(theme.S12, rows...), theme.S24, theme.S24))
}

// say shows the hint under the fields.
func (s *Start) say() {
	t := theme.Current()
	if !s.wrong {
		put(s.hint, notePara(s.said, max(s.wide, 100)))
		return
	}
	wide := max(s.wide, 100) - t.Px(20) - 2*theme.S16 - theme.S8
	rows := widgets.VBox(theme.S8, widgets.NewParagraph(s.said, theme.Body, true, t.Stop.Text, wide))
	if s.details != "" {
		rows.Add(widgets.HBox(0, NewCopyDetails(s.words, s.details)))
	}
	put(s.hint, toned(t.Stop, widgets.Border(nil, nil, widgets.VBox(0, widgets.Icon(icons.Warn, 20, t.Stop.Text)), nil, widgets.Pad(rows, 0, theme.S8))))
}

// check says what is missing and turns the button on when nothing is.
func (s *Start) check() {
	missing := ""
	switch {
	case s.pass.Text == "":
		missing = s.words.T("start.missing")
	case !s.exists && len([]rune(s.pass.Text)) < minPassphrase:
		missing = s.words.T("start.short", "n", minPassphrase, "has", len([]rune(s.pass.Text)))
	case !s.exists && s.pass.Text != s.again.Text:
		missing = s.words.T("start.differs")
	}
	s.open.SetEnabled(missing == "")
	s.said, s.wrong = missing, false
	s.say()
}

// Busy says that the vault is being opened, which takes a second or two.
func (s *Start) Busy(what string) {
	s.open.SetEnabled(false)
	s.sample.SetEnabled(false)
	if s.keyring != nil {
		s.keyring.SetEnabled(false)
	}
	s.said, s.wrong = what, false
	s.say()
}

// Failed says why the vault did not open; details, where there are any, can be copied.
func (s *Start) Failed(why, details string) {
	s.check()
	s.sample.SetEnabled(true)
	if s.keyring != nil {
		s.keyring.SetEnabled(true)
	}
	s.said, s.wrong, s.details = why, true, details
	s.say()
}

// Relocked says that the vault was open and is locked.
func (s *Start) Relocked(what string) {
	s.said, s.wrong = what, false
	s.say()
}

// First is the field to type in first.
func (s *Start) First() fyne.Focusable { return s.pass }

// Type fills the form, for tests.
func (s *Start) Type(pass, again string) {
	s.pass.SetText(pass)
	s.again.SetText(again)
}

// Said is what stands under the fields.
func (s *Start) Said() string { return s.said }

// Remember ticks the box, for tests; false where there is none.
func (s *Start) Remember() bool {
	if s.remember == nil {
		return false
	}
	s.remember.SetChecked(true)
	return true
}

// Keyring presses the button that opens with the keyring; false where there is none.
func (s *Start) Keyring() bool {
	if s.keyring == nil {
		return false
	}
	s.keyring.Tapped(nil)
	return true
}

// Submit presses the button.
func (s *Start) Submit() { s.open.Tapped(nil) }
