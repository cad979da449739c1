package wiring

import (
	"context"
	"errors"
	"testing"

	"github.com/zalando/go-keyring"

	"consentry/internal/store"
)

// The keyring follows a new passphrase where it held the one before, and only there. Its
// library brings one that lies in memory.
func TestKeyringFollows(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir() + "/vault"
	one, two, three := []byte("correct horse staple"), []byte("another long passphrase"), []byte("a third long passphrase")
	if err := Init(context.Background(), dir, one); err != nil {
		t.Fatal(err)
	}
	if err := Passwd(dir, one, two); err != nil {
		t.Fatal(err)
	}
	if _, err := Remembered(dir); !errors.Is(err, ErrNotRemembered) {
		t.Error("kept without being asked:", err)
	}
	if err := Remember(dir, two); err != nil {
		t.Fatal(err)
	}
	if err := Passwd(dir, one, three); !errors.Is(err, store.ErrPassphrase) {
		t.Error("changed with a wrong one:", err)
	}
	if p, err := Remembered(dir); err != nil || string(p) != string(two) {
		t.Error("a change that was refused is kept:", err)
	}
	if err := Passwd(dir, two, three); err != nil {
		t.Fatal(err)
	}
	if p, err := Passphrase(dir); err != nil || string(p) != string(three) {
		t.Errorf("the keyring does not follow: %v", err)
	}
	key, err := store.NewRecovery(dir, three)
	if err != nil {
		t.Fatal(err)
	}
	if err := Recover(dir, key, one); err != nil {
		t.Fatal(err)
	}
	if p, err := Remembered(dir); err != nil || string(p) != string(one) {
		t.Error("the keyring does not follow the recovery key:", err)
	}
	if err := Forget(dir); err != nil {
		t.Fatal(err)
	}
	if err := Forget(dir); !errors.Is(err, ErrNotRemembered) {
		t.Error("forgotten twice:", err)
	}
}
