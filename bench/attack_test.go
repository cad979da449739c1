package bench

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"consentry/assets"
	"consentry/internal/infer"
	"consentry/redact"
	"consentry/redact/faces"
	"consentry/redact/photo"
)

var people = flag.String("people", "", "folder of person/photo.jpg for TestAttackTable; without it the sample photos")

// The styles of the product, after the photo as it is.
var styles = []string{"clear", redact.Blur.String(), redact.Mosaic.String(), redact.Solid.String()}

// A portrait is one photo's largest face as the two recognisers see it, once for
// each style, always by the landmarks that the clear photo has: the attacker
// knows where the face is.
type portrait struct {
	person string
	dlib   [][128]float32
	sface  [][128]float32
	// hub says for dlib and SFace that the clear photo is taken for an even grey
	// picture. Anything hidden is taken for it, whoever it was, which tells nothing.
	hub [2]bool
}

// TestAttackTable hides the faces of a folder of identity photos by each style,
// through the format itself, and lets two face recognisers compare what is left
// with clear photos of the same and of other people. Nothing hidden may be taken
// for the person by either. To see the table of a corpus of your own:
//
//	go test ./bench -run TestAttackTable -v -args -people DIR
func TestAttackTable(t *testing.T) {
	ps := portraits(t)
	persons := map[string]int{}
	for _, p := range ps {
		persons[p.person]++
	}
	hubs := [2]int{}
	for _, p := range ps {
		for m, is := range p.hub {
			if is {
				hubs[m]++
			}
		}
	}
	t.Logf("%d photos of %d people; chance of rank 1 is %.1f %%; left out as like an even grey picture: %d for dlib, %d for SFace",
		len(ps), len(persons), 100/float64(len(persons)), hubs[0], hubs[1])
	t.Logf("dlib/SFace, %%: verified vs another photo | vs its own original | vs other people | rank 1, clear gallery | rank 1, gallery hidden alike")
	for i, style := range styles {
		a := tally(ps, i)
		t.Logf("%-7s %s | %s | %s | %s | %s", style, a.verified, a.self, a.others, a.rank1, a.parrot)
		if i > 0 && (a.verified.any() || a.self.any()) {
			t.Errorf("%s: a hidden face is taken for the person", style)
		}
		if i == 0 && (a.self[0].hits != a.self[0].tries || a.self[1].hits != a.self[1].tries || a.self[0].tries == 0) {
			t.Error("the recognisers don't know a clear photo again")
		}
	}
}

// A share counts hits among tries.
type share struct{ hits, tries int }

func (s *share) add(hit bool) {
	s.tries++
	if hit {
		s.hits++
	}
}

// shares are those of dlib and SFace.
type shares [2]share

func (s shares) any() bool { return s[0].hits+s[1].hits > 0 }

func (s shares) String() string {
	var out []string
	for _, x := range s {
		if x.tries == 0 {
			out = append(out, "–")
			continue
		}
		out = append(out, fmt.Sprintf("%.1f", 100*float64(x.hits)/float64(x.tries)))
	}
	return fmt.Sprintf("%s (%d of %d, %d of %d)", strings.Join(out, "/"), s[0].hits, s[0].tries, s[1].hits, s[1].tries)
}

// A row is one style's. others are those taken for somebody else: what chance
// gives to verified, too.
type row struct{ verified, self, others, rank1, parrot shares }

// tally attacks every portrait in one style.
func tally(ps []portrait, style int) (r row) {
	for i, p := range ps {
		d, s := func(o portrait, as int) float64 { return distance(p.dlib[style], o.dlib[as]) },
			func(o portrait, as int) float64 { return -faces.Cosine(p.sface[style], o.sface[as]) }
		for k, o := range ps {
			to := &r.others
			switch {
			case k == i:
				to = &r.self
			case o.person == p.person:
				to = &r.verified
			}
			if !o.hub[0] {
				to[0].add(d(o, 0) < faces.SameDistance)
			}
			if !o.hub[1] {
				to[1].add(s(o, 0) <= -faces.SameCosine)
			}
		}
		// A gallery has one photo of each person, never the one that was hidden.
		var gallery []portrait
		mine := false
		for k, o := range ps {
			if k != i && !slices.ContainsFunc(gallery, func(g portrait) bool { return g.person == o.person }) {
				gallery = append(gallery, o)
				mine = mine || o.person == p.person
			}
		}
		if !mine {
			continue
		}
		for k, to := range []*shares{&r.rank1, &r.parrot} {
			as := k * style // the gallery's style
			for m, far := range []func(portrait, int) float64{d, s} {
				best := slices.MinFunc(gallery, func(a, b portrait) int {
					if far(a, as) < far(b, as) {
						return -1
					}
					return 1
				})
				to[m].add(best.person == p.person)
			}
		}
	}
	return r
}

func distance(a, b [128]float32) float64 {
	var sum float64
	for i := range a {
		sum += float64(a[i]-b[i]) * float64(a[i]-b[i])
	}
	return math.Sqrt(sum)
}

