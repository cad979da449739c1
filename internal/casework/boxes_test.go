package casework

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"consentry/authz"
	"consentry/redact"
	"consentry/redact/photo"
)

// boxes finds what it is told of in every picture: a detector with a list.
type boxes []redact.Finding

func (boxes) ID() string { return "boxes/1" }

func (bs boxes) Detect(_ context.Context, p redact.Page) (fs []redact.Finding, _ error) {
	for _, f := range bs {
		if len(p.Pictures) > 0 {
			f.By = "boxes/1"
			fs = append(fs, f)
		}
	}
	return fs, nil
}

func box(x, y, w, h int) image.Rectangle { return image.Rect(x, y, x+w, y+h) }

func found(k redact.Kind, t redact.Tier, r image.Rectangle) redact.Finding {
	return redact.Finding{Region: redact.Region{Box: r}, Kind: k, Tier: t, Score: 0.9, Why: "list"}
}

// onPhoto scans a picture of 200 by 100 pixels of noise in which fs are found.
func onPhoto(t *testing.T, fs ...redact.Finding) (*bench, *Plan) {
	t.Helper()
	b := newBench(t)
	f := photo.New(nil, nil)
	b.Formats["image/png"] = f
	b.Sniff = func(string, []byte) (string, error) { return "image/png", nil }
	b.Detectors = append(b.Detectors, boxes(fs))
	m := image.NewNRGBA(image.Rect(0, 0, 200, 100))
	for i := range m.Pix {
		m.Pix[i] = byte(i*i>>3 ^ i*37)
		if i%4 == 3 {
			m.Pix[i] = 255
		}
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, m); err != nil {
		t.Fatal(err)
	}
	b.write(t, "a.png", buf.String())
	return b, b.scan(t, b.newCase(t))
}

func (b *bench) say(t *testing.T, p *Plan, a Answer) {
	t.Helper()
	a.By = "zhou"
	if err := b.Answer(t.Context(), p, a); err != nil {
		t.Fatal(err)
	}
}

// untouched reports whether the pixel of the output is the source's.
func (b *bench) untouched(t *testing.T, at image.Point) bool {
	t.Helper()
	pixel := func(name string) color.Color {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		m, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		return color.NRGBAModel.Convert(m.At(at.X, at.Y))
	}
	return pixel(filepath.Join(b.dir, "in", "a.png")) == pixel(filepath.Join(b.out(), "files", "a.png"))
}

func TestDrawnBoxCountsLikeAFoundOne(t *testing.T) {
	b, p := onPhoto(t)
	b.agree(t, "lin", "林知遥")
	b.say(t, p, Answer{Action: Draw, Asset: p.Case.Assets[0].Digest, Region: redact.Region{Box: box(20, 20, 40, 40)}})
	if len(p.Items) != 1 || !p.Items[0].Hidden() || p.Items[0].Holds() != redact.Face {
		t.Fatalf("%+v", p.Items)
	}
	id := p.Items[0].ID
	b.mustClear(t, p.Case)
	if b.untouched(t, image.Pt(40, 40)) {
		t.Error("a drawn box is not hidden")
	}
	b.say(t, p, Answer{Action: Identify, Item: id, Subject: "lin"})
	if p.Items[0].Hidden() || p.Items[0].Decision.Consents[0] != "c_lin" {
		t.Fatalf("identified, with consent, and hidden: %+v", p.Items[0].Decision)
	}
	r := b.mustClear(t, p.Case)
	if !b.untouched(t, image.Pt(40, 40)) || !slices.Equal(r.Consents, []authz.ConsentID{"c_lin"}) {
		t.Error("a consented drawn face does not show, or the release does not lean on its consent")
	}
	b.say(t, p, Answer{Action: Move, Item: id, Region: redact.Region{Box: box(24, 22, 40, 40)}})
	if it := p.Item(id); it == nil || it.Hidden() || it.Finding.Region.Box != box(24, 22, 40, 40) {
		t.Error("after a nudge the name is lost, or the box stands elsewhere")
	}
	b.say(t, p, Answer{Action: Move, Item: id, Region: redact.Region{Box: box(120, 22, 40, 40)}})
	if it := p.Item(id); !it.Hidden() || it.Answer != nil {
		t.Error("a name goes over to another place")
	}
	if p = b.scan(t, p.Case); p.Item(id) == nil || p.Item(id).Finding.Region.Box != box(120, 22, 40, 40) {
		t.Error("after a rescan the drawn box has another name or place")
	}
	b.say(t, p, Answer{Action: Delete, Item: id})
	if len(p.Items) != 0 {
		t.Error("it was not taken back")
	}
	if _, err := b.Undo(t.Context(), p); err != nil || p.Item(id) == nil {
		t.Error("undo does not bring it back:", err)
	}
	b.say(t, p, Answer{Action: Identify, Item: id, Subject: "lin"})
	b.say(t, p, Answer{Action: Clear, Item: id}) // of what was drawn: the same as delete
	b.say(t, p, Answer{Action: Draw, Asset: p.Case.Assets[0].Digest, Region: redact.Region{Box: box(20, 20, 40, 40)}})
	if len(p.Items) != 1 || p.Items[0].ID != id || !p.Items[0].Hidden() {
		t.Error("drawn anew, it bears a name that was given to the one before")
	}
}

