package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"consentry/ui/icons"
	"consentry/ui/theme"
)

// Thumb is a small picture in a box of one size. Where there is none yet, or none
// at all, an icon stands in the box.
type Thumb struct {
	widget.BaseWidget
	// Fill takes all the room that there is, instead of one size.
	Fill bool
	// Chosen hears of a click; nil: it is only looked at.
	Chosen func()

	size  fyne.Size // at 100 %
	img   image.Image
	icon  icons.Name
	tone  color.Color
	ring  color.Color // nil: none
	badge icons.Name  // in the lower right corner of the ring
}

// NewThumb is an empty box of a size given for 100 %.
func NewThumb(width, height float32) *Thumb {
	t := &Thumb{size: fyne.NewSize(width, height), icon: icons.Photo, tone: theme.Current().Muted}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows a picture, or without one the icon.
func (t *Thumb) Set(img image.Image, icon icons.Name, tone color.Color) {
	if t.img == img && t.icon == icon && t.tone == tone {
		return // a picture is not uploaded again for nothing
	}
	t.img, t.icon, t.tone = img, icon, tone
	t.Refresh()
}

// SetRing puts a line around the box, with an icon in its corner; nil takes it away.
func (t *Thumb) SetRing(c color.Color, badge icons.Name) {
	if t.ring == c && t.badge == badge {
		return
	}
	t.ring, t.badge = c, badge
	t.Refresh()
}

// Picture is what is shown; nil where an icon is.
func (t *Thumb) Picture() image.Image { return t.img }

// Badge is the icon in the ring's corner.
func (t *Thumb) Badge() icons.Name { return t.badge }

// Tapped implements fyne.Tappable.
func (t *Thumb) Tapped(*fyne.PointEvent) {
	if t.Chosen != nil {
		t.Chosen()
	}
}

// Cursor implements desktop.Cursorable.
func (t *Thumb) Cursor() desktop.Cursor {
	if t.Chosen != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer implements fyne.Widget.
func (t *Thumb) CreateRenderer() fyne.WidgetRenderer {
	r := &thumbRenderer{t: t, ground: canvas.NewRectangle(color.Transparent), ring: canvas.NewRectangle(color.Transparent),
		corner: canvas.NewRectangle(color.Transparent), img: &canvas.Image{FillMode: canvas.ImageFillContain, ScaleMode: canvas.ImageScaleFastest},
		icon: &canvas.Image{FillMode: canvas.ImageFillContain}, badge: &canvas.Image{FillMode: canvas.ImageFillContain}}
	r.Refresh()
	return r
}

// over is black or white, whichever is seen better on a colour.
func over(c color.Color) color.Color {
	r, g, b, _ := c.RGBA()
	if (299*r+587*g+114*b)/1000>>8 > 140 {
		return theme.Ink
	}
	return theme.BoxOuter
}

type thumbRenderer struct {
	t                    *Thumb
	ground, ring, corner *canvas.Rectangle
	img, icon, badge     *canvas.Image
}

func (r *thumbRenderer) Destroy() {}

func (r *thumbRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.icon, r.img, r.ring, r.corner, r.badge}
}

func (r *thumbRenderer) MinSize() fyne.Size {
	t := theme.Current()
	return fyne.NewSize(t.Px(r.t.size.Width), t.Px(r.t.size.Height))
}

func (r *thumbRenderer) Layout(s fyne.Size) {
	t := theme.Current()
	m := r.MinSize()
	if r.t.Fill {
		m = s
	}
	at := fyne.NewPos((s.Width-m.Width)/2, (s.Height-m.Height)/2)
	for _, o := range []fyne.CanvasObject{r.ground, r.img, r.ring} {
		o.Move(at)
		o.Resize(m)
	}
	i := min(t.Px(22), m.Height/2)
	r.icon.Move(at.AddXY((m.Width-i)/2, (m.Height-i)/2))
	r.icon.Resize(fyne.NewSize(i, i))
	c := t.Px(18)
	r.corner.Move(at.AddXY(m.Width-c, m.Height-c))
	r.corner.Resize(fyne.NewSize(c, c))
	r.badge.Move(at.AddXY(m.Width-c+2, m.Height-c+2))
	r.badge.Resize(fyne.NewSize(c-4, c-4))
}

func (r *thumbRenderer) Refresh() {
	t := theme.Current()
	r.ground.FillColor = t.Raised
	fresh := r.img.Image != r.t.img
	r.img.Image, r.img.Hidden, r.icon.Hidden = r.t.img, r.t.img == nil, r.t.img != nil
	if r.t.icon != "" {
		if res := icons.In(r.t.icon, r.t.tone); r.icon.Resource != res {
			r.icon.Resource = res
			r.icon.Refresh()
		}
	} else {
		r.icon.Hidden = true
	}
	r.ring.Hidden = r.t.ring == nil
	r.corner.Hidden = r.t.ring == nil || r.t.badge == ""
	r.badge.Hidden = r.corner.Hidden
	if r.t.ring != nil {
		r.ring.StrokeColor, r.ring.StrokeWidth, r.corner.FillColor = r.t.ring, 3, r.t.ring
		if r.t.badge != "" {
			r.badge.Resource = icons.In(r.t.badge, over(r.t.ring))
			r.badge.Refresh()
		}
	}
	r.Layout(r.t.Size())
	if fresh {
		r.img.Refresh()
	}
	for _, o := range []fyne.CanvasObject{r.ground, r.icon, r.ring, r.corner, r.badge} {
		canvas.Refresh(o)
	}
}
