package screens

import (
	"fmt"
	"math"

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

// widePanes is the width of the bench, at 100 %, above which its side panes grow.
const widePanes = 1240

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
	l, r := b.sideWidth()
	fresh := narrow != b.narrow || narrow || b.width == 0
	b.width, b.narrow = width, narrow
	if x, y := b.sideWidth(); x != l || y != r {
		fresh = true
	}
	b.refreshHead()
	if b.job.again != nil {
		b.job.again()
	}
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
		// A part of what a wide window has more goes to the panes, in steps.
		more := min(max(0, b.width-t.Px(widePanes)), t.Px(480))
		more -= float32(math.Mod(float64(more), 40))
		return t.Pane(leftWidth) + more/4, t.Pane(panelWidth) + more/8
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
	for level := range toolLevels {
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

// toolLevels is in how many ways the bar is dressed.
const toolLevels = 7

// dressTools gives the bar words, keys and the file's name (0), words and keys (1), words
// and the file's name (2), words (3), those without how large the page is drawn (4), none
// of them (5), or not even how large the page is drawn (6). Keys go before words, which
// tell more.
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
		if level > 1 {
			x.key = ""
		}
		if level > 4 || level > 1 && x.b == t.fit { // whose icon is known
			x.word = ""
		}
		x.b.SetText(x.word)
		x.b.SetKey(x.key)
	}
	t.name.Hidden = level != 0 && level != 2
	t.zoom.Hidden = level == 4 || level == 6
	switch n := b.pages(); {
	case n < 2:
		t.pages.Set("")
	case level < 2:
		t.pages.Set(w.T("tool.pages", "n", b.page+1, "of", n))
	default:
		t.pages.Set(fmt.Sprintf("%d/%d", b.page+1, n))
	}
}

// narrowHead is the head of a narrow bench: the case, how far it is, what is open, what is
// next.
func (b *Workbench) narrowHead(title string, step, asks int) fyne.CanvasObject {
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
	what := b.words.T("head.step", "n", min(step+1, len(steps)), "of", len(steps), "step", b.words.T("step."+steps[min(step, len(steps)-1)]))
	return widgets.Border(nil, nil, nil, right, widgets.Middle(widgets.VBox(0,
		widgets.NewCutLabel(title, theme.Head, true, t.Text), widgets.NewCutLabel(what, theme.Note, false, t.Muted))))
}
