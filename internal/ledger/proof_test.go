package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
)

func entryOf(i int) []byte { return fmt.Appendf(nil, `{"verb":"store","id":"s_%d"}`, i) }

// Every entry of every log up to 20 entries is proved; every changed proof fails.
func TestInclusion(t *testing.T) {
	ctx := context.Background()
	for n := 1; n <= 20; n++ {
		l, _, _ := newLog(t, n)
		for i := range n {
			p, err := l.Prove(ctx, int64(i))
			if err != nil {
				t.Fatal(err)
			}
			b, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			var q Inclusion
			if err := json.Unmarshal(b, &q); err != nil {
				t.Fatal(err)
			}
			if err := CheckInclusion(q, l.Key(), entryOf(i)); err != nil {
				t.Errorf("entry %d of %d: %v", i, n, err)
			}
			for name, spoil := range map[string]func(p *Inclusion){
				"index":       func(p *Inclusion) { p.Index++ },
				"negative":    func(p *Inclusion) { p.Index = -1 },
				"format":      func(p *Inclusion) { p.Format = "" },
				"leaf":        func(p *Inclusion) { p.Leaf[0] ^= 1 },
				"longer":      func(p *Inclusion) { p.Proof = append(p.Proof, Hash{}) },
				"other head":  func(p *Inclusion) { p.Head = mustHead(t) },
				"broken head": func(p *Inclusion) { p.Head = p.Head[:len(p.Head)-2] },
			} {
				q := p
				q.Proof = append([]Hash(nil), p.Proof...)
				spoil(&q)
				if err := CheckInclusion(q, l.Key(), entryOf(i)); !errors.Is(err, ErrProof) {
					t.Errorf("entry %d of %d, %s: %v", i, n, name, err)
				}
			}
			for j := range p.Proof {
				q := p
				q.Proof = append([]Hash(nil), p.Proof...)
				q.Proof[j][3] ^= 1
				if err := CheckInclusion(q, l.Key(), entryOf(i)); !errors.Is(err, ErrProof) {
					t.Errorf("entry %d of %d, hash %d: %v", i, n, j, err)
				}
			}
			if err := CheckInclusion(p, l.Key(), []byte("other")); !errors.Is(err, ErrProof) {
				t.Errorf("another entry: %v", err)
			}
		}
		for _, i := range []int64{-1, int64(n)} {
			if _, err := l.Prove(ctx, i); err == nil {
				t.Errorf("entry %d of %d was proved", i, n)
			}
		}
	}
}

func mustHead(t *testing.T) string {
	t.Helper()
	_, _, heads := newLog(t, 3)
	return heads[2]
}

func TestConsistency(t *testing.T) {
	ctx := context.Background()
	l, m, heads := newLog(t, 0)
	empty, err := l.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	heads = append(heads, empty)
	for n := 1; n <= 20; n++ {
		r, err := l.Append(ctx, entryOf(n))
		if err != nil {
			t.Fatal(err)
		}
		heads = append(heads, r.Head)
		for old, h := range heads {
			c, err := l.ProveConsistency(ctx, h)
			if err != nil {
				t.Fatalf("%d to %d: %v", old, n, err)
			}
			if err := CheckConsistency(c, l.Key()); err != nil {
				t.Errorf("%d to %d: %v", old, n, err)
			}
			for name, spoil := range map[string]func(c *Consistency){
				"format":    func(c *Consistency) { c.Format = "" },
				"longer":    func(c *Consistency) { c.Proof = append(c.Proof, Hash{}) },
				"other old": func(c *Consistency) { c.Old = mustHead(t) },
				"other new": func(c *Consistency) { c.Head = mustHead(t) },
				"reversed": func(c *Consistency) {
					if c.Old, c.Head = c.Head, c.Old; old == n {
						c.Proof = append(c.Proof, Hash{})
					}
				},
			} {
				q := c
				q.Proof = append([]Hash(nil), c.Proof...)
				spoil(&q)
				if err := CheckConsistency(q, l.Key()); !errors.Is(err, ErrProof) {
					t.Errorf("%d to %d, %s: %v", old, n, name, err)
				}
			}
			for j := range c.Proof {
				q := c
				q.Proof = append([]Hash(nil), c.Proof...)
				q.Proof[j][3] ^= 1
				if err := CheckConsistency(q, l.Key()); !errors.Is(err, ErrProof) {
					t.Errorf("%d to %d, hash %d: %v", old, n, j, err)
				}
			}
		}
	}
	// A log that was rewritten and signed anew is not consistent with what was
	// copied out before.
	short, _, _ := newLog(t, 2)
	if _, err := short.ProveConsistency(ctx, heads[5]); !errors.Is(err, ErrProof) {
		t.Errorf("a head of another log: %v", err)
	}
	rewritten := m.clone()
	rewritten.records = nil
	rewritten.head = ""
	l2 := &Log{storage: rewritten, signer: l.signer, verifier: l.verifier, key: l.key}
	for i := range 8 {
		if _, err := l2.Append(ctx, fmt.Appendf(nil, "other %d", i)); err != nil {
			t.Fatal(err)
		}
	}
	for _, h := range []string{heads[5], heads[8], heads[12]} {
		if _, err := l2.ProveConsistency(ctx, h); !errors.Is(err, ErrProof) {
			t.Errorf("a rewritten log: %v", err)
		}
	}
}

// FuzzCheckInclusion: no proof crashes, and none but the true one holds.
func FuzzCheckInclusion(f *testing.F) {
	l, _, _ := newLog(f, 7)
	p, err := l.Prove(context.Background(), 4)
	if err != nil {
		f.Fatal(err)
	}
	b, _ := json.Marshal(p)
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		var q Inclusion
		if json.Unmarshal(b, &q) != nil {
			return
		}
		if err := CheckInclusion(q, l.Key(), entryOf(4)); err == nil && q.Index != 4 {
			t.Error("another proof holds")
		}
	})
}
