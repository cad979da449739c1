package state

import "time"

// Idle says when a vault that nobody uses is to be locked. It has no clock: whoever
// uses it says what time it is. The zero value never locks.
type Idle struct {
	After time.Duration // zero or less: never

	last time.Time
}

// Touch says that somebody did something.
func (i *Idle) Touch(now time.Time) { i.last = now }

// Due reports whether nobody did anything for long enough. While work is done the
// lock waits for it; it does not count as use, so that the vault is locked as soon as
// a long job ends that nobody sat by. Time counts by the clock on the wall too: a
// machine that slept locks when it wakes, and a clock that is set back does not put
// the lock off.
func (i *Idle) Due(now time.Time, busy bool) bool {
	if i.After <= 0 || busy || i.last.IsZero() {
		return false
	}
	return max(now.Sub(i.last), now.Round(0).Sub(i.last.Round(0))) >= i.After
}
