package state

import (
	"cmp"
	"slices"
	"unicode/utf8"

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

// Runs is the text of a page of an asset: the original, or as the public will see
// it. Of findings that overlap, a hidden one wins. What stands in another block is
// in another line.
func Runs(p *casework.Plan, asset int, page redact.Page, original bool) []Run {
	replaced := func(redact.Page, redact.Span) []redact.Redaction { return nil }
	if !original {
		replaced = p.Replaced(asset)
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
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End))
	})
	var runs []Run
	end := 0
	for i, s := range page.Spans {
		if i > 0 && s.Offset > end {
			runs = append(runs, Run{"\n", -1, end, s.Offset - end})
		}
		runs = append(runs, spanRuns(p, s, marks, replaced(page, s))...)
		end = s.Offset + utf8.RuneCountInString(s.Text)
	}
	return runs
}

// spanRuns are a span's runs: what goes, with what stands there instead, and the
// findings that stay.
func spanRuns(p *casework.Plan, s redact.Span, marks []int, gone []redact.Redaction) []Run {
	rs := []rune(s.Text)
	end := s.Offset + len(rs)
	var found []Run
	for _, g := range gone {
		r := Run{Text: g.With, Item: -1, Start: g.Region.Start, Len: g.Region.End - g.Region.Start}
		for _, m := range marks {
			if o := p.Items[m]; o.Hidden() && o.Finding.Region.Span == s.ID && o.Finding.Region.Start < g.Region.End && g.Region.Start < o.Finding.Region.End {
				r.Item = m
				break
			}
		}
		found = append(found, r)
	}
	for k := 0; k < len(marks); k++ {
		r := p.Items[marks[k]].Finding.Region
		if r.Span != s.ID {
			continue
		}
		from, to, who := max(r.Start, s.Offset), min(r.End, end), marks[k]
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
		if from < to && !slices.ContainsFunc(gone, func(g redact.Redaction) bool { return g.Region.Start < to && from < g.Region.End }) {
			found = append(found, Run{string(rs[from-s.Offset : to-s.Offset]), who, from, to - from})
		}
	}
	slices.SortStableFunc(found, func(a, b Run) int { return cmp.Compare(a.Start, b.Start) })
	at := s.Offset
	var runs []Run
	for _, f := range append(found, Run{Start: end, Item: -1}) {
		if f.Start > at {
			runs = append(runs, Run{string(rs[at-s.Offset : f.Start-s.Offset]), -1, at, f.Start - at})
		}
		if f.Len > 0 {
			runs = append(runs, f)
		}
		at = f.Start + f.Len
	}
	return runs
}

// TextRegion is the region of runes from to to of a page's text, for a mark drawn
// by hand; false where they are not within one span.
func TextRegion(page redact.Page, from, to int) (redact.Region, bool) {
	for _, s := range page.Spans {
		if from >= s.Offset && to <= s.Offset+utf8.RuneCountInString(s.Text) && from < to {
			return redact.Region{Part: page.Part, Page: page.Index, Span: s.ID, Start: from, End: to}, true
		}
	}
	return redact.Region{}, false
}
