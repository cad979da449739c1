// Package ocr reads the words that stand in pictures: badges, name plates,
// slides, screens.
//
// PP-OCRv4's detector finds lines of text at any angle, at one size of the
// picture or two. PP-OCRv6's recogniser reads each, along the line as it lies,
// upside down too where that makes more sense, and letters that stand on one
// another. Both are by PaddleOCR (Du et al. 2020); what surrounds them is ours.
package ocr

import (
	"context"
	"errors"
	"fmt"
	"image"
	"runtime"

	"golang.org/x/sync/errgroup"

	"consentry/internal/infer"
	"consentry/redact"
)

// version changes with everything that changes results and is not in the ID
// otherwise.
const version = "1"

// Files are the bytes of the two models and their SHA-256 in hex.
type Files struct {
	Detection, Recognition             []byte
	DetectionDigest, RecognitionDigest string
}

// Options tune a Reader.
type Options struct {
	Threads int // for one run of the detector, and lines read at once; 0 means one per processor
}

// A Reader is a redact.Reader. It is safe for concurrent use; the detector runs
// once at a time.
type Reader struct {
	*networks
	scale float64
}

var _ redact.Reader = (*Reader)(nil)

type networks struct {
	det, rec *infer.Session
	free     chan []float32 // holds the detector's one input buffer while it does not run
	keys     []string
	threads  int
	id       string
}

// New loads the models: PP-OCRv4 detection, and a PP-OCR recognition that lists
// its characters in its metadata.
func New(rt *infer.Runtime, f Files, o Options) (*Reader, error) {
	if f.DetectionDigest == "" || f.RecognitionDigest == "" {
		return nil, errors.New("open text reader: no digest of a model")
	}
	if o.Threads <= 0 {
		o.Threads = runtime.GOMAXPROCS(0)
	}
	n := &networks{
		free: make(chan []float32, 1), threads: o.Threads,
		id: fmt.Sprintf("ocr/%s det=%.12s rec=%.12s", version, f.DetectionDigest, f.RecognitionDigest),
	}
	n.free <- nil
	var err error
	if n.keys, err = keys(f.Recognition); err != nil {
		return nil, fmt.Errorf("open text reader: %w", err)
	}
	if n.det, err = rt.NewSession(f.Detection, []string{"x"}, []string{"sigmoid_0.tmp_0"}, infer.Options{Threads: o.Threads, Trimmable: true}); err != nil {
		return nil, fmt.Errorf("open text reader: detection: %w", err)
	}
	// Lines are read side by side: a run of one thread each wastes the least.
	if n.rec, err = rt.NewSession(f.Recognition, []string{"x"}, []string{"fetch_name_0"}, infer.Options{Threads: 1}); err != nil {
		return nil, errors.Join(fmt.Errorf("open text reader: recognition: %w", err), n.det.Close())
	}
	return &Reader{n, 1}, nil
}

// At is a Reader with the same models that looks at pictures enlarged by a
// factor, for a second opinion. Close only one of them.
func (r *Reader) At(factor float64) *Reader { return &Reader{r.networks, r.scale * factor} }

// ID names version and models.
func (r *Reader) ID() string {
	if r.scale == 1 {
		return r.id
	}
	return fmt.Sprintf("%s scale=%.3g", r.id, r.scale)
}

// Close frees the models.
func (r *Reader) Close() error { return errors.Join(r.det.Close(), r.rec.Close()) }

// Read gives the lines of text in all pictures of the page in reading order,
// each a span with one box a rune.
func (r *Reader) Read(ctx context.Context, p redact.Page) ([]redact.Span, error) {
	var out []redact.Span
	id, offset := after(p.Spans)
	for _, pic := range p.Pictures {
		img, err := pic.Pixels(ctx)
		if err != nil {
			return nil, fmt.Errorf("read words: %w", err)
		}
		if img.Rect.Empty() {
			continue
		}
		lines, err := redact.Once(ctx, r.ID(), img, r.lines)
		if err != nil {
			return nil, fmt.Errorf("read words: picture %d: %w", pic.ID, err)
		}
		for _, l := range lines {
			s := redact.Span{ID: id, Text: l.text(), Offset: offset}
			for _, c := range l.letters {
				s.Boxes = append(s.Boxes, pic.Place(image.Rectangle{Max: img.Rect.Size()}, c.box))
			}
			if known(out, s) {
				continue
			}
			out = append(out, s)
			id, offset = id+1, offset+len(l.letters)+1
		}
	}
	return out, nil
}

// after is the first free ID and offset behind spans.
func after(spans []redact.Span) (id, offset int) {
	for _, s := range spans {
		id, offset = max(id, s.ID+1), max(offset, s.Offset+len([]rune(s.Text))+1)
	}
	return id, offset
}

// known reports whether the same text was read in nearly the same place: a page
// may hold a picture twice, as seen and without its transparency.
func known(spans []redact.Span, s redact.Span) bool {
	for _, o := range spans {
		if o.Text != s.Text {
			continue
		}
		a, b := union(o.Boxes), union(s.Boxes)
		if i := a.Intersect(b); 2*i.Dx()*i.Dy() > b.Dx()*b.Dy() {
			return true
		}
	}
	return false
}

func union(rs []image.Rectangle) (u image.Rectangle) {
	for _, r := range rs {
		u = u.Union(r)
	}
	return u
}

// lines reads a picture.
func (r *Reader) lines(ctx context.Context, img *image.NRGBA) ([]line, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	at := img.Rect.Min
	if at != (image.Point{}) { // the models' pixels count from the corner
		img = &image.NRGBA{Pix: img.Pix, Stride: img.Stride, Rect: img.Rect.Sub(at)}
	}
	fs, err := r.detect(ctx, img, r.scale)
	if err != nil {
		return nil, err
	}
	all := make([]line, len(fs))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(r.threads)
	for i, f := range fs {
		g.Go(func() (err error) {
			all[i], err = r.read(gctx, img, f)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	var out []line
	for _, l := range all {
		for i := range l.letters {
			l.letters[i].box = inside(l.letters[i].box, img.Rect)
		}
		if l.isText() {
			out = append(out, l)
		}
	}
	return ordered(out), nil
}

// inside is the part of a box within bounds, or the pixel of bounds that is next
// to it: a line may run out of the picture.
func inside(b, bounds image.Rectangle) image.Rectangle {
	if in := b.Intersect(bounds); !in.Empty() {
		return in
	}
	x := min(max(b.Min.X, bounds.Min.X), bounds.Max.X-1)
	y := min(max(b.Min.Y, bounds.Min.Y), bounds.Max.Y-1)
	return image.Rect(x, y, x+1, y+1)
}
