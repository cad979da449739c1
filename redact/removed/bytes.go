package removed

import (
	"context"
	"errors"
	"io"
)

// chunk is how much is read at a time, in bytes.
const chunk = 1 << 18

// Bytes searches bytes for texts in UTF-8, UTF-16, GB18030, percent-encoded, in
// base64 (three alignments), as character references and as \u escapes, in one
// pass with bounded memory. How often each was found is counted over all bodies
// that are searched.
//
// The exceptions are those of Text.Innocent, judged by the bytes around an
// occurrence. Where the bytes are no text, only spellings of six bytes and more
// are looked for: shorter ones occur in compressed data by chance. Texts of one
// rune are not looked for. It is not safe for concurrent use.
type Bytes struct {
	goals   []coded
	m       *Matcher
	textual bool
	told    map[spot]bool // several spellings of one coding
	buf     []byte
}

type spot struct {
	t *Text
	c Coding
}

// NewBytes prepares a search in bytes that are text, or that are not.
func NewBytes(texts []*Text, textual bool) *Bytes {
	s := &Bytes{textual: textual, told: map[spot]bool{}, buf: make([]byte, chunk)}
	for _, t := range texts {
		if !t.Single {
			s.goals = append(s.goals, spell(t, textual)...)
		}
	}
	patterns := make([][]byte, len(s.goals))
	for i, g := range s.goals {
		patterns[i] = g.bytes
	}
	s.m = NewMatcher(patterns)
	return s
}

// In searches body. It calls found once for each text and coding that occurs more
// often than it was kept, with the place of that occurrence, and returns how many
// bytes were read.
func (s *Bytes) In(ctx context.Context, body io.ReaderAt, found func(t *Text, c Coding, at int64)) (int64, error) {
	var failed error
	state := int32(0)
	for base := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return base, err
		}
		n, err := body.ReadAt(s.buf, base)
		state = s.m.Scan(state, s.buf[:n], func(i, end int) {
			g := &s.goals[i]
			if g.done || failed != nil {
				return
			}
			hi := base + int64(end)
			lo := hi - int64(len(g.bytes))
			in, err := g.innocentAt(body, lo, hi, s.textual)
			if err != nil {
				failed = err
			}
			if in {
				return
			}
			if g.found++; g.found > g.Keep {
				g.done = true
				if at := (spot{g.Text, g.coding}); !s.told[at] {
					s.told[at] = true
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
