package widgets

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"consentry/authz"
)

// A view is one of 800 by 600 around a picture of twice that, a box of 200 by
// 100 in it, and what it told.
type view struct {
	*PhotoView
	told []image.Rectangle
}

var held = image.Rect(400, 400, 600, 500)

func newView(t *testing.T) *view {
	t.Helper()
	start(t)
	v := &view{PhotoView: NewPhotoView()}
	w := test.NewTempWindow(t, v.PhotoView)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(832, 632)) // room of 800 × 600 inside the margin: 50 %
	v.SetPicture(NewPyramid(image.NewNRGBA(image.Rect(0, 0, 1600, 1200))))
	v.mark(held)
	v.Moved = func(item int, r image.Rectangle) {
		if item != 7 {
			t.Errorf("told of item %d", item)
		}
		v.told = append(v.told, r)
	}
	return v
}

func (v *view) mark(r image.Rectangle) {
	v.SetMarks([]Mark{{Item: 7, ID: "a", Box: r, Verdict: authz.Hide, Movable: true}, {Item: 9, ID: "b", Box: image.Rect(0, 0, 1600, 1200), Verdict: authz.Hide, Movable: true}}, 7)
}

// reset brings the view back to where newView left it.
func (v *view) reset() {
	v.Settle()
	v.SetDrawing(false)
	v.ZoomFit()
	v.mark(held)
	v.told = nil
}

func (v *view) press(at fyne.Position) {
	v.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
}

// pull drags from one place of the picture over steps to another.
func (v *view) pull(from, to image.Point) {
	a, b := v.toView(from.X, from.Y), v.toView(to.X, to.Y)
	v.press(a)
	for i := 1; i <= 4; i++ {
		at := fyne.NewPos(a.X+(b.X-a.X)*float32(i)/4, a.Y+(b.Y-a.Y)*float32(i)/4)
		v.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}, Dragged: fyne.NewDelta((b.X-a.X)/4, (b.Y-a.Y)/4)})
	}
}

func TestDragBox(t *testing.T) {
	middle := image.Pt(500, 440)
	v := newView(t)
	for _, tc := range []struct {
		name     string
		from, to image.Point
		want     image.Rectangle
	}{
		{"inside", middle, middle.Add(image.Pt(30, -20)), held.Add(image.Pt(30, -20))},
		{"out of the picture", middle, image.Pt(-900, 5000), image.Rect(0, 1100, 200, 1200)},
		{"left edge", image.Pt(400, 450), image.Pt(360, 480), image.Rect(360, 400, 600, 500)},
		{"right edge", image.Pt(600, 450), image.Pt(700, 450), image.Rect(400, 400, 700, 500)},
		{"upper edge", image.Pt(500, 400), image.Pt(520, 300), image.Rect(400, 300, 600, 500)},
		{"lower edge", image.Pt(500, 500), image.Pt(500, 540), image.Rect(400, 400, 600, 540)},
		{"upper left corner", image.Pt(400, 400), image.Pt(380, 390), image.Rect(380, 390, 600, 500)},
		{"upper right corner", image.Pt(600, 400), image.Pt(640, 420), image.Rect(400, 420, 640, 500)},
		{"lower left corner", image.Pt(400, 500), image.Pt(420, 520), image.Rect(420, 400, 600, 520)},
		{"lower right corner", image.Pt(600, 500), image.Pt(620, 540), image.Rect(400, 400, 620, 540)},
		{"a corner past the other", image.Pt(600, 500), image.Pt(100, 100), image.Rect(400, 400, 404, 404)},
		{"a corner out of the picture", image.Pt(600, 500), image.Pt(9000, 9000), image.Rect(400, 400, 1600, 1200)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v.reset()
			cx := v.cx
			v.pull(tc.from, tc.to)
			if len(v.told) != 0 || !v.Holding() {
				t.Error("something was told before the box was let go, or nothing is held")
			}
			if got := v.Marks()[0].Box; got != tc.want {
				t.Errorf("while dragging it is shown at %v, want %v", got, tc.want)
			}
			v.MouseUp(nil)
			v.DragEnd()
			if len(v.told) != 1 || v.told[0] != tc.want {
				t.Errorf("told %v, want %v", v.told, tc.want)
			}
			if v.cx != cx || v.Holding() {
				t.Error("the photo moved too, or the box is still held")
			}
		})
	}
}

