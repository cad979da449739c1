package pdf

import (
	"fmt"
	"image"
	"slices"
	"strings"

	"consentry/redact"
	"consentry/redact/pdf/content"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/layout"
	"consentry/redact/pdf/picture"
	"consentry/redact/pdf/setting"
)

// pagePlan is what goes from one page.
type pagePlan struct {
	cuts    []cut
	drop    []int            // glyphs under boxes and hidden ones
	regions []picture.Region // what no picture and no path may show
	strip   map[int]bool     // marks
	texts   []string         // what was removed, as written
	labels  []string         // beside texts: what stands instead
	// Why the page cannot be rewritten but only drawn; empty where it can.
	draw string
}

// A cut is a text that goes, with what is needed to join its halves.
type cut struct {
	setting.Cut
	kind redact.Kind
	ends int // the span at whose end it ends, but for a hyphen, or -1
}

// What is hidden from readers is not published: it is nobody's loss, and what
// somebody once covered instead of removing goes for good. Text that cannot be
// seen because it lies under the picture of a scan, or is drawn without ink over
// it, is how scans are made searchable, and stays.
const unseen = content.Clipped | content.OffPage | content.Layer | content.SameColour | content.Covered | content.Tiny | content.Undrawn

// plan places the orders for one page. marked are the areas of redactions that
// somebody marked and never applied.
func (p *page) plan(i int, rs []redact.Redaction, marked []geom.Rect) (pagePlan, error) {
	pl := pagePlan{strip: map[int]bool{}}
	view, _, _ := p.object.View()
	user, ok := view.Inverse()
	if !ok {
		return pl, fmt.Errorf("page %d has no area", i+1)
	}
	spoken := p.saidSpans()
	rs = slices.Clone(rs)
	slices.SortStableFunc(rs, func(a, b redact.Redaction) int { return a.Region.Start - b.Region.Start })
	for _, r := range rs {
		g := r.Region
		switch {
		case g.IsText() && g.Span >= 0 && g.Span < len(p.spans):
			if err := pl.cut(p, r); err != nil {
				return pl, fmt.Errorf("page %d: %w", i+1, err)
			}
		case g.IsText() && g.Span >= len(p.spans) && g.Span < len(p.spans)+len(p.said):
			k := g.Span - len(p.spans)
			pl.strip[p.said[k].mark] = true
			runes, from := []rune(spoken[k].Text), g.Start-spoken[k].Offset
			to := from + g.End - g.Start
			if from < 0 || to > len(runes) {
				return pl, fmt.Errorf("page %d: a region outside its text", i+1)
			}
			pl.texts, pl.labels = append(pl.texts, string(runes[from:to])), append(pl.labels, r.With)
		case g.IsText() && pl.unread(p, r):
		case g.Box.Empty():
			return pl, fmt.Errorf("page %d: a region without a place", i+1)
		default:
			if g.IsText() && g.Span < len(p.spans)+len(p.said)+len(p.more) {
				pl.draw = whyRead
			}
			if !g.Box.Overlaps(image.Rect(0, 0, whole(p.width)+1, whole(p.height)+1)) {
				return pl, fmt.Errorf("page %d: a region outside the page", i+1)
			}
			b := geom.Rect{X0: float64(g.Box.Min.X), Y0: float64(g.Box.Min.Y), X1: float64(g.Box.Max.X), Y1: float64(g.Box.Max.Y)}.Through(user)
			for k, l := range r.Landmarks {
				q := user.Apply(geom.Point{X: float64(l[0]), Y: float64(l[1])})
				if k == 0 {
					r.Landmarks = slices.Clone(r.Landmarks)
				}
				r.Landmarks[k] = [2]float32{float32(q.X), float32(q.Y)}
			}
			pl.regions = append(pl.regions, picture.Region{Box: b, Order: r})
			if r.Kind != redact.Face && r.Kind != redact.Logo {
				pl.under(p, b)
			}
		}
	}
	for _, b := range marked {
		pl.regions = append(pl.regions, picture.Region{Box: b, Order: redact.Redaction{Kind: redact.Drawn}})
		pl.under(p, b)
	}
	for k, g := range p.drawn.Glyphs {
		if g.Hidden&unseen != 0 {
			pl.drop = append(pl.drop, k)
		}
	}
	slices.Sort(pl.drop)
	pl.drop = slices.Compact(pl.drop)
	return pl, nil
}

