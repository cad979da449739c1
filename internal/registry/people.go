package registry

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/internal/store"
)

// A Merge is kept so that it can be undone: both records as they were, and what
// was moved.
type Merge struct {
	ID      string        `json:"id"`
	Kept    authz.Subject `json:"kept"`
	Gone    authz.Subject `json:"gone"`
	Records store.Records `json:"records"` // of the one that is gone
	At      time.Time     `json:"at"`
	By      string        `json:"by"`
}

// Merge makes one subject of two records of the same: keep gets the names, facts
// and consents of the other, which is no longer there. [Registrar.Unmerge] undoes it.
func (r *Registrar) Merge(ctx context.Context, keep, other authz.SubjectID) (Merge, error) {
	if err := r.Allow(ctx, authz.ActRegister); err != nil {
		return Merge{}, err
	}
	if keep == other {
		return Merge{}, fmt.Errorf("%w: one record is not merged with itself", exchange.ErrContradicts)
	}
	a, err := r.Vault.Subject(ctx, keep)
	if err != nil {
		return Merge{}, err
	}
	b, err := r.Vault.Subject(ctx, other)
	if err != nil {
		return Merge{}, err
	}
	both, err := exchange.Merge(a, b)
	if err != nil {
		return Merge{}, err
	}
	m := Merge{ID: store.NewID("m_"), Kept: a, Gone: b, At: r.now(), By: r.user}
	if m.Records, err = r.Vault.RecordsOf(ctx, other); err != nil {
		return Merge{}, err
	}
	doc, err := json.Marshal(m)
	if err != nil {
		return Merge{}, err
	}
	e := Entry{Action: "subject.merge", Subject: keep, Record: m.ID, Consents: m.Records.Consents}
	return m, r.Record(ctx, e, func(tx *store.Tx) error {
		if err := tx.PutSubject(ctx, r.variants(both)); err != nil {
			return err
		}
		if err := tx.MoveRecords(ctx, other, keep, m.Records); err != nil {
			return err
		}
		if r.Moved != nil {
			if err := r.Moved(ctx, tx, other, keep); err != nil {
				return err
			}
		}
		if err := tx.DeleteSubject(ctx, other); err != nil {
			return err
		}
		if err := tx.PutDoc(ctx, store.MergeBucket, m.ID, doc); err != nil {
			return err
		}
		return r.ended(ctx, tx, keep, other)
	})
}

// Unmerge makes two records of one again. Consents recorded since stay with the
// one that was kept.
func (r *Registrar) Unmerge(ctx context.Context, id string) (Merge, error) {
	if err := r.Allow(ctx, authz.ActRegister); err != nil {
		return Merge{}, err
	}
	doc, err := r.Vault.Doc(ctx, store.MergeBucket, id)
	if err != nil {
		return Merge{}, err
	}
	var m Merge
	if err := json.Unmarshal(doc, &m); err != nil {
		return Merge{}, fmt.Errorf("merge %s: %w", id, err)
	}
	e := Entry{Action: "subject.unmerge", Subject: m.Kept.ID, Record: m.ID, Consents: m.Records.Consents}
	return m, r.Record(ctx, e, func(tx *store.Tx) error {
		if _, err := tx.Subject(ctx, m.Kept.ID); err != nil {
			return err
		}
		for _, s := range []authz.Subject{m.Kept, m.Gone} {
			if err := tx.PutSubject(ctx, r.variants(s)); err != nil {
				return err
			}
		}
		if err := tx.MoveRecords(ctx, m.Kept.ID, m.Gone.ID, m.Records); err != nil {
			return err
		}
		if err := tx.DeleteDoc(ctx, store.MergeBucket, m.ID); err != nil {
			return err
		}
		return r.ended(ctx, tx, m.Kept.ID)
	})
}

// Erase deletes a subject with everything the registry holds of it: names,
// consents, grounds, evidence, and the documents beside it. The ledger keeps its
// entries, which name nobody. Whoever is erased is hidden wherever they are met.
// It says how many consents went.
func (r *Registrar) Erase(ctx context.Context, id authz.SubjectID) (int, error) {
	if err := r.Allow(ctx, authz.ActKeep); err != nil {
		return 0, err
	}
	if _, err := r.Vault.Subject(ctx, id); err != nil {
		return 0, err
	}
	cs, err := r.Vault.Consents(ctx, id)
	if err != nil {
		return 0, err
	}
	var docs [][2]string
	if r.Kept != nil {
		if docs, err = r.Kept(ctx, id); err != nil {
			return 0, err
		}
	}
	merges, err := r.mergesOf(ctx, id)
	if err != nil {
		return 0, err
	}
	e := Entry{Action: "subject.erase", Subject: id, Count: len(cs)}
	for _, c := range cs {
		e.Consents = append(e.Consents, c.ID)
	}
	return len(cs), r.Record(ctx, e, func(tx *store.Tx) error {
		for _, d := range append(docs, merges...) {
			if err := tx.DeleteDoc(ctx, d[0], d[1]); err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
		}
		return tx.DeleteSubject(ctx, id)
	})
}

// mergesOf are the kept merges in which a subject is: they hold its record.
func (r *Registrar) mergesOf(ctx context.Context, id authz.SubjectID) (docs [][2]string, err error) {
	ids, err := r.Vault.Docs(ctx, store.MergeBucket)
	if err != nil {
		return nil, err
	}
	for _, d := range ids {
		b, err := r.Vault.Doc(ctx, store.MergeBucket, d)
		if err != nil {
			return nil, err
		}
		var m Merge
		if err := json.Unmarshal(b, &m); err != nil {
			return nil, err
		}
		if m.Kept.ID == id || m.Gone.ID == id {
			docs = append(docs, [2]string{store.MergeBucket, d})
		}
	}
	return docs, nil
}

