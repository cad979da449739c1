package casework

import (
	"slices"

	"consentry/redact"
)

// stronger is how a file has to be rewritten so that it withstands the attacks.
type stronger struct {
	Firmer []firmer         `json:"firmer,omitempty"`
	Extra  []redact.Finding `json:"extra,omitempty"` // what only the attacks saw
}

// firmer is one region that the case's style did not hide well enough. It is
// known by its place, which stays the same whatever else is decided.
type firmer struct {
	Region redact.Region `json:"region"`
	Kind   redact.Kind   `json:"kind"`
	Method redact.Method `json:"method"`
}

// rounds bounds how often a leaking file is made stronger. From the round
// steps on every region that leaks is filled, so that a file with one stubborn
// face after another comes to an end.
const (
	rounds = 4
	steps  = 2
)

// method is how a finding is hidden in this file. Text and codes are filled
// whatever the style.
func (s stronger) method(f redact.Finding, style redact.Method) redact.Method {
	if f.Region.IsText() || f.Kind == redact.Code {
		return redact.Solid
	}
	if i := s.index(f); i >= 0 {
		return min(s.Firmer[i].Method, style) // the strongest of the methods is the least
	}
	return style
}

// methodOf is method for an item. A drawn region of words or a code is filled
// too: what little is told of it is the kind.
func (s stronger) methodOf(it *Item, style redact.Method) redact.Method {
	style = it.form.method(style)
	switch it.Holds() {
	case redact.Face, redact.Logo:
	default:
		if it.IsDrawn() {
			return redact.Solid
		}
	}
	return s.method(it.Finding, style)
}

func (s stronger) index(f redact.Finding) int {
	return slices.IndexFunc(s.Firmer, func(x firmer) bool { return x.Region == f.Region && x.Kind == f.Kind })
}

// raise gives a finding a stronger method than now, or the strongest; false where
// there is none.
func (s *stronger) raise(f redact.Finding, now redact.Method, strongest bool) bool {
	if now == redact.Solid {
		return false
	}
	next := redact.Solid
	if now == redact.Blur && !strongest {
		next = redact.Mosaic
	}
	if i := s.index(f); i >= 0 {
		s.Firmer[i].Method = next
	} else {
		s.Firmer = append(s.Firmer, firmer{f.Region, f.Kind, next})
	}
	return true
}

// strengthen answers the leaks of one round with a stronger form of what leaked,
// and of nothing else; false where there is none. removed is what the attacks
// were told, and methods how each of it was hidden.
func (s *stronger) strengthen(leaks []redact.Leak, removed []redact.Finding, methods []redact.Method, round int) (changed bool) {
	seen := map[int]bool{} // one step a round, however many attacks say so
	for _, l := range leaks {
		switch {
		case l.Removed < 0 && !l.Region.Box.Empty():
			s.Extra = append(s.Extra, redact.Finding{Region: l.Region, Kind: l.Kind, By: l.By, Why: "seen-by-attack"})
			changed = true
		case l.Removed >= 0 && l.Removed < len(removed) && !seen[l.Removed]:
			seen[l.Removed] = true
			changed = s.raise(removed[l.Removed], methods[l.Removed], round >= steps) || changed
		}
	}
	return changed
}
