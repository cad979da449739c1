package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"consentry/authz"
)

// Buckets of documents.
const (
	CaseBucket    = "case"
	ReleaseBucket = "release"
	UserBucket    = "user"    // [authz.User] by a digest of the name
	GroundBucket  = "ground"  // [authz.Ground]
	HandlerBucket = "handler" // [authz.Handler]; a vault has one
	RequestBucket = "request" // requests for consents
	MergeBucket   = "merge"   // which records were made one
	MappingBucket = "mapping" // how the columns of a table were read
)

// PutDoc keeps a document under an id in a bucket, in the place of the one that
// was there. data is opaque and sealed; bucket and id are not, so that an id
// must be random or a digest.
func (tx *Tx) PutDoc(ctx context.Context, bucket, id string, data []byte) error {
	return tx.putDoc(ctx, bucket, id, "", data)
}

// putDoc is PutDoc for a document of one subject, "" for any other. Who that is
// is not hidden, as it is not of a consent.
func (tx *Tx) putDoc(ctx context.Context, bucket, id, subject string, data []byte) error {
	if err := errors.Join(checkID("bucket", bucket), checkID("document", id)); err != nil {
		return err
	}
	err := tx.exec(ctx, `insert into doc (bucket, id, at, sealed, subject) values ($1, $2, $3, $4, $5)
		on conflict (bucket, id) do update set at = excluded.at, sealed = excluded.sealed, subject = excluded.subject`,
		bucket, id, now(), tx.seal(docPlace(bucket, id), pack(data)), subject)
	if err != nil {
		return fmt.Errorf("put %s %s: %w", bucket, id, err)
	}
	return nil
}

func docPlace(bucket, id string) place { return in("doc", bucket+"\x00"+id) }

// Doc returns a document; the error wraps ErrNotFound where there is none.
func (r reader) Doc(ctx context.Context, bucket, id string) ([]byte, error) {
	var b []byte
	err := r.row(ctx, `select sealed from doc where bucket = $1 and id = $2`, []any{bucket, id}, &b)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err == nil {
		b, err = r.open(docPlace(bucket, id), b)
	}
	if err == nil {
		b, err = unpack(b)
	}
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", bucket, id, err)
	}
	return b, nil
}

// Docs returns the ids in a bucket, the one written last at the end.
func (r reader) Docs(ctx context.Context, bucket string) ([]string, error) {
	var out []string
	err := r.rows(ctx, `select id from doc where bucket = $1 order by at, id`, []any{bucket}, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		out = append(out, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", bucket, err)
	}
	return out, nil
}

// DeleteDoc removes a document; the error wraps ErrNotFound where there is none.
func (tx *Tx) DeleteDoc(ctx context.Context, bucket, id string) error {
	if err := tx.changed(ctx, `delete from doc where bucket = $1 and id = $2`, bucket, id); err != nil {
		return fmt.Errorf("delete %s %s: %w", bucket, id, err)
	}
	return nil
}

// AddAllow puts a text on the allow-list, in the place of the entry for the
// same text, if any. Texts are told apart as names are, see [Vault.Match].
func (tx *Tx) AddAllow(ctx context.Context, a authz.Allowance) error {
	if a.Text == "" || a.Reason == "" || a.By == "" || a.At.IsZero() {
		return errors.New("an allowance has a text, a reason, an author and a time")
	}
	idx := tx.allowIndex(a.Text)
	sealed, err := tx.sealJSON(in("allowance", hexID(idx)), a)
	if err != nil {
		return err
	}
	err = tx.exec(ctx, `insert into allowance (idx, at, sealed) values ($1, $2, $3)
		on conflict (idx) do update set at = excluded.at, sealed = excluded.sealed`, idx, now(), sealed)
	if err != nil {
		return fmt.Errorf("add an allowance: %w", err)
	}
	return nil
}

// RemoveAllow takes a text from the allow-list; the error wraps ErrNotFound
// where it is not on it.
func (tx *Tx) RemoveAllow(ctx context.Context, text string) error {
	if err := tx.changed(ctx, `delete from allowance where idx = $1`, tx.allowIndex(text)); err != nil {
		return fmt.Errorf("remove an allowance: %w", err)
	}
	return nil
}

func (k *keys) allowIndex(text string) []byte {
	if f := fold(text); f != "" {
		text = f
	}
	return k.blind("allowance", []byte(text))
}

// Allowed returns the allow-list, oldest entry first.
func (r reader) Allowed(ctx context.Context) ([]authz.Allowance, error) {
	var out []authz.Allowance
	err := r.rows(ctx, `select idx, sealed from allowance order by at, idx`, nil, func(scan func(...any) error) error {
		var idx, sealed []byte
		if err := scan(&idx, &sealed); err != nil {
			return err
		}
		out = append(out, authz.Allowance{})
		return r.openJSON(in("allowance", hexID(idx)), sealed, &out[len(out)-1])
	})
	if err != nil {
		return nil, fmt.Errorf("read the allow-list: %w", err)
	}
	return out, nil
}
