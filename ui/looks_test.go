package ui

import (
	"fmt"
	"image/color"
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// A worn is one way to wear the window: how it looks and how large it is.
type worn struct {
	look    theme.Look
	percent int
	size    fyne.Size // of the window, its menu included
}

func (w worn) String() string {
	return fmt.Sprintf("%s-%d-%d", w.look, w.percent, int(w.size.Width))
}

// room is what the menu leaves of the window: a bar of one line of text and a padding
// over and under it.
func (w worn) room() fyne.Size {
	return w.size.SubtractWidthHeight(0, float32(w.percent)/100*theme.Body*1.5+7)
}

// wear puts the window into a look, a text size and a size, and draws it anew. A theme is
// only set where it is another: Fyne reads its fonts again each time.
func (x *bench) wear(w worn) {
	x.settings.Look, x.settings.TextSize = string(w.look), w.percent
	x.drafts = nil // as the window does
	t, was := theme.Current().With(w.look, x.settings.Scale()), theme.Current()
	another := t.Look() != was.Look() || t.Px(1) != was.Px(1)
	if another {
		t.Wear(x.app.Settings())
	}
	for _, c := range x.opened {
		c.rebuild()
	}
	x.show(x.room.name)
	x.win.Resize(w.room())
	if another {
		x.app.Settings().SetTheme(t) // what was drawn of icons meanwhile is of the look before
	}
}

// An area is a part of the window.
type area struct{ x0, y0, x1, y1 float32 }

func areaAt(p fyne.Position, s fyne.Size) area {
	return area{p.X, p.Y, p.X + s.Width, p.Y + s.Height}
}

func (a area) with(b area) area {
	return area{max(a.x0, b.x0), max(a.y0, b.y0), min(a.x1, b.x1), min(a.y1, b.y1)}
}

func (a area) empty() bool { return a.x1 <= a.x0 || a.y1 <= a.y0 }

// A written is a text as it stands in the window.
type written struct {
	text string
	at   area // of its letters
	seen area // what the panes around it leave
}

// slack is by how many pixels letters may pass an edge: sizes are rounded, and the
// lines of a face have room of their own.
const slack = 2

// reader walks what can be seen and notes what is wrong with it.
type reader struct {
	texts  []written
	faults []string
}

func (r *reader) fault(format string, args ...any) {
	r.faults = append(r.faults, fmt.Sprintf(format, args...))
}

// A frame is what stands around an object: the part of the window that can be seen of
// it, whether the rest can be scrolled to, and the widget that holds it.
type frame struct {
	clip         area
	wide, tall   bool // scrolled to by the pointer
	holder       fyne.Widget
	at           area // of the holder
	photo, field bool
}

func (r *reader) walk(o fyne.CanvasObject, at fyne.Position, f frame) {
	if o == nil || !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	here := areaAt(at, o.Size())
	switch x := o.(type) {
	case *canvas.Text:
		r.text(x, here, f)
		return
	case *container.Scroll:
		r.inside(x, here, f)
		f.clip = f.clip.with(here)
		f.wide = f.wide || x.Direction == container.ScrollBoth || x.Direction == container.ScrollHorizontalOnly
		f.tall = f.tall || x.Direction == container.ScrollBoth || x.Direction == container.ScrollVerticalOnly
	case *container.Clip:
		f.clip = f.clip.with(here)
	case *widgets.PhotoView:
		f.photo = true // its names go with the photo, in and out of sight
	case *widgets.Button, *widgets.Tab, *widgets.Tag, *widgets.Chip, *widget.Check:
		if m := o.MinSize(); o.Size().Width < m.Width-slack || o.Size().Height < m.Height-slack {
			r.fault("%T %q has %v, needs %v", o, wordOf(o), o.Size(), m)
		}
		r.inside(o, here, f)
	}
	if e, ok := inner[widget.Entry](o); ok {
		f.field = true
		if e.Text == "" && e.Wrapping == fyne.TextWrapOff && lineWidth(e.PlaceHolder) > o.Size().Width-14 {
			r.fault("the hint %q is wider than its field", e.PlaceHolder)
		}
	}
	if s, ok := inner[widget.Select](o); ok && lineWidth(s.Selected) > o.Size().Width-theme.Current().Px(20)-14 {
		r.fault("the choice %q is wider than its field", s.Selected)
	}
	switch x := o.(type) {
	case *fyne.Container:
		for _, c := range x.Objects {
			r.walk(c, at, f)
		}
	case fyne.Widget:
		f.holder, f.at = x, here
		if _, ok := x.(*container.Scroll); ok {
			f.holder = nil // what it holds is larger
		}
		for _, c := range test.WidgetRenderer(x).Objects() {
			r.walk(c, at, f)
		}
	}
}

// inner is a widget of Fyne's, also where one of ours extends it.
func inner[T any](o fyne.CanvasObject) (*T, bool) {
	if w, ok := any(o).(*T); ok {
		return w, true
	}
	v := reflect.ValueOf(o)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return nil, false
	}
	for i := range v.Elem().NumField() {
		if f := v.Elem().Field(i); v.Elem().Type().Field(i).Anonymous && f.CanAddr() && f.Addr().CanInterface() {
			if w, ok := f.Addr().Interface().(*T); ok {
				return w, true
			}
		}
	}
	return nil, false
}

