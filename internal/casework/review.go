package casework

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"consentry/redact"
)

func isLetter(r rune) bool { return unicode.IsLetter(r) }

// ErrAnswer is wrapped where an answer cannot be taken.
var ErrAnswer = errors.New("this answer cannot be taken")

// Answer takes one decision of a reviewer, keeps it with the case and decides
// anew. It refuses, with ErrAnswer, what would show somebody without a consent.
func (d *Desk) Answer(ctx context.Context, p *Plan, a Answer) error {
	if err := d.check(ctx, p, &a); err != nil {
		return err
	}
	a.At = d.now()
	p.Case.Answers, p.Case.Undone = append(p.Case.Answers, a), nil
	return d.settle(ctx, p)
}

// check says whether an answer may be taken, and puts it into the form it is
// kept in.
func (d *Desk) check(ctx context.Context, p *Plan, a *Answer) error {
	if a.By == "" {
		return fmt.Errorf("%w: it needs the reviewer's name", ErrAnswer)
	}
	a.With = strings.TrimSpace(a.With)
	it := p.Item(a.Item)
	switch a.Action {
	case Draw:
		return p.mayDraw(*a)
	case Move:
		return p.mayMove(it, a)
	case CoverIt:
		return mayCover(it, a)
	case FormIt:
		return mayForm(it, a)
	case FindAll:
		return d.mayFind(ctx, p, a)
	case Phrase:
		return p.mayPhrase(it, a)
	case NoteIt:
		return mayNote(it, a)
	case LookedAt:
		a.Item, a.Text = "", ""
		if !slices.ContainsFunc(p.Case.Assets, func(x Asset) bool { return x.Digest == a.Asset }) {
			return fmt.Errorf("%w: the case has no such file", ErrAnswer)
		}
		return nil
	case Identify, HideIt, Clear, Delete:
		return d.mayDecide(ctx, p, it, a)
	}
	return fmt.Errorf("%w: no action %q", ErrAnswer, a.Action)
}

func (p *Plan) mayDraw(a Answer) error {
	i := slices.IndexFunc(p.Case.Assets, func(x Asset) bool { return x.Digest == a.Asset })
	if i < 0 {
		return fmt.Errorf("%w: the case has no such file", ErrAnswer)
	}
	if err := p.checkRegion(i, a.Region); err != nil {
		return err
	}
	if a.With != "" {
		if !a.Region.IsText() {
			return fmt.Errorf("%w: only a text is replaced by words", ErrAnswer)
		}
		if err := p.checkPhrase(&a); err != nil {
			return err
		}
	}
	if !slices.Contains(DrawnKinds, a.holds()) {
		return fmt.Errorf("%w: nothing drawn is of the kind %q", ErrAnswer, a.Kind)
	}
	if it := p.Item(a.DrawnID()); it != nil && it.IsDrawn() {
		return fmt.Errorf("%w: it is drawn already", ErrAnswer)
	}
	return nil
}

func (p *Plan) mayMove(it *Item, a *Answer) error {
	switch {
	case it == nil:
		return fmt.Errorf("%w: no such finding", ErrAnswer)
	case it.RestOf != "":
		return fmt.Errorf("%w: this is where a moved box was found; move the box itself, or clear this place", ErrAnswer)
	case !it.Movable():
		return fmt.Errorf("%w: only a box in a picture can be moved", ErrAnswer)
	}
	to := it.Finding.Region
	to.Box = a.Region.Box
	a.Region, a.Text = to, ""
	return p.checkRegion(it.Asset, to)
}

func mayCover(it *Item, a *Answer) error {
	switch {
	case it == nil:
		return fmt.Errorf("%w: no such finding", ErrAnswer)
	case it.Holds() != redact.Face || it.Finding.Region.IsText():
		return fmt.Errorf("%w: only with a face is the person below covered", ErrAnswer)
	case a.Cover != CoverFace && a.Cover != CoverPerson:
		return fmt.Errorf("%w: the cover is face or person", ErrAnswer)
	}
	return nil
}