func TestWhatWasDrawnHasAKind(t *testing.T) {
	b, p := onPhoto(t)
	b.agree(t, "lin", "林知遥") // portrait and name, no logo
	for i, tc := range []struct {
		kind         redact.Kind
		identifiable bool
		shown        bool
	}{{"", true, true}, {redact.Face, true, true}, {redact.Other, true, true}, {redact.Logo, true, false}, {redact.Code, false, false}} {
		b.say(t, p, Answer{Action: Draw, Asset: p.Case.Assets[0].Digest, Kind: tc.kind, Region: redact.Region{Box: box(10+30*i, 10, 20, 20)}})
		it := &p.Items[i]
		if it.Identifiable() != tc.identifiable {
			t.Errorf("%q: identifiable %v", tc.kind, it.Identifiable())
		}
		err := b.Answer(t.Context(), p, Answer{Action: Identify, Item: it.ID, Subject: "lin", By: "zhou"})
		if (err == nil) != tc.identifiable || p.Items[i].Hidden() == tc.shown {
			t.Errorf("%q: hidden %v, %v", tc.kind, p.Items[i].Hidden(), err)
		}
	}
}

func TestMovedFoundBoxUncoversNothing(t *testing.T) {
	first, second := box(20, 20, 40, 40), box(120, 20, 40, 40)
	for name, tier := range map[string]redact.Tier{"sure": redact.Sure, "review": redact.Review} {
		t.Run(name, func(t *testing.T) {
			f := found(redact.Face, tier, first)
			f.Landmarks = [][2]float32{{30, 30}, {50, 30}, {40, 40}, {32, 50}, {48, 50}}
			b, p := onPhoto(t, f)
			id := p.Items[0].ID
			b.say(t, p, Answer{Action: Move, Item: id, Region: redact.Region{Box: second}})
			if len(p.Items) != 2 || p.Item(id).Finding.Region.Box != second || p.Items[1].RestOf != id || p.Items[1].Finding.Region.Box != first {
				t.Fatalf("%+v", p.Items)
			}
			if p.Items[0].Finding.Landmarks != nil || len(p.Items[1].Finding.Landmarks) != 5 {
				t.Error("landmarks do not stay where the face was found")
			}
			rest := p.Items[1].ID
			b.mustClear(t, p.Case)
			for _, at := range []image.Point{{40, 40}, {140, 40}} {
				if b.untouched(t, at) {
					t.Errorf("after a move the pixel at %v shows", at)
				}
			}
			again := b.scan(t, p.Case)
			if again.Item(id) == nil || again.Item(rest) == nil {
				t.Error("after a rescan they have other names")
			}
			a := Answer{Action: Delete, Item: rest, By: "zhou"}
			if tier == redact.Sure {
				if err := b.Answer(t.Context(), p, a); !errors.Is(err, ErrAnswer) {
					t.Error("a sure place was cleared without a reason:", err)
				}
				a.Reason = "the clock on the wall"
			}
			b.say(t, p, a)
			b.mustClear(t, p.Case)
			if !b.untouched(t, image.Pt(40, 40)) || b.untouched(t, image.Pt(140, 40)) {
				t.Error("clearing the found place does not uncover it, or uncovers the new one")
			}
			if rep := b.read(t, "report.json"); tier == redact.Sure && !strings.Contains(rep, "the clock on the wall") {
				t.Error("the report does not say why")
			}
			for range 2 {
				if _, err := b.Undo(t.Context(), p); err != nil {
					t.Fatal(err)
				}
			}
			if len(p.Items) != 1 || p.Items[0].Finding.Region.Box != first || p.Items[0].Finding.Landmarks == nil || !p.Items[0].Hidden() {
				t.Errorf("undone: %+v", p.Items)
			}
		})
	}
}

