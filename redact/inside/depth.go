package inside

import (
	"context"
	"fmt"

	"consentry/redact"
)

// maxDepth is how deep files may lie within one another.
const maxDepth = 10

type depthKey struct{}

// Deeper is the context in which a file inside is opened. It is an error where
// they lie too deep.
func Deeper(ctx context.Context) (context.Context, error) {
	n, _ := ctx.Value(depthKey{}).(int)
	if n >= maxDepth {
		return nil, fmt.Errorf("%w: files lie too deep within one another", redact.ErrUnreadable)
	}
	return context.WithValue(ctx, depthKey{}, n+1), nil
}
