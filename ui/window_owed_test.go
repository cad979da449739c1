package ui

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"consentry/ui/state"
	"consentry/ui/theme"
)

// From the case itself its impact is assessed, everybody hidden for want of a consent is
// asked, and a package that is owed an assessment is handed to nobody before.
func TestCaseAsksAndAssesses(t *testing.T) {
	x := newBench(t, &backend{}, "en", theme.Light)
	x.room.start.Type("correct horse staple", "correct horse staple")
	x.room.start.Submit()
	x.until("the vault is open", func() bool { return x.room.name == roomHome })
	dir := t.TempDir()
	story := filepath.Join(dir, "visit.md")
	if err := os.WriteFile(story, []byte("# Visit\n\n欧阳知夏介绍了现场，赵一诺也在。\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	x.dropped(fyne.Position{}, []fyne.URI{uri(story)})
	x.form.Fill("Visit", "2026-12-01", "Zhou")
	x.form.Submit()
	c := x.room.open
	c.out = filepath.Join(dir, "package")
	x.until("the case is scanned", func() bool { return c.bench.Stage() == state.Review && !c.bench.Busy() })
	if n := c.bench.Questions(); n != 0 {
		t.Fatalf("%d questions", n)
	}
	x.handler()
	x.do(state.RequestAll, false)
	x.sheetComes()
	if x.asking.Ready() {
		t.Error("a letter that says nothing is written")
	}
	letters := t.TempDir()
	x.asking.Fill("2099-12-31", "their own", "three years", letters)
	x.shot("request-all")
	x.reg.said = nil
	x.asking.Submit()
	x.until("the letters are written", func() bool { return x.reg.said != nil || x.asking.Ready() })
	if x.reg.said == nil {
		t.Fatal(x.asking.Told())
	}
	x.closeSheet()
	if all, err := os.ReadDir(letters); err != nil || len(all) != len(c.view.Plan.Wanted()) || len(all) == 0 {
		t.Errorf("%d letters for %d people: %v", len(all), len(c.view.Plan.Wanted()), err)
	}

	// Nothing is handed over that nobody assessed.
	c.Apply()
	x.until("it is verified", func() bool { return c.bench.Stage() == state.Verified && len(x.sheets) == 1 })
	x.signing.To("Yanshan Media")
	x.signing.Submit()
	x.until("it is refused", func() bool { return c.err != nil && !c.bench.Busy() })
	if x.logged("release.sign") != 0 || c.bench.Stage() == state.Exported {
		t.Error("it was signed all the same")
	}
	x.do(state.AssessCase, false)
	x.sheetComes()
	x.judging.Fill("the quote needs its speaker", "agreed to by them")
	x.shot("case-assess")
	x.judging.Submit()
	x.until("it is assessed", func() bool { return len(x.sheets) == 0 })
	c.Sign()
	x.signing.To("Yanshan Media")
	x.signing.Submit()
	x.until("it is exported", func() bool { return c.bench.Stage() == state.Exported })
	if n := x.logged("package.hand-over"); n != 1 {
		t.Errorf("the ledger tells %d times that it was handed over", n)
	}
}
