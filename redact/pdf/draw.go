package pdf

import (
	"fmt"
	"image"
	"math"
	"slices"

	"consentry/redact"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/picture"
)

// How finely a page is drawn that becomes a picture, and how large it may get.
const (
	drawDPI    = 200
	drawPixels = 32e6
)

// draw makes a page a picture of itself, without what goes.
func (w *writing) draw(i int, p *page, pl *pagePlan) error {
	seen, err := w.doc.Page(i)
	if err != nil {
		return fmt.Errorf("draw page %d: %w", i+1, err)
	}
	defer seen.Close()
	dpi := min(drawDPI, 72*math.Sqrt(drawPixels/max(p.width*p.height, 1)))
	img, err := seen.Render(dpi, geom.Rect{})
	if err != nil {
		return fmt.Errorf("draw page %d: %w", i+1, err)
	}
	if err := w.cover(img, p, pl); err != nil {
		return fmt.Errorf("draw page %d: %w", i+1, err)
	}
	for _, a := range w.f.Array(p.object.Dict["Annots"]) { // form fields stay, but nothing draws them any more
		if d := w.f.Dict(a); d != nil {
			delete(d, "AP")
			delete(d, "MK")
		}
	}
	var words []picture.Word
	var face picture.Font
	if w.search {
		if face, err = w.font(); err != nil {
			return err
		}
		words = p.staying(pl)
	}
	if err := picture.PageAsPicture(w.f, p.object, img, words, face); err != nil {
		return fmt.Errorf("draw page %d: %w", i+1, err)
	}
	return nil
}

// cover hides in the picture of a page what goes from it.
func (w *writing) cover(img *image.NRGBA, p *page, pl *pagePlan) error {
	view, _, _ := p.object.View()
	k := float64(img.Rect.Dx()) / p.width
	pixels := view.Then(geom.Scale(k, k))
	var rs []redact.Redaction
	add := func(b geom.Rect, r redact.Redaction) {
		box := image.Rect(int(math.Floor(b.X0)), int(math.Floor(b.Y0)), int(math.Ceil(b.X1)), int(math.Ceil(b.Y1))).Intersect(img.Rect)
		if !box.Empty() {
			r.Region = redact.Region{Box: box, Start: r.Region.Start, End: r.Region.End}
			rs = append(rs, r)
		}
	}
	for _, c := range pl.cuts {
		for _, b := range p.hulls(c.Glyphs) {
			add(b.Through(pixels), redact.Redaction{Kind: c.kind, With: c.With, Region: redact.Region{End: 1}})
		}
	}
	for _, k := range pl.drop {
		if g := p.drawn.Glyphs[k]; g.Hidden&unseen == 0 {
			add(g.Box.Through(pixels), redact.Redaction{Kind: redact.Drawn})
		}
	}
	for _, g := range pl.regions {
		r := g.Order
		r.Landmarks = slices.Clone(r.Landmarks)
		for n, l := range r.Landmarks {
			q := pixels.Apply(geom.Point{X: float64(l[0]), Y: float64(l[1])})
			r.Landmarks[n] = [2]float32{float32(q.X), float32(q.Y)}
		}
		add(g.Box.Through(pixels), r)
	}
	return w.painter.Hide(img, rs)
}

// snap is the step, in ems, of the width of what is covered in a page's picture:
// a name cannot be told by the width of its cover.
const snap = 4

// hulls are boxes around glyphs, one a line, in default user space, wider than
// the glyphs by steps that tell nothing of them.
func (p *page) hulls(glyphs []int) (boxes []geom.Rect) {
	for n, k := range glyphs {
		g := p.drawn.Glyphs[k]
		if n > 0 {
			prev := p.drawn.Glyphs[glyphs[n-1]]
			if math.Hypot(g.Origin.X-prev.Origin.X, g.Origin.Y-prev.Origin.Y) < 3*max(g.Size, 1)+math.Hypot(prev.Advance.X, prev.Advance.Y) {
				last := &boxes[len(boxes)-1]
				*last = last.Union(g.Box)
				continue
			}
		}
		boxes = append(boxes, g.Box)
	}
	for i, b := range boxes {
		size := p.drawn.Glyphs[glyphs[0]].Size
		step := snap * max(size, 1)
		if b.W() >= b.H() {
			b.X1 = b.X0 + step*math.Ceil(b.W()/step)
		} else {
			b.Y0 = b.Y1 - step*math.Ceil(b.H()/step)
		}
		boxes[i] = b
	}
	return boxes
}

// staying are the words of a page that stay, with their places.
func (p *page) staying(pl *pagePlan) (words []picture.Word) {
	gone := map[int]bool{}
	for _, c := range pl.cuts {
		for _, k := range c.Glyphs {
			gone[k] = true
		}
	}
	for _, k := range pl.drop {
		gone[k] = true
	}
	for _, l := range p.lines {
		var word picture.Word
		flush := func() {
			if word.Text != "" {
				words = append(words, word)
			}
			word = picture.Word{}
		}
		for _, r := range l.Runes {
			if r.Glyph < 0 || r.R == ' ' || r.Unknown || gone[r.Glyph] || slices.ContainsFunc(r.Also, func(k int) bool { return gone[k] }) {
				flush()
				continue
			}
			word.Text += string(r.R)
			word.Box = word.Box.Union(r.Box)
		}
		flush()
	}
	return words
}
