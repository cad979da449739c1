package registry

import (
	"context"
	"errors"
	"strings"
	"time"

	"consentry/authz"
	"consentry/internal/store"
)

// putNotice files a notice that is not known yet, or the text of one that is.
func putNotice(ctx context.Context, tx *store.Tx, n authz.Notice) error {
	old, err := tx.Notice(ctx, n.SHA256)
	switch {
	case errors.Is(err, authz.ErrUnknown):
		return tx.PutNotice(ctx, n)
	case err == nil && old.Text == "" && n.Text != "":
		old.Text = n.Text
		return tx.PutNotice(ctx, old)
	}
	return err
}

// NewNotice is the notice of a text that somebody was given at an instant. complete
// says that it names all the items that the rule pack asks for.
func (r *Registrar) NewNotice(text []byte, at time.Time, complete bool) authz.Notice {
	n := authz.Notice{SHA256: Digest(text), GivenAt: at, Text: string(text)}
	if complete {
		for _, t := range r.Pack.Vocabulary.NoticeItems {
			n.Items = append(n.Items, t.ID)
		}
	}
	return n
}

// AddNotice files a version of a notice.
func (r *Registrar) AddNotice(ctx context.Context, n authz.Notice) error {
	if err := r.Allow(ctx, authz.ActRequest); err != nil {
		return err
	}
	if strings.TrimSpace(n.Text) == "" {
		return ErrNoText
	}
	return r.Record(ctx, Entry{Action: "notice.add", Record: n.SHA256}, func(tx *store.Tx) error { return putNotice(ctx, tx, n) })
}

// SetHandler says who asks for consents and publishes.
func (r *Registrar) SetHandler(ctx context.Context, h authz.Handler) error {
	if err := r.Allow(ctx, authz.ActKeep); err != nil {
		return err
	}
	if h.ID == "" {
		h.ID = store.NewID("h_")
	}
	return r.Record(ctx, Entry{Action: "handler.set", Record: h.ID}, func(tx *store.Tx) error { return tx.PutHandler(ctx, h) })
}
