package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"consentry/authz"
	"consentry/internal/ledger"
)

// everything reads all that a vault holds through its methods, so that two
// readings can be compared.
func everything(t *testing.T, v *Vault) (string, error) {
	t.Helper()
	ctx := t.Context()
	if _, err := v.Check(ctx); err != nil {
		return "", err
	}
	subjects, err := v.Subjects(ctx)
	if err != nil {
		return "", err
	}
	all := []any{subjects}
	for _, s := range subjects {
		cs, err := v.Consents(ctx, s.ID)
		if err != nil {
			return "", err
		}
		gs, err := v.Grounds(ctx, s.ID)
		if err != nil {
			return "", err
		}
		es, err := v.Evidence(ctx, s.ID)
		if err != nil {
			return "", err
		}
		all = append(all, cs, gs, es)
		for _, e := range es {
			var o bytes.Buffer
			if err := v.OpenEvidence(ctx, e.SHA256, &o); err != nil {
				return "", err
			}
			all = append(all, o.Bytes())
		}
	}
	names, err := v.Names(ctx)
	if err != nil {
		return "", err
	}
	for _, p := range planted {
		m, err := v.Match(ctx, authz.Sighting{Text: p})
		if err != nil {
			return "", err
		}
		ids, err := v.ByContact(ctx, p)
		if err != nil {
			return "", err
		}
		all = append(all, m, ids, names.Search(p, 0))
	}
	us, err := v.Users(ctx)
	if err != nil {
		return "", err
	}
	h, err := v.Handler(ctx)
	if err != nil {
		return "", err
	}
	ns, err := v.Notices(ctx)
	if err != nil {
		return "", err
	}
	as, err := v.Allowed(ctx)
	if err != nil {
		return "", err
	}
	all = append(all, ns, as, us, h)
	for _, bucket := range []string{CaseBucket, ReleaseBucket} {
		ids, err := v.Docs(ctx, bucket)
		if err != nil {
			return "", err
		}
		for _, id := range ids {
			b, err := v.Doc(ctx, bucket, id)
			if err != nil {
				return "", err
			}
			all = append(all, id, b)
		}
	}
	l, err := v.Ledger(ctx)
	if err != nil {
		return "", err
	}
	var o bytes.Buffer
	if err := l.Export(ctx, &o); err != nil {
		return "", err
	}
	b, err := json.Marshal(append(all, o.String()))
	return string(b), err
}

// flips is how many bits TestFlippedDatabase turns over, one at a time.
const flips = 1000

// spoiled writes a database that somebody damaged and says whether that was
// noticed. It fails where the vault then reads otherwise than want.
func spoiled(t *testing.T, dir string, bad []byte, want, what string) (noticed bool) {
	t.Helper()
	path := filepath.Join(dir, dbFile)
	if err := os.WriteFile(path, bad, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"-wal", "-shm"} {
		os.Remove(path + suffix)
	}
	v, err := Open(dir, passphrase)
	if err != nil {
		return true
	}
	defer v.Close()
	got, err := everything(t, v)
	if err == nil && got != want && !sameButOrder(got, want) {
		t.Fatalf("%s: the vault reads otherwise, and no error", what)
	}
	return err != nil
}

func plantedVault(t *testing.T) (dir string, db []byte, all string) {
	t.Helper()
	v, dir := newTestVault(t)
	plantAll(t, v)
	all, err := everything(t, v)
	if err != nil {
		t.Fatal(err)
	}
	v.Close()
	db, err = os.ReadFile(filepath.Join(dir, dbFile))
	if err != nil {
		t.Fatal(err)
	}
	return dir, db, all
}

// A flipped bit anywhere in the database is an error, or changes nothing that
// can be read (spare bytes, the cache of results, times that only order).
func TestFlippedDatabase(t *testing.T) {
	dir, good, want := plantedVault(t)
	r := rand.New(rand.NewPCG(1, 2))
	rounds := flips
	if testing.Short() {
		rounds = 100
	}
	noticed := 0
	for range rounds {
		at, bit := r.IntN(len(good)), byte(1)<<r.IntN(8)
		bad := bytes.Clone(good)
		bad[at] ^= bit
		if spoiled(t, dir, bad, want, fmt.Sprintf("bit %x of byte %d", bit, at)) {
			noticed++
		}
	}
	t.Logf("%d of %d flips were noticed, the others changed nothing that can be read", noticed, rounds)
	if noticed < rounds/10 { // most of a small file is spare room
		t.Errorf("%d of %d flips were noticed", noticed, rounds)
	}
}

