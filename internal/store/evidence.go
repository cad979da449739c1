package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"consentry/authz"
)

// MaxEvidence bounds a file of evidence in bytes.
const MaxEvidence = 1 << 30

// chunkSize is how much of a file is sealed, and held in memory, at a time.
const chunkSize = 1 << 20

// ErrTooLarge is wrapped where a file is larger than MaxEvidence.
var ErrTooLarge = errors.New("the file is too large to be kept as evidence")

// ErrEmpty is returned for a file without a byte, which shows nothing.
var ErrEmpty = errors.New("the file is empty")

// evidenceFile is what is sealed of a file's content beside its chunks.
type evidenceFile struct {
	SHA256 string `json:"sha256"`
	Media  string `json:"media"`
	Size   int64  `json:"size"`
	Chunks int    `json:"chunks"`
}

// PutEvidence is [Tx.PutEvidence] in a transaction of its own.
func (v *Vault) PutEvidence(ctx context.Context, e authz.Evidence, r io.Reader) (out authz.Evidence, err error) {
	err = v.Update(ctx, func(tx *Tx) error {
		out, err = tx.PutEvidence(ctx, e, r)
		return err
	})
	if err != nil {
		return authz.Evidence{}, err
	}
	return out, nil
}

// PutEvidence seals a file of 1 to [MaxEvidence] bytes and files it under its
// SHA-256 as evidence of something (e.Of), for a subject and a consent where
// they are given. It returns what was filed, with digest, size and media type as
// found; where e gives a digest, the file must have it. At is now where e has none.
//
// A file is kept once, however often it is filed. Filed again for the same
// subject, consent and purpose, the first entry stays as it is, but for a date
// of retention that e gives.
func (tx *Tx) PutEvidence(ctx context.Context, e authz.Evidence, r io.Reader) (authz.Evidence, error) {
	out, err := tx.putEvidence(ctx, e, r)
	if err != nil {
		return authz.Evidence{}, fmt.Errorf("file evidence: %w", err)
	}
	return out, nil
}

func (tx *Tx) putEvidence(ctx context.Context, e authz.Evidence, r io.Reader) (authz.Evidence, error) {
	if e.Of == "" {
		return e, errors.New("nothing says what it is evidence of")
	}
	if e.Subject != "" {
		if err := checkID("subject", string(e.Subject)); err != nil {
			return e, err
		}
	}
	if e.Consent != "" {
		if err := checkID("consent", string(e.Consent)); err != nil {
			return e, err
		}
	}
	f, err := tx.putFile(ctx, r, e.SHA256, MaxEvidence)
	if err != nil {
		return e, err
	}
	e.SHA256, e.Size, e.Media = f.SHA256, f.Size, f.Media
	if e.At.IsZero() {
		e.At = clock()
	}
	idx, file := tx.linkIndex(e), tx.fileIndex(e.SHA256)
	old, err := tx.links(ctx, `where idx = $1`, idx)
	if err != nil {
		return e, err
	}
	if len(old) > 0 {
		due := e.Retention
		e = old[0]
		if !due.IsZero() {
			e.Retention = due
		}
	}
	sealed, err := tx.sealJSON(in("evidence", hexID(idx)), e)
	if err != nil {
		return e, err
	}
	err = tx.exec(ctx, `insert into evidence (idx, file, subject, consent, at, due, sealed) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (idx) do update set due = excluded.due, sealed = excluded.sealed`,
		idx, file, string(e.Subject), string(e.Consent), micros(e.At), micros(e.Retention), sealed)
	return e, err
}