// lineWidth is the width of a text as fields write it.
func lineWidth(s string) float32 {
	return fyne.MeasureText(s, theme.Current().Px(theme.Body), fyne.TextStyle{}).Width
}

// inside reports what can be pressed or scrolled, but not seen.
func (r *reader) inside(o fyne.CanvasObject, here area, f frame) {
	if f.photo || here.empty() {
		return
	}
	if !f.wide && (here.x1 > f.clip.x1+slack || here.x0 < f.clip.x0-slack) || !f.tall && (here.y1 > f.clip.y1+slack || here.y0 < f.clip.y0-slack) {
		r.fault("%T %q at %v reaches out of %v", o, wordOf(o), here, f.clip)
	}
}

func wordOf(o fyne.CanvasObject) string {
	switch x := o.(type) {
	case interface{ Text() string }:
		return x.Text()
	case *widget.Check:
		return x.Text
	}
	return ""
}

// text notes a text and what is wrong with where it stands.
func (r *reader) text(t *canvas.Text, here area, f frame) {
	if strings.TrimSpace(t.Text) == "" || alpha(t.Color) == 0 {
		return
	}
	m := fyne.MeasureText(t.Text, t.TextSize, t.TextStyle)
	switch free := here.x1 - here.x0 - m.Width; t.Alignment {
	case fyne.TextAlignCenter:
		here.x0 += free / 2
	case fyne.TextAlignTrailing:
		here.x0 += free
	}
	here.x1 = here.x0 + m.Width
	// Its letters: the line without the room that the face keeps over and under them.
	middle := (here.y0 + here.y1) / 2
	here.y0, here.y1 = middle-t.TextSize*0.45, middle+t.TextSize*0.45
	w := written{t.Text, here, here.with(f.clip)}
	if f.photo || f.field {
		return
	}
	if cut, ok := strings.CutSuffix(t.Text, "..."); ok && len([]rune(cut)) < 3 {
		r.fault("%q is all that is left of a text", t.Text)
	}
	if !f.wide && (here.x1 > f.clip.x1+slack || here.x0 < f.clip.x0-slack) || !f.tall && (here.y1 > f.clip.y1+slack || here.y0 < f.clip.y0-slack) {
		r.fault("%q at %v reaches out of %v", t.Text, here, f.clip)
	}
	if f.holder != nil && (here.x1 > f.at.x1+slack || here.x0 < f.at.x0-slack || here.y1 > f.at.y1+slack || here.y0 < f.at.y0-slack) {
		r.fault("%q at %v reaches out of its %T at %v", t.Text, here, f.holder, f.at)
	}
	if !w.seen.empty() {
		r.texts = append(r.texts, w)
	}
}

