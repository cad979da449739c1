package ui

import (
	"fyne.io/fyne/v2"
)

// formSheet is a sheet with a form.
type formSheet interface {
	Sheet() fyne.CanvasObject
	First() fyne.Focusable
	Submit()
	Failed(error)
}

// ask opens a dialog and keeps it in its slot. One that was closed before it was
// sent is opened as it was left; about says what it is about, besides its kind.
func ask[D interface {
	comparable
	formSheet
}](w *window, slot *D, kind, about string, fresh func() D) {
	key := kind + " " + about
	d, ok := w.drafts[key].(D)
	if !ok {
		d = fresh()
		if w.drafts == nil {
			w.drafts = map[string]formSheet{}
		}
		w.drafts[key] = d
	}
	*slot = d
	w.sheet(d.Sheet(), d.First(), d.Submit)
}

// sent forgets the draft of a dialog that was done with.
func (w *window) sent(f any) {
	for key, d := range w.drafts {
		if any(d) == f {
			delete(w.drafts, key)
		}
	}
}
