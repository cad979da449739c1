package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func exported(t *testing.T, n int, more ...[]byte) (*Log, string, []string) {
	t.Helper()
	l, _, heads := newLog(t, n)
	for _, e := range more {
		r, err := l.Append(context.Background(), e)
		if err != nil {
			t.Fatal(err)
		}
		heads = append(heads, r.Head)
	}
	var b bytes.Buffer
	if err := l.Export(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return l, b.String(), heads
}

func TestExportAndCheck(t *testing.T) {
	ctx := context.Background()
	l, s, heads := exported(t, 5, []byte("\xff\x00not text"), []byte("<收集>\u2028"), nil)
	for _, key := range []string{"", l.Key()} {
		r, err := CheckExport(ctx, strings.NewReader(s), key, heads...)
		if err != nil || r.Size != 8 || r.Heads != 8 || r.Key != l.Key() {
			t.Errorf("check = %+v, %v", r, err)
		}
	}
	_, empty, _ := exported(t, 0)
	if r, err := CheckExport(ctx, strings.NewReader(empty), ""); err != nil || r.Size != 0 {
		t.Errorf("export of an empty log: %+v, %v", r, err)
	}
}

// root is the Merkle tree hash written from RFC 6962, section 2.1, alone.
func root(leaves [][]byte) []byte {
	if len(leaves) == 1 {
		return leaves[0]
	}
	k := 1
	for k*2 < len(leaves) {
		k *= 2
	}
	h := sha256.Sum256(append(append([]byte{1}, root(leaves[:k])...), root(leaves[k:])...))
	return h[:]
}

func TestExportOpensWithoutUs(t *testing.T) {
	_, s, _ := exported(t, 13, []byte{0xff})
	var leaves [][]byte
	for l := range strings.Lines(s) {
		var m map[string]any
		if err := json.Unmarshal([]byte(l), &m); err != nil {
			t.Fatal(err)
		}
		if head, ok := m["head"].(string); ok {
			if want := base64.StdEncoding.EncodeToString(root(leaves)); strings.Split(head, "\n")[2] != want {
				t.Errorf("head says %q, want root %s", head, want)
			}
			return
		}
		if m["format"] != nil {
			continue
		}
		var entry []byte
		if e, ok := m["entry"].(string); ok {
			entry = []byte(e)
		} else {
			b, err := base64.StdEncoding.DecodeString(m["entry_base64"].(string))
			if err != nil {
				t.Fatal(err)
			}
			entry = b
		}
		h := sha256.Sum256(append([]byte{0}, entry...))
		if hex.EncodeToString(h[:]) != m["leaf"] {
			t.Errorf("leaf of entry %v is not as documented", m["index"])
		}
		leaves = append(leaves, h[:])
	}
	t.Error("no head")
}

func TestCheckExportNotices(t *testing.T) {
	l, s, heads := exported(t, 6)
	lines := strings.SplitAfter(strings.TrimSuffix(s, "\n"), "\n")
	join := func(ix ...int) string {
		var b strings.Builder
		for _, i := range ix {
			b.WriteString(lines[i])
		}
		return b.String()
	}
	_, later, laterHeads := exported(t, 3)
	tests := map[string]struct {
		in, key string
		heads   []string
		kind    string // "" where it is no export
	}{
		"nothing":          {"", "", nil, ""},
		"no head":          {join(0, 1, 2, 3), "", nil, ""},
		"cut in a line":    {s[:len(s)-20], "", nil, ""},
		"no first line":    {join(1, 2, 3, 4, 5, 6, 7), "", nil, ""},
		"two heads":        {s + lines[7], "", nil, ""},
		"other format":     {strings.Replace(s, Format, "consentry-ledger/9", 1), "", nil, ""},
		"unknown field":    {strings.Replace(s, `"index":0`, `"index":0,"also":1`, 1), "", nil, ""},
		"short leaf":       {strings.Replace(s, `"leaf":"`, `"leaf":"00`, 1), "", nil, ""},
		"two objects":      {strings.Replace(s, "}\n", "}{}\n", 1), "", nil, ""},
		"tail dropped":     {join(0, 1, 2, 3, 4, 5, 7), "", nil, Truncated},
		"middle dropped":   {join(0, 1, 2, 4, 5, 6, 7), "", nil, Missing},
		"order swapped":    {join(0, 1, 3, 2, 4, 5, 6, 7), "", nil, Missing},
		"entry changed":    {strings.Replace(s, "s_3", "s_4", 1), "", nil, Changed},
		"other key":        {s, "consentry-ledger/test+00000000+AAAA", nil, Forged},
		"of another log":   {later, l.Key(), nil, Forged},
		"head of another":  {s, "", laterHeads[2:], Forged},
		"behind its heads": {join(0, 1, 2) + `{"head":` + quote(heads[1]) + "}\n", "", heads, Truncated},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := CheckExport(context.Background(), strings.NewReader(tt.in), tt.key, tt.heads...)
			var te *TamperError
			switch {
			case err == nil:
				t.Error("not noticed")
			case errors.As(err, &te) != (tt.kind != "") || te != nil && te.Kind != tt.kind:
				t.Errorf("check = %v, want kind %q", err, tt.kind)
			}
		})
	}
}

func quote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}
