package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// The first start: a passphrase, the recovery sheet, then what was dropped meanwhile;
// later another passphrase and a backup, with a real vault in a folder.
func TestFirstStartAndKeeping(t *testing.T) {
	b := &backend{real: true}
	x := newBench(t, b, "en", theme.Light)
	story := filepath.Join(t.TempDir(), "story.txt")
	if err := os.WriteFile(story, []byte("A road.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	x.dropped(fyne.Position{}, []fyne.URI{uri(story)})
	x.room.start.Type("first passphrase", "first passphrase")
	x.room.start.Submit()
	x.until("the recovery sheet is open", func() bool { return x.recovery != nil && len(x.sheets) == 1 })
	key := x.recovery.Key
	if len(strings.Split(key, "-")) != 9 {
		t.Fatalf("a recovery key of %d groups", len(strings.Split(key, "-")))
	}
	x.shot("recovery")
	x.do(state.Primary, false)
	if x.form == nil {
		t.Fatal("what was dropped before is forgotten")
	}
	x.closeSheet()

	x.do(state.GoSettings, false)
	x.until("the models are listed", func() bool { return x.room.settings != nil && x.models() > 3 })
	for _, s := range state.SettingSections {
		x.room.settings.Show(s)
		x.shot("settings-" + s)
	}
	x.room.settings.Show(state.SecVault)
	x.ChangePassphrase()
	f := x.passing
	f.Fill("wrong passphrase", "second passphrase", "second passphrase")
	f.Submit()
	x.until("the wrong one is refused", func() bool { return f.Ready() })
	f.Fill("first passphrase", "second passphrase", "other passphrase")
	if f.Ready() {
		t.Error("two different new ones were taken")
	}
	f.Fill("first passphrase", "second passphrase", "second passphrase")
	f.Submit()
	x.until("it is changed", func() bool { return x.reg.said != nil })
	x.closeSheet()
	copied := filepath.Join(t.TempDir(), "copy.backup")
	if err := x.session.Keeper().BackUp(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if err := x.session.Keeper().BackUp(t.Context(), copied); err == nil {
		t.Error("a file that was there is written over")
	}
	x.lock()
	x.until("it is locked", func() bool { return x.session == nil })
	x.room.start.Type("second passphrase", "")
	x.room.start.Submit()
	x.until("the new one opens it", func() bool { return x.room.name == roomHome })

	// What new cases begin with.
	x.SetDefaults(state.Defaults{Style: "solid", Mode: string(casework.Pseudonymise), Cover: string(casework.CoverPerson), Generalise: true})
	var c casework.Case
	state.LoadSettings(x.opts.SettingsFile).Defaults.Put(&c)
	if c.Style != redact.Solid || c.Mode != casework.Pseudonymise || c.Cover != casework.CoverPerson || !c.Generalise {
		t.Errorf("a new case begins with %+v", c)
	}
}

func (x *bench) models() int { return x.room.settings.Models() }
