package ledger

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

var updateVectors = flag.Bool("update", false, "write the vectors in testdata/ledger anew, under a new key")

// A vector is a file in testdata/ledger and what a checker has to say of it.
type vector struct {
	File  string   `json:"file"`
	What  string   `json:"what"`            // in words
	Key   string   `json:"key,omitempty"`   // verifier key; none: the one in the export
	Heads []string `json:"heads,omitempty"` // copied out before
	Entry *string  `json:"entry,omitempty"` // proofs of inclusion: what is proved

	// Expect is ok; a kind of tampering; or refused, of what is no export or no
	// proof that holds.
	Expect string `json:"expect"`
	Index  int64  `json:"index,omitempty"` // where it was tampered with; -1: in no entry
	Size   int64  `json:"size,omitempty"`  // exports that are ok
	Root   *Hash  `json:"root,omitempty"`
}

const vectorDir = "testdata/ledger"

func readVectors(t *testing.T) (vs []vector) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(vectorDir, "vectors.json"))
	if err == nil {
		err = json.Unmarshal(b, &vs)
	}
	if err != nil || len(vs) < 20 {
		t.Fatalf("%d vectors, %v", len(vs), err)
	}
	return vs
}

func TestVectors(t *testing.T) {
	if *updateVectors {
		writeVectors(t)
	}
	for _, v := range readVectors(t) {
		b, err := os.ReadFile(filepath.Join(vectorDir, v.File))
		if err != nil {
			t.Fatal(err)
		}
		var r Result
		if strings.HasSuffix(v.File, ".json") {
			err = checkProof(b, v)
		} else {
			r, err = CheckExport(t.Context(), bytes.NewReader(b), v.Key, v.Heads...)
		}
		var te *TamperError
		switch {
		case v.Expect == "ok":
			if err != nil || v.Root != nil && (r.Size != v.Size || r.Root != *v.Root) {
				t.Errorf("%s: %+v, %v", v.File, r, err)
			}
		case v.Expect == "refused":
			if err == nil || errors.As(err, &te) {
				t.Errorf("%s: %v, want it refused", v.File, err)
			}
		case !errors.As(err, &te) || te.Kind != v.Expect || te.Index != v.Index:
			t.Errorf("%s: %v, want %s at %d", v.File, err, v.Expect, v.Index)
		}
	}
}

func checkProof(b []byte, v vector) error {
	if v.Entry != nil {
		var p Inclusion
		if err := json.Unmarshal(b, &p); err != nil {
			return err
		}
		return CheckInclusion(p, v.Key, []byte(*v.Entry))
	}
	var c Consistency
	if err := json.Unmarshal(b, &c); err != nil {
		return err
	}
	return CheckConsistency(c, v.Key)
}

// A checker written from docs/LEDGER.md alone, in another language, agrees.
func TestIndependentChecker(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		if runtime.GOOS != "linux" {
			t.Skip("no python3")
		}
		t.Fatal("this test needs python3: run `sh .ci/system test`, or install the package python3")
	}
	out, err := exec.Command(python, "testdata/check.py", "--vectors", vectorDir).Output()
	if err != nil {
		t.Errorf("the checker finds otherwise: %v", err)
	}
	said := strings.Split(strings.TrimSpace(string(out)), "\n")
	want := readVectors(t)
	if len(said) != len(want) {
		t.Fatalf("the checker speaks of %d files, there are %d", len(said), len(want))
	}
	for i, v := range want {
		var r struct {
			File string `json:"file"`
			OK   bool   `json:"ok"`
			Size int64  `json:"size"`
			Root string `json:"root"`
		}
		err := json.Unmarshal([]byte(said[i]), &r)
		if err != nil || r.File != v.File || r.OK != (v.Expect == "ok") || r.OK && v.Root != nil && (r.Size != v.Size || r.Root != v.Root.String()) {
			t.Errorf("the checker says %s, want %s of %s", said[i], v.Expect, v.File)
		}
	}
	// One file, as a stranger would.
	good, bad := filepath.Join(vectorDir, "good.jsonl"), filepath.Join(vectorDir, "changed-entry.jsonl")
	if out, err := exec.Command(python, "testdata/check.py", good).Output(); err != nil {
		t.Errorf("%s: %s, %v", good, out, err)
	}
	if out, err := exec.Command(python, "testdata/check.py", bad).Output(); err == nil {
		t.Errorf("%s: %s", bad, out)
	}
}

