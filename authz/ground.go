package authz

import (
	"slices"
	"time"
)

// A Ground is a recorded claim to a basis other than consent, or to a statutory
// exception, for one subject: its evidence, and who approved it. It never makes
// up for a refusal.
type Ground struct {
	ID       string    `json:"id"`
	Subject  SubjectID `json:"subject"`
	Case     string    `json:"case,omitempty"` // empty: every case
	Claim    Claim     `json:"claim"`
	Purposes []Purpose `json:"purposes,omitempty"` // empty: none
	By       string    `json:"by"`
	At       time.Time `json:"at"`
	Until    time.Time `json:"until,omitzero"` // exclusive; zero is without an end
	Approval *Approval `json:"approval,omitempty"`
	Revoked  time.Time `json:"revoked,omitzero"`
}

// Covers reports whether the ground was recorded for such a use in such a case,
// and stands at the moment the use is decided on. What it is worth, [Pack.Decide]
// says.
func (g Ground) Covers(f Facts) bool {
	switch {
	case g.ID == "" || g.At.IsZero() || g.At.After(f.now()):
		return false
	case !g.Revoked.IsZero() && !g.Revoked.After(f.now()):
		return false
	case !g.Until.IsZero() && !f.Use.At.Before(g.Until):
		return false
	case g.Case != "" && g.Case != f.Case:
		return false
	}
	return slices.Contains(g.Purposes, f.Use.Purpose)
}

// onGrounds is the best decision that a recorded ground of the subject leads to;
// where none is better than d, it is d.
func (p *Pack) onGrounds(f Facts, id SubjectID, d Decision) Decision {
	for _, g := range f.Grounds {
		if d.Verdict == Show {
			break
		}
		if g.Subject != id || !g.Covers(f) {
			continue
		}
		put := f
		put.Claim, put.Approval, put.PreparedBy = g.Claim, g.Approval, g.By
		if got := p.judge(put, id); got.Verdict > d.Verdict {
			d, d.Ground = got, g.ID
		}
	}
	return d
}
