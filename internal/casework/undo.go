package casework

import (
	"context"
	"fmt"
	"slices"
)

// mostUndone is how many things that were taken back can be given again.
const mostUndone = 200

// AnswerAll takes answers that belong together: all of them or none. They are
// taken back together, be it in a later session.
func (d *Desk) AnswerAll(ctx context.Context, p *Plan, as ...Answer) error {
	return d.give(ctx, p, as, func() { p.Case.Undone = nil })
}

// give takes answers as one. kept is called once all of them are taken.
func (d *Desk) give(ctx context.Context, p *Plan, as []Answer, kept func()) error {
	before := len(p.Case.Answers)
	if err := d.giveEach(ctx, p, as); err != nil {
		p.Case.Answers = p.Case.Answers[:before]
		if back := d.settle(ctx, p); back != nil {
			return back
		}
		return err
	}
	kept()
	return d.settle(ctx, p)
}

func (d *Desk) giveEach(ctx context.Context, p *Plan, as []Answer) error {
	at, batch := d.now(), ""
	if len(as) > 1 {
		// It has to differ from that of the answers before only.
		batch = fmt.Sprintf("b%d-%d", len(p.Case.Answers), at.UnixMicro())
	}
	for i, a := range as {
		if i > 0 && as[i-1].places() {
			if err := d.settle(ctx, p); err != nil { // what was drawn or moved is there for the next one
				return err
			}
		}
		if err := d.check(ctx, p, &a); err != nil {
			return err
		}
		a.At, a.Batch = at, batch
		p.Case.Answers = append(p.Case.Answers, a)
	}
	return nil
}

// places reports whether the answer makes, moves or removes items.
func (a Answer) places() bool {
	switch a.Action {
	case Draw, Move, Delete, FindAll:
		return true
	}
	return false
}

// Undo takes back what was answered last and returns it: one answer, or those
// that were given together. It can be given again by Redo until there is a new
// answer, be it in a later session.
func (d *Desk) Undo(ctx context.Context, p *Plan) ([]Answer, error) {
	n := len(p.Case.Answers)
	if n == 0 {
		return nil, fmt.Errorf("%w: nothing to undo", ErrAnswer)
	}
	n -= together(p.Case.Answers)
	back := slices.Clone(p.Case.Answers[n:])
	p.Case.Answers = p.Case.Answers[:n]
	p.Case.Undone = append(slices.Clone(p.Case.Undone), back)
	if over := len(p.Case.Undone) - mostUndone; over > 0 {
		p.Case.Undone = p.Case.Undone[over:]
	}
	return back, d.settle(ctx, p)
}

// Redo gives again what was taken back last. It is checked like a new answer:
// a registry that changed meanwhile may refuse it.
func (d *Desk) Redo(ctx context.Context, p *Plan) ([]Answer, error) {
	n := len(p.Case.Undone)
	if n == 0 {
		return nil, fmt.Errorf("%w: nothing to do again", ErrAnswer)
	}
	as := p.Case.Undone[n-1]
	return as, d.give(ctx, p, as, func() { p.Case.Undone = slices.Clone(p.Case.Undone[:n-1]) })
}

// together is how many of the last answers were given as one.
func together(as []Answer) int {
	n := len(as)
	if n == 0 {
		return 0
	}
	last, k := as[n-1], 1
	same := func(a Answer) bool {
		return last.Batch != "" && a.Batch == last.Batch || last.Group != "" && a.Group == last.Group && a.At.Equal(last.At)
	}
	for k < n && same(as[n-1-k]) {
		k++
	}
	return k
}