// cut takes the runes of a region out of their line. A name that goes on where
// the next line begins is one cut: one label stands for it.
func (pl *pagePlan) cut(p *page, r redact.Redaction) error {
	g, s := r.Region, p.spans[r.Region.Span]
	runes := []rune(s.Text)
	from, to := g.Start-s.Offset, g.End-s.Offset
	if from < 0 || to > len(runes) {
		return fmt.Errorf("a region outside its line")
	}
	glyphs := layout.GlyphsOf(p.lines, g.Span, from, to)
	if len(glyphs) == 0 {
		return nil // a space that nothing draws
	}
	text := string(runes[from:to])
	if !slices.ContainsFunc(glyphs, func(k int) bool { return p.drawn.Glyphs[k].Hidden&unseen == 0 }) {
		pl.texts, pl.labels = append(pl.texts, text), append(pl.labels, r.With)
		return nil // it goes with all that nobody sees: a label would say that it was there
	}
	if n := len(pl.cuts) - 1; n >= 0 && from == 0 && g.Span > 0 && pl.cuts[n].With == r.With && pl.cuts[n].kind == r.Kind && pl.cuts[n].ends == g.Span-1 {
		c := &pl.cuts[n]
		c.Glyphs = append(c.Glyphs, glyphs...)
		pl.texts, pl.labels = append(pl.texts, pl.texts[len(pl.texts)-1]+text), append(pl.labels, r.With)
		c.ended(g.Span, runes[to:])
		return nil
	}
	c := cut{Cut: setting.Cut{Glyphs: glyphs, With: r.With}, kind: r.Kind}
	c.ended(g.Span, runes[to:])
	pl.cuts, pl.texts, pl.labels = append(pl.cuts, c), append(pl.texts, text), append(pl.labels, r.With)
	return nil
}

// unread takes out what only PDFium reads, where we have the glyphs without knowing
// what they say.
func (pl *pagePlan) unread(p *page, r redact.Redaction) bool {
	k := r.Region.Span - len(p.spans) - len(p.said)
	if k < 0 || k >= len(p.more) {
		return false
	}
	s := p.missedSpans()[k]
	from, to := r.Region.Start-s.Offset, r.Region.End-s.Offset
	if from < 0 || to > len(s.Boxes) || from >= to {
		return false
	}
	glyphs := p.unread(p.more[k], from, to)
	if len(glyphs) == 0 {
		return false
	}
	pl.cuts = append(pl.cuts, cut{Cut: setting.Cut{Glyphs: glyphs, With: r.With}, kind: r.Kind, ends: -1})
	pl.texts, pl.labels = append(pl.texts, string([]rune(s.Text)[from:to])), append(pl.labels, r.With)
	return true
}

// ended notes whether a cut ends with its line, where rest is behind it.
func (c *cut) ended(line int, rest []rune) {
	c.ends = -1
	switch strings.TrimRight(string(rest), " ") {
	case "", "-", "‐":
		c.ends = line
	}
}

// under takes the glyphs that lie mostly under a box.
func (pl *pagePlan) under(p *page, b geom.Rect) {
	for k, g := range p.drawn.Glyphs {
		in := g.Box.Intersect(b)
		if in.Empty() {
			continue
		}
		if in.W() > 0.35*min(g.Box.W(), b.W()) && in.H() > 0.35*min(g.Box.H(), b.H()) {
			pl.drop = append(pl.drop, k)
		}
	}
}

// empty reports whether nothing of the page goes.
func (pl *pagePlan) empty() bool {
	return len(pl.cuts) == 0 && len(pl.drop) == 0 && len(pl.regions) == 0 && len(pl.strip) == 0 && pl.draw == ""
}
