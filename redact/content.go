package redact

import (
	"fmt"
	"io"
)

// Content reads an asset's bytes, of which there may be at most limit. An error
// wraps ErrUnreadable where they are at fault: larger than the limit (then
// ErrTooLarge too), or fewer than the asset's Size.
func (a Asset) Content(r io.ReaderAt, limit int64) ([]byte, error) {
	if a.Size > limit {
		return nil, fmt.Errorf("%w: %w of %d MB", ErrUnreadable, ErrTooLarge, limit>>20)
	}
	b := make([]byte, max(a.Size, 0))
	if n, err := r.ReadAt(b, 0); n < len(b) {
		if err == nil || err == io.EOF {
			err = fmt.Errorf("%w: the file is shorter than announced: it was cut", ErrUnreadable)
		}
		return nil, err
	}
	return b, nil
}
