package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// A Result is what a check found in order.
type Result struct {
	Size  int64  `json:"size"`  // entries
	Root  Hash   `json:"root"`  // of the tree, recomputed
	Heads int    `json:"heads"` // heads copied out before that agree with it
	Key   string `json:"key"`   // the verifier key that signed it
}

// Kinds of tampering.
const (
	Changed   = "changed"   // an entry is not the one that was appended
	Swapped   = "swapped"   // two entries stand in each other's place
	Inserted  = "inserted"  // an entry was put between two others
	Missing   = "missing"   // an entry in the middle is gone
	Truncated = "truncated" // the last entries are gone
	Unsigned  = "unsigned"  // entries stand behind what was signed
	Rewritten = "rewritten" // the history is not the one that was signed
	Forged    = "forged"    // a head is not signed by the ledger's key, or malformed
)

// A TamperError says what was done to a log, and where. Its words count from 1.
type TamperError struct {
	Kind  string
	Index int64 // first entry concerned, from 0; -1 for Forged
	What  string
}

func (e *TamperError) Error() string {
	if e.Index < 0 {
		return fmt.Sprintf("ledger %s: %s", e.Kind, e.What)
	}
	return fmt.Sprintf("ledger %s at entry %d: %s", e.Kind, e.Index+1, e.What)
}

// Check reads a log from its first entry to its last, recomputes every hash
// from the entries, compares them with the stored ones, and compares the tree
// with the signed head and with every head that was copied out before. It needs
// the verifier key only, and works on anything that can play a [Source].
//
// A log that is not in order gives a *TamperError; one that cannot be read,
// another error. A log that was cut back together with its head to an earlier
// state of its own shows only against a later head from outside.
func Check(ctx context.Context, src Source, key string, heads ...string) (Result, error) {
	return check(ctx, src, key, heads, false)
}

// check is Check; where leafOnly, a record comes with its leaf hash alone.
func check(ctx context.Context, src Source, key string, heads []string, leafOnly bool) (Result, error) {
	v, err := verifier(key)
	if err != nil {
		return Result{}, err
	}
	var copies []Checkpoint
	for i, s := range heads {
		c, err := parseHead(s, v)
		if err != nil {
			return Result{}, &TamperError{Forged, -1, fmt.Sprintf("copied head %d: %v", i+1, err)}
		}
		copies = append(copies, c)
	}
	slices.SortStableFunc(copies, func(a, b Checkpoint) int { return cmp.Compare(a.Size, b.Size) })

	size, head, err := src.State(ctx)
	if err != nil {
		return Result{}, fmt.Errorf("read the ledger: %w", err)
	}
	t := tree{due: copies}
	if err := t.read(ctx, src, size, leafOnly); err != nil {
		return Result{}, err
	}
	r := Result{Size: size, Root: Hash(t.root()), Key: key}
	if size > 0 || head != "" {
		h, err := parseHead(head, v)
		if err != nil {
			return Result{}, &TamperError{Forged, -1, err.Error()}
		}
		if err := t.against(h, "the signed head"); err != nil {
			return Result{}, err
		}
		if h.Size < size {
			return Result{}, &TamperError{Unsigned, h.Size, fmt.Sprintf("the signed head has %d entries, there are %d", h.Size, size)}
		}
	}
	for _, c := range copies {
		if err := t.against(c, "a head copied out before"); err != nil {
			return Result{}, err
		}
		r.Heads++
	}
	return r, nil
}
