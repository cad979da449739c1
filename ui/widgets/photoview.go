package widgets

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/image/draw"

	"consentry/authz"
	"consentry/ui/theme"
)

// Mark is a box on a photo.
type Mark struct {
	Item    int             // the caller's number
	ID      string          // the item's, which stays when numbers change
	Box     image.Rectangle // picture pixels
	Verdict authz.Verdict
	Word    string // beside the icon in the label
	Movable bool   // while it is current, it has handles
	Rest    bool   // where a moved box was found: drawn fainter
	Quiet   bool   // while it is not current it is a fine line without a label: words in a text
}

// PhotoView shows a photo from a pyramid, boxes over it. Only the viewport is
// painted, so its cost does not depend on the photo.
type PhotoView struct {
	widget.BaseWidget
	// Chosen hears of the box that was clicked.
	Chosen func(item int)
	// Drawn hears of a box drawn while drawing is on, in picture pixels.
	Drawn func(image.Rectangle)
	// Moved hears where a box stands once it was moved and let go.
	Moved func(item int, box image.Rectangle)
	// Zoomed hears that the picture is drawn larger or smaller than before.
	Zoomed func()
	// Halves are the words over what is compared: the picture beside it, and it.
	Halves [2]string

	pic     *Pyramid
	marks   []Mark
	current int // item, or -1
	zoom    float64
	cx, cy  float64 // picture pixels at the centre
	buf     *image.RGBA
	drawing bool
	rubber  image.Rectangle
	from    *fyne.Position
	held    *grip
	over    fyne.Position // of the pointer
	before  *Pyramid      // beside the picture, to compare; nil: not
	split   float64       // where the comparison is divided, 0 to 1 of the view
	sliding bool
	moving  bool            // it is painted coarsely
	still   *fyne.Animation // ends when nothing moved for a while
	told    int             // the percentage that was told last
}

// NewPhotoView is an empty view.
func NewPhotoView() *PhotoView {
	p := &PhotoView{current: -1}
	p.ExtendBaseWidget(p)
	return p
}

// SetPicture shows a picture; nil shows none. The place and zoom stay where the
// new picture has the size of the old one, as result and original have.
func (p *PhotoView) SetPicture(pic *Pyramid) {
	fresh := pic == nil || p.pic == nil || p.pic.Size() != pic.Size()
	p.pic = pic
	if fresh {
		p.ZoomFit()
		return
	}
	p.Refresh()
}

// SetMarks replaces the boxes. The one that is held just then stays in the hand.
func (p *PhotoView) SetMarks(marks []Mark, current int) {
	p.keepHeld(marks, current)
	p.marks, p.current = marks, current
	p.Refresh()
}

// Marks are the boxes shown.
func (p *PhotoView) Marks() []Mark { return p.marks }

// SetDrawing turns drawing of a new box on or off; otherwise dragging moves the
// photo.
func (p *PhotoView) SetDrawing(on bool) { p.drawing, p.rubber = on, image.Rectangle{}; p.Refresh() }

// Zoom makes the photo larger (by > 1) or smaller.
func (p *PhotoView) Zoom(by float64) {
	p.zoom = math.Max(0.02, math.Min(8, p.scale()*by))
	p.move()
}

// ZoomFit shows the whole photo.
func (p *PhotoView) ZoomFit() {
	p.zoom = 0
	if p.pic != nil {
		s := p.pic.Size()
		p.cx, p.cy = float64(s.X)/2, float64(s.Y)/2
	}
	p.Refresh()
}

// Percent is the zoom: 100 is one picture pixel per window pixel.
func (p *PhotoView) Percent() int {
	if p.pic == nil {
		return 0
	}
	return int(math.Round(p.scale() * 100))
}

// tell tells of another percentage.
func (p *PhotoView) tell() {
	if now := p.Percent(); now != p.told && p.Zoomed != nil {
		p.told = now
		p.Zoomed()
	}
}

const photoMargin = 16

func (p *PhotoView) scale() float64 {
	if p.zoom > 0 {
		return p.zoom
	}
	if p.pic == nil {
		return 1
	}
	s, room := p.pic.Size(), p.Size()
	fit := math.Min(float64(room.Width-2*photoMargin)/float64(s.X), float64(room.Height-2*photoMargin)/float64(s.Y))
	return math.Max(0.001, math.Min(fit, 2))
}

func (p *PhotoView) toPicture(pos fyne.Position) (x, y float64) {
	s, size := p.scale(), p.Size()
	return p.cx + float64(pos.X-size.Width/2)/s, p.cy + float64(pos.Y-size.Height/2)/s
}

func (p *PhotoView) toView(x, y int) fyne.Position {
	s, size := p.scale(), p.Size()
	return fyne.NewPos(float32((float64(x)-p.cx)*s)+size.Width/2, float32((float64(y)-p.cy)*s)+size.Height/2)
}

