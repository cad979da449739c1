package casework

import (
	"context"
	"slices"
	"time"

	"consentry/authz"
	"consentry/redact"
)

// shownAs is what a consent calls a detail of a person: the kinds that it may
// cover beside the name. An employer's name is the employer's to show.
var shownAs = map[redact.Kind]authz.Shows{"post": "post", "department": "post"}

// near is how many runes a detail may stand from the name that it belongs to.
const near = 60

// decideDetails asks the policy about posts beside a person who is
// shown: a consent may cover them too. Without one they stay hidden, like
// everything that no consent lists.
func (d *Desk) decideDetails(ctx context.Context, p *Plan, now time.Time) error {
	var shown []*Item
	for i := range p.Items {
		if it := &p.Items[i]; it.Finding.Kind == redact.Person && it.Finding.Region.IsText() && it.Decision.Verdict == authz.Show && it.Decision.Subject != "" {
			shown = append(shown, it)
		}
	}
	if len(shown) == 0 {
		return nil
	}
	for i := range p.Items {
		it := &p.Items[i]
		shows, ok := shownAs[it.Finding.Kind]
		if !ok || it.Answer != nil || !it.Finding.Region.IsText() {
			continue
		}
		who := p.beside(it, shown)
		if who == nil {
			continue
		}
		f := authz.Facts{
			Use:        authz.Use{Purpose: p.Case.Purpose, Channel: p.Case.Channel, Territory: p.Case.Territory, At: p.Case.at(now), Shows: []authz.Shows{shows}},
			Identity:   authz.Identity{By: "text", Candidates: []authz.Candidate{{Subject: who.Decision.Subject, Score: 1}}},
			Subjects:   map[authz.SubjectID]authz.Subject{},
			Notices:    map[string]authz.Notice{},
			PreparedBy: p.Case.By,
			Claim:      authz.Claim{Basis: 1},
			Case:       p.Case.ID,
			KnownAt:    p.known,
		}
		if err := Gather(ctx, d.Registry, &f, who.Decision.Subject); err != nil {
			return err
		}
		if dec := d.Policy.Decide(f); dec.Verdict == authz.Show {
			it.Decision = dec
		}
	}
	return nil
}

// beside is the one shown person whose name stands nearest to a detail, on its
// line; nil where a person who is not shown stands nearer.
func (p *Plan) beside(it *Item, shown []*Item) *Item {
	var best *Item
	least := near + 1
	r := it.Finding.Region
	for i := range p.Items {
		o := &p.Items[i]
		if g := o.Finding.Region; o.Asset == it.Asset && o.Finding.Kind == redact.Person && g.IsText() && g.Same(r) && g.Span == r.Span {
			if n := max(g.Start-r.End, r.Start-g.End, 0); n < least && !p.lineBetween(it.Asset, r, g) {
				best, least = o, n
			}
		}
	}
	for _, s := range shown {
		if s == best {
			return s
		}
	}
	return nil
}

// lineBetween reports whether a line ends between two runs of a span's text.
func (p *Plan) lineBetween(asset int, a, b redact.Region) bool {
	if b.Start < a.Start {
		a, b = b, a
	}
	t, ok := p.textAt(asset, a)
	if !ok {
		return false
	}
	from, to := max(0, a.End-t.offset), min(b.Start-t.offset, len(t.runes))
	return from < to && slices.Contains(t.runes[from:to], '\n')
}
