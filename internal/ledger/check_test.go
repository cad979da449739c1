package ledger

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCheckSaysWhatAndWhere(t *testing.T) {
	const n = 11
	tests := []struct {
		name   string
		tamper func(m *memory, heads []string)
		copies []int // heads copied out, by size
		kind   string
		index  int64
	}{
		{"bit in an entry", func(m *memory, _ []string) { m.records[4].Entry[3] ^= 1 }, nil, Changed, 4},
		{"entry emptied", func(m *memory, _ []string) { m.records[0].Entry = nil }, nil, Changed, 0},
		{"bit in a leaf hash", func(m *memory, _ []string) { m.records[6].Hashes[0][31] ^= 1 }, nil, Changed, 6},
		{"bit in a tree hash", func(m *memory, _ []string) { m.records[7].Hashes[2][0] ^= 1 }, nil, Changed, 7},
		{"tree hash dropped", func(m *memory, _ []string) { m.records[7].Hashes = m.records[7].Hashes[:2] }, nil, Changed, 7},
		{"hashes dropped", func(m *memory, _ []string) { m.records[2].Hashes = nil }, nil, Changed, 2},
		{"two entries swapped", func(m *memory, _ []string) {
			m.records[2].Entry, m.records[9].Entry = m.records[9].Entry, m.records[2].Entry
		}, nil, Swapped, 2},
		{"one in the middle gone", func(m *memory, _ []string) { m.records = slices.Delete(m.records, 5, 6) }, nil, Missing, 5},
		{"changed, and a later one gone", func(m *memory, _ []string) {
			m.records[1].Entry[0] ^= 1
			m.records = slices.Delete(m.records, 5, 6)
		}, nil, Changed, 1},
		{"one put between", func(m *memory, _ []string) {
			for i := n - 1; i > 5; i-- {
				m.records[i].Entry = m.records[i-1].Entry
			}
			m.records[5].Entry = []byte("never happened")
		}, nil, Inserted, 5},
		{"tail dropped", func(m *memory, _ []string) { m.records = m.records[:8] }, nil, Truncated, 8},
		{"everything dropped", func(m *memory, _ []string) { m.records = nil }, nil, Truncated, 0},
		{"entries behind the head", func(m *memory, _ []string) {
			m.records = append(m.records, Record{Index: n, Entry: []byte("more")})
			m.rehash()
		}, nil, Unsigned, n},
		{"changed and hashes recomputed", func(m *memory, _ []string) { m.records[4].Entry[3] ^= 1; m.rehash() }, nil, Rewritten, 0},
		{"the same, heads of 3 and 7 are known", func(m *memory, _ []string) { m.records[4].Entry[3] ^= 1; m.rehash() }, []int{3, 7}, Rewritten, 3},
		{"cut back with its head", func(m *memory, h []string) { m.records, m.head = m.records[:6], h[5] }, []int{9}, Truncated, 6},
		{"head emptied", func(m *memory, _ []string) { m.head = "" }, nil, Forged, -1},
		{"head of another size", func(m *memory, _ []string) { m.head = strings.Replace(m.head, "\n11\n", "\n12\n", 1) }, nil, Forged, -1},
		{"older head", func(m *memory, h []string) { m.head = h[4] }, nil, Unsigned, 5},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l, m, heads := newLog(t, n)
			tt.tamper(m, heads)
			var copies []string
			for _, size := range tt.copies {
				copies = append(copies, heads[size-1])
			}
			_, err := Check(context.Background(), m, l.Key(), copies...)
			var te *TamperError
			if !errors.As(err, &te) {
				t.Fatalf("check = %v, want a TamperError", err)
			}
			if te.Kind != tt.kind || te.Index != tt.index {
				t.Errorf("check = %v, want %s at %d", te, tt.kind, tt.index)
			}
		})
	}
}

// Who holds the key can sign a history of their own; heads copied out before
// give it away.
func TestCheckRewrittenAndSignedAnew(t *testing.T) {
	ctx := context.Background()
	l, m, heads := newLog(t, 9)
	f := &memory{}
	forger := &Log{storage: f, signer: l.signer, verifier: l.verifier, key: l.key}
	for i, r := range m.records {
		if i == 6 {
			r.Entry = []byte("another story")
		}
		if _, err := forger.Append(ctx, r.Entry); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Check(ctx, f, l.Key(), heads[3]); err != nil {
		t.Errorf("a head from before the forgery does not agree: %v", err)
	}
	_, err := Check(ctx, f, l.Key(), heads[7], heads[3], heads[4])
	var te *TamperError
	if !errors.As(err, &te) || te.Kind != Rewritten || te.Index != 5 {
		t.Errorf("check = %v, want rewritten at 5", err)
	}
	other, _, _ := newLog(t, 9)
	if _, err := Check(ctx, m, other.Key()); !errors.As(err, &te) || te.Kind != Forged {
		t.Errorf("check with another key = %v", err)
	}
	if r, err := Check(ctx, m, l.Key(), heads...); err != nil || r.Heads != 9 {
		t.Errorf("check of the true log = %+v, %v", r, err)
	}
}

// Whatever happens to an entry, its place, or the stored hashes: noticed. Every
// head that was ever given out agrees as long as nothing happened.
func TestTamperingIsNoticed(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "entries")
		l, m, heads := newLog(t, n)
		if r, err := Check(ctx, m, l.Key(), heads...); err != nil || r.Size != int64(n) || r.Heads != n {
			t.Fatalf("untouched log: %+v, %v", r, err)
		}
		m = m.clone()
		i := rapid.IntRange(0, n-1).Draw(t, "at")
		op := rapid.SampledFrom([]string{"flip", "hash", "drop", "tail", "swap", "insert", "append"}).Draw(t, "op")
		switch op {
		case "flip":
			e := m.records[i].Entry
			e[rapid.IntRange(0, len(e)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		case "hash":
			hs := m.records[i].Hashes
			hs[rapid.IntRange(0, len(hs)-1).Draw(t, "level")][rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		case "drop":
			m.records = slices.Delete(m.records, i, i+1)
		case "tail":
			m.records = m.records[:i]
		case "swap":
			if n == 1 {
				return
			}
			j := (i + rapid.IntRange(1, n-1).Draw(t, "distance")) % n
			m.records[i], m.records[j] = m.records[j], m.records[i]
		case "insert":
			m.records = slices.Insert(m.records, i, Record{Entry: []byte("x"), Hashes: m.records[i].Hashes})
		case "append":
			m.records = append(m.records, Record{Index: int64(n), Entry: []byte("x")})
		}
		if rapid.Bool().Draw(t, "renumber") {
			m.renumber()
		}
		if rapid.Bool().Draw(t, "rehash") {
			m.rehash() // all that is possible without the key; it mends a flipped hash
			if op == "hash" {
				return
			}
		}
		var te *TamperError
		if _, err := Check(ctx, m, l.Key()); !errors.As(err, &te) {
			t.Fatalf("check = %v, want a TamperError", err)
		}
	})
}
