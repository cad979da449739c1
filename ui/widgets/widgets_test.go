package widgets

import (
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"golang.org/x/image/draw"

	"consentry/assets"
	"consentry/authz"
	"consentry/ui/icons"
	"consentry/ui/theme"
)

func start(t *testing.T) {
	t.Helper()
	dir, err := assets.Dir()
	if err != nil {
		t.Fatal(err)
	}
	set, err := assets.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	font, err := set.Read("fonts/NotoSansSC-Regular.ttf")
	if err != nil {
		t.Fatal(err)
	}
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1, font, nil))
}

func TestWrapText(t *testing.T) {
	start(t)
	for _, s := range []string{
		"没有同意的人和企业一律隐藏，并验证导出的文件。其余的（例如公开机构）不受影响。",
		"People and companies without consent are hidden, and the output is attacked.",
		"第 7 个，共 18 个，约剩 4 分钟", "averyveryverylongwordwithoutanyplacetobreakit", "a\n\nb", "",
	} {
		for _, width := range []float32{40, 90, 200} {
			lines := WrapText(s, width, 14, fyne.TextStyle{})
			flat := func(s string) string { return strings.Join(strings.Fields(s), "") }
			if flat(strings.Join(lines, "")) != flat(s) {
				t.Fatalf("width %v lost text: %q", width, lines)
			}
			for i, l := range lines {
				if i > 0 && l != "" && strings.ContainsAny(l[:len(string([]rune(l)[0]))], "，。）") && width > 40 {
					t.Errorf("a line begins with a stop: %q", l)
				}
				if w := fyne.MeasureText(l, 14, fyne.TextStyle{}).Width; w > width+16 {
					t.Errorf("%q is %v wide, room %v", l, w, width)
				}
			}
		}
	}
}

func TestFit(t *testing.T) {
	start(t)
	s := "很长的文件名_最终版_2026.md"
	if got := Fit(s, 1000, 14, fyne.TextStyle{}); got != s {
		t.Errorf("cut without need: %q", got)
	}
	got := Fit(s, 90, 14, fyne.TextStyle{})
	if !strings.HasSuffix(got, "...") || fyne.MeasureText(got, 14, fyne.TextStyle{}).Width > 90 {
		t.Errorf("got %q", got)
	}
}

func TestPhotoView(t *testing.T) {
	start(t)
	p := NewPhotoView()
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(832, 632)) // room of 800 × 600 inside the margin
	src := image.NewNRGBA(image.Rect(0, 0, 1600, 1200))
	src.Set(800, 600, color.White)
	p.SetPicture(NewPyramid(src))
	if p.Percent() != 50 {
		t.Fatalf("fit is %d %%", p.Percent())
	}
	p.SetMarks([]Mark{{Item: 7, Box: image.Rect(0, 0, 800, 600), Verdict: authz.Hide}, {Item: 9, Box: image.Rect(100, 100, 300, 300), Verdict: authz.Ask}}, 9)
	chosen := -1
	p.Chosen = func(i int) { chosen = i }
	for at, want := range map[fyne.Position]int{{X: 16 + 100, Y: 16 + 100}: 9, {X: 16 + 300, Y: 16 + 200}: 7} {
		p.Tapped(&fyne.PointEvent{Position: at})
		if chosen != want {
			t.Errorf("a click at %v chose %d, want %d", at, chosen, want)
		}
	}
	// Result and original have one size: the place stays when they change.
	p.Zoom(4)
	p.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-50, 0)})
	cx := p.cx
	p.SetPicture(NewPyramid(image.NewNRGBA(image.Rect(0, 0, 1600, 1200))))
	if p.Percent() != 200 || p.cx != cx || cx == 800 {
		t.Errorf("the place moved: %d %%, %v", p.Percent(), p.cx)
	}
	p.ZoomFit()
	var drawn image.Rectangle
	p.Drawn = func(r image.Rectangle) { drawn = r }
	p.SetDrawing(true)
	p.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(16, 16)}})
	p.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(116, 66)}})
	p.DragEnd()
	if drawn != image.Rect(0, 0, 200, 100) {
		t.Errorf("drew %v", drawn)
	}
}

