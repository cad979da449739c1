package screens

import (
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"consentry/internal/casework"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Tuner is what the settings ask for.
type Tuner interface {
	SetLanguage(lang string)    // from the next start
	SetLook(look theme.Look)    // at once
	SetTextSize(percent int)    // at once
	SetLock(minutes int)        // at once; -1: never
	SetDefaults(state.Defaults) // for new cases
	ChangePassphrase()
	MakeRecovery()
	ForgetPassphrase()
	BackUp()
	Restart()
	ShowUsers() // opens a sheet, as the others do
	PurgeDue()
	CheckBackup()
	ShowLedger()
	ShowAllowed()
	ShowNotices()
	ShowHandler()
	ShowOwn()
	ShowGrouping()
	ShowInstalled()
}

var sectionIcons = map[string]icons.Name{state.SecGeneral: icons.Gear, state.SecHiding: icons.Hide, state.SecRules: icons.Stamp, state.SecVault: icons.Lock, state.SecModels: icons.Seal, state.SecTeam: icons.People, state.SecKeys: icons.Keys}

// Settings is the settings room: a list of sections, the chosen one beside it.
type Settings struct {
	Content fyne.CanvasObject

	words *i18n.Words
	kept  state.Settings // what is kept; it may differ from the language in use until a restart
	about state.About
	do    Tuner
	keys  widgets.KeyHandler
	at    string
	list  *fyne.Container
	body  *fyne.Container
	wide  float32 // of the section
}

// NewSettings shows the settings. Before a vault is open there is only what needs none.
func NewSettings(w *i18n.Words, s state.Settings, a state.About, g Tuner, section string, keys widgets.KeyHandler) *Settings {
	t := theme.Current()
	x := &Settings{words: w, kept: s, about: a, do: g, keys: keys, at: section, list: container.NewStack(), body: container.NewStack()}
	if x.at == "" {
		x.at = state.SecGeneral
	}
	left := widgets.Room(t.Pane(228), 0, widgets.Ground(t.Surface, widgets.Border(widgets.Pad(head(w.T("room.settings")), theme.S12, theme.S12),
		widgets.Pad(notePara(w.T("app.about", "version", a.Version, "rules", a.RulePack), t.Pane(200)), theme.S12, theme.S12), nil, nil, x.list)))
	x.Content = widgets.Border(nil, nil, widgets.Border(nil, nil, nil, widgets.Rule(), left), nil, x.body)
	x.Show(x.at)
	return x
}

// At is the section on show.
func (x *Settings) At() string { return x.at }

// Models counts those that are listed, for tests.
func (x *Settings) Models() int { return len(x.about.Models) }

// SetAbout takes what was read of the vault and the models.
func (x *Settings) SetAbout(a state.About) { x.about = a; x.Show(x.at) }

// Show goes to a section.
func (x *Settings) Show(section string) {
	w := x.words
	x.at = section
	rows := widgets.VBox(0)
	for _, s := range state.SettingSections {
		b := widgets.NewButton(w.T("set."+s), sectionIcons[s], "", widgets.Ghost, func() { x.Show(s) })
		b.Keys = x.keys
		line := widgets.Pad(widgets.HBox(0, b), 2, theme.S8)
		if s == x.at {
			line = widgets.Current(line)
		}
		rows.Add(line)
	}
	put(x.list, rows)
	put(x.body, widgets.Reflow(anyWidth, func(width float32, _ bool) fyne.CanvasObject {
		x.wide = width - 2*theme.S32 - theme.S12
		all := append([]fyne.CanvasObject{title(w.T("set." + x.at))}, x.section()...)
		return container.NewVScroll(widgets.Pad(widgets.VBox(theme.S16, all...), theme.S24, theme.S32))
	}))
}

// anyWidth lays out anew at every width.
const anyWidth = 1 << 16

// section is what the chosen section shows.
func (x *Settings) section() []fyne.CanvasObject {
	switch x.at {
	case state.SecHiding:
		return x.hiding()
	case state.SecRules:
		return x.rules()
	case state.SecVault:
		return x.vault()
	case state.SecModels:
		return x.models()
	case state.SecTeam:
		return x.team()
	case state.SecKeys:
		return []fyne.CanvasObject{keyTable(x.words)}
	}
	return x.general()
}

// text is the width of a text of the section.
func (x *Settings) text() float32 { return min(theme.Current().Px(620), x.wide) }

// row is a setting: name and effect, the control beside them, or under them where there
// is no room.
func (x *Settings) row(name, what string, control fyne.CanvasObject) fyne.CanvasObject {
	wide := x.named()
	about := func(width float32) fyne.CanvasObject {
		words := widgets.NewParagraph(name, theme.Body, true, theme.Current().Text, width)
		if what == "" {
			return widgets.Middle(words)
		}
		return widgets.VBox(0, words, notePara(what, width))
	}
	if control.MinSize().Width > x.wide-wide {
		return widgets.VBox(theme.S12, widgets.VBox(theme.S8, about(x.text()), control), widgets.Rule())
	}
	return widgets.VBox(theme.S12, widgets.Border(nil, nil, widgets.Room(wide, 0, about(wide-theme.S16)), nil, widgets.Middle(control)), widgets.Rule())
}

// named is the width of a setting's name and effect.
func (x *Settings) named() float32 {
	t := theme.Current()
	return max(t.Pane(290), min(x.wide*0.36, t.Px(440)))
}

// choose is a row of options.
func (x *Settings) choose(ids []string, prefix, current string, changed func(string)) fyne.CanvasObject {
	return radio(x.words, x.wide, ids, prefix, current, changed, nil)
}

func (x *Settings) button(key string, icon icons.Name, do func()) fyne.CanvasObject {
	b := widgets.NewButton(x.words.T(key), icon, "", widgets.Plain, do)
	b.Keys = x.keys
	return widgets.HBox(0, b)
}

func (x *Settings) general() []fyne.CanvasObject {
	w, t := x.words, theme.Current()
	lang := x.kept.Language
	if lang == "" {
		lang = w.Lang()
	}
	var looks, sizes []string
	for _, l := range theme.Looks {
		looks = append(looks, string(l))
	}
	for p := 100; p <= 200; p += 25 {
		sizes = append(sizes, strconv.Itoa(p))
	}
	now := strconv.Itoa(int(t.Px(100) + 0.5))
	lock := "-1"
	if d := x.kept.Lock(); d > 0 {
		lock = strconv.Itoa(int(d / time.Minute))
	}
	locks := []string{"5", "15", "30", "60", "-1"}
	again := widgets.HBox(theme.S8)
	choose := x.choose(i18n.Languages, "lang.", lang, func(l string) {
		// Fyne calls a radio group's function when it is filled: only changes count.
		if l != lang {
			lang = l
			x.kept.Language = l
			x.do.SetLanguage(l)
			again.Objects = nil
			if l != w.Lang() {
				again.Add(x.button("set.restart", icons.Redo, x.do.Restart))
			}
			again.Refresh()
		}
	})
	return []fyne.CanvasObject{
		x.row(w.T("settings.language"), w.T("settings.language.what"), widgets.HBox(theme.S16, choose, again)),
		x.row(w.T("settings.look"), w.T("settings.look.what"), x.choose(looks, "look.", string(t.Look()), func(l string) {
			if l != string(t.Look()) {
				x.do.SetLook(theme.Look(l))
			}
		})),
		x.row(w.T("settings.size"), w.T("settings.size.what"), widgets.VBox(theme.S4, x.choose(sizes, "size.", now, func(p string) {
			if n, err := strconv.Atoi(p); err == nil && p != now {
				x.do.SetTextSize(n)
			}
		}), widgets.NewLabel(w.T("settings.size.sample"), theme.Head, false, t.Text))),
		x.row(w.T("settings.lock"), w.T("settings.lock.what"), x.choose(locks, "lock.", lock, func(m string) {
			if n, err := strconv.Atoi(m); err == nil && m != lock {
				lock = m
				x.kept.LockAfter = n
				x.do.SetLock(n)
			}
		})),
	}
}

// hiding are the defaults of new cases, with what they look like.
func (x *Settings) hiding() []fyne.CanvasObject {
	w, t, d := x.words, theme.Current(), x.kept.Defaults
	set := func(change func(*state.Defaults)) func() {
		return func() {
			change(&d)
			x.kept.Defaults = d
			x.do.SetDefaults(d)
			x.Show(x.at)
		}
	}
	style, person := d.StyleOr(), d.Cover == string(casework.CoverPerson)
	columns, halves := 4, 2
	if x.wide < t.Px(4*190) {
		columns, halves = 2, 1
	}
	var cards, names []fyne.CanvasObject
	card := func(word, what string, on bool, picture fyne.CanvasObject, do func()) {
		b := widgets.NewButton(word, chosenIcon(on), "", widgets.Plain, do)
		b.Keys = x.keys
		cards = append(cards, chosenCard(on, widgets.Pad(widgets.VBox(theme.S8, picture, b, notePara(what, x.wide/float32(columns)-2*theme.S16)), theme.S12, theme.S12)))
	}
	for _, s := range []string{"solid", "mosaic", "blur"} {
		card(w.T("style."+s), w.T("set.style."+s), style == s, widgets.NewSampleFace(s, false), set(func(d *state.Defaults) { d.Style = s }))
	}
	card(w.T("cover.person"), w.T("set.cover.person"), person, widgets.NewSampleFace(style, true), set(func(d *state.Defaults) {
		if d.Cover = string(casework.CoverPerson); person {
			d.Cover = ""
		}
	}))
	example := func(key string, general bool) fyne.CanvasObject {
		text := w.T("set.wording." + key)
		on := d.Generalise == general
		b := widgets.NewButton(w.T("wording."+key), chosenIcon(on), "", widgets.Plain, set(func(d *state.Defaults) { d.Generalise = general }))
		b.Keys = x.keys
		return chosenCard(on, widgets.Pad(widgets.VBox(theme.S8, widgets.HBox(0, b), widgets.Ground(theme.Paper, widgets.Pad(widgets.NewParagraph(text, theme.Body, false, theme.Ink, x.wide/float32(halves)-4*theme.S16), theme.S8, theme.S8))), theme.S12, theme.S12))
	}
	names = append(names, example("letters", false), example("general", true))
	return []fyne.CanvasObject{
		notePara(w.T("set.hiding.what"), x.text()), head(w.T("set.faces")), notePara(w.T("set.faces.what"), x.text()), inColumns(columns, cards),
		head(w.T("set.names")), inColumns(halves, names),
		x.row(w.T("new.mode"), w.T("set.mode.what"), x.choose([]string{string(casework.Anonymise), string(casework.Pseudonymise)}, "mode.", d.ModeOr(), func(m string) {
			if m != d.ModeOr() {
				set(func(d *state.Defaults) { d.Mode = m })()
			}
		})),
		widgets.Card(widgets.Pad(widgets.HBox(theme.S8, widgets.Middle(widgets.Icon(icons.Redo, 18, t.Text)), para(w.T("set.fallback"), x.wide-t.Px(18)-3*theme.S16)), theme.S12, theme.S12)),
	}
}

// chosenCard is one of several to choose from; the one that is chosen has a bold edge.
func chosenCard(on bool, o fyne.CanvasObject) fyne.CanvasObject {
	t := theme.Current()
	r := canvas.NewRectangle(t.Surface)
	r.StrokeColor, r.StrokeWidth, r.CornerRadius = t.Line, t.LineWidth(), theme.CardRadius
	if on {
		r.StrokeColor, r.StrokeWidth = t.Primary, 2*t.LineWidth()+0.5
	}
	return container.NewStack(r, o)
}

// chosenIcon is the tick of the one that is chosen.
func chosenIcon(on bool) icons.Name {
	if on {
		return icons.Tick
	}
	return ""
}

// inColumns are cards of the same width, in lines of n.
func inColumns(n int, cards []fyne.CanvasObject) fyne.CanvasObject {
	rows := widgets.VBox(theme.S12)
	for line := range slices.Chunk(cards, n) {
		rows.Add(widgets.Halves(theme.S12, line...))
	}
	return rows
}

func (x *Settings) fact(key, value string) fyne.CanvasObject {
	return x.row(x.words.T(key), "", widgets.NewParagraph(value, theme.Body, false, theme.Current().Text, min(theme.Current().Px(760), x.wide-x.named())))
}

func (x *Settings) rules() []fyne.CanvasObject {
	w := x.words
	return []fyne.CanvasObject{notePara(w.T("set.rules.what"), x.text()), x.fact("set.rulepack", x.about.RulePack), x.fact("set.rules.source", w.T("set.rules.law")), x.fact("set.rules.sign", w.T("set.rules.roles")), x.opened()}
}

// opened are the sheets over what is kept in the vault and counts in every case.
func (x *Settings) opened() fyne.CanvasObject {
	w := x.words
	if !x.about.Open {
		return widgets.VBox(0)
	}
	return widgets.VBox(theme.S16,
		x.row(w.T("handler.title"), w.T("set.handler.what"), x.button("set.handler.do", icons.Org, x.do.ShowHandler)),
		x.row(w.T("notice.title"), w.T("set.notice.what"), x.button("set.open", icons.Doc, x.do.ShowNotices)),
		x.row(w.T("allow.title"), w.T("set.allow.what"), x.button("set.open", icons.Show, x.do.ShowAllowed)),
		x.row(w.T("own.title"), w.T("set.own.what"), x.button("set.open", icons.Doc, x.do.ShowOwn)),
		x.row(w.T("group.title"), w.T("set.group.what"), x.button("set.open", icons.People, x.do.ShowGrouping)))
}

func (x *Settings) vault() []fyne.CanvasObject {
	w := x.words
	if !x.about.Kept {
		none := []fyne.CanvasObject{notePara(w.T("set.vault.none"), x.text())}
		if !x.about.Open {
			return none
		}
		return append(none, x.house()...)
	}
	rows := []fyne.CanvasObject{
		x.fact("set.vault.folder", x.about.Folder),
		x.row(w.T("set.pass"), w.T("set.pass.what"), x.button("set.pass.do", icons.Lock, x.do.ChangePassphrase)),
		x.row(w.T("set.recovery"), w.T("set.recovery.what"), x.button("set.recovery.do", icons.Doc, x.do.MakeRecovery)),
		x.row(w.T("set.backup"), w.T("set.backup.what"), x.button("set.backup.do", icons.Drop, x.do.BackUp)),
		x.row(w.T("restore.check.title"), w.T("set.restore.what"), x.button("restore.check.do", icons.Seal, x.do.CheckBackup)),
	}
	if x.about.Keyring {
		rows = append(rows, x.row(w.T("set.keyring"), w.T("set.keyring.what"), x.button("set.keyring.do", icons.Lock, x.do.ForgetPassphrase)))
	}
	if !x.about.MayKeep {
		rows = append([]fyne.CanvasObject{notePara(w.T("set.vault.keeper"), x.text())}, rows[0])
	}
	return append(rows, x.house()...)
}

// house is what anybody may look at of the vault.
func (x *Settings) house() []fyne.CanvasObject {
	w := x.words
	return []fyne.CanvasObject{
		x.row(w.T("user.title"), w.T("set.users.what"), x.button("set.open", icons.People, x.do.ShowUsers)),
		x.row(w.T("purge.title"), w.T("set.purge.what"), x.button("set.purge.do", icons.Clock, x.do.PurgeDue)),
		x.row(w.T("ledger.title"), w.T("set.ledger.what"), x.button("set.open", icons.Seal, x.do.ShowLedger)),
	}
}

func (x *Settings) models() []fyne.CanvasObject {
	w := x.words
	rows := []fyne.CanvasObject{notePara(w.T("set.models.what"), x.text()), x.row(w.T("doctor.title"), w.T("set.doctor.what"), x.button("set.doctor.do", icons.Seal, x.do.ShowInstalled))}
	if len(x.about.Models) == 0 {
		rows = append(rows, body(w.T(x.noModels())))
	}
	for _, m := range x.about.Models {
		rows = append(rows, widgets.VBox(theme.S8, widgets.VBox(0, strong(m.Name), notePara(m.SHA256, x.wide)), widgets.Rule()))
	}
	return rows
}

// noModels says why no models are listed.
func (x *Settings) noModels() string {
	if x.about.Open && !x.about.Prepares {
		return "set.models.not"
	}
	return "home.loading"
}

func (x *Settings) team() []fyne.CanvasObject {
	w := x.words
	key := "set.team.none"
	if x.about.Team {
		key = "set.team.on"
	}
	return []fyne.CanvasObject{notePara(w.T(key), x.text()), notePara(w.T("set.team.what"), x.text())}
}
