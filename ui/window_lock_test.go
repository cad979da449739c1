package ui

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"consentry/ui/state"
	"consentry/ui/theme"
)

// Nobody is there: the vault is locked, after the job that runs, and nothing of the
// case or of people is shown any more.
func TestVaultLocksWhenIdle(t *testing.T) {
	b := &backend{}
	x := newBench(t, b, "en", theme.Light)
	x.room.start.Type("correct horse staple", "correct horse staple")
	x.room.start.Submit()
	x.until("the vault is open", func() bool { return x.room.name == roomHome && !x.jobs.Busy() })

	now := time.Now()
	x.lockIdle(now.Add(14 * time.Minute))
	if x.session == nil {
		t.Fatal("locked before its time")
	}
	hold := make(chan struct{})
	x.jobs.Do(func(context.Context) { <-hold })
	x.lockIdle(now.Add(time.Hour))
	if x.session == nil {
		t.Fatal("locked under a job")
	}
	close(hold)
	x.until("the job is done", func() bool { return !x.jobs.Busy() })

	story := filepath.Join(t.TempDir(), "story.md")
	if err := os.WriteFile(story, []byte("欧阳知夏介绍了现场。\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	x.dropped(fyne.Position{}, []fyne.URI{uri(story)})
	x.form.Fill("A visit", "2026-12-01", "Zhou")
	x.form.Submit()
	x.until("the case is scanned", func() bool {
		return x.room.open != nil && x.room.open.bench.Stage() == state.Review && !x.room.open.bench.Busy() && !x.jobs.Busy()
	})
	x.find = nil
	x.lockIdle(time.Now().Add(16 * time.Minute))
	if x.session != nil || x.room.name != roomStart || x.room.open != nil || len(x.material.Cases) != 0 || len(x.sheets) != 0 || x.win.Title() != x.words.T("app.name") {
		t.Fatalf("not locked: %v, %q", x.room.name, x.win.Title())
	}
	x.shot("locked")
	x.until("the session is closed", func() bool { return !x.jobs.Busy() })

	x.room.start.Type("correct horse staple", "")
	x.room.start.Submit()
	x.until("the vault is open again", func() bool { return x.room.name == roomHome })

	// A setting of its own, and none.
	x.SetLock(5)
	x.until("the models are there", func() bool { return !x.jobs.Busy() })
	x.lockIdle(time.Now().Add(6 * time.Minute))
	if x.session != nil {
		t.Error("five minutes are not kept")
	}
	x.until("the session is closed", func() bool { return !x.jobs.Busy() })
	x.room.start.Type("correct horse staple", "")
	x.room.start.Submit()
	x.until("the vault is open again", func() bool { return x.room.name == roomHome && !x.jobs.Busy() })
	x.SetLock(-1)
	x.lockIdle(time.Now().Add(100 * time.Hour))
	if x.session == nil {
		t.Error("locked though it never is to be")
	}
}
