// Package ledger is an append-only Merkle log: bytes in, receipt out. It knows
// hashes, sizes and signatures, and nothing of what an entry says.
//
// Hashes are those of RFC 6962 (Certificate Transparency), computed by
// golang.org/x/mod/sumdb/tlog. After each append the head of the log is signed
// as a checkpoint of the C2SP tlog-checkpoint format: a signed note with the
// lines origin, size and root, the origin being consentry-ledger/<id>, the
// signature Ed25519.
//
// Whoever holds the signing key can rewrite the whole log and sign it anew.
// What gives that away is a head that was copied out before, which is why every
// release carries one; [Check] takes such heads. docs/LEDGER.md says all that a
// checker by somebody else has to know.
package ledger

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
)

// ErrConflict is returned by [Storage].Append where the log has grown since it
// was read. [Log.Append] reads again and retries.
var ErrConflict = errors.New("the ledger has grown meanwhile")

// ErrMismatch is wrapped by [Log.Append] where what is stored is not what was
// last signed. Nothing is then appended, so that the evidence stays.
var ErrMismatch = errors.New("the ledger does not match its signed head")

// A Hash is a SHA-256 node of the tree; it is written in lower-case hex.
type Hash [32]byte

// String is the hash in lower-case hex.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText writes the hash in lower-case hex.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads a hash of 64 hex digits.
func (h *Hash) UnmarshalText(b []byte) error {
	if len(b) != hex.EncodedLen(len(h)) {
		return fmt.Errorf("hash has %d characters, want %d", len(b), hex.EncodedLen(len(h)))
	}
	_, err := hex.Decode(h[:], b)
	return err
}

// A Receipt says where an entry landed and what the log then looked like.
type Receipt struct {
	Index int64  `json:"index"` // of the entry, from 0
	Size  int64  `json:"size"`  // entries in the log, this one included; its number, where people count
	Root  Hash   `json:"root"`  // of the tree of that size
	Head  string `json:"head"`  // the signed note
}

// A Record is an entry as it is stored.
type Record struct {
	Index  int64
	Entry  []byte
	Hashes []Hash // stored with it, leaf first, as tlog.StoredHashes returns them
}

// A Source is a log to be read by a checker. It need not be one that we wrote.
type Source interface {
	// State returns the number of entries and the signed head ("" where nothing
	// was ever appended) as of one moment.
	State(ctx context.Context) (size int64, head string, err error)
	// Records yields what is stored at the indexes below size, in order. What
	// is missing is left out.
	Records(ctx context.Context, size int64) iter.Seq2[Record, error]
}

// Storage keeps a log. It must be safe for concurrent use.
type Storage interface {
	Source
	// Hashes returns the hashes with the given tlog.StoredHashIndex.
	Hashes(ctx context.Context, indexes []int64) ([]Hash, error)
	// Append keeps the record and puts head in the place of the last head, both
	// or neither. It returns ErrConflict where the log does not have exactly
	// r.Index entries.
	Append(ctx context.Context, r Record, head string) error
}
