package casework

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"consentry/authz"
	"consentry/redact"
	"consentry/redact/photo"
)

// placed finds faces where a list says they are, on every page.
type placed []image.Rectangle

func (placed) ID() string { return "placed/1" }

func (p placed) Detect(_ context.Context, page redact.Page) (fs []redact.Finding, err error) {
	for _, box := range p {
		if len(page.Pictures) > 0 {
			fs = append(fs, redact.Finding{Region: redact.Region{Part: page.Part, Page: page.Index, Box: box}, Kind: redact.Face, Score: .9, Tier: redact.Sure, By: p.ID(), Why: "list"})
		}
	}
	return fs, nil
}

// A photo in which one of two faces stays by consent says so, and no other does;
// what is written in another type is named after it.
func TestRightsOfThoseWhoStay(t *testing.T) {
	b := newBench(t)
	b.agree(t, "lin", "林知遥")
	boxes := placed{image.Rect(20, 20, 50, 60), image.Rect(100, 20, 130, 60)}
	b.Detectors = append(b.Detectors, boxes)
	format := photo.New(photo.InProcess)
	for _, typ := range photo.Types() {
		b.Formats[typ] = format
	}
	texts := b.Sniff
	b.Sniff = func(name string, head []byte) (string, error) {
		if typ := photo.Sniff(head); typ != "" {
			return typ, nil
		}
		return texts(name, head)
	}
	m := image.NewNRGBA(image.Rect(0, 0, 160, 80))
	for i := range m.Pix {
		m.Pix[i] = byte(i*7) | 128
	}
	for i := 3; i < len(m.Pix); i += 4 {
		m.Pix[i] = 255
	}
	var jpg, anim bytes.Buffer
	if err := jpeg.Encode(&jpg, m, nil); err != nil {
		t.Fatal(err)
	}
	frame := image.NewPaletted(m.Rect, color.Palette{color.White, color.Black})
	if err := gif.EncodeAll(&anim, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{9, 9}}); err != nil {
		t.Fatal(err)
	}
	heic, err := os.ReadFile("../../redact/photo/testdata/plain.heic")
	if err != nil {
		t.Fatal(err)
	}
	b.write(t, "two.jpg", jpg.String())
	b.write(t, "strangers.jpg", jpg.String()+"\x00")
	b.write(t, "IMG_1.HEIC", string(heic))
	b.write(t, "IMG_1.jpg", jpg.String()+"\x01")
	b.write(t, "wave.gif", anim.String())
	c := b.newCase(t)
	p := b.scan(t, c)
	faces := map[string]int{}
	for _, it := range p.Items {
		name := c.Assets[it.Asset].Name
		faces[name]++
		if it.Finding.Kind == redact.Face && it.Finding.Region.Box == boxes[0] && strings.Contains("two.jpg wave.gif", name) {
			if err := b.Answer(t.Context(), p, Answer{Action: Identify, Item: it.ID, Subject: "lin", By: "zhou", At: today}); err != nil {
				t.Fatal(err)
			}
		} else if err := b.Answer(t.Context(), p, Answer{Action: HideIt, Item: it.ID, By: "zhou", At: today}); err != nil {
			t.Fatal(err)
		}
	}
	if faces["wave.gif"] != 4 {
		t.Fatalf("faces %v", faces)
	}
	b.mustClear(t, c)

	want := redact.Rights{Status: redact.LimitedRelease, Releases: []string{"c_lin"}, Until: today.AddDate(1, 0, 0).Add(-time.Nanosecond), Media: []string{"website"}, Regions: []string{"CN"}}
	if got := b.read(t, "files/two.jpg"); strings.Count(got, string(want.XMP())) != 1 {
		t.Error("the packet is not in the photo")
	}
	for _, name := range []string{"files/strangers.jpg", "files/IMG_1.jpg", "files/IMG_1-2.jpg", "files/wave.gif"} {
		if strings.Contains(b.read(t, name), "ModelRelease") {
			t.Errorf("%s speaks of releases", name)
		}
	}
	if photo.Sniff([]byte(b.read(t, "files/IMG_1-2.jpg"))) != photo.JPEG {
		t.Error("the HEIC did not become JPEG")
	}
	if rep := b.read(t, "report.json"); strings.Count(rep, `"output_type": "image/jpeg"`) != 1 {
		t.Error("the report does not tell of the other type")
	}
	list, err := photo.InProcess(t.Context(), strings.NewReader(b.read(t, "files/wave.gif")), 1<<20, 0, 9)
	if err != nil || len(list) != 2 {
		t.Fatal(len(list), err)
	}
	for _, f := range list {
		if f.Pix.NRGBAAt(115, 40).R != f.Pix.NRGBAAt(110, 30).R || f.Pix.NRGBAAt(35, 40).R != 255 {
			t.Error("a frame is not hidden where it should be, or elsewhere")
		}
	}

	// A check of what was written takes the packet for ours.
	seen := &Case{ID: NewID(), Created: today, By: "zhou", Purpose: c.Purpose, Channel: c.Channel, Territory: c.Territory, Mode: Anonymise}
	if err := b.Ingest(t.Context(), seen, filepath.Join(b.out(), "files", "two.jpg"), filepath.Join(b.dir, "in", "IMG_1.HEIC")); err != nil {
		t.Fatal(err)
	}
	got, err := b.Inspect(t.Context(), b.scan(t, seen))
	if err != nil || len(got) != 1 || seen.Assets[got[0].Asset].Type != photo.HEIC {
		t.Errorf("inspected: %+v, %v", got, err)
	}

	// Withdrawn, the photo says nothing any more.
	b.withdraw(t, "lin", today)
	b.mustClear(t, c)
	if strings.Contains(b.read(t, "files/two.jpg"), "ModelRelease") {
		t.Error("rights are still claimed after the withdrawal")
	}
}

func TestAgreedByAll(t *testing.T) {
	type list = []authz.Territory
	for _, c := range []struct {
		lists []list
		want  []string
	}{
		{[]list{{"CN", "DE"}}, []string{"CN", "DE"}},
		{[]list{{"CN", "DE"}, {"DE"}}, []string{"DE"}},
		{[]list{{"world"}, {"CN"}}, []string{"CN"}},
		{[]list{{"CN"}, {"world"}}, []string{"CN"}},
		{[]list{{"world"}, {"world"}}, []string{"world"}},
	} {
		var have []string
		for i, l := range c.lists {
			have = agreed(i == 0, have, l)
		}
		if !slices.Equal(have, c.want) {
			t.Errorf("%v: %v", c.lists, have)
		}
	}
}
