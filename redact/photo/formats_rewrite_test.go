package photo

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"io"
	"strings"
	"testing"
	"time"

	"consentry/redact"
)

// onFrame is an order on one page or frame.
func onFrame(i int, r image.Rectangle) redact.Redaction {
	return redact.Redaction{Kind: redact.Drawn, Method: redact.Solid, Region: redact.Region{Page: i, Box: r}}
}

// Only what is hidden changes: without loss not at all elsewhere, and with loss
// not visibly.
func TestOnlyTheRegionChanges(t *testing.T) {
	for name, b := range everyFormat(t) {
		was := all(t, b)
		last := len(was) - 1
		r := was[last].Pix.Rect
		box := image.Rect(r.Max.X/2-8, r.Max.Y/2-8, r.Max.X/2+8, r.Max.Y/2+8)
		out, typ := rewrite(t, open(t, nil, b), onFrame(last, box))
		is := all(t, out)
		if len(is) != len(was) || typ != Sniff(out) {
			t.Fatalf("%s: %d pages of %d, %s", name, len(is), len(was), typ)
		}
		if want := Sniff(b); typ != want && (want != HEIC || typ != JPEG) {
			t.Errorf("%s: became %s", name, typ)
		}
		least := 100.0
		if typ == JPEG {
			least = 31 // the pattern is as hard as it gets; photos are in TestSamples
		}
		for i := range is {
			if is[i].Info.Delay != was[i].Info.Delay || is[i].Info.Loop != was[i].Info.Loop || is[i].Info.Orientation != 1 || len(is[i].Info.Blocks) != 0 && name != "album-ii.tif" {
				t.Errorf("%s: page %d: %+v", name, i, is[i].Info)
			}
			if i < last && name != "moving.gif" && name != "moving.webp" {
				if n := psnr(is[i].Pix, was[i].Pix); n < least {
					t.Errorf("%s: page %d: %.1f dB", name, i, n)
				}
			} else if n := psnr(is[i].Pix, was[i].Pix, box.Inset(-8)); n < least {
				t.Errorf("%s: outside the region on page %d: %.1f dB", name, i, n)
			}
		}
		if p := is[last].Pix.NRGBAAt(r.Max.X/2, r.Max.Y/2); !isFilled(p, 8) {
			t.Errorf("%s: the region shows %v", name, p)
		}
	}
}

// What a frame hides is in no frame's own data, also where frames before and
// after it show the same, and no frame is drawn over what it should not show.
func TestNoFrameShowsWhatAnotherHides(t *testing.T) {
	const w, h = 80, 60
	box := image.Rect(w/2-10, h/2-8, w/2+10, h/2+8) // the pattern, in every frame
	for name, b := range map[string][]byte{"gif": movingGIF(t, w, h), "webp": movingWebP(t, w, h)} {
		n := len(all(t, b))
		for i := range n {
			out, _ := rewrite(t, open(t, nil, b), onFrame(i, box))
			for k, m := range all(t, out) {
				for y := box.Min.Y; y < box.Max.Y; y++ {
					for x := box.Min.X; x < box.Max.X; x++ {
						if p := m.Pix.NRGBAAt(x, y); !isFilled(p, 0) {
							t.Fatalf("%s: hidden on frame %d, frame %d shows %v", name, i, k, p)
						}
					}
				}
			}
			if name == "gif" {
				g, err := gif.DecodeAll(bytes.NewReader(out))
				if err != nil {
					t.Fatal(err)
				}
				for k, p := range g.Image {
					r := box.Intersect(p.Rect)
					for y := r.Min.Y; y < r.Max.Y; y++ {
						for x := r.Min.X; x < r.Max.X; x++ {
							if c := color.NRGBAModel.Convert(p.At(x, y)).(color.NRGBA); c.A != 0 && !isFilled(c, 0) {
								t.Fatalf("frame %d itself holds %v", k, p.At(x, y))
							}
						}
					}
				}
			}
		}
	}
	// Where a frame shows something else in that place, it stays.
	other := image.Rect(4, 4, 16, 12)
	out, _ := rewrite(t, open(t, nil, movingGIF(t, w, h)), onFrame(1, other))
	was, is := all(t, movingGIF(t, w, h)), all(t, out)
	if !isFilled(is[1].Pix.NRGBAAt(8, 8), 0) || is[0].Pix.NRGBAAt(8, 8) != was[0].Pix.NRGBAAt(8, 8) || is[2].Pix.NRGBAAt(8, 8) != was[2].Pix.NRGBAAt(8, 8) {
		t.Error("hidden on frame 1 only, another frame changed")
	}
}