func TestMovedBoxAndItsName(t *testing.T) {
	first := box(40, 20, 40, 40)
	name := Answer{Action: Identify, Subject: "lin"}
	to := func(r image.Rectangle) Answer { return Answer{Action: Move, Region: redact.Region{Box: r}} }
	for _, tc := range []struct {
		name         string
		answers      []Answer
		hidden, rest string // of the item; of the place where it was found: "" none
	}{
		{"larger box: nothing is left behind", []Answer{to(box(30, 10, 60, 60))}, "hide", ""},
		{"smaller box", []Answer{to(box(50, 30, 10, 10))}, "hide", "hide"},
		{"there and back", []Answer{to(box(90, 20, 40, 40)), to(first)}, "hide", ""},
		{"named, then nudged", []Answer{name, to(box(42, 22, 40, 40))}, "show", "show"},
		{"nudged, then named", []Answer{to(box(42, 22, 40, 40)), name}, "show", "show"},
		{"named, then put elsewhere", []Answer{name, to(box(100, 20, 40, 40))}, "hide", "show"},
		{"put elsewhere, then named", []Answer{to(box(100, 20, 40, 40)), name}, "show", "hide"},
		{"a small part named", []Answer{to(box(50, 30, 10, 10)), name}, "show", "hide"},
		{"nudged away in small steps", []Answer{name, to(box(52, 20, 40, 40)), to(box(64, 20, 40, 40)), to(box(76, 20, 40, 40))}, "hide", "show"},
		{"hidden, then moved", []Answer{{Action: HideIt}, to(box(42, 22, 40, 40))}, "hide", "hide"},
		{"cleared, then moved", []Answer{{Action: Clear, Reason: "a doll"}, to(box(42, 22, 40, 40))}, "hide", "hide"},
		{"enlarged, then cleared", []Answer{to(box(30, 10, 60, 60)), {Action: Clear, Reason: "a doll"}}, "show", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b, p := onPhoto(t, found(redact.Face, redact.Sure, first))
			b.agree(t, "lin", "林知遥")
			id := p.Items[0].ID
			for _, a := range tc.answers {
				a.Item = id
				b.say(t, p, a)
			}
			word := func(it *Item) string {
				switch {
				case it == nil:
					return ""
				case it.Hidden():
					return "hide"
				}
				return "show"
			}
			if got := word(p.Item(id)); got != tc.hidden {
				t.Errorf("the item: %s, want %s", got, tc.hidden)
			}
			if got := word(p.Item(RestID(id))); got != tc.rest {
				t.Errorf("where it was found: %q, want %q", got, tc.rest)
			}
		})
	}
}

