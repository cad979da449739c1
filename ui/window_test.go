package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"consentry/ui/state"
	"consentry/ui/theme"
)

// The main job, as a person does it: drop, form, question, identify, apply,
// sign. Everything behind the window is real.
func TestMainJob(t *testing.T) {
	b := &backend{}
	x := newBench(t, b, "zh", theme.Light)
	x.room.start.Type("correct horse staple", "correct horse staple")
	x.room.start.Submit()
	x.until("the vault is open", func() bool { return x.room.name == roomHome })

	dir := t.TempDir()
	story := filepath.Join(dir, "回访.md")
	if err := os.WriteFile(story, []byte("# 回访\n\n欧阳知夏介绍了现场，陈星宇当时也在。\n\n陈星宇的电话是 13912345678。贺兰听雨写了记录。\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	photo := filepath.Join(b.dir, "sample", "photos", "sample3.jpg")
	x.dropped(fyne.Position{}, []fyne.URI{uri(story), uri(photo)})
	if x.form == nil {
		t.Fatal("a drop opens no form")
	}
	x.form.Fill("回访", "2026-12-01", "")
	x.form.Submit()
	if len(x.sheets) != 1 {
		t.Fatal("a form without a name was taken")
	}
	x.form.Fill("回访", "2026-12-01", "周编辑")
	x.shot("form")
	x.form.Submit()
	c := x.room.open
	c.out = filepath.Join(dir, "package")
	x.until("the case is scanned", func() bool { return c.bench.Stage() == state.Review && !c.bench.Busy() })

	if n := c.bench.Questions(); n != 1 {
		t.Fatalf("%d questions, want the one about the namesakes", n)
	}
	row, ok := c.bench.Current()
	if !ok || !row.Asks() || row.Title != "陈星宇" {
		t.Fatalf("the question is not open, but %q", row.Title)
	}
	if s := c.bench.Text.Text(); !strings.Contains(s, "欧阳知夏") || strings.Contains(s, "陈星宇") || strings.Contains(s, "13912345678") {
		t.Error("the text is not shown as the public would see it")
	}
	x.KeyDown(&fyne.KeyEvent{Name: fyne.KeySpace})
	if s := c.bench.Text.Text(); !strings.Contains(s, "陈星宇") {
		t.Error("Space held does not show the original")
	}
	x.KeyUp(&fyne.KeyEvent{Name: fyne.KeySpace})
	x.shot("question")

	x.SetTextSize(200)
	if m := x.win.Content().MinSize(); m.Width > 1440 || m.Height > 860 {
		t.Errorf("with text at 200 %% the case room needs %v", m)
	}
	x.shot("question-200")
	x.SetTextSize(100)

	// Nothing goes on while a question is open.
	x.do(state.Primary, false)
	if c.bench.Busy() {
		t.Fatal("applied with a question open")
	}
	// A, pinyin initials, the first one: he agreed, at the first company.
	if x.win.Canvas().Focused() == nil {
		t.Error("the safe answer has not the focus")
	}
	x.typed("a")
	if len(x.sheets) != 1 {
		t.Fatal("A opens no search")
	}
	x.picker.Query.SetText("cxy")
	x.shot("picker")
	x.picker.Query.OnSubmitted("")
	x.until("the question is answered", func() bool { return c.bench.Questions() == 0 })
	if s := c.bench.Text.Text(); !strings.Contains(s, "陈星宇") {
		t.Error("identified and consented, but hidden")
	}
	x.do(state.UndoLast, false)
	x.until("the answer is undone", func() bool { return c.bench.Questions() == 1 })
	x.do(state.RedoLast, false)
	x.until("the answer is given again", func() bool { return c.bench.Questions() == 0 })

	// J walks to the photo, whose faces are hidden.
	faces := 0
	for range len(c.bench.Rows()) {
		x.typed("j")
		if r, _ := c.bench.Current(); r.Kind == "face" {
			faces++
		}
	}
	if faces < 3 {
		t.Errorf("J meets %d faces", faces)
	}
	x.until("the photo is on the canvas", func() bool { return c.photo.result != nil })
	if len(c.bench.Photo.Marks()) < 3 {
		t.Errorf("%d boxes", len(c.bench.Photo.Marks()))
	}
	x.shot("photo")

	x.do(state.Primary, false)
	x.until("it is verified", func() bool { return c.bench.Stage() == state.Verified && len(x.sheets) == 1 })
	if _, err := os.Stat(filepath.Join(c.out, "files")); err == nil {
		t.Error("files have their names before they are signed")
	}
	x.shot("sign")
	x.signing.Submit()
	x.until("it is exported", func() bool { return c.bench.Stage() == state.Exported })
	x.shot("exported")
	for _, f := range []string{"files/回访.md", "files/sample3.jpg", "report.pdf", "report.json", "bundle/ledger.jsonl"} {
		if st, err := os.Stat(filepath.Join(c.out, f)); err != nil || st.Size() == 0 {
			t.Errorf("%s: %v", f, err)
		}
	}
	out, err := os.ReadFile(filepath.Join(c.out, "files", "回访.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"贺兰听雨", "13912345678"} {
		if strings.Contains(string(out), s) {
			t.Error("a hidden text stands in the export")
		}
	}
	if !strings.Contains(string(out), "欧阳知夏") || !strings.Contains(string(out), "陈星宇") {
		t.Error("a consented name is lost")
	}
}

func TestUnlock(t *testing.T) {
	x := newBench(t, &backend{pass: "right passphrase"}, "en", theme.Dark)
	x.room.start.Type("wrong passphrase", "")
	x.shot("unlock")
	x.room.start.Submit()
	x.jobs.Wait()
	x.until("the answer is handed over", func() bool { return true })
	if x.session != nil {
		t.Fatal("a wrong passphrase opened the vault")
	}
	x.room.start.Type("right passphrase", "")
	x.room.start.Submit()
	x.until("the vault is open", func() bool { return x.room.name == roomHome })
	if x.opts.Backend.(*backend).made != 0 {
		t.Error("unlocking made a vault")
	}
}

// A new vault needs twelve characters, twice the same.
func TestNewVaultForm(t *testing.T) {
	b := &backend{}
	x := newBench(t, b, "zh", theme.HighContrast)
	for _, c := range [][2]string{{"", ""}, {"short", "short"}, {"correct horse staple", "correct horse stable"}} {
		x.room.start.Type(c[0], c[1])
		x.room.start.Submit()
	}
	x.jobs.Wait()
	if b.made != 0 {
		t.Error("a vault was made with a bad passphrase")
	}
	x.shot("start-high-contrast")
}

// Every room draws in every look, and survives a change of look and size.
func TestRooms(t *testing.T) {
	x := newBench(t, &backend{pass: "right passphrase"}, "en", theme.Light)
	x.room.start.Type("right passphrase", "")
	x.room.start.Submit()
	x.until("the vault is open", func() bool { return x.room.name == roomHome })
	x.until("the models are loaded", func() bool { return x.loading == "" })
	for _, look := range theme.Looks {
		x.SetLook(look)
		for _, r := range []room{roomHome, roomCase, roomRegistry, roomSettings} {
			x.show(r)
			x.shot(string(r) + "-" + string(look))
		}
	}
	x.SetTextSize(200)
	x.shot("settings-200")
	if got := state.LoadSettings(x.opts.SettingsFile); got.Look != string(theme.HighContrast) || got.TextSize != 200 {
		t.Errorf("settings kept: %+v", got)
	}
	x.SetLook(theme.Light)
	x.SetTextSize(100)
	x.show(roomRegistry)
	x.room.registry.Query.SetText("oyzx")
	x.until("one is found", func() bool { return len(x.room.registry.People()) == 1 })
	x.room.registry.List.Select(0)
	x.until("the consents are shown", func() bool { return len(x.room.registry.Shown().Consents) > 0 })
	x.shot("registry")
	x.typed("?")
	if len(x.sheets) != 1 {
		t.Error("? opens no key sheet")
	}
	x.shot("keys")
	x.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if len(x.sheets) != 0 {
		t.Error("Esc does not close it")
	}
}

// Every command is a menu item, and every Ctrl key is that item's shortcut.
func TestMenu(t *testing.T) {
	x := newBench(t, &backend{}, "en", theme.Light)
	items, shortcuts := 0, 0
	for _, m := range x.menu().Items {
		for _, i := range m.Items {
			items++
			if i.Shortcut != nil {
				shortcuts++
				if _, faint := i.Shortcut.(fyne.KeyboardShortcut); faint {
					t.Errorf("%s: Fyne would write its key too pale", i.Label)
				}
			}
		}
	}
	ctrl := 0
	for _, k := range state.Keys {
		if k.Ctrl {
			ctrl++
		}
	}
	if items != len(state.Keys) || shortcuts != ctrl {
		t.Errorf("%d items and %d shortcuts for %d commands and %d Ctrl keys", items, shortcuts, len(state.Keys), ctrl)
	}
}
