package screens

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/redact"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Viewer shows written files page by page, as the public sees them. It marks
// nothing and knows no findings.
type Viewer struct {
	Content fyne.CanvasObject
	Photo   *widgets.PhotoView
	Text    *widgets.TextView

	words      *i18n.Words
	load       func(file, page int)
	canvas     *fyne.Container
	where      *widgets.Label
	file, page int
	pages      []redact.Page
	pick       *options
	back, next *widgets.Button
	bar        *fyne.Container
	choice     fyne.CanvasObject // among the files
	alone      bool
}

// NewViewer is an empty viewer. load is asked for a file's pages (page -1) and for the
// picture of one of them.
func NewViewer(w *i18n.Words, load func(file, page int), keys widgets.KeyHandler) *Viewer {
	t := theme.Current()
	v := &Viewer{words: w, load: load, Photo: widgets.NewPhotoView(), Text: widgets.NewTextView(), canvas: container.NewStack(), where: note("")}
	v.pick = newOptions(nil, nil)
	v.pick.PlaceHolder = w.T("viewer.none")
	button := func(icon icons.Name, by int) *widgets.Button {
		b := widgets.NewButton("", icon, "", widgets.Ghost, func() { v.Step(by) })
		b.Keys = keys
		return b
	}
	v.back, v.next = button(icons.Left, -1), button(icons.Right, 1)
	v.choice = framed(v.pick)
	v.bar = widgets.Pad(widgets.Border(nil, nil, nil, widgets.HBox(theme.S4, v.back, widgets.Middle(v.where), v.next), v.choice), theme.S8, theme.S8)
	v.Content = widgets.Card(widgets.Pad(widgets.Border(v.bar, nil, nil, nil, widgets.Ground(t.Canvas, v.canvas)), theme.S4, theme.S4))
	return v
}

// Alone takes the choice away: there is one file, and what is around names it.
func (v *Viewer) Alone() {
	v.alone = true
	v.choice.Hide()
}

// Say says something where there is no file to show.
func (v *Viewer) Say(what string) {
	v.bar.Hide()
	put(v.canvas, container.NewCenter(note(what)))
}

// SetFiles shows the first of some files.
func (v *Viewer) SetFiles(names []string) {
	// A list of choices needs each of them once.
	v.pick.Options = slices.Clone(names)
	v.pick.OnChanged = nil
	v.pick.ClearSelected()
	v.pages, v.file, v.page = nil, 0, 0
	v.bar.Hidden = len(names) == 0
	if len(names) == 0 {
		put(v.canvas, container.NewCenter(note(v.words.T("viewer.none"))))
		v.refresh()
		return
	}
	v.pick.SetSelectedIndex(0)
	v.pick.OnChanged = func(string) { v.Choose(v.pick.SelectedIndex()) }
	v.Choose(0)
}

// Choose shows a file.
func (v *Viewer) Choose(file int) {
	if file < 0 {
		return
	}
	v.file, v.page, v.pages = file, 0, nil
	put(v.canvas, container.NewCenter(note(v.words.T("viewer.loading"))))
	v.refresh()
	v.load(file, -1)
}

// File is the one on show.
func (v *Viewer) File() int { return v.file }

// SetPages takes a file's pages: those of the body, then what else of it can be read.
func (v *Viewer) SetPages(file int, pages []redact.Page) {
	if file != v.file {
		return
	}
	var rest []redact.Page
	v.pages = nil
	for _, g := range pages {
		switch {
		case g.Part == redact.PartBody:
			v.pages = append(v.pages, g)
		case !redact.IsDropped(g.Part) && len(g.Spans) > 0:
			rest = append(rest, g)
		}
	}
	v.pages = append(v.pages, rest...)
	v.page = 0
	v.show()
}

// Failed says that a file cannot be shown.
func (v *Viewer) Failed(file int) {
	if file == v.file {
		v.pages = nil
		put(v.canvas, container.NewCenter(note(v.words.T("canvas.failed"))))
		v.refresh()
	}
}

// Step turns over pages, and from the last one to the next file.
func (v *Viewer) Step(by int) {
	switch to := v.page + by; {
	case to >= 0 && to < len(v.pages):
		v.page = to
		v.show()
	case to < 0 && v.file > 0:
		v.pick.SetSelectedIndex(v.file - 1)
	case to >= len(v.pages) && v.file+1 < len(v.pick.Options):
		v.pick.SetSelectedIndex(v.file + 1)
	}
}

func (v *Viewer) show() {
	v.refresh()
	if v.page >= len(v.pages) {
		put(v.canvas, container.NewCenter(note(v.words.T("viewer.none"))))
		return
	}
	g := v.pages[v.page]
	if g.Part == redact.PartBody && !g.Bounds.Empty() {
		v.load(v.file, g.Index)
		return
	}
	var b strings.Builder
	for i, s := range g.Spans {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(s.Text)
	}
	v.Text.SetText([]widgets.Stretch{{Text: b.String(), Item: -1}}, -1)
	v.Text.Top()
	put(v.canvas, v.Text)
}

// SetPicture takes the picture of a page.
func (v *Viewer) SetPicture(file, page int, pic *widgets.Pyramid) {
	if file != v.file || v.page >= len(v.pages) || v.pages[v.page].Index != page {
		return
	}
	v.Photo.SetPicture(pic)
	put(v.canvas, v.Photo)
}

// Drawn reports whether the picture of a page is on show.
func (v *Viewer) Drawn() bool { return slices.Contains(v.canvas.Objects, fyne.CanvasObject(v.Photo)) }

func (v *Viewer) refresh() {
	n := max(1, len(v.pages))
	if v.alone {
		v.bar.Hidden = n == 1
	}
	where := v.words.T("tool.pages", "n", v.page+1, "of", n)
	if theme.Current().Large() { // words would need more room than a pane has
		where = fmt.Sprintf("%d/%d", v.page+1, n)
	}
	v.where.Set(where)
	v.back.SetEnabled(v.page > 0 || v.file > 0)
	v.next.SetEnabled(v.page+1 < len(v.pages) || v.file+1 < len(v.pick.Options))
	v.Content.Refresh()
}
