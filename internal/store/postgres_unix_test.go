//go:build unix

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// server is a PostgreSQL of the tests' own: in a temporary folder, on a socket
// there, without network. It is started when a test first asks for it.
var server struct {
	once sync.Once
	err  error
	dir  string
	stop io.Closer
	cmd  *exec.Cmd
}

func init() { stopServer = stopPostgres }

// newSchema returns the connection string of an empty schema.
func newSchema(t testing.TB) string {
	t.Helper()
	server.once.Do(func() { server.err = startPostgres() })
	if server.err != nil {
		if runtime.GOOS != "linux" {
			t.Skip(server.err)
		}
		t.Fatal(server.err)
	}
	dsn := fmt.Sprintf("host=%s user=postgres dbname=postgres", server.dir)
	name := strings.ToLower(NewID("t_"))
	db, err := openPostgres(dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`create schema ` + name); err != nil {
		t.Fatal(err)
	}
	return dsn + " search_path=" + name
}

func startPostgres() error {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if p, e := exec.LookPath("initdb"); e == nil {
		found = append([]string{p}, found...)
	}
	if err != nil || len(found) == 0 {
		return errors.New("these tests need PostgreSQL: run `sh .ci/system test`, or install the package postgresql")
	}
	slices.Sort(found)
	bin := filepath.Dir(found[len(found)-1])
	// Not t.TempDir, whose name is too long for a socket's, and closed to others.
	if server.dir, err = os.MkdirTemp("", "pg-"); err != nil {
		return err
	}
	attr := &syscall.SysProcAttr{}
	if os.Getuid() == 0 { // PostgreSQL refuses to run as root
		u, err := user.Lookup("postgres")
		if err != nil {
			return err
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(server.dir, uid, gid); err != nil {
			return err
		}
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	data := filepath.Join(server.dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--locale=C")
	initdb.SysProcAttr, initdb.Dir = attr, server.dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	// The shell ends the server when its input does: also where the tests are killed.
	server.cmd = exec.Command("/bin/sh", "-c", `"$@" & p=$!; read _; kill -INT $p; wait $p`, "sh",
		filepath.Join(bin, "postgres"), "-D", data, "-k", server.dir, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=32MB", "-c", "max_connections=50", "-c", "log_min_messages=panic")
	server.cmd.SysProcAttr, server.cmd.Dir = attr, server.dir
	if server.stop, err = server.cmd.StdinPipe(); err != nil {
		return err
	}
	if err := server.cmd.Start(); err != nil {
		return err
	}
	db, err := openPostgres(fmt.Sprintf("host=%s user=postgres dbname=postgres", server.dir))
	if err != nil {
		return err
	}
	defer db.Close()
	for range 300 {
		if err = db.Ping(); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("PostgreSQL does not answer: %w", err)
}

func stopPostgres() {
	if server.stop != nil {
		server.stop.Close()
		server.cmd.Wait()
	}
	if server.dir != "" {
		os.RemoveAll(server.dir)
	}
}

// onPostgres runs tests on vaults in PostgreSQL.
func onPostgres(t *testing.T, tests map[string]func(*testing.T)) {
	newTeam = newSchema
	defer func() { newTeam = nil }()
	for name, f := range tests {
		t.Run(name, f)
	}
}

// What holds of a vault in a folder holds of one in PostgreSQL.
func TestPostgres(t *testing.T) {
	onPostgres(t, map[string]func(*testing.T){
		"registry": TestRegistry, "allow-list": TestAllowList, "documents": TestDocs, "record": TestRecord,
		"tampered ledger": TestRecordRefusesTamperedLedger, "results": TestResults, "concurrent use": TestConcurrentUse,
		"ledger": TestLedgerThroughVault, "ids": TestIDs, "scores": TestMatchScores, "order": TestListsKeepOrder,
		"forged index": TestForgedNameIndex, "users": TestUsers, "handler": TestHandler, "grounds": TestGrounds,
		"contacts": TestByContact, "evidence": TestEvidence, "evidence again": TestEvidenceFiledAgain,
		"evidence refused": TestEvidenceRefused, "delete subject": TestDeleteSubject, "delete consent": TestDeleteConsentAndNotice,
		"due": TestDue, "names": TestNames, "names of two handles": TestNamesOfTwoHandles,
	})
}

// BenchmarkRegistryPostgres is BenchmarkRegistry on a server of the tests' own, on
// this machine and without syncing.
func BenchmarkRegistryPostgres(b *testing.B) {
	newTeam = newSchema
	defer func() { newTeam = nil }()
	BenchmarkRegistry(b)
}

// The two sets of migrations make the same tables.
func TestSchemasAgree(t *testing.T) {
	lite := memoryVault(t)
	var want, got []string
	read := func(db *sql.DB, query string, to *[]string) {
		t.Helper()
		rows, err := db.Query(query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var table, column, kind string
			var notNull bool
			if err := rows.Scan(&table, &column, &kind, &notNull); err != nil {
				t.Fatal(err)
			}
			kind = map[string]string{"blob": "bytea", "integer": "bigint"}[strings.ToLower(kind)] + map[string]string{"bytea": "bytea", "bigint": "bigint", "text": "text"}[strings.ToLower(kind)]
			*to = append(*to, fmt.Sprintln(table, column, kind, notNull))
		}
		slices.Sort(*to)
	}
	read(lite.pool, `select m.name, c.name, c.type, c."notnull" <> 0 from sqlite_master as m, pragma_table_info(m.name) as c
		where m.type = 'table' and m.name <> '`+versionTable+`' and m.name not like 'sqlite%'`, &want)
	onPostgres(t, map[string]func(*testing.T){"columns": func(t *testing.T) {
		v := memoryVault(t)
		read(v.pool, `select table_name, column_name, data_type, is_nullable = 'NO' from information_schema.columns
			where table_schema = current_schema() and table_name <> '`+versionTable+`'`, &got)
	}})
	if !slices.Equal(got, want) {
		t.Errorf("PostgreSQL has\n%s\nSQLite has\n%s", got, want)
	}
}

func TestTeam(t *testing.T) {
	ctx := t.Context()
	dsn, keyDir := newSchema(t), filepath.Join(t.TempDir(), "key")
	if _, err := OpenTeam(ctx, dsn, keyDir, passphrase); !errors.Is(err, ErrNoVault) {
		t.Errorf("open of nothing: %v", err)
	}
	if err := InitTeam(ctx, dsn, keyDir, passphrase, quick); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{keyDir, t.TempDir()} { // the key is there; the tables are
		if err := InitTeam(ctx, dsn, dir, passphrase, quick); !errors.Is(err, ErrExists) {
			t.Errorf("made twice: %v", err)
		}
	}
	if _, err := OpenTeam(ctx, dsn, keyDir, []byte("wrong")); !errors.Is(err, ErrPassphrase) {
		t.Errorf("wrong passphrase: %v", err)
	}
	if _, err := OpenTeam(ctx, newSchema(t), keyDir, passphrase); !errors.Is(err, ErrDamaged) {
		t.Errorf("an empty schema: %v", err)
	}
	if err := Passwd(keyDir, passphrase, []byte("new"), quick); err != nil {
		t.Fatal(err)
	}
	key, err := NewRecovery(keyDir, []byte("new"))
	if err != nil {
		t.Fatal(err)
	}
	if err := Recover(keyDir, key, passphrase, quick); err != nil {
		t.Fatal(err)
	}
	v, err := OpenTeam(ctx, dsn, keyDir, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if _, err := v.Backup(ctx, io.Discard); err == nil || !strings.Contains(err.Error(), "pg_dump") {
		t.Errorf("backup = %v", err)
	}
	other := filepath.Join(t.TempDir(), "key")
	if err := InitTeam(ctx, newSchema(t), other, passphrase, quick); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenTeam(ctx, dsn, other, passphrase); !errors.Is(err, ErrDamaged) {
		t.Errorf("another vault's key: %v", err)
	}
	if _, err := v.pool.Exec(`insert into `+versionTable+` (version_id, is_applied) values ($1, true)`, schemaVersion+1); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenTeam(ctx, dsn, keyDir, passphrase); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer schema: %v", err)
	}
}

// What goes wrong has a name, and nothing of the connection string in it.
func TestTeamErrors(t *testing.T) {
	ctx := t.Context()
	onPostgres(t, map[string]func(*testing.T){"busy": func(t *testing.T) {
		v, dir := newTestVault(t)
		w := openTestVault(t, dir)
		w.pool.SetMaxOpenConns(1)
		if _, err := w.pool.Exec(`set lock_timeout = '50ms'`); err != nil {
			t.Fatal(err)
		}
		err := v.Update(ctx, func(tx *Tx) error {
			if err := w.PutDoc(ctx, CaseBucket, "k_1", nil); !errors.Is(err, ErrBusy) {
				t.Errorf("write = %v, want ErrBusy", err)
			}
			if _, err := w.Subjects(ctx); err != nil {
				t.Errorf("read = %v", err)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		// A server that breaks off is unreachable, then there again.
		v.pool.SetMaxOpenConns(1)
		err = v.Update(ctx, func(tx *Tx) error {
			var pid int
			if err := tx.row(ctx, `select pg_backend_pid()`, nil, &pid); err != nil {
				return err
			}
			if _, err := w.pool.Exec(`select pg_terminate_backend($1)`, pid); err != nil {
				return err
			}
			time.Sleep(50 * time.Millisecond)
			return tx.PutDoc(ctx, CaseBucket, "k_1", nil)
		})
		if !errors.Is(err, ErrUnreachable) {
			t.Errorf("broken off: %v", err)
		}
		if err := v.PutDoc(ctx, CaseBucket, "k_2", nil); err != nil {
			t.Errorf("after it was broken off: %v", err)
		}
	}})
	for dsn, want := range map[string]error{
		"host=/nowhere user=xingye password=geheim dbname=stella":                          ErrUnreachable,
		"host=" + server.dir + " user=xingye password=geheim dbname=postgres":              fs.ErrPermission,
		"host=" + server.dir + " user=postgres password=geheim dbname=stella":              nil,
		"postgres://xingye:geheim@[stella":                                                 nil,
		"host=" + server.dir + " user=xingye password=geheim dbname=stella port=x sslmode": nil,
	} {
		dir := t.TempDir()
		err := InitTeam(ctx, dsn, dir, passphrase, quick)
		if err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
		if err != nil {
			for _, s := range []string{"geheim", "stella", "xingye"} {
				if strings.Contains(err.Error(), s) {
					t.Errorf("the error quotes the connection string: %v", err)
				}
			}
		}
		if _, err := os.Stat(filepath.Join(dir, keyFile)); err == nil {
			t.Error("a refused InitTeam left a key file")
		}
	}
}

// No planted text stands in any file of the server, its write-ahead log included.
func TestNoPlaintextOnServer(t *testing.T) {
	onPostgres(t, map[string]func(*testing.T){"files": func(t *testing.T) {
		v, _ := newTestVault(t)
		plantAll(t, v)
		if _, err := everything(t, v); err != nil {
			t.Error(err)
		}
		if _, err := v.pool.ExecContext(context.Background(), `checkpoint`); err != nil {
			t.Fatal(err)
		}
	}})
	files := 0
	err := filepath.WalkDir(filepath.Join(server.dir, "data"), func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil
		}
		files++
		b, err := os.ReadFile(p)
		for i, text := range planted {
			if strings.Contains(string(b), text) {
				t.Errorf("%s holds planted text %d", d.Name(), i)
			}
		}
		return err
	})
	if err != nil || files < 100 {
		t.Errorf("%d files read, %v", files, err)
	}
}
