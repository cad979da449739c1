package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"consentry/authz"
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

// TestSeveral asks for many records at once, more than a statement takes, and
// compares with asking for each.
func TestSeveral(t *testing.T) {
	v, _ := newTestVault(t)
	ctx := t.Context()
	var subjects []authz.SubjectID
	var consents []authz.ConsentID
	var names []string
	err := v.Update(ctx, func(tx *Tx) error {
		for i := range 2*asked + 7 {
			s := authz.Subject{ID: authz.SubjectID(fmt.Sprint("s_", i)), Kind: authz.Person, Names: []authz.Name{{Text: fmt.Sprint("Ada Vale ", i)}}}
			c := authz.Consent{ID: authz.ConsentID(fmt.Sprint("c_", i)), Subject: s.ID, Kind: "publish"}
			subjects, consents, names = append(subjects, s.ID), append(consents, c.ID), append(names, s.Names[0].Text)
			if i%3 == 0 {
				continue // not registered
			}
			if err := tx.PutSubject(ctx, s); err != nil {
				return err
			}
			if err := tx.PutConsent(ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, 2, asked, len(subjects)} {
		ss, err := v.SubjectsOf(ctx, subjects[:n])
		cs, err2 := v.ConsentsOf(ctx, consents[:n])
		is, err3 := v.Named(ctx, append([]string{"", "-"}, names[:n]...))
		if err := errors.Join(err, err2, err3); err != nil {
			t.Fatal(err)
		}
		want := 0
		for i := range n {
			s, err := v.Subject(ctx, subjects[i])
			if _, ok := ss[subjects[i]]; ok != (err == nil) || ok && ss[s.ID].Names[0] != s.Names[0] {
				t.Fatalf("subject %d of %d", i, n)
			}
			c, err := v.Consent(ctx, consents[i])
			if _, ok := cs[consents[i]]; ok != (err == nil) || ok && cs[c.ID].Subject != c.Subject {
				t.Fatalf("consent %d of %d", i, n)
			}
			if is[names[i]] != (err == nil) {
				t.Fatalf("name %d of %d", i, n)
			}
			if err == nil {
				want++
			}
		}
		if len(ss) != want || len(cs) != want || len(is) != want {
			t.Errorf("%d: %d subjects, %d consents, %d names; want %d", n, len(ss), len(cs), len(is), want)
		}
	}
}

// TestStopped asks with a context that ends: before a statement, and between rows.
func TestStopped(t *testing.T) {
	v, _ := newTestVault(t)
	for i := range 3 {
		s := authz.Subject{ID: authz.SubjectID(fmt.Sprint("s_", i)), Kind: authz.Person, Names: []authz.Name{{Text: "Ada Vale"}}}
		if err := v.PutSubject(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	rows := 0
	err := v.rows(ctx, `select id from subject`, nil, func(scan func(...any) error) error { rows++; stop(); return nil })
	if !errors.Is(err, context.Canceled) || rows != 1 {
		t.Errorf("between rows: %d, %v", rows, err)
	}
	if _, err := v.Subject(ctx, "s_0"); !errors.Is(err, context.Canceled) {
		t.Errorf("before a statement: %v", err)
	}
	ctx, stop = context.WithCancel(t.Context())
	err = v.Update(ctx, func(tx *Tx) error {
		if err := tx.PutDoc(ctx, "b", "id", nil); err != nil {
			return err
		}
		stop()
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("before the end of a change: %v", err)
	}
	if ids, err := v.Docs(t.Context(), "b"); err != nil || len(ids) != 0 {
		t.Errorf("half a change stayed: %v %v", ids, err)
	}
}
