package attack

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"consentry/redact"
)

// picture is a picture with some detail, as the standard library writes it.
func picture(t testing.TB, media string) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 64, 48))
	for y := range 48 {
		for x := range 64 {
			img.SetNRGBA(x, y, color.NRGBA{uint8(x * 4), uint8(y * 5), uint8(x * y), 255})
		}
	}
	var b bytes.Buffer
	var err error
	if media == "image/png" {
		err = png.Encode(&b, img)
	} else {
		err = jpeg.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// segment puts a JPEG segment behind the start of the picture.
func segment(jpg []byte, marker byte, body string) []byte {
	s := append([]byte{0xFF, marker}, binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))...)
	return bytes.Join([][]byte{jpg[:2], s, []byte(body), jpg[2:]}, nil)
}

// pngChunk puts a PNG chunk behind the header of the picture.
func pngChunk(p []byte, name, body string) []byte {
	c := append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), name+body...)
	c = binary.BigEndian.AppendUint32(c, crc32.ChecksumIEEE(c[4:]))
	return bytes.Join([][]byte{p[:33], c, p[33:]}, nil)
}

func tagged(t testing.TB) []byte {
	return segment(picture(t, "image/jpeg"), 0xE1, "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00")
}

func chunked(t testing.TB) []byte {
	return pngChunk(picture(t, "image/png"), "tEXt", "Author\x00x")
}

func TestMetadata(t *testing.T) {
	j, p := picture(t, "image/jpeg"), picture(t, "image/png")
	jfif := "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
	for _, c := range []struct {
		name, media string
		body        []byte
		want        string
	}{
		{"jpeg", "image/jpeg", j, ""},
		{"jfif", "image/jpeg", segment(j, 0xE0, jfif), ""},
		{"adobe", "image/jpeg", segment(j, 0xEE, "Adobe\x00d\x00\x00\x00\x00\x01"), ""},
		{"jfif thumbnail", "image/jpeg", segment(j, 0xE0, jfif[:12]+"\x01\x01abc"), "jpeg APP0 thumbnail"},
		{"jfxx", "image/jpeg", segment(j, 0xE0, "JFXX\x00\x10\xff\xd8"), "jpeg APP0 thumbnail"},
		{"exif", "image/jpeg", tagged(t), "jpeg APP1 exif"},
		{"xmp", "image/jpeg", segment(j, 0xE1, "http://ns.adobe.com/xap/1.0/\x00<x/>"), "jpeg APP1 xmp"},
		{"icc", "image/jpeg", segment(j, 0xE2, "ICC_PROFILE\x00\x01\x01"), "jpeg APP2 icc profile"},
		{"mpf", "image/jpeg", segment(j, 0xE2, "MPF\x00II"), "jpeg APP2 second picture"},
		{"iptc", "image/jpeg", segment(j, 0xED, "Photoshop 3.0\x00"), "jpeg APP13 iptc"},
		{"adobe and more", "image/jpeg", segment(j, 0xEE, "Adobe\x00d\x00\x00\x00\x00\x01secret"), "jpeg APP14"},
		{"comment", "image/jpeg", segment(j, 0xFE, "by x"), "jpeg comment"},
		{"unknown segment", "image/jpeg", segment(j, 0xF3, "x"), "jpeg segment F3"},
		{"two", "image/jpeg", segment(tagged(t), 0xFE, ""), "jpeg comment|jpeg APP1 exif"},
		{"trailing", "image/jpeg", append(bytes.Clone(j), "PK"...), "jpeg bytes behind the end"},
		{"trailing zero", "image/jpeg", append(bytes.Clone(j), 0), "jpeg bytes behind the end"},
		{"png", "image/png", p, ""},
		{"srgb", "image/png", pngChunk(p, "sRGB", "\x00"), ""},
		{"long srgb", "image/png", pngChunk(p, "sRGB", "secret"), "png unknown chunk"},
		{"text", "image/png", chunked(t), "png tEXt text"},
		{"png exif", "image/png", pngChunk(p, "eXIf", "MM"), "png eXIf exif"},
		{"png icc", "image/png", pngChunk(p, "iCCP", "x\x00\x00"), "png iCCP icc profile"},
		{"private", "image/png", pngChunk(p, "prVt", "x"), "png unknown chunk"},
		{"png trailing", "image/png", append(bytes.Clone(p), "x"...), "png bytes behind the end"},
		{"text file", "text/plain", []byte("x"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			leaks, err := Metadata{}.Try(t.Context(), output(c.media, c.body, nil, nil))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, l := range leaks {
				got = append(got, l.Where)
				if l.Removed != -1 {
					t.Error("metadata is of no finding")
				}
			}
			if strings.Join(got, "|") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// What cannot be read to its end proves nothing.
func TestMetadataCannotLook(t *testing.T) {
	j, p := picture(t, "image/jpeg"), picture(t, "image/png")
	flipped := bytes.Clone(p)
	flipped[40] ^= 1
	for _, r := range []redact.Released{
		output("image/jpeg", j[:len(j)-2], nil, nil), output("image/jpeg", j[:100], nil, nil), output("image/jpeg", p, nil, nil),
		output("image/jpeg", []byte("\xff\xd8\xff\xd9"), nil, nil), output("image/jpeg", nil, nil, nil),
		output("image/png", p[:len(p)-1], nil, nil), output("image/png", flipped, nil, nil), output("image/png", j, nil, nil),
		output("image/webp", j, nil, nil), output("", j, nil, nil),
	} {
		if leaks, err := (Metadata{}).Try(t.Context(), r); err == nil {
			t.Errorf("%s of %d bytes: no error, %d leaks", r.Asset.Type, r.Asset.Size, len(leaks))
		}
	}
}

func FuzzJPEG(f *testing.F) {
	j := picture(f, "image/jpeg")
	f.Add(j)
	f.Add(tagged(f))
	f.Add(j[:len(j)/2])
	f.Fuzz(func(t *testing.T, b []byte) {
		found, err := walkJPEG(bufio.NewReader(bytes.NewReader(b)), new(packet))
		if err == nil && len(found) == 0 && !bytes.HasSuffix(b, []byte{0xFF, 0xD9}) {
			t.Fatal("a clean JPEG does not end with its end marker")
		}
	})
}

func FuzzPNG(f *testing.F) {
	p := picture(f, "image/png")
	f.Add(p)
	f.Add(chunked(f))
	f.Add(p[:len(p)/2])
	f.Fuzz(func(t *testing.T, b []byte) {
		found, err := walkPNG(bufio.NewReader(bytes.NewReader(b)), new(packet))
		if err == nil && len(found) == 0 && !bytes.HasSuffix(b, []byte("\x00\x00\x00\x00IEND\xaeB`\x82")) {
			t.Fatal("a clean PNG does not end with its end chunk")
		}
	})
}
