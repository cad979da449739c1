package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"consentry/authz"
)

func noise(n int) []byte {
	b := make([]byte, n)
	rand.NewChaCha8([32]byte{byte(n)}).Read(b)
	return b
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hexID(sum[:])
}

func fileEvidence(t *testing.T, v *Vault, e authz.Evidence, b []byte) authz.Evidence {
	t.Helper()
	out, err := v.PutEvidence(t.Context(), e, bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func rowsOf(t *testing.T, v *Vault, table string) (n int) {
	t.Helper()
	if err := v.row(t.Context(), `select count(*) from `+table, nil, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestEvidence(t *testing.T) {
	ctx := t.Context()
	v, _ := newTestVault(t)
	for _, n := range []int{1, 1000, chunkSize - 1, chunkSize, chunkSize + 1, 3*chunkSize + 7} {
		b := noise(n)
		before := clock()
		e, err := v.PutEvidence(ctx, authz.Evidence{Name: "scan.pdf", Of: authz.OfGrant, Subject: "s_a", Consent: "c_a", By: "zhou"}, iotest.HalfReader(bytes.NewReader(b)))
		if err != nil {
			t.Fatal(err)
		}
		if e.SHA256 != digest(b) || e.Size != int64(n) || e.Name != "scan.pdf" || e.At.Before(before) || time.Since(e.At) > time.Minute {
			t.Errorf("filed as %+v", e)
		}
		var o bytes.Buffer
		if err := v.OpenEvidence(ctx, strings.ToUpper(e.SHA256), &o); err != nil || !bytes.Equal(o.Bytes(), b) {
			t.Errorf("%d bytes come back as %d, %v", n, o.Len(), err)
		}
		if es, err := v.EvidenceOf(ctx, e.SHA256); err != nil || len(es) != 1 || es[0] != e {
			t.Errorf("evidence = %+v, %v, want %+v", es, err, e)
		}
	}
	if es, err := v.Evidence(ctx, "s_a"); err != nil || len(es) != 6 || es[0].Size != 1 {
		t.Errorf("%d pieces, %v", len(es), err)
	}
	if es, err := v.AllEvidence(ctx); err != nil || len(es) != 6 {
		t.Errorf("%d pieces, %v", len(es), err)
	}
	pdf := fileEvidence(t, v, authz.Evidence{Of: authz.OfNotice, Media: "wrong"}, []byte("%PDF-1.7 …"))
	if pdf.Media != "application/pdf" {
		t.Errorf("media type %s", pdf.Media)
	}
}

// A file is kept once, each thing it shows beside the others, and it goes with
// the last of them.
func TestEvidenceFiledAgain(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	b := noise(2*chunkSize + 1)
	first := authz.Evidence{Name: "first.pdf", Of: authz.OfGrant, Subject: "s_a", Consent: "c_a", By: "zhou", At: day(1)}
	one := fileEvidence(t, v, first, b)
	again := first
	again.Name, again.By, again.At, again.Retention = "second.pdf", "lin", day(2), day(9)
	if got := fileEvidence(t, v, again, b); got.Name != "first.pdf" || got.By != "zhou" || !got.At.Equal(day(1)) || !got.Retention.Equal(day(9)) {
		t.Errorf("filed again: %+v", got)
	}
	other := first
	other.Subject, other.Consent = "s_b", "c_b"
	two := fileEvidence(t, v, other, b)
	refusal := first
	refusal.Of = authz.OfRefusal
	three := fileEvidence(t, v, refusal, b)
	if f, c, l := rowsOf(t, v, "evidence_file"), rowsOf(t, v, "evidence_chunk"), rowsOf(t, v, "evidence"); f != 1 || c != 3 || l != 3 {
		t.Errorf("%d files, %d chunks, %d entries, want 1, 3, 3", f, c, l)
	}
	for _, e := range []authz.Evidence{one, two, three} {
		if err := v.OpenEvidence(ctx, e.SHA256, io.Discard); err != nil {
			t.Error(err)
		}
		del := func() error { return v.Update(ctx, func(tx *Tx) error { return tx.DeleteEvidence(ctx, e) }) }
		if err := del(); err != nil {
			t.Error(err)
		}
		if err := del(); !errors.Is(err, ErrNotFound) {
			t.Errorf("deleted twice: %v", err)
		}
	}
	if err := v.OpenEvidence(ctx, one.SHA256, io.Discard); !errors.Is(err, ErrNotFound) {
		t.Errorf("open of what is gone: %v", err)
	}
	if f, c := rowsOf(t, v, "evidence_file"), rowsOf(t, v, "evidence_chunk"); f != 0 || c != 0 {
		t.Errorf("%d files, %d chunks are left", f, c)
	}
}

func TestEvidenceRefused(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	failing := errors.New("failing")
	for name, tt := range map[string]struct {
		e authz.Evidence
		r io.Reader
	}{
		"empty":          {authz.Evidence{Of: authz.OfGrant}, strings.NewReader("")},
		"no purpose":     {authz.Evidence{}, strings.NewReader("x")},
		"other digest":   {authz.Evidence{Of: authz.OfGrant, SHA256: digest([]byte("y"))}, strings.NewReader("x")},
		"bad subject":    {authz.Evidence{Of: authz.OfGrant, Subject: "欧阳"}, strings.NewReader("x")},
		"bad consent":    {authz.Evidence{Of: authz.OfGrant, Consent: "欧阳"}, strings.NewReader("x")},
		"fails halfway":  {authz.Evidence{Of: authz.OfGrant}, io.MultiReader(bytes.NewReader(noise(chunkSize+5)), iotest.ErrReader(failing))},
		"fails at first": {authz.Evidence{Of: authz.OfGrant}, iotest.ErrReader(failing)},
	} {
		if _, err := v.PutEvidence(ctx, tt.e, tt.r); err == nil || strings.Contains(err.Error(), "欧阳") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := rowsOf(t, v, "evidence_chunk"); n != 0 {
		t.Errorf("%d chunks are left", n)
	}
	for size, want := range map[int]error{2 * chunkSize: nil, 2*chunkSize + 1: ErrTooLarge} {
		err := update(v, func(ctx context.Context, tx *Tx) error {
			_, err := tx.putFile(ctx, bytes.NewReader(noise(size)), "", 2*chunkSize)
			return err
		})
		if !errors.Is(err, want) {
			t.Errorf("%d bytes: %v, want %v", size, err, want)
		}
	}
}

// Chunks and rows that somebody changes, cuts or swaps are noticed.
func TestEvidenceTampered(t *testing.T) {
	ctx := t.Context()
	for name, sql := range map[string]string{
		"bit":           `update evidence_chunk set sealed = cast(x'01' || zeroblob(100) as blob) where n = 1`,
		"last cut":      `delete from evidence_chunk where n = 2`,
		"middle cut":    `delete from evidence_chunk where n = 1`,
		"swapped":       `update evidence_chunk set sealed = (select sealed from evidence_chunk as o where o.n = 1 - evidence_chunk.n and o.file = evidence_chunk.file) where n in (0, 1)`,
		"of another":    `update evidence_chunk set sealed = (select sealed from evidence_chunk as o where o.n = evidence_chunk.n and o.file <> evidence_chunk.file)`,
		"another's row": `update evidence_file set sealed = (select sealed from evidence_file as o where o.id <> evidence_file.id)`,
	} {
		v := memoryVault(t)
		b := noise(2*chunkSize + 9)
		e := fileEvidence(t, v, authz.Evidence{Of: authz.OfGrant, Subject: "s_a"}, b)
		fileEvidence(t, v, authz.Evidence{Of: authz.OfGrant, Subject: "s_b"}, append(b, 1))
		if _, err := v.pool.Exec(sql); err != nil {
			t.Fatal(err)
		}
		if err := v.OpenEvidence(ctx, e.SHA256, io.Discard); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := v.Check(ctx); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: check = %v", name, err)
		}
	}
	v := memoryVault(t)
	fileEvidence(t, v, authz.Evidence{Of: authz.OfGrant, Subject: "s_a"}, []byte("x"))
	if _, err := v.pool.Exec(`update evidence set subject = 's_b'`); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Evidence(ctx, "s_b"); !errors.Is(err, ErrDamaged) {
		t.Errorf("evidence given to another: %v", err)
	}
}