func (p *PhotoView) paint(w, h int) image.Image {
	var by draw.Scaler = draw.ApproxBiLinear
	if p.moving {
		by = draw.NearestNeighbor
		w, h = max(w/halved, 1), max(h/halved, 1)
	}
	if p.buf == nil || cap(p.buf.Pix) < 4*w*h {
		p.buf = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	p.buf = &image.RGBA{Pix: p.buf.Pix[:4*w*h], Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}
	ground := image.NewUniform(theme.Current().Canvas)
	size := p.Size()
	scale := p.scale() * float64(w) / float64(max(size.Width, 1))
	inStrips(p.buf, func(strip *image.RGBA) {
		draw.Draw(strip, strip.Rect, ground, image.Point{}, draw.Src)
		if p.pic == nil {
			return
		}
		p.pic.paint(strip, w, h, p.cx, p.cy, scale, by)
		if p.before != nil {
			left := strip.Rect
			left.Max.X = int(float64(w) * p.split)
			p.before.paint(strip.SubImage(left).(*image.RGBA), w, h, p.cx, p.cy, scale, by)
		}
	})
	return p.buf
}

// Tapped implements fyne.Tappable: the smallest box under the pointer is chosen.
func (p *PhotoView) Tapped(e *fyne.PointEvent) {
	x, y := p.toPicture(e.Position)
	at, best := image.Pt(int(x), int(y)), -1
	for i, m := range p.marks {
		if at.In(m.Box) && (best < 0 || m.Box.Dx() < p.marks[best].Box.Dx()) {
			best = i
		}
	}
	if best >= 0 && p.Chosen != nil {
		p.Chosen(p.marks[best].Item)
	}
}

// MouseDown implements desktop.Mouseable.
func (p *PhotoView) MouseDown(e *desktop.MouseEvent) {
	at := e.Position
	p.from = &at
	p.Settle() // of keys
	if p.sliding = p.onSlider(at); p.sliding {
		return
	}
	if g, ok := p.gripAt(at); ok && !p.drawing {
		p.held = &g
	}
}

// MouseUp implements desktop.Mouseable.
func (p *PhotoView) MouseUp(*desktop.MouseEvent) {
	p.sliding = false
	p.Settle()
}

// Dragged implements fyne.Draggable.
func (p *PhotoView) Dragged(e *fyne.DragEvent) {
	if p.pic == nil {
		return
	}
	if p.sliding {
		p.Slide(float64(e.Position.X / p.Size().Width))
		return
	}
	if p.drawing {
		if p.from == nil {
			at := e.Position
			p.from = &at
		}
		x0, y0 := p.toPicture(*p.from)
		x1, y1 := p.toPicture(e.Position)
		p.rubber = image.Rect(int(x0), int(y0), int(x1), int(y1)).Intersect(image.Rectangle{Max: p.pic.Size()})
		p.Refresh()
		return
	}
	if p.drag(e.Position) {
		return
	}
	s := p.scale()
	p.zoom = s
	p.cx -= float64(e.Dragged.DX) / s
	p.cy -= float64(e.Dragged.DY) / s
	p.move()
}

// DragEnd implements fyne.Draggable.
func (p *PhotoView) DragEnd() {
	p.Settle()
	p.sliding = false
	r := p.rubber
	p.from, p.rubber = nil, image.Rectangle{}
	if p.drawing && r.Dx() > 3 && r.Dy() > 3 && p.Drawn != nil {
		p.Drawn(r)
	}
	p.Refresh()
}

// Scrolled implements fyne.Scrollable: it zooms around the pointer.
func (p *PhotoView) Scrolled(e *fyne.ScrollEvent) {
	x, y := p.toPicture(e.Position)
	old := p.scale()
	p.zoom = math.Max(0.02, math.Min(8, old*math.Pow(1.006, float64(e.Scrolled.DY))))
	p.cx = x - (x-p.cx)*old/p.zoom
	p.cy = y - (y-p.cy)*old/p.zoom
	p.move()
}

// CreateRenderer implements fyne.Widget.
func (p *PhotoView) CreateRenderer() fyne.WidgetRenderer {
	r := &photoRenderer{p: p, raster: canvas.NewRaster(p.paint), rubber: canvas.NewRectangle(color.Transparent),
		slider: [3]*canvas.Rectangle{canvas.NewRectangle(theme.BoxOuter), canvas.NewRectangle(theme.BoxHide), canvas.NewRectangle(theme.BoxHide)}}
	for i := range r.halves {
		r.halves[i] = half{canvas.NewRectangle(theme.BoxHide), canvas.NewText(p.Halves[i], theme.BoxOuter)}
	}
	r.Refresh()
	return r
}
