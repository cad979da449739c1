package ui

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"consentry/ui/theme"
)

// chosenFrom opens the sheet in a folder of its own and waits for what is in it.
func (x *bench) chosenFrom(dir string, open func(), entries int) {
	x.t.Helper()
	x.browsed = dir
	open()
	x.until("the folder is listed", func() bool { return x.browsing.Browse != nil && x.browsing.Len() == entries })
}

// Files are chosen by keyboard alone, several at once; the sheet under this one stays.
func TestFilesAreChosen(t *testing.T) {
	x := newBench(t, &backend{}, "zh", theme.Light)
	x.room.start.Type("correct horse staple", "correct horse staple")
	x.room.start.Submit()
	x.until("the vault is open", func() bool { return x.room.name == roomHome })
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "照片"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, n := range []string{"回访.md", "a2.txt", "a10.txt", "照片/合影.txt"} {
		if err := os.WriteFile(filepath.Join(dir, n), []byte("林知遥来过。\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	press := func(names ...fyne.KeyName) {
		for _, n := range names {
			x.browsing.Query.TypedKey(&fyne.KeyEvent{Name: n})
		}
	}

	x.chosenFrom(dir, x.ChooseFiles, 4)
	x.browsing.Query.SetText("A")
	press(fyne.KeyDown)
	x.browsing.Query.SetText("")
	press(fyne.KeyDown)
	x.browsing.Query.SetText(" ") // a2.txt
	x.browsing.Query.SetText(" ") // a10.txt
	x.shot("choose-files")
	want := []string{filepath.Join(dir, "a2.txt"), filepath.Join(dir, "a10.txt")}
	if got := x.browsing.Chosen(); !slices.Equal(got, want) {
		t.Fatalf("%q are marked, want %q", got, want)
	}
	press(fyne.KeyReturn)
	if x.form == nil || x.browsing.Browse != nil {
		t.Fatal("what was chosen is not taken in")
	}
	x.until("both files are asked about", func() bool { return len(x.sheets) == 1 })
	x.closeSheet()

	// Into a folder, up again, and to a path that is written out.
	x.chosenFrom(dir, x.ChooseFiles, 4)
	press(fyne.KeyReturn)
	x.until("the folder is entered", func() bool { return x.browsing.Dir() == filepath.Join(dir, "照片") && x.browsing.Len() == 1 })
	press(fyne.KeyBackspace)
	x.until("it is left", func() bool { return x.browsing.Dir() == dir && x.browsing.Len() == 4 })
	x.browsing.Query.SetText(filepath.Join(dir, "nowhere"))
	press(fyne.KeyReturn)
	if x.browsing.Browse == nil {
		t.Fatal("a path that leads nowhere closes the sheet")
	}
	press(fyne.KeyEscape)
	if len(x.sheets) != 0 {
		t.Fatal("Esc does not close the sheet")
	}

	// Over another sheet: that one goes on.
	x.CheckFile()
	x.chosenFrom(dir, func() { x.askFile(x.check) }, 4)
	x.escape()
	if len(x.sheets) != 1 || x.checking == nil {
		t.Fatal("the sheet that asked is gone")
	}
	x.chosenFrom(dir, func() { x.askFile(x.check) }, 4)
	x.browsing.Query.SetText("回访")
	press(fyne.KeyReturn)
	x.until("the file is checked", func() bool { return len(x.checking.Checked.Files) == 1 })
	x.closeSheet()

	// A folder, made on the way.
	var chose string
	x.chosenFrom(dir, func() { x.askFolder(func(d string) { chose = d }) }, 1)
	x.browsing.Query.SetText("导出")
	x.browsing.New()
	made := filepath.Join(dir, "导出")
	x.until("the new folder is entered", func() bool { return x.browsing.Dir() == made && x.browsing.Ready() })
	x.shot("choose-folder")
	x.browsing.Submit()
	if info, err := os.Stat(made); chose != made || err != nil || !info.IsDir() {
		t.Errorf("%q is chosen: %v", chose, err)
	}
}

// A click marks a file, and the second of two takes it.
func TestFileIsClickedTwice(t *testing.T) {
	x := newBench(t, &backend{}, "en", theme.Light)
	x.room.start.Type("correct horse staple", "correct horse staple")
	x.room.start.Submit()
	x.until("the vault is open", func() bool { return x.room.name == roomHome })
	dir := t.TempDir()
	for _, n := range []string{"a.txt", "b.txt"} {
		if err := os.WriteFile(filepath.Join(dir, n), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var chose string
	x.chosenFrom(dir, func() { x.askFile(func(f string) { chose = f }) }, 2)
	x.browsing.Query.SetText("b.")
	x.browsing.Submit()
	if chose != filepath.Join(dir, "b.txt") {
		t.Errorf("the button takes %q, not what is current", chose)
	}
	chose = ""
	x.chosenFrom(dir, func() { x.askFile(func(f string) { chose = f }) }, 2)
	x.browsing.List.OnSelected(1)
	time.Sleep(600 * time.Millisecond)
	x.browsing.List.OnSelected(0)
	if got := x.browsing.Chosen(); chose != "" || len(got) != 1 || got[0] != filepath.Join(dir, "a.txt") {
		t.Fatalf("after a click on each of two: %q, chosen %q", got, chose)
	}
	x.browsing.List.OnSelected(0)
	if chose != filepath.Join(dir, "a.txt") {
		t.Errorf("after two clicks on one: %q", chose)
	}
}
