package store

import (
	"context"
	"encoding/hex"
	"fmt"

	"consentry/authz"
)

// Records are some of what is recorded for a subject.
type Records struct {
	Consents []authz.ConsentID `json:"consents,omitempty"`
	Grounds  []string          `json:"grounds,omitempty"`
	Evidence []authz.Evidence  `json:"evidence,omitempty"`
}

// RecordsOf lists everything recorded for a subject.
func (r reader) RecordsOf(ctx context.Context, id authz.SubjectID) (Records, error) {
	var out Records
	cs, err := r.Consents(ctx, id)
	if err != nil {
		return out, err
	}
	for _, c := range cs {
		out.Consents = append(out.Consents, c.ID)
	}
	gs, err := r.Grounds(ctx, id)
	if err != nil {
		return out, err
	}
	for _, g := range gs {
		out.Grounds = append(out.Grounds, g.ID)
	}
	out.Evidence, err = r.Evidence(ctx, id)
	return out, err
}

// MoveRecords gives records of one subject to another that is known: the only way
// in which they change their subject, for two records of one person that are
// made one, or two again. Evidence is known by its digest, consent and purpose.
// What is no longer there, or not from's any more, is left out.
func (tx *Tx) MoveRecords(ctx context.Context, from, to authz.SubjectID, rs Records) error {
	if _, err := tx.Subject(ctx, to); err != nil {
		return fmt.Errorf("move records: %w", err)
	}
	cs, err := tx.Consents(ctx, from)
	if err != nil {
		return err
	}
	moved := map[authz.ConsentID]bool{}
	for _, id := range rs.Consents {
		moved[id] = true
	}
	for _, c := range cs {
		if !moved[c.ID] {
			continue
		}
		c.Subject = to
		sealed, err := tx.sealJSON(in("consent", string(c.ID)), c)
		if err != nil {
			return err
		}
		if err := tx.exec(ctx, `update consent set subject = $1, sealed = $2 where id = $3`, string(to), sealed, string(c.ID)); err != nil {
			return fmt.Errorf("move consent %s: %w", c.ID, err)
		}
	}
	gs, err := tx.Grounds(ctx, from)
	if err != nil {
		return err
	}
	for _, g := range gs {
		for _, id := range rs.Grounds {
			if g.ID != id {
				continue
			}
			g.Subject = to
			if err := tx.putTyped(ctx, GroundBucket, g.ID, string(to), g); err != nil {
				return err
			}
		}
	}
	es, err := tx.Evidence(ctx, from)
	if err != nil {
		return err
	}
	for _, e := range es {
		for _, m := range rs.Evidence {
			if m.SHA256 == e.SHA256 && m.Consent == e.Consent && m.Of == e.Of {
				if err := tx.moveLink(ctx, e, to); err != nil {
					return fmt.Errorf("move evidence: %w", err)
				}
			}
		}
	}
	return nil
}

// moveLink files evidence under another subject.
func (tx *Tx) moveLink(ctx context.Context, e authz.Evidence, to authz.SubjectID) error {
	old := tx.linkIndex(e)
	e.Subject = to
	idx := tx.linkIndex(e)
	sealed, err := tx.sealJSON(in("evidence", hexID(idx)), e)
	if err != nil {
		return err
	}
	err = tx.exec(ctx, `insert into evidence (idx, file, subject, consent, at, due, sealed) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (idx) do nothing`, idx, tx.fileIndex(e.SHA256), string(to), string(e.Consent), micros(e.At), micros(e.Retention), sealed)
	if err != nil {
		return err
	}
	return tx.exec(ctx, `delete from evidence where idx = $1`, old)
}

// Salted is Digest of a text, in hex: what the ledger says instead of it.
func (k *keys) Salted(text string) string {
	d := k.Digest([]byte(text))
	return hex.EncodeToString(d[:])
}

// PutGround is [Tx.PutGround] alone.
func (v *Vault) PutGround(ctx context.Context, g authz.Ground) error {
	return v.Update(ctx, func(tx *Tx) error { return tx.PutGround(ctx, g) })
}
