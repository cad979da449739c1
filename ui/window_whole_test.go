package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

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
