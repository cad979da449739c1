package casework

import (
	"bytes"
	"context"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"iter"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"consentry/authz"
	"consentry/redact"
)

// The straight lines meet the thresholds of the rule pack that ships.
func TestLikenessMeetsThePack(t *testing.T) {
	b := newBench(t)
	th := b.Policy.(*authz.Pack).Thresholds
	if th.Sure != sureScore || th.Maybe != maybeScore {
		t.Fatalf("the pack has %+v", th)
	}
	for d, want := range map[float64]string{0: "sure", 0.3: "sure", Proposes: "sure", 0.5001: "asks", 0.6: "asks", Asks: "asks", 0.6501: "none", 2: "none", math.Inf(1): "none"} {
		s := likeness(d)
		got := "none"
		if s >= th.Sure {
			got = "sure"
		} else if s >= th.Maybe {
			got = "asks"
		}
		if got != want || s < 0 || s > 1 {
			t.Errorf("%v: %v, which %s", d, s, got)
		}
	}
	for d := 0.0; d < 1; d += 0.01 {
		if likeness(d) < likeness(d+0.01) {
			t.Errorf("%v scores less than what is further", d)
		}
	}
}

// face is a found face at x.
func face(x int, tier redact.Tier) redact.Finding {
	return redact.Finding{Kind: redact.Face, Tier: tier, Region: redact.Region{Box: image.Rect(x, 0, x+50, 50)}}
}

func TestWeigh(t *testing.T) {
	near := func(id string, d float64) Near { return Near{authz.SubjectID(id), d, 0.7, true} }
	clear := func(ns ...Near) Recognised { return Recognised{Near: ns, Clear: true} }
	for name, c := range map[string]struct {
		faces []redact.Finding
		rs    []Recognised
		want  string // for each face: subject, sure or ask, why
	}{
		"near and clear":       {nil, []Recognised{clear(near("a", 0.4))}, "a sure face-match"},
		"far":                  {nil, []Recognised{clear(near("a", 0.55))}, "a ask face-match-far"},
		"too far":              {nil, []Recognised{clear(near("a", 0.7))}, ""},
		"nobody":               {nil, []Recognised{clear()}, ""},
		"unclear":              {nil, []Recognised{{Near: []Near{near("a", 0.2)}}}, "a ask face-match-unclear"},
		"hardly a face":        {[]redact.Finding{face(0, redact.Review)}, []Recognised{clear(near("a", 0.2))}, "a ask face-match-unclear"},
		"second opinion":       {nil, []Recognised{clear(Near{"a", 0.2, 0.5, false})}, "a ask face-match-doubt"},
		"rival within margin":  {nil, []Recognised{clear(near("a", 0.4), near("b", 0.5))}, "a sure face-match-rival, b sure face-match-rival"},
		"rival beyond":         {nil, []Recognised{clear(near("a", 0.4), near("b", 0.55))}, "a sure face-match, b ask face-match-far"},
		"twice in a picture":   {nil, []Recognised{clear(near("a", 0.3)), clear(near("a", 0.45))}, "a ask face-match-twice; a ask face-match-twice"},
		"found twice":          {[]redact.Finding{face(0, redact.Sure), face(5, redact.Sure)}, []Recognised{clear(near("a", 0.3)), clear(near("a", 0.3))}, "a sure face-match; a sure face-match"},
		"plainly another face": {nil, []Recognised{clear(near("a", 0.3)), clear(near("a", 0.6))}, "a sure face-match; "},
		"hardly another face":  {nil, []Recognised{clear(near("a", 0.48)), clear(near("a", 0.55))}, "a sure face-match; a ask face-match-far"},
	} {
		if c.faces == nil {
			for i := range c.rs {
				c.faces = append(c.faces, face(100*i, redact.Sure))
			}
		}
		var all []string
		for _, ls := range weigh(c.faces, c.rs) {
			var one []string
			for _, l := range ls {
				word := "ask"
				if l.Score >= sureScore {
					word = "sure"
				}
				one = append(one, fmt.Sprint(l.Subject, " ", word, " ", l.Why))
			}
			all = append(all, strings.Join(one, ", "))
		}
		if got := strings.Join(all, "; "); got != c.want {
			t.Errorf("%s: %s; want %s", name, got, c.want)
		}
	}
}

