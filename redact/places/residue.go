package places

import (
	"context"
	"errors"

	"consentry/redact/removed"
	"consentry/redact/splice"
)

var errPlace = errors.New("what is to be hidden stands where nothing else can")

// sweep searches what is kept without being shown.
func (d *Document) sweep(ctx context.Context, gone []removed.Replacement) (out []splice.Change, err error) {
	m := removed.NewReplacer(gone)
	if m.Empty() {
		return nil, nil
	}
	for i, p := range d.Places {
		if i%1000 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		t := p.Runs.Pieces(p.Write)
		s := []rune(t.String())
		hits := m.Hits(s)
		if len(hits) == 0 {
			continue
		}
		if p.Label == nil {
			return nil, errPlace
		}
		edits := make([]splice.Edit, len(hits))
		left, at := "", 0
		for k, h := range hits {
			edits[k] = splice.Edit{Start: h.Start, End: h.End, With: p.Label(h.With)}
			left += string(s[at:h.Start]) + edits[k].With
			at = h.End
		}
		if m.In(left + string(s[at:])) { // what stands instead made one anew
			edits = []splice.Edit{{Start: 0, End: len(s), With: p.Label("")}}
		}
		c, err := t.Edit(func(int) []byte { return d.Source }, edits)
		if err != nil {
			return nil, err
		}
		out = append(out, c...)
	}
	return out, nil
}
