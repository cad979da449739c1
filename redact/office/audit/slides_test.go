package audit

import (
	"bytes"
	"testing"

	"consentry/redact/office/audit/canary"
)

// Every name of the presentation can be got out of it as it is.
func TestEveryPlaceOfSlidesIsFound(t *testing.T) {
	b, places := canary.Slides(false)
	again, _ := canary.Slides(false)
	if !bytes.Equal(b, again) {
		t.Error("two files differ")
	}
	if len(places) < 40 {
		t.Errorf("only %d places", len(places))
	}
	leaks, err := Attack{}.Try(t.Context(), released(b, places))
	if err != nil {
		t.Fatal(err)
	}
	found := map[int]bool{}
	for _, l := range leaks {
		found[l.Removed] = true
	}
	names := map[string]bool{}
	for i, p := range places {
		if !found[i] {
			t.Errorf("%s was not found", p.ID)
		}
		if names[p.Name] || names[p.ID] {
			t.Errorf("%s stands twice", p.ID)
		}
		names[p.Name], names[p.ID] = true, true
	}
	t.Log(len(places), "places")
}
