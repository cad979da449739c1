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
	parts := []Tile{{Side: 50, Source: true}, {Part: face, Side: 50, Source: true}, {Part: box(900, 900, 9, 9), Side: 50, Source: true}, {Side: 50}}
	ds, err := b.Tiles(t.Context(), p, 0, 0, parts)
	if err != nil {
		t.Fatal(err)
	}
	if len(ds) != 4 || ds[0].Result.Bounds().Size() != image.Pt(50, 25) || ds[1].Result.Bounds().Size() != image.Pt(50, 50) || ds[3].Source != nil {
		t.Fatalf("%d results, the first %v", len(ds), ds[0].Result.Bounds())
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
	if n := colours(ds[1].Result); n != 1 {
		t.Errorf("a filled face has %d colours", n)
	}
	if n := colours(ds[1].Source); n < 50 {
		t.Errorf("the original face has %d colours", n)
	}
	// A form is tried on a face that is shown, too, and changes nothing.
	b.agree(t, "lin", "林知遥")
	id := p.Items[0].ID
	b.say(t, p, Answer{Action: Identify, Item: id, Subject: "lin"})
	ds, err = b.Tiles(t.Context(), p, 0, 0, []Tile{{Part: face, Side: 50, Item: id, Form: FormSolid}, {Part: face, Side: 50, Item: id, Form: FormBlur}, {Part: face, Side: 50}})
	if err != nil {
		t.Fatal(err)
	}
	if solid, blur, now := colours(ds[0].Result), colours(ds[1].Result), colours(ds[2].Result); solid != 1 || blur < 2 || now < 50 || p.Item(id).Hidden() {
		t.Errorf("colours: solid %d, blur %d, as decided %d", solid, blur, now)
	}
	if _, err := b.Tiles(t.Context(), p, 0, 7, []Tile{{Side: 50}}); err == nil {
		t.Error("a page that is not there was drawn")
	}
	b.write(t, "a.png", "changed")
	if ds, err := b.Tiles(t.Context(), p, 0, 0, []Tile{{Side: 50}}); err == nil || ds != nil {
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
		if got := p.MethodOf(p.Item(face)); got != want || p.onPage(0, 0, Tile{})[0].Method != want {
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
