package engine

import (
	"fmt"
	"math"

	"consentry/redact/pdf/geom"
)

// A Page is an open page.
type Page struct {
	d      *Document
	handle uint64
	view   geom.Matrix // from default user space to view points
	w, h   float64
	formed bool // form fields know of it
}

// maxSide is the longest side of a page, in points: ten times what PDF readers
// have to take (ISO 32000-2, annex C).
const maxSide = 144000

// Page opens the page of a 0-based index. ErrDamaged where there is none that
// PDFium can read.
func (d *Document) Page(i int) (*Page, error) {
	if err := d.use(); err != nil {
		return nil, fmt.Errorf("page %d: %w", i+1, err)
	}
	if i < 0 || i >= d.pages {
		return nil, fmt.Errorf("page %d of %d: %w", i+1, d.pages, ErrDamaged)
	}
	e := d.e
	p := &Page{d: d, handle: e.handle(loadPage, d.handle, uint64(i))}
	if p.handle == 0 {
		return nil, fmt.Errorf("page %d: %w", i+1, e.failure(ErrDamaged))
	}
	d.loaded[p] = true
	ok := e.integer(pageBox, p.handle, uint64(e.scratch)) != 0
	box := e.floats(4) // left, top, right, bottom
	rotation := e.integer(pageRotation, p.handle)
	r := geom.Rect{X0: box[0], Y0: box[3], X1: box[2], Y1: box[1]}.Canon()
	var wrong error
	if !ok || r.Empty() || !(r.W() <= maxSide && r.H() <= maxSide) || !within(r) {
		wrong = fmt.Errorf("no size that can be: %w", ErrDamaged)
	}
	if err := e.failure(wrong); err != nil {
		p.Close()
		return nil, fmt.Errorf("page %d: %w", i+1, err)
	}
	p.view, p.w, p.h = viewOf(r, rotation)
	return p, nil
}

// within reports that a place is finite and not absurdly far off.
func within(r geom.Rect) bool {
	for _, v := range [...]float64{r.X0, r.Y0, r.X1, r.Y1} {
		if math.IsNaN(v) || math.Abs(v) > 1e7 {
			return false
		}
	}
	return true
}

// viewOf maps default user space to the page as seen, for a crop box and a
// number of quarter turns clockwise.
func viewOf(c geom.Rect, turns int) (m geom.Matrix, w, h float64) {
	switch ((turns % 4) + 4) % 4 {
	case 1:
		return geom.Matrix{B: 1, C: 1, E: -c.Y0, F: -c.X0}, c.H(), c.W()
	case 2:
		return geom.Matrix{A: -1, D: 1, E: c.X1, F: -c.Y0}, c.W(), c.H()
	case 3:
		return geom.Matrix{B: -1, C: -1, E: c.Y1, F: c.X1}, c.H(), c.W()
	}
	return geom.Matrix{A: 1, D: -1, E: -c.X0, F: c.Y1}, c.W(), c.H()
}

// Size is the page's width and height as seen, in points.
func (p *Page) Size() (w, h float64) { return p.w, p.h }

// View maps default user space to view points.
func (p *Page) View() geom.Matrix { return p.view }

// use begins something with the page, or reports why it cannot be used.
func (p *Page) use() error {
	if err := p.d.use(); err != nil {
		return err
	}
	if p.handle == 0 {
		return ErrClosed
	}
	return nil
}

// Close frees the page.
func (p *Page) Close() {
	if p.handle == 0 {
		return
	}
	if p.formed {
		p.d.e.do(formsBeforeClose, p.handle, p.d.forms)
	}
	p.d.e.do(closePage, p.handle)
	p.handle = 0
	delete(p.d.loaded, p)
}
