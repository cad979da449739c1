package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"consentry/authz"
)

// handlerID is the document of the handler: a vault has one.
const handlerID = "handler"

// PutUser adds a user, or replaces the one of the same name. Names are told
// apart as authz.FoldName does.
func (tx *Tx) PutUser(ctx context.Context, u authz.User) error {
	id := tx.userID(u.Name)
	if id == "" {
		return errors.New("a user has a name")
	}
	return tx.putTyped(ctx, UserBucket, id, "", u)
}

// DeleteUser removes a user; the error wraps ErrNotFound where there is none of
// that name.
func (tx *Tx) DeleteUser(ctx context.Context, name string) error {
	return tx.DeleteDoc(ctx, UserBucket, cmp.Or(tx.userID(name), "none"))
}

// Users returns every user, the one added first at the beginning.
func (r reader) Users(ctx context.Context) ([]authz.User, error) {
	us, err := typed[authz.User](ctx, r, UserBucket, "")
	slices.SortStableFunc(us, func(a, b authz.User) int { return a.Added.Compare(b.Added) })
	return us, err
}

// userID hides a name, since ids of documents stand in the clear.
func (k *keys) userID(name string) string {
	folded := authz.FoldName(name)
	if folded == "" {
		return ""
	}
	return hexID(k.blind("user", []byte(folded))[:16])
}

// PutHandler says who asks for consents and publishes. A vault has one handler:
// another takes the place of the first.
func (tx *Tx) PutHandler(ctx context.Context, h authz.Handler) error {
	return tx.putTyped(ctx, HandlerBucket, handlerID, "", h)
}

// Handler returns the handler; the error wraps ErrNotFound where none was put.
func (r reader) Handler(ctx context.Context) (authz.Handler, error) {
	var h authz.Handler
	b, err := r.Doc(ctx, HandlerBucket, handlerID)
	if err == nil {
		err = decode(HandlerBucket, b, &h)
	}
	return h, err
}

// PutGround adds a ground, or replaces the one of the same id, which may not be
// another subject's.
func (tx *Tx) PutGround(ctx context.Context, g authz.Ground) error {
	if err := checkID("subject", string(g.Subject)); err != nil {
		return err
	}
	old, err := tx.Doc(ctx, GroundBucket, g.ID)
	if err == nil {
		var o authz.Ground
		if err = decode(GroundBucket, old, &o); err == nil && o.Subject != g.Subject {
			err = errors.New("it belongs to another subject")
		}
	}
	if err != nil && !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("put ground %.64s: %w", g.ID, err)
	}
	return tx.putTyped(ctx, GroundBucket, g.ID, string(g.Subject), g)
}

// Grounds returns every ground recorded for a subject, valid or not, oldest
// first.
func (r reader) Grounds(ctx context.Context, subject authz.SubjectID) ([]authz.Ground, error) {
	if subject == "" {
		return nil, nil
	}
	gs, err := typed[authz.Ground](ctx, r, GroundBucket, string(subject))
	return sortGrounds(gs, subject, err)
}

// AllGrounds returns every ground of every subject, oldest first.
func (r reader) AllGrounds(ctx context.Context) ([]authz.Ground, error) {
	gs, err := typed[authz.Ground](ctx, r, GroundBucket, "")
	return sortGrounds(gs, "", err)
}

func sortGrounds(gs []authz.Ground, subject authz.SubjectID, err error) ([]authz.Ground, error) {
	if err != nil {
		return nil, err
	}
	for _, g := range gs {
		if subject != "" && g.Subject != subject {
			return nil, fmt.Errorf("%w: a ground was given to another subject", ErrDamaged)
		}
	}
	slices.SortStableFunc(gs, func(a, b authz.Ground) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	return gs, nil
}

// putTyped keeps v as a document.
func (tx *Tx) putTyped(ctx context.Context, bucket, id, subject string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode a %s: %w", bucket, err)
	}
	return tx.putDoc(ctx, bucket, id, subject, b)
}

// typed returns the documents of a bucket, of one subject where one is given,
// in the order in which they were written last.
func typed[T any](ctx context.Context, r reader, bucket, subject string) ([]T, error) {
	query, args := `select id, sealed from doc where bucket = $1 order by at, id`, []any{bucket}
	if subject != "" {
		query, args = `select id, sealed from doc where bucket = $1 and subject = $2 order by at, id`, []any{bucket, subject}
	}
	var out []T
	err := r.rows(ctx, query, args, func(scan func(...any) error) error {
		var id string
		var sealed []byte
		if err := scan(&id, &sealed); err != nil {
			return err
		}
		b, err := r.open(docPlace(bucket, id), sealed)
		if err == nil {
			b, err = unpack(b)
		}
		if err != nil {
			return err
		}
		out = append(out, *new(T))
		return decode(bucket, b, &out[len(out)-1])
	})
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", bucket, err)
	}
	return out, nil
}

// decode reads JSON without quoting it where it is none.
func decode(bucket string, b []byte, v any) error {
	if json.Unmarshal(b, v) != nil {
		return fmt.Errorf("%w: a %s cannot be decoded", ErrDamaged, bucket)
	}
	return nil
}
