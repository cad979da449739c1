package screens

import (
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"consentry/authz"
	"consentry/redact"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// strips are what stands under the canvas: the pages of a document, or the people
// of the case.
type strips struct {
	box    *fyne.Container
	pages  *widgets.Strip[*pageCell]
	people *widgets.Strip[*personCell]
	shown  []redact.Page // pages of the current file
	asks   map[int]bool  // those with questions
	cast   []state.Member
	now    fyne.CanvasObject
	high   float32
}

// pixels is a height in whole pixels: what stands at the foot of a pane then ends where the
// pane does, and its lowest line is not cut.
func pixels(h float32) float32 { return float32(math.Ceil(float64(h))) }

// pageCell is a page in the strip: a small picture, its number, a question on it.
type pageCell struct {
	widget.BaseWidget
	thumb *widgets.Thumb
	num   *widgets.Label
	ask   *canvas.Image
	box   *fyne.Container
}

func newPageCell() *pageCell {
	t := theme.Current()
	c := &pageCell{thumb: widgets.NewThumb(52, 42), num: widgets.NewLabel("", theme.Note, false, t.Text), ask: widgets.Icon(icons.Ask, 14, t.Ask.Text)}
	c.box = widgets.VBox(2, c.thumb, container.NewCenter(widgets.HBox(2, c.num, widgets.Middle(c.ask))))
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *pageCell) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.box) }

// MinSize is the same whatever the number.
func (c *pageCell) MinSize() fyne.Size {
	t := theme.Current()
	return fyne.NewSize(pixels(t.Px(56)), pixels(t.Px(42)+2+t.Px(theme.Note)*theme.LineHeight))
}

// personCell is a person in the strip: a small picture, who, how many places, how
// they fare.
type personCell struct {
	widget.BaseWidget
	thumb  *widgets.Thumb
	name   *widgets.Label
	places *widgets.Label
	tag    *widgets.Tag
	ground *canvas.Rectangle
	box    *fyne.Container
	tapped func()
}

func newPersonCell() *personCell {
	t := theme.Current()
	c := &personCell{thumb: widgets.NewThumb(50, 50), name: widgets.NewCutLabel("", theme.Note, true, t.Text), places: widgets.NewCutLabel("", theme.Note, false, t.Muted),
		tag: widgets.NewTag("", icons.Hide, t.Hide), ground: canvas.NewRectangle(t.Surface)}
	c.ground.CornerRadius = theme.Radius
	c.box = container.NewStack(c.ground, widgets.Pad(widgets.Border(nil, nil, widgets.Middle(c.thumb), nil, widgets.Pad(widgets.Middle(widgets.VBox(0, c.name, c.places, c.tag)), 0, theme.S8)), theme.S4, theme.S4))
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *personCell) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.box) }

// MinSize is the same whatever the name.
func (c *personCell) MinSize() fyne.Size {
	t := theme.Current()
	return fyne.NewSize(t.Px(176), pixels(2*t.Px(theme.Note)*theme.LineHeight+t.Px(theme.TagHeight)+2*theme.S8))
}

// Tapped implements fyne.Tappable.
func (c *personCell) Tapped(*fyne.PointEvent) {
	if c.tapped != nil {
		c.tapped()
	}
}

func (b *Workbench) buildStrips() {
	s := &b.strips
	s.box = container.NewStack()
	s.pages = widgets.NewStrip(theme.S8, func() int { return len(s.shown) }, newPageCell, b.pageCell)
	s.people = widgets.NewStrip(theme.S8, func() int { return len(s.cast) }, newPersonCell, b.personCell)
}

// refreshStrips shows the pages of a document that has several, else the people of
// a case with pictures.
func (b *Workbench) refreshStrips() {
	w, t, s := b.words, theme.Current(), &b.strips
	s.shown, s.asks = nil, map[int]bool{}
	if b.scanned() && b.asset >= 0 && b.asset < len(b.view.Plan.Assets) {
		s.shown = state.Shown(b.view.Plan, b.asset)
	}
	var now fyne.CanvasObject
	switch {
	case len(s.shown) > 1:
		for i := range b.view.Plan.Items {
			if it := &b.view.Plan.Items[i]; it.Asset == b.asset && it.Asks() {
				if n, ok := pageIn(s.shown, it.Finding.Region); ok {
					s.asks[n] = true
				}
			}
		}
		now = s.pages
	case b.pictured() && len(s.cast) > 0 && !b.narrow:
		now = s.people
	}
	if now != s.now || len(s.box.Objects) == 0 {
		s.now = now
		switch now {
		case nil:
			put(s.box, widgets.VBox(0))
		case fyne.CanvasObject(s.pages):
			put(s.box, widgets.VBox(0, widgets.Rule(), widgets.Ground(t.Surface, widgets.Pad(s.pages, theme.S8-widgets.Rim, theme.S12-widgets.Rim))))
		default:
			back, on := widgets.NewButton("", icons.Left, "", widgets.Ghost, func() { s.people.Turn(-1) }), widgets.NewButton("", icons.Right, "", widgets.Ghost, func() { s.people.Turn(1) })
			back.Keys, on.Keys = b.keys, b.keys
			seen := note("")
			s.people.Seeing = func(from, to, of int) {
				back.SetEnabled(from > 0)
				on.SetEnabled(to < of)
				seen.Set(w.T("faces.seen", "n", from+1, "to", to, "of", of))
			}
			head := widgets.Border(nil, nil, widgets.Middle(strong(w.T("cast.title"))), widgets.HBox(theme.S4, widgets.Middle(seen), back, on),
				widgets.Pad(widgets.Middle(widgets.NewCutLabel(w.T("cast.what"), theme.Note, false, t.Muted)), 0, theme.S12))
			put(s.box, widgets.VBox(0, widgets.Rule(), widgets.Ground(t.Surface, widgets.Pad(widgets.VBox(0, widgets.Room(0, pixels(t.Px(theme.ButtonHeight)), widgets.Pad(head, 0, widgets.Rim)), s.people), theme.S4, theme.S12-widgets.Rim))))
		}
	}
	if h := s.box.MinSize().Height; h != s.high {
		s.high = h
		b.center.Refresh() // what the strip takes, the canvas gives
	}
	if now == fyne.CanvasObject(s.pages) {
		s.pages.Reveal(b.page)
	}
	s.people.Refresh()
	b.people.Refresh()
}

