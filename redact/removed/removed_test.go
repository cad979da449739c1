package removed

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// The matcher finds what a search for each pattern finds.
func TestMatcher(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	word := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = "abc"[rng.IntN(3)]
		}
		return b
	}
	for range 200 {
		var patterns [][]byte
		seen := map[string]bool{}
		for range 1 + rng.IntN(12) {
			if p := word(rng.IntN(6)); !seen[string(p)] {
				seen[string(p)] = true
				patterns = append(patterns, p)
			}
		}
		b := word(rng.IntN(200))
		got := map[[2]int]bool{}
		m := NewMatcher(patterns)
		cut := len(b) / 2 // in two pieces
		s := m.Scan(0, b[:cut], func(p, end int) { got[[2]int{p, end}] = true })
		m.Scan(s, b[cut:], func(p, end int) { got[[2]int{p, cut + end}] = true })
		want := 0
		for i, p := range patterns {
			for at := 0; len(p) > 0 && at+len(p) <= len(b); at++ {
				if bytes.HasPrefix(b[at:], p) {
					want++
					if !got[[2]int{i, at + len(p)}] {
						t.Fatalf("%q not found in %q at %d", p, b, at)
					}
				}
			}
		}
		if len(got) != want {
			t.Fatalf("%d found, want %d", len(got), want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Ａ\u200b 1-2.3", "㈱e\u0301\u0301", "1\u2014(2", "각ﬁ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "?")
		g := Fold(s)
		if len(g.At) != len(g.B) || len(g.To) != len(g.B) || !utf8.Valid(g.B) {
			t.Fatal("lengths differ")
		}
		for i := range g.B {
			if g.At[i] < 0 || g.To[i] <= g.At[i] || int(g.To[i]) > len(s) || i > 0 && g.At[i] < g.At[i-1] || !utf8.RuneStart(s[g.At[i]]) {
				t.Fatalf("byte %d stands at %d to %d", i, g.At[i], g.To[i])
			}
		}
	})
}
