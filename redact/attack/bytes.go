package attack

import (
	"context"
	"errors"
	"fmt"
	"mime"

	"consentry/redact"
	"consentry/redact/removed"
)

// Bytes searches the raw written bytes for each removed text in several
// encodings, by the rules of removed.Bytes. Texts of one rune are left to Text.
// Of Office documents, which are zip files, redact/office/audit looks at each file.
//
// It is safe for concurrent use.
type Bytes struct{}

var _ redact.Attack = Bytes{}

// ID names the attack and its version.
func (Bytes) ID() string { return "bytes/2" }

// Try returns one leak for each removed text and encoding in which it is found.
func (a Bytes) Try(ctx context.Context, r redact.Released) ([]redact.Leak, error) {
	media, _, _ := mime.ParseMediaType(r.Asset.Type)
	if isOffice(media) {
		return nil, ctx.Err()
	}
	var leaks []redact.Leak
	n, err := removed.NewBytes(removed.Texts(r), isTextual(media)).In(ctx, r.Body, func(t *removed.Text, c removed.Coding, at int64) {
		leaks = append(leaks, t.Leak(a.ID(), fmt.Sprintf("bytes %s at %d", c, at)))
	})
	switch {
	case err != nil && errors.Is(err, ctx.Err()):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("read the output's bytes: %w", err)
	case r.Asset.Size > 0 && n != r.Asset.Size:
		return nil, fmt.Errorf("read the output's bytes: %d of %d", n, r.Asset.Size)
	}
	return leaks, nil
}
