package wiring

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"consentry/authz"
	"consentry/internal/registry"
	"consentry/internal/store"
	"consentry/redact/generalise"
	"consentry/redact/pii/custom"
)

// Own names a file of the owner's that is kept in the vault and adds to what
// ships.
type Own string

// The owner's files.
const (
	OwnDictionary Own = "dictionary" // of general forms; see redact/generalise
	OwnKinds      Own = "kinds"      // lists and patterns; see redact/pii/custom
)

// ErrOwn is wrapped where a file of the owner's is not as it should be; the text says
// what of it is not.
var ErrOwn = errors.New("the file is not as it should be")

const ownBucket = "own"

// Own is a file of the owner's as it was given; nil where there is none.
func (a *App) Own(ctx context.Context, what Own) ([]byte, error) {
	ids, err := a.Vault.Docs(ctx, ownBucket)
	if err != nil {
		return nil, fmt.Errorf("own %s: %w", what, err)
	}
	if !slices.Contains(ids, string(what)) {
		return nil, nil
	}
	b, err := a.Vault.Doc(ctx, ownBucket, string(what))
	if err != nil {
		return nil, fmt.Errorf("own %s: %w", what, err)
	}
	return b, nil
}

// CheckOwn says what is wrong with a file of the owner's; of kinds, also which of
// the texts beside them are not found, or found, as they should be.
func CheckOwn(what Own, b []byte) error {
	if what == OwnDictionary {
		_, err := generalise.Load(bytes.NewReader(b))
		return err
	}
	set, err := custom.Parse(bytes.NewReader(b))
	if err != nil {
		return err
	}
	return errors.Join(set.Check()...)
}

// ownKinds are the owner's kinds.
func (a *App) ownKinds(ctx context.Context) (custom.Set, error) {
	b, err := a.Own(ctx, OwnKinds)
	if err != nil || b == nil {
		return custom.Set{}, err
	}
	return custom.Parse(bytes.NewReader(b))
}

// UseOwn keeps a file of the owner's in the place of the one before, and logs
// that. What is wrong is refused.
func (a *App) UseOwn(ctx context.Context, what Own, b []byte) error {
	if err := a.Allow(ctx, authz.ActKeep); err != nil {
		return err
	}
	if err := CheckOwn(what, b); err != nil {
		return fmt.Errorf("%w: %w", ErrOwn, err)
	}
	return a.Record(ctx, registry.Entry{Action: "own." + string(what) + ".use"}, func(tx *store.Tx) error {
		return tx.PutDoc(ctx, ownBucket, string(what), b)
	})
}

// DropOwn forgets a file of the owner's.
func (a *App) DropOwn(ctx context.Context, what Own) error {
	if err := a.Allow(ctx, authz.ActKeep); err != nil {
		return err
	}
	err := a.Record(ctx, registry.Entry{Action: "own." + string(what) + ".drop"}, func(tx *store.Tx) error {
		return tx.DeleteDoc(ctx, ownBucket, string(what))
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}
