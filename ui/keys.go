package ui

import (
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"consentry/ui/browse"
	"consentry/ui/screens"
	"consentry/ui/state"
)

// unnamed is a shortcut whose key the menu does not write: Fyne writes it at a
// fifth of the ink. The item's own words name the key instead.
type unnamed struct{ fyne.Shortcut }

// menu makes the window's menus from the key table.
func (w *window) menu() *fyne.MainMenu {
	main := &fyne.MainMenu{}
	for _, m := range state.Menus {
		menu := fyne.NewMenu(w.words.T("menu." + string(m)))
		for _, k := range state.Keys {
			if k.Menu != m {
				continue
			}
			label := w.words.T("cmd." + string(k.Command))
			if name := screens.KeyName(w.words, k); k.Key != "" {
				label += "    " + name
			}
			item := fyne.NewMenuItem(label, func() { w.do(k.Command, false) })
			item.Shortcut = shortcut(k)
			item.IsQuit = k.Command == state.Quit
			menu.Items = append(menu.Items, item)
		}
		main.Items = append(main.Items, menu)
	}
	return main
}

func shortcut(k state.Key) fyne.Shortcut {
	if !k.Ctrl || k.Key == "" {
		return nil
	}
	if k.Key == "Z" && !k.Shift {
		return unnamed{&fyne.ShortcutUndo{}}
	}
	mod := fyne.KeyModifierShortcutDefault
	if k.Shift {
		mod |= fyne.KeyModifierShift
	}
	return unnamed{&desktop.CustomShortcut{KeyName: fyne.KeyName(k.Key), Modifier: mod}}
}

// do carries a command out, wherever it came from.
func (w *window) do(c state.Command, all bool) {
	w.touch()
	if c == state.Quit {
		w.close()
		return
	}
	if f, ok := w.win.Canvas().Focused().(fyne.Shortcutable); ok && c == state.UndoLast {
		f.TypedShortcut(&fyne.ShortcutUndo{}) // a text field undoes its own typing
		return
	}
	if n := len(w.sheets); n > 0 {
		if press := w.sheets[n-1].Press; c == state.Primary && press != nil {
			press()
		}
		return
	}
	switch c {
	case state.NewCase, state.OpenFolder:
		w.ChooseFolder()
	case state.OpenFiles:
		w.ChooseFiles()
	case state.OpenSample:
		w.OpenSample()
	case state.GoHome:
		w.show(roomHome)
	case state.GoCase:
		w.show(roomCase)
	case state.GoRegistry:
		w.show(roomRegistry)
	case state.GoApprovals:
		w.show(roomApprovals)
	case state.GoPublished:
		w.show(roomPublished)
	case state.Palette:
		w.openPalette()
	case state.Withdraw:
		w.RecordWithdrawal()
	case state.AddSubject, state.ImportFile, state.FileReturned:
		w.inRegistry(c)
	case state.RequestThem, state.WithdrawThem, state.ChangeThem, state.GroundsOf:
		w.aboutThem(c)
	case state.ShowInstalled:
		w.ShowInstalled()
	case state.CopyDetails:
		w.CopyDetails()
	case state.GoSettings:
		w.show(roomSettings)
	case state.KeySheet:
		w.sheet(screens.NewKeySheet(w.words, w.closeSheet), nil)
	default:
		if open := w.deeds()[c]; open != nil {
			if w.session != nil {
				open()
			}
			return
		}
		switch r := w.room.open; {
		case r != nil && w.room.name == roomCase && c == state.AssessCase:
			r.Assess()
		case r != nil && w.room.name == roomCase && c == state.RequestAll:
			r.RequestAll()
		case r != nil && w.room.name == roomCase && c == state.CaseOptions:
			r.Options()
		case r != nil && w.room.name == roomCase && c == state.AddFiles:
			w.browse(browse.Files, r.add)
		case r != nil && w.room.name == roomCase && c == state.AddFolder:
			w.browse(browse.Folder, r.add)
		case r != nil && w.room.name == roomCase:
			r.bench.Do(c, all)
		case c == state.Primary && w.room.approvals != nil:
			w.SignPackage()
		case c == state.Primary && w.room.published != nil:
			w.ExportNew()
		}
	}
}

