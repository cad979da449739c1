package ui

import (
	"time"

	"fyne.io/fyne/v2"
)

// longWork is what takes so long that one looks elsewhere meanwhile.
const longWork = 10 * time.Second

// listen hears whether anybody looks at the window.
func (w *window) listen() {
	l := w.app.Lifecycle()
	l.SetOnEnteredForeground(func() { w.away.Store(false) })
	l.SetOnExitedForeground(func() { w.away.Store(true) })
}

// ended tells, through the system, that long work has ended while nobody looked. On a
// screen that others may see, and in the system's list of messages, it names no case,
// no file and nobody.
func (w *window) ended(began time.Time, key string, args ...any) {
	if w.away.Load() && time.Since(began) >= w.long {
		w.app.SendNotification(fyne.NewNotification(w.words.T("app.name"), w.words.T(key, args...)))
	}
}
