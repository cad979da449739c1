package attack

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"strings"
	"testing"
	"time"

	"github.com/HugoSmits86/nativewebp"
	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"consentry/redact"
	"consentry/redact/photo"
	"consentry/redact/redacttest"
)

// sources are photos of each type with something in them that has to go.
func sources(t testing.TB) map[string][]byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 64, 48))
	p := image.NewPaletted(m.Rect, color.Palette{color.White, color.Black, color.NRGBA{200, 10, 10, 255}})
	for y := range 48 {
		for x := range 64 {
			m.SetNRGBA(x, y, color.NRGBA{uint8(x * 4), uint8(y * 5), uint8(x * y), 255})
			p.SetColorIndex(x, y, uint8((x/8+y/8)%3))
		}
	}
	var b, g, w, f bytes.Buffer
	for _, err := range []error{
		bmp.Encode(&b, m), nativewebp.Encode(&w, m, nil), tiff.Encode(&f, m, nil),
		gif.EncodeAll(&g, &gif.GIF{Image: []*image.Paletted{p, p}, Delay: []int{5, 5}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return map[string][]byte{
		"image/jpeg": tagged(t), "image/png": chunked(t), "image/bmp": append(b.Bytes(), "tail"...),
		"image/gif":  gifWith(g.Bytes(), "\x21\xfe\x05by me\x00"),
		"image/webp": webpWith(w.Bytes(), "EXIF", "MM\x00*"),
		"image/tiff": append(f.Bytes(), "tail"...),
	}
}

// gifWith puts an extension in front of the end.
func gifWith(b []byte, ext string) []byte {
	return append(append(bytes.Clone(b[:len(b)-1]), ext...), 0x3b)
}

// webpWith puts a chunk behind the others.
func webpWith(b []byte, kind, data string) []byte {
	out := append(bytes.Clone(b), kind...)
	out = append(binary.LittleEndian.AppendUint32(out, uint32(len(data))), data...)
	out = append(out, make([]byte, len(data)&1)...)
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

// written is what the photo format makes of a file.
func written(t testing.TB, b []byte, r redact.Rights) (string, []byte) {
	t.Helper()
	doc, err := photo.New(photo.InProcess, nil).Open(t.Context(), redact.Asset{Size: int64(len(b))}, bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	media, err := doc.(redact.RightsWriter).RewriteWith(t.Context(), &out, nil, r)
	if err != nil {
		t.Fatal(err)
	}
	return media, out.Bytes()
}

var someRights = redact.Rights{Status: redact.LimitedRelease, Releases: []string{"c-1", "c-2"}, Until: time.Date(2027, 5, 1, 0, 0, 0, 0, time.UTC), Media: []string{"website"}, Regions: []string{"CN"}}

// What the formats write passes, with rights and without; the source does not.
func TestMetadataOfEveryType(t *testing.T) {
	for media, src := range sources(t) {
		for _, rights := range []redact.Rights{{}, someRights} {
			typ, out := written(t, src, rights)
			if typ != media {
				t.Errorf("%s became %s", media, typ)
			}
			r := output(media, out, nil, nil)
			r.Source, r.SourceBody, r.Rights = redacttest.Asset("src", media, src), bytes.NewReader(src), rights
			t.Run(media, func(t *testing.T) { redacttest.TestAttack(t, Metadata{}, r) })
		}
	}
}

// The packet may stand only where it belongs, as it is, and once.
func TestOnlyTheRightPacket(t *testing.T) {
	other := someRights
	other.Releases = []string{"c-1", "c-3"} // of the same length
	for media, src := range sources(t) {
		_, out := written(t, src, someRights)
		if !bytes.Contains(out, someRights.XMP()) {
			if media != "image/gif" && media != "image/bmp" {
				t.Errorf("%s: no packet written", media)
			}
			continue
		}
		twice := out
		switch media {
		case "image/jpeg":
			twice = segment(out, 0xE1, jpegXMP+string(someRights.XMP()))
		case "image/png":
			twice = pngChunk(out, "iTXt", pngXMP+string(someRights.XMP()))
		case "image/webp":
			twice = webpWith(out, "XMP ", string(someRights.XMP()))
		case "image/tiff":
			twice = append(bytes.Clone(out), someRights.XMP()...)
		}
		for name, c := range map[string]struct {
			body   []byte
			rights redact.Rights
		}{"no rights": {out, redact.Rights{}}, "other rights": {out, other}, "twice": {twice, someRights}} {
			r := output(media, c.body, nil, nil)
			r.Rights = c.rights
			if leaks, err := (Metadata{}).Try(t.Context(), r); err != nil || len(leaks) != 1 {
				t.Errorf("%s, %s: %d leak(s), %v", media, name, len(leaks), err)
			}
		}
	}
}

// Each kind of block is named.
func TestMetadataBlocksOfOtherTypes(t *testing.T) {
	clean := map[string][]byte{}
	for media, src := range sources(t) {
		_, clean[media] = written(t, src, redact.Rights{})
	}
	g, w, b, f := clean["image/gif"], clean["image/webp"], clean["image/bmp"], clean["image/tiff"]
	with := func(b []byte, at int, v ...byte) []byte {
		b = bytes.Clone(b)
		copy(b[at:], v)
		return b
	}
	// A tag is replaced by another one of the same kind and length.
	retag := func(from, to uint16) []byte {
		b := bytes.Clone(f)
		n := int(binary.LittleEndian.Uint16(b[8:]))
		for i := range n {
			if e := b[10+12*i:]; binary.LittleEndian.Uint16(e) == from {
				binary.LittleEndian.PutUint16(e, to)
				return b
			}
		}
		t.Fatalf("no tag %d", from)
		return nil
	}
	for _, c := range []struct {
		name, media string
		body        []byte
		want        string
	}{
		{"gif comment", "image/gif", gifWith(g, "\x21\xfe\x02hi\x00"), "gif comment"},
		{"gif xmp", "image/gif", gifWith(g, "\x21\xff\x0bXMP DataXMP\x03<x>\x00"), "gif xmp"},
		{"gif app", "image/gif", gifWith(g, "\x21\xff\x0bSomebody1.0\x02hi\x00"), "gif application extension"},
		{"gif loop", "image/gif", gifWith(g, "\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"), ""},
		{"gif long loop", "image/gif", gifWith(g, "\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x06secret\x00"), "gif application extension"},
		{"gif text", "image/gif", gifWith(g, "\x21\x01\x01x\x00"), "gif plain text"},
		{"gif unknown", "image/gif", gifWith(g, "\x21\x77\x01x\x00"), "gif unknown extension"},
		{"gif trailing", "image/gif", append(bytes.Clone(g), 'x'), "gif bytes behind the end"},
		{"webp exif", "image/webp", webpWith(w, "EXIF", "abc"), "webp exif"},
		{"webp xmp", "image/webp", webpWith(w, "XMP ", "abc"), "webp xmp"},
		{"webp icc", "image/webp", webpWith(w, "ICCP", "abcd"), "webp icc profile"},
		{"webp unknown", "image/webp", webpWith(w, "ABCD", ""), "webp unknown chunk"},
		{"webp long header", "image/webp", webpWith(w, "ANIM", "secrets"), "webp unknown chunk"},
		{"webp trailing", "image/webp", append(bytes.Clone(w), 'x'), "webp bytes behind the end"},
		{"bmp reserved", "image/bmp", with(b, 6, 'x'), "bmp reserved bytes"},
		{"bmp profile", "image/bmp", with(b, 14, 124), "bmp header of another kind"},
		{"bmp trailing", "image/bmp", append(bytes.Clone(b), 'x'), "bmp bytes behind the end"},
		{"tiff xmp", "image/tiff", retag(tagPredictor, 700), "tiff xmp"},
		{"tiff gps", "image/tiff", retag(tagPredictor, 34853), "tiff gps"},
		{"tiff private", "image/tiff", retag(tagPredictor, 65000), "tiff unknown tag"},
		{"tiff trailing", "image/tiff", append(bytes.Clone(f), 'x'), "tiff bytes behind the end"},
	} {
		leaks, err := Metadata{}.Try(t.Context(), output(c.media, c.body, nil, nil))
		var got []string
		for _, l := range leaks {
			got = append(got, l.Where)
		}
		if err != nil || strings.Join(got, "|") != c.want {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
	for media, b := range clean {
		for _, cut := range [][]byte{b[:len(b)-1], b[:len(b)/2], b[:9], nil} {
			if leaks, err := (Metadata{}).Try(t.Context(), output(media, cut, nil, nil)); err == nil && len(leaks) == 0 {
				t.Errorf("%s cut to %d of %d bytes is clean", media, len(cut), len(b))
			}
		}
	}
}

const tagPredictor = 317

func FuzzOtherTypes(f *testing.F) {
	for _, b := range sources(f) {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		walkGIF(bufio.NewReader(bytes.NewReader(b)))
		walkBMP(bufio.NewReader(bytes.NewReader(b)))
		if found, err := walkWebP(bufio.NewReader(bytes.NewReader(b)), &packet{}); err == nil && len(found) == 0 && int(binary.LittleEndian.Uint32(b[4:])) != len(b)-8 {
			t.Error("a clean WebP of another length than it says")
		}
		if _, err := walkTIFF(t.Context(), bytes.NewReader(b), int64(len(b)), &packet{}); err == nil && len(b) < 22 {
			t.Error("a TIFF of no page")
		}
	})
}