// A database that was cut is an error, unless nothing but spare bytes at the end
// of its last page is missing.
func TestCutDatabase(t *testing.T) {
	dir, good, want := plantedVault(t)
	r := rand.New(rand.NewPCG(3, 4))
	const page = 4096
	lengths := []int{0, 1, 99, 100, page - 1, page, page + 1, len(good) - page, len(good) - 1}
	for range 40 {
		lengths = append(lengths, r.IntN(len(good)), page*r.IntN(len(good)/page))
	}
	for _, n := range lengths {
		if !spoiled(t, dir, good[:n], want, fmt.Sprintf("cut to %d", n)) && n <= len(good)-page {
			t.Errorf("the first %d of %d bytes were taken for the whole", n, len(good))
		}
	}
}

// A write-ahead log that is cut, as after a power failure on a disk that lied,
// leaves a vault of some moment before; a head copied out tells that it is older.
func TestCutLog(t *testing.T) {
	ctx := t.Context()
	v, dir := newTestVault(t)
	var heads []string
	for i := range 12 {
		id := fmt.Sprintf("s_%d", i)
		r, err := v.Record(ctx, []byte(id), pair(ctx, id))
		if err != nil {
			t.Fatal(err)
		}
		heads = append(heads, r.Head)
	}
	files := map[string][]byte{}
	for _, name := range []string{keyFile, dbFile, dbFile + "-wal"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = b
	}
	log := files[dbFile+"-wal"]
	r := rand.New(rand.NewPCG(5, 6))
	older := 0
	for range 40 {
		to := t.TempDir()
		files[dbFile+"-wal"] = log[:r.IntN(len(log))]
		for name, b := range files {
			if err := os.WriteFile(filepath.Join(to, name), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		w, err := Open(to, passphrase)
		if err != nil {
			continue
		}
		res, err := w.Check(ctx)
		if n := rowsOf(t, w, "subject"); err != nil || int64(n) != res.Size || n != rowsOf(t, w, "consent") {
			t.Errorf("check = %+v, %v; %d subjects", res, err, n)
		}
		if te := (*ledger.TamperError)(nil); res.Size < 12 {
			older++
			if _, err := w.Check(ctx, heads[11]); !errors.As(err, &te) || te.Kind != ledger.Truncated {
				t.Errorf("against a later head: %v", err)
			}
		}
		w.Close()
	}
	if older == 0 {
		t.Error("no cut took anything")
	}
}

// A clock that is set back changes the order of lists and nothing else.
func TestClockSetBack(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	real := clock
	defer func() { clock = real }()
	if _, err := v.Record(ctx, []byte("first"), pair(ctx, "s_1")); err != nil {
		t.Fatal(err)
	}
	clock = func() time.Time { return time.Date(1969, 12, 31, 0, 0, 0, 0, time.UTC) }
	withdrawn := authz.Event{State: authz.Withdrawn, At: time.Now().Add(time.Hour)}
	for _, err := range []error{
		v.AppendEvent(ctx, "cs_1", withdrawn),
		v.AppendEvent(ctx, "cs_1", authz.Event{State: authz.Requested, At: day(1)}),
		func() error { _, err := v.Record(ctx, []byte("second"), pair(ctx, "s_2")); return err }(),
		v.Put(ctx, [32]byte{1}, []byte("result")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	e := fileEvidence(t, v, authz.Evidence{Of: authz.OfGrant, Subject: "s_2", Retention: clock()}, []byte("x"))
	c, err := v.Consent(ctx, "cs_1")
	if err != nil || len(c.Events) != 3 || c.Events[0].State != authz.Requested || c.Events[2].State != authz.Withdrawn {
		t.Errorf("events = %+v, %v", c.Events, err)
	}
	if r, err := v.Check(ctx); err != nil || r.Size != 2 {
		t.Errorf("check = %+v, %v", r, err)
	}
	if d, err := v.Due(ctx, time.Now()); err != nil || len(d.Evidence) != 1 || d.Evidence[0].SHA256 != e.SHA256 {
		t.Errorf("due = %+v, %v", d, err)
	}
	if n := namesOf(t, v); n.Len() != 2 {
		t.Errorf("%d names", n.Len())
	}
}

// sameButOrder: the times by which lists are ordered are not authenticated.
func sameButOrder(a, b string) bool {
	count := func(s string) (n [256]int) {
		for _, c := range []byte(s) {
			n[c]++
		}
		return n
	}
	return count(a) == count(b)
}

// Rows that somebody moves about with an SQL shell do not open.
func TestMovedRows(t *testing.T) {
	ctx := t.Context()
	for name, tt := range map[string]struct {
		sql  []string
		read func(v *Vault) error
	}{
		"subject in another's place": {
			[]string{`update subject set sealed = (select sealed from subject where id = 's_b') where id = 's_a'`},
			func(v *Vault) error { _, err := v.Subject(ctx, "s_a"); return err },
		},
		"consent given to another": {
			[]string{`update consent set subject = 's_b' where id = 'c_a'`},
			func(v *Vault) error { _, err := v.Consents(ctx, "s_b"); return err },
		},
		"consent under another id": {
			[]string{`update consent set id = 'c_x' where id = 'c_a'`},
			func(v *Vault) error { _, err := v.Consents(ctx, "s_a"); return err },
		},
		"document in another bucket": {
			[]string{`update doc set bucket = 'release'`},
			func(v *Vault) error { _, err := v.Doc(ctx, "release", "k_a"); return err },
		},
		"seal of an unknown version": {
			[]string{`update subject set sealed = cast(x'02' || substr(sealed, 2) as blob)`},
			func(v *Vault) error { _, err := v.Subjects(ctx); return err },
		},
		"seal cut": {
			[]string{`update subject set sealed = substr(sealed, 1, 20)`},
			func(v *Vault) error { _, err := v.Subjects(ctx); return err },
		},
		"reference to nothing": {
			[]string{`pragma foreign_keys = 0`, `delete from subject where id = 's_a'`},
			func(v *Vault) error { _, err := v.Check(ctx); return err },
		},
		"ledger without head": {
			[]string{`delete from ledger_head`, `delete from ledger_entry`},
			func(v *Vault) error { _, err := v.Check(ctx); return err },
		},
	} {
		t.Run(name, func(t *testing.T) {
			v := memoryVault(t)
			seedTwo(t, v)
			if err := tt.read(v); err != nil && !errors.Is(err, ErrNotFound) {
				t.Fatalf("before: %v", err)
			}
			for _, s := range tt.sql {
				if _, err := v.pool.Exec(s); err != nil {
					t.Fatal(err)
				}
			}
			if err := tt.read(v); !errors.Is(err, ErrDamaged) {
				t.Errorf("read = %v, want ErrDamaged", err)
			}
		})
	}
}

func seedTwo(t *testing.T, v *Vault) {
	t.Helper()
	ctx := t.Context()
	_, err := v.Record(ctx, []byte("entry"), func(tx *Tx) error {
		return errors.Join(
			tx.PutSubject(ctx, authz.Subject{ID: "s_a", Kind: authz.Person, Names: []authz.Name{{Text: "欧阳星野"}}}),
			tx.PutSubject(ctx, authz.Subject{ID: "s_b", Kind: authz.Person, Names: []authz.Name{{Text: "慕容清澈"}}}),
			tx.PutConsent(ctx, authz.Consent{ID: "c_a", Subject: "s_a"}),
			tx.PutDoc(ctx, "case", "k_a", []byte("document")),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A name index row that points at somebody else finds nobody.
func TestForgedNameIndex(t *testing.T) {
	v := memoryVault(t)
	seedTwo(t, v)
	if _, err := v.pool.Exec(`insert into subject_name (idx, subject) select idx, 's_b' from subject_name where subject = 's_a'`); err != nil {
		t.Fatal(err)
	}
	m, err := v.Match(t.Context(), authz.Sighting{Text: "欧阳星野"})
	if err != nil || len(m) != 1 || m[0].Subject != "s_a" {
		t.Errorf("match = %v, %v", m, err)
	}
}

func TestTamperedLedgerRows(t *testing.T) {
	ctx := t.Context()
	for name, tt := range map[string]struct {
		sql, kind string
		index     int64
	}{
		"bit":   {`update ledger_entry set entry = cast('Entry 3' as blob) where idx = 3`, ledger.Changed, 3},
		"hash":  {`update ledger_entry set hashes = zeroblob(32) where idx = 4`, ledger.Changed, 4},
		"tail":  {`delete from ledger_entry where idx > 5`, ledger.Truncated, 6},
		"gap":   {`delete from ledger_entry where idx = 2`, ledger.Missing, 2},
		"all":   {`delete from ledger_entry`, ledger.Truncated, 0},
		"order": {`update ledger_entry set entry = case idx when 1 then cast('entry 7' as blob) else cast('entry 1' as blob) end where idx in (1, 7)`, ledger.Swapped, 1},
	} {
		v := memoryVault(t)
		l, err := v.Ledger(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 9 {
			if _, err := l.Append(ctx, append([]byte("entry "), byte('0'+i))); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := v.pool.Exec(tt.sql); err != nil {
			t.Fatal(err)
		}
		_, err = v.Check(ctx)
		var te *ledger.TamperError
		if !errors.As(err, &te) || te.Kind != tt.kind || te.Index != tt.index {
			t.Errorf("%s: check = %v, want %s at %d", name, err, tt.kind, tt.index)
		}
	}
}