// blackAndRed is a picture, black to the left and red to the right.
func blackAndRed(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(m, m.Rect, image.NewUniform(color.NRGBA{R: 255, A: 255}), image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(0, 0, w/2, h), image.Black, image.Point{}, draw.Src)
	return m
}

// A viewport shows the picture's own pixels where they belong, at any level, however
// the picture is kept.
func TestPyramidPaint(t *testing.T) {
	jpg := image.NewYCbCr(image.Rect(0, 0, 2048, 1024), image.YCbCrSubsampleRatio444)
	for i := range jpg.Y {
		jpg.Cb[i], jpg.Cr[i] = 128, 128
		if i%jpg.YStride >= 1024 {
			jpg.Y[i], jpg.Cb[i], jpg.Cr[i] = color.RGBToYCbCr(255, 0, 0)
		}
	}
	for name, src := range map[string]image.Image{
		"small": blackAndRed(2048, 1024), "large": blackAndRed(4096, 2050), "odd": blackAndRed(4096, 2051), "cut out": blackAndRed(4096, 1024).SubImage(image.Rect(1024, 0, 3072, 1024)), "JPEG": jpg,
	} {
		p := NewPyramid(src)
		for _, scale := range []float64{0.1, 0.25, 0.5, 1, 3} {
			buf := image.NewRGBA(image.Rect(0, 0, 100, 50))
			p.paint(buf, 100, 50, float64(p.Size().X)/2, float64(p.Size().Y)/2, scale, draw.ApproxBiLinear)
			if l, r := buf.RGBAAt(30, 25), buf.RGBAAt(70, 25); l != (color.RGBA{A: 255}) || r.R < 254 || r.G > 1 || r.B > 1 {
				t.Errorf("%s, scale %v: left %v, right %v", name, scale, l, r)
			}
		}
	}
}

// A photo that moves is painted with fewer pixels, which stand where the others do.
func TestMovingPhoto(t *testing.T) {
	start(t)
	p := NewPhotoView()
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(401, 301))
	p.SetPicture(NewPyramid(blackAndRed(1600, 1200)))
	p.Zoom(1.5)
	p.Compare(NewPyramid(image.NewNRGBA(image.Rect(0, 0, 1600, 1200))))
	p.Slide(0.25)
	if p.moving {
		t.Fatal("the photo does not come to rest")
	}
	sharp := image.NewRGBA(image.Rect(0, 0, 401, 301))
	draw.Draw(sharp, sharp.Rect, p.paint(401, 301), image.Point{}, draw.Src)
	p.moving = true
	rough := p.paint(401, 301)
	if rough.Bounds() != image.Rect(0, 0, 200, 150) {
		t.Fatalf("a moving photo is painted in %v", rough.Bounds())
	}
	for _, at := range []image.Point{{20, 75}, {70, 10}, {130, 75}, {190, 140}} {
		if got, want := rough.At(at.X, at.Y), sharp.At(2*at.X, 2*at.Y); got != want {
			t.Errorf("at %v %v, sharp %v", at, got, want)
		}
	}
}

