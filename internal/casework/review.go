package casework

import (
	"context"
	"errors"
	"fmt"
	"unicode"

	"consentry/redact"
)

func isLetter(r rune) bool { return unicode.IsLetter(r) }

// ErrAnswer is wrapped where an answer cannot be taken.
var ErrAnswer = errors.New("this answer cannot be taken")

// answerTo is the last answer that concerns the item.
func (c *Case) answerTo(it *Item) *Answer {
	for i := len(c.Answers) - 1; i >= 0; i-- {
		a := &c.Answers[i]
		if a.Action == Draw {
			continue
		}
		if a.Item == it.ID || a.Text != "" && it.Finding.Region.IsText() && fold(a.Text) == fold(it.Finding.Text) {
			return a
		}
	}
	return nil
}

// Answer takes one decision of a reviewer, keeps it with the case and decides
// anew. It refuses, with ErrAnswer, what would show somebody without a consent.
func (d *Desk) Answer(ctx context.Context, p *Plan, a Answer) error {
	if a.By == "" {
		return fmt.Errorf("%w: it needs the reviewer's name", ErrAnswer)
	}
	it := p.Item(a.Item)
	switch a.Action {
	case Draw:
		if a.Region.Box.Empty() && !a.Region.IsText() {
			return fmt.Errorf("%w: the region is empty", ErrAnswer)
		}
	case Identify:
		if _, err := d.Registry.Subject(ctx, a.Subject); err != nil {
			return fmt.Errorf("%w: %w", ErrAnswer, err)
		}
		fallthrough
	case HideIt, Clear:
		if it == nil && a.Text == "" {
			return fmt.Errorf("%w: no such finding", ErrAnswer)
		}
		if it != nil && it.Finding.Kind == redact.Drawn {
			return fmt.Errorf("%w: what was drawn is taken back by undo only", ErrAnswer)
		}
		if a.Action == Clear && (it == nil || it.Finding.Tier != redact.Review || len(it.Candidates) > 0) {
			return fmt.Errorf("%w: only a finding of the review tier that names nobody registered can be cleared; put the text on the allow-list with a reason instead", ErrAnswer)
		}
	default:
		return fmt.Errorf("%w: no action %q", ErrAnswer, a.Action)
	}
	a.At = d.now()
	p.Case.Answers = append(p.Case.Answers, a)
	return d.settle(ctx, p)
}

// Undo takes the last answer back and returns it; one that was given to a group,
// for the whole group.
func (d *Desk) Undo(ctx context.Context, p *Plan) (Answer, error) {
	n := len(p.Case.Answers)
	if n == 0 {
		return Answer{}, fmt.Errorf("%w: nothing to undo", ErrAnswer)
	}
	a := p.Case.Answers[n-1]
	p.Case.Answers = p.Case.Answers[:n-together(p.Case.Answers)]
	return a, d.settle(ctx, p)
}

// settle saves the case and decides every item anew.
func (d *Desk) settle(ctx context.Context, p *Plan) error {
	if err := d.Save(ctx, p.Case); err != nil {
		return err
	}
	kept := p.Items[:0]
	for _, it := range p.Items {
		if it.Finding.Kind != redact.Drawn {
			kept = append(kept, it)
		}
	}
	p.Items = kept
	p.addDrawn()
	return d.decideAll(ctx, p)
}
