package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"consentry/ui/icons"
	"consentry/ui/theme"
)

// Tile is an icon on a ground of its tone.
func Tile(icon icons.Name, tone theme.Tone) *fyne.Container {
	t := theme.Current()
	r := canvas.NewRectangle(tone.Ground)
	r.CornerRadius = theme.Radius
	side := t.Px(32)
	r.SetMinSize(fyne.NewSize(side, side))
	return container.NewStack(r, container.NewCenter(Icon(icon, 18, tone.Text)))
}
