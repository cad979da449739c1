package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"consentry/authz"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// put writes a file for a test.
func put(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A table of withdrawals is looked at before it counts: who is meant, which lines are
// left out and why. A file that was changed meanwhile is not taken.
func TestTableOfWithdrawalsInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	ctx, app := context.Background(), x.session.(vault).app
	s := x.pick("知夏", "欧阳知夏").Subject
	later := time.Now().AddDate(0, 0, 3).Format(time.DateOnly)
	rows := "姓名,途径,收到日期\n欧阳知夏,call,\n陈星宇,call,\n查无此人,letter,\n欧阳知夏,letter," + later + "\n"
	table := put(t, filepath.Join(t.TempDir(), "撤回.csv"), rows)

	x.do(state.Withdraw, false)
	x.sheetComes()
	x.dropped(fyne.Position{}, []fyne.URI{uri(table)})
	x.until("the table is looked at", func() bool { return x.reg.noes != nil && len(x.sheets) == 1 })
	x.shot("noes")
	p := x.reg.noes.Table
	if len(p.Recorded()) != 1 || p.Recorded()[0].Who != "欧阳知夏" || len(p.Left()) != 3 {
		t.Fatalf("%+v", p)
	}
	for i, why := range []state.Why{"namesakes", "gone", "future"} {
		if got := state.WhyOf(p.Left()[i].Err); got != why {
			t.Errorf("line %d is left out for %q, not %q", p.Left()[i].Line, got, why)
		}
	}
	put(t, table, strings.Replace(rows, "欧阳知夏,call", "陈星宇,call", 1))
	x.reg.noes.Submit()
	x.until("the changed table is refused", func() bool { return x.reg.noes.Ready() && x.reg.noes.Told() == x.words.T("wrong.changed") })
	put(t, table, rows)
	x.reg.said = nil
	x.reg.noes.Submit()
	x.until("it is recorded", func() bool { return x.reg.said != nil && len(x.sheets) == 1 })
	x.shot("noes-done")
	cs, err := app.Vault.Consents(ctx, s.ID)
	if err != nil || len(cs) == 0 {
		t.Fatal(cs, err)
	}
	for _, c := range cs {
		if c.StateAt(time.Now()) != authz.Withdrawn {
			t.Errorf("%s is %s", c.ID, c.StateAt(time.Now()))
		}
	}
	x.closeSheet()
	x.at200("noes", func() { x.withdrawMany(table) })
}

// A table of another program says what its columns are once; kept under a name, that
// is used for the next one.
func TestColumnsInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	dir := t.TempDir()
	first := put(t, filepath.Join(dir, "a.csv"), "甲栏,乙栏,丙栏\n程予安,朔禾生物,x\n")
	x.importFile(first)
	x.sheetComes()
	if x.reg.imports.Ready() {
		t.Fatal("a table of unknown columns can be taken in")
	}
	x.shot("import-unknown")
	x.reg.imports.Columns()
	x.until("the columns are asked for", func() bool { return x.reg.columns != nil && len(x.sheets) == 1 })
	c := x.reg.columns
	c.Set("甲栏", "name")
	c.Set("乙栏", "company")
	c.SetKind("person")
	c.Name("名单")
	c.Keep()
	x.until("they are kept", func() bool { return strings.Contains(c.Answer(), "名单") })
	x.shot("columns")
	c.Submit()
	x.until("the file is looked at again", func() bool { return len(x.sheets) == 1 && x.reg.imports.Ready() })
	x.reg.imports.Submit()
	x.until("it is taken in", func() bool { return len(x.sheets) == 0 && len(x.people.Find("程予安")) == 1 })

	x.importFile(put(t, filepath.Join(dir, "b.csv"), "甲栏,乙栏,丙栏\n程予宁,朔禾生物,x\n"))
	x.sheetComes()
	x.reg.imports.Columns()
	x.until("the columns are asked for again", func() bool { return x.reg.columns != c })
	c = x.reg.columns
	c.Name("没有的")
	c.Use()
	x.until("an unknown name is said to be one", func() bool { return c.Answer() == x.words.T("columns.unknown") })
	c.Name("名单")
	c.Use()
	x.until("they are used", func() bool { return c.Mapping.Columns["甲栏"] == "name" && c.Mapping.Defaults["kind"] == "person" })
	c.Submit()
	x.until("the second is looked at", func() bool { return len(x.sheets) == 1 && x.reg.imports.Ready() })
	x.reg.imports.Submit()
	x.until("the second is taken in", func() bool { return len(x.sheets) == 0 && len(x.people.Find("程予宁")) == 1 })
	x.at200("columns", func() { x.importFile(first); x.sheetComes(); x.reg.imports.Columns() })
}

