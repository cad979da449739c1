package casework

import (
	"errors"
	"testing"

	"consentry/redact"
	"consentry/redact/names/search"
)

// Each look has detectors of its own and results of its own; no package is made
// from a fast one, and a look that is not had finds nothing in silence.
func TestLooks(t *testing.T) {
	b := newBench(t, "王小明")
	more := []redact.Term{{Text: "王小明", Kind: redact.Person, Tier: redact.Sure, Why: "list"}, {Text: "林知遥", Kind: redact.Person, Tier: redact.Sure, Why: "list"}}
	b.Looks = map[Look][]redact.Detector{Fast: b.Detectors, Thorough: {search.NewMatcher(more)}}
	b.write(t, "a.txt", "王小明和林知遥。\n")
	c := b.newCase(t)
	for look, want := range map[Look]int{Normal: 1, Fast: 1, Thorough: 2} {
		c.Look = look
		p, err := b.Scan(t.Context(), c)
		if err != nil || len(p.Items) != want {
			t.Fatalf("%q: %d items, %v; want %d", look, len(p.Items), err, want)
		}
		e, err := b.Apply(t.Context(), p, b.out())
		if errors.Is(err, ErrPreview) != (look == Fast) {
			t.Errorf("%q: apply says %v", look, err)
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
	c.Look = MissNothing
	if _, err := b.Scan(t.Context(), c); err == nil {
		t.Error("a look without detectors scanned")
	}
}