func alpha(c color.Color) uint32 {
	if c == nil {
		return 0
	}
	_, _, _, a := c.RGBA()
	return a
}

// overlaps reports texts that stand on each other.
func (r *reader) overlaps() {
	for i, a := range r.texts {
		for _, b := range r.texts[i+1:] {
			if x := a.seen.with(b.seen); x.x1-x.x0 > slack && x.y1-x.y0 > slack {
				r.fault("%q at %v and %q at %v stand on each other", a.text, a.at, b.text, b.at)
			}
		}
	}
}

// faults is what cannot be read or reached of what a window of a size shows: of the last
// sheet, where one is open.
func (x *bench) faults(size fyne.Size) []string {
	x.fit()
	r := &reader{}
	if m := x.win.Content().MinSize(); m.Width > size.Width || m.Height > size.Height {
		r.fault("the room needs %v, there are %v", m, size)
	}
	shown := x.win.Content()
	if n := len(x.sheets); n > 0 {
		shown = x.sheets[n-1].Content()
	}
	r.walk(shown, fyne.Position{}, frame{clip: areaAt(fyne.Position{}, size)})
	r.overlaps()
	return r.faults
}

// What the reader is for: a text that is cut, one that stands on another, one that is out
// of the window, a button that is squeezed.
func TestFaultsAreFound(t *testing.T) {
	x := newBench(t, &backend{}, "en", theme.Light)
	size := fyne.NewSize(400, 300)
	x.win.Resize(size)
	label := func(s string) *widgets.Label { return widgets.NewLabel(s, theme.Body, false, color.Black) }
	at := func(o fyne.CanvasObject, px, py, w, h float32) fyne.CanvasObject {
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos(px, py))
		return o
	}
	button := func() *widgets.Button { return widgets.NewButton("Apply and verify", "", "", widgets.Plain, nil) }
	for name, c := range map[string]struct {
		want string
		os   []fyne.CanvasObject
	}{
		"nothing":  {"", []fyne.CanvasObject{at(label("One"), 10, 10, 100, 20), at(label("Two"), 10, 40, 100, 20), at(button(), 10, 80, 200, 40)}},
		"cut":      {"reaches out of its", []fyne.CanvasObject{at(label("One two three four"), 10, 10, 40, 20)}},
		"outside":  {"reaches out of {0 0 400 300}", []fyne.CanvasObject{at(label("One"), 390, 10, 100, 20)}},
		"overlap":  {"stand on each other", []fyne.CanvasObject{at(label("One two"), 10, 10, 100, 20), at(label("Three"), 30, 15, 100, 20)}},
		"squeezed": {"needs", []fyne.CanvasObject{at(button(), 10, 10, 60, 40)}},
		"below":    {"*widgets.Button", []fyne.CanvasObject{at(button(), 10, 280, 200, 40)}},
		"hint":     {"the hint", []fyne.CanvasObject{at(&widget.Entry{PlaceHolder: "Name, pinyin or phone"}, 10, 10, 60, 40)}},
		"crumb":    {"all that is left", []fyne.CanvasObject{at(widgets.NewCutLabel("Somebody", theme.Body, false, color.Black), 10, 10, 25, 20)}},
	} {
		x.win.SetContent(container.NewWithoutLayout(c.os...))
		got := strings.Join(x.faults(size), "\n")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: found %q, want %q", name, got, c.want)
		}
	}
	// What can be scrolled to is not cut.
	x.win.SetContent(container.NewVScroll(container.NewWithoutLayout(at(label("One"), 10, 900, 100, 20))))
	if got := x.faults(size); len(got) > 0 {
		t.Errorf("in a scroll: %q", got)
	}
}
