package casework

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"consentry/redact"
)

// filesDir is the folder of a package that holds the redacted files.
const filesDir = "files"

// An Edition is the rewritten files of a plan, not yet attacked. Close removes
// them unless they were exported.
type Edition struct {
	plan    *Plan
	out     string // the package's folder
	staging string // inside out; removed by Close
	files   []edited
	release func() // gives the package's folder back
}

// edited is one rewritten file.
type edited struct {
	asset    int
	name     string // slash-separated, under files/
	path     string // where it lies now
	final    bool   // it already lies at its final name, from an earlier run
	written  redact.Asset
	rights   redact.Rights // what it says of those who are seen
	stronger               // than the case's style, where a leak forced it
}

// rewritten is the kept result of one rewrite.
type rewritten struct {
	Digest redact.Digest `json:"sha256"`
	Type   string        `json:"type"`
	Size   int64         `json:"size"`
}

// Apply rewrites every readable asset without what the plan hides, into a
// staging folder inside out, the package's folder. It refuses, with
// ErrUnsettled, while a question is open, and a plan of a fast scan. A file that an earlier run left at its
// final name with the very content that would be written is not written again.
func (d *Desk) Apply(ctx context.Context, p *Plan, out string) (*Edition, error) {
	if len(p.Questions()) > 0 {
		return nil, ErrUnsettled
	}
	if p.Case.Look == Fast {
		return nil, ErrPreview
	}
	release, err := claim(ctx, out, p.Case.Assets)
	if err != nil {
		return nil, err
	}
	done := false
	defer func() {
		if !done {
			release()
		}
	}()
	// What a killed run left behind is nobody's.
	left, err := filepath.Glob(filepath.Join(out, ".consentry-*"))
	if err != nil {
		return nil, err
	}
	for _, l := range left {
		if err := os.RemoveAll(l); err != nil {
			return nil, fmt.Errorf("clear the staging folder: %w", err)
		}
	}
	staging, err := os.MkdirTemp(out, ".consentry-")
	if err != nil {
		return nil, fmt.Errorf("make a staging folder: %w", err)
	}
	// What is decided from now on is not in this edition.
	p = p.frozen()
	e := &Edition{plan: p, out: out, staging: staging, release: release}
	done = true // by Close from now on
	names := d.endings(p, p.outputNames())
	for i := range p.Case.Assets {
		if p.Assets[i].Err == nil {
			e.files = append(e.files, edited{asset: i, name: names[i]})
		}
	}
	attacks := attackIDs(d.Attacks)
	m := d.meter(StepApply, len(e.files))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(d.workers())
	for i := range e.files {
		f := &e.files[i]
		g.Go(func() error {
			_, err := d.recall(gctx, p.strongerKey(f, attacks), &f.stronger)
			if err == nil {
				err = d.rewrite(gctx, e, f)
			}
			m.tick(p.Case.Assets[f.asset].Name, f.final, err)
			if err != nil {
				return fmt.Errorf("rewrite %s: %w", p.Case.Assets[f.asset].Name, err)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		e.Close()
		return nil, err
	}
	return e, nil
}

// Close removes what was staged and not exported.
func (e *Edition) Close() error {
	if e == nil || e.staging == "" {
		return nil
	}
	defer e.release()
	return os.RemoveAll(e.staging)
}

// redactions are the orders for one asset, in the document itself.
func (p *Plan) redactions(asset int, s stronger) []redact.Redaction {
	var rs []redact.Redaction
	order := func(f redact.Finding, m redact.Method, label string, whole bool) {
		r := redact.Redaction{Region: f.Region, Kind: f.Kind, Method: m, With: label}
		if whole {
			r.Kind, r.Body, r.Landmarks = redact.Face, true, f.Landmarks // a drawn face too
		}
		rs = append(rs, r)
	}
	for _, it := range p.Items {
		if it.Asset == asset && it.Hidden() && it.Finding.Region.Part != redact.PartName {
			order(it.Finding, s.methodOf(&it, p.Case.Style), it.Label, p.Case.CoversPerson(&it))
		}
	}
	for _, x := range s.Extra {
		order(x, s.method(x, p.Case.Style), "", p.Case.Cover == CoverPerson && x.Kind == redact.Face)
	}
	if p.words != nil && asset < len(p.pages) {
		rs = p.replacements(asset, rs)
	}
	return rs
}

func (d *Desk) rewrite(ctx context.Context, e *Edition, f *edited) error {
	a := e.plan.Case.Assets[f.asset]
	rs := e.plan.redactions(f.asset, f.stronger)
	rights, err := d.rights(ctx, e.plan, f.asset)
	if err != nil {
		return err
	}
	f.rights = rights
	key := resultKey("rewrite", a.Digest, a.Type, d.Formats[a.Type].ID(), rs, rights)
	var was rewritten
	known, err := d.recall(ctx, key, &was)
	if err != nil {
		return err
	}
	final := filepath.Join(e.out, filesDir, filepath.FromSlash(f.name))
	if known {
		if sum, err := fileDigest(final); err == nil && sum == was.Digest {
			f.path, f.final = final, true
			f.written = redact.Asset{Digest: was.Digest, Name: f.name, Type: was.Type, Size: was.Size}
			return nil
		}
	}
	doc, src, err := d.open(ctx, a)
	if err != nil {
		return err
	}
	defer src.Close()
	w, err := os.CreateTemp(e.staging, "file-")
	if err != nil {
		return err
	}
	defer w.Close()
	h := sha256.New()
	n := &counter{}
	typ, err := rewriteDocument(ctx, doc, io.MultiWriter(w, h, n), rs, rights)
	if err != nil {
		return err
	}
	if err := w.Sync(); err != nil {
		return err
	}
	f.path, f.final = w.Name(), false
	f.written = redact.Asset{Digest: redact.Digest(h.Sum(nil)), Name: f.name, Type: typ, Size: n.n}
	return d.keep(ctx, key, rewritten{f.written.Digest, typ, n.n})
}

// outputNames are the files' names with what is hidden in them replaced, each
// name once.
func (p *Plan) outputNames() []string {
	names := make([]string, len(p.Case.Assets))
	taken := map[string]bool{}
	for i, a := range p.Case.Assets {
		var cuts []Item
		for _, it := range p.Items {
			if it.Asset == i && it.Hidden() && it.Finding.Region.Part == redact.PartName {
				cuts = append(cuts, it)
			}
		}
		slices.SortFunc(cuts, func(x, y Item) int { return y.Finding.Region.Start - x.Finding.Region.Start })
		rs := []rune(a.Name)
		end := len(rs)
		for _, c := range cuts {
			from, to := c.Finding.Region.Start, min(c.Finding.Region.End, end)
			if from >= to {
				continue
			}
			label := strings.Map(func(r rune) rune {
				if strings.ContainsRune(`/\:*?"<>|[]`, r) {
					return -1
				}
				return r
			}, c.Label)
			rs = slices.Concat(rs[:from], []rune(label), rs[to:])
			end = from
		}
		n := string(rs)
		for j := 2; taken[n]; j++ {
			x := path.Ext(string(rs))
			n = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(string(rs), x), j, x)
		}
		taken[n] = true
		names[i] = n
	}
	return names
}

type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) { c.n += int64(len(p)); return len(p), nil }

func fileDigest(name string) (redact.Digest, error) {
	f, err := os.Open(name)
	if err != nil {
		return redact.Digest{}, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return redact.Digest{}, err
	}
	return redact.Digest(h.Sum(nil)), nil
}