// putFile seals what r gives, unless the same file is there. want is the digest
// that it must have, "" for any; limit is how many bytes it may have.
func (tx *Tx) putFile(ctx context.Context, r io.Reader, want string, limit int64) (evidenceFile, error) {
	f, id := evidenceFile{}, NewID("f_")
	sum := sha256.New()
	// Whether a chunk is the last is known once there is nothing behind it.
	chunk, next := make([]byte, chunkSize), make([]byte, chunkSize)
	n, err := readFull(r, chunk)
	if err != nil {
		return f, err
	}
	if n == 0 {
		return f, ErrEmpty
	}
	f.Media = http.DetectContentType(chunk[:n])
	for n > 0 {
		if f.Size += int64(n); f.Size > limit {
			return f, ErrTooLarge
		}
		m := 0
		if n == chunkSize {
			if m, err = readFull(r, next); err != nil {
				return f, err
			}
		}
		sum.Write(chunk[:n])
		err := tx.exec(ctx, `insert into evidence_chunk (file, n, sealed) values ($1, $2, $3)`,
			id, f.Chunks, tx.seal(chunkPlace(id, f.Chunks, m == 0), chunk[:n]))
		if err != nil {
			return f, err
		}
		f.Chunks++
		chunk, next, n = next, chunk, m
	}
	f.SHA256 = hexID(sum.Sum(nil))
	if want != "" && !strings.EqualFold(want, f.SHA256) {
		return f, errors.New("the file has another SHA-256 than it should")
	}
	there, _, err := tx.file(ctx, f.SHA256)
	if err == nil {
		return there, tx.exec(ctx, `delete from evidence_chunk where file = $1`, id)
	}
	if !errors.Is(err, ErrNotFound) {
		return f, err
	}
	idx := tx.fileIndex(f.SHA256)
	sealed, err := tx.sealJSON(filePlace(idx, id), f)
	if err != nil {
		return f, err
	}
	return f, tx.exec(ctx, `insert into evidence_file (idx, id, at, sealed) values ($1, $2, $3, $4)`, idx, id, now(), sealed)
}

// readFull fills b as far as there is something; the end is no error.
func readFull(r io.Reader, b []byte) (int, error) {
	n, err := io.ReadFull(r, b)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return n, err
}

// chunkPlace binds a chunk to its file, its place, and to being the last. How
// many there are is not known when the first is sealed; the file's row tells.
func chunkPlace(file string, n int, last bool) place {
	return place{"evidence_chunk", fmt.Sprintf("%s:%d:%t", file, n, last), "sealed"}
}

func filePlace(idx []byte, id string) place {
	return place{"evidence_file", hexID(idx) + ":" + id, "sealed"}
}

func (k *keys) fileIndex(sha256 string) []byte {
	return k.blind("evidence_file", []byte(strings.ToLower(sha256)))
}

// linkIndex is one for each thing that a file shows.
func (k *keys) linkIndex(e authz.Evidence) []byte {
	return k.blind("evidence", []byte(strings.Join([]string{strings.ToLower(e.SHA256), string(e.Subject), string(e.Consent), e.Of}, "\x00")))
}