func pageIn(pages []redact.Page, r redact.Region) (int, bool) {
	for i, g := range pages {
		if g.Part == r.Part && g.Index == r.Page {
			return i, true
		}
	}
	return 0, false
}

func (b *Workbench) pageCell(i int, c *pageCell) {
	t, g := theme.Current(), b.strips.shown[i]
	c.num.Set(itoa(i + 1))
	c.ask.Hidden = !b.strips.asks[i]
	if g.Part == redact.PartBody && !g.Bounds.Empty() {
		c.thumb.Set(b.tile(state.Tile{PageAt: state.PageAt{Asset: b.asset, Page: g.Index}}), icons.Doc, t.Muted)
	} else {
		c.thumb.Set(nil, icons.Doc, t.Muted)
	}
	c.thumb.SetRing(noRing, "")
	if i == b.page {
		c.thumb.SetRing(t.Focus, "")
	}
	c.thumb.Chosen = func() { b.turn(i - b.page) }
	c.box.Refresh()
}

func (b *Workbench) personCell(i int, c *personCell) {
	w, t, m := b.words, theme.Current(), b.strips.cast[i]
	c.name.Set(b.memberName(m))
	about := w.T("cast.places", "n", m.Places)
	if m.Who == "" && m.Groups < m.Places {
		about = w.T("cast.groups", "n", m.Groups) + w.T("sep") + about
	}
	c.places.Set(about)
	icon, tone := widgets.Verdict(m.Verdict())
	word := w.T("verdict." + m.Verdict().String())
	if m.Asks > 0 {
		word = w.T("cast.asks", "n", m.Asks)
	}
	c.tag.Set(word, icon, tone)
	it := &b.view.Plan.Items[m.Item]
	who := icons.Person
	if m.Who == "" {
		who = icons.People
	}
	if it.Holds() == redact.Face && !it.Finding.Region.IsText() && it.Finding.Region.Part == redact.PartBody {
		c.thumb.Set(b.tile(state.FaceTile(it)), who, t.Muted)
	} else {
		c.thumb.Set(nil, who, t.Muted)
	}
	c.ground.StrokeColor, c.ground.StrokeWidth = t.Line, t.LineWidth()
	if m.Who != "" && m.Who == b.who {
		c.ground.StrokeColor, c.ground.StrokeWidth = t.Primary, 2
	}
	c.tapped = func() {
		if m.Who == "" {
			b.ShowFaces(true)
			return
		}
		b.only = -1
		b.SetWho(m.Who)
	}
	c.thumb.Chosen = c.tapped
	c.ground.Refresh()
	c.box.Refresh()
}

// memberName is what a person of the case is called.
func (b *Workbench) memberName(m state.Member) string {
	if s, ok := b.known.Subjects[m.Subject]; ok {
		return s.Title()
	}
	if m.Who == "" {
		return b.words.T("cast.unknown")
	}
	return strings.Join(strings.Fields(m.Name), " ")
}

// SetWho shows the findings of one person only; the same person again, or nobody,
// shows all.
func (b *Workbench) SetWho(who string) {
	if who == b.who {
		who = ""
	}
	b.who = who
	if who != "" {
		b.files = false
	}
	b.refresh()
	if who != "" && len(b.shown) > 0 {
		if r, ok := b.Current(); !ok || r.Who != who {
			b.chooseRow(b.shown[0])
		}
	}
}

// whoName is what the person is called whose findings alone are shown.
func (b *Workbench) whoName() string {
	for _, m := range b.strips.cast {
		if m.Who == b.who {
			return b.memberName(m)
		}
	}
	for i := range b.rows {
		if b.rows[i].Who == b.who {
			return rowTitle(b.words, b.rows[i])
		}
	}
	if s, ok := b.known.Subjects[authz.SubjectID(b.who)]; ok {
		return s.Title()
	}
	return b.who
}