func TestClearedBoxes(t *testing.T) {
	for _, tc := range []struct {
		name   string
		f      redact.Finding
		reason string
		ok     bool
	}{
		{"face of the review tier", found(redact.Face, redact.Review, box(20, 20, 30, 30)), "", true},
		{"sure face without a reason", found(redact.Face, redact.Sure, box(20, 20, 30, 30)), "", false},
		{"sure face for a blank", found(redact.Face, redact.Sure, box(20, 20, 30, 30)), " \n", false},
		{"sure face with a reason", found(redact.Face, redact.Sure, box(20, 20, 30, 30)), "a cartoon on the wall", true},
		{"sure logo with a reason", found(redact.Logo, redact.Sure, box(20, 20, 30, 30)), "the pattern of the carpet", true},
		{"sure code with a reason", found(redact.Code, redact.Sure, box(20, 20, 30, 30)), "our own website", true},
		{"code of the review tier", found(redact.Code, redact.Review, box(20, 20, 30, 30)), "", true},
		{"sure phone number with a reason", found(redact.Phone, redact.Sure, box(20, 20, 30, 30)), "ours", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b, p := onPhoto(t, tc.f)
			id := p.Items[0].ID
			if p.Items[0].NeedsReason() != (tc.f.Tier == redact.Sure) {
				t.Error("needs a reason:", p.Items[0].NeedsReason())
			}
			err := b.Answer(t.Context(), p, Answer{Action: Delete, Item: id, Reason: tc.reason, By: "zhou"})
			if (err == nil) != tc.ok || err != nil && !errors.Is(err, ErrAnswer) {
				t.Fatal(err)
			}
			if p.Items[0].Hidden() == tc.ok || len(p.Case.Answers) != map[bool]int{true: 1}[tc.ok] {
				t.Errorf("hidden %v, %d answers", p.Items[0].Hidden(), len(p.Case.Answers))
			}
			if !tc.ok {
				return
			}
			if p.Items[0].Exempt != ExemptCleared || p.Case.Answers[0].Action != Clear {
				t.Errorf("%+v", p.Items[0])
			}
			b.mustClear(t, p.Case)
			rep := b.read(t, "report.json")
			if !strings.Contains(rep, tc.reason) || !strings.Contains(rep, `"cleared"`) || !strings.Contains(rep, `"zhou"`) {
				t.Error("the report does not name who cleared it, and why")
			}
		})
	}
}

