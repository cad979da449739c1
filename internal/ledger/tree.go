package ledger

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// tree recomputes a log. Only the hashes of its complete subtrees are kept, as
// in a compact range, besides the leaves to tell one tampering from another.
type tree struct {
	size   int64
	stack  []tlog.Hash         // complete subtrees, largest first
	leaves []tlog.Hash         // recomputed
	stored []tlog.Hash         // leaves as stored
	due    []Checkpoint        // copied heads not reached yet, by size
	roots  map[int64]tlog.Hash // at the size of each copy
	good   int64               // up to here a copied head agrees
}

func (t *tree) read(ctx context.Context, src Source, size int64, leafOnly bool) error {
	t.note()
	var bad error
	for r, err := range src.Records(ctx, size) {
		if err != nil {
			return fmt.Errorf("read the ledger: %w", err)
		}
		if r.Index != t.size {
			if err := t.classify(); err != nil {
				return err // further up, so the earlier fault
			}
			return &TamperError{Missing, t.size, fmt.Sprintf("the next one stored is %d", r.Index+1)}
		}
		hs := t.add(r.Entry)
		if len(r.Hashes) == 0 || !leafOnly && len(r.Hashes) != len(hs) {
			return &TamperError{Changed, r.Index, fmt.Sprintf("%d hashes are stored with it, want %d", len(r.Hashes), len(hs))}
		}
		t.stored = append(t.stored, tlog.Hash(r.Hashes[0]))
		for i, h := range r.Hashes[1:] {
			if bad == nil && (i+1 >= len(hs) || Hash(hs[i+1]) != h) {
				bad = &TamperError{Changed, r.Index, "a stored tree hash is not that of the entries"}
			}
		}
	}
	if err := t.classify(); err != nil {
		return err
	}
	if t.size < size {
		return &TamperError{Missing, t.size, fmt.Sprintf("%d entries are said to be stored", size)}
	}
	return bad
}

// add appends an entry and returns the hashes that it completes, leaf first.
func (t *tree) add(entry []byte) []tlog.Hash {
	h := tlog.RecordHash(entry)
	t.leaves = append(t.leaves, h)
	hs := []tlog.Hash{h}
	for n := t.size; n&1 == 1; n >>= 1 {
		h = tlog.NodeHash(t.stack[len(t.stack)-1], h)
		t.stack = t.stack[:len(t.stack)-1]
		hs = append(hs, h)
	}
	t.stack = append(t.stack, h)
	t.size++
	t.note()
	return hs
}

// note keeps the root at the sizes that copied heads speak of.
func (t *tree) note() {
	for ; len(t.due) > 0 && t.due[0].Size == t.size; t.due = t.due[1:] {
		if t.roots == nil {
			t.roots = map[int64]tlog.Hash{}
		}
		t.roots[t.size] = t.root()
		if Hash(t.roots[t.size]) == t.due[0].Root {
			t.good = t.size
		}
	}
}

func (t *tree) root() tlog.Hash {
	if t.size == 0 {
		return sha256.Sum256(nil)
	}
	h := t.stack[len(t.stack)-1]
	for i := len(t.stack) - 2; i >= 0; i-- {
		h = tlog.NodeHash(t.stack[i], h)
	}
	return h
}

// against compares the tree with a head. The head of an earlier size is known
// where it is one of the copies.
func (t *tree) against(c Checkpoint, what string) error {
	if c.Size > t.size {
		return &TamperError{Truncated, t.size, fmt.Sprintf("%s has %d entries, there are %d", what, c.Size, t.size)}
	}
	root, ok := t.roots[c.Size]
	if c.Size == t.size {
		root, ok = t.root(), true
	}
	if !ok {
		return nil // only the signed head, which Check then finds to be too short
	}
	if Hash(root) != c.Root {
		return &TamperError{Rewritten, t.good, fmt.Sprintf("%s of %d entries has another root; an entry from here on was changed", what, c.Size)}
	}
	return nil
}

// classify says what was done to the first entry whose leaf is not the stored
// one; nil where there is none.
func (t *tree) classify() error {
	for i, h := range t.leaves[:len(t.stored)] {
		if h == t.stored[i] {
			continue
		}
		if j := slices.Index(t.stored, h); j > i && t.leaves[j] == t.stored[i] {
			return &TamperError{Swapped, int64(i), fmt.Sprintf("entry %d stands in its place", j+1)}
		}
		if i+1 < len(t.stored) && t.leaves[i+1] == t.stored[i] {
			return &TamperError{Inserted, int64(i), "it was not there when the next one was appended"}
		}
		return &TamperError{Changed, int64(i), "its hash is not the one stored when it was appended"}
	}
	return nil
}
