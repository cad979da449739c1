package authz

import "slices"

// state asks whether the record is in force, and whether a later no elsewhere
// closed it. i is the record's place in m.own.
func (m matter) state(i int, c Consent) string {
	if len(c.Events) == 0 || c.ID == "" {
		return stateUnreadable
	}
	// A no that is known by now counts, whatever day is asked for.
	e, found := c.closedBetween(m.Use.At, m.now())
	if !found {
		e, found = c.eventAt(m.Use.At)
	}
	if !found {
		if slices.ContainsFunc(c.Events, func(e Event) bool { return e.At.After(m.Use.At) }) {
			return notYetValid
		}
		return stateUnknown
	}
	switch e.State {
	case Given, Renewed:
		return m.blocked(i, e)
	case Unknown:
		return stateUnknown
	case Requested:
		return stateRequested
	case Deferred:
		return stateDeferred
	case Refused:
		return stateRefused
	case Withdrawn:
		return stateWithdrawn
	case Expired:
		return stateExpired
	case Terminated:
		switch c.Term {
		case "open":
			return openTermEnded
		case "fixed":
			return fixedTermEnded
		}
		return stateTerminated
	case Invalidated:
		return stateInvalidated
	}
	return stateUnreadable
}

// blocked asks whether a refusal of the same use, or a withdrawal of everything,
// in another record is as late as the grant, or later.
func (m matter) blocked(i int, grant Event) string {
	for j, other := range m.own {
		if j == i {
			continue
		}
		for _, e := range other.Events {
			if !e.At.IsZero() && (e.At.Before(grant.At) || e.At.After(m.now())) {
				continue
			}
			publication := other.Kind == publish
			switch {
			case e.State == Withdrawn && (publication && other.WithdrawScope != "record" || other.WithdrawScope == "all"):
				return blockedByWithdrawal
			case e.State == Refused && publication && m.sameUse(other):
				return blockedByRefusal
			}
		}
	}
	return ""
}

// sameUse reports whether a refusal is about this use. One that does not say what
// was refused is about everything.
func (m matter) sameUse(c Consent) bool {
	u := m.Use
	world := slices.Contains(c.Territories, "world") || u.Territory == "world"
	return (len(c.Purposes) == 0 || slices.Contains(c.Purposes, u.Purpose)) &&
		(len(c.Channels) == 0 || slices.Contains(c.Channels, u.Channel)) &&
		(len(c.Territories) == 0 || world || slices.Contains(c.Territories, u.Territory)) &&
		(len(c.Shows) == 0 || m.shows(c.Shows...))
}

// grant is the event that put the record in force.
func (m matter) grant(c Consent) (Event, bool) {
	e, found := c.eventAt(m.Use.At)
	return e, found && e.State.Valid()
}
