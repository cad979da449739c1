package wiring

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"

	"consentry/internal/casework"
	"consentry/internal/store"
	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/pseudonym"
)

// bookDoc is the one document that the pseudonym book is, sealed in the vault.
const bookBucket, bookDoc = "pseudonym", "book"

// kept is the book as it is kept: personal data.
type kept struct {
	Key     []byte            `json:"key"`
	Entries []pseudonym.Entry `json:"entries"`
}

// pseudonyms gives subjects the names of the vault's book, and writes new ones
// into it before anybody sees them.
func (a *App) pseudonyms(ctx context.Context, subjects []casework.Named, avoid []string) (map[string]casework.Invented, error) {
	names := map[string]casework.Invented{}
	if len(subjects) == 0 {
		return names, nil
	}
	err := a.Vault.Update(ctx, func(tx *store.Tx) error {
		var k kept
		b, err := tx.Doc(ctx, bookBucket, bookDoc)
		switch {
		case err == nil:
			if err := json.Unmarshal(b, &k); err != nil {
				return fmt.Errorf("read the pseudonym book: %w", err)
			}
		case errors.Is(err, store.ErrNotFound):
			k.Key = make([]byte, pseudonym.KeySize)
			if _, err := rand.Read(k.Key); err != nil {
				return err
			}
		default:
			return err
		}
		book, err := pseudonym.New(k.Key, k.Entries)
		if err != nil {
			return err
		}
		taken := pseudonym.Avoid(avoid)
		for _, s := range subjects {
			key := s.Key
			if !s.Registered { // what a case calls a subject is its own; the name is the same in all
				key = "name:" + fold.Key(s.Name) + "@" + fold.Key(s.Apart)
			}
			name, err := book.Name(s.Kind, key, taken)
			if err != nil {
				return err
			}
			names[s.Key] = casework.Invented{Name: name, Marked: redact.Words{ZH: pseudonym.Mark(name, redact.Chinese), EN: pseudonym.Mark(name, redact.English)}}
		}
		if len(book.Entries()) == len(k.Entries) {
			return nil
		}
		k.Entries = book.Entries()
		if b, err = json.Marshal(k); err != nil {
			return err
		}
		return tx.PutDoc(ctx, bookBucket, bookDoc, b)
	})
	return names, err
}
