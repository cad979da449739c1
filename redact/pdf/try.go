package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"consentry/redact"
	"consentry/redact/pdf/audit"
	"consentry/redact/pdf/engine"
)

// try attacks a written file, or tells what can be got out of any.
func (r *reader) try(written []byte, t *tried) ([]redact.Leak, error) {
	switch {
	case t == nil:
		return nil, errors.New("nothing was asked")
	case t.AsIs:
		return r.exposed(written)
	}
	return audit.Attack{Texter: &texter{r.eng}}.Try(r.ctx, redact.Released{
		Asset: redact.Asset{Type: Type, Size: int64(len(written))}, Body: bytes.NewReader(written),
		Source: redact.Asset{Type: Type, Size: int64(len(r.src))}, SourceBody: bytes.NewReader(r.src),
		Removed: t.Removed, Kept: t.Kept,
	})
}

// exposes adds the pages on which the attack finds what a written file has no need
// of, whatever was removed.
func (r *reader) exposes(e *edition, doubts map[int]string) error {
	leaks, err := audit.Attack{}.Try(r.ctx, redact.Released{
		Asset: redact.Asset{Type: Type, Size: int64(len(e.bytes))}, Body: bytes.NewReader(e.bytes),
	})
	if err != nil {
		return fmt.Errorf("look through the written file: %w", err)
	}
	for _, l := range leaks {
		if i, ok := audit.PageOf(l); ok && i < r.doc.Pages() && e.drawn[i] == "" {
			doubts[i] = whyExposed
		}
	}
	return nil
}

// exposed are what anybody can get out of a file beside what it plainly shows.
func (r *reader) exposed(b []byte) (leaks []redact.Leak, err error) {
	found, err := audit.Inspect(r.ctx, b)
	if err != nil {
		return nil, err
	}
	for _, x := range found {
		where := x.Kind + ": " + x.Note
		l := redact.Leak{Kind: redact.Other, Removed: -1}
		if x.Page >= 0 {
			where += fmt.Sprintf(" (page %d)", x.Page+1)
			l.Region = redact.Region{Page: x.Page, Box: outward(x.Box)}
		}
		l.Where = where
		leaks = append(leaks, l)
	}
	return leaks, nil
}

// texter reads pages by PDFium, for the attack.
type texter struct{ e *engine.Engine }

func (*texter) ID() string { return "pdfium" }

func (t *texter) Texts(ctx context.Context, pdf []byte) ([]string, error) {
	d, err := t.e.Open(pdf, "")
	if err != nil {
		return nil, err
	}
	defer d.Close()
	var all []string
	for i := range d.Pages() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p, err := d.Page(i)
		if err != nil {
			return nil, err
		}
		gs, err := p.Glyphs()
		p.Close()
		if err != nil {
			return nil, err
		}
		var s strings.Builder
		for _, g := range gs {
			if g.R != 0 {
				s.WriteRune(g.R)
			}
		}
		all = append(all, s.String())
	}
	return all, nil
}