func TestFeaturesAreNeverWritten(t *testing.T) {
	f := Features{0.123456789, 2}
	if _, err := json.Marshal(map[string]any{"x": struct{ F Features }{f}}); err == nil {
		t.Error("written as JSON")
	}
	if err := gob.NewEncoder(io.Discard).Encode(f); err == nil {
		t.Error("written as gob")
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%g", "%d"} {
		if s := fmt.Sprintf(verb, f) + fmt.Sprintf(verb, []any{f}); strings.ContainsAny(s, "0123456789") {
			t.Errorf("%s prints %s", verb, s)
		}
	}
	b, err := json.Marshal(Recognised{Features: f, Clear: true})
	if err != nil || bytes.Contains(b, []byte("0.123")) {
		t.Errorf("with what is kept: %s, %v", b, err)
	}
}

func TestCluster(t *testing.T) {
	at := func(asset int, x float32) grouped {
		return grouped{item: asset, asset: asset, features: Features{2 * x}}
	}
	for name, c := range map[string]struct {
		fs   []grouped
		want string
	}{
		"none":                  {nil, "[]"},
		"alone":                 {[]grouped{at(0, 0)}, "[]"},
		"two":                   {[]grouped{at(0, 0), at(1, 0.4)}, "[[0 1]]"},
		"apart":                 {[]grouped{at(0, 0), at(1, 0.6)}, "[]"},
		"in one picture":        {[]grouped{at(0, 0), at(0, 0.1)}, "[]"},
		"a chain is no group":   {[]grouped{at(0, 0), at(1, 0.3), at(2, 0.6)}, "[[0 1]]"},
		"the nearest first":     {[]grouped{at(0, 0), at(1, 0.4), at(2, 0.6)}, "[[1 2]]"},
		"the largest first":     {[]grouped{at(0, 9), at(1, 9.1), at(2, 0), at(3, 0.1), at(4, 0.2)}, "[[2 3 4] [0 1]]"},
		"through one's picture": {[]grouped{at(0, 0), at(1, 0.1), at(0, 0.2)}, "[[0 1]]"},
	} {
		if got := fmt.Sprint(cluster(c.fs, func(a, b Features) float64 { return math.Abs(float64(a[0] - b[0])) })); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// pictures is a format of PNG files that are one page of one picture.
type pictures struct{}

func (pictures) ID() string { return "pictures/1" }

func (pictures) Open(_ context.Context, a redact.Asset, r io.ReaderAt) (redact.Document, error) {
	b, err := io.ReadAll(io.NewSectionReader(r, 0, a.Size))
	if err != nil {
		return nil, err
	}
	l, err := LogoRecord{PNG: b}.Likeness()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", redact.ErrUnreadable, err)
	}
	return picture{l.Image}, nil
}

type picture struct{ m *image.NRGBA }

func (p picture) Pages(context.Context) iter.Seq2[redact.Page, error] {
	return func(yield func(redact.Page, error) bool) {
		yield(redact.Page{Bounds: p.m.Rect, Pictures: []redact.Picture{{Box: p.m.Rect, Load: func(context.Context) (*image.NRGBA, error) { return p.m, nil }}}}, nil)
	}
}

func (picture) Rewrite(context.Context, io.Writer, []redact.Redaction) (string, error) {
	return "image/png", nil
}

// spots finds likenesses by their middle pixel's colour wherever it stands.
type spots struct {
	ls    []redact.Likeness
	looks *int
}

func (s spots) ID() string { return fmt.Sprint("spots/1 ", len(s.ls)) }

func (s spots) Detect(ctx context.Context, p redact.Page) (fs []redact.Finding, err error) {
	*s.looks++
	for _, pic := range p.Pictures {
		m, err := pic.Load(ctx)
		if err != nil {
			return nil, err
		}
		for _, l := range s.ls {
			want := l.Image.NRGBAAt(l.Image.Rect.Dx()/2, l.Image.Rect.Dy()/2)
			for i := range m.Rect.Dx() * m.Rect.Dy() {
				x, y := i%m.Rect.Dx(), i/m.Rect.Dx()
				if m.NRGBAAt(x, y) == want {
					fs = append(fs, redact.Finding{Kind: redact.Logo, Ref: l.Ref, Score: 1, Tier: redact.Sure, By: s.ID(), Why: "logo", Region: redact.Region{Box: image.Rect(x, y, x+1, y+1)}})
				}
			}
		}
	}
	return fs, nil
}

func flat(w, h int, c color.NRGBA) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		m.SetNRGBA(i%w, i/w, c)
	}
	return m
}

