package places

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"consentry/redact"
	"consentry/redact/charset"
	"consentry/redact/inside"
)

// ReadText reads a text in UTF-8, UTF-16, GB18030 or Big5. What is written of the
// document is in the same encoding, or in UTF-8 where that cannot spell a label.
func ReadText(ctx context.Context, what string, limit int64, a redact.Asset, r io.ReaderAt) (*Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b, err := a.Content(r, limit)
	if errors.Is(err, redact.ErrTooLarge) {
		err = fmt.Errorf("%w: split the file", err)
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", what, err)
	}
	t, err := charset.Decode(b)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", what, err)
	}
	back, ok := t.Encode(t.Text)
	exact := ok && bytes.Equal(back, t.Source)
	d := &Document{Source: []byte(t.Text), Files: &inside.Files{}}
	d.Finish = func(b []byte) ([]byte, []redact.Note, error) {
		if out, ok := t.Encode(string(b)); ok && exact {
			return append([]byte(t.BOM), out...), nil, nil
		}
		return append([]byte(charset.BOM8), b...), []redact.Note{{Code: "charset-changed"}}, nil
	}
	return d, nil
}
