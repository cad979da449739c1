package casework

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"consentry/redact"
)

// A Proof is an edition that withstood every attack. Only Verify makes one.
type Proof struct {
	edition *Edition
	at      time.Time
	attacks []string // their IDs
}

// Verify attacks every file of the edition as it lies on disk. A file that leaks
// is rewritten with what leaked, and only that, in the next stronger form, newly
// seen faces covered too, and attacked again; what still leaks stops the whole package with
// a *redact.LeakError. No attacks is no proof.
func (d *Desk) Verify(ctx context.Context, e *Edition) (*Proof, error) {
	if e == nil || len(d.Attacks) == 0 {
		return nil, ErrUnproved
	}
	p := &Proof{edition: e, at: d.now(), attacks: attackIDs(d.Attacks)}
	m := d.meter(StepVerify, len(e.files))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(d.workers())
	for i := range e.files {
		f := &e.files[i]
		g.Go(func() error {
			reused, err := d.withstand(gctx, e, f, p.attacks)
			name := e.plan.Case.Assets[f.asset].Name
			m.tick(name, reused, err)
			if err != nil {
				return fmt.Errorf("verify %s: %w", name, err)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return p, nil
}

func attackIDs(as []redact.Attack) (ids []string) {
	for _, a := range as {
		ids = append(ids, a.ID())
	}
	return ids
}

// withstand proves one file, making it stronger while that helps. What was
// needed is kept, so that a later run writes it so at once.
func (d *Desk) withstand(ctx context.Context, e *Edition, f *edited, attacks []string) (reused bool, err error) {
	key := e.plan.strongerKey(f, attacks)
	for n := 0; ; n++ {
		reused, err = d.prove(ctx, e, f, attacks)
		var leak *redact.LeakError
		if !errors.As(err, &leak) || n == rounds {
			break
		}
		if r := e.plan.released(f); !f.strengthen(leak.Leaks, r.Removed, r.Methods, n) {
			break
		}
		if err := d.rewrite(ctx, e, f); err != nil {
			return false, err
		}
	}
	if err == nil && len(f.Firmer)+len(f.Extra) > 0 {
		err = d.keep(ctx, key, f.stronger)
	}
	return reused, err
}

// strongerKey names the kept strength of a file, by what would be done without.
func (p *Plan) strongerKey(f *edited, attacks []string) [32]byte {
	a := p.Case.Assets[f.asset]
	return resultKey("stronger", a.Digest, a.Type, attacks, p.redactions(f.asset, stronger{}))
}

// released tells the attacks what was removed from a file and what was kept.
func (p *Plan) released(f *edited) redact.Released {
	r := redact.Released{Asset: f.written, Source: p.Case.Assets[f.asset].Asset, Rights: f.rights}
	for _, it := range p.Items {
		switch {
		case it.Asset != f.asset:
		case it.Hidden() && it.anywhere():
		case it.Hidden():
			r.Removed = append(r.Removed, it.Finding)
			r.Methods = append(r.Methods, f.methodOf(&it, p.Case.Style))
		case !p.underHidden(it):
			r.Kept = append(r.Kept, it.Finding)
		}
	}
	for _, x := range f.Extra {
		r.Removed = append(r.Removed, x)
		r.Methods = append(r.Methods, f.method(x, p.Case.Style))
	}
	return r
}

// leastTelling is how many runes a detail known by its context must have for its
// text alone to tell somebody.
const leastTelling = 8

// anywhere reports whether a hidden text may as well stand elsewhere without
// telling anything: 36岁, CIO. That it is gone from its place the rewriting sees to.
func (it Item) anywhere() bool {
	return it.Finding.Region.IsText() && it.Finding.Kind.Info().Contextual && utf8.RuneCountInString(it.Finding.Text) < leastTelling
}

// underHidden reports whether a box that stays is mostly hidden by another. It
// then excuses nothing: a face seen there is the hidden one.
func (p *Plan) underHidden(it Item) bool {
	if it.Finding.Region.IsText() {
		return false
	}
	for _, o := range p.Items {
		if o.Asset == it.Asset && o.Hidden() && !o.Finding.Region.IsText() && o.Finding.Region.Same(it.Finding.Region) && overlaps(o.Finding.Region.Box, it.Finding.Region.Box) {
			return true
		}
	}
	return false
}

// prove runs every attack on one file. A file that was proved before, byte for
// byte and for the same removals, is not attacked again.
func (d *Desk) prove(ctx context.Context, e *Edition, f *edited, attacks []string) (reused bool, err error) {
	r := e.plan.released(f)
	key := resultKey("prove", f.written.Digest, r.Source.Digest, f.name, attacks, r.Removed, r.Kept, r.Methods)
	var before bool
	if ok, err := d.recall(ctx, key, &before); err != nil || ok {
		return ok, err
	}
	if sum, err := fileDigest(f.path); err != nil || sum != f.written.Digest {
		return false, errors.Join(ErrChanged, err)
	}
	body, err := os.Open(f.path)
	if err != nil {
		return false, err
	}
	defer body.Close()
	src, err := original(e.plan.Case.Assets[f.asset])
	if err != nil {
		return false, err
	}
	defer src.Close()
	r.Body, r.SourceBody = body, src
	var leaks []redact.Leak
	for _, a := range d.Attacks {
		ls, err := a.Try(ctx, r)
		if err != nil {
			return false, fmt.Errorf("attack %s: %w", a.ID(), err)
		}
		leaks = append(leaks, ls...)
	}
	leaks = append(leaks, e.plan.nameLeaks(f, r.Removed)...)
	if len(leaks) > 0 {
		return false, &redact.LeakError{Asset: r.Source.Digest, Leaks: leaks}
	}
	return false, d.keep(ctx, key, true)
}

// nameLeaks looks for what was removed from a file in the name it goes out under.
func (p *Plan) nameLeaks(f *edited, removed []redact.Finding) []redact.Leak {
	var ls []redact.Leak
	var kept []string
	for _, it := range p.Items {
		if it.Asset == f.asset && !it.Hidden() && it.Finding.Text != "" {
			kept = append(kept, fold(it.Finding.Text))
		}
	}
	for i, x := range removed {
		if x.Region.Part == redact.PartName && containsName(fold(spaced(f.name)), fold(x.Text), kept) {
			ls = append(ls, redact.Leak{By: "name", Where: "file name", Kind: x.Kind, Removed: i})
		}
	}
	return ls
}
