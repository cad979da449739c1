package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consentry/ui/icons"
	"consentry/ui/theme"
)

// List is a list of rows of which only visible ones are drawn. Single keys that
// it does not use go to Keys, so that J and K work while it has the focus.
type List struct {
	widget.List
	// Keys hears of keys. May be nil.
	Keys KeyHandler
}

// NewList is a list of rows.
func NewList(length func() int, update func(int, *Row), chosen func(int)) *List {
	return NewListOf(length, NewRow, update, chosen)
}

// NewListOf is a list of rows of another make.
func NewListOf[R fyne.CanvasObject](length func() int, create func() R, update func(int, R), chosen func(int)) *List {
	l := &List{}
	l.Length = length
	l.CreateItem = func() fyne.CanvasObject { return create() }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) { update(i, o.(R)) }
	l.OnSelected = chosen
	l.ExtendBaseWidget(l)
	return l
}

// ListTall is how tall a list of rows is where all of them are seen.
func ListTall(rows int) float32 {
	t := theme.Current()
	return float32(rows)*NewRow().MinSize().Height + float32(max(rows-1, 0))*t.Size(fynetheme.SizeNamePadding)
}

// TypedRune implements fyne.Focusable.
func (l *List) TypedRune(r rune) {
	if l.Keys != nil {
		l.Keys.TypedRune(r)
	}
}

// TypedKey implements fyne.Focusable.
func (l *List) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnter:
		l.List.TypedKey(e)
	default:
		if l.Keys != nil {
			l.Keys.TypedKey(e)
		}
	}
}

// KeyDown implements desktop.Keyable.
func (l *List) KeyDown(e *fyne.KeyEvent) {
	if l.Keys != nil {
		l.Keys.KeyDown(e)
	}
}

// KeyUp implements desktop.Keyable.
func (l *List) KeyUp(e *fyne.KeyEvent) {
	if l.Keys != nil {
		l.Keys.KeyUp(e)
	}
}

// Row is a list's row: a tag or an icon, two lines, a tag and a figure at the end.
type Row struct {
	widget.BaseWidget
	tag, end   *Tag
	icon       *canvas.Image
	head, note *Label
	figure     *Label
	mark       mark
	box        *fyne.Container
	lead       *canvas.Rectangle
	iconBox    *fyne.Container // around each, so that it gives up its place when there is nothing
	tagBox     *fyne.Container
	endBox     *fyne.Container
	figureBox  *fyne.Container
}

// mark tells the current line of a list: a ground, and a bar before it.
type mark struct{ ground, bar *canvas.Rectangle }

// newMark is the mark of lines of a height.
func newMark(height float32) mark {
	m := mark{canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)}
	m.ground.SetMinSize(fyne.NewSize(0, height))
	m.bar.SetMinSize(fyne.NewSize(4, 4))
	return m
}

func (m mark) set(current bool) {
	m.bar.FillColor, m.ground.FillColor = color.Transparent, color.Transparent
	if t := theme.Current(); current {
		m.bar.FillColor, m.ground.FillColor = t.Primary, t.Selected
	}
	canvas.Refresh(m.bar)
	canvas.Refresh(m.ground)
}

// NewRow is an empty row.
func NewRow() *Row {
	t := theme.Current()
	r := &Row{
		tag: NewTag("", icons.Hide, t.Hide), end: NewTag("", icons.Hide, t.Hide), icon: Icon(icons.Doc, 20, t.Muted), mark: newMark(t.Px(theme.ListHeight)),
		head: NewCutLabel("", theme.Body, false, t.Text), note: NewCutLabel("", theme.Note, false, t.Muted),
		figure: NewLabel("", theme.Note, false, t.Muted),
	}
	r.end.Hidden = true
	lines := Middle(VBox(0, r.head, r.note))
	r.lead = canvas.NewRectangle(color.Transparent)
	r.iconBox, r.tagBox, r.endBox, r.figureBox = Middle(r.icon), Middle(r.tag), Middle(r.end), Middle(r.figure)
	r.endBox.Hidden = true
	lead := container.NewStack(r.lead, HBox(theme.S8, r.iconBox, r.tagBox))
	r.box = container.NewStack(r.mark.ground, Border(nil, nil, HBox(theme.S8, r.mark.bar, lead), Pad(HBox(theme.S12, r.endBox, r.figureBox), 0, theme.S12), Pad(lines, 0, theme.S8)))
	r.ExtendBaseWidget(r)
	return r
}

// Set fills the row. Without an icon or a tag their place is given up.
func (r *Row) Set(head, note, figure string, current bool) {
	r.head.style.Bold = current
	r.head.Set(head)
	r.note.Set(note)
	r.figure.Set(figure)
	r.figureBox.Hidden = figure == ""
	r.head.Refresh()
	r.mark.set(current)
}

// LeadWidth is the least width of icon and tag, so that the lines of all rows
// begin at one place.
func (r *Row) LeadWidth(w float32) { r.lead.SetMinSize(fyne.NewSize(w, 1)) }

// SetTag shows a tag; an empty text shows none.
func (r *Row) SetTag(text string, icon icons.Name, tone theme.Tone) {
	r.tag.Hidden, r.tagBox.Hidden = text == "", text == ""
	r.tag.Set(text, icon, tone)
}

// SetEnd shows a tag at the end; an empty text shows none.
func (r *Row) SetEnd(text string, icon icons.Name, tone theme.Tone) {
	r.end.Hidden, r.endBox.Hidden = text == "", text == ""
	r.end.Set(text, icon, tone)
}

// SetIcon shows an icon; an empty name shows none.
func (r *Row) SetIcon(n icons.Name, c color.Color) {
	r.icon.Hidden, r.iconBox.Hidden = n == "", n == ""
	if n != "" {
		r.icon.Resource = icons.In(n, c)
	}
	r.icon.Refresh()
}

// Head is the row's first line.
func (r *Row) Head() string { return r.head.text }

// CreateRenderer implements fyne.Widget.
func (r *Row) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.box) }

// Refresh lays the row out anew, since a tag's width changes with its word.
func (r *Row) Refresh() {
	r.box.Refresh()
	r.BaseWidget.Refresh()
}