// Any file can be attacked: what names somebody is told, in words, and nothing is kept.
func TestCheckInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	x.until("the models are loaded", func() bool { return x.loading == "" })
	dir := t.TempDir()
	put(t, filepath.Join(dir, "a.txt"), "欧阳知夏的电话是 13912345678。\n")
	put(t, filepath.Join(dir, "b.txt"), "今天下雨。\n")
	put(t, filepath.Join(dir, "c.pdf"), "%PDF-1.7\nnothing of a PDF")
	before := len(x.material.Cases)
	x.do(state.CheckFile, false)
	x.sheetComes()
	x.dropped(fyne.Position{}, []fyne.URI{uri(dir)})
	x.until("it is checked", func() bool { return len(x.checking.Checked.Files) == 3 })
	x.shot("check")
	for _, f := range x.checking.Checked.Files {
		switch {
		case f.Name == "a.txt" && (f.Sure() < 2 || f.Unread),
			f.Name == "b.txt" && (f.Sure() > 0 || f.Unread),
			f.Name == "c.pdf" && !f.Unread:
			t.Errorf("%+v", f)
		}
	}
	x.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if len(x.sheets) != 0 || x.checking != nil {
		t.Error("Esc does not close it")
	}
	x.loadDay()
	x.acts.Wait()
	x.until("the day is read", func() bool { return true })
	if n := len(x.material.Cases); n != before {
		t.Errorf("%d cases are kept, %d before", n, before)
	}
}

// The program's own files are compared with their digests; what is copied names no
// folder.
func TestInstalledInTheWindow(t *testing.T) {
	x := inRegistry(t, "en", theme.Light)
	x.do(state.ShowInstalled, false)
	x.sheetComes()
	i := x.house.installed.Found
	if len(i.Files) < 5 || len(i.Bad()) != 0 || i.Assets == "" {
		t.Fatalf("%+v", i)
	}
	x.shot("installed")
	if s := i.Text(); strings.Contains(s, i.Assets) || !strings.Contains(s, i.Files[0].SHA256) {
		t.Errorf("%s", s)
	}
	x.at200("installed", x.ShowInstalled)
}

// Long work that ends while nobody looks is told of, without a name; while somebody
// looks nothing is sent.
func TestEndOfLongWork(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	x.ended(time.Now().Add(-time.Hour), "notify.scanned", "n", 3)
	x.away.Store(true)
	x.ended(time.Now(), "notify.scanned", "n", 3)
	test.AssertNotificationSent(t, nil, func() {})
	test.AssertNotificationSent(t, fyne.NewNotification(x.words.T("app.name"), "扫描完成，还有 3 个问题。"), func() {
		x.ended(time.Now().Add(-longWork), "notify.scanned", "n", 3)
	})
	x.long = 0
	story := put(t, filepath.Join(t.TempDir(), "回访.md"), "欧阳知夏介绍了现场。\n")
	test.AssertNotificationSent(t, fyne.NewNotification(x.words.T("app.name"), "扫描完成，没有问题要回答。"), func() {
		x.take([]string{story})
		x.form.Fill("回访", "2026-12-01", "周编辑")
		x.form.Submit()
		c := x.room.open
		x.until("the case is scanned", func() bool { return c.bench.Stage() == state.Review && !c.bench.Busy() })
	})
}

// What nobody foresaw is said in the window's language, and can be copied from its sheet
// and afterwards, without what may name somebody.
func TestUnforeseenErrorInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	x.CopyDetails()
	if !strings.Contains(x.reg.said.Words, x.words.T("trouble.none")) {
		t.Error(x.reg.said.Words)
	}
	x.closeSheet()
	act(x.window, func(context.Context, Registry) (struct{}, error) {
		return struct{}{}, fmt.Errorf("write %q: %w", "林知遥", errors.New("a nail broke"))
	}, func(_ struct{}, err error) { x.window.failed(err) })
	x.sheetComes()
	x.shot("unforeseen")
	if x.reg.said.Words != x.words.T("wrong.other") {
		t.Error(x.reg.said.Words)
	}
	x.closeSheet()
	x.do(state.CopyDetails, false)
	if s := x.app.Clipboard().Content(); !strings.Contains(s, "a nail broke") || strings.Contains(s, "林知遥") {
		t.Errorf("copied: %s", s)
	}
}
