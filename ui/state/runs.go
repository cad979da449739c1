package state

import (
	"cmp"
	"slices"

	"consentry/internal/casework"
	"consentry/redact"
)

// A Run is a stretch of a text file as the window shows it.
type Run struct {
	Text  string // what is shown: the original, or the label instead of it
	Item  int    // index in Plan.Items, or -1 for text that is no finding
	Start int    // runes before it in the part
	Len   int    // runes of the original it stands for
}

// Runs is the text of an asset: the original, or as the public will see it. Of
// findings that overlap, a hidden one wins.
func Runs(p *casework.Plan, asset int, original bool) []Run {
	var runs []Run
	for _, page := range p.Pages(asset) {
		if page.Part != redact.PartBody {
			continue
		}
		var marks []int
		for i, it := range p.Items {
			r := it.Finding.Region
			if it.Asset == asset && r.IsText() && r.Part == page.Part && r.Page == page.Index {
				marks = append(marks, i)
			}
		}
		slices.SortFunc(marks, func(a, b int) int {
			x, y := p.Items[a].Finding.Region, p.Items[b].Finding.Region
			return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(y.End, x.End))
		})
		for _, s := range page.Spans {
			runs = append(runs, spanRuns(p, s, marks, original)...)
		}
	}
	return runs
}

func spanRuns(p *casework.Plan, s redact.Span, marks []int, original bool) []Run {
	rs := []rune(s.Text)
	end := s.Offset + len(rs)
	at := s.Offset
	var runs []Run
	plain := func(to int) {
		if to > at {
			runs = append(runs, Run{string(rs[at-s.Offset : to-s.Offset]), -1, at, to - at})
			at = to
		}
	}
	for k := 0; k < len(marks); k++ {
		it := p.Items[marks[k]]
		r := it.Finding.Region
		if r.Span != s.ID || r.End <= at || r.Start >= end {
			continue
		}
		from, to, who := max(r.Start, at), min(r.End, end), marks[k]
		// Findings that reach into this one are shown as one stretch.
		for k+1 < len(marks) {
			o := p.Items[marks[k+1]]
			if o.Finding.Region.Start >= to || o.Finding.Region.Span != s.ID {
				break
			}
			to = max(to, min(o.Finding.Region.End, end))
			if o.Hidden() && !p.Items[who].Hidden() {
				who = marks[k+1]
			}
			k++
		}
		plain(from)
		text := string(rs[from-s.Offset : to-s.Offset])
		if p.Items[who].Hidden() && !original {
			text = p.Items[who].Label
		}
		runs = append(runs, Run{text, who, from, to - from})
		at = to
	}
	plain(end)
	return runs
}

// TextRegion is the region of runes from to to of an asset's text, for a mark
// drawn by hand; false where they are not within one span.
func TextRegion(p *casework.Plan, asset, from, to int) (redact.Region, bool) {
	for _, page := range p.Pages(asset) {
		if page.Part != redact.PartBody {
			continue
		}
		for _, s := range page.Spans {
			if from >= s.Offset && to <= s.Offset+len([]rune(s.Text)) && from < to {
				return redact.Region{Part: page.Part, Page: page.Index, Span: s.ID, Start: from, End: to}, true
			}
		}
	}
	return redact.Region{}, false
}
