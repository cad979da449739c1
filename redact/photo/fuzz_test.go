package photo

import (
	"bytes"
	"errors"
	"testing"
	"unicode/utf8"

	"consentry/redact"
)

func (m *metadata) check(t *testing.T) {
	total := 0
	for _, x := range m.texts {
		total += len(x.Value)
		if x.Value == "" || !utf8.ValidString(x.Value) || !utf8.ValidString(x.Where) {
			t.Errorf("text %q of %q", x.Value, x.Where)
		}
	}
	if total > maxText {
		t.Errorf("%d bytes of text", total)
	}
	if m.orientation < 1 || m.orientation > 8 || m.quality < 0 || m.quality > 100 {
		t.Errorf("orientation %d, quality %d", m.orientation, m.quality)
	}
}

func FuzzEXIF(f *testing.F) {
	f.Add(planted(f))
	f.Add([]byte("II*\x00\x08\x00\x00\x00\x01\x00\x69\x87\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00\x08\x00\x00\x00")) // points at itself
	f.Fuzz(func(t *testing.T, b []byte) {
		m := newMetadata()
		m.readEXIF(b, true)
		m.check(t)
	})
}

func FuzzBlocks(f *testing.F) {
	f.Add([]byte(xmpPacket))
	f.Add([]byte("8BIM\x04\x04\x00\x00\x00\x00\x00\x08\x1c\x02\x50\x00\x03abc"))
	f.Add([]byte("\nexif\n 8\n4d4d002a"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m := newMetadata()
		m.readXMP(b)
		m.readPhotoshop(b)
		m.readIPTC(b)
		m.readRawProfile("exif", b)
		m.readRawProfile("8bim", b)
		m.check(t)
	})
}

func FuzzICC(f *testing.F) {
	f.Add(profile(p3, srgbCurve), false)
	f.Add(profile(adobeRGB, curv(0x0233)), false)
	f.Add(profile(srgb, curv(0, 9, 65535)), false)
	f.Add(profile(srgb, para(1, 1, 0, 0)), false) // divides by zero
	f.Add(build("GRAY", [2]string{"kTRC", string(curv())}), true)
	f.Fuzz(func(t *testing.T, b []byte, grey bool) {
		c, err := parseICC(b, grey)
		if err != nil {
			return
		}
		c.isIdentity() // applies it
		for _, ch := range c.linear {
			for _, v := range ch {
				if !(v >= 0 && v <= 1) {
					t.Fatalf("light %v", v)
				}
			}
		}
	})
}

// Segments and chunks cover the file: what is written is judged by them.
func FuzzSegments(f *testing.F) {
	f.Add(jpegWithEverything(f))
	f.Add(progressive(f, [3]uint8{1, 2, 3}))
	f.Add([]byte("\xff\xd8\x00\xff\xff\xd0\xff\xd9tail"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m := newMetadata()
		if m.readJPEG(b) == nil {
			m.check(t)
		}
		list, err := segments(b)
		if err != nil {
			return
		}
		if len(list) < 2 || list[0].mark != markSOI {
			t.Error("no start")
		}
		if last := list[len(list)-1]; last.mark != markEOI && last.mark != markTail {
			t.Errorf("ends with %02x", last.mark)
		}
	})
}

func FuzzChunks(f *testing.F) {
	f.Add(pngWithEverything(f))
	f.Fuzz(func(t *testing.T, b []byte) {
		m := newMetadata()
		if m.readPNG(b) == nil {
			m.check(t)
		}
		list, err := chunks(b)
		if err != nil {
			return
		}
		n := len(pngMagic)
		for _, c := range list {
			if n += len(c.data); c.kind != "" {
				n += 12
			}
		}
		if n != len(b) {
			t.Errorf("%d of %d bytes covered", n, len(b))
		}
	})
}

// What decodes can be redacted and written, and comes back clean.
func FuzzDecode(f *testing.F) {
	f.Add(jpegWithEverything(f))
	f.Add(pngWithEverything(f))
	f.Add(progressive(f, [3]uint8{1, 2, 3}))
	f.Add(planes(f, flat(8, 8, 1), flat(8, 8, 2), flat(8, 8, 3), flat(8, 8, 4)))
	f.Add(interlaced(corners(9, 7)))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, size, err := header(bytes.NewReader(b)); err == nil && size.X*size.Y > 1<<20 {
			return // slow, not wrong
		}
		m, err := Decode(bytes.NewReader(b))
		if err != nil {
			if !errors.Is(err, redact.ErrUnreadable) {
				t.Errorf("error of another kind: %v", err)
			}
			return
		}
		list, err := areas([]redact.Redaction{{Kind: redact.Face, Method: redact.Blur, Region: redact.Region{Box: m.Pix.Rect}}}, m.Pix.Rect)
		if err != nil {
			t.Fatal(err)
		}
		hide(m.Pix, list)
		var out bytes.Buffer
		m.Info.Pages = 1
		enc, _, err := newEncoder(&out, m.Info, m.Pix.Rect.Size(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(enc.add(m.Pix, m.Info), enc.close()); err != nil {
			t.Fatal(err)
		}
		again, err := Decode(&out)
		if err != nil || len(again.Info.Blocks) != 0 || again.Pix.Rect != m.Pix.Rect {
			t.Errorf("written photo: %v", err)
		}
	})
}
