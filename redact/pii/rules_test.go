package pii

import (
	"slices"
	"testing"

	"consentry/redact"
	"consentry/redact/pii/rules"
)

// detect is what the detector finds in a text.
func detect(t testing.TB, text string) []redact.Finding {
	t.Helper()
	fs, err := Detector{}.Detect(t.Context(), redact.Page{Spans: []redact.Span{{Text: text}}})
	if err != nil {
		t.Fatal(err)
	}
	return fs
}

// Every rule finds its examples under its kind, and none of its near misses.
func TestRules(t *testing.T) {
	known := map[redact.Kind]bool{}
	for _, k := range redact.Kinds() {
		known[k.ID] = true
	}
	for _, r := range rules.Default().Rules {
		if !known[r.Kind] {
			t.Errorf("no kind %s", r.Kind)
		}
		if r.Why == "" || r.Re == nil != (len(r.Examples) == 0) || r.Re != nil && len(r.Near) == 0 {
			t.Errorf("%s: %q has no reason, no examples or no near misses", r.Kind, r.Shape)
		}
		is := func(f redact.Finding) bool { return f.Kind == r.Kind }
		for _, s := range r.Examples {
			if fs := detect(t, s); !slices.ContainsFunc(fs, is) {
				t.Errorf("%s (%s): not found in %q: %v", r.Kind, r.Why, s, fs)
			}
			for _, around := range []string{"据了解" + s + "，已经核对。", "\n" + s + "\n", "As noted: " + s + "."} {
				if fs := detect(t, around); !slices.ContainsFunc(fs, is) {
					t.Errorf("%s (%s): not found in %q: %v", r.Kind, r.Why, around, fs)
				}
			}
		}
		for _, s := range r.Near {
			if fs := detect(t, s); slices.ContainsFunc(fs, is) {
				t.Errorf("%s (%s): found in %q: %v", r.Kind, r.Why, s, fs[slices.IndexFunc(fs, is)].Why)
			}
		}
	}
}
