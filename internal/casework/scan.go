package casework

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"consentry/authz"
	"consentry/redact"
)

// scanned is what extraction and detection left of one asset: its texts and
// what the detectors found. Pixels are not kept.
type scanned struct {
	Pages    []redact.Page    `json:"pages"`
	Findings []redact.Finding `json:"findings"`
}

// A Plan is every finding of a case and what was decided about it. It is not
// safe for concurrent use.
type Plan struct {
	Case   *Case
	Assets []AssetState // beside Case.Assets
	Items  []Item       // by asset, then page, then place

	Unused []Unused // templates that no face was compared with

	pages [][]redact.Page                 // text only
	texts map[spanAt]spanText             // the same, ready to be looked into
	words Wording                         // the desk's
	kinds map[redact.Kind]redact.KindInfo // the owner's own

	known      time.Time                  // up to when what was recorded counts against showing
	own        map[authz.SubjectID]string // general forms that companies are registered with
	invented   map[string]Invented        // by entity: the pseudonyms
	chains     []Chain
	chained    map[string][]inChain // by item
	chainNames map[*Chain][]string
	groups     []Group
	compared   bool // faces were compared with templates
}

// frozen is a copy that later answers do not change. What is never changed in
// place is shared.
func (p *Plan) frozen() *Plan {
	f := *p
	f.Case, f.Assets, f.Items = p.Case.frozen(), slices.Clone(p.Assets), slices.Clone(p.Items)
	return &f
}

// AssetState says how an asset fared.
type AssetState struct {
	Err    error // it could not be read: named, never exported
	Reused bool  // its findings were kept from before
}

// Compared reports whether faces were compared with enrolled ones.
func (p *Plan) Compared() bool { return p.compared }

// Pages are the texts of an asset, by part. Pictures are not among them.
func (p *Plan) Pages(asset int) []redact.Page {
	if asset >= len(p.pages) {
		return nil
	}
	return p.pages[asset]
}

