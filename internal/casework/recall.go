package casework

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"consentry/authz"
)

// A Publication is where a release was published.
type Publication struct {
	Where string `json:"where"` // an address, an issue, a wall
	// Partner is who publishes there, and Contract the number of the contract with
	// them; empty where it is the handler's own place, or nobody said.
	Partner  string    `json:"partner,omitempty"`
	Contract string    `json:"contract,omitempty"`
	At       time.Time `json:"at"`
	By       string    `json:"by"`
	Gone     time.Time `json:"gone,omitzero"` // when it was taken down there
}

// A Lapse is a record that a release leans on and that no longer permits it.
type Lapse struct {
	Consent authz.ConsentID `json:"consent,omitempty"`
	Ground  string          `json:"ground,omitempty"`
	Subject authz.SubjectID `json:"subject,omitempty"` // empty where the record was deleted
	State   authz.State     `json:"state,omitempty"`   // of the record; empty where it was deleted
	Since   time.Time       `json:"since,omitzero"`    // zero where it was deleted
}

// A Recall is a release that leans on what no longer permits it, and what is to
// be done about it.
type Recall struct {
	Release  *Release      `json:"release"`
	Title    string        `json:"title,omitempty"`
	Lapses   []Lapse       `json:"lapses"`
	Takedown []Publication `json:"takedown"` // where it still stands
}

// Releases lists what was released, oldest first.
func (d *Desk) Releases(ctx context.Context) ([]*Release, error) {
	ids, err := d.Archive.Docs(ctx, releaseBucket)
	if err != nil {
		return nil, err
	}
	var out []*Release
	for _, id := range ids {
		r, err := d.release(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b *Release) int { return a.At.Compare(b.At) })
	return out, nil
}

func (d *Desk) release(ctx context.Context, id string) (*Release, error) {
	b, err := d.Archive.Doc(ctx, releaseBucket, id)
	if err != nil {
		return nil, err
	}
	r := &Release{}
	if err := json.Unmarshal(b, r); err != nil {
		return nil, fmt.Errorf("release %s: %w", id, err)
	}
	return r, nil
}

// Recall lists the releases that lean on consents or grounds that no longer hold,
// those that ended at or after since only; the zero time is all. What was deleted
// counts as ended.
func (d *Desk) Recall(ctx context.Context, since time.Time) ([]Recall, error) {
	rs, err := d.Releases(ctx)
	if err != nil {
		return nil, err
	}
	grounds, err := d.Registry.AllGrounds(ctx)
	if err != nil {
		return nil, err
	}
	now := d.now()
	var out []Recall
	for _, r := range rs {
		rec := Recall{Release: r}
		for _, id := range r.Consents {
			l, lapsed, err := d.lapse(ctx, r, id, now)
			if err != nil {
				return nil, err
			}
			if lapsed {
				rec.Lapses = append(rec.Lapses, l)
			}
		}
		for _, id := range r.Grounds {
			if l, lapsed := lapseOf(grounds, id, now); lapsed {
				rec.Lapses = append(rec.Lapses, l)
			}
		}
		rec.Lapses = slices.DeleteFunc(rec.Lapses, func(l Lapse) bool { return !l.Since.IsZero() && l.Since.Before(since) })
		if len(rec.Lapses) == 0 {
			continue
		}
		for _, p := range r.Places {
			if p.Gone.IsZero() {
				rec.Takedown = append(rec.Takedown, p)
			}
		}
		if c, err := d.Load(ctx, r.Case); err == nil {
			rec.Title = c.Title
		} else if !errors.Is(err, ErrNoCase) {
			return nil, err
		}
		out = append(out, rec)
	}
	return out, nil
}

// lapse reports whether a consent that a release leans on has ended: it itself, or
// by a later no of the same subject to everything.
func (d *Desk) lapse(ctx context.Context, r *Release, id authz.ConsentID, now time.Time) (Lapse, bool, error) {
	c, err := d.Registry.Consent(ctx, id)
	if errors.Is(err, authz.ErrUnknown) {
		return Lapse{Consent: id}, true, nil
	}
	if err != nil {
		return Lapse{}, false, err
	}
	l := Lapse{Consent: id, Subject: c.Subject, State: c.StateAt(now)}
	if !l.State.Valid() {
		for _, e := range c.Events {
			if e.State == l.State && !e.At.After(now) && e.At.After(l.Since) {
				l.Since = e.At
			}
		}
		return l, true, nil
	}
	if !c.Until.IsZero() && !now.Before(c.Until) {
		l.State, l.Since = authz.Expired, c.Until
		return l, true, nil
	}
	all, err := d.Registry.Consents(ctx, c.Subject)
	if err != nil {
		return Lapse{}, false, err
	}
	for _, o := range all {
		for _, e := range o.Events {
			no := e.State == authz.Withdrawn && o.WithdrawScope != "record" || e.State == authz.Refused && len(o.Purposes) == 0
			if o.ID != id && no && e.At.After(r.At) && !e.At.After(now) && e.At.After(l.Since) {
				l.State, l.Since = e.State, e.At
			}
		}
	}
	return l, !l.Since.IsZero(), nil
}

