package sandbox

import (
	"context"
	"errors"
	"time"
)

// between is how often the memory of a child is looked at. In that time a child
// that fills pages as fast as it can gets some tens of megabytes.
const between = 20 * time.Millisecond

var errResident = errors.New("resident memory")

// watch ends a child that has more memory than limit, until ctx is done. Where the
// system does not tell, nothing is watched.
func watch(ctx context.Context, pid int, limit int64, kill context.CancelCauseFunc) {
	if limit <= 0 {
		return
	}
	tick := time.NewTicker(between)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if n, ok := resident(pid); !ok {
			return
		} else if n > limit {
			kill(errResident)
			return
		}
	}
}
