package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
)

// attend is the life of a session's child: making ready, giving up its rights,
// and one answer for each request until there are no more.
func attend(s Service, limits []string, in io.Reader, out frameWriter) error {
	ctx := context.Background()
	q, err := nextRequest(in)
	if err != nil {
		return fmt.Errorf("read setup: %w", err)
	}
	setup, err := io.ReadAll(q)
	if err != nil {
		return fmt.Errorf("read setup: %w", err)
	}
	task, err := s(ctx, setup)
	if err != nil {
		return fmt.Errorf("make ready: %w", err)
	}
	if err := restrict(limits); err != nil {
		return err
	}
	debug.FreeOSMemory() // what making ready took is not the requests'
	for {
		// The end of what came before: the setup, or a request.
		if err := out.last(err); err != nil {
			return err
		}
		if q, err = nextRequest(in); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("read request: %w", err)
		}
		err = task(ctx, q, out)
		// The parent writes the request to its end before it looks at the answer's.
		if _, unread := io.Copy(io.Discard, q); unread != nil {
			return fmt.Errorf("read request: %w", unread)
		}
	}
}
