package ui

import (
	"bytes"
	"image"
	"image/color/palette"
	"image/gif"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"consentry/internal/casework"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// onPhoto opens a case with one photo of people.
func onPhoto(t *testing.T, lang string, look theme.Look) (*bench, *caseRoom) {
	t.Helper()
	return onFile(t, lang, look, func(b *backend) string { return filepath.Join(b.dir, "sample", "photos", "sample3.jpg") })
}

func onFile(t *testing.T, lang string, look theme.Look, file func(*backend) string) (*bench, *caseRoom) {
	t.Helper()
	b := &backend{}
	x := newBench(t, b, lang, look)
	x.room.start.Type("correct horse staple", "correct horse staple")
	x.room.start.Submit()
	x.until("the vault is open", func() bool { return x.room.name == roomHome })
	x.take([]string{file(b)})
	x.form.Fill("合影", "", "周编辑")
	x.shot("new-case-" + lang + "-" + string(look))
	x.form.Submit()
	c := x.room.open
	c.out = filepath.Join(t.TempDir(), "package")
	x.until("the photo is scanned and shown", func() bool {
		return c.bench.Stage() == state.Review && !c.bench.Busy() && c.photo.result != nil
	})
	return x, c
}

// drag pulls the pointer over the photo from one pixel to another and lets go
// after look has looked.
func drag(c *caseRoom, from, to image.Point, look func()) {
	p := c.bench.Photo
	a, b := p.At(from), p.At(to)
	p.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: a}})
	for i := range 5 {
		at := fyne.NewPos(a.X+(b.X-a.X)*float32(i)/4, a.Y+(b.Y-a.Y)*float32(i)/4)
		p.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}})
	}
	if look != nil {
		look()
	}
	p.MouseUp(nil)
	p.DragEnd()
}

// Boxes as a person handles them: drawn, named, dragged, nudged, deleted, undone.
func TestBoxes(t *testing.T) {
	x, c := onPhoto(t, "zh", theme.Light)
	answers := func() int { return len(c.view.Plan.Case.Answers) }
	settled := func(what string, n int) {
		t.Helper()
		x.until(what, func() bool { return answers() == n })
	}
	item := func(id string) *casework.Item { t.Helper(); return c.view.Plan.Item(id) }

	// D, then a drag: the new box is current, and A names who it is.
	x.typed("d")
	drag(c, image.Pt(10, 10), image.Pt(70, 80), nil)
	settled("it is drawn", 1)
	row, _ := c.bench.Current()
	if len(row.Items) != 1 || !c.view.Plan.Items[row.Items[0]].IsDrawn() {
		t.Fatal("the drawn box is not current")
	}
	drawn := c.view.Plan.Items[row.Items[0]].ID
	x.typed("a")
	x.picker.Query.SetText("cxy")
	x.picker.Query.OnSubmitted("")
	settled("it is named", 2)
	if a := item(drawn).Answer; a == nil || a.Action != casework.Identify {
		t.Fatal("a drawn box cannot be named")
	}

	// A found face: chosen by a click, dragged, resized, nudged.
	var face casework.Item
	for _, it := range c.view.Plan.Items {
		if it.Holds() == "face" && !it.IsDrawn() && it.NeedsReason() {
			face = it
			break
		}
	}
	box := face.Finding.Region.Box
	middle := box.Min.Add(box.Size().Div(2))
	c.bench.Photo.Tapped(&fyne.PointEvent{Position: c.bench.Photo.At(middle)})
	x.shot("box-selected")
	drag(c, middle, middle.Add(image.Pt(box.Dx(), 0)), func() {
		x.shot("box-dragged")
		if answers() != 2 || len(x.in) > 0 && !c.bench.Photo.Holding() {
			t.Error("something was written while dragging")
		}
	})
	settled("it is moved", 3)
	moved := item(face.ID).Finding.Region.Box
	if d := moved.Min.X - box.Min.X - box.Dx(); d < -2 || d > 2 || moved.Size() != box.Size() {
		t.Errorf("moved from %v to %v", box, moved)
	}
	if rest := item(casework.RestID(face.ID)); rest == nil || !rest.Hidden() {
		t.Error("where the face was found is not hidden any more")
	}
	x.shot("box-moved")
	drag(c, moved.Max, moved.Max.Add(image.Pt(20, 30)), nil)
	settled("it is resized", 4)
	if got := item(face.ID).Finding.Region.Box; got.Min != moved.Min || got.Dx() <= moved.Dx() || got.Dy() <= moved.Dy() {
		t.Errorf("resized from %v to %v", moved, got)
	}
	was := item(face.ID).Finding.Region.Box
	for range 3 {
		x.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	}
	x.jobs.Wait()
	if answers() != 4 {
		t.Error("an arrow was kept before it was let go")
	}
	x.KeyUp(&fyne.KeyEvent{Name: fyne.KeyLeft})
	settled("it is nudged", 5)
	if got := item(face.ID).Finding.Region.Box; got != was.Sub(image.Pt(3, 0)) {
		t.Errorf("nudged from %v to %v", was, got)
	}
	x.do(state.MoveDown, true)
	settled("the menu moves it", 6)
	if got := item(face.ID).Finding.Region.Box; got != was.Add(image.Pt(-3, 10)) {
		t.Errorf("moved by the menu to %v", got)
	}

	// 5 hides the whole person.
	x.typed("5")
	settled("the whole person is hidden", 7)
	if !c.view.Plan.Case.CoversPerson(item(face.ID)) {
		t.Error("5 does not cover the person")
	}

	// Delete asks why, and takes nothing for an answer only with Esc.
	x.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if len(x.sheets) != 1 {
		t.Fatal("a sure face is taken away without a question")
	}
	x.reason.Fill("  ")
	x.reason.Submit()
	if len(x.sheets) != 1 {
		t.Error("a blank was taken for a reason")
	}
	x.reason.Fill("展板上的卡通形象")
	x.shot("box-reason")
	x.reason.Submit()
	settled("it is taken away", 8)
	if it := item(face.ID); it.Hidden() || it.Answer.Reason != "展板上的卡通形象" {
		t.Errorf("%+v", it.Answer)
	}
	// A drawn box goes without a question.
	for i, it := range c.view.Plan.Items {
		if it.ID == drawn {
			c.bench.ChooseItem(i)
		}
	}
	x.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	settled("the drawn box is taken back", 9)
	if item(drawn) != nil || len(x.sheets) != 0 {
		t.Error("it is still there, or a question is")
	}

	for n := 8; n >= 0; n-- {
		x.do(state.UndoLast, false)
		settled("an answer is undone", n)
	}
	if it := item(face.ID); it.Finding.Region.Box != box || !it.Hidden() {
		t.Error("undone, it is not as it was found")
	}
	for n := 1; n <= 4; n++ {
		x.do(state.RedoLast, false)
		settled("an answer is given again", n)
	}
	if item(face.ID).Finding.Region.Box == box || item(drawn) == nil {
		t.Error("redone, the boxes are not where they were put")
	}

	x.do(state.Primary, false)
	x.until("it is verified", func() bool { return c.bench.Stage() == state.Verified && len(x.sheets) == 1 })
	x.signing.Submit()
	x.until("it is exported", func() bool { return c.bench.Stage() == state.Exported })
	if rep, err := os.ReadFile(filepath.Join(c.out, "report.json")); err != nil || !strings.Contains(string(rep), `"moved"`) {
		t.Error("the report does not say that a box was moved:", err)
	}
}

