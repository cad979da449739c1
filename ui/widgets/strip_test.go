//go:build ci

package widgets

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Of 300 pages only those that are seen are made.
func TestStripMakesWhatIsSeen(t *testing.T) {
	start(t)
	made, seen := 0, map[int]bool{}
	s := NewStrip(8, func() int { return 300 }, func() *Thumb { made++; return NewThumb(52, 42) }, func(i int, _ *Thumb) { seen[i] = true })
	w := test.NewTempWindow(t, s)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(592+2*Rim, 50))
	s.Reveal(200)
	if from, to := s.Seen(); to-from != 10 || to != 201 || made > 12 {
		t.Errorf("pages %d to %d are seen, %d cells made", from, to, made)
	}
	if seen[100] || !seen[200] {
		t.Error("pages that nobody sees were drawn, or the one asked for was not")
	}
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
	if _, to := s.Seen(); to != 202 {
		t.Errorf("the wheel turns to %d", to)
	}
	for range 400 {
		s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
	}
	if from, to := s.Seen(); from != 290 || to != 300 {
		t.Errorf("the end is %d to %d", from, to)
	}
}

// The original is beside the result only where it was asked for and fits.
func TestCompareIsOffUnlessAskedFor(t *testing.T) {
	start(t)
	p := NewPhotoView()
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(320, 240))
	p.SetPicture(NewPyramid(checks(256, 192, 256, blue, blue)))
	if p.Comparing() {
		t.Fatal("on from the start")
	}
	p.Compare(NewPyramid(checks(100, 100, 100, sand, sand)))
	if p.Comparing() {
		t.Error("a picture of another size is compared")
	}
	p.Compare(NewPyramid(checks(256, 192, 256, sand, sand)))
	p.Slide(0)
	if c := p.paint(320, 240).At(100, 120); same(c, sand) {
		t.Error("the original is seen right of the slider")
	}
	p.Slide(1)
	if c := p.paint(320, 240).At(100, 120); !same(c, sand) {
		t.Error("the original is not seen left of the slider")
	}
	p.Compare(nil)
	if c := p.paint(320, 240).At(100, 120); same(c, sand) {
		t.Error("turned off, and the original is seen")
	}
}

func same(a, b color.Color) bool {
	r, g, bl, _ := a.RGBA()
	x, y, z, _ := b.RGBA()
	return r>>8 == x>>8 && g>>8 == y>>8 && bl>>8 == z>>8
}
