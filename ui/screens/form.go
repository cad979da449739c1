package screens

import (
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// form is the frame of a dialog that does one thing: what it is, fields, what is
// still missing, and a button that is off until nothing is.
type form struct {
	Content fyne.CanvasObject

	words   *i18n.Words
	first   fyne.Focusable
	ok      *widgets.Button
	hint    *fyne.Container
	foot    *fyne.Container // the buttons
	missing func() string   // key of what is missing; empty: nothing
	lacks   func() []string // keys of all that is missing; may be nil
	changed func()          // called after every change; may be nil
	told    string          // what stands beside the button
	busy    bool
	wide    float32
	cancel  func()
}

// formHeight is the most that fields take, at 100 %, before they are scrolled.
const formHeight = 720

// formWidth is the width of a form's text, which grows less than the letters.
func formWidth() float32 { return min(theme.Current().Px(560), 840) }

// newForm is a form without fields; put them in with fill.
func newForm(w *i18n.Words, missing func() string, cancel func()) *form {
	return &form{words: w, hint: container.NewStack(), missing: missing, wide: formWidth(), cancel: cancel}
}

// fill lays the form out. do names what the button does.
func (f *form) fill(heading, what, do string, icon icons.Name, rank widgets.Rank, send func(), rows ...fyne.CanvasObject) {
	w := f.words
	f.ok = widgets.NewButton(do, icon, "", rank, func() {
		if !f.busy && f.missing() == "" {
			f.busy = true
			f.check()
			send()
		}
	})
	f.foot = widgets.HBox(theme.S12, widgets.NewButton(w.T("cancel"), "", "Esc", widgets.Plain, f.cancel), f.ok)
	f.Content = sheetOf(f.wide, widgets.VBox(theme.S12, title(heading), notePara(what, f.wide)), scrolled(f.wide, rows...),
		widgets.Border(nil, nil, nil, f.foot, widgets.Middle(f.hint)))
	f.check()
}

// sheetOf is a sheet whose middle gives way in a small window; what stands over and
// under it stays.
func sheetOf(wide float32, over, middle, under fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Room(wide, 0, widgets.Border(over, under, nil, nil, widgets.Pad(middle, theme.S12, 0)))
}

// scrolled are rows that scroll where there is no room for all of them.
func scrolled(wide float32, rows ...fyne.CanvasObject) fyne.CanvasObject {
	o, _ := scroller(wide, formHeight, widgets.VBox(theme.S12, rows...))
	return o
}

// scroller scrolls what is taller than a height, at 100 %. What it holds begins and ends
// where the rest of the sheet does: the rings of the focus and the bar stand in the
// sheet's margin. It has a pixel more than it needs: sums of sizes are rounded, and one
// that is a hair too tall had a bar of its whole height.
func scroller(wide, high float32, o fyne.CanvasObject) (fyne.CanvasObject, *container.Scroll) {
	s := container.NewVScroll(container.New(layout.NewCustomPaddedLayout(widgets.RingRoom, widgets.RingRoom, widgets.RingRoom, theme.S16), o))
	s.SetMinSize(fyne.NewSize(wide+widgets.RingRoom+theme.S16, min(s.Content.MinSize().Height+1, theme.Current().Px(high))))
	return container.New(layout.NewCustomPaddedLayout(-widgets.RingRoom, -widgets.RingRoom, -widgets.RingRoom, -theme.S16), s), s
}

// check says what is missing and turns the button on or off.
func (f *form) check() {
	if f.ok == nil {
		return
	}
	m := f.missing()
	if f.changed != nil && !f.busy {
		f.changed()
	}
	f.ok.SetEnabled(m == "" && !f.busy)
	switch {
	case f.busy:
		f.say(f.words.T("form.busy"))
	case m == "":
		f.say("")
	default:
		f.say(missingWords(f.words, m, f.lacks))
	}
}

// mostLacking bounds how many things that are missing are named.
const mostLacking = 3

// missingWords says what is missing or wrong; where lacks knows of more, how much.
func missingWords(w *i18n.Words, m string, lacks func() []string) string {
	if !w.Has("lack." + m) {
		return w.T("missing." + m)
	}
	all := []string{m}
	if lacks != nil {
		all = lacks()
	}
	key, n := "lacking", len(all)
	if n > mostLacking {
		key, all = "lacking.more", all[:mostLacking]
	}
	return w.T(key, "n", n, "what", strings.Join(wordsOf(w, "lack.", all), w.T("list")))
}

func (f *form) say(s string) {
	f.told = s
	f.hint.Objects = nil
	if s != "" {
		f.hint.Objects = []fyne.CanvasObject{notePara(s, f.hintWide())}
	}
	f.hint.Refresh()
}

// hintWide is how much room there is beside the buttons.
func (f *form) hintWide() float32 { return f.wide - f.foot.MinSize().Width - theme.S12 }

// Failed says why it was not done; what was typed stays.
func (f *form) Failed(err error) {
	f.busy = false
	f.check()
	f.told = Wrong(f.words, err)
	put(f.hint, trouble(f.words, err, f.hintWide()))
}

// Sheet is what is shown.
func (f *form) Sheet() fyne.CanvasObject { return f.Content }

// First is the field that has the focus.
func (f *form) First() fyne.Focusable { return f.first }

// Told is what stands beside the button.
func (f *form) Told() string { return f.told }

// Ready reports whether the button is on.
func (f *form) Ready() bool { return f.ok.Enabled() }

// Submit presses the button.
func (f *form) Submit() { f.ok.Tapped(nil) }

// text is a field for a line.
func (f *form) text(hint string, changed func(string)) *entry {
	e := newEntry(hint)
	e.escape = f.cancel
	e.OnChanged = func(s string) {
		changed(s)
		f.check()
	}
	if f.first == nil {
		f.first = e
	}
	return e
}

// day is a field for a day; bad is set where what stands there is none.
func (f *form) day(hint string, changed func(on time.Time, bad bool)) *entry {
	return f.text(hint, func(s string) {
		on, ok := state.Day(s)
		changed(on, !ok)
	})
}

// choose is a select without a choice made for anybody.
func (f *form) choose(ts authz.Terms, changed func(id string)) *options {
	o := newOptions(nil, nil)
	o.escape, o.PlaceHolder = f.cancel, f.words.T("form.choose")
	of := map[string]string{}
	for _, t := range ts {
		l := term(ts, t.ID, f.words.Lang())
		o.Options = append(o.Options, l)
		of[l] = t.ID
	}
	o.OnChanged = func(l string) {
		changed(of[l])
		f.check()
	}
	return o
}

// choice is a row of options of which none is chosen for anybody.
func (f *form) choice(options []string, changed func(i int)) *widgets.Choice {
	c := widgets.NewChoice(options, -1, f.wide, func(i int) {
		changed(i)
		f.check()
	})
	c.Escape = f.cancel
	return c
}

// wordsOf are the words of some ids, which stand under prefix.
func wordsOf(w *i18n.Words, prefix string, ids []string) (words []string) {
	for _, id := range ids {
		words = append(words, w.T(prefix+id))
	}
	return words
}

// tick is one box.
func (f *form) tick(words string, on bool, changed func(bool)) *tick {
	return newTick(words, on, func(yes bool) {
		changed(yes)
		f.check()
	}, f.cancel)
}

// checks are boxes in lines, one a term.
func (f *form) checks(ts authz.Terms, on []string, changed func(ids []string)) fyne.CanvasObject {
	o, _ := f.boxes(ts, on, changed)
	return o
}

// boxes are checks that can be ticked by their ids.
func (f *form) boxes(ts authz.Terms, on []string, changed func(ids []string)) (fyne.CanvasObject, map[string]*tick) {
	var boxes []fyne.CanvasObject
	of := map[string]*tick{}
	for _, t := range ts {
		of[t.ID] = f.tick(term(ts, t.ID, f.words.Lang()), slices.Contains(on, t.ID), func(yes bool) {
			on = slices.DeleteFunc(slices.Clone(on), func(id string) bool { return id == t.ID })
			if yes {
				on = append(on, t.ID)
			}
			changed(on)
		})
		boxes = append(boxes, of[t.ID])
	}
	return widgets.Flow(f.wide, theme.S4, evenly(boxes)...), of
}

// evenly gives objects the width of the widest, so that lines of them stand in columns.
func evenly(os []fyne.CanvasObject) (rooms []fyne.CanvasObject) {
	var wide float32
	for _, o := range os {
		wide = max(wide, o.MinSize().Width)
	}
	for _, o := range os {
		rooms = append(rooms, widgets.Room(wide, 0, o))
	}
	return rooms
}

// one is a row of options whose words stand under prefix; current is chosen.
func (f *form) one(ids []string, prefix, current string, changed func(id string)) *widgets.Choice {
	c := f.choice(wordsOf(f.words, prefix, ids), func(i int) { changed(ids[i]) })
	c.Start(slices.Index(ids, current))
	return c
}

// file is a button that asks for a file or folder, and its name behind it.
func (f *form) file(words string, ask func(func(path string)), changed func(path string)) (fyne.CanvasObject, func(path string)) {
	name := widgets.NewCutLabel(f.words.T("form.nofile"), theme.Note, false, theme.Current().Muted)
	put := func(path string) {
		changed(path)
		name.Set(filepath.Base(path))
		f.check()
	}
	b := widgets.NewButton(words, icons.Doc, "", widgets.Plain, func() { ask(put) })
	return widgets.Border(nil, nil, b, nil, widgets.Pad(widgets.Middle(name), 0, theme.S8)), put
}

// two are two fields beside each other.
func two(a, b fyne.CanvasObject) fyne.CanvasObject { return widgets.Halves(theme.S12, a, b) }

// Said is a sheet that says what was done.
type Said struct {
	Content fyne.CanvasObject
	Words   string
	button  *widgets.Button
}

// NewFailed is the sheet that says why something was not done.
func NewFailed(w *i18n.Words, err error, done func()) *Said {
	var more []fyne.CanvasObject
	if d := state.DetailsOf(err); d != "" {
		more = append(more, NewCopyDetails(w, d))
	}
	return newSaid(w, w.T("wrong.title"), icons.Warn, theme.Current().Stop, []string{Wrong(w, err)}, done, more...)
}

// NewSaid is the sheet; lines stand one under the other.
func NewSaid(w *i18n.Words, heading string, icon icons.Name, tone theme.Tone, lines []string, done func()) *Said {
	return newSaid(w, heading, icon, tone, lines, done)
}

// NewSaidNo says what a no did; see goes to what has to be done now.
func NewSaidNo(w *i18n.Words, heading string, lines []string, see, done func()) *Said {
	return newSaid(w, heading, icons.Seal, theme.Current().OK, lines, done, widgets.NewButton(w.T("withdraw.see"), icons.Right, "", widgets.Plain, see))
}

func newSaid(w *i18n.Words, heading string, icon icons.Name, tone theme.Tone, lines []string, done func(), more ...fyne.CanvasObject) *Said {
	s := &Said{Words: strings.Join(lines, "\n"), button: widgets.NewButton(w.T("close"), "", "Esc", widgets.Primary, done)}
	wide := formWidth()
	rows := []fyne.CanvasObject{widgets.HBox(theme.S8, widgets.Middle(widgets.Icon(icon, 24, tone.Text)), title(heading))}
	for _, l := range lines {
		rows = append(rows, para(l, wide))
	}
	s.Content = widgets.Room(wide, 0, widgets.VBox(theme.S12, append(rows, widgets.HBox(theme.S8, append(append(more, widgets.Spacer()), s.button)...))...))
	return s
}

// First is what has the focus.
func (s *Said) First() fyne.Focusable { return s.button }