// The frames of an animation are pages: they turn, and a box is drawn on one.
func TestPages(t *testing.T) {
	x, c := onFile(t, "zh", theme.Light, func(*backend) string {
		var anim gif.GIF
		for i := range 3 {
			m := image.NewPaletted(image.Rect(0, 0, 320, 240), palette.WebSafe)
			for j := range m.Pix {
				m.Pix[j] = byte((j/320/20 + j%320/20*(i+1)) % 216)
			}
			anim.Image, anim.Delay = append(anim.Image, m), append(anim.Delay, 10)
		}
		var out bytes.Buffer
		if err := gif.EncodeAll(&out, &anim); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "a.gif")
		if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	})
	shows := func(page int) {
		t.Helper()
		x.until("the page is shown", func() bool { return c.photo.page == page && c.photo.result != nil })
	}
	shows(0)
	x.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageUp}) // there is none before
	for range 3 {                                    // and none after the third
		x.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	}
	shows(2)
	x.typed("d")
	before := c.photo.result
	drag(c, image.Pt(20, 20), image.Pt(120, 120), nil)
	x.until("it is drawn and hidden", func() bool {
		return len(c.view.Plan.Case.Answers) == 1 && c.photo.page == 2 && c.photo.result != nil && c.photo.result != before
	})
	it := c.view.Plan.Items[len(c.view.Plan.Items)-1]
	if it.Finding.Region.Page != 2 || len(c.bench.Photo.Marks()) != 1 {
		t.Errorf("drawn on page %d, %d boxes shown", it.Finding.Region.Page, len(c.bench.Photo.Marks()))
	}
	shows(2)
	x.shot("page-3")
	x.do(state.BackPage, false)
	shows(1)
	if len(c.bench.Photo.Marks()) != 0 {
		t.Error("a box of another page is shown")
	}
	c.bench.ChooseItem(len(c.view.Plan.Items) - 1)
	shows(2)
}

// Esc puts back what is held.
func TestEscPutsTheBoxBack(t *testing.T) {
	x, c := onPhoto(t, "en", theme.Dark)
	m := c.bench.Photo.Marks()[0]
	c.bench.ChooseItem(m.Item)
	middle := m.Box.Min.Add(m.Box.Size().Div(2))
	drag(c, middle, middle.Add(image.Pt(90, 10)), func() {
		x.shot("box-dragged-dark")
		x.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	})
	x.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	x.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	x.KeyUp(&fyne.KeyEvent{Name: fyne.KeyRight})
	x.jobs.Wait()
	x.until("nothing is handed over", func() bool { return true })
	if len(c.view.Plan.Case.Answers) != 0 || c.bench.Photo.Marks()[0].Box != m.Box {
		t.Error("a box that was put back was moved all the same")
	}
	x.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if c.view.Plan.Items[m.Item].NeedsReason() && len(x.sheets) != 1 {
		t.Error("no question before a sure face is taken away")
	}
	x.shot("box-reason-dark")
}
