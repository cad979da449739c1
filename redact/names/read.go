package names

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// readAll finds the candidates in blocks, at runes of the span that they are of.
// The models see one piece at a time and share nothing, so that the pieces of a
// long text go to all processors.
func (d *Detector) readAll(ctx context.Context, bs []block) ([]candidate, error) {
	type piece struct {
		of block
		place
	}
	var all []piece
	for _, b := range bs {
		for _, p := range pieces(b.text) {
			all = append(all, piece{b, p})
		}
	}
	found, errs := make([][]candidate, len(all)), make([]error, len(all))
	var next atomic.Int64
	work := func() {
		for i := int(next.Add(1)) - 1; i < len(all); i = int(next.Add(1)) - 1 {
			p := all[i]
			if errs[i] = ctx.Err(); errs[i] != nil {
				return
			}
			found[i], errs[i] = d.read(ctx, p.of.text[p.start:p.end])
			for k, c := range moved(found[i], p.start) {
				found[i][k].start, found[i][k].end = p.of.at[c.start], p.of.at[c.end-1]+1
			}
		}
	}
	var others sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(all)) - 1 {
		others.Go(work)
	}
	work()
	others.Wait()
	var out []candidate
	for i := range all {
		if errs[i] != nil {
			return nil, errs[i]
		}
		out = append(out, found[i]...)
	}
	return out, nil
}
