package casework

import (
	"image"
	"slices"
	"testing"

	"consentry/redact"
)

// A small picture shows what the public will see, however small its part is, and
// the original only beside it, where it was asked for.
func TestTilesShowTheResult(t *testing.T) {
	face := box(40, 20, 60, 60)
	b, p := onPhoto(t, found(redact.Face, redact.Sure, face))
	p.Case.Style = redact.Solid
	results, sources, err := b.Tiles(t.Context(), p, 0, 0, []image.Rectangle{{}, face, box(900, 900, 9, 9)}, 50, true)
	if err != nil {
		t.Fatal(err)
	}
	if len(results) != 3 || len(sources) != 3 || results[0].Bounds().Size() != image.Pt(50, 25) || results[1].Bounds().Size() != image.Pt(50, 50) {
		t.Fatalf("%d results, the first %v", len(results), results[0].Bounds())
	}
	colours := func(m image.Image) (n int) {
		seen := map[any]bool{}
		for y := range m.Bounds().Dy() {
			for x := range m.Bounds().Dx() {
				seen[m.At(x, y)] = true
			}
		}
		return len(seen)
	}
	if n := colours(results[1]); n != 1 {
		t.Errorf("a filled face has %d colours", n)
	}
	if n := colours(sources[1]); n < 50 {
		t.Errorf("the original face has %d colours", n)
	}
	if _, sources, err = b.Tiles(t.Context(), p, 0, 0, []image.Rectangle{{}}, 50, false); err != nil || sources != nil {
		t.Error("originals that nobody asked for:", err)
	}
	if _, _, err := b.Tiles(t.Context(), p, 0, 7, []image.Rectangle{{}}, 50, false); err == nil {
		t.Error("a page that is not there was drawn")
	}
	b.write(t, "a.png", "changed")
	if rs, _, err := b.Tiles(t.Context(), p, 0, 0, []image.Rectangle{{}}, 50, false); err == nil || rs != nil {
		t.Error("a file that changed was drawn")
	}
}

// A box has a form of its own; it never makes a file weaker than the attacks
// bear, and words and codes have none.
func TestFormOfABox(t *testing.T) {
	b, p := onPhoto(t, found(redact.Face, redact.Sure, box(10, 10, 30, 30)), found(redact.Code, redact.Sure, box(120, 10, 30, 30)))
	p.Case.Style = redact.Mosaic
	face, code := p.Items[0].ID, p.Items[1].ID
	for _, a := range []Answer{
		{Action: FormIt, Item: code, Form: FormBlur, By: "zhou"}, {Action: FormIt, Item: face, Form: "sepia", By: "zhou"},
		{Action: FormIt, Item: face, By: "zhou"}, {Action: FormIt, Item: "none", Form: FormBlur, By: "zhou"},
	} {
		if err := b.Answer(t.Context(), p, a); err == nil {
			t.Errorf("%+v was taken", a)
		}
	}
	for form, want := range map[Form]redact.Method{FormSolid: redact.Solid, FormBlur: redact.Blur, FormMosaic: redact.Mosaic} {
		b.say(t, p, Answer{Action: FormIt, Item: face, Form: form})
		if got := p.MethodOf(p.Item(face)); got != want || p.onPage(0, 0)[0].Method != want {
			t.Errorf("%s: %v", form, got)
		}
		if p.Item(face).Answer != nil || !p.Item(face).Hidden() {
			t.Error("a form is taken for a decision")
		}
	}
	if Form("sepia").method(redact.Blur) != redact.Solid {
		t.Error("a form that is not known does not fill")
	}
	b.say(t, p, Answer{Action: FormIt, Item: face, Form: FormBlur})
	var tried []map[image.Point]redact.Method
	b.Attacks = []redact.Attack{demanding{map[image.Point]redact.Method{image.Pt(10, 10): redact.Solid}, image.Rectangle{}, &tried}}
	rep := b.reportOf(t, b.mustClear(t, p.Case))
	if rep.Assets[0].Stronger != 1 || tried[len(tried)-1][image.Pt(10, 10)] != redact.Solid {
		t.Errorf("a blur that leaks was kept: %v", tried)
	}
	if i := slices.IndexFunc(rep.Findings, func(f FindingReport) bool { return f.Form == FormBlur }); i < 0 {
		t.Error("the report does not say that a form was chosen")
	}
	// A form weaker than what an attack forced stays as strong as that.
	s := stronger{Firmer: []firmer{{p.Item(face).Finding.Region, redact.Face, redact.Mosaic}}}
	for form, want := range map[Form]redact.Method{FormBlur: redact.Mosaic, FormSolid: redact.Solid} {
		it := *p.Item(face)
		it.form = form
		if got := s.methodOf(&it, redact.Blur); got != want {
			t.Errorf("%s beside a forced mosaic: %v", form, got)
		}
	}
}
