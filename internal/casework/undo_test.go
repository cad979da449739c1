package casework

import (
	"path/filepath"
	"strings"
	"testing"

	"consentry/internal/store"
)

// What is undone and done again survives the program: the vault is closed between
// any two steps.
func TestUndoOverSessions(t *testing.T) {
	b := newBench(t, "王小明", "林知遥")
	dir := filepath.Join(t.TempDir(), "vault")
	pass := []byte("correct horse staple")
	if err := store.Init(dir, pass, store.Options{}); err != nil {
		t.Fatal(err)
	}
	v, err := store.Open(dir, pass)
	if err != nil {
		t.Fatal(err)
	}
	b.write(t, "a.txt", "林知遥和王小明开会。\n")
	c := b.newCase(t)
	id := c.ID
	var p *Plan
	session := func() {
		t.Helper()
		if p != nil {
			v.Close()
			if v, err = store.Open(dir, pass); err != nil {
				t.Fatal(err)
			}
		}
		b.Archive, b.Results = v, v
		if p != nil {
			if c, err = b.Load(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
		p = b.scan(t, c)
	}
	session()
	defer func() { v.Close() }()
	if err := b.AnswerAll(t.Context(), p, Answer{Action: HideIt, Item: p.Items[0].ID, By: "zhou"}, Answer{Action: HideIt, Item: p.Items[1].ID, By: "zhou"}); err != nil {
		t.Fatal(err)
	}
	b.say(t, p, Answer{Action: NoteIt, Item: p.Items[0].ID, Note: " 问过活动组 "})
	item := p.Items[0].ID
	want := func(what string, answers, undone int) {
		t.Helper()
		session()
		if len(c.Answers) != answers || len(c.Undone) != undone {
			t.Fatalf("%s: %d answers and %d things undone, want %d and %d", what, len(c.Answers), len(c.Undone), answers, undone)
		}
	}
	want("given", 3, 0)
	if n := c.NoteOn(item); n == nil || n.Note != "问过活动组" || p.Item(item).Answer == nil || p.Item(item).Answer.Action != HideIt {
		t.Errorf("the note is %+v", n)
	}
	undo := func() {
		t.Helper()
		if _, err := b.Undo(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	redo := func() {
		t.Helper()
		if _, err := b.Redo(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	undo()
	want("the note is undone", 2, 1)
	undo()
	want("both at once are undone", 0, 2)
	if _, err := b.Undo(t.Context(), p); err == nil {
		t.Error("there was something more to undo")
	}
	redo()
	want("both at once are done again", 2, 1)
	redo()
	want("the note is written again", 3, 0)
	undo()
	undo()
	b.say(t, p, Answer{Action: HideIt, Item: p.Items[1].ID})
	want("a new answer forgets what was undone", 1, 0)
	if _, err := b.Redo(t.Context(), p); err == nil {
		t.Error("there was something to do again")
	}
	// All or none.
	if err := b.AnswerAll(t.Context(), p, Answer{Action: HideIt, Item: p.Items[0].ID, By: "zhou"}, Answer{Action: Identify, Item: p.Items[1].ID, Subject: "nobody", By: "zhou"}); err == nil {
		t.Error("a subject that is not registered was taken")
	}
	want("a refused answer takes the others with it", 1, 0)
	b.say(t, p, Answer{Action: NoteIt, Item: item, Note: ""})
	if c.NoteOn(item) != nil {
		t.Error("an empty note does not take the note away")
	}
	b.say(t, p, Answer{Action: NoteIt, Item: item, Note: "只给审阅人看"})
	b.mustClear(t, p.Case)
	if strings.Contains(b.everything(t), "只给审阅人看") {
		t.Error("a note stands in the package")
	}
}
