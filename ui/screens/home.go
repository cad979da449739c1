package screens

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Lobby is what the home screen asks for.
type Lobby interface {
	ChooseFiles()
	ChooseFolder()
	OpenSample()
	OpenCase(id string)
}

// Home is the drop strip and the recent cases.
type Home struct {
	Content fyne.CanvasObject
	List    *widgets.List

	strip  *fyne.Container
	notice *widgets.Label
	cases  []*casework.Case
}

// NewHome shows the cases, newest first.
func NewHome(w *i18n.Words, l Lobby, v authz.Vocabulary, cases []*casework.Case, keys widgets.KeyHandler) *Home {
	t := theme.Current()
	h := &Home{cases: slices.Clone(cases), notice: note("")}
	slices.SortStableFunc(h.cases, func(a, b *casework.Case) int { return b.Created.Compare(a.Created) })
	h.strip = dropStrip(w, l)
	h.List = widgets.NewList(func() int { return len(h.cases) }, func(i int, r *widgets.Row) {
		c := h.cases[i]
		r.SetTag("", icons.Case, t.Hide)
		r.SetIcon(icons.Case, t.Muted)
		about := term(v.Purposes, string(c.Purpose), w.Lang()) + w.T("sep") + term(v.Channels, string(c.Channel), w.Lang()) +
			w.T("sep") + w.T("files", "n", len(c.Assets))
		r.Set(c.Title, about, day(c.Created), false)
	}, func(i int) { l.OpenCase(h.cases[i].ID) })
	h.List.Keys = keys

	var recent fyne.CanvasObject = h.List
	if len(h.cases) == 0 {
		sample := widgets.NewButton(w.T("home.sample"), icons.Photo, "", widgets.Plain, l.OpenSample)
		sample.Keys = keys
		recent = widgets.Pad(widgets.VBox(theme.S12, body(w.T("home.empty")), note(w.T("home.empty.what")), widgets.HBox(theme.S8, sample)), theme.S16, theme.S16)
	}
	listHead := widgets.Pad(widgets.HBox(theme.S8, head(w.T("home.recent")), widgets.Spacer(), h.notice), theme.S12, theme.S16)
	card := widgets.Card(widgets.Border(widgets.VBox(0, listHead, widgets.Rule()), nil, nil, nil, widgets.Pad(recent, 2, 2)))
	h.Content = widgets.Pad(widgets.Border(
		widgets.VBox(theme.S16, widgets.VBox(0, title(w.T("home.title")), note(w.T("home.what"))), h.strip, widgets.Room(0, 0, container.NewWithoutLayout())),
		nil, nil, nil, card), theme.S24, theme.S24)
	return h
}

// Notice says something in the head of the list: that models are being loaded.
func (h *Home) Notice(s string) { h.notice.Set(s) }

// dropStrip is the frame that says that files may be dropped anywhere.
func dropStrip(w *i18n.Words, l Lobby) *fyne.Container {
	t := theme.Current()
	frame := canvas.NewRectangle(t.Surface)
	frame.StrokeColor, frame.StrokeWidth, frame.CornerRadius = t.Edge, 2, theme.CardRadius
	files := widgets.NewButton(w.T("cmd.open-files"), icons.Doc, "Ctrl O", widgets.Plain, l.ChooseFiles)
	folder := widgets.NewButton(w.T("cmd.open-folder"), icons.Case, "Ctrl Shift O", widgets.Plain, l.ChooseFolder)
	words := widgets.Middle(widgets.VBox(theme.S4, widgets.NewCutLabel(w.T("home.drop"), theme.Head, true, t.Text),
		widgets.NewCutLabel(w.T("home.drop.what"), theme.Body, false, t.Muted)))
	return container.NewStack(frame, widgets.Pad(widgets.Border(nil, nil,
		widgets.Pad(widgets.Middle(widgets.Icon(icons.Drop, 36, t.Text)), 0, theme.S8),
		widgets.HBox(theme.S12, widgets.Middle(files), widgets.Middle(folder)), widgets.Pad(words, 0, theme.S12)), theme.S16, theme.S24))
}

// NewEmptyCase is the case room while no case is open.
func NewEmptyCase(w *i18n.Words, l Lobby, keys widgets.KeyHandler) fyne.CanvasObject {
	sample := widgets.NewButton(w.T("home.sample"), icons.Photo, "", widgets.Plain, l.OpenSample)
	sample.Keys = keys
	return widgets.Pad(widgets.Border(widgets.VBox(theme.S16, title(w.T("case.none")), dropStrip(w, l), widgets.HBox(theme.S8, sample)), nil, nil, nil, widgets.Spacer()), theme.S24, theme.S24)
}
