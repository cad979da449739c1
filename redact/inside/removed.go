package inside

import (
	"context"

	"consentry/redact"
	"consentry/redact/removed"
)

// What is removed anywhere in a file goes from all of it, from the places too that
// are shown to nobody: from the names in a workbook inside what was removed from
// the text around it, and the other way round.

type removedKey struct{}

// WithRemoved tells the files inside what was removed outside them.
func WithRemoved(ctx context.Context, gone []removed.Replacement) context.Context {
	return context.WithValue(ctx, removedKey{}, gone)
}

// Removed is what was removed outside the file that is being rewritten.
func Removed(ctx context.Context) []removed.Replacement {
	gone, _ := ctx.Value(removedKey{}).([]removed.Replacement)
	return gone
}

// Removed are the texts that orders for the files inside take away. next is the
// index of their first body page.
func (f *Files) Removed(ctx context.Context, next int, rs []redact.Redaction) (gone []removed.Replacement, err error) {
	_, within, err := f.Split(ctx, next, rs)
	if err != nil {
		return nil, err
	}
	type page struct {
		part  string
		index int
	}
	for i, rs := range within {
		by := map[page][]redact.Redaction{}
		for _, r := range rs {
			if g := r.Region; g.IsText() {
				by[page{g.Part, g.Page}] = append(by[page{g.Part, g.Page}], r)
			}
		}
		if len(by) == 0 {
			continue
		}
		for p, err := range f.list[i].Pages(ctx) {
			if err != nil {
				return nil, err
			}
			for _, r := range by[page{p.Part, p.Index}] {
				for _, s := range p.Spans {
					runes := []rune(s.Text)
					if a, b := r.Region.Start-s.Offset, r.Region.End-s.Offset; s.ID == r.Region.Span && a >= 0 && b <= len(runes) && a < b {
						gone = append(gone, removed.Replacement{Text: string(runes[a:b]), With: r.With})
					}
				}
			}
		}
	}
	return gone, nil
}
