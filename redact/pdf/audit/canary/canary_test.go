package canary

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"consentry/redact/pdf/audit"
)

// Every place works: its name is found, and only there, since no name stands
// twice.
func TestEveryPlaceIsFound(t *testing.T) {
	b, places := Make()
	if len(places) < 120 {
		t.Fatalf("%d places", len(places))
	}
	again, _ := Make()
	if !bytes.Equal(b, again) {
		t.Error("two files differ")
	}
	names, ids := map[string]bool{}, map[string]bool{}
	for _, p := range places {
		if names[p.Name] || ids[p.ID] || p.How == "" {
			t.Errorf("place %s: its name or ID is not its own, or it is not described", p.ID)
		}
		names[p.Name], ids[p.ID] = true, true
		for _, o := range places {
			if o.ID != p.ID && strings.Contains(strings.ReplaceAll(o.Name, " ", ""), strings.ReplaceAll(p.Name, " ", "")) {
				t.Errorf("the name of %s lies in that of %s", p.ID, o.ID)
			}
		}
	}
	left, err := Left(t.Context(), b, places, Eyes{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range places {
		if !slices.Contains(left, p.ID) {
			t.Errorf("place %s was not found", p.ID)
		}
	}
	// The check can say no: names that stand nowhere are not found.
	other := slices.Clone(places)
	for i := range other {
		other[i].Name, other[i].ink = latin(1000+i)+"xq", nil
		other[i].Drawn = false
	}
	if left, err := Left(t.Context(), b, other, Eyes{}); err != nil || len(left) > 0 {
		t.Errorf("names found that were not put in: %v, %v", left, err)
	}
}

// Without the drawn places' pictures nothing is found in pixels.
func TestDrawnPlacesNeedTheirPixels(t *testing.T) {
	_, places := Make()
	var inks []*ink
	for _, p := range places {
		if p.ink != nil {
			inks = append(inks, p.ink)
		}
	}
	if len(inks) < 7 {
		t.Fatalf("%d pictures", len(inks))
	}
	for i, a := range inks {
		for j, b := range inks {
			if got := a.in(b.img); got != (i == j) {
				t.Errorf("pictures %d and %d: %t", i, j, got)
			}
		}
	}
}

// What hides a name in the picture of the page is told as what it is.
func TestInspectTellsHowItIsHidden(t *testing.T) {
	b, places := Make()
	found, err := audit.Inspect(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	for id, kind := range map[string]string{
		"clipped": audit.ClippedText, "off-page": audit.OffPageText, "invisible": audit.InvisibleText, "white": audit.WhiteText, "tiny": audit.TinyText,
		"under-box": audit.TextUnderBox, "under-line": audit.TextUnderBox, "behind-picture": audit.TextBehind, "layer-off": audit.HiddenLayer, "layer-membership": audit.HiddenLayer,
		"layer-name": audit.LayerName, "hidden-annotation": audit.HiddenAnnot, "unused-form": audit.UndrawnText, "old-revision": audit.UndrawnText,
		"unreferenced-stream": audit.UndrawnText, "redact-overlay": audit.NotApplied, "info-author": audit.Metadata, "info-title": audit.Metadata, "info-keywords": audit.Metadata,
		"field-value": audit.FormValue, "field-default": audit.FormValue, "script": audit.JavaScript, "note-contents": audit.AnnotationText,
		"struct-alt": audit.ReplacementText, "signature-name": audit.Signature, "attachment-description": audit.Attachment, "after-end": audit.BytesOutside, "file-comment": audit.Comments,
	} {
		i := slices.IndexFunc(places, func(p Place) bool { return p.ID == id })
		if i < 0 {
			t.Errorf("no place %s", id)
			continue
		}
		if !slices.ContainsFunc(found, func(e audit.Exposure) bool {
			return e.Kind == kind && strings.Contains(strings.ReplaceAll(e.Text, " ", ""), strings.ReplaceAll(places[i].Name, " ", ""))
		}) {
			t.Errorf("place %s is not told as %s", id, kind)
		}
	}
	for _, kind := range []string{audit.XMP, audit.OldRevision, audit.Unreferenced, audit.XFA, audit.PieceInfo, audit.Thumbnail, audit.Alternate, audit.ImageMetadata, audit.WebCapture, audit.PrivateKey, audit.Attachment} {
		if !slices.ContainsFunc(found, func(e audit.Exposure) bool { return e.Kind == kind }) {
			t.Errorf("%s is not told", kind)
		}
	}
}
