package attack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"strings"

	"consentry/redact"
)

// chunk is how much is read at a time, in bytes.
const chunk = 1 << 18

// Bytes searches the raw written bytes for each removed text in UTF-8, UTF-16,
// GB18030, percent-encoded, in base64 (three alignments), as character
// references and as \u escapes, in one pass with bounded memory.
//
// The exceptions are those of Text, judged by the bytes around an occurrence.
// In media other than text/* only spellings of six bytes and more are looked
// for: shorter ones occur in compressed data by chance. Texts of one rune are
// left to Text.
//
// It is safe for concurrent use.
type Bytes struct{}

var _ redact.Attack = Bytes{}

// ID names the attack and its version.
func (Bytes) ID() string { return "bytes/1" }

// Try returns one leak for each removed text and encoding in which it is found.
func (a Bytes) Try(ctx context.Context, r redact.Released) ([]redact.Leak, error) {
	media, _, _ := mime.ParseMediaType(r.Asset.Type)
	textual := strings.HasPrefix(media, "text/")
	var goals []coded
	for _, t := range targets(r) {
		if !t.single {
			goals = append(goals, spell(t, textual)...)
		}
	}
	patterns := make([][]byte, len(goals))
	for i, g := range goals {
		patterns[i] = g.bytes
	}
	m := newMatcher(patterns)
	type spot struct {
		t *target
		c coding
	}
	told := map[spot]bool{} // several spellings of one coding
	var leaks []redact.Leak
	var failed error
	state, buf := int32(0), make([]byte, chunk)
	for base := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n, err := r.Body.ReadAt(buf, base)
		state = m.scan(state, buf[:n], func(i, end int) {
			g := &goals[i]
			if g.done || failed != nil {
				return
			}
			hi := base + int64(end)
			lo := hi - int64(len(g.bytes))
			in, err := g.innocentAt(r.Body, lo, hi, textual)
			if err != nil {
				failed = err
			}
			if in {
				return
			}
			if g.found++; g.found > g.keep {
				g.done = true
				if s := (spot{g.target, g.coding}); !told[s] {
					told[s] = true
					leaks = append(leaks, g.leak(a.ID(), fmt.Sprintf("bytes %s at %d", g.coding, lo)))
				}
			}
		})
		base += int64(n)
		switch {
		case failed != nil:
			return nil, fmt.Errorf("read the output's bytes: %w", failed)
		case errors.Is(err, io.EOF):
			if r.Asset.Size > 0 && base != r.Asset.Size {
				return nil, fmt.Errorf("read the output's bytes: %d of %d", base, r.Asset.Size)
			}
			return leaks, nil
		case err != nil:
			return nil, fmt.Errorf("read the output's bytes: %w", err)
		}
	}
}