// recognisers are the models of the attack, as the product loads them.
type recognisers struct {
	find  *faces.Detector
	dlib  *faces.Embedder
	sface *faces.SFace
}

func loadRecognisers(t *testing.T) recognisers {
	t.Helper()
	dir, err := assets.Dir()
	if err != nil {
		t.Fatal(err)
	}
	set, err := assets.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := set.Library()
	if err != nil {
		t.Fatal(err)
	}
	rt, err := infer.Open(lib)
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) []byte {
		b, err := set.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	var r recognisers
	second, err := faces.NewYuNet(rt, read("yunet.onnx"), set.Digest("yunet.onnx"), faces.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.find, err = faces.New(rt, read("centerface.onnx"), set.Digest("centerface.onnx"), second, faces.Options{}); err != nil {
		t.Fatal(err)
	}
	r.dlib = faces.NewEmbedder(rt, func() ([]byte, error) { return set.Read("dlib-resnet.onnx") })
	r.sface = faces.NewSFace(rt, func() ([]byte, error) { return set.Read("sface.onnx") })
	t.Cleanup(func() { r.find.Close(); r.dlib.Close(); r.sface.Close() })
	return r
}

// blanks are even pictures, dark, grey and light, as both recognisers see them.
func (r recognisers) blanks(t *testing.T) (bs [][2][128]float32) {
	t.Helper()
	for _, v := range []uint8{photo.Dark, 0x80, photo.Grey} {
		img := image.NewNRGBA(image.Rect(0, 0, 300, 300))
		draw.Draw(img, img.Rect, image.NewUniform(color.Gray{v}), image.Point{}, draw.Src)
		at := [][2]float32{{110, 120}, {190, 120}, {150, 160}, {120, 200}, {180, 200}}
		d, err := r.dlib.Embed(t.Context(), img, at)
		if err != nil {
			t.Fatal(err)
		}
		s, err := r.sface.Embed(t.Context(), img, at)
		if err != nil {
			t.Fatal(err)
		}
		bs = append(bs, [2][128]float32{d, s})
	}
	return bs
}

// portraits reads the folder, or takes every face of the samples for a person.
func portraits(t *testing.T) (ps []portrait) {
	t.Helper()
	pattern, all := filepath.Join(*people, "*", "*"), false
	if *people == "" {
		dir, err := assets.Dir()
		if err != nil {
			t.Fatal(err)
		}
		pattern, all = filepath.Join(dir, "samples", "*.jpg"), true
	}
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no photos at %s", pattern)
	}
	r := loadRecognisers(t)
	blanks := r.blanks(t)
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		img, err := photo.Decode(bytes.NewReader(body))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		found, err := r.find.Find(t.Context(), img.Pix)
		if err != nil {
			t.Fatal(err)
		}
		// What is small or doubtful may be no face, and those are all alike.
		found = slices.DeleteFunc(found, func(f redact.Finding) bool { return f.Score < 0.5 || f.Region.Box.Dx() < 32 })
		if len(found) == 0 {
			t.Logf("%s: no face found", name)
			continue
		}
		if !all {
			found = []redact.Finding{slices.MaxFunc(found, func(a, b redact.Finding) int { return area(a) - area(b) })}
		}
		for k, f := range found {
			p := portrait{person: filepath.Base(filepath.Dir(name))}
			if all {
				p.person = fmt.Sprint(filepath.Base(name), k)
			}
			for i := range styles {
				seen := img.Pix
				if i > 0 {
					seen = hidden(t, body, f, redact.Method(len(styles)-1-i))
				}
				d, err := r.dlib.Embed(t.Context(), seen, f.Landmarks)
				if err != nil {
					t.Fatal(err)
				}
				s, err := r.sface.Embed(t.Context(), seen, f.Landmarks)
				if err != nil {
					t.Fatal(err)
				}
				p.dlib, p.sface = append(p.dlib, d), append(p.sface, s)
			}
			for _, b := range blanks {
				p.hub[0] = p.hub[0] || distance(p.dlib[0], b[0]) < faces.SameDistance
				p.hub[1] = p.hub[1] || faces.Cosine(p.sface[0], b[1]) >= faces.SameCosine
			}
			ps = append(ps, p)
		}
	}
	return ps
}

func area(f redact.Finding) int { return f.Region.Box.Dx() * f.Region.Box.Dy() }

// hidden is the photo as it is written with one face hidden.
func hidden(t *testing.T, body []byte, f redact.Finding, m redact.Method) *image.NRGBA {
	t.Helper()
	ctx := context.Background()
	doc, err := photo.New(photo.InProcess, nil).Open(ctx, redact.Asset{Size: int64(len(body))}, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := doc.Rewrite(ctx, &out, []redact.Redaction{{Region: f.Region, Kind: f.Kind, Method: m}}); err != nil {
		t.Fatal(err)
	}
	img, err := photo.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	return img.Pix
}
