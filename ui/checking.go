package ui

import (
	"context"
	"time"

	"consentry/ui/screens"
	"consentry/ui/state"
)

// CheckFile attacks any file and says what can still be got out of it.
func (w *window) CheckFile() {
	if w.session == nil || len(w.sheets) > 0 {
		return
	}
	w.checking = screens.NewCheck(w.words, func() { w.askFile(w.check) }, func() { w.askFolder(w.check) }, w.closeSheet)
	w.sheet(w.checking.Content, w.checking.First())
}

func (w *window) check(path string) {
	s, sheet, began := w.session, w.checking, time.Now()
	if sheet == nil {
		return
	}
	sheet.Busy(w.words.T("job.models"))
	meter := &state.Meter{Tell: func(p state.Progress) {
		w.post(func() { sheet.Say(screens.CountWords(w.words, p)) })
	}}
	workIn(w, &w.checks, func(ctx context.Context) (c state.Checked, err error) {
		err = w.heavy(ctx, func() error {
			c, err = s.Registry().Check(ctx, path, meter)
			return err
		})
		return c, err
	}, func(c state.Checked, err error) {
		switch {
		case w.session != s || w.checking != sheet:
		case err != nil:
			sheet.Failed(err)
		default:
			sheet.Set(c)
			w.ended(began, "notify.checked")
		}
	})
}

// droppedCheck takes what fell on the sheet that checks files.
func (w *window) droppedCheck(paths []string) bool {
	if w.checking == nil || len(paths) != 1 {
		return false
	}
	if !w.checks.Busy() {
		w.check(paths[0])
	}
	return true
}

// ShowInstalled says what of the program is there, and whether it is what it should be.
func (w *window) ShowInstalled() {
	if len(w.sheets) > 0 {
		return
	}
	work(w, w.opts.Backend.Installed, func(i state.Installed, err error) {
		switch {
		case len(w.sheets) > 0:
		case err != nil:
			w.failed(err)
		default:
			w.house.installed = screens.NewInstalled(w.words, i, w.app.Clipboard().SetContent, w.closeSheet)
			w.sheet(w.house.installed.Content, w.house.installed.First())
		}
	})
}
