package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/pressly/goose/v3"

	"consentry/authz"
)

// A vault of schema 1 is brought up to date when it is opened, with what the new
// columns hold; a row that is damaged does not keep the rest from being read.
func TestUpgradeFromSchema1(t *testing.T) {
	ctx := t.Context()
	dir := t.TempDir()
	dataKey := newDataKey()
	wrapped, err := wrapKey(dataKey, passphrase, quick)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, dbFile)
	if err := errors.Join(os.WriteFile(filepath.Join(dir, keyFile), wrapped, 0o600), os.WriteFile(path, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	db, err := openSQLite(path)
	if err != nil {
		t.Fatal(err)
	}
	old, err := newVault(db, dataKey, sqliteFile)
	if err != nil {
		t.Fatal(err)
	}
	migrations, err := fs.Sub(sqliteMigrations, "migrations/sqlite")
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, migrations, goose.WithTableName(versionTable), goose.WithLogger(goose.NopLogger()), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(ctx, 1); err != nil {
		t.Fatal(err)
	}
	if err := old.found(ctx, nil, nil); err != nil {
		t.Fatal(err)
	}
	insert := func(query string, args ...any) {
		t.Helper()
		if _, err := db.Exec(query, args...); err != nil {
			t.Fatal(err)
		}
	}
	s := authz.Subject{ID: "s_a", Kind: authz.Person, Names: []authz.Name{{Text: "欧阳星野"}}, Contacts: []authz.Contact{{Kind: "phone", Value: "13800138000"}}, Retention: day(1)}
	sealed, err := old.sealJSON(in("subject", "s_a"), s)
	if err != nil {
		t.Fatal(err)
	}
	insert(`insert into subject (id, at, sealed) values ('s_a', 1, $1), ('s_bad', 2, $1)`, sealed)
	insert(`insert into subject_name (idx, subject) values ($1, 's_a')`, old.nameIndex("欧阳星野"))
	sealed, err = old.sealJSON(in("consent", "c_a"), authz.Consent{ID: "c_a", Subject: "s_a", Kind: "publish", Retention: day(2), Until: day(20), Events: []authz.Event{{State: authz.Given, At: day(1)}}})
	if err != nil {
		t.Fatal(err)
	}
	insert(`insert into consent (id, subject, at, sealed) values ('c_a', 's_a', 1, $1)`, sealed)
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}

	v := openTestVault(t, dir)
	if n, err := version(ctx, v.pool); err != nil || n != schemaVersion {
		t.Errorf("version %d, %v", n, err)
	}
	if ids, err := v.ByContact(ctx, "+86 13800138000"); err != nil || len(ids) != 1 {
		t.Errorf("by contact: %v, %v", ids, err)
	}
	if m, err := v.Match(ctx, authz.Sighting{Text: "欧阳星野"}); err != nil || len(m) != 1 {
		t.Errorf("by name: %v, %v", m, err)
	}
	if es, err := v.Endings(ctx, day(19), day(21)); err != nil || len(es) != 1 || es[0].Consent != "c_a" || !es[0].Until.Equal(day(20)) {
		t.Errorf("what ends: %v, %v", es, err)
	}
	if _, err := v.Subject(ctx, "s_bad"); !errors.Is(err, ErrDamaged) {
		t.Errorf("a damaged row: %v", err)
	}
}