// A case that was kept by an earlier version has a clear of a sure finding
// neither with nor without a reason, and drawn boxes without a kind.
func TestOldAnswersStillCount(t *testing.T) {
	b, p := onPhoto(t, found(redact.Face, redact.Sure, box(20, 20, 30, 30)))
	c := p.Case
	c.Answers = []Answer{
		{Action: Draw, Asset: c.Assets[0].Digest, Region: redact.Region{Box: box(150, 50, 90, 90)}, By: "zhou"}, // reaches outside
		{Action: Clear, Item: p.Items[0].ID, By: "zhou"},
	}
	if err := b.Save(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	c, err := b.Load(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	p = b.scan(t, c)
	if len(p.Items) != 2 || !p.Items[0].Hidden() || !p.Items[1].Hidden() {
		t.Fatalf("%+v", p.Items)
	}
	b.mustClear(t, c)
	if b.untouched(t, image.Pt(30, 30)) || b.untouched(t, image.Pt(190, 90)) {
		t.Error("an old answer uncovers")
	}
}

func TestBoxesAreChecked(t *testing.T) {
	b, p := onPhoto(t, found(redact.Face, redact.Sure, box(20, 20, 30, 30)), found(redact.Face, redact.Sure, box(80, 20, 30, 30)))
	asset, id, other := p.Case.Assets[0].Digest, p.Items[0].ID, p.Items[1].ID
	b.say(t, p, Answer{Action: Draw, Asset: asset, Region: redact.Region{Box: box(150, 20, 30, 30)}})
	b.say(t, p, Answer{Action: Move, Item: other, Region: redact.Region{Box: box(110, 60, 30, 30)}})
	draw := func(r redact.Region) Answer { return Answer{Action: Draw, Asset: asset, Region: r} }
	move := func(r image.Rectangle) Answer {
		return Answer{Action: Move, Item: id, Region: redact.Region{Box: r}}
	}
	for name, a := range map[string]Answer{
		"drawn: empty":                 draw(redact.Region{}),
		"drawn: a line":                draw(redact.Region{Box: box(10, 10, 30, 0)}),
		"drawn: inside out":            draw(redact.Region{Box: image.Rectangle{Min: image.Pt(30, 30), Max: image.Pt(10, 10)}}),
		"drawn: right of the picture":  draw(redact.Region{Box: box(190, 10, 20, 20)}),
		"drawn: above the picture":     draw(redact.Region{Box: box(10, -5, 20, 20)}),
		"drawn: on a page of no photo": draw(redact.Region{Page: 1, Box: box(10, 10, 20, 20)}),
		"drawn: in no part":            draw(redact.Region{Part: "margin", Box: box(10, 10, 20, 20)}),
		"drawn: text of a picture":     draw(redact.Region{Start: 0, End: 4}),
		"drawn: twice":                 draw(redact.Region{Box: box(150, 20, 30, 30)}),
		"drawn: of no kind":            {Action: Draw, Asset: asset, Kind: "secret", Region: redact.Region{Box: box(10, 10, 20, 20)}},
		"drawn: in no file":            {Action: Draw, Region: redact.Region{Box: box(10, 10, 20, 20)}},
		"moved: empty":                 move(image.Rectangle{}),
		"moved: outside":               move(box(500, 500, 30, 30)),
		"moved: half outside":          move(box(-1, 20, 30, 30)),
		"moved: nothing":               {Action: Move, Item: "0", Region: redact.Region{Box: box(10, 10, 20, 20)}},
		"moved: where it was found":    {Action: Move, Item: RestID(other), Region: redact.Region{Box: box(10, 10, 20, 20)}},
		"deleted: nothing":             {Action: Delete, Item: "0"},
		"deleted: all of a text":       {Action: Delete, Text: "王小明"},
		"covered: with nothing":        {Action: CoverIt, Item: "0", Cover: CoverPerson},
		"covered: by what":             {Action: CoverIt, Item: id, Cover: "village"},
	} {
		t.Run(name, func(t *testing.T) {
			n := len(p.Case.Answers)
			a.By = "zhou"
			if err := b.Answer(t.Context(), p, a); !errors.Is(err, ErrAnswer) {
				t.Error("taken:", err)
			}
			if len(p.Case.Answers) != n {
				t.Error("kept")
			}
		})
	}
}

func TestCoverTheWholePerson(t *testing.T) {
	b, p := onPhoto(t, found(redact.Face, redact.Sure, box(20, 10, 20, 20)), found(redact.Logo, redact.Sure, box(80, 10, 20, 20)))
	b.say(t, p, Answer{Action: Draw, Asset: p.Case.Assets[0].Digest, Region: redact.Region{Box: box(140, 10, 20, 20)}})
	bodies := func() (got []bool) {
		for _, r := range p.redactions(0, stronger{}) {
			if r.Body && r.Kind != redact.Face {
				t.Errorf("a %s has no body", r.Kind)
			}
			got = append(got, r.Body)
		}
		return got
	}
	if got := bodies(); !slices.Equal(got, []bool{false, false, false}) {
		t.Errorf("by default %v", got)
	}
	p.Case.Cover = CoverPerson
	if got := bodies(); !slices.Equal(got, []bool{true, false, true}) {
		t.Errorf("whole persons: %v", got)
	}
	b.say(t, p, Answer{Action: CoverIt, Item: p.Items[0].ID, Cover: CoverFace})
	p.Case.Cover = ""
	b.say(t, p, Answer{Action: CoverIt, Item: p.Items[2].ID, Cover: CoverPerson})
	if got := bodies(); !slices.Equal(got, []bool{false, false, true}) {
		t.Errorf("one of them: %v", got)
	}
	if err := b.Answer(t.Context(), p, Answer{Action: CoverIt, Item: p.Items[1].ID, Cover: CoverPerson, By: "zhou"}); !errors.Is(err, ErrAnswer) {
		t.Error("a logo was given a body:", err)
	}
	for s, want := range map[string]Cover{"": "", "face": "", "person": CoverPerson} {
		if got, err := ParseCover(s); got != want || err != nil {
			t.Errorf("%q: %q, %v", s, got, err)
		}
	}
	if _, err := ParseCover("all"); err == nil {
		t.Error("parsed a cover that there is not")
	}
}

// Blurred words and codes can be read back, drawn ones too.
func TestDrawnWordsAreFilled(t *testing.T) {
	b, p := onPhoto(t)
	p.Case.Style = redact.Blur
	want := map[redact.Kind]redact.Method{"": redact.Blur, redact.Face: redact.Blur, redact.Logo: redact.Blur, redact.Code: redact.Solid, redact.Other: redact.Solid, redact.Person: redact.Solid, redact.Organisation: redact.Solid}
	x := 0
	for k, m := range want {
		b.say(t, p, Answer{Action: Draw, Asset: p.Case.Assets[0].Digest, Kind: k, Region: redact.Region{Box: box(x, 10, 20, 20)}})
		if got := p.redactions(0, stronger{}); got[len(got)-1].Method != m {
			t.Errorf("drawn %q: %s, want %s", k, got[len(got)-1].Method, m)
		}
		if r := p.released(&edited{asset: 0}); r.Methods[len(r.Methods)-1] != m {
			t.Errorf("drawn %q: the attacks are told %s", k, r.Methods[len(r.Methods)-1])
		}
		x += 25
	}
}

// Frames of an animation are pages: a box stands on one of them.
func TestBoxesOnPages(t *testing.T) {
	b := newBench(t)
	b.Formats["image/gif"] = photo.New(nil, nil)
	b.Sniff = func(string, []byte) (string, error) { return "image/gif", nil }
	var anim gif.GIF
	for i := range 2 {
		m := image.NewPaletted(image.Rect(0, 0, 100, 80), palette.WebSafe)
		for j := range m.Pix {
			m.Pix[j] = byte((j*j>>4 ^ j*(7+i)) % 216)
		}
		anim.Image, anim.Delay = append(anim.Image, m), append(anim.Delay, 10)
	}
	var buf bytes.Buffer
	if err := gif.EncodeAll(&buf, &anim); err != nil {
		t.Fatal(err)
	}
	b.write(t, "a.gif", buf.String())
	p := b.scan(t, b.newCase(t))
	draw := func(page int) Answer {
		return Answer{Action: Draw, Asset: p.Case.Assets[0].Digest, Region: redact.Region{Page: page, Box: box(10, 10, 30, 30)}}
	}
	b.say(t, p, draw(1))
	b.say(t, p, draw(0))
	if len(p.Items) != 2 || p.Items[0].ID == p.Items[1].ID {
		t.Fatalf("%+v", p.Items)
	}
	for _, page := range []int{2, -1} {
		a := draw(page)
		a.By = "zhou"
		if err := b.Answer(t.Context(), p, a); !errors.Is(err, ErrAnswer) {
			t.Errorf("drawn on page %d: %v", page, err)
		}
	}
	b.say(t, p, Answer{Action: Move, Item: p.Items[0].ID, Region: redact.Region{Box: box(40, 10, 30, 30)}})
	if r := p.Items[0].Finding.Region; r.Page != 1 || r.Box != box(40, 10, 30, 30) {
		t.Errorf("moved to %+v", r)
	}
	var out bytes.Buffer
	if err := b.Preview(t.Context(), p, 0, &out); err != nil {
		t.Fatal(err)
	}
	doc, err := b.Formats["image/gif"].Open(t.Context(), redact.Asset{Size: int64(out.Len())}, bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	at := map[int][2]image.Point{0: {{20, 20}, {60, 20}}, 1: {{60, 20}, {20, 20}}} // hidden, not hidden
	for page, err := range doc.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if page.Part != redact.PartBody {
			continue
		}
		m, err := page.Pictures[0].Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		where := at[page.Index]
		was := func(i image.Point) color.Color { return color.NRGBAModel.Convert(anim.Image[page.Index].At(i.X, i.Y)) }
		if m.At(where[0].X, where[0].Y) == was(where[0]) || m.At(where[1].X, where[1].Y) != was(where[1]) {
			t.Errorf("page %d is not hidden where its box stands, or elsewhere too", page.Index)
		}
		delete(at, page.Index)
	}
	if len(at) != 0 {
		t.Errorf("pages %v were not written", at)
	}
}

// A box that stays and is mostly hidden by another excuses nothing before the
// attacks.
func TestKeptUnderHiddenIsNoExcuse(t *testing.T) {
	b, p := onPhoto(t, found(redact.Face, redact.Sure, box(20, 20, 40, 40)))
	b.agree(t, "lin", "林知遥")
	for i, r := range []image.Rectangle{box(22, 22, 40, 40), box(120, 20, 40, 40)} {
		b.say(t, p, Answer{Action: Draw, Asset: p.Case.Assets[0].Digest, Region: redact.Region{Box: r}})
		b.say(t, p, Answer{Action: Identify, Item: p.Items[1+i].ID, Subject: "lin"})
	}
	r := p.released(&edited{asset: 0})
	if len(r.Removed) != 1 || len(r.Kept) != 1 || r.Kept[0].Region.Box != box(120, 20, 40, 40) {
		t.Errorf("removed %v, kept %v", r.Removed, r.Kept)
	}
}
