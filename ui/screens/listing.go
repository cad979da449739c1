package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/ui/i18n"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// listing is the frame of a sheet over a list: what it is, lines, what is done to them,
// and a button that closes it, which has the focus.
type listing struct {
	Content fyne.CanvasObject

	words  *i18n.Words
	rows   *fyne.Container
	scroll *container.Scroll // of the rows
	said   *fyne.Container
	close  *widgets.Button
	told   string // what was said last
	wide   float32
}

// newListing is a sheet without lines; foot are buttons beside the one that closes it.
func newListing(w *i18n.Words, heading, what string, cancel func(), foot ...fyne.CanvasObject) *listing {
	l := &listing{words: w, rows: container.NewStack(), said: container.NewStack(), close: widgets.NewButton(w.T("close"), "", "Esc", widgets.Plain, cancel), wide: formWidth()}
	var middle fyne.CanvasObject
	middle, l.scroll = scroller(l.wide, listHeight, l.rows)
	buttons := widgets.Border(nil, nil, nil, l.close, widgets.Flow(l.wide-l.close.MinSize().Width-theme.S8, theme.S8, foot...))
	l.Content = sheetOf(l.wide, widgets.VBox(theme.S12, title(heading), notePara(what, l.wide)), middle, widgets.VBox(theme.S12, l.said, buttons))
	return l
}

// set shows the lines.
func (l *listing) set(none string, lines ...fyne.CanvasObject) {
	box := widgets.VBox(0)
	if len(lines) == 0 {
		box.Add(notePara(none, l.wide))
	}
	for i, o := range lines {
		if i > 0 {
			box.Add(widgets.Rule())
		}
		box.Add(widgets.Pad(o, theme.S8, 0))
	}
	put(l.said, widgets.Spacer())
	put(l.rows, box)
	px := theme.Current().Px
	l.scroll.SetMinSize(fyne.NewSize(l.scroll.MinSize().Width, min(max(l.scroll.Content.MinSize().Height+1, px(120)), px(listHeight))))
}

// listHeight is the most that lines take, at 100 %, before they are scrolled.
const listHeight = 520

// line is one of them: what it is, about it, and what is done to it, which goes below
// where there is little room or more than one thing to do.
func (l *listing) line(name, about string, tag fyne.CanvasObject, do ...fyne.CanvasObject) fyne.CanvasObject {
	t := theme.Current()
	head := fyne.CanvasObject(widgets.NewParagraph(name, theme.Body, true, t.Text, l.wide))
	if tag != nil {
		head = widgets.Border(nil, nil, nil, widgets.Middle(tag), widgets.Middle(widgets.NewParagraph(name, theme.Body, true, t.Text, l.wide-tag.MinSize().Width-theme.S12)))
	}
	rows := widgets.VBox(theme.S4, head)
	if about != "" {
		rows.Add(notePara(about, l.wide))
	}
	if len(do) == 1 && tag == nil { // one button stands at the end of the line
		if end := do[0].MinSize().Width + theme.S16; end < l.wide/2 {
			words := widgets.VBox(theme.S4, widgets.NewParagraph(name, theme.Body, true, t.Text, l.wide-end))
			if about != "" {
				words.Add(notePara(about, l.wide-end))
			}
			return widgets.Border(nil, nil, nil, widgets.Middle(do[0]), widgets.Middle(words))
		}
	}
	if len(do) > 0 {
		rows.Add(widgets.Flow(l.wide, theme.S8, do...))
	}
	return rows
}

// Say says something in place.
func (l *listing) Say(what string) {
	l.told = what
	put(l.said, notePara(what, l.wide))
}

// Said is what was said last.
func (l *listing) Said() string { return l.told }

// Failed says why something was not done.
func (l *listing) Failed(err error) {
	l.told = Wrong(l.words, err)
	put(l.said, trouble(l.words, err, l.wide))
}

// Sheet is what is shown.
func (l *listing) Sheet() fyne.CanvasObject { return l.Content }

// First is what has the focus: Enter does nothing but close.
func (l *listing) First() fyne.Focusable { return l.close }

// do is a button of the sheet.
func (l *listing) do(key string, on bool, do func()) *widgets.Button {
	b := widgets.NewButton(l.words.T(key), "", "", widgets.Plain, do)
	b.SetEnabled(on)
	return b
}
