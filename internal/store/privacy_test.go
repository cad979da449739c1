package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"consentry/authz"
)

// planted are invented; each stands in every kind of record.
var planted = []string{"欧阳星野", "慕容清澈", "Stella Ouyang", "云岚智造有限公司", "13800138000", "stella@example.test"}

func plantAll(t *testing.T, v *Vault) {
	t.Helper()
	ctx := t.Context()
	for i, p := range planted {
		id := authz.SubjectID(NewID("s_"))
		text := p + "，" + p
		doc := bytes.Repeat([]byte(text+"\n"), 1+200*(i%2)) // short ones are not compressed
		entry := fmt.Appendf(nil, `{"operation":"store","subject":"%s","name":"%x"}`, id, v.Digest([]byte(p)))
		_, err := v.Record(ctx, entry, func(tx *Tx) error {
			for _, f := range []func() error{
				func() error {
					return tx.PutSubject(ctx, authz.Subject{ID: id, Kind: authz.Person, Names: []authz.Name{{Text: p}, {Text: p + "二", Use: "alias"}}, Note: text, Company: p, Contacts: []authz.Contact{{Kind: "phone", Value: p}}})
				},
				func() error {
					return tx.PutConsent(ctx, authz.Consent{ID: authz.ConsentID(NewID("c_")), Subject: id, Kind: p, Events: []authz.Event{{State: authz.Given, By: p, At: time.Now(), Reason: text}}})
				},
				func() error { return tx.PutNotice(ctx, authz.Notice{SHA256: textDigest(text), Title: p, Text: text}) },
				func() error {
					return tx.AddAllow(ctx, authz.Allowance{Text: p, Reason: text, By: p, At: time.Now()})
				},
				func() error { return tx.PutUser(ctx, authz.User{Name: p, By: p}) },
				func() error { return tx.PutHandler(ctx, authz.Handler{Name: p, Contact: p}) },
				func() error { return tx.PutGround(ctx, authz.Ground{ID: NewID("g_"), Subject: id, By: p}) },
				func() error {
					_, err := tx.PutEvidence(ctx, authz.Evidence{Name: p, Of: authz.OfGrant, Subject: id, By: p}, bytes.NewReader(doc))
					return err
				},
				func() error { return tx.PutDoc(ctx, CaseBucket, NewID("k_"), doc) },
				func() error { return tx.PutDoc(ctx, ReleaseBucket, NewID("r_"), doc) },
			} {
				if err := f(); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := v.Put(ctx, [32]byte([]byte(textDigest(p))[:32]), doc); err != nil {
			t.Fatal(err)
		}
	}
}

// No planted text stands in any file, in any encoding, while the vault is open
// (then the write-ahead log is full of it), after it was deleted, and when the
// vault is closed.
func TestNoPlaintextOnDisk(t *testing.T) {
	v, dir := newTestVault(t)
	plantAll(t, v)
	if fi, err := os.Stat(filepath.Join(dir, dbFile+"-wal")); err != nil || fi.Size() < 50_000 {
		t.Fatalf("the write-ahead log holds nothing: %v", err)
	}
	searchFiles(t, dir)
	ids, err := v.Docs(t.Context(), CaseBucket)
	if err != nil || len(ids) != len(planted) {
		t.Fatal(len(ids), err)
	}
	for _, id := range ids {
		if err := v.DeleteDoc(t.Context(), CaseBucket, id); err != nil {
			t.Fatal(err)
		}
	}
	searchFiles(t, dir)
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	if fi, err := os.Stat(filepath.Join(dir, dbFile)); err != nil || fi.Size() < 50_000 {
		t.Fatalf("the database holds nothing: %v", err)
	}
	searchFiles(t, dir)
	v = openTestVault(t, dir)
	for _, p := range planted {
		if m, err := v.Match(t.Context(), authz.Sighting{Text: p}); err != nil || len(m) != 1 {
			t.Errorf("a planted name is not found any more: %v, %v", m, err)
		}
	}
}

func searchFiles(t *testing.T, dir string) {
	t.Helper()
	for _, hit := range plantedIn(t, dir) {
		t.Error(hit)
	}
}

func plantedIn(t *testing.T, dir string) (hits []string) {
	t.Helper()
	es, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range es {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range planted {
			for enc, form := range encodings(t, p) {
				if bytes.Contains(b, form) {
					hits = append(hits, fmt.Sprintf("%s holds planted text %d in %s", e.Name(), i, enc))
				}
			}
		}
	}
	return hits
}

// The search finds what is there.
func TestSearchFindsPlanted(t *testing.T) {
	dir := t.TempDir()
	var b []byte
	want := 0
	for _, p := range planted {
		for _, form := range encodings(t, p) {
			b = append(append(b, 0), form...)
			want++
		}
	}
	if err := os.WriteFile(filepath.Join(dir, dbFile), b, 0o600); err != nil {
		t.Fatal(err)
	}
	if hits := plantedIn(t, dir); len(hits) != want {
		t.Errorf("%d hits, want %d", len(hits), want)
	}
}

func encodings(t *testing.T, s string) map[string][]byte {
	t.Helper()
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	var le, be []byte
	for _, u := range utf16.Encode([]rune(s)) {
		le, be = binary.LittleEndian.AppendUint16(le, u), binary.BigEndian.AppendUint16(be, u)
	}
	escaped := fmt.Sprintf("%+q", s)
	return map[string][]byte{
		"UTF-8": []byte(s), "UTF-16LE": le, "UTF-16BE": be, "GB18030": gb,
		"an unsalted digest": []byte(textDigest(s)), "JSON escapes": []byte(escaped[1 : len(escaped)-1]),
	}
}
