package pdf

import (
	"fmt"
	"image"
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/sync/errgroup"

	"consentry/redact"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
)

// How near a written page has to be to its source where nothing goes.
const (
	moved     = 0.3 // points
	lookDPI   = 50
	shade     = 48  // of 255, in any channel, from which on a pixel is another one
	otherMost = 24  // pixels that may be others, with none like them beside them
	beside    = 2.0 // points around what goes that do not count
)

// verify looks at a written file by PDFium's eyes and gives the pages on which it
// sees anything else than was meant: a text that was to go, a glyph that moved or
// was lost where nothing goes, other pixels.
//
// sound are digests of pages that came out as meant in an earlier attempt, and get
// those that did in this one: such a page is not looked at twice.
func (r *reader) verify(e *edition, sound map[int]redact.Digest) (map[int]string, error) {
	var pages []int
	for i := range r.doc.Pages() {
		if d, ok := e.looks.Page(i); !ok || d != sound[i] {
			pages = append(pages, i)
		}
	}
	doubts, err := r.compare(e, pages)
	if err != nil {
		return nil, err
	}
	for _, i := range pages { // of what PDFium keeps from one page for the next?
		if doubts[i] != whyPixels || e.drawn[i] != "" {
			continue
		}
		again, err := r.compare(e, []int{i})
		if err != nil {
			return nil, err
		}
		if doubts[i] = again[i]; again[i] == "" {
			delete(doubts, i)
		}
	}
	for _, i := range pages {
		if d, ok := e.looks.Page(i); ok && doubts[i] == "" {
			sound[i] = d
		}
	}
	return doubts, nil
}

// compare gives those of the pages that did not come out as meant.
//
// Each file is looked at by an engine that has seen nothing else: PDFium draws
// fonts that are not in the file otherwise the second time.
func (r *reader) compare(e *edition, pages []int) (map[int]string, error) {
	var source, out *engine.Document
	var done, release func()
	err := both(func() (err error) {
		source, done, err = r.fresh(r.src, r.password)
		return err
	}, func() (err error) {
		out, release, err = r.fresh(e.bytes, "")
		return err
	})
	for _, f := range []func(){done, release} {
		if f != nil {
			defer f()
		}
	}
	if err != nil {
		return nil, fmt.Errorf("look at both files: %w", err)
	}
	if out.Pages() != r.doc.Pages() {
		return nil, fmt.Errorf("the written file has %d pages instead of %d", out.Pages(), r.doc.Pages())
	}
	doubts := map[int]string{}
	for _, i := range pages {
		why, err := same(source, out, e, i, r.untouched(e, i))
		if err != nil {
			return nil, fmt.Errorf("look at page %d: %w", i+1, err)
		}
		if why != "" {
			doubts[i] = why
		}
	}
	return doubts, nil
}

// untouched reports whether a page was written as it was, and all that draws it.
func (r *reader) untouched(e *edition, i int) bool {
	if e.plans[i] != nil || e.drawn[i] != "" {
		return false
	}
	if r.looks == nil {
		r.looks = r.file.Looks()
	}
	was, ok := r.looks.Page(i)
	is, also := e.looks.Page(i)
	return ok && also && was == is
}

// both does two things at once, each with an engine of its own.
func both(a, b func() error) error {
	var g errgroup.Group
	g.Go(a)
	g.Go(b)
	return g.Wait()
}

// fresh opens a file in an engine of its own.
func (r *reader) fresh(b []byte, password string) (*engine.Document, func(), error) {
	e, err := r.module.New(r.ctx)
	if err != nil {
		return nil, nil, err
	}
	d, err := e.Open(b, password)
	if err != nil {
		e.Close()
		return nil, nil, err
	}
	return d, func() {
		d.Close()
		e.Close()
	}, nil
}