// lapseOf reports whether a ground that a release leans on has ended.
func lapseOf(grounds []authz.Ground, id string, now time.Time) (Lapse, bool) {
	i := slices.IndexFunc(grounds, func(g authz.Ground) bool { return g.ID == id })
	if i < 0 {
		return Lapse{Ground: id}, true
	}
	g := grounds[i]
	switch {
	case !g.Revoked.IsZero():
		return Lapse{Ground: id, Subject: g.Subject, State: authz.Terminated, Since: g.Revoked}, true
	case !g.Until.IsZero() && !now.Before(g.Until):
		return Lapse{Ground: id, Subject: g.Subject, State: authz.Expired, Since: g.Until}, true
	}
	return Lapse{}, false
}

// ErrPlace is wrapped where nobody said that a release stands at a place.
var ErrPlace = errors.New("no such place of the release")

// Publish records where a release stands: the place, and who says so.
func (d *Desk) Publish(ctx context.Context, id string, p Publication) error {
	if strings.TrimSpace(p.Where) == "" || p.By == "" {
		return fmt.Errorf("%w: say where it was published, and who says so", ErrPlace)
	}
	return d.placed(ctx, id, "disclose", "release.publish", func(r *Release) error {
		p.At, p.Gone = d.now(), time.Time{}
		r.Places = append(r.Places, p)
		return nil
	})
}

// TakenDown records that a release no longer stands at a place, or nowhere where
// that is empty.
func (d *Desk) TakenDown(ctx context.Context, id, where string) error {
	return d.placed(ctx, id, "delete", "release.takedown.done", func(r *Release) error {
		n := 0
		for i := range r.Places {
			if p := &r.Places[i]; p.Gone.IsZero() && (where == "" || p.Where == where) {
				p.Gone, n = d.now(), n+1
			}
		}
		if n == 0 {
			return fmt.Errorf("%w: it does not stand there, as far as anybody recorded", ErrPlace)
		}
		return nil
	})
}

func (d *Desk) placed(ctx context.Context, id, operation, action string, change func(*Release) error) error {
	r, err := d.release(ctx, id)
	if err != nil {
		return err
	}
	if err := change(r); err != nil {
		return err
	}
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	e, err := json.Marshal(Entry{Operation: operation, Action: action, ID: r.ID, Case: r.Case, At: d.now().UTC()})
	if err != nil {
		return err
	}
	if _, err := d.Ledger.Append(ctx, e); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	return d.Archive.PutDoc(ctx, releaseBucket, r.ID, b)
}

// Leaning lists the releases that lean on any record of subjects, newest first.
func (d *Desk) Leaning(ctx context.Context, ids ...authz.SubjectID) ([]*Release, error) {
	theirs := map[authz.ConsentID]bool{}
	for _, id := range ids {
		cs, err := d.Registry.Consents(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, c := range cs {
			theirs[c.ID] = true
		}
	}
	rs, err := d.Releases(ctx)
	if err != nil {
		return nil, err
	}
	rs = slices.DeleteFunc(rs, func(r *Release) bool {
		return !slices.ContainsFunc(r.Consents, func(c authz.ConsentID) bool { return theirs[c] })
	})
	slices.SortFunc(rs, func(a, b *Release) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	return rs, nil
}

// InPackage lists the files of a release as they lie in its package's folder, by
// their digests; missing is how many do not, since they were changed, replaced or
// moved away.
func (d *Desk) InPackage(ctx context.Context, r *Release, dir string) (as []Asset, missing int, err error) {
	root := filepath.Join(dir, filesDir)
	err = filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		name, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		a, err := d.admit(source{path: p}, filepath.ToSlash(name))
		if err == nil && slices.Contains(r.Files, a.Digest) {
			as = append(as, a)
		}
		return nil // what cannot be read is none of the release's files
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return as, max(0, len(r.Files)-len(as)), err
}
