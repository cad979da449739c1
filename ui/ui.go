package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"consentry/ui/i18n"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// Options are what main hands to the window.
type Options struct {
	Backend Backend
	// Language is zh or en and goes before the settings; empty leaves it to them,
	// and without settings to Locale.
	Language string
	Locale   string // the system's: zh_CN.UTF-8, en_US …
	Look     theme.Look
	// Regular and Bold are the faces of Noto Sans SC, as TTF.
	Regular, Bold []byte
	// Icon is the program's icon, PNG or SVG; may be empty.
	Icon         []byte
	Paths        []string // files and folders named on the command line
	Sample       bool     // open the sample case straight away
	SettingsFile string   // where settings are kept; empty: nowhere
	Version      string   // shown in the settings
	QuitAfter    time.Duration
}

// AppID names the program to the desktop.
const AppID = "io.consentry.desktop"

// Run shows the window and returns when it is closed. It has to be called on
// the main goroutine.
func Run(ctx context.Context, o Options) error {
	a := app.NewWithID(AppID)
	settings := state.LoadSettings(o.SettingsFile)
	// The theme comes before the first widget: Fyne keeps the face it met first.
	firstTheme(o, settings).Wear(a.Settings())
	if len(o.Icon) > 0 {
		a.SetIcon(fyne.NewStaticResource("consentry-icon", o.Icon))
	}
	w := newWindow(a, o, settings, fyne.Do)
	stop := context.AfterFunc(ctx, func() { fyne.Do(w.close) })
	defer stop()
	if o.QuitAfter > 0 {
		time.AfterFunc(o.QuitAfter, func() { fyne.Do(w.close) })
	}
	w.win.Show()
	w.begin()
	stopWatch := w.watch()
	defer stopWatch()
	a.Lifecycle().SetOnStopped(func() { w.gone.Store(true) })
	a.Run()
	w.end()
	return nil
}

func firstTheme(o Options, s state.Settings) *theme.Theme {
	look := o.Look
	if look == "" {
		look = theme.Look(s.Look)
	}
	return theme.New(look, s.Scale(), o.Regular, o.Bold)
}

func firstWords(o Options, s state.Settings) *i18n.Words {
	switch {
	case o.Language != "":
		return i18n.For(o.Language)
	case s.Language != "":
		return i18n.For(s.Language)
	}
	return i18n.For(o.Locale)
}
