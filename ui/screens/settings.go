package screens

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/ui/i18n"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Tuner is what the settings ask for.
type Tuner interface {
	SetLanguage(lang string) // from the next start
	SetLook(look theme.Look) // at once
	SetTextSize(percent int) // at once
	SetLock(minutes int)     // at once; -1: never
}

// NewSettings shows the settings. saved is what is kept; it may differ from the
// language in use until a restart.
func NewSettings(w *i18n.Words, s state.Settings, g Tuner, about string) fyne.CanvasObject {
	t := theme.Current()
	row := func(name, what string, control fyne.CanvasObject) fyne.CanvasObject {
		return widgets.VBox(theme.S12, widgets.Border(nil, nil, widgets.Room(t.Pane(320), 0, widgets.VBox(0, strong(name), note(what))), nil, widgets.Middle(control)), widgets.Rule())
	}
	lang := s.Language
	if lang == "" {
		lang = w.Lang()
	}
	var looks []string
	for _, l := range theme.Looks {
		looks = append(looks, string(l))
	}
	var sizes []string
	for p := 100; p <= 200; p += 25 {
		sizes = append(sizes, strconv.Itoa(p))
	}
	now := strconv.Itoa(int(t.Px(100) + 0.5))
	lock := "-1"
	if d := s.Lock(); d > 0 {
		lock = strconv.Itoa(int(d / time.Minute))
	}
	locks := []string{"5", "15", "30", "60", "-1"}
	// Fyne calls a radio group's function when it is filled: only changes count.
	return container.NewVScroll(widgets.Pad(widgets.VBox(theme.S16,
		title(w.T("room.settings")),
		row(w.T("settings.language"), w.T("settings.language.what"), radio(w, i18n.Languages, "lang.", lang, func(l string) {
			if l != lang {
				lang = l
				g.SetLanguage(l)
			}
		})),
		row(w.T("settings.look"), w.T("settings.look.what"), radio(w, looks, "look.", string(t.Look()), func(l string) {
			if l != string(t.Look()) {
				g.SetLook(theme.Look(l))
			}
		})),
		row(w.T("settings.size"), w.T("settings.size.what"), radio(w, sizes, "size.", now, func(p string) {
			if n, err := strconv.Atoi(p); err == nil && p != now {
				g.SetTextSize(n)
			}
		})),
		row(w.T("settings.lock"), w.T("settings.lock.what"), radio(w, locks, "lock.", lock, func(m string) {
			if n, err := strconv.Atoi(m); err == nil && m != lock {
				lock = m
				g.SetLock(n)
			}
		})),
		note(about),
	), theme.S24, theme.S32))
}
