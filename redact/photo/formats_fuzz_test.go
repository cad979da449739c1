package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"

	"consentry/redact"
)

// walks runs one parser of structure on anything: it must end, and judge what it
// takes for whole.
func walks(f *testing.F, walk func(b []byte, m *metadata) (pages int, err error)) {
	f.Fuzz(func(t *testing.T, b []byte) {
		m := newMetadata()
		n, err := walk(b, m)
		m.check(t)
		if err == nil && (n < 1 || n > maxPages+1) {
			t.Errorf("%d pages", n)
		}
	})
}

func FuzzGIF(f *testing.F) {
	f.Add(movingGIF(f, 20, 16))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00\x21\xff\x0bXMP DataXMP<x a='b'/>\x01\x00;"))
	walks(f, func(b []byte, m *metadata) (int, error) {
		g, err := walkGIF(b, m)
		if err != nil {
			return 0, err
		}
		return len(g.frames), nil
	})
}

func FuzzRIFF(f *testing.F) {
	f.Add(movingWebP(f, 20, 16))
	f.Add(testdata(f, "lossy-alpha.webp"))
	walks(f, func(b []byte, m *metadata) (int, error) {
		w, err := walkWebP(b, m)
		if err != nil {
			return 0, err
		}
		if len(w.frames) == 0 && w.animated {
			return 1, nil // refused for having no pages
		}
		return len(w.frames), nil
	})
}

func FuzzTIFF(f *testing.F) {
	f.Add(album(binary.LittleEndian, 12, 8))
	f.Add(album(binary.BigEndian, 12, 8))
	f.Add(exifOf([]entry{short(tagOrientation, 6)}, nil, nil, nil))
	walks(f, func(b []byte, m *metadata) (int, error) {
		t, err := walkTIFF(b, m)
		if err != nil {
			return 0, err
		}
		for _, d := range t.pages {
			t.values(d, tiffStripOffsets, 1000)
			t.bytes(d, tiffJPEGTables)
		}
		return len(t.pages), nil
	})
}

func FuzzHEIC(f *testing.F) {
	f.Add(testdata(f, "turned709.heic"))
	f.Add(testdata(f, "plain.heic"))
	walks(f, func(b []byte, m *metadata) (int, error) {
		h, err := walkHEIC(b, m)
		if err != nil {
			return 0, err
		}
		return min(1, len(h.sizes)), nil
	})
}

// What is a page of a file in another format comes back clean.
func FuzzDecodeOtherTypes(f *testing.F) {
	for name, b := range everyFormat(f) {
		if Sniff(b) != HEIC && name != "plain.jpg" && name != "plain.png" {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if Sniff(b) == HEIC {
			return // a second for each
		}
		film, err := openFilm(b)
		if err == nil && (len(film.sizes) > 20 || film.sizes[0].X*film.sizes[0].Y > 1<<18) {
			return // slow, not wrong
		}
		d := &document{decode: InProcess, r: bytes.NewReader(b), size: int64(len(b))}
		var out bytes.Buffer
		typ, err := d.Rewrite(t.Context(), &out, nil)
		if err != nil {
			if !errors.Is(err, redact.ErrUnreadable) {
				t.Errorf("error of another kind: %v", err)
			}
			return
		}
		again, err := Decode(&out)
		if err != nil || len(again.Info.Blocks) != 0 || again.Info.Type != typ {
			t.Errorf("written photo: %v", err)
		}
	})
}
