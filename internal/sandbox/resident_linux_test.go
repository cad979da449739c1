package sandbox_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"consentry/internal/sandbox"
)

// A child that has addresses enough is stopped by the memory that it fills, and one
// that stays below the bound is not.
func TestResident(t *testing.T) {
	limits := sandbox.Limits{Memory: 16 << 30, Resident: 256 << 20}
	r := sandbox.Runner{Limits: limits}
	if err := r.Run(t.Context(), "hog", strings.NewReader(""), io.Discard); !errors.Is(err, sandbox.ErrLimit) || !strings.Contains(err.Error(), "memory") {
		t.Errorf("a run: %v", err)
	}
	s := session(t, limits)
	if _, err := call(s, "hog", ""); !errors.Is(err, sandbox.ErrLimit) || !strings.Contains(err.Error(), "memory") {
		t.Errorf("a session: %v", err)
	}
	want := strings.Repeat("x", 32<<20)
	if got, err := call(session(t, limits), "echo", want); err != nil || got != want {
		t.Errorf("below the bound: %d bytes, %v", len(got), err)
	}
	var out strings.Builder
	if err := r.Run(t.Context(), "echo", strings.NewReader(want), &out); err != nil || out.String() != want {
		t.Errorf("a run below the bound: %d bytes, %v", out.Len(), err)
	}
}
