package screens

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// narrowBelow is the width of the bench, at 100 %, below which its side panes are
// tabs of one: 1000 without the rail.
const narrowBelow = 916

// A tab is what stands in the one side pane of a narrow bench.
type tab string

const (
	tabQuestion tab = "question"
	tabList     tab = "list"
	tabPeople   tab = "people"
)

// tabs are all tabs in order.
var tabs = []tab{tabQuestion, tabList, tabPeople}

// adaptive lays the bench out by its own width.
type adaptive struct{ b *Workbench }

// MinSize implements fyne.Layout: whatever room there is, the bench finds a form
// for it.
func (a adaptive) MinSize(os []fyne.CanvasObject) fyne.Size {
	t := theme.Current()
	return fyne.NewSize(t.Px(360), t.Px(300))
}

// Layout implements fyne.Layout.
func (a adaptive) Layout(os []fyne.CanvasObject, s fyne.Size) {
	a.b.fit(s.Width)
	for _, o := range os {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(s)
	}
}

// fit arranges the bench for a width.
func (b *Workbench) fit(width float32) {
	t := theme.Current()
	if width == b.width || width <= 0 {
		return
	}
	narrow := width < t.Px(narrowBelow)
	fresh := narrow != b.narrow || narrow || b.width == 0
	b.width, b.narrow = width, narrow
	b.refreshHead()
	if fresh {
		b.arrange()
		if b.mode == onCanvas {
			b.refreshLeft()
			b.refreshCanvas()
			b.refreshPanel()
			b.refreshStrips()
		} else {
			b.refresh()
		}
	}
}

// sideWidth is the width of the left pane and of the right one; of a narrow bench
// both are the one there is.
func (b *Workbench) sideWidth() (left, right float32) {
	if t := theme.Current(); !b.narrow {
		return t.Pane(leftWidth), t.Pane(panelWidth)
	}
	w := min(max(b.width*0.42, theme.Current().Px(200)), b.width*0.6)
	return w, w
}

// arrange puts the panes beside the canvas, or into tabs of one.
func (b *Workbench) arrange() {
	t, line := theme.Current(), widgets.Rule
	under := fyne.CanvasObject(b.strips.box)
	b.center = widgets.Border(widgets.VBox(0, widgets.Ground(t.Surface, b.tools.room), line()), under, nil, nil, b.canvas)
	center := b.center
	l, r := b.sideWidth()
	if !b.narrow {
		put(b.body, widgets.Border(nil, nil,
			widgets.Border(nil, nil, nil, line(), widgets.Room(l, 0, widgets.Ground(t.Surface, b.left))),
			widgets.Border(nil, nil, line(), nil, widgets.Room(r, 0, widgets.Ground(t.Surface, b.panel))), center))
		return
	}
	side := b.panel
	switch b.tab {
	case tabList:
		side = b.left
	case tabPeople:
		side = container.NewStack(b.people)
	}
	heads := container.NewGridWithColumns(len(tabs))
	for _, x := range tabs {
		word := b.words.T("tab." + string(x))
		heads.Add(widgets.NewTab(word, x == b.tab, func() { b.setTab(x) }))
	}
	put(b.body, widgets.Border(nil, nil, nil,
		widgets.Border(nil, nil, line(), nil, widgets.Room(r, 0, widgets.Ground(t.Surface, widgets.Border(widgets.VBox(0, heads, line()), nil, nil, nil, side)))), center))
}

// setTab shows another tab of a narrow bench.
func (b *Workbench) setTab(x tab) {
	b.tab = x
	b.arrange()
}

// newPeople is the list of the people of the case, for the tab of a narrow bench.
func (b *Workbench) newPeople() *widgets.List {
	l := widgets.NewList(func() int { return len(b.strips.cast) }, func(i int, r *widgets.Row) {
		m := b.strips.cast[i]
		icon, tone := widgets.Verdict(m.Verdict())
		r.SetIcon("", nil)
		r.SetTag(b.words.T("verdict."+m.Verdict().String()), icon, tone)
		r.Set(b.memberName(m), b.words.T("cast.places", "n", m.Places), "", m.Who != "" && m.Who == b.who)
		r.Refresh()
	}, func(i int) {
		b.people.Unselect(i)
		if m := b.strips.cast[i]; m.Who == "" {
			b.ShowFaces(true)
		} else {
			b.tab = tabQuestion
			b.SetWho(m.Who)
			b.arrange()
		}
	})
	l.Keys = b.keys
	return l
}

// tooling lays the bar over the canvas out, with as many words as there is room
// for.
type tooling struct{ b *Workbench }

// MinSize implements fyne.Layout.
func (l tooling) MinSize(os []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Current().Px(160), os[0].MinSize().Height)
}

// Layout implements fyne.Layout.
func (l tooling) Layout(os []fyne.CanvasObject, s fyne.Size) {
	for level := range 6 {
		l.b.dressTools(level)
		if free := s.Width - os[0].MinSize().Width; free >= 0 {
			// A name of which a few signs are left tells nothing.
			t, name := theme.Current(), l.b.tools.name
			whole := fyne.MeasureText(name.Text(), t.Px(theme.Note), fyne.TextStyle{}).Width
			name.Hidden = name.Hidden || name.MinSize().Width+free < min(whole, t.Px(72))
			break
		}
	}
	os[0].Resize(s)
}

// dressTools gives the bar words, keys and the file's name (0), words and keys (1),
// words (2), keys (3), none of them (4), or not even how large the page is drawn (5).
func (b *Workbench) dressTools(level int) {
	w, t := b.words, &b.tools
	for _, x := range []struct {
		b    *widgets.Button
		word string
		key  string
	}{
		{t.fit, w.T("tool.zoom-fit"), "0"}, {t.draw, w.T("tool.draw"), "D"}, {t.faces, w.T("tool.faces"), "G"},
		{t.compare, w.T("tool.compare"), "S"}, {t.before, w.T("tool.original"), w.T("key.space")},
	} {
		switch level {
		case 2:
			x.key = ""
		case 3:
			x.word = ""
		case 4, 5:
			x.word, x.key = "", ""
		}
		if x.b == t.fit && level > 1 { // its icon is known
			x.word = ""
		}
		x.b.SetText(x.word)
		x.b.SetKey(x.key)
	}
	t.name.Hidden = level == 1 || level == 2 || level > 3
	t.zoom.Hidden = level == 5
	switch n := b.pages(); {
	case n < 2:
		t.pages.Set("")
	case level < 2:
		t.pages.Set(w.T("tool.pages", "n", b.page+1, "of", n))
	default:
		t.pages.Set(fmt.Sprintf("%d/%d", b.page+1, n))
	}
}

// narrowHead is the head of a narrow bench: the case, what is open, what is next.
func (b *Workbench) narrowHead(title string, asks int) fyne.CanvasObject {
	w, t := b.words, theme.Current()
	right := widgets.HBox(theme.S12)
	switch {
	case b.view.Stage == state.Scanning:
	case asks > 0:
		right.Add(widgets.Middle(widgets.NewTag(w.T("head.asks", "n", asks), icons.Ask, t.Ask)))
	default:
		right.Add(widgets.Middle(widgets.NewTag(w.T("case.answered"), icons.Show, t.OK)))
	}
	next := b.primary()
	next.SetKey("")
	right.Add(widgets.Middle(next))
	return widgets.Border(nil, nil, nil, right, widgets.Middle(widgets.NewCutLabel(title, theme.Head, true, t.Text)))
}