// deeds are the commands that open a sheet in whatever room one is.
func (w *window) deeds() map[state.Command]func() {
	return map[state.Command]func(){
		state.ShowWaiting: w.ShowWaiting, state.ShowNotices: w.ShowNotices, state.ExportAll: w.ExportRegistry, state.ShowAllowed: w.ShowAllowed,
		state.ShowHandler: w.ShowHandler, state.ShowUsers: w.ShowUsers, state.ShowLedger: w.ShowLedger, state.PurgeDue: w.PurgeDue,
		state.ShowOwn: w.ShowOwn, state.CheckBackup: w.CheckBackup, state.ShowGrouping: w.ShowGrouping,
		state.WithdrawMany: w.WithdrawMany, state.CheckFile: w.CheckFile,
	}
}

// named are the keys of the table that type no rune.
var named = map[fyne.KeyName]string{
	fyne.KeyDelete: "Delete", fyne.KeyBackspace: "Delete", fyne.KeyPageUp: "PageUp", fyne.KeyPageDown: "PageDown",
	fyne.KeyLeft: "Left", fyne.KeyRight: "Right", fyne.KeyUp: "Up", fyne.KeyDown: "Down",
}

// TypedKey acts on Esc and the named keys while no text field has the focus. What
// an arrow moves is kept when the key is let go.
func (w *window) TypedKey(e *fyne.KeyEvent) {
	w.touch()
	if e.Name == fyne.KeyEscape {
		w.escape()
		return
	}
	c := state.Single(named[e.Name])
	if c == "" {
		return
	}
	if dx, dy := c.Nudge(w.shift()); dx != 0 || dy != 0 {
		if r := w.room.open; r != nil && w.room.name == roomCase && len(w.sheets) == 0 {
			r.bench.Arrow(c, w.shift())
		}
		return
	}
	w.do(c, w.shift())
}

// shift reports whether Shift is held.
func (w *window) shift() bool {
	d, ok := w.app.Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}

// TypedRune acts on letters and signs. Runes come after their key: a sheet that
// a key opened would otherwise get the letter into its text field.
func (w *window) TypedRune(r rune) {
	w.touch()
	switch {
	case r == '=':
		r = '+'
	case r == '？': // a Chinese input method's
		r = '?'
	}
	if h := w.room.home; h != nil && len(w.sheets) == 0 && r >= '1' && r <= '9' {
		h.Do(int(r - '0'))
		return
	}
	single := state.Single
	if w.room.registry != nil {
		single = state.SingleOfConsents
	}
	if c := single(string(unicode.ToUpper(r))); c != "" {
		w.do(c, unicode.IsUpper(r))
	}
}

// KeyDown shows the original while Space is held.
func (w *window) KeyDown(e *fyne.KeyEvent) {
	w.touch()
	if r := w.room.open; e.Name == fyne.KeySpace && r != nil && w.room.name == roomCase && len(w.sheets) == 0 {
		r.bench.SetOriginal(true)
	}
}

// KeyUp shows the result again, and keeps where arrows moved a box to.
func (w *window) KeyUp(e *fyne.KeyEvent) {
	r := w.room.open
	if r == nil {
		return
	}
	switch c := state.Single(named[e.Name]); {
	case e.Name == fyne.KeySpace:
		r.bench.SetOriginal(false)
	case c != "":
		if dx, dy := c.Nudge(false); dx != 0 || dy != 0 {
			r.bench.Settle()
		}
	}
}

func (w *window) escape() {
	if n := len(w.sheets); n > 0 {
		if !w.sheets[n-1].Stays {
			w.closeSheet()
		}
		return
	}
	if r := w.room.open; r != nil && w.room.name == roomCase && r.bench.Escape() {
		return
	}
	w.win.Canvas().Unfocus()
}
