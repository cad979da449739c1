package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// panes is a room with a list on the left, what is chosen in the middle, and more of it
// on the right. In little room the two sides are tabs of one.
type panes struct {
	Content fyne.CanvasObject

	words         [2]string // of the tabs
	sides         [2]fyne.CanvasObject
	wide          [2]float32 // at 100 %
	middle        fyne.CanvasObject
	box           *fyne.Container
	width         float32
	narrow, right bool
	arranged      func() // hears that the width is another one; may be nil
	alone         bool   // nothing is chosen that the right side could tell of
}

// newPanes is such a room; the list comes first.
func newPanes(words [2]string, wide [2]float32, left, middle, right fyne.CanvasObject) *panes {
	p := &panes{words: words, sides: [2]fyne.CanvasObject{left, right}, wide: wide, middle: middle, box: container.NewStack()}
	p.Content = widgets.Reflow(narrowBelow, func(width float32, narrow bool) fyne.CanvasObject {
		p.width, p.narrow = width, narrow
		p.arrange()
		if p.arranged != nil {
			p.arranged()
		}
		return p.box
	})
	return p
}

// show brings a tab to the front where the sides are tabs.
func (p *panes) show(right bool) {
	p.right = right
	if p.narrow {
		p.arrange()
	}
}

// leave takes the right side away, or brings it back, where there is room for it.
func (p *panes) leave(alone bool) {
	if p.alone != alone {
		p.alone = alone
		p.arrange()
	}
}

// side is how wide a side is.
func (p *panes) side(right bool) float32 {
	t := theme.Current()
	switch {
	case p.narrow:
		return sideOf(p.width)
	case right:
		return t.Pane(p.wide[1])
	}
	return t.Pane(p.wide[0])
}

// sideOf is the width of the one side of a narrow room.
func sideOf(width float32) float32 {
	return min(max(width*0.42, theme.Current().Px(200)), width*0.6)
}

func (p *panes) arrange() {
	t := theme.Current()
	ground := func(right bool, o fyne.CanvasObject) fyne.CanvasObject {
		return widgets.Room(p.side(right), 0, widgets.Ground(t.Surface, o))
	}
	if !p.narrow {
		var right fyne.CanvasObject
		if !p.alone {
			right = widgets.Border(nil, nil, widgets.Rule(), nil, ground(true, p.sides[1]))
		}
		put(p.box, widgets.Border(nil, nil, widgets.Border(nil, nil, nil, widgets.Rule(), ground(false, p.sides[0])), right, p.middle))
		return
	}
	heads := container.NewGridWithColumns(2, widgets.NewTab(p.words[0], !p.right, func() { p.show(false) }), widgets.NewTab(p.words[1], p.right, func() { p.show(true) }))
	one := p.sides[0]
	if p.right {
		one = p.sides[1]
	}
	put(p.box, widgets.Border(nil, nil, nil, widgets.Border(nil, nil, widgets.Rule(), nil,
		ground(p.right, widgets.Border(widgets.VBox(0, heads, widgets.Rule()), nil, nil, nil, one))), p.middle))
}
