package attack

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"consentry/redact"
)

// pictures are one small picture in every form that can be written here, and the
// beginnings of those that cannot.
func pictures(t testing.TB) map[string][]byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 40, 30))
	for i := range img.Pix {
		img.Pix[i] = uint8(i * 31)
	}
	all := map[string][]byte{}
	for kind, f := range map[string]func(io.Writer) error{
		"JPEG":         func(w io.Writer) error { return jpeg.Encode(w, img, nil) },
		"PNG":          func(w io.Writer) error { return png.Encode(w, img) },
		"GIF":          func(w io.Writer) error { return gif.Encode(w, img, nil) },
		"TIFF or EXIF": func(w io.Writer) error { return tiff.Encode(w, img, nil) },
		"BMP":          func(w io.Writer) error { return bmp.Encode(w, img) },
	} {
		var b bytes.Buffer
		if err := f(&b); err != nil {
			t.Fatal(err)
		}
		all[kind] = b.Bytes()
	}
	all["WebP"] = []byte("RIFF\x20\x00\x00\x00WEBPVP8 \x14\x00\x00\x00")
	all["HEIF, AVIF or video"] = []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")
	all["JPEG XL"] = []byte("\x00\x00\x00\x0cJXL \r\n\x87\n\x00\x00\x00\x14ftypjxl ")
	all["JPEG 2000"] = []byte("\x00\x00\x00\x0cjP  \r\n\x87\n\x00\x00\x00\x14ftypjp2 ")
	all["JPEG in base64"] = []byte(base64.StdEncoding.EncodeToString(all["JPEG"]))
	all["PNG in base64"] = []byte(base64.StdEncoding.EncodeToString(all["PNG"]))
	return all
}

func copiesIn(t *testing.T, b []byte) []string {
	t.Helper()
	found, err := copies(t.Context(), bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Every kind of picture is seen inside every other, at any place, also across
// the borders of what is read at a time, and also cut; never in itself.
func TestCopies(t *testing.T) {
	all := pictures(t)
	pad := bytes.Repeat([]byte("pad, "), 1<<19/5)
	for outer, o := range all {
		if got := copiesIn(t, o); len(got) > 0 {
			t.Errorf("%s alone: found %v", outer, got)
		}
		for inner, i := range all {
			if got := copiesIn(t, slices.Concat(o, i)); !slices.Contains(got, inner) {
				t.Errorf("%s behind %s: found %v", inner, outer, got)
			}
		}
	}
	for inner, i := range all {
		for _, at := range []int{1<<20 - 20, 1<<20 - 9, 1<<20 - 4, 1<<20 - 1, 1 << 20} {
			b := slices.Concat(all["JPEG"], pad, pad, pad)[:at]
			if got := copiesIn(t, append(b, i...)); !slices.Contains(got, inner) {
				t.Errorf("%s at %d: found %v", inner, at, got)
			}
		}
	}
	if got := copiesIn(t, slices.Concat(all["PNG"], all["JPEG"][:400])); !slices.Contains(got, "JPEG") {
		t.Errorf("a cut JPEG: found %v", got)
	}
	exif := slices.Concat([]byte("\xff\xd8\xff\xe1\xf0\x00Exif\x00\x00"), make([]byte, 0xf000-8), all["JPEG"][2:])
	for _, before := range [][]byte{all["PNG"], make([]byte, 1<<20-100)} { // the second: read in two pieces
		if got := copiesIn(t, slices.Concat(before, exif)); !slices.Contains(got, "JPEG") {
			t.Errorf("a JPEG behind a long block and %d bytes: found %v", len(before), got)
		}
	}
	mpf := slices.Concat(all["JPEG"], []byte("MPF\x00II*\x00\x08\x00\x00\x00\x01\x00\x00\xb0\x07\x00\x04\x00\x00\x000100\x00\x00\x00\x00"))
	if got := copiesIn(t, mpf); !slices.Contains(got, "MPF") {
		t.Errorf("a list of more pictures: found %v", got)
	}
}

// Compressed pixels are as good as random: 64 MB of them hold no picture.
func TestCopiesByChance(t *testing.T) {
	r := rand.NewChaCha8([32]byte{1})
	b := make([]byte, 64<<20)
	if _, err := r.Read(b); err != nil {
		t.Fatal(err)
	}
	if got := copiesIn(t, b); len(got) > 0 {
		t.Errorf("found %v", got)
	}
}

// An honest photo with its own thumbnail left behind its end is caught, though
// no reader shows it.
func TestFacesThumbnail(t *testing.T) {
	a, d := faceAttack(t)
	s := shots(t, d, 60, 1)[0]
	r := s.released(t, redact.Solid, 0)
	b, err := io.ReadAll(io.NewSectionReader(r.Body, 0, r.Asset.Size))
	if err != nil {
		t.Fatal(err)
	}
	leaks, err := a.Try(t.Context(), write(r, append(b, encode(t, scaledTo(s.img, 0.3), 80)...)))
	if err != nil || len(leaks) != 1 || leaks[0].Where != WhereCopy+": JPEG" || leaks[0].Removed != -1 || !leaks[0].Region.Box.Empty() {
		t.Errorf("%v, %v", leaks, err)
	}
}

func TestCopiesCannotLook(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := copies(ctx, bytes.NewReader(make([]byte, 10)), 10); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := copies(t.Context(), bytes.NewReader(make([]byte, 10)), 20); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("cut: %v", err)
	}
}

// FuzzCopies looks for a JPEG behind anything: what stands before hides nothing.
func FuzzCopies(f *testing.F) {
	all := pictures(f)
	for _, b := range all {
		f.Add(b)
	}
	f.Add([]byte("\xff\xd8\xff\xff\xff\xff\xe1\x00\x02"))
	f.Add([]byte("MM\x00*\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := copies(t.Context(), bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		behind := slices.Concat(b, []byte{0}, all["JPEG"])
		more, err := copies(t.Context(), bytes.NewReader(behind), int64(len(behind)))
		if err != nil || !slices.Contains(more, "JPEG") || len(more) < len(got) {
			t.Errorf("found %v, then %v, %v", got, more, err)
		}
	})
}
