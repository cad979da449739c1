package photo

import (
	"bytes"
	"context"
	"errors"
	"image"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"consentry/internal/sandbox"
	"consentry/redact"
)

func TestMain(m *testing.M) {
	sandbox.Main(Tasks())
	os.Exit(m.Run())
}

func open(t testing.TB, dec Decoder, b []byte) redact.Document {
	t.Helper()
	d, err := New(dec, nil).Open(t.Context(), redact.Asset{Size: int64(len(b))}, bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func pages(t testing.TB, d redact.Document) (list []redact.Page) {
	t.Helper()
	for p, err := range d.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}

func rewrite(t testing.TB, d redact.Document, rs ...redact.Redaction) ([]byte, string) {
	t.Helper()
	var b bytes.Buffer
	typ, err := d.Rewrite(t.Context(), &b, rs)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), typ
}

func TestPages(t *testing.T) {
	d := open(t, nil, withSegments(jpegOf(t, turned(6, 40, 30), 95), exifSegment(exifOf([]entry{short(tagOrientation, 6), ascii(0x010e, "钱必达 and others"), ascii(0x013b, "Second")}, nil, nil, nil))))
	list := pages(t, d)
	if len(list) != 2 || list[0].Part != redact.PartBody || list[0].Bounds != image.Rect(0, 0, 40, 30) || len(list[0].Pictures) != 1 || list[1].Part != redact.PartMetadata {
		t.Fatalf("pages %+v", list)
	}
	pix, err := list[0].Pictures[0].Load(t.Context())
	if err != nil || pix.Rect != list[0].Bounds || list[0].Pictures[0].Box != pix.Rect {
		t.Errorf("picture %v, %v", pix.Rect, err)
	}
	part := []rune("钱必达 and others\nSecond")
	for _, s := range list[1].Spans {
		if got := string(part[s.Offset : s.Offset+utf8.RuneCountInString(s.Text)]); got != s.Text {
			t.Errorf("span %q stands at the offset of %q", s.Text, got)
		}
	}
	if len(list[1].Spans) != 2 {
		t.Errorf("%d spans", len(list[1].Spans))
	}
}

// One decode serves as long as the pixels are in use, and the pixels handed out
// stay as they are.
func TestDecodedOnce(t *testing.T) {
	n := 0
	dec := func(ctx context.Context, r io.ReaderAt, size int64, from, most int) ([]*Image, error) {
		n++
		return InProcess(ctx, r, size, from, most)
	}
	d := open(t, dec, pngOf(t, noise(60, 60)))
	for p, err := range d.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		pix, err := p.Pictures[0].Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		out, _ := rewrite(t, d, order(redact.Face, redact.Solid, 20, 20, 40, 40))
		if !bytes.Equal(pix.Pix, noise(60, 60).Pix) {
			t.Error("rewriting changed the shared pixels")
		}
		if bytes.Equal(decode(t, out).Pix.Pix, pix.Pix) {
			t.Error("nothing hidden")
		}
	}
	if n != 1 {
		t.Errorf("decoded %d times", n)
	}
}

// A veiled picture shows what is seen on white, and what its bare colours hold.
func TestVeiledPictureIsShownTwice(t *testing.T) {
	m := noise(20, 20)
	for i := 3; i < len(m.Pix); i += 4 {
		m.Pix[i] = 51
	}
	p := pages(t, open(t, nil, pngOf(t, m)))[0]
	if len(p.Pictures) != 2 || p.Pictures[0].ID == p.Pictures[1].ID || p.Pictures[0].Box != p.Pictures[1].Box {
		t.Fatalf("pictures %+v", p.Pictures)
	}
	seen, err := p.Pictures[0].Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	bare, err := p.Pictures[1].Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := bytes.IndexByte(m.Pix, 0)
	if seen.Pix[i] != 204 || seen.Pix[i+3] != 255 || bare.Pix[i] != 0 {
		t.Errorf("black at 20 %% is seen as %v, bare %v", seen.Pix[i:i+4], bare.Pix[i:i+4])
	}
}

