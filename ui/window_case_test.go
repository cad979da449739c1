package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// onBoth opens a case of a photo and a text, and waits until it is scanned.
func onBoth(t *testing.T) (*bench, *caseRoom) {
	t.Helper()
	b := &backend{}
	x := newBench(t, b, "zh", theme.Light)
	x.room.start.Type("correct horse staple", "correct horse staple")
	x.room.start.Submit()
	x.until("the vault is open", func() bool { return x.room.name == roomHome })
	dir := filepath.Join(t.TempDir(), "活动")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	photo, err := os.ReadFile(filepath.Join(b.dir, "sample", "photos", "sample3.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string][]byte{"a.jpg": photo, "b.md": []byte("# 回访\n\n欧阳知夏说，三年前确诊了糖尿病，现在照常上夜班。欧阳知夏写了记录。\n")} {
		if err := os.WriteFile(filepath.Join(dir, name), body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	x.take([]string{dir})
	x.form.Fill("活动", "2026-12-01", "周编辑")
	x.form.Submit()
	c := x.room.open
	c.out = filepath.Join(t.TempDir(), "package")
	x.until("the case is scanned", func() bool { return c.bench.Stage() == state.Review && !c.bench.Busy() })
	return x, c
}

// The overview of faces, as a person goes through it: nothing of an original is
// seen but while Space is held, and in the sheet that a yes opens.
func TestFacesOverview(t *testing.T) {
	x, c := onBoth(t)
	x.typed("g")
	rows := c.bench.FaceRows()
	if len(rows) != 1 || rows[0].Is != state.FaceUnknown || len(rows[0].Items) < 3 {
		t.Fatalf("rows %+v", rows)
	}
	tile := func(n int) state.Drawn {
		d, _ := c.tiles.Get(state.FaceTile(&c.view.Plan.Items[n]))
		return d
	}
	first := rows[0].Items[0]
	x.shot("faces-drawing")
	x.until("the faces are drawn", func() bool { return tile(first).Result != nil })
	x.shot("faces")
	if c.bench.Original() {
		t.Error("the overview begins with originals")
	}
	if d := tile(first); d.Source == nil || alike(d) {
		t.Error("a hidden face's picture is its original")
	}
	x.KeyDown(&fyne.KeyEvent{Name: fyne.KeySpace})
	x.shot("faces-original")
	x.KeyUp(&fyne.KeyEvent{Name: fyne.KeySpace})

	// A: who; then every face that it covers; then yes.
	x.typed("a")
	if len(x.sheets) != 1 {
		t.Fatal("A asks for nobody")
	}
	x.picker.Query.SetText("cxy")
	x.picker.Query.OnSubmitted("")
	if len(x.sheets) != 1 || len(c.view.Plan.Case.Answers) != 0 {
		t.Fatal("somebody is named before the face is shown")
	}
	x.shot("who")
	x.until("the face is shown", func() bool { x.who.TilesCame(); return tile(first).Source != nil })
	// With no face ticked there is nothing to say yes to.
	x.who.Toggle(0)
	x.who.Yes()
	if len(x.sheets) != 1 {
		t.Fatal("yes to nothing")
	}
	x.who.Toggle(0)
	x.who.Yes()
	x.until("the face is named", func() bool { return len(c.view.Plan.Case.Answers) == 1 })
	if a := c.view.Plan.Case.Answers[0]; a.Action != casework.Identify || a.Item != c.view.Plan.Items[first].ID {
		t.Fatalf("%+v", a)
	}
	rows = c.bench.FaceRows()
	if len(rows) != 2 || rows[0].Subject == "" {
		t.Fatalf("rows %+v", rows)
	}
	if rows[0].Is == state.FaceShown {
		x.do(state.HideIt, false)
		x.until("the person is hidden", func() bool { return len(c.view.Plan.Case.Answers) == 2 })
	}
	x.shot("faces-known")

	// R: look through, and who did is kept.
	x.typed("r")
	x.shot("look")
	at := state.Pictured(c.view.Plan)
	if len(at) != 1 || c.view.Plan.Case.LookedAt(c.view.Plan.Case.Assets[at[0].Asset].Digest, 0) != nil {
		t.Fatal("looked through before anybody did")
	}
	x.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	x.until("it is looked through", func() bool {
		return c.view.Plan.Case.LookedAt(c.view.Plan.Case.Assets[at[0].Asset].Digest, 0) != nil
	})
	x.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if c.bench.Rows() == nil {
		t.Error("Esc does not lead back")
	}
}

// Where faces are not compared a person is named by picking her faces, and all of them
// at once. G leads to the face that was chosen last.
func TestFacesArePicked(t *testing.T) {
	x, c := onBoth(t)
	x.typed("g")
	faces := c.bench.FaceRows()[0].Items
	drawn := func(n int) bool {
		d, _ := c.tiles.Get(state.FaceTile(&c.view.Plan.Items[faces[n]]))
		return d.Source != nil
	}
	x.until("the faces are drawn", func() bool { return drawn(0) && drawn(2) })
	left, right := &fyne.KeyEvent{Name: fyne.KeyLeft}, &fyne.KeyEvent{Name: fyne.KeyRight}
	x.typed("y") // the first, and on to the next
	x.TypedKey(right)
	x.typed("y") // the third and last
	x.TypedKey(left)
	x.typed("y") // the second
	x.TypedKey(left)
	x.typed("y") // once more: let go
	x.shot("faces-picked")
	x.typed("a")
	x.picker.Query.SetText("cxy")
	x.picker.Query.OnSubmitted("")
	x.until("the faces are shown", func() bool { x.who.TilesCame(); return drawn(0) && drawn(2) })
	x.shot("who-picked")
	x.who.Yes()
	x.until("they are named", func() bool { return len(c.view.Plan.Case.Answers) > 0 })
	var named []string
	for _, a := range c.view.Plan.Case.Answers {
		if a.Action != casework.Identify {
			t.Errorf("%+v", a)
		}
		named = append(named, a.Item)
	}
	slices.Sort(named)
	want := []string{c.view.Plan.Items[faces[0]].ID, c.view.Plan.Items[faces[2]].ID}
	if slices.Sort(want); !slices.Equal(named, want) {
		t.Errorf("named %v, want %v", named, want)
	}
	rows := c.bench.FaceRows()
	unknown := rows[len(rows)-1]
	if unknown.Is != state.FaceUnknown || slices.Contains(unknown.Items, faces[0]) {
		t.Fatalf("rows %+v", rows)
	}
	for range rows {
		x.typed("j")
	}
	x.TypedKey(right)
	x.TypedKey(left)
	x.typed("g")
	if r, ok := c.bench.Current(); !ok || !slices.Contains(r.Items, unknown.Items[unknown.Groups[0][0]]) {
		t.Errorf("G leads to %+v", r)
	}
}

// alike reports whether both pictures are the same.
func alike(d state.Drawn) bool {
	b := d.Result.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if d.Result.At(x, y) != d.Source.At(x, y) {
				return false
			}
		}
	}
	return true
}

// Forms, notes, the slider, filters, the search from a finding, and the bench in
// little room.
func TestReviewOfAPhotoAndAText(t *testing.T) {
	x, c := onBoth(t)
	answers := func(n int) func() bool { return func() bool { return len(c.view.Plan.Case.Answers) == n } }
	face := -1
	for i, it := range c.view.Plan.Items {
		if it.Holds() == redact.Face && face < 0 {
			face = i
		}
	}
	c.bench.ChooseItem(face)
	id := c.view.Plan.Items[face].ID
	x.until("the photo is on the canvas", func() bool { return c.photo.result != nil })
	now := c.view.Plan.MethodOf(&c.view.Plan.Items[face])
	if now != redact.Mosaic {
		t.Fatalf("the case's style is %v", now)
	}
	x.typed("2") // as it is already
	x.typed("3")
	x.until("it is blurred", answers(1))
	if got := c.view.Plan.MethodOf(c.view.Plan.Item(id)); got != redact.Blur {
		t.Errorf("3 gives %v", got)
	}
	x.shot("forms")
	x.until("the forms are drawn", func() bool {
		_, ok := c.tiles.Get(state.FormTile(c.view.Plan.Item(id), casework.FormSolid, ""))
		return ok
	})
	x.do(state.UndoLast, false)
	x.until("it is a mosaic again", answers(0))
	if c.view.Plan.MethodOf(c.view.Plan.Item(id)) != redact.Mosaic || !c.view.CanRedo {
		t.Error("the form is not undone, or cannot be done again")
	}

	// The slider is off until S, and goes with the page.
	x.until("the photo is drawn", func() bool { return c.photo.result != nil && c.photo.source != nil })
	if c.bench.Comparing() || c.bench.Photo.Comparing() {
		t.Fatal("the original stands beside the result from the start")
	}
	x.typed("s")
	if !c.bench.Photo.Comparing() {
		t.Error("S does not compare")
	}
	x.shot("compare")
	x.typed("s")
	if c.bench.Photo.Comparing() {
		t.Error("S again does not end it")
	}
	x.typed("s")

	// A leak names its file, and leads to it.
	var nowhere redact.Digest
	if a := c.view.Plan.Case.Assets[0]; !c.bench.SetLeak(a.Digest) || c.bench.SetLeak(nowhere) {
		t.Error("a leak does not name its file, or one that is not there")
	}
	c.bench.SetIdle()

	// A note: kept, and no decision.
	x.typed("m")
	x.note.Fill("问过活动组")
	x.note.Submit()
	x.until("the note is kept", answers(1))
	if n := c.view.Plan.Case.NoteOn(id); n == nil || n.Note != "问过活动组" || !c.view.Plan.Item(id).Hidden() {
		t.Errorf("note %+v", n)
	}

	// Filters: by what is sensitive, and by person.
	name := -1
	for i, it := range c.view.Plan.Items {
		if it.Finding.Text == "欧阳知夏" && name < 0 {
			name = i
		}
	}
	if name < 0 {
		t.Fatal("the name was not found")
	}
	c.bench.ChooseItem(name)
	if c.bench.Comparing() {
		t.Error("the slider went over to another file")
	}
	all := len(c.bench.Rows())
	c.bench.SetFilter(state.Sensitive)
	for _, r := range c.bench.Rows() {
		if !r.Sensitive {
			t.Errorf("%q is not sensitive", r.Kind)
		}
	}
	if r, ok := c.bench.Current(); !ok || !r.Sensitive {
		t.Error("the current finding is not in the list")
	}
	c.bench.SetFilter(state.All)
	c.bench.ChooseItem(name)
	x.typed("p")
	if rows := c.bench.Rows(); len(rows) == 0 || len(rows) == all || rows[0].Title != "欧阳知夏" {
		t.Errorf("only this person: %d of %d rows", len(rows), all)
	}
	x.shot("only")
	x.typed("p")
	if len(c.bench.Rows()) != all {
		t.Error("P again does not show everybody")
	}

	// F looks for what stands there.
	x.typed("f")
	if len(x.sheets) != 1 || x.find.Query.Text != "欧阳知夏" {
		t.Fatalf("F looks for %q", x.find.Query.Text)
	}
	x.until("both places are listed", func() bool { return x.find.List.Length() == 2 })
	x.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})

	// Little room: tabs, and nothing is wider than the window.
	x.SetTextSize(200)
	x.win.Resize(fyne.NewSize(1280, 800))
	x.shot("narrow-text")
	c.bench.ChooseItem(face)
	x.shot("narrow")
	within(t, x)
	x.typed("g")
	x.shot("narrow-faces")
	within(t, x)
	x.typed("g")
	x.SetTextSize(100)
	x.win.Resize(fyne.NewSize(1440, 900))
	within(t, x)
}

// within reports what is drawn beyond the window's edge.
func within(t *testing.T, x *bench) {
	t.Helper()
	size := x.win.Canvas().Size()
	test.WidgetRenderer(c(x).Photo)
	var walk func(o fyne.CanvasObject, at fyne.Position)
	walk = func(o fyne.CanvasObject, at fyne.Position) {
		if !o.Visible() {
			return
		}
		at = at.Add(o.Position())
		if b, ok := o.(interface{ Text() string }); ok && at.X > -9000 && at.X+o.Size().Width > size.Width+1 && !strings.Contains(b.Text(), "...") {
			t.Errorf("%q ends at %v of %v", b.Text(), at.X+o.Size().Width, size.Width)
		}
		if k, ok := o.(*fyne.Container); ok {
			for _, child := range k.Objects {
				walk(child, at)
			}
		}
	}
	walk(x.win.Content(), fyne.Position{})
}

func c(x *bench) *screens.Workbench { return x.room.open.bench }
