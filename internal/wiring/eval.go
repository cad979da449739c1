package wiring

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"consentry/redact"
	"consentry/redact/faces"
	"consentry/redact/names"
)

// EvalNames runs the name detector over labelled texts.
func (a *App) EvalNames(ctx context.Context, gold io.Reader) (names.Evaluation, error) {
	labelled, err := names.ReadLabelled(gold)
	if err != nil {
		return names.Evaluation{}, err
	}
	m, err := a.load(ctx)
	if err != nil {
		return names.Evaluation{}, err
	}
	found := make([][]redact.Finding, len(labelled))
	for i, l := range labelled {
		page := redact.Page{Spans: []redact.Span{{Text: l.Text}}}
		for _, d := range m.detectors {
			fs, err := d.Detect(ctx, page)
			if err != nil {
				return names.Evaluation{}, fmt.Errorf("line %d: %w", i+1, err)
			}
			found[i] = append(found[i], fs...)
		}
	}
	return names.Evaluate(labelled, found)
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
