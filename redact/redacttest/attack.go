package redacttest

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"consentry/redact"
)

// TestAttack checks an attack on honest outputs with their sources: it finds
// nothing on the output, and something on a pretended output that is the source
// unchanged. Leaks name the attack and a place and never hold removed text;
// results repeat, also from several goroutines; a cancelled context stops it.
func TestAttack(t *testing.T, a redact.Attack, released ...redact.Released) {
	t.Helper()
	checkID(t, a.ID)
	if len(released) == 0 {
		t.Error("no output to attack")
	}
	for i, r := range released {
		t.Run(fmt.Sprintf("output %d", i), func(t *testing.T) {
			if leaks, err := a.Try(t.Context(), r); err != nil {
				t.Errorf("honest output: %v", err)
			} else if len(leaks) > 0 {
				t.Errorf("honest output: %d leak(s), the first at %s", len(leaks), leaks[0].Where)
			}
			pretended := r
			pretended.Asset, pretended.Body = r.Source, r.SourceBody
			want, err := a.Try(t.Context(), pretended)
			if err != nil {
				t.Fatalf("pretended output: %v", err)
			}
			if len(want) == 0 {
				t.Error("the unchanged source passed as an output")
			}
			for _, l := range want {
				checkLeak(t, a, r, l)
			}
			atOnce(func() {
				if got, err := a.Try(t.Context(), pretended); err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("leaks differ at a second run (%d and %d), error %v", len(want), len(got), err)
				}
			})
			if _, err := a.Try(cancelled(), pretended); err == nil {
				t.Error("Try went on after its context was cancelled")
			}
		})
	}
}

func checkLeak(t *testing.T, a redact.Attack, r redact.Released, l redact.Leak) {
	t.Helper()
	if l.By != a.ID() || l.Where == "" || l.Kind == "" {
		t.Errorf("leak by %q at %q of kind %q", l.By, l.Where, l.Kind)
	}
	if l.Removed < -1 || l.Removed >= len(r.Removed) {
		t.Errorf("leak of finding %d of %d", l.Removed, len(r.Removed))
	}
	for _, f := range r.Removed {
		if len(f.Text) > 1 && strings.Contains(l.Where, f.Text) {
			t.Error("a leak's place holds removed text")
		}
	}
}