// More colours than a palette holds come out near.
func TestManyColours(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 120, 90))
	for y := range 90 {
		for x := range 120 {
			*(*[4]byte)(m.Pix[m.PixOffset(x, y):]) = [4]byte{uint8(2 * x), uint8(2 * y), uint8(x + y), 255}
		}
	}
	var b bytes.Buffer
	g := newGIFWriter(&b, m.Rect.Size(), Info{Pages: 2, Loop: -1})
	clone := &image.NRGBA{Pix: bytes.Clone(m.Pix), Stride: m.Stride, Rect: m.Rect}
	if err := g.add(m, Info{Delay: time.Second}); err != nil {
		t.Fatal(err)
	}
	if err := g.add(clone, Info{Page: 1}); err != nil {
		t.Fatal(err)
	}
	if err := g.close(); err != nil {
		t.Fatal(err)
	}
	for i, got := range all(t, b.Bytes()) {
		if n := psnr(got.Pix, m); n < 28 {
			t.Errorf("frame %d: %.1f dB", i, n)
		}
	}
}

// Redactions of a page that is not there, and of another part, are errors.
func TestPagesAreChecked(t *testing.T) {
	le := binary.LittleEndian
	d := open(t, nil, album(le, 40, 30))
	for _, g := range []redact.Region{{Page: 3, Box: image.Rect(0, 0, 9, 9)}, {Page: -1, Box: image.Rect(0, 0, 9, 9)}, {Page: 1, Box: image.Rect(100, 0, 109, 9)}, {Part: "x", Page: 1, Box: image.Rect(0, 0, 9, 9)}} {
		if _, err := d.Rewrite(t.Context(), new(bytes.Buffer), []redact.Redaction{{Region: g}}); err == nil {
			t.Errorf("%+v was taken", g)
		}
	}
	list := pages(t, d)
	if len(list) != 3 || list[1].Bounds != image.Rect(0, 0, 40, 30) || list[2].Index != 2 {
		t.Errorf("pages %+v", list)
	}
}

// A file of many pages is decoded a few at a time, each once.
func TestPagesComeInBatches(t *testing.T) {
	le := binary.LittleEndian
	var dirs []dir
	const side, n = 3000, 5 // 9 megapixels each
	for i := range n {
		dirs = append(dirs, page(le, side, side, 1, 8, 1, bytes.Repeat([]byte{byte(50 * i)}, side*side)))
	}
	b := pagesOf(le, dirs...)
	var sizes []int
	dec := func(ctx context.Context, r io.ReaderAt, size int64, from, most int) ([]*Image, error) {
		list, err := InProcess(ctx, r, size, from, most)
		sizes = append(sizes, len(list))
		return list, err
	}
	for i, p := range pages(t, open(t, dec, b)) {
		if p.Index != i {
			t.Errorf("page %d has index %d", i, p.Index)
		}
	}
	if len(sizes) != n {
		t.Errorf("pages decoded at a time: %v", sizes)
	}
}

func TestRightsAreWritten(t *testing.T) {
	r := redact.Rights{Status: redact.LimitedRelease, Releases: []string{"c-0017"}, Media: []string{"website"}}
	for name, b := range everyFormat(t) {
		d := open(t, nil, b).(redact.RightsWriter)
		var out, plain bytes.Buffer
		typ, err := d.RewriteWith(t.Context(), &out, nil, r)
		if err != nil {
			t.Fatal(name, err)
		}
		if _, err := d.Rewrite(t.Context(), &plain, nil); err != nil {
			t.Fatal(name, err)
		}
		has := strings.Count(out.String(), string(r.XMP()))
		if want := typ == JPEG || typ == PNG || typ == WebP || typ == TIFF; (has == 1) != want || strings.Contains(plain.String(), "ModelRelease") {
			t.Errorf("%s: %d packet(s) in %s", name, has, typ)
		}
		was, is := all(t, plain.Bytes()), all(t, out.Bytes())
		for i := range was {
			if !bytes.Equal(was[i].Pix.Pix, is[i].Pix.Pix) {
				t.Errorf("%s: page %d differs with rights", name, i)
			}
		}
		if has == 1 && (len(is[0].Info.Blocks) != 1 || is[0].Info.Blocks[0].Kind != "xmp" && typ != PNG) {
			t.Errorf("%s: read again: %v", name, is[0].Info.Blocks)
		}
	}
	if n := New(nil, nil).WrittenName("a/b.HEIC", HEIC); n != "a/b.jpg" {
		t.Error(n)
	}
	if n := New(nil, nil).WrittenName("a/b.v2", HEIC) + New(nil, nil).WrittenName("x.webp", WebP); n != "a/b.v2.jpgx.webp" {
		t.Error(n)
	}
}

// isFilled reports whether a pixel has the colour of what is filled, give or take
// what a lossy encoder does.
func isFilled(c color.NRGBA, give int) bool {
	for _, v := range [3]uint8{c.R, c.G, c.B} {
		if d := int(v) - Dark; max(d, -d) > give {
			return false
		}
	}
	return true
}
