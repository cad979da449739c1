package ui

import (
	"errors"
	"testing"

	"github.com/zalando/go-keyring"

	"consentry/internal/wiring"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// The passphrase is kept in the keyring where somebody ticks the box, opens the vault from
// there, follows a new passphrase, and can be taken out. The keyring's library brings one
// that lies in memory.
func TestKeyringInTheWindow(t *testing.T) {
	keyring.MockInit()
	b := &backend{real: true, ring: true}
	x := newBench(t, b, "zh", theme.Light)
	x.room.start.Type("correct horse staple", "correct horse staple")
	if !x.room.start.Remember() || x.room.start.Keyring() {
		t.Fatal("a new vault's passphrase cannot be kept, or there is one before")
	}
	x.shot("start-keyring")
	x.room.start.Submit()
	x.until("the vault is open", func() bool { return x.room.name == roomHome && x.recovery != nil && len(x.sheets) == 1 })
	x.closeSheet()
	if p, err := wiring.Remembered(b.folder()); err != nil || string(p) != "correct horse staple" {
		t.Fatalf("%d bytes are kept: %v", len(p), err)
	}
	again := func() {
		t.Helper()
		x.lock()
		if !x.room.start.Keyring() {
			t.Fatal("the keyring is not offered")
		}
		x.until("the keyring opens it", func() bool { return x.room.name == roomHome && x.loading == "" })
	}
	again()
	x.ChangePassphrase()
	x.passing.Fill("correct horse staple", "another long passphrase", "another long passphrase")
	x.passing.Submit()
	x.until("the passphrase is another", func() bool { return x.reg.said != nil && len(x.sheets) == 1 })
	x.closeSheet()
	again()
	x.show(roomSettings)
	x.room.settings.Show(state.SecVault)
	x.reg.said = nil
	x.ForgetPassphrase()
	x.until("it is taken out", func() bool { return x.reg.said != nil && len(x.sheets) == 1 })
	x.shot("keyring-forgotten")
	x.closeSheet()
	if _, err := wiring.Remembered(b.folder()); !errors.Is(err, wiring.ErrNotRemembered) {
		t.Error("it is still there:", err)
	}
	x.lock()
	x.room.start.Keyring()
	x.until("it says that there is none", func() bool {
		return x.room.start.Said() == x.words.T("start.failed", "why", x.words.T("wrong.notremembered"))
	})
	x.shot("unlock-keyring")
	x.SetTextSize(200)
	x.shot("unlock-keyring-200")
}
