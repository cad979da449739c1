package state

import (
	"slices"
	"time"

	"consentry/authz"
)

// A Bar is how long one consent holds in one channel. Where it was taken back, Ended is
// when: what of the period comes after was agreed once, and holds no more.
type Bar struct {
	Channel     authz.Channel
	Shows       []authz.Shows
	From, Until time.Time
	Ended       time.Time
}

// ClosedAt is when a consent that held was ended before its time; zero where it was not.
func ClosedAt(c authz.Consent, now time.Time) (at time.Time) {
	switch Stands(c, now) {
	case AgreedWithdrawn, AgreedEnded, AgreedRefused:
	default:
		return at
	}
	for _, e := range c.Events {
		if !e.At.After(now) && e.At.After(at) {
			at = e.At
		}
	}
	return at
}

// since is from when a consent holds; false where it never did.
func since(c authz.Consent) (time.Time, bool) {
	for _, e := range c.Events {
		if e.State.Valid() {
			if c.From.After(e.At) {
				return c.From, true
			}
			return e.At, true
		}
	}
	return time.Time{}, false
}

// Bars are the periods of a subject's consents, channel by channel in the vocabulary's
// order. What was asked for and not given has none.
func Bars(cs []authz.Consent, channels authz.Terms, now time.Time) (out []Bar) {
	for _, t := range channels {
		for _, c := range cs {
			from, ok := since(c)
			if !ok || from.IsZero() || !slices.Contains(c.Channels, authz.Channel(t.ID)) {
				continue
			}
			out = append(out, Bar{Channel: authz.Channel(t.ID), Shows: c.Shows, From: from, Until: c.Until, Ended: ClosedAt(c, now)})
		}
	}
	return out
}

// An Axis is the time that bars are drawn over, with a tick at each beginning of some
// months.
type Axis struct {
	From, To time.Time
	Ticks    []time.Time
}

// maxTicks is how many ticks have room for their words.
const maxTicks = 8

// NewAxis holds all bars and today. A period without an end goes to the end of the axis.
func NewAxis(bars []Bar, now time.Time) Axis {
	a := Axis{From: now, To: now.AddDate(0, 3, 0)}
	for _, b := range bars {
		if b.From.Before(a.From) {
			a.From = b.From
		}
		for _, t := range []time.Time{b.Until, b.Ended} {
			if t.After(a.To) {
				a.To = t
			}
		}
	}
	// Somebody's date of 1900 or 9999 would leave today a hair's breadth.
	if first := now.AddDate(-10, 0, 0); a.From.Before(first) {
		a.From = first
	}
	if last := now.AddDate(10, 0, 0); a.To.After(last) {
		a.To = last
	}
	for _, step := range []int{1, 3, 6, 12, 24, 60} {
		from := a.From.In(now.Location())
		m := (int(from.Month()) - 1) / step * step
		at := time.Date(from.Year(), time.Month(m+1), 1, 0, 0, 0, 0, now.Location())
		a.Ticks = nil
		first := at
		for ; !at.After(a.To); at = at.AddDate(0, step, 0) {
			a.Ticks = append(a.Ticks, at)
		}
		if len(a.Ticks) <= maxTicks {
			a.From, a.To = first, at
			break
		}
	}
	return a
}

// Part is where an instant stands on the axis, from 0 to 1; one out of it stands at its
// end.
func (a Axis) Part(t time.Time) float32 {
	if t.IsZero() {
		return 1
	}
	return float32(max(0, min(1, t.Sub(a.From).Seconds()/a.To.Sub(a.From).Seconds())))
}
