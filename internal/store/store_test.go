package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"consentry/authz"
	"consentry/internal/ledger"
)

func TestAllowList(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	if l, err := v.Allowed(ctx); err != nil || len(l) != 0 {
		t.Errorf("a new allow-list: %v, %v", l, err)
	}
	a := authz.Allowance{Text: "示范 科技", Reason: "publisher", By: "zhou", At: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	for _, bad := range []authz.Allowance{{}, {Text: "x", Reason: "r", By: "b"}, {Text: "x", Reason: "r", At: a.At}, {Text: "x", By: "b", At: a.At}, {Reason: "r", By: "b", At: a.At}} {
		if v.AddAllow(ctx, bad) == nil {
			t.Errorf("an entry without text, reason, author or time was taken")
		}
	}
	again := a
	again.Text, again.Reason = "示范科技", "another reason"
	other := a
	other.Text = "——"
	if err := errors.Join(v.AddAllow(ctx, a), v.AddAllow(ctx, other), v.AddAllow(ctx, again)); err != nil {
		t.Fatal(err)
	}
	if l, err := v.Allowed(ctx); err != nil || !slices.Equal(l, []authz.Allowance{other, again}) {
		t.Errorf("allow-list = %v, %v", l, err)
	}
	if err := v.RemoveAllow(ctx, "示范科技"); err != nil {
		t.Error(err)
	}
	if err := v.RemoveAllow(ctx, "示范科技"); !errors.Is(err, ErrNotFound) {
		t.Errorf("removing it twice: %v", err)
	}
	if l, _ := v.Allowed(ctx); len(l) != 1 {
		t.Errorf("%d entries, want 1", len(l))
	}
}

func TestDocs(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	big := bytes.Repeat([]byte("0123456789"), 1<<18)
	for _, data := range [][]byte{nil, {}, {0}, []byte("short"), big} {
		if err := v.PutDoc(ctx, CaseBucket, "k_1", data); err != nil {
			t.Fatal(err)
		}
		if b, err := v.Doc(ctx, CaseBucket, "k_1"); err != nil || !bytes.Equal(b, data) {
			t.Errorf("put %d bytes, got %d, %v", len(data), len(b), err)
		}
	}
	if err := errors.Join(v.PutDoc(ctx, CaseBucket, "k_0", nil), v.PutDoc(ctx, ReleaseBucket, "k_1", []byte("r"))); err != nil {
		t.Fatal(err)
	}
	if ids, err := v.Docs(ctx, CaseBucket); err != nil || !slices.Equal(ids, []string{"k_1", "k_0"}) {
		t.Errorf("docs = %v, %v", ids, err)
	}
	if err := v.DeleteDoc(ctx, CaseBucket, "k_1"); err != nil {
		t.Error(err)
	}
	if _, err := v.Doc(ctx, CaseBucket, "k_1"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a deleted document: %v", err)
	}
	if err := v.DeleteDoc(ctx, CaseBucket, "k_1"); !errors.Is(err, ErrNotFound) {
		t.Errorf("deleting it twice: %v", err)
	}
	if b, err := v.Doc(ctx, ReleaseBucket, "k_1"); err != nil || string(b) != "r" {
		t.Errorf("the other bucket: %q, %v", b, err)
	}
}

// Change and entry go together, or not at all.
func TestRecord(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	put := func(id authz.SubjectID) func(*Tx) error {
		return func(tx *Tx) error {
			if err := tx.PutSubject(ctx, authz.Subject{ID: id, Kind: authz.Person}); err != nil {
				return err
			}
			_, err := tx.Subject(ctx, id) // a transaction sees what it wrote
			return err
		}
	}
	r, err := v.Record(ctx, []byte("first"), put("s_1"))
	if err != nil || r.Index != 0 || r.Size != 1 {
		t.Fatalf("record = %+v, %v", r, err)
	}
	stop := errors.New("stop")
	for name, f := range map[string]func() error{
		"the change fails": func() error {
			_, err := v.Record(ctx, []byte("x"), func(tx *Tx) error { return errors.Join(put("s_2")(tx), stop) })
			return err
		},
		"something later fails": func() error {
			return v.Update(ctx, func(tx *Tx) error {
				_, err := tx.Append(ctx, []byte("x"))
				return errors.Join(put("s_2")(tx), err, stop)
			})
		},
		"the entry fails": func() error {
			_, err := v.Record(ctx, make([]byte, ledger.MaxEntry+1), put("s_2"))
			if err != nil {
				err = errors.Join(err, stop)
			}
			return err
		},
	} {
		if err := f(); !errors.Is(err, stop) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := v.Subject(ctx, "s_2"); !errors.Is(err, authz.ErrUnknown) {
			t.Errorf("%s: the subject is there: %v", name, err)
		}
	}
	func() {
		defer func() { recover() }()
		v.Update(ctx, func(tx *Tx) error { put("s_2")(tx); panic("change") })
	}()
	if r, err := v.Record(ctx, nil, nil); err != nil || r.Index != 1 {
		t.Errorf("after failures: %+v, %v", r, err)
	}
	if r, err := v.Check(ctx, r.Head); err != nil || r.Size != 2 || r.Heads != 1 {
		t.Errorf("check = %+v, %v", r, err)
	}
}

func TestRecordRefusesTamperedLedger(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	seedTwo(t, v)
	if _, err := v.pool.Exec(`delete from ledger_entry`); err != nil {
		t.Fatal(err)
	}
	_, err := v.Record(ctx, []byte("x"), func(tx *Tx) error {
		return tx.PutSubject(ctx, authz.Subject{ID: "s_c", Kind: authz.Person})
	})
	if !errors.Is(err, ledger.ErrMismatch) {
		t.Errorf("record = %v, want ErrMismatch", err)
	}
	if _, err := v.Subject(ctx, "s_c"); !errors.Is(err, authz.ErrUnknown) {
		t.Errorf("the change was made without its entry: %v", err)
	}
}

func TestDigestIsSalted(t *testing.T) {
	a, b := memoryVault(t), memoryVault(t)
	name := []byte("欧阳星野")
	if a.Digest(name) == a.Digest([]byte("慕容清澈")) {
		t.Error("the digests of two names are one")
	}
	if a.Digest(name) == b.Digest(name) || a.Digest(name) == sha256.Sum256(name) {
		t.Error("a digest can be had without the vault's key")
	}
}

func TestResults(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	k := sha256.Sum256([]byte("asset and models"))
	if b, ok, err := v.Get(ctx, k); b != nil || ok || err != nil {
		t.Errorf("get of nothing = %v, %v, %v", b, ok, err)
	}
	for _, data := range [][]byte{[]byte("first"), nil, bytes.Repeat([]byte("long"), 99999)} {
		if err := v.Put(ctx, k, data); err != nil {
			t.Fatal(err)
		}
		if b, ok, err := v.Get(ctx, k); err != nil || !ok || !bytes.Equal(b, data) {
			t.Errorf("put %d bytes, got %d, %v, %v", len(data), len(b), ok, err)
		}
	}
	// A row moved to another key is no result.
	other := sha256.Sum256([]byte("another asset"))
	if _, err := v.pool.Exec(`update result set idx = $1`, v.blind("result", other[:])); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := v.Get(ctx, other); ok || err != nil {
		t.Errorf("a moved row was taken for a result: %v", err)
	}
	if n, err := v.PurgeResults(ctx, time.Now().Add(-time.Hour)); n != 0 || err != nil {
		t.Errorf("purged %d, %v, want none", n, err)
	}
	if n, err := v.PurgeResults(ctx, time.Now().Add(time.Hour)); n != 1 || err != nil {
		t.Errorf("purged %d, %v, want 1", n, err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if err := v.Put(cancelled, k, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("put with a cancelled context: %v", err)
	}
}

// Many goroutines put, get, record and read at once, through two handles as two
// processes would.
func TestConcurrentUse(t *testing.T) {
	ctx := t.Context()
	v, dir := newTestVault(t)
	w := openTestVault(t, dir)
	var wg sync.WaitGroup
	const workers, each = 8, 25
	for i := range workers {
		h := []*Vault{v, w}[i%2]
		l, err := h.Ledger(ctx)
		if err != nil {
			t.Fatal(err)
		}
		wg.Go(func() {
			for j := range each {
				data := fmt.Appendf(nil, "%d %d", i, j)
				k := sha256.Sum256(data)
				if err := h.Put(ctx, k, data); err != nil {
					t.Error(err)
				}
				if b, ok, err := h.Get(ctx, k); err != nil || !ok || !bytes.Equal(b, data) {
					t.Errorf("got %q, %v, %v", b, ok, err)
				}
				id := authz.SubjectID(fmt.Sprintf("s_%d_%d", i, j))
				if _, err := h.Record(ctx, data, func(tx *Tx) error {
					return tx.PutSubject(ctx, authz.Subject{ID: id, Kind: authz.Person, Names: []authz.Name{{Text: "欧阳星野"}}})
				}); err != nil {
					t.Error(err)
				}
				if _, err := l.Append(ctx, data); err != nil { // conflicts, and tries again
					t.Error(err)
				}
				if m, err := h.Match(ctx, authz.Sighting{Text: "欧阳星野"}); err != nil || len(m) == 0 {
					t.Errorf("match = %v, %v", m, err)
				}
			}
		})
	}
	wg.Wait()
	if r, err := v.Check(ctx); err != nil || r.Size != 2*workers*each {
		t.Errorf("check = %+v, %v", r, err)
	}
	if s, err := w.Subjects(ctx); err != nil || len(s) != workers*each {
		t.Errorf("%d subjects, %v", len(s), err)
	}
}

// A writer that another process keeps waiting too long says so; readers go on.
func TestBusy(t *testing.T) {
	ctx := t.Context()
	v, dir := newTestVault(t)
	seedTwo(t, v)
	w := openTestVault(t, dir)
	w.pool.SetMaxOpenConns(1)
	if _, err := w.pool.Exec(`pragma busy_timeout = 50`); err != nil {
		t.Fatal(err)
	}
	err := v.Update(ctx, func(tx *Tx) error {
		if err := tx.PutSubject(ctx, authz.Subject{ID: "s_new", Kind: authz.Person}); err != nil {
			return err
		}
		if err := w.PutSubject(ctx, authz.Subject{ID: "s_w", Kind: authz.Person}); !errors.Is(err, ErrBusy) {
			t.Errorf("write = %v, want ErrBusy", err)
		}
		if _, err := w.Subject(ctx, "s_a"); err != nil {
			t.Errorf("read = %v", err)
		}
		if _, err := w.Subject(ctx, "s_new"); !errors.Is(err, authz.ErrUnknown) {
			t.Errorf("what is not committed is seen: %v", err)
		}
		late, cancel := context.WithTimeout(ctx, 10*time.Millisecond)
		defer cancel()
		if err := v.PutDoc(late, CaseBucket, "k_1", nil); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("second writer of the process = %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestLedgerThroughVault(t *testing.T) {
	ctx := t.Context()
	v, dir := newTestVault(t)
	l, err := v.Ledger(ctx)
	if err != nil {
		t.Fatal(err)
	}
	first, err := l.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var last ledger.Receipt
	for i := range 3 * pageSize / 2 { // more than a page
		if last, err = l.Append(ctx, fmt.Appendf(nil, "entry %d", i)); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := l.Export(ctx, &b); err != nil {
		t.Fatal(err)
	}
	v.Close()
	v = openTestVault(t, dir)
	r, err := v.Check(ctx, first, last.Head)
	if err != nil || r.Root != last.Root || r.Heads != 2 {
		t.Errorf("check = %+v, %v", r, err)
	}
	if e, err := ledger.CheckExport(ctx, &b, l.Key(), first, last.Head); err != nil || e != r {
		t.Errorf("check of the export = %+v, %v", e, err)
	}
}