// same says why page i did not come out as it was meant; nothing where it did. An
// untouched page is not drawn where PDFium reads all of its text as it was: it has
// found the same objects there as we did.
func same(source, out *engine.Document, e *edition, i int, untouched bool) (string, error) {
	var before, after *engine.Page
	var was, is []engine.Glyph
	err := both(func() (err error) {
		before, was, err = read(source, i)
		return err
	}, func() (err error) {
		after, is, err = read(out, i)
		return err
	})
	for _, p := range []*engine.Page{before, after} {
		if p != nil {
			defer p.Close()
		}
	}
	if err != nil {
		return "", err
	}
	if untouched && len(was) > 0 && slices.Equal(was, is) {
		return "", nil
	}
	pl := e.plans[i]
	if pl != nil && leaks(pl.texts, was, is) {
		return whyLeft, nil
	}
	if e.drawn[i] != "" {
		w, h := before.Size()
		if w2, h2 := after.Size(); math.Abs(w-w2) > 1 || math.Abs(h-h2) > 1 {
			return whyPixels, nil
		}
		return "", nil
	}
	zones := append(slices.Clone(e.zones[i]), behind(was, e.zones[i])...)
	if !stay(was, is, zones) {
		return whyMoved, nil
	}
	zones = append(zones, behind(is, e.zones[i])...)
	// PDFium draws a font that is not in the file otherwise from the second time on.
	for range 2 {
		if same, err := samePixels(before, after, zones); err != nil || same {
			return "", err
		}
	}
	if same, err := sameCloser(before, after, zones); err != nil || same {
		return "", err
	}
	return whyPixels, nil
}

// read opens a page and reads its text. The page is to be closed where it is not nil.
func read(d *engine.Document, i int) (*engine.Page, []engine.Glyph, error) {
	p, err := d.Page(i)
	if err != nil {
		return nil, nil, err
	}
	gs, err := p.Glyphs()
	return p, gs, err
}

// leaks reports whether a text can be read more often than it was to stay.
func leaks(texts []string, was, is []engine.Glyph) bool {
	if len(texts) == 0 {
		return false
	}
	before, after := joined(was), joined(is)
	gone := map[string]int{}
	for _, t := range texts {
		if t = squeezed(t); len([]rune(t)) > 1 {
			gone[t]++
		}
	}
	for t, n := range gone {
		if has := strings.Count(after, t); has > 0 && has > strings.Count(before, t)-n {
			return true
		}
	}
	return false
}

// joined is all that PDFium reads on a page, without spaces.
func joined(gs []engine.Glyph) string {
	var b strings.Builder
	for _, g := range gs {
		if !g.Generated && g.R > ' ' {
			b.WriteRune(g.R)
		}
	}
	return b.String()
}

func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0xa0 || r == 0x3000 {
			return -1
		}
		return r
	}, s)
}