// Nothing but the picture is in the output: no block, and no planted name in
// any encoding.
func TestRewriteDropsMetadata(t *testing.T) {
	for typ, src := range map[string][]byte{JPEG: jpegWithEverything(t), PNG: pngWithEverything(t)} {
		d := open(t, nil, src)
		out, got := rewrite(t, d, order(redact.Face, redact.Blur, 4, 4, 12, 12), redact.Redaction{Region: redact.Region{Part: redact.PartMetadata, End: 5}})
		if got != typ || Sniff(out) != typ {
			t.Errorf("%s became %s", typ, got)
		}
		if typ == JPEG {
			list, err := segments(out)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range list {
				if !slices.Contains([]byte{markSOI, markDQT, markSOF0, markDHT, markSOS, markEOI}, s.mark) {
					t.Errorf("segment %02x written", s.mark)
				}
			}
		} else {
			list, err := chunks(out)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range list {
				if !slices.Contains([]string{"IHDR", "PLTE", "IDAT", "IEND", "tRNS"}, c.kind) {
					t.Errorf("chunk %q written", c.kind)
				}
			}
		}
		again := decode(t, out).Info
		if len(again.Blocks)+len(again.Texts) != 0 {
			t.Errorf("%s: found again: %v %v", typ, again.Blocks, again.Texts)
		}
		for _, s := range pages(t, d)[1].Spans {
			for _, form := range [][]byte{[]byte(s.Text), utf16le(s.Text), []byte(gb18030(t, s.Text))} {
				if len(form) > 4 && bytes.Contains(out, form) { // "P3" may stand anywhere by chance
					t.Errorf("%s: a planted text of %d bytes is in the output", typ, len(form))
				}
			}
		}
	}
}

func TestRewriteIsDeterministicAndUpright(t *testing.T) {
	src := withSegments(jpegOf(t, turned(8, 80, 60), 60), exifSegment(exifOf([]entry{short(tagOrientation, 8)}, nil, nil, nil)))
	a, _ := rewrite(t, open(t, nil, src), order(redact.Face, redact.Blur, 30, 20, 50, 40), order(redact.Face, redact.Mosaic, 5, 5, 30, 30))
	b, _ := rewrite(t, open(t, nil, src), order(redact.Face, redact.Mosaic, 5, 5, 30, 30), order(redact.Face, redact.Blur, 30, 20, 50, 40))
	if !bytes.Equal(a, b) {
		t.Error("two runs differ")
	}
	m := decode(t, a)
	if m.Pix.Rect != image.Rect(0, 0, 80, 60) || m.Info.Quality != 75 {
		t.Errorf("%v, quality %d", m.Pix.Rect, m.Info.Quality)
	}
	if !near(m.Pix.NRGBAAt(76, 3), cornerColors[1], 12) || !near(m.Pix.NRGBAAt(76, 56), cornerColors[3], 12) {
		t.Error("corners have moved")
	}
	if best, _ := rewrite(t, open(t, nil, jpegOf(t, corners(9, 9), 100))); decode(t, best).Info.Quality != 95 {
		t.Error("quality 100 not brought to 95")
	}
}

func TestErrorsReachTheCaller(t *testing.T) {
	whole := jpegOf(t, noise(64, 64), 90)
	for _, dec := range []Decoder{InProcess, Sandboxed(new(sandbox.Runner))} {
		d := open(t, dec, whole[:len(whole)/2])
		for _, err := range d.Pages(t.Context()) {
			if !errors.Is(err, redact.ErrUnreadable) {
				t.Errorf("pages of a cut file: %v", err)
			}
		}
		if _, err := d.Rewrite(t.Context(), new(bytes.Buffer), nil); !errors.Is(err, redact.ErrUnreadable) {
			t.Errorf("rewrite of a cut file: %v", err)
		}
		d = open(t, dec, whole)
		if _, err := d.Rewrite(t.Context(), new(bytes.Buffer), []redact.Redaction{order(redact.Face, 0, 64, 0, 99, 9)}); err == nil {
			t.Error("box outside accepted")
		}
		if _, err := d.Rewrite(t.Context(), full{}, nil); !errors.Is(err, errFull) {
			t.Errorf("full disk: %v", err)
		}
		done, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := d.Rewrite(done, new(bytes.Buffer), nil); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	}
	for _, b := range []string{"", "text", "\xff\xd8\xff"} {
		if _, err := New(nil, nil).Open(t.Context(), redact.Asset{Size: int64(len(b))}, strings.NewReader(b)); !errors.Is(err, redact.ErrUnreadable) {
			t.Errorf("open %q: %v", b, err)
		}
	}
}

var errFull = errors.New("disk full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestThumbnail(t *testing.T) {
	if got := Thumbnail(corners(400, 200), 100).Rect; got != image.Rect(0, 0, 100, 50) {
		t.Error(got)
	}
	if got := Thumbnail(corners(40, 20), 100).Rect; got != image.Rect(0, 0, 40, 20) {
		t.Error(got)
	}
}
