package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"consentry/redact"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// openText opens a case of one text in the window of the sample vault.
func openText(t *testing.T, x *bench, text string) *caseRoom {
	t.Helper()
	x.room.start.Type("correct horse staple", "correct horse staple")
	x.room.start.Submit()
	x.until("the vault is open", func() bool { return x.room.name == roomHome })
	path := filepath.Join(t.TempDir(), "回访.md")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	x.dropped(fyne.Position{}, []fyne.URI{uri(path)})
	x.form.Fill("回访", "2026-12-01", "周编辑")
	x.form.Submit()
	c := x.room.open
	x.until("the case is scanned", func() bool { return c.bench.Stage() == state.Review && !c.bench.Busy() })
	return c
}

// A text that nobody found is looked for, hidden everywhere, reworded and brought
// back, without a mouse.
func TestFindAndReword(t *testing.T) {
	x := newBench(t, &backend{}, "zh", theme.Light)
	c := openText(t, x, "# 回访\n\n贺兰听雨说，夜班靠那只小蜜蜂撑着。\n\n小蜜蜂又来了。这里是国内首家这样做的工厂。\n")
	shown := c.bench.Text.Text
	if !strings.Contains(shown(), "小蜜蜂") {
		t.Fatal("the nickname is no test: it is hidden already")
	}
	x.do(state.FindText, false)
	if len(x.sheets) != 1 || x.win.Canvas().Focused() != fyne.Focusable(x.find.Query) {
		t.Fatal("the search is not open, or has not the keys")
	}
	x.find.Query.SetText("小蜜蜂")
	x.find.Query.OnSubmitted("")
	x.until("both places are listed", func() bool { return x.find.List.Length() == 2 })
	x.shot("find")
	x.find.Hide()
	x.until("both are hidden", func() bool { return !strings.Contains(shown(), "小蜜蜂") })
	x.find.List.OnSelected(0)
	if len(x.sheets) != 0 {
		t.Fatal("a place does not close the search")
	}
	if r, ok := c.bench.Current(); !ok || r.Title != "小蜜蜂" || r.Kind != redact.Person {
		t.Fatalf("the place is not current: %+v", r)
	}
	x.typed("w")
	if len(x.sheets) != 1 {
		t.Fatal("W asks for no words")
	}
	x.wordsFor.Fill("贺兰听雨的同事")
	x.wordsFor.Submit()
	x.until("a hidden name is refused", func() bool { return c.err != nil })
	if strings.Contains(shown(), "同事") {
		t.Error("words that name someone hidden stand in the text")
	}
	x.typed("w")
	x.wordsFor.Fill("一位老员工")
	x.shot("words")
	x.wordsFor.Submit()
	x.until("the words stand there", func() bool { return strings.Count(shown(), "一位老员工") == 2 })
	// What still tells who it is, and other words for it.
	x.do(state.ShowClues, false)
	x.until("the clues are listed", func() bool { return len(x.sheets) == 1 && x.clues.List.Length() > 0 })
	x.shot("clues")
	x.clues.List.OnSelected(0)
	if len(x.sheets) != 1 {
		t.Fatal("a clue asks for no words")
	}
	x.wordsFor.Fill("业内较早")
	x.wordsFor.Submit()
	x.until("the clue reads otherwise", func() bool {
		return strings.Contains(shown(), "业内较早") && !strings.Contains(shown(), "国内首家")
	})
	x.do(state.UndoLast, false)
	x.do(state.UndoLast, false)
	x.do(state.UndoLast, false)
	x.until("both answers are taken back", func() bool { return strings.Contains(shown(), "小蜜蜂") })
}
