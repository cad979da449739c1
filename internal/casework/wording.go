package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"consentry/redact"
)

// Wording says what stands in a text instead of what is hidden.
type Wording interface {
	// ID names the method and its dictionary.
	ID() string
	// Names are what subjects are called in general words: a company by its trade
	// and size, a person by post and company. Two never share a name. What it
	// gives knows a subject by its key; false where it does not.
	Names(subjects []Named) func(key string, lang redact.Lang) (string, bool)
	// Instead is the general form of another hidden thing: a post's function, a
	// place's region, half a year; false where it has none.
	Instead(kind redact.Kind, text string, lang redact.Lang) (string, bool)
	// Ours are the runs of runes in a text that Names or Pseudonyms may have
	// written, and General says so of a post or a place: they are not found again.
	Ours(text []rune) [][2]int
	General(kind redact.Kind, text string) bool
	// Smooth mends the grammar around replacements in a span's text. They do not
	// overlap, before and after; each may grow and none shrinks.
	Smooth(s redact.Span, rs []redact.Redaction) []redact.Redaction
	// Clues lists what still singles somebody out beside the regions that are
	// hidden on a page.
	Clues(p redact.Page, hidden []redact.Region) []Clue
}

// Named is a subject of a case, for Wording.Names and Pseudonyms.
type Named struct {
	Key  string
	Kind redact.Kind
	Name string // its fullest form in the case
	Of   string // of a person: the key of the employer, or empty

	General string // a company's own general form, or empty: nothing else is told of it

	Apart string // tells it from another of the same name in the case, or empty

	Registered bool // Key is the registry's
	Hidden     bool // somewhere in the case
}

// A Clue is a place that stays and may tell whom a text is about.
type Clue struct {
	Asset   int // index in Case.Assets
	Region  redact.Region
	Text    string // as written
	Class   string // of the dictionary: superlative, exact-date, …
	Weight  float64
	Why     redact.Words
	Instead string // what may stand there, or empty
	Exact   bool   // Instead can stand there as it is; else it is advice
}

// replacements are the orders for one asset's texts that are not in pictures:
// what overlaps joined under the label of the longest, the grammar around them
// mended.
func (p *Plan) replacements(asset int, rs []redact.Redaction) []redact.Redaction {
	type place struct {
		part       string
		page, span int
	}
	seen := map[place]bool{}
	for _, page := range p.pages[asset] {
		for _, s := range page.Spans {
			if s.Seen {
				seen[place{page.Part, page.Index, s.ID}] = true
			}
		}
	}
	by := map[place][]redact.Redaction{}
	out := rs[:0:0]
	for _, r := range rs {
		if g := r.Region; g.IsText() && !seen[place{g.Part, g.Page, g.Span}] {
			by[place{g.Part, g.Page, g.Span}] = append(by[place{g.Part, g.Page, g.Span}], r)
		} else {
			out = append(out, r)
		}
	}
	for _, page := range p.pages[asset] {
		for _, s := range page.Spans {
			at := place{page.Part, page.Index, s.ID}
			if list := by[at]; len(list) > 0 {
				delete(by, at)
				out = append(out, p.words.Smooth(s, joined(list))...)
			}
		}
	}
	for _, list := range by { // of a span that was not kept
		out = append(out, list...)
	}
	slices.SortStableFunc(out, func(a, b redact.Redaction) int {
		return cmp.Or(cmp.Compare(a.Region.Part, b.Region.Part), cmp.Compare(a.Region.Page, b.Region.Page), cmp.Compare(a.Region.Start, b.Region.Start))
	})
	return out
}

// joined are redactions of one span in order, those that overlap as one under the
// label of the longest.
func joined(rs []redact.Redaction) []redact.Redaction {
	slices.SortStableFunc(rs, func(a, b redact.Redaction) int { return cmp.Compare(a.Region.Start, b.Region.Start) })
	var out []redact.Redaction
	longest := 0
	for _, r := range rs {
		n := len(out) - 1
		if n < 0 || r.Region.Start >= out[n].Region.End {
			out = append(out, r)
			longest = r.Region.End - r.Region.Start
			continue
		}
		start, end := out[n].Region.Start, max(out[n].Region.End, r.Region.End)
		if l := r.Region.End - r.Region.Start; l > longest {
			out[n], longest = r, l
		}
		out[n].Region.Start, out[n].Region.End = start, end
	}
	return out
}

// withoutOurs leaves out what was found in words that this program writes.
func (d *Desk) withoutOurs(pages []redact.Page, fs []redact.Finding) []redact.Finding {
	if d.Wording == nil {
		return fs
	}
	type place struct {
		part       string
		page, span int
	}
	ours := map[place][][2]int{}
	for _, page := range pages {
		for _, s := range page.Spans {
			for _, o := range d.Wording.Ours([]rune(s.Text)) {
				at := place{page.Part, page.Index, s.ID}
				ours[at] = append(ours[at], [2]int{o[0] + s.Offset, o[1] + s.Offset})
			}
		}
	}
	return slices.DeleteFunc(fs, func(f redact.Finding) bool {
		r := f.Region
		if !r.IsText() || registered(f) {
			return false
		}
		return d.Wording.General(f.Kind, f.Text) || slices.ContainsFunc(ours[place{r.Part, r.Page, r.Span}], func(o [2]int) bool { return o[0] <= r.Start && r.End <= o[1] })
	})
}

// Replaced gives the runs of text that go from a span of an asset, and what stands
// there instead, in order. They are worked out once for all spans.
func (p *Plan) Replaced(asset int) func(redact.Page, redact.Span) []redact.Redaction {
	all := p.redactions(asset, stronger{})
	return func(page redact.Page, s redact.Span) []redact.Redaction {
		var out []redact.Redaction
		for _, r := range all {
			if g := r.Region; g.IsText() && g.Part == page.Part && g.Page == page.Index && g.Span == s.ID {
				out = append(out, r)
			}
		}
		return joined(out)
	}
}

// Clues lists what may still tell whom the case is about, the surest first.
func (d *Desk) Clues(ctx context.Context, p *Plan) ([]Clue, error) {
	if d.Wording == nil {
		return nil, nil
	}
	var out []Clue
	for i := range p.Case.Assets {
		if p.Assets[i].Err != nil {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, page := range p.pages[i] {
			if redact.IsDropped(page.Part) {
				continue // dropped from every output
			}
			var hidden []redact.Region
			for _, it := range p.Items {
				if r := it.Finding.Region; it.Asset == i && it.Hidden() && r.Part == page.Part && r.Page == page.Index {
					hidden = append(hidden, r)
				}
			}
			for _, h := range d.Wording.Clues(page, hidden) {
				h.Asset = i
				out = append(out, h)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Clue) int { return cmp.Compare(b.Weight, a.Weight) })
	return out, nil
}

// Soften takes a clue up: what it is about reads otherwise in the output. Without
// words of the caller's the proposal stands there, where it can.
func (d *Desk) Soften(ctx context.Context, p *Plan, h Clue, with, by string) error {
	if with == "" && h.Exact {
		with = h.Instead
	}
	if with == "" {
		return fmt.Errorf("%w: the proposal cannot stand there as it is; say what does", ErrAnswer)
	}
	return d.Answer(ctx, p, Answer{Action: Draw, Asset: p.Case.Assets[h.Asset].Digest, Region: h.Region, Kind: redact.Other, With: with, By: by})
}