func encoded(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A registered organisation's logo is looked for in pictures, hidden without an
// authorisation that covers it and shown with one; a second scan looks at
// nothing again.
func TestLogos(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	red, blue := color.NRGBA{200, 10, 10, 255}, color.NRGBA{10, 10, 200, 255}
	looks := 0
	b.Formats["image/png"] = pictures{}
	b.Sniff = func(string, []byte) (string, error) { return "image/png", nil }
	b.Logos = func(ls []redact.Likeness) (redact.Detector, error) { return spots{ls, &looks}, nil }
	photo := flat(20, 10, color.NRGBA{90, 90, 90, 255})
	photo.SetNRGBA(3, 4, red)
	photo.SetNRGBA(13, 6, blue)
	if err := os.MkdirAll(filepath.Join(b.dir, "in"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(b.dir, "in", "stand.png"), encoded(t, photo), 0o644); err != nil {
		t.Fatal(err)
	}
	c := b.newCase(t)
	if p := b.scan(t, c); len(p.Items) != 0 || looks != 0 {
		t.Fatalf("without logos: %d items, %d looks", len(p.Items), looks)
	}
	for id, m := range map[string]*image.NRGBA{"o_red": flat(8, 8, red), "o_blue": flat(6, 6, blue)} {
		s := authz.Subject{ID: authz.SubjectID(id), Kind: authz.Organisation, Names: []authz.Name{{Text: id}}}
		if err := b.vault.PutSubject(ctx, s); err != nil {
			t.Fatal(err)
		}
		doc, err := json.Marshal(LogoRecord{Subject: s.ID, Name: "logo.png", PNG: encoded(t, m)})
		if err != nil {
			t.Fatal(err)
		}
		if err := b.vault.PutDoc(ctx, LogoBucket, "l_"+id, doc); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.vault.PutConsent(ctx, authz.Consent{
		ID: "c_red", Subject: "o_red", Kind: "publish", GivenBy: "company", CollectedBy: "us", Authority: true,
		Events: []authz.Event{{State: authz.Given, At: today.AddDate(0, -1, 0)}}, Evidence: digest, Voluntary: true, Separate: true, Written: true,
		Purposes: []authz.Purpose{"case-study"}, Channels: []authz.Channel{"website"}, Territories: []authz.Territory{"CN"},
		Shows: []authz.Shows{"logo"}, From: today.AddDate(0, -1, 0), Until: today.AddDate(1, 0, 0),
	}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		p := b.scan(t, c)
		if len(p.Items) != 2 {
			t.Fatalf("%d items", len(p.Items))
		}
		for _, it := range p.Items {
			want := map[string]authz.Verdict{"o_red": authz.Show, "o_blue": authz.Hide}[it.Finding.Ref]
			if it.Decision.Verdict != want || it.Decision.Subject != authz.SubjectID(it.Finding.Ref) {
				t.Errorf("%s: %+v", it.Finding.Ref, it.Decision)
			}
		}
	}
	if looks != 1 {
		t.Errorf("looked %d times", looks)
	}
}

// Answers that were given to a group are taken back together.
func TestUndoOfGroups(t *testing.T) {
	at := func(group string, minute int) Answer {
		return Answer{Group: group, At: today.Add(time.Duration(minute) * time.Minute)}
	}
	for name, c := range map[string]struct {
		as   []Answer
		want int
	}{
		"none":          {nil, 0},
		"single":        {[]Answer{at("", 0), at("", 0)}, 1},
		"a group":       {[]Answer{at("", 0), at("g1", 0), at("g1", 0)}, 2},
		"two groups":    {[]Answer{at("g2", 0), at("g1", 0), at("g1", 0)}, 2},
		"a group twice": {[]Answer{at("g1", 0), at("g1", 0), at("g1", 1)}, 1},
	} {
		if got := together(slices.Clip(c.as)); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
