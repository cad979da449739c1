package ledger

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// ErrProof is wrapped where a proof does not show what it should.
var ErrProof = errors.New("the proof does not hold")

// Formats of proofs; docs/LEDGER.md documents them.
const (
	InclusionFormat   = "consentry-inclusion/1"
	ConsistencyFormat = "consentry-consistency/1"
)

// An Inclusion shows, to somebody who has the entry and nothing else of the log,
// that it stands in it: RFC 6962, section 2.1.1.
type Inclusion struct {
	Format string `json:"format"`
	Index  int64  `json:"index"` // of the entry, from 0
	Leaf   Hash   `json:"leaf"`  // SHA-256(0x00 ‖ entry)
	Proof  []Hash `json:"proof"` // siblings on the way from the leaf to the root
	Head   string `json:"head"`  // the signed head that it leads to
}

// A Consistency shows that the log of one head begins with all of the log of an
// older one, entry by entry: RFC 6962, section 2.1.2.
type Consistency struct {
	Format string `json:"format"`
	Old    string `json:"old"`   // signed head
	Head   string `json:"head"`  // signed head of the same or a later size
	Proof  []Hash `json:"proof"` // in the order of RFC 6962
}

// Prove proves that the entry at index stands in the log as it is now.
func (l *Log) Prove(ctx context.Context, index int64) (Inclusion, error) {
	fail := func(err error) (Inclusion, error) {
		return Inclusion{}, fmt.Errorf("prove entry %d of the ledger: %w", index, err)
	}
	n, head, err := l.state(ctx)
	if err != nil {
		return fail(err)
	}
	if index < 0 || index >= n {
		return fail(fmt.Errorf("there are %d entries", n))
	}
	leaf, err := l.storage.Hashes(ctx, []int64{tlog.StoredHashIndex(0, index)})
	if err != nil {
		return fail(err)
	}
	p, err := tlog.ProveRecord(n, index, hashReader(ctx, l.storage))
	if err != nil {
		return fail(err)
	}
	return Inclusion{InclusionFormat, index, leaf[0], hashes(p), head}, nil
}

// ProveConsistency proves that the log as it is now begins with that of an older
// head. The error wraps ErrProof where it does not, or where the head is not of
// this log.
func (l *Log) ProveConsistency(ctx context.Context, oldHead string) (Consistency, error) {
	fail := func(err error) (Consistency, error) {
		return Consistency{}, fmt.Errorf("prove that the ledger has only grown: %w", err)
	}
	old, err := parseHead(oldHead, l.verifier)
	if err != nil {
		return fail(fmt.Errorf("%w: %w", ErrProof, err))
	}
	n, head, err := l.state(ctx)
	if err != nil {
		return fail(err)
	}
	c := Consistency{Format: ConsistencyFormat, Old: oldHead, Head: head, Proof: []Hash{}}
	if old.Size > n {
		return fail(fmt.Errorf("%w: the older head has %d entries, there are %d", ErrProof, old.Size, n))
	}
	if 0 < old.Size && old.Size < n {
		p, err := tlog.ProveTree(n, old.Size, hashReader(ctx, l.storage))
		if err != nil {
			return fail(err)
		}
		c.Proof = hashes(p)
	}
	// What cannot be shown is not handed out as if it could.
	if err := CheckConsistency(c, l.key); err != nil {
		return fail(err)
	}
	return c, nil
}

func hashes(p []tlog.Hash) []Hash {
	out := make([]Hash, len(p))
	for i, h := range p {
		out[i] = Hash(h)
	}
	return out
}

func tlogHashes(p []Hash) []tlog.Hash {
	out := make([]tlog.Hash, len(p))
	for i, h := range p {
		out[i] = tlog.Hash(h)
	}
	return out
}

// CheckInclusion checks a proof for an entry with the verifier key and nothing
// else. The error wraps ErrProof where the proof does not hold.
func CheckInclusion(p Inclusion, key string, entry []byte) error {
	v, err := verifier(key)
	if err != nil {
		return err
	}
	if p.Format != InclusionFormat {
		return fmt.Errorf("%w: it is not of format %s", ErrProof, InclusionFormat)
	}
	head, err := parseHead(p.Head, v)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrProof, err)
	}
	leaf := tlog.RecordHash(entry)
	if Hash(leaf) != p.Leaf {
		return fmt.Errorf("%w: it is for another entry", ErrProof)
	}
	if p.Index < 0 || p.Index >= head.Size {
		return fmt.Errorf("%w: the head has %d entries", ErrProof, head.Size)
	}
	if tlog.CheckRecord(tlogHashes(p.Proof), head.Size, tlog.Hash(head.Root), p.Index, leaf) != nil {
		return fmt.Errorf("%w: it does not lead to the head", ErrProof)
	}
	return nil
}

// CheckConsistency checks a proof with the verifier key and nothing else. The
// error wraps ErrProof where the proof does not hold.
func CheckConsistency(c Consistency, key string) error {
	v, err := verifier(key)
	if err != nil {
		return err
	}
	if c.Format != ConsistencyFormat {
		return fmt.Errorf("%w: it is not of format %s", ErrProof, ConsistencyFormat)
	}
	old, err := parseHead(c.Old, v)
	if err != nil {
		return fmt.Errorf("%w: older head: %w", ErrProof, err)
	}
	head, err := parseHead(c.Head, v)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrProof, err)
	}
	bad := fmt.Errorf("%w: the one log does not begin with the other", ErrProof)
	switch {
	case old.Size > head.Size:
		return fmt.Errorf("%w: the older head has %d entries, the later %d", ErrProof, old.Size, head.Size)
	case old.Size == head.Size:
		if old.Root != head.Root || len(c.Proof) > 0 {
			return bad
		}
	case old.Size == 0:
		if old.Root != sha256.Sum256(nil) || len(c.Proof) > 0 {
			return bad
		}
	case tlog.CheckTree(tlogHashes(c.Proof), head.Size, tlog.Hash(head.Root), old.Size, tlog.Hash(old.Root)) != nil:
		return bad
	}
	return nil
}
