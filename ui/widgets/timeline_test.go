package widgets

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"consentry/ui/theme"
)

func timeline() *Timeline {
	return NewTimeline([]Span{
		{Label: "官网", Text: "姓名、肖像", From: .1, To: .8, Ended: .8},
		{Label: "微信公众号", Text: "肖像", From: .2, To: .9, Ended: .55, Hollow: "已撤回", Over: true},
		{Label: "媒体", Text: "姓名", From: .5, To: 1, Ended: 1},
	}, []Tick{{At: 0, Text: "2026-01"}, {At: .25, Text: "04"}, {At: .5, Text: "07"}, {At: .75, Text: "10"}}, Tick{At: .6, Text: "今天"})
}

func TestTimelinePicture(t *testing.T) {
	start(t)
	w := test.NewTempWindow(t, Ground(theme.Current().Surface, timeline()))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(560, 110))
	test.AssertImageMatches(t, "timeline.png", w.Canvas().Capture())
}

// What was taken back is hollow, today is marked, and no word leaves its bar.
func TestTimeline(t *testing.T) {
	start(t)
	l := timeline()
	w := test.NewTempWindow(t, l)
	w.SetPadded(false)
	for _, wide := range []float32{300, 560, 1200} {
		w.Resize(fyne.NewSize(wide, 110))
		img := w.Canvas().Capture()
		t1 := theme.Current()
		at := func(part, row float32) (c [3]uint32) {
			x, y := spanLabel+part*(wide-spanLabel-2), tickHead+spanRow*row+spanRow/2-7
			r, g, b, _ := img.At(int(x), int(y)).RGBA()
			return [3]uint32{r >> 8, g >> 8, b >> 8}
		}
		is := func(c color.NRGBA) [3]uint32 { return [3]uint32{uint32(c.R), uint32(c.G), uint32(c.B)} }
		if at(.75, 0) != is(t1.Show.Ground) || at(.5, 1) != is(t1.Hide.Ground) || at(.85, 1) != is(t1.Surface) || at(.6, 2) != is(t1.Focus) {
			t.Errorf("%v wide: %v %v %v %v", wide, at(.75, 0), at(.5, 1), at(.85, 1), at(.6, 2))
		}
	}
}