// stay reports whether every glyph outside the zones is where it was.
func stay(was, is []engine.Glyph, zones []geom.Rect) bool {
	at := map[image.Point][]engine.Glyph{}
	for _, g := range is {
		if !g.Generated {
			c := image.Pt(whole(math.Floor(g.Origin.X)), whole(math.Floor(g.Origin.Y)))
			at[c] = append(at[c], g)
		}
	}
	for _, g := range was {
		if g.Generated || g.R <= ' ' || unicode.IsSpace(g.R) || g.Invisible && g.Size < 1 || within(g.Origin, zones) || within(g.Loose.Center(), zones) {
			continue
		}
		c := image.Pt(whole(math.Floor(g.Origin.X)), whole(math.Floor(g.Origin.Y)))
		found := false
		for dx := -1; dx <= 1 && !found; dx++ {
			for dy := -1; dy <= 1 && !found; dy++ {
				found = slices.ContainsFunc(at[c.Add(image.Pt(dx, dy))], func(o engine.Glyph) bool {
					return (o.R == g.R || g.Unmapped || untold(g.R)) && math.Abs(o.Origin.X-g.Origin.X) <= moved && math.Abs(o.Origin.Y-g.Origin.Y) <= moved
				})
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// behind are the places of glyphs that stand right behind a touched line, each where
// the one before it ends: they are of that line, though we do not know by widths that
// the file does not tell how far it reaches.
func behind(gs []engine.Glyph, zones []geom.Rect) (all []geom.Rect) {
	in := false
	for i, g := range gs {
		if in = !g.Generated && (within(g.Origin, zones) || in && follows(gs[i-1], g)); in {
			all = append(all, g.Loose)
		}
	}
	return all
}

// follows reports whether a reader sees no gap between two glyphs of one line.
func follows(a, b engine.Glyph) bool {
	return math.Abs(a.Origin.Y-b.Origin.Y) < 0.05*b.Size && math.Abs(b.Origin.X-a.Loose.X1) < 0.1*b.Size
}

// untold are runes that stand for no character: what they are read as depends on
// the reader.
func untold(r rune) bool {
	return r >= 0xe000 && r <= 0xf8ff || r == 0xfffd || r < ' ' || r >= 0x7f && r < 0xa0
}

func within(p geom.Point, zones []geom.Rect) bool {
	return slices.ContainsFunc(zones, func(z geom.Rect) bool { return z.Contains(p) })
}

// bandPixels bounds what is drawn at once when pages are compared: a sheet of
// several metres is looked at in bands.
const bandPixels = 4_000_000

// samePixels compares two pages, small, outside the zones.
func samePixels(before, after *engine.Page, zones []geom.Rect) (bool, error) {
	whole := before.Pixels(lookDPI, geom.Rect{})
	if whole != after.Pixels(lookDPI, geom.Rect{}) {
		return false, nil
	}
	rows := max(16, bandPixels/max(whole.Dx(), 1))
	other := 0
	for y := whole.Min.Y; y < whole.Max.Y; y += rows {
		n, err := otherPixels(before, after, zones, whole, y, min(y+rows, whole.Max.Y))
		if err != nil {
			return false, err
		}
		if other += n; other > otherMost {
			return false, nil
		}
	}
	return true, nil
}

// otherPixels counts the pixels of some rows of two pages that are not alike.
func otherPixels(before, after *engine.Page, zones []geom.Rect, whole image.Rectangle, from, to int) (int, error) {
	var clip geom.Rect // zero is all of the page
	part := whole
	if from > whole.Min.Y || to < whole.Max.Y {
		const k = 72.0 / lookDPI
		w, _ := before.Size()
		clip = geom.Rect{Y0: float64(max(from-1, whole.Min.Y)) * k, X1: w, Y1: float64(min(to+1, whole.Max.Y)) * k}
		part = before.Pixels(lookDPI, clip)
	}
	var a, b *image.NRGBA
	err := both(func() (err error) {
		a, err = before.Render(lookDPI, clip)
		return err
	}, func() (err error) {
		b, err = after.Render(lookDPI, clip)
		return err
	})
	if err != nil {
		return 0, err
	}
	if a.Rect != b.Rect {
		return otherMost + 1, nil
	}
	blank(a, zones, lookDPI, part.Min)
	blank(b, zones, lookDPI, part.Min)
	other := 0
	for y := from - part.Min.Y; y < min(to-part.Min.Y, a.Rect.Dy()); y++ {
		for x := range a.Rect.Dx() {
			if i := a.PixOffset(x, y); !alike(a.Pix[i:], b.Pix[i:]) && !(near(a, b, x, y) && near(b, a, x, y)) {
				other++
			}
		}
	}
	return other, nil
}

func alike(p, q []byte) bool {
	for c := range 3 {
		if d := int(p[c]) - int(q[c]); d > shade || -d > shade {
			return false
		}
	}
	return true
}

// near reports whether a pixel of a is one of b beside its place: what moved by a
// tenth of a point may be drawn one pixel further.
func near(a, b *image.NRGBA, x, y int) bool {
	p := a.Pix[a.PixOffset(x, y):]
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			if at := image.Pt(x+dx, y+dy); at.In(b.Rect) && alike(p, b.Pix[b.PixOffset(at.X, at.Y):]) {
				return true
			}
		}
	}
	return false
}
