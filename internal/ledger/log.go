package ledger

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A Log appends to a Storage. It is safe for concurrent use, also by several
// processes where their Storage is.
type Log struct {
	mu       sync.Mutex
	storage  Storage
	signer   note.Signer
	verifier note.Verifier
	key      string
}

// Open returns the log kept by s, signed with a key from [NewKey]. It reads
// nothing yet.
func Open(s Storage, private string) (*Log, error) {
	signer, err := note.NewSigner(private)
	if err != nil {
		return nil, fmt.Errorf("ledger key: %w", err)
	}
	key, err := publicKey(private)
	if err != nil {
		return nil, err
	}
	v, err := verifier(key)
	if err != nil {
		return nil, err
	}
	return &Log{storage: s, signer: signer, verifier: v, key: key}, nil
}

// EmptyHead signs the head of a log without entries, for a Storage to keep from
// its first day: one that has lost it has then lost its entries too.
func EmptyHead(private string) (string, error) {
	l, err := Open(nil, private)
	if err != nil {
		return "", err
	}
	return l.sign(0, sha256.Sum256(nil))
}

// Key is the verifier key: a line of text for those who check, no secret.
func (l *Log) Key() string { return l.key }

// Append adds an entry of at most [MaxEntry] bytes, signs the new head and
// returns the receipt. Before it does, it checks that what is stored is what was
// last signed.
func (l *Log) Append(ctx context.Context, entry []byte) (Receipt, error) {
	if len(entry) > MaxEntry {
		return Receipt{}, fmt.Errorf("append to the ledger: entry of %d bytes, at most %d", len(entry), MaxEntry)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for {
		r, err := l.append(ctx, entry)
		if errors.Is(err, ErrConflict) && ctx.Err() == nil {
			continue
		}
		if err != nil {
			return Receipt{}, fmt.Errorf("append to the ledger: %w", err)
		}
		return r, nil
	}
}

func (l *Log) append(ctx context.Context, entry []byte) (Receipt, error) {
	n, _, err := l.state(ctx)
	if err != nil {
		return Receipt{}, err
	}
	read := hashReader(ctx, l.storage)
	hs, err := tlog.StoredHashes(n, entry, read)
	if err != nil {
		return Receipt{}, err
	}
	first := tlog.StoredHashIndex(0, n)
	root, err := tlog.TreeHash(n+1, tlog.HashReaderFunc(func(ix []int64) ([]tlog.Hash, error) {
		return withNew(ix, first, hs, read)
	}))
	if err != nil {
		return Receipt{}, err
	}
	head, err := l.sign(n+1, root)
	if err != nil {
		return Receipt{}, err
	}
	rec := Record{Index: n, Entry: entry, Hashes: make([]Hash, len(hs))}
	for i, h := range hs {
		rec.Hashes[i] = Hash(h)
	}
	if err := l.storage.Append(ctx, rec, head); err != nil {
		return Receipt{}, err
	}
	return Receipt{Index: n, Size: n + 1, Root: Hash(root), Head: head}, nil
}

// Head is the signed head of the log as it is; an empty log has one too.
func (l *Log) Head(ctx context.Context) (string, error) {
	_, head, err := l.state(ctx)
	if err != nil {
		return "", fmt.Errorf("ledger head: %w", err)
	}
	return head, nil
}

// Check reads the whole log; see [Check].
func (l *Log) Check(ctx context.Context, heads ...string) (Result, error) {
	return Check(ctx, l.storage, l.key, heads...)
}

// state returns size and head after checking the one against the other, with
// about log n hashes read.
func (l *Log) state(ctx context.Context) (int64, string, error) {
	n, head, err := l.storage.State(ctx)
	if err != nil {
		return 0, "", err
	}
	root, err := tlog.TreeHash(n, hashReader(ctx, l.storage))
	if err != nil {
		return 0, "", fmt.Errorf("%w: %w", ErrMismatch, err)
	}
	if n == 0 && head == "" {
		head, err = l.sign(0, root)
		return 0, head, err
	}
	h, err := parseHead(head, l.verifier)
	if err != nil {
		return 0, "", fmt.Errorf("%w: %w", ErrMismatch, err)
	}
	if h.Size != n || h.Root != Hash(root) {
		return 0, "", fmt.Errorf("%w of %d entries, there are %d", ErrMismatch, h.Size, n)
	}
	return n, head, nil
}

func (l *Log) sign(n int64, root tlog.Hash) (string, error) {
	text := Checkpoint{Origin: l.signer.Name(), Size: n, Root: Hash(root)}.text()
	b, err := note.Sign(&note.Note{Text: text}, l.signer)
	return string(b), err
}

func hashReader(ctx context.Context, s Storage) tlog.HashReader {
	return tlog.HashReaderFunc(func(ix []int64) ([]tlog.Hash, error) {
		if len(ix) == 0 {
			return nil, nil
		}
		hs, err := s.Hashes(ctx, ix)
		if err != nil {
			return nil, err
		}
		out := make([]tlog.Hash, len(hs))
		for i, h := range hs {
			out[i] = tlog.Hash(h)
		}
		return out, nil
	})
}

// withNew reads hashes of which those from index first on are not stored yet.
func withNew(ix []int64, first int64, fresh []tlog.Hash, stored tlog.HashReader) ([]tlog.Hash, error) {
	var old []int64
	for _, i := range ix {
		if i < first {
			old = append(old, i)
		}
	}
	hs, err := stored.ReadHashes(old)
	if err != nil {
		return nil, err
	}
	if len(hs) != len(old) {
		return nil, fmt.Errorf("read %d hashes, want %d", len(hs), len(old))
	}
	out := make([]tlog.Hash, 0, len(ix))
	for _, i := range ix {
		if i < first {
			out, hs = append(out, hs[0]), hs[1:]
		} else {
			out = append(out, fresh[i-first])
		}
	}
	return out, nil
}