// A Dossier is all that is known of a subject, for the person (PIPL 45).
type Dossier struct {
	Made     time.Time        `json:"made"`
	Handler  authz.Handler    `json:"handler"`
	Subject  authz.Subject    `json:"subject"`
	Consents []authz.Consent  `json:"consents"`
	Grounds  []authz.Ground   `json:"grounds,omitempty"`
	Notices  []authz.Notice   `json:"notices,omitempty"`
	Evidence []authz.Evidence `json:"evidence,omitempty"`
	Ledger   []Entry          `json:"ledger"` // every act on these records
}

// Copy writes a zip file with all that is kept of a subject: the records as JSON,
// each notice as text, each piece of evidence as it came, and the ledger's
// entries. To whom it is handed is logged as a salted digest.
func (r *Registrar) Copy(ctx context.Context, id authz.SubjectID, recipient string, w io.Writer) error {
	if err := r.Allow(ctx, authz.ActRegister); err != nil {
		return err
	}
	if strings.TrimSpace(recipient) == "" {
		return fmt.Errorf("%w: to whom the copy is handed", ErrUnsaid)
	}
	d, err := r.Dossier(ctx, id)
	if err != nil {
		return err
	}
	e := Entry{Action: "subject.copy", Subject: id, Recipient: r.Vault.Salted(recipient)}
	if err := r.Record(ctx, e, nil); err != nil {
		return err
	}
	z := zip.NewWriter(w)
	add := func(name string, write func(io.Writer) error) error {
		f, err := z.Create(name)
		if err != nil {
			return err
		}
		return write(f)
	}
	err = add("records.json", func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(d)
	})
	for _, n := range d.Notices {
		if err == nil && n.Text != "" {
			err = add("notices/"+n.SHA256+".md", func(w io.Writer) error { _, err := io.WriteString(w, n.Text); return err })
		}
	}
	written := map[string]bool{}
	for _, ev := range d.Evidence {
		if err != nil || written[ev.SHA256] {
			continue
		}
		written[ev.SHA256] = true
		err = add("evidence/"+ev.SHA256+path.Ext(path.Base(strings.ReplaceAll(ev.Name, `\`, "/"))), func(w io.Writer) error {
			return r.Vault.OpenEvidence(ctx, ev.SHA256, w)
		})
	}
	if err != nil {
		return fmt.Errorf("copy the records: %w", err)
	}
	return z.Close()
}

// Dossier is everything that the registry holds of a subject.
func (r *Registrar) Dossier(ctx context.Context, id authz.SubjectID) (Dossier, error) {
	d := Dossier{Made: r.now()}
	var err error
	if d.Subject, err = r.Vault.Subject(ctx, id); err != nil {
		return d, err
	}
	if d.Consents, err = r.Vault.Consents(ctx, id); err != nil {
		return d, err
	}
	if d.Grounds, err = r.Vault.Grounds(ctx, id); err != nil {
		return d, err
	}
	if d.Evidence, err = r.Vault.Evidence(ctx, id); err != nil {
		return d, err
	}
	if d.Handler, err = r.Vault.Handler(ctx); err != nil && !errors.Is(err, store.ErrNotFound) {
		return d, err
	}
	seen := map[string]bool{}
	for _, c := range d.Consents {
		if c.Notice == "" || seen[c.Notice] {
			continue
		}
		seen[c.Notice] = true
		n, err := r.Vault.Notice(ctx, c.Notice)
		if errors.Is(err, authz.ErrUnknown) {
			continue
		}
		if err != nil {
			return d, err
		}
		d.Notices = append(d.Notices, n)
	}
	d.Ledger, err = r.entriesOf(ctx, d)
	return d, err
}

// GetEvidence writes a sealed file out, and logs that somebody looked at it.
func (r *Registrar) GetEvidence(ctx context.Context, sha256 string, w io.Writer) error {
	if err := r.Allow(ctx, authz.ActRequest); err != nil {
		return err
	}
	es, err := r.Vault.EvidenceOf(ctx, sha256)
	if err != nil {
		return err
	}
	if len(es) == 0 {
		return fmt.Errorf("evidence: %w", store.ErrNotFound)
	}
	e := Entry{Action: "evidence.view", Subject: es[0].Subject, Evidence: []string{r.Vault.Salted(es[0].SHA256)}}
	if err := r.Record(ctx, e, nil); err != nil {
		return err
	}
	return r.Vault.OpenEvidence(ctx, es[0].SHA256, w)
}

// entriesOf are the ledger's entries about a subject or its consents.
func (r *Registrar) entriesOf(ctx context.Context, d Dossier) ([]Entry, error) {
	log, err := r.Vault.Ledger(ctx)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := log.Export(ctx, &b); err != nil {
		return nil, err
	}
	var out []Entry
	for line := range bytes.Lines(b.Bytes()) {
		var l struct {
			Entry *string `json:"entry"`
		}
		if err := json.Unmarshal(line, &l); err != nil {
			return nil, err
		}
		var e Entry
		if l.Entry == nil || json.Unmarshal([]byte(*l.Entry), &e) != nil {
			continue
		}
		about := e.Subject == d.Subject.ID || slices.ContainsFunc(d.Consents, func(c authz.Consent) bool { return slices.Contains(e.Consents, c.ID) })
		if !about {
			continue
		}
		// An entry about many tells this person of nobody else's records.
		e.Consents = slices.DeleteFunc(e.Consents, func(id authz.ConsentID) bool {
			return !slices.ContainsFunc(d.Consents, func(c authz.Consent) bool { return c.ID == id })
		})
		out = append(out, e)
	}
	return out, nil
}