func TestTextView(t *testing.T) {
	start(t)
	v := NewTextView()
	w := test.NewTempWindow(t, v)
	w.Resize(fyne.NewSize(700, 400))
	text := []Stretch{{Text: strings.Repeat("一二三四五六七八九十。\n", 200), Item: -1, Len: 2400}, {Text: "客户A", Item: 4, Solid: true, Start: 2400, Len: 2}, {Text: "，完。", Item: -1, Start: 2402, Len: 3}}
	v.SetText(text, -1)
	if v.scroll.Offset.Y != 0 {
		t.Error("begins scrolled")
	}
	v.SetCurrent(4)
	if v.scroll.Offset.Y < 1000 {
		t.Errorf("the mark is not shown: offset %v", v.scroll.Offset.Y)
	}
	if n := len(test.WidgetRenderer(v.page).Objects()); n > 100 {
		t.Errorf("%d objects drawn for a small window", n)
	}
	// A click on the label chooses its item; a drag over plain text marks runes.
	x0, _ := v.page.sheet()
	y := sheetTop + 200*v.page.lineHeight() + 5
	chosen := -1
	v.Chosen = func(i int) { chosen = i }
	v.page.Tapped(&fyne.PointEvent{Position: fyne.NewPos(x0+sheetMargin+10, y)})
	if chosen != 4 {
		t.Errorf("chose %d", chosen)
	}
	var marked []int
	v.Drawn = func(from, to int) { marked = []int{from, to} }
	v.SetDrawing(true)
	for _, x := range []float32{20, 40, 60} {
		v.page.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x0+sheetMargin+x, sheetTop+5)}})
	}
	v.page.DragEnd()
	if !slices.Equal(marked, []int{1, 4}) {
		t.Errorf("marked %v, want runes 1 to 4", marked)
	}
}

type heard struct{ got string }

func (h *heard) TypedKey(e *fyne.KeyEvent) { h.got += "key:" + string(e.Name) + " " }
func (h *heard) TypedRune(r rune)          { h.got += string(r) + " " }
func (h *heard) KeyDown(e *fyne.KeyEvent)  { h.got += "down:" + string(e.Name) + " " }
func (h *heard) KeyUp(e *fyne.KeyEvent)    { h.got += "up:" + string(e.Name) + " " }

func TestButtonKeys(t *testing.T) {
	start(t)
	pressed, h := 0, &heard{}
	b := NewButton("隐藏", icons.Hide, "H", Plain, func() { pressed++ })
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	b.Keys = h
	b.TypedRune('j')
	b.KeyDown(&fyne.KeyEvent{Name: fyne.KeySpace})
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) // Space belongs to the room now
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.SetEnabled(false)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if pressed != 2 || h.got != "j down:Space " {
		t.Errorf("pressed %d times, heard %q", pressed, h.got)
	}
}

// Of a name that is cut the ending is kept, and nothing is wider than its room.
func TestNamesKeepTheirEnd(t *testing.T) {
	start(t)
	px := theme.Current().Px(theme.Note)
	for name, wants := range map[string]string{"回访 A visit to the plant.md": "t.md", "short.pdf": "short.pdf"} {
		got := fitName(name, 110, px, fyne.TextStyle{})
		if !strings.HasSuffix(got, wants) || fyne.MeasureText(got, px, fyne.TextStyle{}).Width > 110 {
			t.Errorf("%q", got)
		}
	}
	if got := fitName("回访 A visit to the plant.md", 30, px, fyne.TextStyle{}); fyne.MeasureText(got, px, fyne.TextStyle{}).Width > 30 {
		t.Errorf("%q is wider than its room", got)
	}
}

// Every icon's file is there and is painted in the colour asked for.
func TestIcons(t *testing.T) {
	for _, n := range []icons.Name{icons.Home, icons.Case, icons.People, icons.Person, icons.Gear, icons.Hide, icons.Ask, icons.Show, icons.Lock, icons.Offline,
		icons.Photo, icons.Doc, icons.Undo, icons.Redo, icons.Fit, icons.Draw, icons.Split, icons.Search, icons.Warn,
		icons.Right, icons.Left, icons.Drop, icons.Org, icons.Seal, icons.None} {
		r := icons.In(n, color.NRGBA{R: 0x12, G: 0x34, B: 0x56, A: 255})
		if !strings.Contains(string(r.Content()), "#123456") {
			t.Errorf("%s is not painted", n)
		}
	}
}
