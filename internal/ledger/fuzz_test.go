package ledger

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
)

// fixedKey is the same in every process of a fuzzing run.
func fixedKey(t fataler) string {
	seed := make([]byte, ed25519.SeedSize)
	public, err := note.NewEd25519VerifierKey(originPrefix+"fuzz", ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	name := public[:strings.LastIndex(public[:len(public)-44], "+")]
	return "PRIVATE+KEY+" + name + "+" + base64.StdEncoding.EncodeToString(append([]byte{1}, seed...))
}

// FuzzCheckExport: no input crashes the checker, and of all inputs only one that
// tells the same history passes under the log's key.
func FuzzCheckExport(f *testing.F) {
	l, _, _ := newLogOf(f, 5, fixedKey(f))
	var b bytes.Buffer
	if err := l.Export(context.Background(), &b); err != nil {
		f.Fatal(err)
	}
	good := b.String()
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add(strings.Replace(good, "s_2", "s_3", 1))
	f.Add(strings.ReplaceAll(good, `"entry"`, `"entry_base64"`))
	f.Add(strings.ReplaceAll(good, `"index":4`, `"index":-4`))
	f.Add("{}\n\n{\"head\":\"\"}")
	want, err := CheckExport(context.Background(), strings.NewReader(good), l.Key())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := CheckExport(context.Background(), strings.NewReader(s), l.Key())
		if err == nil && r != want {
			t.Errorf("another history passed: %+v", r)
		}
	})
}

// FuzzParseHead: no input crashes the parser, and only what was signed passes.
func FuzzParseHead(f *testing.F) {
	l, _, heads := newLogOf(f, 3, fixedKey(f))
	seen := map[Checkpoint]bool{}
	for _, h := range heads {
		c, err := ParseHead(h, l.Key())
		if err != nil {
			f.Fatal(err)
		}
		seen[c] = true
		f.Add(h)
		f.Add(strings.Replace(h, "\n", "\n0", 1))
		f.Add(h + h)
	}
	f.Add("")
	f.Add("\n\n— ")
	f.Fuzz(func(t *testing.T, s string) {
		if c, err := ParseHead(s, l.Key()); err == nil && !seen[c] {
			t.Errorf("a head never signed passed: %+v", c)
		}
	})
}
