package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"consentry/internal/casework"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Who shows every face that a yes would cover, as it is, before it counts: this
// sheet is the one place beside the canvas where that is so, and it is opened by
// the reviewer for that.
type Who struct {
	Content fyne.CanvasObject

	q     Covered
	plan  *casework.Plan
	tiles Tiles
	off   map[string]bool
	list  *widgets.List
	yes   *widgets.Button
	no    *widgets.Button
	back  *widgets.Button
}

// whoColumns is how many faces stand in a line of the sheet.
const whoColumns = 6

// whoLine is a line of the sheet.
type whoLine struct {
	widget.BaseWidget
	thumbs []*widgets.Thumb
	box    *fyne.Container
}

func newWhoLine() *whoLine {
	l := &whoLine{}
	line := widgets.HBox(theme.S8)
	for range whoColumns {
		th := widgets.NewThumb(88, 88)
		l.thumbs = append(l.thumbs, th)
		line.Add(th)
	}
	l.box = widgets.Pad(line, theme.S4, theme.S4)
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer implements fyne.Widget.
func (l *whoLine) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.box) }

// NewWho is the sheet. off are the ids of faces that begin without a tick.
func NewWho(w *i18n.Words, q Covered, off map[string]bool, plan *casework.Plan, tiles Tiles, close func()) *Who {
	t := theme.Current()
	s := &Who{q: q, plan: plan, tiles: tiles, off: map[string]bool{}}
	for _, n := range q.Items {
		s.off[plan.Items[n].ID] = off[plan.Items[n].ID]
	}
	keys := whoKeys{s, close}
	s.list = widgets.NewListOf(func() int { return (len(q.Items) + whoColumns - 1) / whoColumns }, newWhoLine, s.line, func(i int) { s.list.Unselect(i) })
	s.list.HideSeparators, s.list.Keys = true, keys
	s.yes = widgets.NewButton(q.Yes, icons.Show, "Y", widgets.Primary, s.Yes)
	s.no = widgets.NewButton(w.T("faces.no"), icons.Hide, "N", widgets.Plain, s.No)
	s.back = widgets.NewButton(w.T("cancel"), "", "Esc", widgets.Plain, close)
	s.yes.Keys, s.no.Keys, s.back.Keys = keys, keys, keys
	end := q.Done
	s.q.Done = func(yes, no []int) {
		close()
		end(yes, no)
	}
	buttons := widgets.HBox(theme.S8, widgets.Spacer(), s.back, s.no, s.yes)
	s.no.Hidden = q.No == nil
	if no := q.No; no != nil {
		s.q.No = func() {
			close()
			no()
		}
	}
	lines := min(3, (len(q.Items)+whoColumns-1)/whoColumns)
	wide := t.Px(whoColumns*96 + 16)
	s.Content = widgets.Room(wide, 0, widgets.Border(
		widgets.VBox(theme.S8, title(q.Title), notePara(w.T("who.what"), wide)), widgets.Pad(buttons, theme.S8, 0), nil, nil,
		widgets.Room(wide, float32(lines)*(t.Px(88)+2*theme.S4+4)+4, s.list)))
	s.TilesCame()
	return s
}

// First has the focus: the answer that exposes nobody.
func (s *Who) First() fyne.Focusable {
	if s.q.No != nil {
		return s.no
	}
	return s.back
}

func (s *Who) line(i int, l *whoLine) {
	t := theme.Current()
	for k, th := range l.thumbs {
		n := i*whoColumns + k
		th.Hidden = n >= len(s.q.Items)
		if th.Hidden {
			continue
		}
		it := &s.plan.Items[s.q.Items[n]]
		d, _ := s.tiles.Tile(state.FaceTile(it))
		th.Set(d.Source, icons.Person, t.Muted)
		ring, badge := t.Show.Line, icons.Tick
		if s.off[it.ID] {
			ring, badge = t.Edge, icons.Cross
		}
		th.SetRing(ring, badge)
		th.Chosen = func() {
			s.off[it.ID] = !s.off[it.ID]
			s.TilesCame()
		}
	}
}

// ready reports whether the faces are on the screen, or could not be drawn.
func (s *Who) ready() bool {
	for k, n := range s.q.Items {
		if k == 3*whoColumns {
			break
		}
		if d, ok := s.tiles.Tile(state.FaceTile(&s.plan.Items[n])); !ok || d.Source == nil {
			return false
		}
	}
	return true
}

// TilesCame shows faces that were drawn meanwhile. Nothing can be said before
// they are seen.
func (s *Who) TilesCame() {
	any := false
	for _, n := range s.q.Items {
		any = any || !s.off[s.plan.Items[n].ID]
	}
	s.yes.SetEnabled(any && s.ready())
	s.list.Refresh()
}

// Toggle takes a tick away or puts it back.
func (s *Who) Toggle(n int) {
	id := s.plan.Items[s.q.Items[n]].ID
	s.off[id] = !s.off[id]
	s.TilesCame()
}

// Yes says that the ticked ones are who was named.
func (s *Who) Yes() {
	if !s.yes.Enabled() {
		return
	}
	var yes, no []int
	for _, n := range s.q.Items {
		if s.off[s.plan.Items[n].ID] {
			no = append(no, n)
		} else {
			yes = append(yes, n)
		}
	}
	s.q.Done(yes, no)
}

// No says that none of them is.
func (s *Who) No() {
	if s.q.No != nil {
		s.q.No()
	}
}

// whoKeys are the keys of the sheet.
type whoKeys struct {
	s     *Who
	close func()
}

func (k whoKeys) TypedRune(r rune) {
	switch r {
	case 'y', 'Y':
		k.s.Yes()
	case 'n', 'N':
		k.s.No()
	}
}

func (k whoKeys) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		k.close()
	}
}

func (whoKeys) KeyDown(*fyne.KeyEvent) {}
func (whoKeys) KeyUp(*fyne.KeyEvent)   {}
