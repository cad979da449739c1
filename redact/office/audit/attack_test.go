package audit

import (
	"bytes"
	"testing"

	"consentry/redact"
	"consentry/redact/office/audit/canary"
)

const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

func released(b []byte, places []canary.Place) redact.Released {
	a := redact.Asset{Digest: redact.Sum(b), Type: docx, Size: int64(len(b))}
	r := redact.Released{Asset: a, Body: bytes.NewReader(b), Source: a, SourceBody: bytes.NewReader(b)}
	for i, p := range places {
		r.Removed = append(r.Removed, redact.Finding{Kind: redact.Person, Text: p.Name, Region: redact.Region{Start: i, End: i + 1}})
	}
	return r
}

// Every name of the canary can be got out of it as it is, and none that is not there.
func TestEveryPlaceIsFound(t *testing.T) {
	b, places := canary.Word()
	again, _ := canary.Word()
	if !bytes.Equal(b, again) {
		t.Error("two files differ")
	}
	names := map[string]bool{}
	for _, p := range places {
		if names[p.Name] || names[p.ID] {
			t.Errorf("%s stands twice", p.ID)
		}
		names[p.Name], names[p.ID] = true, true
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
	for i, p := range places {
		if !found[i] {
			t.Errorf("%s was not found", p.ID)
		}
	}
	t.Log(len(places), "places")
	for i := range places {
		places[i].Name = "Nobody " + places[i].Name[:5] + "qqq"
	}
	if leaks, err := (Attack{}).Try(t.Context(), released(b, places)); err != nil {
		t.Error(err)
	} else {
		for _, l := range leaks {
			if l.Removed >= 0 {
				t.Errorf("%s was found and stands nowhere", l.Where)
			}
		}
	}
}