func writeVectors(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	var vs []vector
	if err := errors.Join(os.RemoveAll(vectorDir), os.MkdirAll(vectorDir, 0o755)); err != nil {
		t.Fatal(err)
	}
	save := func(v vector, b []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(vectorDir, v.File), b, 0o644); err != nil {
			t.Fatal(err)
		}
		vs = append(vs, v)
	}
	l, m, heads := newLog(t, 5)
	for _, e := range [][]byte{[]byte("\xff\x00not text"), []byte("<收集>\u2028\"\\"), {}} {
		r, err := l.Append(ctx, e)
		if err != nil {
			t.Fatal(err)
		}
		heads = append(heads, r.Head)
	}
	export := func(l *Log) string {
		var b bytes.Buffer
		if err := l.Export(ctx, &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	s, key := export(l), l.Key()
	r, err := l.Check(ctx)
	if err != nil {
		t.Fatal(err)
	}
	ok := func(file, what string, v vector) {
		v.File, v.What, v.Expect = file, what, "ok"
		save(v, []byte(s))
	}
	ok("good.jsonl", "eight entries, one of bytes, one empty", vector{Size: 8, Root: &r.Root})
	ok("good-heads.jsonl", "with every head copied out before", vector{Key: key, Heads: heads, Size: 8, Root: &r.Root})
	e, _, _ := newLog(t, 0)
	empty, err := e.Check(ctx)
	if err != nil {
		t.Fatal(err)
	}
	save(vector{File: "good-empty.jsonl", What: "no entries", Key: e.Key(), Expect: "ok", Root: &empty.Root}, []byte(export(e)))

	lines := strings.SplitAfter(strings.TrimSuffix(s, "\n"), "\n")
	lines[len(lines)-1] += "\n"
	join := func(ix ...int) string {
		var b strings.Builder
		for _, i := range ix {
			b.WriteString(lines[i])
		}
		return b.String()
	}
	other, _, otherHeads := newLog(t, 8)
	// The log as whoever holds the key could write it anew.
	re := &Log{storage: &memory{}, signer: l.signer, verifier: l.verifier, key: l.key}
	for i, rec := range m.records {
		entry := rec.Entry
		if i == 3 {
			entry = []byte(`{"verb":"store","id":"s_9"}`)
		}
		if _, err := re.Append(ctx, entry); err != nil {
			t.Fatal(err)
		}
	}
	for _, v := range []struct {
		file, what, text, key string
		heads                 []string
		expect                string
		index                 int64
	}{
		{"bad-nothing.jsonl", "an empty file", "", "", nil, "refused", 0},
		{"bad-no-head.jsonl", "the last line is missing", join(0, 1, 2, 3, 4, 5, 6, 7, 8), "", nil, "refused", 0},
		{"bad-cut.jsonl", "cut within the last line", s[:len(s)-20], "", nil, "refused", 0},
		{"bad-no-key.jsonl", "the first line is missing", join(1, 2, 3, 4, 5, 6, 7, 8, 9), "", nil, "refused", 0},
		{"bad-two-heads.jsonl", "something follows the head", s + lines[9], "", nil, "refused", 0},
		{"bad-format.jsonl", "another format", strings.Replace(s, Format, "consentry-ledger/9", 1), "", nil, "refused", 0},
		{"bad-field.jsonl", "a field that is unknown", strings.Replace(s, `"index":0`, `"index":0,"also":1`, 1), "", nil, "refused", 0},
		{"bad-leaf.jsonl", "a leaf of 33 bytes", strings.Replace(s, `"leaf":"`, `"leaf":"00`, 1), "", nil, "refused", 0},
		{"changed-entry.jsonl", "an entry is another", strings.Replace(s, "s_3", "s_4", 1), "", nil, Changed, 3},
		{"changed-bytes.jsonl", "an entry of bytes is another", strings.Replace(s, "/wBub3Q", "/wFub3Q", 1), "", nil, Changed, 5},
		{"dropped-last.jsonl", "the last entry is gone", join(0, 1, 2, 3, 4, 5, 6, 7, 9), "", nil, Truncated, 7},
		{"dropped-middle.jsonl", "an entry in the middle is gone", join(0, 1, 2, 4, 5, 6, 7, 8, 9), "", nil, Missing, 2},
		{"swapped.jsonl", "two lines are swapped", join(0, 1, 3, 2, 4, 5, 6, 7, 8, 9), "", nil, Missing, 1},
		{"twice.jsonl", "a line is there twice", join(0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9), "", nil, Missing, 1},
		{"other-key.jsonl", "checked with another log's key", s, other.Key(), nil, Forged, -1},
		{"other-head.jsonl", "against a head of another log", s, "", otherHeads[7:], Forged, -1},
		{"other-signature.jsonl", "the signed head is another log's", join(0, 1, 2, 3, 4, 5, 6, 7, 8) + `{"head":` + quote(otherHeads[7]) + "}\n", "", nil, Forged, -1},
		{"size-forged.jsonl", "the size in the head was changed by hand", strings.Replace(s, `\n8\n`, `\n7\n`, 1), "", nil, Forged, -1},
		{"cut-back.jsonl", "cut back to an earlier head of its own; shows against a later one only", join(0, 1, 2, 3) + `{"head":` + quote(heads[2]) + "}\n", "", heads[5:6], Truncated, 3},
		{"unsigned.jsonl", "entries stand behind what was signed", join(0, 1, 2, 3) + `{"head":` + quote(heads[1]) + "}\n", "", nil, Unsigned, 2},
		{"rewritten.jsonl", "written anew with the key; shows against an older head only", export(re), "", heads[:6], Rewritten, 3},
	} {
		save(vector{File: v.file, What: v.what, Key: v.key, Heads: v.heads, Expect: v.expect, Index: v.index}, []byte(v.text))
	}
	ok("cut-back-unnoticed.jsonl", "a log that was cut back is in order to whoever has no later head", vector{Size: 3})
	last := &vs[len(vs)-1]
	back := join(0, 1, 2, 3) + `{"head":` + quote(heads[2]) + "}\n"
	res, err := CheckExport(ctx, strings.NewReader(back), "")
	if err != nil {
		t.Fatal(err)
	}
	last.Root = &res.Root
	if err := os.WriteFile(filepath.Join(vectorDir, last.File), []byte(back), 0o644); err != nil {
		t.Fatal(err)
	}

	proof := func(file, what, expect string, entry *string, p any) {
		b, err := json.MarshalIndent(p, "", "\t")
		if err != nil {
			t.Fatal(err)
		}
		save(vector{File: file, What: what, Key: key, Entry: entry, Expect: expect}, append(b, '\n'))
	}
	for i, file := range []string{"inclusion-first.json", "inclusion-1.json", "inclusion-2.json", "inclusion-3.json", "inclusion-4.json"} {
		p, err := l.Prove(ctx, int64(i))
		if err != nil {
			t.Fatal(err)
		}
		entry := string(m.records[i].Entry)
		proof(file, "an entry of eight", "ok", &entry, p)
		if i == 4 {
			wrong := "x"
			proof("inclusion-other-entry.json", "of another entry", "refused", &wrong, p)
			p.Index = 5
			proof("inclusion-other-index.json", "at another index", "refused", &entry, p)
			p.Index, p.Proof = 4, p.Proof[1:]
			proof("inclusion-cut.json", "a hash is missing", "refused", &entry, p)
		}
	}
	for i, h := range heads {
		c, err := l.ProveConsistency(ctx, h)
		if err != nil {
			t.Fatal(err)
		}
		proof("consistency-"+string(rune('1'+i))+".json", "from an older head to the one of eight", "ok", nil, c)
		if i == 4 {
			c.Proof[1][0] ^= 1
			proof("consistency-changed.json", "a hash is another", "refused", nil, c)
			c.Proof[1][0] ^= 1
			c.Old = heads[5]
			proof("consistency-other-head.json", "of another head", "refused", nil, c)
		}
	}
	rc, err := re.ProveConsistency(ctx, heads[2])
	if err != nil {
		t.Fatal(err)
	}
	rc.Old = heads[5]
	proof("consistency-rewritten.json", "a log written anew is not consistent with what was signed before", "refused", nil, rc)
	b, err := json.MarshalIndent(vs, "", "\t")
	if err == nil {
		err = os.WriteFile(filepath.Join(vectorDir, "vectors.json"), append(b, '\n'), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