// mayDecide checks an answer that says what a finding is. It makes a delete of
// something found the clear that it is, and a clear of something drawn a delete.
func (d *Desk) mayDecide(ctx context.Context, p *Plan, it *Item, a *Answer) error {
	if it == nil && (a.Text == "" || a.Action == Delete) {
		return fmt.Errorf("%w: no such finding", ErrAnswer)
	}
	drawn := it != nil && it.IsDrawn()
	switch {
	case drawn && a.Action == Clear:
		a.Action = Delete
	case !drawn && a.Action == Delete:
		a.Action = Clear
	}
	switch a.Action {
	case Identify:
		if _, err := d.Registry.Subject(ctx, a.Subject); err != nil {
			return fmt.Errorf("%w: %w", ErrAnswer, err)
		}
		if drawn && !it.Identifiable() {
			return fmt.Errorf("%w: a code is nobody's", ErrAnswer)
		}
	case Clear:
		return d.mayClear(ctx, p, it, *a)
	}
	return nil
}

// mayClear tries the answer: what it would not show is not kept as cleared.
func (d *Desk) mayClear(ctx context.Context, p *Plan, it *Item, a Answer) error {
	if it == nil {
		return fmt.Errorf("%w: name the finding that is cleared", ErrAnswer)
	}
	if it.Finding.Region.IsText() {
		switch {
		case it.Finding.Tier == redact.Sure && !it.clearableSure() && !judgeable(it.Finding):
			return fmt.Errorf("%w: sensitive personal information that is sure is not cleared; it needs a separate consent", ErrAnswer)
		case it.Finding.Tier == redact.Sure && !it.clearableSure() || len(it.Candidates) > 0:
			return fmt.Errorf("%w: a sure name, and one that somebody registered bears, is not cleared; put the text on the allow-list with a reason instead", ErrAnswer)
		case it.NeedsReason() && strings.TrimSpace(a.Reason) == "":
			return fmt.Errorf("%w: what is sure or sensitive is cleared with a written reason only", ErrAnswer)
		}
		return nil
	}
	if it.NeedsReason() && strings.TrimSpace(a.Reason) == "" {
		return fmt.Errorf("%w: the detector was sure; clearing it needs a written reason", ErrAnswer)
	}
	c, probe := *p.Case, *it
	c.Answers = append(slices.Clone(c.Answers), a)
	if err := d.decide(ctx, p, &c, &probe, d.now()); err != nil {
		return err
	}
	if probe.Exempt != ExemptCleared {
		return fmt.Errorf("%w: it shows somebody who is registered, or something that is never cleared; say who it is, or leave it hidden", ErrAnswer)
	}
	return nil
}

// NeedsReason reports whether a reviewer who clears it has to write down why: a
// detector was sure of it, or it is of a sensitive kind (PIPL 28).
func (it Item) NeedsReason() bool {
	return !it.IsDrawn() && (it.Finding.Tier == redact.Sure || it.Sensitivity == redact.Sensitive)
}

// Deletable reports whether a reviewer may take it back (drawn) or clear it
// (found), with a reason where it needs one.
func (it Item) Deletable() bool {
	switch {
	case it.IsDrawn():
		return true
	case it.Exempt != "" || len(it.Candidates) > 0 && (it.Answer == nil || it.Answer.Action != Identify || it.Finding.Region.IsText()):
		return false
	}
	return it.Finding.Tier == redact.Review || it.clearableSure()
}

// clearableSure are findings of the sure tier that a person may clear: boxes, and
// numbers and details that are not sensitive. A sure name is put on the allow-list
// instead, where it counts for every case.
func (it *Item) clearableSure() bool {
	if it.Finding.Region.IsText() {
		return !judgeable(it.Finding) && it.Sensitivity != redact.Sensitive && !it.IsDrawn()
	}
	switch it.Finding.Kind {
	case redact.Face, redact.Logo, redact.Code:
		return true
	}
	return false
}

func (it *Item) clearedSure() bool {
	return it.clearableSure() && it.Answer != nil && strings.TrimSpace(it.Answer.Reason) != ""
}

// settle saves the case and decides every item anew.
func (d *Desk) settle(ctx context.Context, p *Plan) error {
	if err := d.Save(ctx, p.Case); err != nil {
		return err
	}
	if err := d.addAsked(ctx, p); err != nil {
		return err
	}
	p.addDrawn()
	d.chain(p)
	return d.decideAll(ctx, p)
}
