// Package screens are the rooms of the window: first start, home, the case
// workbench, registry, settings, and the sheets over them. A screen draws what
// it is given and asks for things through a narrow interface; it knows no desk
// and no vault. All of it runs on the window's goroutine.
package screens

import (
	"image/color"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Text in the sizes of the tokens.
func note(s string) *widgets.Label {
	return widgets.NewLabel(s, theme.Note, false, theme.Current().Muted)
}

func body(s string) *widgets.Label {
	return widgets.NewLabel(s, theme.Body, false, theme.Current().Text)
}

func strong(s string) *widgets.Label {
	return widgets.NewLabel(s, theme.Body, true, theme.Current().Text)
}

func head(s string) *widgets.Label {
	return widgets.NewLabel(s, theme.Head, true, theme.Current().Text)
}

func title(s string) *widgets.Label {
	return widgets.NewLabel(s, theme.Title, true, theme.Current().Text)
}

func para(s string, width float32) *widgets.Paragraph {
	return widgets.NewParagraph(s, theme.Body, false, theme.Current().Text, width)
}

func notePara(s string, width float32) *widgets.Paragraph {
	return widgets.NewParagraph(s, theme.Note, false, theme.Current().Muted, width)
}

// term is the rule pack's word for an id, or the id. It stands by itself here, as nearly
// everywhere in the window, so that it begins with a capital.
func term(ts authz.Terms, id, lang string) string {
	if t, ok := ts.Find(id); ok && t.Label(lang) != "" {
		return capital(t.Label(lang))
	}
	return id
}

// capital is a text with a large first letter.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// day writes a date as 2027-05-31.
func day(t time.Time) string { return t.Format(time.DateOnly) }

// rowTitle is what a row of findings is called: what stands there, or which
// face it is.
func rowTitle(w *i18n.Words, r state.Row) string {
	if r.Title != "" {
		return strings.Join(strings.Fields(r.Title), " ")
	}
	if r.Number > 0 {
		return kindWord(w, r.Kind) + " " + strconv.Itoa(r.Number)
	}
	return kindWord(w, r.Kind)
}

// kindWord is the word of a kind: the window's own short one, or that of the table
// of kinds.
func kindWord(w *i18n.Words, k redact.Kind) string {
	if key := "kind." + string(k); w.Has(key) {
		return w.T(key)
	}
	return capital(k.Info().Name.In(redact.Lang(w.Lang())))
}

// KindWord is kindWord, for whoever lists kinds.
func KindWord(w *i18n.Words, k redact.Kind) string { return kindWord(w, k) }

// verdictTag is the tag of a row's or item's outcome.
func verdictTag(w *i18n.Words, v authz.Verdict, exempt string) (string, icons.Name, theme.Tone) {
	if exempt != "" {
		v = authz.Show
	}
	icon, tone := widgets.Verdict(v)
	return w.T("verdict." + v.String()), icon, tone
}

// effective is the verdict as the output has it.
func effective(it casework.Item) authz.Verdict {
	if it.Exempt != "" {
		return authz.Show
	}
	return it.Decision.Verdict
}

// entry is a text field; escape is called on Esc.
type entry struct {
	widget.Entry
	escape func()
	arrow  func(fyne.KeyName) bool
	focus  bool
	met    bool // it had the focus before
}

func newEntry(placeholder string) *entry {
	e := &entry{}
	e.ExtendBaseWidget(e)
	e.SetPlaceHolder(placeholder)
	return e
}

// FocusGained implements fyne.Focusable.
func (e *entry) FocusGained() {
	if e.focus = true; !e.met && !e.MultiLine && e.CursorColumn == 0 {
		e.CursorColumn = len([]rune(e.Text)) // one goes on writing
	}
	e.met = true
	e.Entry.FocusGained()
}

// FocusLost implements fyne.Focusable.
func (e *entry) FocusLost() {
	e.focus = false
	e.Entry.FocusLost()
}

// CreateRenderer puts the ring of the focus over Fyne's line, which is one pixel.
func (e *entry) CreateRenderer() fyne.WidgetRenderer {
	r := &entryRenderer{WidgetRenderer: e.Entry.CreateRenderer(), e: e, ring: newRing()}
	showRing(r.ring, e.focus)
	return r
}

type entryRenderer struct {
	fyne.WidgetRenderer
	e    *entry
	ring *canvas.Rectangle
}

func (r *entryRenderer) Objects() []fyne.CanvasObject {
	return append(r.WidgetRenderer.Objects(), r.ring)
}

func (r *entryRenderer) Layout(s fyne.Size) {
	r.WidgetRenderer.Layout(s)
	r.ring.Resize(s)
}

func (r *entryRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	showRing(r.ring, r.e.focus)
	canvas.Refresh(r.ring)
}

// Typed is what stands in the field, for whoever wants to know whether somebody types.
func (e *entry) Typed() string { return e.Text }

// TypedKey implements fyne.Focusable.
func (e *entry) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyEscape && e.escape != nil:
		e.escape()
	case e.arrow != nil && e.arrow(k.Name):
	default:
		e.Entry.TypedKey(k)
	}
}

// field is a label over a control.
func field(label string, control fyne.CanvasObject) fyne.CanvasObject {
	return widgets.VBox(theme.S4, widgets.NewLabel(label, theme.Note, true, theme.Current().Text), control)
}

// framed puts the edge of a control around one that Fyne draws without.
func framed(o fyne.CanvasObject) fyne.CanvasObject {
	t := theme.Current()
	r := canvas.NewRectangle(color.Transparent)
	r.StrokeColor, r.StrokeWidth, r.CornerRadius = t.Edge, t.LineWidth(), theme.Radius
	return container.NewStack(o, r)
}

// choice is a select whose options are terms.
func choice(ts authz.Terms, lang, current string, changed func(string)) *options {
	var labels []string
	ids := map[string]string{}
	for _, t := range ts {
		l := term(ts, t.ID, lang)
		labels = append(labels, l)
		ids[l] = t.ID
	}
	s := newOptions(labels, func(l string) { changed(ids[l]) })
	if _, ok := ts.Find(current); ok {
		s.SetSelected(term(ts, current, lang))
	} else if len(labels) > 0 {
		s.SetSelected(labels[0])
	}
	return s
}

// rounded puts a colour behind an object, with the corners of a control.
func rounded(c color.Color, o fyne.CanvasObject) fyne.CanvasObject {
	r := canvas.NewRectangle(c)
	r.CornerRadius = theme.Radius
	return container.NewStack(r, o)
}

// toned is a card in a tone.
func toned(tone theme.Tone, o fyne.CanvasObject) fyne.CanvasObject {
	r := canvas.NewRectangle(tone.Ground)
	r.StrokeColor, r.StrokeWidth, r.CornerRadius = tone.Line, 2, theme.CardRadius
	return container.NewStack(r, widgets.Pad(o, theme.S12, theme.S16))
}
