package picture

import (
	"fmt"
	"image"
	"math"
	"slices"

	"consentry/redact/pdf/content"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
)

// A Shot is something on a page that only a reader of pixels can judge: one that
// reads words, looks for faces, codes or logos.
type Shot struct {
	Box geom.Rect // view points, which the pixels fill; that of a stored picture may reach out of the page
	// Stored: the pixels of one picture as the file holds them, turned as it
	// stands on the page, whether they are seen or not. Else what is seen in Box.
	Stored bool
	Why    string // one of the reasons below
	Pixels func() (*image.NRGBA, error)
}

// Why there is a shot.
const (
	WhyPicture  = "picture"
	WhyUnmapped = "glyphs without Unicode"
	WhyOutlines = "text or drawings as paths"
	WhyMesh     = "shading or pattern"
	WhyHidden   = "picture that is not seen"
	WhyCropped  = "picture that is cropped"
	WhyMasked   = "picture with a mask"
	WhyCovered  = "picture under something else"
	WhyFiner    = "picture with more pixels than are seen"
)

const (
	leastDPI  = 100
	mostDPI   = 300
	wordsDPI  = 200      // for text that no code stands for
	shotLimit = 20 << 20 // pixels
	tinyPx    = 12
	tinyPt    = 6.0
	manyShots = 64 // clusters on one page, from which on all of it is one
)

// Shown are the shots of page i, which is pg in f and draws c; doc is the same file.
// Pictures that touch are one shot, of what is seen, in their own resolution
// within 100 to 300 dpi: a scan may be cut into strips. Each picture that holds
// other pixels than are seen has one of its own besides. Text that is not there as
// text is one at 200 dpi. Tiny and plain pictures are left out.
//
// No pixel is decoded before a shot's Pixels is called, which needs doc and eng to
// be open.
func Shown(f *object.File, pg object.Page, c *content.Page, eng *engine.Engine, doc *engine.Document, i int) ([]Shot, error) {
	view, w, h := pg.View()
	s := &scene{file: f, content: c, view: view, page: geom.Rect{X1: w, Y1: h}, engine: eng, doc: doc, index: i}
	for at := range c.Pictures {
		s.items = append(s.items, s.item(at))
	}
	words := s.words()
	var shots []Shot
	for _, g := range words {
		shots = append(shots, s.seen(g.box, wordsDPI, g.why))
	}
	for _, g := range s.pictures() {
		if !slices.ContainsFunc(words, func(w group) bool { return within(g.box, w.box) && g.density*72 <= wordsDPI }) {
			shots = append(shots, s.seen(g.box, g.density*72, g.why))
		}
	}
	for _, it := range s.items {
		if why := s.unseen(it); why != "" {
			shots = append(shots, s.stored(it, why))
		}
	}
	return shots, nil
}

// scene is one page while it is looked at.
type scene struct {
	file    *object.File
	content *content.Page
	view    geom.Matrix // from default user space to view points
	page    geom.Rect   // view points
	items   []item
	engine  *engine.Engine
	doc     *engine.Document
	index   int
}

// item is one picture where it is drawn.
type item struct {
	at      int // in content.Page.Pictures
	pic     content.Picture
	head    header
	err     error       // why head is not known
	matrix  geom.Matrix // from the unit square to view points
	hull    geom.Rect   // view points, whatever clips it
	box     geom.Rect   // view points, what is seen
	density float64     // pixels a point
}

func (s *scene) item(at int) item {
	p := s.content.Pictures[at]
	it := item{at: at, pic: p, matrix: p.Matrix.Then(s.view)}
	it.head, it.err = headerOf(s.file, p.Stream.Dict)
	if !it.matrix.Finite() {
		it.matrix = geom.Matrix{}
	}
	it.hull = geom.Rect{X1: 1, Y1: 1}.Through(it.matrix)
	if !p.Box.Empty() {
		it.box = p.Box.Through(s.view).Intersect(s.page)
	}
	m := it.matrix
	for _, v := range [][2]float64{{float64(it.head.w), math.Hypot(m.A, m.B)}, {float64(it.head.h), math.Hypot(m.C, m.D)}} {
		if v[1] > 0.01 {
			it.density = max(it.density, v[0]/v[1])
		}
	}
	return it
}

// gone are the reasons for which nothing of a picture is seen. What a fill or a
// picture covers may be covered in part.
const gone = content.Clipped | content.OffPage | content.Layer | content.Tiny | content.Undrawn

func (it item) visible() bool { return !it.box.Empty() && it.pic.Hidden&gone == 0 }

// fit is a resolution within bounds in which a part of the page can be rendered.
func fit(box geom.Rect, dpi float64) float64 {
	dpi = min(max(dpi, leastDPI), mostDPI)
	if n := box.Area() * dpi * dpi / (72 * 72); n > shotLimit {
		dpi *= math.Sqrt(shotLimit / n)
	}
	return dpi
}

// seen is what the page shows in a box, which is grown to whole pixels.
func (s *scene) seen(box geom.Rect, dpi float64, why string) Shot {
	dpi = fit(box, dpi)
	k := dpi / 72
	// As engine.Page.Pixels rounds.
	const noise = 1e-3
	b := box.Intersect(s.page)
	b = geom.Rect{X0: math.Floor(b.X0*k+noise) / k, Y0: math.Floor(b.Y0*k+noise) / k, X1: math.Ceil(b.X1*k-noise) / k, Y1: math.Ceil(b.Y1*k-noise) / k}
	shot := Shot{Box: b, Why: why}
	doc, i := s.doc, s.index
	shot.Pixels = func() (*image.NRGBA, error) {
		page, err := doc.Page(i)
		if err != nil {
			return nil, fmt.Errorf("picture of a page: %w", err)
		}
		defer page.Close()
		m, err := page.Render(dpi, b)
		if err != nil {
			return nil, fmt.Errorf("picture of a page: %w", err)
		}
		return m, nil
	}
	return shot
}

// stored is one picture's own pixels. One without area has a place nevertheless.
func (s *scene) stored(it item, why string) Shot {
	const least, most = 1, 1e5 // points
	f, eng, stream, m := s.file, s.engine, it.pic.Stream, it.matrix
	box := it.hull
	if box.W() < least || box.H() < least {
		box = box.Grow(least)
	}
	return Shot{Box: box, Stored: true, Why: why, Pixels: func() (*image.NRGBA, error) {
		if !within(box, (geom.Rect{}).Grow(most)) {
			return nil, fmt.Errorf("%w on the page", errTooLarge)
		}
		pix, err := Decode(f, stream, eng)
		if err != nil {
			return nil, err
		}
		return oriented(pix, m), nil
	}}
}

func within(in, out geom.Rect) bool {
	return in.X0 >= out.X0 && in.Y0 >= out.Y0 && in.X1 <= out.X1 && in.Y1 <= out.Y1
}
