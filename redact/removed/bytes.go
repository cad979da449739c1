package removed

import (
	"context"
	"errors"
	"io"
)

// chunk is how much is read at a time, in bytes.
const chunk = 1 << 18

// InBytes searches bytes for texts in UTF-8, UTF-16, GB18030, percent-encoded, in
// base64 (three alignments), as character references and as \u escapes, in one
// pass with bounded memory. It calls found once for each text and coding that
// occurs more often than it was kept, with the place of that occurrence, and
// returns how many bytes were read.
//
// The exceptions are those of Text.Innocent, judged by the bytes around an
// occurrence. Where the bytes are no text (textual false), only spellings of six
// bytes and more are looked for: shorter ones occur in compressed data by chance.
// Texts of one rune are not looked for.
func InBytes(ctx context.Context, body io.ReaderAt, texts []*Text, textual bool, found func(t *Text, c Coding, at int64)) (int64, error) {
	var goals []coded
	for _, t := range texts {
		if !t.Single {
			goals = append(goals, spell(t, textual)...)
		}
	}
	patterns := make([][]byte, len(goals))
	for i, g := range goals {
		patterns[i] = g.bytes
	}
	m := NewMatcher(patterns)
	type spot struct {
		t *Text
		c Coding
	}
	told := map[spot]bool{} // several spellings of one coding
	var failed error
	state, buf := int32(0), make([]byte, chunk)
	for base := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return base, err
		}
		n, err := body.ReadAt(buf, base)
		state = m.Scan(state, buf[:n], func(i, end int) {
			g := &goals[i]
			if g.done || failed != nil {
				return
			}
			hi := base + int64(end)
			lo := hi - int64(len(g.bytes))
			in, err := g.innocentAt(body, lo, hi, textual)
			if err != nil {
				failed = err
			}
			if in {
				return
			}
			if g.found++; g.found > g.Keep {
				g.done = true
				if s := (spot{g.Text, g.coding}); !told[s] {
					told[s] = true
					found(g.Text, g.coding, lo)
				}
			}
		})
		base += int64(n)
		switch {
		case failed != nil:
			return base, failed
		case errors.Is(err, io.EOF):
			return base, nil
		case err != nil:
			return base, err
		}
	}
}