// file returns what is known of a file's content, and the id of its chunks.
func (r reader) file(ctx context.Context, sha256 string) (f evidenceFile, id string, err error) {
	idx := r.fileIndex(sha256)
	var sealed []byte
	err = r.row(ctx, `select id, sealed from evidence_file where idx = $1`, []any{idx}, &id, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err == nil {
		err = r.openJSON(filePlace(idx, id), sealed, &f)
	}
	return f, id, err
}

// Evidence returns what is filed for a subject, oldest first.
func (r reader) Evidence(ctx context.Context, subject authz.SubjectID) ([]authz.Evidence, error) {
	es, err := r.links(ctx, `where subject = $1 order by at, idx`, string(subject))
	if err != nil {
		return nil, fmt.Errorf("evidence of %.64s: %w", subject, err)
	}
	return es, nil
}

// EvidenceOf returns what a file is filed for, oldest first; nothing where no
// such file is kept.
func (r reader) EvidenceOf(ctx context.Context, sha256 string) ([]authz.Evidence, error) {
	es, err := r.links(ctx, `where file = $1 order by at, idx`, r.fileIndex(sha256))
	if err != nil {
		return nil, fmt.Errorf("evidence %.64s: %w", sha256, err)
	}
	return es, nil
}

// AllEvidence returns everything that is filed, oldest first.
func (r reader) AllEvidence(ctx context.Context) ([]authz.Evidence, error) {
	es, err := r.links(ctx, `order by at, idx`)
	if err != nil {
		return nil, fmt.Errorf("list evidence: %w", err)
	}
	return es, nil
}

func (r reader) links(ctx context.Context, where string, args ...any) ([]authz.Evidence, error) {
	var out []authz.Evidence
	err := r.rows(ctx, `select idx, file, subject, consent, sealed from evidence `+where, args, func(scan func(...any) error) error {
		var idx, file, sealed []byte
		var subject, consent string
		if err := scan(&idx, &file, &subject, &consent, &sealed); err != nil {
			return err
		}
		var e authz.Evidence
		if err := r.openJSON(in("evidence", hexID(idx)), sealed, &e); err != nil {
			return err
		}
		if string(e.Subject) != subject || string(e.Consent) != consent || string(r.fileIndex(e.SHA256)) != string(file) {
			return fmt.Errorf("%w: a piece of evidence was given to another", ErrDamaged)
		}
		out = append(out, e)
		return nil
	})
	return out, err
}

// OpenEvidence writes the file with a SHA-256 to w. The error wraps ErrNotFound
// where there is none, and ErrDamaged where it is not what was filed; whatever
// was written by then is to be thrown away.
func (r reader) OpenEvidence(ctx context.Context, sha256 string, w io.Writer) error {
	if err := r.openEvidence(ctx, strings.ToLower(sha256), w); err != nil {
		return fmt.Errorf("evidence %.64s: %w", sha256, err)
	}
	return nil
}

func (r reader) openEvidence(ctx context.Context, want string, w io.Writer) error {
	f, id, err := r.file(ctx, want)
	if err != nil {
		return err
	}
	sum := sha256.New()
	for n := range f.Chunks {
		var sealed []byte
		err := r.row(ctx, `select sealed from evidence_chunk where file = $1 and n = $2`, []any{id, n}, &sealed)
		if errors.Is(err, sql.ErrNoRows) {
			// Deleted meanwhile, or by somebody else than us.
			if _, _, err := r.file(ctx, want); err != nil {
				return err
			}
			return fmt.Errorf("%w: a part of the file is missing", ErrDamaged)
		}
		if err != nil {
			return err
		}
		b, err := r.open(chunkPlace(id, n, n == f.Chunks-1), sealed)
		if err != nil {
			return err
		}
		sum.Write(b)
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	if hexID(sum.Sum(nil)) != want {
		return fmt.Errorf("%w: the file is not what was filed", ErrDamaged)
	}
	return nil
}

// DeleteEvidence removes what a file is filed for: the entry with e's SHA-256,
// subject, consent and purpose. The file goes with the last entry. The error
// wraps ErrNotFound where there is no such entry.
func (tx *Tx) DeleteEvidence(ctx context.Context, e authz.Evidence) error {
	if err := tx.deleteLinks(ctx, `idx = $1`, tx.linkIndex(e)); err != nil {
		return fmt.Errorf("delete evidence %.64s: %w", e.SHA256, err)
	}
	return nil
}

// deleteLinks removes entries, and the files that have none left.
func (tx *Tx) deleteLinks(ctx context.Context, where string, args ...any) error {
	var files [][]byte
	err := tx.rows(ctx, `select distinct file from evidence where `+where, args, func(scan func(...any) error) error {
		var idx []byte
		err := scan(&idx)
		files = append(files, idx)
		return err
	})
	if err == nil {
		err = tx.changed(ctx, `delete from evidence where `+where, args...)
	}
	for _, idx := range files {
		err = cmp.Or(err,
			tx.exec(ctx, `delete from evidence_chunk where file in (select id from evidence_file where idx = $1)
				and not exists (select 1 from evidence where file = $1)`, idx),
			tx.exec(ctx, `delete from evidence_file where idx = $1 and not exists (select 1 from evidence where file = $1)`, idx))
	}
	return err
}
