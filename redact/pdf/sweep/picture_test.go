package sweep_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"

	"consentry/internal/pdftest"
)

// segment is a JPEG segment.
func segment(marker byte, content string) string {
	return string(append([]byte{0xff, marker}, binary.BigEndian.AppendUint16(nil, uint16(len(content)+2))...)) + content
}

func box(kind, content string) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(content)+8))) + kind + content
}

func TestPicturesOwnMetadata(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 16, 16))
	for i := range m.Pix {
		m.Pix[i] = byte(i * 7)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	plain := b.String()
	adobe := segment(0xee, "Adobe\x00\x64\x00\x00\x00\x00\x00")
	told := plain[:2] + segment(0xe0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x01\x01Sec") + segment(0xe1, "Exif\x00\x00Secret") + segment(0xe2, "ICC_PROFILE\x00Secret") +
		segment(0xed, "Photoshop 3.0\x00Secret") + adobe + segment(0xfe, "Secret") + plain[2:] + "Secret"
	var hex bytes.Buffer
	fmt.Fprintf(&hex, "%x>", told)
	stripped := plain[:2] + segment(0xe0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00") + adobe + plain[2:]
	jp2 := box("jP  ", "\r\n\x87\n") + box("ftyp", "jp2 ") + box("xml ", "Secret") + box("jp2h", "header") + box("uuid", "Secret") + box("jp2c", "code")
	for _, c := range []struct{ name, filter, data, want string }{
		{"JPEG", "DCTDecode", told, stripped},
		{"JPEG, packed", "ASCIIHexDecode/DCTDecode", hex.String(), stripped},
		{"JPEG without", "DCTDecode", plain, plain},
		{"JPEG, cut", "DCTDecode", told[:len(told)-40], ""},
		{"no JPEG", "DCTDecode", "\xff\xd8\xff", "\xff\xd8\xff"},
		{"JPEG 2000", "JPXDecode", jp2, strings.NewReplacer(box("xml ", "Secret"), "", box("uuid", "Secret"), "").Replace(jp2)},
		{"JPEG 2000, cut", "JPXDecode", jp2[:len(jp2)-2], jp2[:len(jp2)-2]},
		{"code stream", "JPXDecode", "\xff\x4f\xff\x51", "\xff\x4f\xff\x51"},
	} {
		f := read(t, page("", "/Resources<</XObject<</I 4 0 R>>>>", pdftest.Stream("/Subtype/Image/Width 16/Height 16/ColorSpace/DeviceGray/BitsPerComponent 8/Filter[/"+c.filter+"]", c.data)))
		g, _ := apply(t, f, nil)
		p, _ := g.Page(0)
		s, ok := g.Stream(g.Dict(p.Resources["XObject"])["I"])
		if !ok {
			t.Fatalf("%s: the picture is lost", c.name)
		}
		if c.want != "" && string(s.Raw) != c.want {
			t.Errorf("%s: %d bytes, want %d", c.name, len(s.Raw), len(c.want))
		}
		if c.name == "JPEG" {
			got, err := jpeg.Decode(bytes.NewReader(s.Raw))
			if err != nil {
				t.Fatal(err)
			}
			if c := got.At(3, 0).(color.Gray); c.Y == 0 {
				t.Error("the picture is black")
			}
		}
	}
}

func FuzzPicture(f *testing.F) {
	f.Add([]byte("\xff\xd8"+segment(0xe1, "x")+segment(0xda, "")+"\xff\x00\xff\xd9"), true)
	f.Add([]byte(box("jP  ", "\r\n\x87\n")+box("xml ", "x")), false)
	f.Fuzz(func(t *testing.T, b []byte, isJPEG bool) {
		filter := map[bool]string{true: "DCTDecode", false: "JPXDecode"}[isJPEG]
		file := read(t, page("", "/Resources<</XObject<</I 4 0 R>>>>", pdftest.Stream("/Subtype/Image/Filter/"+filter, fmt.Sprintf("%x", b))))
		p, _ := file.Page(0)
		ref := file.Dict(p.Resources["XObject"])["I"]
		s, _ := file.Stream(ref)
		s.Raw = b
		if e, ok := file.Find(4); ok {
			e.Object = s
		}
		g, _ := apply(t, file, nil)
		p, _ = g.Page(0)
		if s, ok := g.Stream(g.Dict(p.Resources["XObject"])["I"]); !ok || len(s.Raw) > len(b)+2 {
			t.Fatal("the picture grew or is lost")
		}
	})
}
