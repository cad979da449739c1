package photo

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	fix "golang.org/x/image/math/fixed"

	"consentry/redact"
)

// What is painted over words in a picture. Both are constants: a colour taken
// from the picture would tell something of it.
var (
	paper = color.NRGBA{Grey, Grey, Grey, 0xff}
	ink   = color.NRGBA{0x33, 0x33, 0x33, 0xff}
)

const (
	minLabel  = 8    // pixels of type below which a label cannot be read
	labelRoom = 0.94 // of the box's width that a label may fill
	typeShare = 0.74 // of the box's height that the type may fill
	dpi       = 72   // so that points are pixels
)

// A labeller writes labels where words were hidden, in one typeface. Its zero
// value writes none. It is safe for concurrent use.
type labeller struct {
	load func() (ttf []byte, err error) // called once, when the first label is written
	once sync.Once
	face *opentype.Font
	err  error
}

func (l *labeller) font() (*opentype.Font, error) {
	l.once.Do(func() {
		ttf, err := l.load()
		if err == nil {
			l.face, err = opentype.Parse(ttf)
		}
		if err != nil {
			l.err = fmt.Errorf("labels in photos: %w", err)
		}
	})
	return l.face, l.err
}

// write paints every label that fits its box and meets no other label's. A text
// that runs over several lines has one box and one label; one that does not fit
// stays blank: nothing that was hidden can be seen either way.
func (l *labeller) write(m *image.NRGBA, rs []redact.Redaction) error {
	if l == nil || l.load == nil {
		return nil
	}
	var taken []image.Rectangle
	for _, r := range rs {
		if r.With == "" || !r.Region.IsText() || r.Region.Part != redact.PartBody {
			continue
		}
		box := r.Region.Box.Intersect(m.Rect)
		if box.Empty() || slices.ContainsFunc(taken, box.Overlaps) {
			continue
		}
		taken = append(taken, box)
		f, err := l.font()
		if err != nil {
			return err
		}
		if err := label(m, box, r.With, f); err != nil {
			return err
		}
	}
	return nil
}

// label writes a text in the middle of a box: across, or rune below rune where
// the box is a tall one and the text Chinese.
func label(m *image.NRGBA, box image.Rectangle, text string, f *opentype.Font) error {
	runes := []rune(text)
	cells := []string{text}
	if box.Dy() > box.Dx()*3/2 && len(runes) > 1 && unicode.Is(unicode.Han, runes[0]) {
		cells = cells[:0]
		for _, r := range runes {
			cells = append(cells, string(r))
		}
	}
	height := float64(box.Dy()) / float64(len(cells)) // of one cell
	face, wide, err := fit(f, cells, labelRoom*float64(box.Dx()), typeShare*height)
	if err != nil || face == nil {
		return err
	}
	defer face.Close()
	metrics := face.Metrics()
	// A plain ground under the type only: the box around it is filled already.
	draw.Draw(m, box, image.NewUniform(paper), image.Point{}, draw.Src)
	d := font.Drawer{Dst: m, Src: image.NewUniform(ink), Face: face}
	for i, c := range cells {
		middle := float64(box.Min.Y) + (float64(i)+0.5)*height
		d.Dot = fix.Point26_6{
			X: fix.I(box.Min.X) + (fix.I(box.Dx())-wide[i])/2,
			Y: fix.Int26_6(math.Round(middle*64)) + (metrics.CapHeight)/2,
		}
		d.DrawString(c)
	}
	return nil
}

// fit is the largest face in which every cell fits, and the cells' widths; nil
// where that is too small to be read.
func fit(f *opentype.Font, cells []string, width, size float64) (font.Face, []fix.Int26_6, error) {
	for range 2 { // the second time at the size that the first one's width asks for
		if size < minLabel {
			return nil, nil, nil
		}
		face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: dpi, Hinting: font.HintingNone})
		if err != nil {
			return nil, nil, fmt.Errorf("labels in photos: %w", err)
		}
		wide := make([]fix.Int26_6, len(cells))
		var most fix.Int26_6
		for i, c := range cells {
			wide[i] = font.MeasureString(face, c)
			most = max(most, wide[i])
		}
		w := float64(most) / 64
		if w <= width {
			return face, wide, nil
		}
		if err := face.Close(); err != nil {
			return nil, nil, err
		}
		size = math.Floor(size * width / w)
	}
	return nil, nil, nil
}