// Scan extracts, detects, searches every name found or registered in the whole
// case, and decides. An asset that cannot be read is marked so; the others go
// on. No detectors is an error, never an empty plan.
func (d *Desk) Scan(ctx context.Context, c *Case) (*Plan, error) {
	if len(d.detectors(c)) == 0 || d.Search == nil {
		return nil, errors.New("scan: no detectors")
	}
	p := &Plan{Case: c, Assets: make([]AssetState, len(c.Assets)), pages: make([][]redact.Page, len(c.Assets)), words: d.Wording, kinds: d.Kinds}
	found := make([][]redact.Finding, len(c.Assets))
	m := d.meter(StepScan, len(c.Assets))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(d.workers())
	for i, a := range c.Assets {
		g.Go(func() error {
			s, reused, err := d.scanAsset(gctx, a, d.detectors(c))
			if gctx.Err() != nil {
				return gctx.Err()
			}
			if err != nil {
				p.Assets[i].Err = err
			} else {
				named, err := d.named(gctx, c, a)
				if err != nil {
					return err
				}
				p.Assets[i].Reused = reused
				p.pages[i], found[i] = s.Pages, append(s.Findings, named...)
			}
			m.tick(a.Name, reused, err)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	p.index()
	seen, err := d.recognise(ctx, p, found)
	if err != nil {
		return nil, err
	}
	if len(c.Assets) > 0 && !slices.ContainsFunc(p.Assets, func(s AssetState) bool { return s.Err == nil }) {
		return p, ErrNothing
	}
	if err := d.searchCase(ctx, p, found); err != nil {
		return nil, err
	}
	for i, fs := range found {
		merged, err := d.merge(ctx, p, i, fs)
		if err != nil {
			return nil, err
		}
		for _, f := range merged {
			f.Region.Box = p.boxOf(i, f.Region)
			p.Items = append(p.Items, Item{ID: itemID(c.Assets[i].Digest, f), Asset: i, Finding: f})
		}
	}
	seen.apply(p)
	if err := d.group(ctx, p, seen); err != nil {
		return nil, err
	}
	if err := d.addAsked(ctx, p); err != nil {
		return nil, err
	}
	p.addDrawn()
	d.chain(p)
	return p, d.decideAll(ctx, p)
}

// boxOf is where a region stands on its page: its own box, or the hull of its
// runes; empty for plain text.
func (p *Plan) boxOf(asset int, r redact.Region) image.Rectangle {
	if !r.IsText() {
		return r.Box
	}
	for _, page := range p.pages[asset] {
		if page.Part == r.Part && page.Index == r.Page {
			return page.Hull(r.Start, r.End)
		}
	}
	return image.Rectangle{}
}

// scanAsset returns the findings of one asset, from the results kept or anew.
func (d *Desk) scanAsset(ctx context.Context, a Asset, detectors []redact.Detector) (scanned, bool, error) {
	key := d.scanKey(a, detectors)
	var s scanned
	if ok, err := d.recall(ctx, key, &s); ok || err != nil {
		return s, ok, err
	}
	doc, file, err := d.open(ctx, a)
	if err != nil {
		return s, false, err
	}
	defer file.Close()
	ctx = redact.Remembering(ctx)
	for page, err := range doc.Pages(ctx) {
		page.Pictures = loadedOnce(page.Pictures)
		if err != nil {
			return s, false, err
		}
		for _, r := range d.Readers {
			spans, err := r.Read(ctx, page)
			if err != nil {
				return s, false, fmt.Errorf("read: %w", err)
			}
			for _, s := range spans {
				s.Seen = true
				page.Spans = append(page.Spans, s)
			}
		}
		for _, det := range detectors {
			fs, err := det.Detect(ctx, page)
			if err != nil {
				return s, false, fmt.Errorf("detect: %w", err)
			}
			if redact.IsDropped(page.Part) {
				fs = certainNames(fs) // all of it is dropped; only names are worth searching elsewhere
			}
			s.Findings = append(s.Findings, fs...)
		}
		page.Pictures = nil
		s.Pages = append(s.Pages, page)
	}
	return s, false, d.keep(ctx, key, s)
}

// loadedOnce are the pictures, each of which is loaded once for all who look at it:
// a PDF's are drawn anew each time.
func loadedOnce(pictures []redact.Picture) []redact.Picture {
	pictures = slices.Clone(pictures)
	for i, p := range pictures {
		var loaded *image.NRGBA
		pictures[i].Load = func(ctx context.Context) (*image.NRGBA, error) {
			if loaded != nil {
				return loaded, nil
			}
			img, err := p.Load(ctx)
			loaded = img
			return img, err
		}
	}
	return pictures
}

// scanKey is a digest of all that the findings of an asset depend on; nothing is
// kept under it for a type that is not handled.
func (d *Desk) scanKey(a Asset, detectors []redact.Detector) [32]byte {
	format := ""
	if f := d.Formats[a.Type]; f != nil {
		format = f.ID()
	}
	return resultKey("scan/2", a.Digest, a.Type, format, ids(d.Readers), ids(detectors))
}

func ids[T interface{ ID() string }](parts []T) string {
	var all []string
	for _, p := range parts {
		all = append(all, p.ID())
	}
	return strings.Join(all, "\n")
}

// resultKey is a digest of all that a result depends on.
func resultKey(parts ...any) [32]byte {
	b, err := json.Marshal(parts)
	if err != nil {
		panic(err) // strings, digests and plain records only
	}
	return redact.Sum(b)
}

// recall reads a kept result into v.
func (d *Desk) recall(ctx context.Context, key [32]byte, v any) (bool, error) {
	b, ok, err := d.Results.Get(ctx, key)
	if err != nil || !ok {
		return false, err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return false, fmt.Errorf("kept result: %w", err)
	}
	return true, nil
}

func (d *Desk) keep(ctx context.Context, key [32]byte, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return d.Results.Put(ctx, key, b)
}
