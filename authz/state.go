package authz

import (
	"slices"
	"time"
)

// Valid reports whether a consent in this state may be leaned on.
func (s State) Valid() bool { return s == Given || s == Renewed }

// Closes reports whether the state ends a permission: someone said no.
func (s State) Closes() bool {
	return s == Refused || s == Withdrawn || s == Terminated || s == Invalidated
}

// ranks orders events of one instant: what stands later in this list wins. A
// state that is not in it counts as Unknown.
var ranks = []State{Requested, Deferred, Given, Renewed, Unknown, Expired, Invalidated, Terminated, Refused, Withdrawn}

func (s State) rank() int {
	if i := slices.Index(ranks, s); i >= 0 {
		return i
	}
	return slices.Index(ranks, Unknown)
}

// StateAt is the state in force at an instant: that of the last event not after
// it, or Unknown. At the same instant a refusal or withdrawal wins. An ending
// without a date ends the record for good, and a grant without one is none: an
// empty date counts against showing.
func (c Consent) StateAt(at time.Time) State {
	e, _ := c.eventAt(at)
	return e.State
}

// eventAt is the event behind StateAt; false where there is none.
func (c Consent) eventAt(at time.Time) (Event, bool) {
	last, found := Event{State: Unknown}, false
	for _, e := range c.Events {
		switch {
		case e.At.IsZero() && (e.State.Closes() || e.State == Expired):
			return e, true
		case e.At.IsZero() && e.State.Valid(), e.At.After(at):
			continue
		case found && e.At.Before(last.At):
			continue
		case found && e.At.Equal(last.At) && e.State.rank() < last.State.rank():
			continue
		}
		last, found = e, true
	}
	return last, found
}

// closedBetween is the last ending after from and not after to that no later
// grant has undone.
func (c Consent) closedBetween(from, to time.Time) (Event, bool) {
	var ending Event
	for _, e := range c.Events {
		if e.At.After(from) && !e.At.After(to) && e.State.Closes() && !e.At.Before(ending.At) {
			ending = e
		}
	}
	if ending.State == "" {
		return Event{}, false
	}
	for _, e := range c.Events {
		if e.State.Valid() && e.At.After(ending.At) && !e.At.After(to) {
			return Event{}, false
		}
	}
	return ending, true
}
