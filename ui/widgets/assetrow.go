package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"consentry/ui/icons"
	"consentry/ui/theme"
)

// AssetRow is a file in a list: a small picture of what the public will see, its
// name, and how it fares in an icon and words.
type AssetRow struct {
	widget.BaseWidget
	Thumb *Thumb
	name  *Label
	tag   *Tag
	note  *Label
	mark  mark
	box   *fyne.Container
}

// Size of the picture of a row, at 100 %.
const (
	thumbWidth  = 66
	thumbHeight = 46
)

// NewAssetRow is an empty row.
func NewAssetRow() *AssetRow {
	t := theme.Current()
	r := &AssetRow{Thumb: NewThumb(thumbWidth, thumbHeight), name: NewCutLabel("", theme.Body, false, t.Text), tag: NewTag("", icons.Hide, t.Hide),
		note: NewCutLabel("", theme.Note, false, t.Muted), mark: newMark(t.Px(thumbHeight + 16))}
	lines := Middle(VBox(2, r.name, r.tag, r.note))
	r.box = container.NewStack(r.mark.ground, Border(nil, nil, HBox(theme.S8, r.mark.bar, Middle(r.Thumb)), nil, Pad(lines, 0, theme.S8)))
	r.ExtendBaseWidget(r)
	return r
}

// Set fills the row. Where word is empty a note stands in the place of the tag.
func (r *AssetRow) Set(name, word string, icon icons.Name, tone theme.Tone, note string, current bool) {
	r.name.style.Bold = current
	r.name.Set(name)
	r.tag.Hidden, r.note.Hidden = word == "", word != ""
	r.tag.Set(word, icon, tone)
	r.note.Set(note)
	r.name.Refresh()
	r.mark.set(current)
	r.box.Refresh()
}

// Words are what the row says: name and state.
func (r *AssetRow) Words() (name, state string) {
	if r.tag.Hidden {
		return r.name.text, r.note.text
	}
	return r.name.text, r.tag.text
}

// CreateRenderer implements fyne.Widget.
func (r *AssetRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.box) }
