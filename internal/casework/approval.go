package casework

import (
	"context"
	"fmt"
	"strings"
	"time"

	"consentry/redact"
)

// A Handover is a step of a case between whoever prepares it and whoever signs.
type Handover struct {
	What   HandoverKind `json:"what"`
	By     string       `json:"by"`
	Remark string       `json:"remark,omitempty"` // why it was sent back; sealed with the case, in no report
	At     time.Time    `json:"at"`
}

// HandoverKind says which way a case went.
type HandoverKind string

// The ways.
const (
	Submitted HandoverKind = "submitted" // to whoever signs
	SentBack  HandoverKind = "sent-back" // to whoever prepares it, with a remark
)

// Standing is how far a case is, in a word.
type Standing string

// The standings.
const (
	StandsNew      Standing = "new"     // not scanned yet
	StandsAsking   Standing = "asking"  // questions are open
	StandsReady    Standing = "ready"   // every question is answered
	StandsWaiting  Standing = "waiting" // for a signature
	StandsSentBack Standing = "sent-back"
	StandsReleased Standing = "released"
)

// A Tally is what was last counted in a case.
type Tally struct {
	At         time.Time `json:"at"`
	Asks       int       `json:"asks"` // people and things that a person decides about
	Hidden     int       `json:"hidden"`
	Shown      int       `json:"shown"`
	Unreadable int       `json:"unreadable,omitempty"`
}

// Last is the last handover; false if there was none.
func (c *Case) Last() (Handover, bool) {
	if n := len(c.Handovers); n > 0 {
		return c.Handovers[n-1], true
	}
	return Handover{}, false
}

// Stands is how far a case is; released is when it was last signed, zero if never.
// What was done last counts.
func (c *Case) Stands(released time.Time) Standing {
	last, ok := c.Last()
	changed := c.Created
	if n := len(c.Answers); n > 0 {
		changed = c.Answers[n-1].At
	}
	if c.Changed.After(changed) {
		changed = c.Changed
	}
	switch {
	case !released.IsZero() && !released.Before(changed) && (!ok || !released.Before(last.At)):
		return StandsReleased
	case ok && last.What == Submitted && !last.At.Before(changed):
		return StandsWaiting
	case ok && last.What == SentBack:
		return StandsSentBack
	case c.Tally.At.IsZero():
		return StandsNew
	case c.Tally.Asks > 0:
		return StandsAsking
	}
	return StandsReady
}

// Submit lays a case before whoever signs. It has to be free of questions: a
// proof is made when somebody opens it to sign, from what is kept.
func (d *Desk) Submit(ctx context.Context, p *Plan, by string) error {
	if len(p.Questions()) > 0 {
		return ErrUnsettled
	}
	if p.Case.Look == Fast {
		return ErrPreview
	}
	return d.handOver(ctx, p.Case, Handover{What: Submitted, By: by})
}

// SendBack returns a case to whoever prepares it. It needs a remark.
func (d *Desk) SendBack(ctx context.Context, c *Case, by, remark string) error {
	if strings.TrimSpace(remark) == "" {
		return fmt.Errorf("send back: %w: it needs a remark", ErrAnswer)
	}
	return d.handOver(ctx, c, Handover{What: SentBack, By: by, Remark: strings.TrimSpace(remark)})
}

func (d *Desk) handOver(ctx context.Context, c *Case, h Handover) error {
	if strings.TrimSpace(h.By) == "" {
		return fmt.Errorf("hand over: %w: it needs a name", ErrAnswer)
	}
	h.At = d.now()
	c.Handovers = append(c.Handovers, h)
	return d.Save(ctx, c)
}

// Draft is the report of a package that withstood every attack and is not signed
// yet, for whoever signs it.
func (d *Desk) Draft(ctx context.Context, p *Proof) (Report, error) {
	if p == nil || p.edition == nil {
		return Report{}, ErrUnproved
	}
	return d.report(ctx, p, nil, d.now())
}

// Written lists the files of a proved package as assets of their own, named as
// they will be published, as long as the package is neither signed nor closed.
func (p *Proof) Written() []Asset {
	var as []Asset
	for _, f := range p.edition.files {
		a := Asset{Asset: f.written, Path: f.path}
		a.Name = f.name
		as = append(as, a)
	}
	return as
}

// Pages reads the pages of an asset, for somebody to look at.
func (d *Desk) Pages(ctx context.Context, a Asset) ([]redact.Page, error) {
	doc, src, err := d.open(ctx, a)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	return (&Sight{doc}).Pages(ctx)
}
