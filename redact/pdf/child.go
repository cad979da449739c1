package pdf

import (
	"context"
	"errors"
	"fmt"
	"image"

	"golang.org/x/sync/errgroup"

	"consentry/redact"
	"consentry/redact/pdf/content"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/layout"
	"consentry/redact/pdf/object"
	"consentry/redact/pdf/picture"
)

// A reader is one open file, in the child. It is not safe for concurrent use.
type reader struct {
	ctx    context.Context
	module *engine.Module
	hide   func(ttf []byte) picture.Hide
	ttf    []byte // of labels

	src      []byte
	password string
	notes    []redact.Note

	eng     *engine.Engine
	doc     *engine.Document // PDFium's view of the file
	file    *object.File     // pdfcpu's; never changed: what is rewritten is read anew
	content *content.Reader
	looks   *object.Looks // of file; nil until they are asked for
	pages   map[int]*page // of late
	extra   map[int]aside
}

// page is a page as both have read it.
type page struct {
	object object.Page
	drawn  *content.Page
	lines  []layout.Line
	spans  []redact.Span
	aside
	shots  []picture.Shot
	blank  map[image.Point][]layout.Rune // those without Unicode by their origins; nil until asked for
	width  float64                       // points, as seen
	height float64
}

// aside is what can be read on a page beside its lines. It is kept of all pages
// that were read: a page is rewritten by it.
type aside struct {
	said []said   // what marks say beside what is drawn
	more []missed // what only PDFium reads
}

var errNotOpen = errors.New("no file is open")

// open reads a file with the first password that fits.
func (r *reader) open(b []byte, passwords []string) (opened, error) {
	r.src = b
	err := error(engine.ErrPassword)
	for _, p := range append([]string{""}, passwords...) {
		if r.doc, err = r.eng.Open(b, p); !errors.Is(err, engine.ErrPassword) {
			r.password = p
			break
		}
	}
	switch {
	case errors.Is(err, engine.ErrPassword):
		return opened{}, fmt.Errorf("PDF %w: %w", redact.ErrUnreadable, redact.ErrPassword)
	case err != nil:
		return opened{}, fmt.Errorf("PDF %w: %w", redact.ErrUnreadable, err)
	}
	if r.file, err = r.read(); err != nil {
		return opened{}, err
	}
	if n := r.file.PageCount; n != r.doc.Pages() {
		return opened{}, fmt.Errorf("PDF %w: its pages cannot be counted", redact.ErrUnreadable)
	}
	if r.doc.Pages() == 0 {
		return opened{}, fmt.Errorf("PDF %w: it has no pages", redact.ErrUnreadable)
	}
	r.content = content.NewReader(r.file)
	r.pages, r.extra = map[int]*page{}, map[int]aside{}
	return opened{Pages: r.doc.Pages(), Notes: r.notes}, nil
}

// read gives pdfcpu's view of the file, repaired by PDFium where that is needed.
func (r *reader) read() (*object.File, error) {
	f, notes, err := object.Read(r.src, r.password, func([]byte) ([]byte, error) { return r.doc.Save() })
	if err != nil {
		return nil, fmt.Errorf("PDF %w: %w", redact.ErrUnreadable, err)
	}
	r.notes = nil
	for _, n := range notes {
		r.notes = append(r.notes, redact.Note{Code: n.What, Count: n.Count})
	}
	return f, nil
}

// maxKept bounds the pages that are kept as read.
const maxKept = 4

// page reads a page by both ways at once.
func (r *reader) page(i int) (*page, error) {
	if r.doc == nil {
		return nil, errNotOpen
	}
	if p := r.pages[i]; p != nil {
		return p, nil
	}
	if i < 0 || i >= r.doc.Pages() {
		return nil, fmt.Errorf("PDF has no page %d", i+1)
	}
	var glyphs []engine.Glyph
	var other errgroup.Group
	other.Go(func() error {
		p, gs, err := read(r.doc, i)
		if p != nil {
			p.Close()
		}
		glyphs = gs
		return err
	})
	defer other.Wait() // also where pdfcpu panics: the engine is not to be used by two
	p, err := r.interpret(r.file, r.content, i)
	if err != nil {
		return nil, err
	}
	if err := other.Wait(); err != nil {
		return nil, fmt.Errorf("PDF %w: page %d: %w", redact.ErrUnreadable, i+1, err)
	}
	p.more = p.missing(glyphs)
	if p.shots, err = picture.Shown(r.file, p.object, p.drawn, r.eng, r.doc, i); err != nil {
		return nil, fmt.Errorf("PDF %w: page %d: %w", redact.ErrUnreadable, i+1, err)
	}
	if len(r.pages) >= maxKept {
		clear(r.pages)
	}
	r.pages[i], r.extra[i] = p, p.aside
	return p, nil
}

// aside is what can be read on a page beside its lines.
func (r *reader) aside(i int) (aside, error) {
	if b, ok := r.extra[i]; ok {
		return b, nil
	}
	p, err := r.page(i)
	if err != nil {
		return aside{}, err
	}
	return p.aside, nil
}

// interpret reads a page of a file by our own eyes alone.
func (r *reader) interpret(f *object.File, c *content.Reader, i int) (*page, error) {
	o, err := f.Page(i)
	if err != nil {
		return nil, fmt.Errorf("PDF %w: %w", redact.ErrUnreadable, err)
	}
	drawn, err := c.Interpret(o)
	if err != nil {
		return nil, fmt.Errorf("PDF %w: page %d: %w", redact.ErrUnreadable, i+1, err)
	}
	view, w, h := o.View()
	lines := layout.Lines(drawn, view)
	p := &page{object: o, drawn: drawn, lines: lines, spans: layout.Spans(lines), width: w, height: h}
	p.said = p.marked()
	return p, nil
}
