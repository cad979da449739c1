package wiring

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"runtime"

	"golang.org/x/sync/errgroup"

	"consentry/redact"
	"consentry/redact/eval"
	"consentry/redact/faces"
	"consentry/redact/names/forms"
	"consentry/redact/names/search"
)

// EvalNames looks through labelled texts as a scan does: what the detectors find
// in a text, and then what was found, wherever else it stands in the same text.
func (a *App) EvalNames(ctx context.Context, gold io.Reader) (eval.Evaluation, error) {
	labelled, err := eval.Read(gold)
	if err != nil {
		return eval.Evaluation{}, err
	}
	m, err := a.load(ctx)
	if err != nil {
		return eval.Evaluation{}, err
	}
	found := make([][]redact.Finding, len(labelled))
	start := time.Now()
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.NumCPU())
	for i, l := range labelled {
		g.Go(func() (err error) {
			if found[i], err = m.inText(ctx, l.Text); err != nil {
				return fmt.Errorf("line %d: %w", i+1, err)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return eval.Evaluation{}, err
	}
	took := time.Since(start)
	ev, err := eval.Evaluate(labelled, found)
	return ev.Timed(took), err
}

// inText is what a scan finds in one text.
func (m *models) inText(ctx context.Context, text string) ([]redact.Finding, error) {
	page := redact.Page{Spans: []redact.Span{{Text: text}}}
	var found []redact.Finding
	for _, d := range m.detectors {
		fs, err := d.Detect(ctx, page)
		if err != nil {
			return nil, err
		}
		found = append(found, fs...)
	}
	again, err := search.NewMatcher(forms.Derive(found)).Detect(ctx, page)
	return append(found, again...), err
}

// A Peer is what another program found in the photos of an evaluation.
type Peer struct {
	Boxes io.Reader // as faces.ReadBoxes takes them
	Grow  float64   // how much of its size that program grows a box on each side
}

// EvalFaces runs the face detector in a mode over labelled photos, whose paths are
// relative to dir, and scores the peer's boxes beside, if there is one.
func (a *App) EvalFaces(ctx context.Context, gold io.Reader, dir string, mode faces.Mode, peer *Peer) (faces.Report, error) {
	labelled, err := faces.ReadGold(gold)
	if err != nil {
		return faces.Report{}, err
	}
	var theirs [][]redact.Finding
	if peer != nil { // a mistake in it is told before the long work
		if theirs, err = faces.ReadBoxes(peer.Boxes, labelled); err != nil {
			return faces.Report{}, err
		}
	}
	m, err := a.load(ctx)
	if err != nil {
		return faces.Report{}, err
	}
	found := make([][]redact.Finding, len(labelled))
	var work faces.Work
	for i, l := range labelled {
		if found[i], err = facesIn(ctx, m.face.In(mode), filepath.Join(dir, filepath.FromSlash(l.Image)), &work); err != nil {
			return faces.Report{}, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	work.Passes /= max(1, float64(len(labelled)))
	r, err := faces.Evaluate(labelled, found, faces.HiddenGrow)
	if err != nil {
		return faces.Report{}, err
	}
	r.Work = &work
	if peer != nil {
		p, err := faces.Evaluate(labelled, theirs, peer.Grow)
		if err != nil {
			return faces.Report{}, err
		}
		r.Peer = &p
	}
	return r, nil
}

// facesIn finds the faces in one photo and adds what that took to work.
func facesIn(ctx context.Context, d *faces.Detector, path string, work *faces.Work) ([]redact.Finding, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	img, err := pixels(ctx, f, st.Size())
	if err != nil {
		return nil, err
	}
	start := time.Now()
	found, cost, err := d.FindCounted(ctx, img)
	if err != nil {
		return nil, err
	}
	work.Milliseconds += float64(time.Since(start).Microseconds()) / 1000
	work.Megapixels += float64(img.Rect.Dx()*img.Rect.Dy()) / 1e6
	work.Passes += float64(cost)
	return found, nil
}
