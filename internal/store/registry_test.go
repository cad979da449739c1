package store

import (
	"path/filepath"
	"testing"

	"consentry/authz/authztest"
)

// quick is a work factor for tests.
var quick = Options{WorkFactor: 10}

var passphrase = []byte("a passphrase for tests")

// newTeam, where it is set, gives the connection string of an empty database;
// newTestVault and memoryVault then make vaults in it.
var (
	newTeam func(testing.TB) string
	teams   = map[string]string{} // connection strings by key folder
)

// newVault returns the open vault of a new folder, and the folder.
func newTestVault(t testing.TB) (*Vault, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "vault")
	if newTeam != nil {
		teams[dir] = newTeam(t)
		if err := InitTeam(t.Context(), teams[dir], dir, passphrase, quick); err != nil {
			t.Fatal(err)
		}
		return openTestVault(t, dir), dir
	}
	if err := Init(dir, passphrase, quick); err != nil {
		t.Fatal(err)
	}
	return openTestVault(t, dir), dir
}

func openTestVault(t testing.TB, dir string) *Vault {
	t.Helper()
	v, err := (*Vault)(nil), error(nil)
	if dsn, ok := teams[dir]; ok {
		v, err = OpenTeam(t.Context(), dsn, dir, passphrase)
	} else {
		v, err = Open(dir, passphrase)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	return v
}

func memoryVault(t testing.TB) *Vault {
	t.Helper()
	if newTeam != nil {
		v, _ := newTestVault(t)
		return v
	}
	v, err := Memory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	return v
}

func TestRegistry(t *testing.T) {
	t.Run("file", func(t *testing.T) {
		authztest.TestRegistry(t, func(t *testing.T) authztest.Registry { v, _ := newTestVault(t); return v })
	})
	if newTeam != nil {
		return
	}
	t.Run("memory", func(t *testing.T) {
		authztest.TestRegistry(t, func(t *testing.T) authztest.Registry { return memoryVault(t) })
	})
}