func TestDragsThatMoveNoBox(t *testing.T) {
	v := newView(t)
	for name, do := range map[string]func(*view){
		"a shaking hand": func(v *view) { v.pull(image.Pt(500, 440), image.Pt(504, 442)) },
		"taken back with Esc": func(v *view) {
			v.pull(image.Pt(500, 440), image.Pt(700, 440))
			if !v.Cancel() {
				t.Error("nothing to cancel")
			}
			v.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(10, 10)}, Dragged: fyne.NewDelta(5, 5)})
		},
		"there and back": func(v *view) {
			v.pull(image.Pt(500, 440), image.Pt(700, 440))
			v.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: v.toView(500, 440)}})
		},
		"the photo beside it": func(v *view) {
			v.pull(image.Pt(900, 900), image.Pt(800, 900))
			if v.cx == 800 {
				t.Error("the photo does not move")
			}
		},
		"another box than the current one": func(v *view) { v.pull(image.Pt(20, 20), image.Pt(90, 90)) },
		"a box that cannot be moved": func(v *view) {
			v.SetMarks([]Mark{{Item: 7, ID: "a", Box: held}}, 7)
			v.pull(image.Pt(500, 440), image.Pt(700, 440))
		},
		"a box that is gone meanwhile": func(v *view) {
			v.pull(image.Pt(500, 440), image.Pt(700, 440))
			v.SetMarks([]Mark{{Item: 9, ID: "b", Box: held, Movable: true}}, 9)
		},
		"drawing": func(v *view) {
			v.SetDrawing(true)
			v.pull(image.Pt(500, 440), image.Pt(700, 700))
		},
	} {
		t.Run(name, func(t *testing.T) {
			v.reset()
			do(v)
			v.MouseUp(nil)
			v.DragEnd()
			if len(v.told) != 0 || v.Marks()[0].Box != held {
				t.Errorf("told %v, stands at %v", v.told, v.Marks()[0].Box)
			}
		})
	}
}

// What arrives while a box is in the hand does not take it away.
func TestMarksUnderTheHand(t *testing.T) {
	v := newView(t)
	v.pull(image.Pt(500, 440), image.Pt(520, 440))
	v.mark(held.Add(image.Pt(4, 0))) // an answer from before
	v.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: v.toView(560, 440)}})
	v.MouseUp(nil)
	if want := held.Add(image.Pt(60, 0)); len(v.told) != 1 || v.told[0] != want {
		t.Errorf("told %v, want %v", v.told, want)
	}
}

func TestNudge(t *testing.T) {
	v := newView(t)
	for range 3 {
		v.Nudge(1, 0)
	}
	v.Nudge(0, -10)
	want := held.Add(image.Pt(3, -10))
	if len(v.told) != 0 || v.Marks()[0].Box != want {
		t.Fatalf("told %v, shown at %v", v.told, v.Marks()[0].Box)
	}
	v.mark(held)
	v.Settle()
	v.Settle()
	if len(v.told) != 1 || v.told[0] != want {
		t.Errorf("told %v, want %v once", v.told, want)
	}
	v.mark(image.Rect(0, 0, 50, 50))
	v.Nudge(-10, -10)
	v.Settle()
	if len(v.told) != 1 || v.Marks()[0].Box != image.Rect(0, 0, 50, 50) {
		t.Error("nudged out of the picture")
	}
	v.SetMarks(nil, -1)
	if v.Nudge(1, 1) {
		t.Error("nudged nothing")
	}
}

// A face of a few pixels can still be taken by its middle.
func TestSmallBoxIsTakenByItsMiddle(t *testing.T) {
	v := newView(t)
	small := image.Rect(400, 400, 424, 424) // 12 pixels in the view
	v.mark(small)
	v.pull(image.Pt(412, 412), image.Pt(452, 412))
	v.MouseUp(nil)
	if want := small.Add(image.Pt(40, 0)); len(v.told) != 1 || v.told[0] != want {
		t.Errorf("told %v, want %v", v.told, want)
	}
	v = newView(t)
	v.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: v.toView(400, 450)}})
	if v.Cursor() != desktop.HResizeCursor {
		t.Error("the pointer does not tell a handle")
	}
	v.MouseOut()
	if v.Cursor() != desktop.DefaultCursor {
		t.Error("the pointer tells a handle outside")
	}
}
