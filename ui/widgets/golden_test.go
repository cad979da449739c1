//go:build ci

package widgets

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"consentry/ui/icons"
	"consentry/ui/theme"
)

// checks is a picture whose pixels are known.
func checks(w, h, side int, a, b color.NRGBA) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := a
			if (x/side+y/side)%2 == 1 {
				c = b
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

var (
	sand = color.NRGBA{200, 170, 140, 255}
	blue = color.NRGBA{40, 80, 140, 255}
)

// The pictures in testdata are of the bundled font and the software painter, which
// the tag ci asks for: without it the system's fonts may differ.
func golden(t *testing.T, name string, look theme.Look, scale float32, size fyne.Size, make func() fyne.CanvasObject) {
	t.Helper()
	start(t)
	th := theme.Current()
	fyne.CurrentApp().Settings().SetTheme(th.With(look, scale))
	w := test.NewTempWindow(t, container.NewStack(Ground(theme.Current().Background, Pad(make(), 8, 8))))
	w.SetPadded(false)
	w.Resize(size)
	test.AssertImageMatches(t, name+".png", w.Canvas().Capture())
}

func TestGoldenThumbs(t *testing.T) {
	for _, look := range theme.Looks {
		golden(t, "thumbs-"+string(look), look, 1, fyne.NewSize(300, 90), func() fyne.CanvasObject {
			th := theme.Current()
			empty, full, ticked, crossed := NewThumb(60, 60), NewThumb(60, 60), NewThumb(60, 60), NewThumb(60, 60)
			full.Set(checks(60, 40, 10, sand, blue), icons.Photo, th.Muted)
			ticked.Set(checks(60, 60, 10, sand, blue), icons.Photo, th.Muted)
			ticked.SetRing(th.Show.Line, icons.Tick)
			crossed.Set(checks(60, 60, 10, sand, blue), icons.Photo, th.Muted)
			crossed.SetRing(th.Edge, icons.Cross)
			return HBox(8, empty, full, ticked, crossed)
		})
	}
}

func TestGoldenAssetRows(t *testing.T) {
	for name, scale := range map[string]float32{"100": 1, "200": 2} {
		golden(t, "assets-"+name, theme.Light, scale, fyne.NewSize(300*scale, 280*scale), func() fyne.CanvasObject {
			th := theme.Current()
			box := VBox(0)
			for i, s := range []struct {
				word string
				icon icons.Name
				tone theme.Tone
			}{{"全部隐藏", icons.Hide, th.Hide}, {"2 人公开", icons.Show, th.Show}, {"1 个问题", icons.Ask, th.Ask}, {"读不出", icons.Warn, th.Stop}} {
				r := NewAssetRow()
				r.Thumb.Set(checks(66, 46, 10, sand, blue), icons.Photo, th.Muted)
				r.Set("大会_0037.jpg", s.word, s.icon, s.tone, "", i == 2)
				box.Add(r)
			}
			return box
		})
	}
}

func TestGoldenForms(t *testing.T) {
	for _, look := range []theme.Look{theme.Light, theme.HighContrast} {
		golden(t, "forms-"+string(look), look, 1, fyne.NewSize(280, 120), func() fyne.CanvasObject {
			box := HBox(4)
			for i, word := range []string{"色块", "马赛克", "模糊", "整个人"} {
				f := NewFormCard(word, string(rune('1'+i)), i == 1, i != 3, nil)
				f.Thumb.Set(checks(44, 44, 4+4*i, sand, blue), icons.People, theme.Current().Muted)
				box.Add(f)
			}
			return box
		})
	}
}

func TestGoldenTabs(t *testing.T) {
	golden(t, "tabs", theme.HighContrast, 2, fyne.NewSize(500, 110), func() fyne.CanvasObject {
		return container.NewGridWithColumns(3, NewTab("问题", true, nil), NewTab("照片", false, nil), NewTab("a word too long for it", false, nil))
	})
}

// The slider: the original to the left of it, and no more of it than that.
func TestGoldenSlider(t *testing.T) {
	golden(t, "slider", theme.Light, 1, fyne.NewSize(320, 240), func() fyne.CanvasObject {
		p := NewPhotoView()
		p.Halves = [2]string{"原图", "公开的样子"}
		p.SetPicture(NewPyramid(checks(256, 192, 256, blue, blue)))
		p.Compare(NewPyramid(checks(256, 192, 256, sand, sand)))
		p.Slide(0.25)
		return p
	})
}

func TestGoldenChoice(t *testing.T) {
	for _, look := range theme.Looks {
		golden(t, "choice-"+string(look), look, 1, fyne.NewSize(260, 90), func() fyne.CanvasObject {
			c := NewChoice([]string{"电话", "邮件", "信函", "当面"}, 1, 240, nil)
			c.FocusGained()
			return c
		})
	}
}
