package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"strings"
	"testing"

	"consentry/redact"
)

func decode(t testing.TB, b []byte) *Image {
	t.Helper()
	m, err := Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// near reports whether no channel is off by more than tol.
func near(a, b color.NRGBA, tol int) bool {
	return abs(int(a.R)-int(b.R)) <= tol && abs(int(a.G)-int(b.G)) <= tol && abs(int(a.B)-int(b.B)) <= tol && a.A == b.A
}

// turned is corners as a camera would store it for an orientation, by the
// definition in the EXIF standard: where the stored row 0 and column 0 are seen.
func turned(orientation, w, h int) *image.NRGBA {
	up := corners(w, h)
	sw, sh := w, h
	if orientation >= 5 {
		sw, sh = h, w
	}
	m := image.NewNRGBA(image.Rect(0, 0, sw, sh))
	for y := range sh {
		for x := range sw {
			ux, uy := x, y
			switch orientation {
			case 2: // row 0 top, column 0 right
				ux = w - 1 - x
			case 3: // bottom, right
				ux, uy = w-1-x, h-1-y
			case 4: // bottom, left
				uy = h - 1 - y
			case 5: // left, top
				ux, uy = y, x
			case 6: // right, top
				ux, uy = w-1-y, x
			case 7: // right, bottom
				ux, uy = w-1-y, h-1-x
			case 8: // left, bottom
				ux, uy = y, h-1-x
			}
			m.SetNRGBA(x, y, up.NRGBAAt(ux, uy))
		}
	}
	return m
}

func TestOrientation(t *testing.T) {
	const w, h = 70, 50 // no multiple of a band or a block
	want := corners(w, h)
	for o := 1; o <= 8; o++ {
		meta := exifOf([]entry{short(tagOrientation, uint16(o))}, nil, nil, nil)
		for name, b := range map[string][]byte{
			"jpeg": withSegments(jpegOf(t, turned(o, w, h), 100), exifSegment(meta)),
			"png":  withChunks(pngOf(t, turned(o, w, h)), pngChunk("eXIf", meta)),
		} {
			m := decode(t, b)
			if m.Pix.Rect != want.Rect || m.Info.Width != w || m.Info.Height != h || m.Info.Orientation != o {
				t.Errorf("%s, orientation %d: %v, info %+v", name, o, m.Pix.Rect, m.Info)
				continue
			}
			for _, p := range []image.Point{{3, 3}, {66, 3}, {3, 46}, {66, 46}, {30, 20}, {40, 30}} {
				if got := m.Pix.NRGBAAt(p.X, p.Y); !near(got, want.NRGBAAt(p.X, p.Y), 8) {
					t.Errorf("%s, orientation %d: %v at %v", name, o, got, p)
				}
			}
			if name == "png" && !bytes.Equal(m.Pix.Pix, want.Pix) {
				t.Errorf("png, orientation %d: pixels differ", o)
			}
		}
	}
}

// interlaced is an Adam7 PNG of m, 8-bit RGB.
func interlaced(m *image.NRGBA) []byte {
	var raw bytes.Buffer
	z := zlib.NewWriter(&raw)
	for _, p := range [][4]int{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}} {
		for y := p[1]; y < m.Rect.Dy(); y += p[3] {
			z.Write([]byte{0})
			for x := p[0]; x < m.Rect.Dx(); x += p[2] {
				c := m.NRGBAAt(x, y)
				z.Write([]byte{c.R, c.G, c.B})
			}
		}
	}
	z.Close()
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(m.Rect.Dx())), uint32(m.Rect.Dy()))
	return bytes.Join([][]byte{[]byte(pngMagic), pngChunk("IHDR", append(head, 8, 2, 0, 0, 1)), pngChunk("IDAT", raw.Bytes()), pngChunk("IEND", nil)}, nil)
}

func TestKindsOfPicture(t *testing.T) {
	r := image.Rect(0, 0, 21, 18)
	paint := func(m interface {
		image.Image
		Set(x, y int, c color.Color)
	}, c color.Color) image.Image {
		for y := range r.Dy() {
			for x := range r.Dx() {
				m.Set(x, y, c)
			}
		}
		return m
	}
	red := color.NRGBA{200, 30, 60, 255}
	veil := color.NRGBA{200, 30, 60, 128}
	c, m, y, k := uint8(30), uint8(180), uint8(90), uint8(40)
	cr, cg, cb := color.CMYKToRGB(c, m, y, k)
	pr, pg, pb := color.YCbCrToRGB(120, 90, 200)
	for name, test := range map[string]struct {
		file []byte
		want color.NRGBA
		info func(Info) bool
	}{
		"jpeg colour":    {jpegOf(t, paint(image.NewNRGBA(r), red), 95), red, func(i Info) bool { return i.Type == JPEG && i.Quality == 95 && !i.Grey }},
		"jpeg grey":      {jpegOf(t, flat(21, 18, 77), 60), color.NRGBA{77, 77, 77, 255}, func(i Info) bool { return i.Grey && i.Quality == 60 }},
		"jpeg rgb":       {planes(t, flat(21, 18, 200), flat(21, 18, 30), flat(21, 18, 60)), red, func(i Info) bool { return !i.CMYK }},
		"jpeg cmyk":      {planes(t, flat(21, 18, 255-c), flat(21, 18, 255-m), flat(21, 18, 255-y), flat(21, 18, 255-k)), color.NRGBA{cr, cg, cb, 255}, func(i Info) bool { return i.CMYK }},
		"progressive":    {progressive(t, [3]uint8{120, 90, 200}, [3]uint8{120, 90, 200}), color.NRGBA{pr, pg, pb, 255}, func(i Info) bool { return i.Quality == 100 }},
		"png interlaced": {interlaced(paint(image.NewNRGBA(r), red).(*image.NRGBA)), red, func(i Info) bool { return i.Type == PNG && i.Quality == 0 && !i.Alpha }},
		"png alpha":      {pngOf(t, paint(image.NewNRGBA(r), veil)), veil, func(i Info) bool { return i.Alpha && i.Veiled }},
		"png cut out":    {pngOf(t, paint(image.NewNRGBA(r), color.NRGBA{200, 30, 60, 0})), color.NRGBA{255, 255, 255, 0}, func(i Info) bool { return i.Alpha && !i.Veiled }},
		"png 16 alpha":   {pngOf(t, paint(image.NewNRGBA64(r), veil)), veil, func(i Info) bool { return i.Deep && i.Veiled }},
		"png 16":         {pngOf(t, paint(image.NewRGBA64(r), red)), red, func(i Info) bool { return i.Deep && !i.Alpha }},
		"png grey":       {pngOf(t, flat(21, 18, 77)), color.NRGBA{77, 77, 77, 255}, func(i Info) bool { return i.Grey && !i.Deep }},
		"png grey 16":    {pngOf(t, paint(image.NewGray16(r), color.Gray16{0x4d4d})), color.NRGBA{77, 77, 77, 255}, func(i Info) bool { return i.Grey && i.Deep }},
		"png palette":    {pngOf(t, paint(image.NewPaletted(r, color.Palette{color.NRGBA{1, 2, 3, 255}, red}), red)), red, func(i Info) bool { return !i.Alpha }},
		"png veiled pal": {pngOf(t, paint(image.NewPaletted(r, color.Palette{color.NRGBA{1, 2, 3, 255}, veil}), veil)), veil, func(i Info) bool { return i.Veiled }},
	} {
		t.Run(name, func(t *testing.T) {
			im := decode(t, test.file)
			for _, p := range []image.Point{{0, 0}, im.Pix.Rect.Max.Sub(image.Pt(1, 1)), {7, 5}} {
				if got := im.Pix.NRGBAAt(p.X, p.Y); !near(got, test.want, 3) {
					t.Errorf("%v at %v, want %v", got, p, test.want)
				}
			}
			if !test.info(im.Info) {
				t.Errorf("info %+v", im.Info)
			}
		})
	}
}

func TestInterlacedDetail(t *testing.T) {
	m := noise(37, 29)
	if got := decode(t, interlaced(m)); !bytes.Equal(got.Pix.Pix, m.Pix) {
		t.Error("pixels differ")
	}
}

func TestSniffGoesByBytes(t *testing.T) {
	m := corners(8, 8)
	for want, b := range map[string][]byte{JPEG: jpegOf(t, m, 90), PNG: pngOf(t, m), GIF: []byte("GIF89a"), "": []byte("GIF90a")} {
		if got := Sniff(b); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if Sniff(nil) != "" {
		t.Error("no bytes have a type")
	}
}

// A picture cut anywhere is an error.
func TestCutShort(t *testing.T) {
	colour := jpegOf(t, noise(64, 64), 90)
	for name, b := range map[string][]byte{"jpeg": colour, "progressive": progressive(t, [3]uint8{9, 9, 9}, [3]uint8{200, 9, 9}), "png": pngOf(t, noise(64, 64)), "cmyk": planes(t, flat(8, 8, 1), flat(8, 8, 2), flat(8, 8, 3), flat(8, 8, 4))} {
		decode(t, b)
		for n := 0; n < len(b); n += 1 + len(b)/300 {
			if m, err := Decode(bytes.NewReader(b[:n])); !errors.Is(err, redact.ErrUnreadable) || m != nil {
				t.Fatalf("%s cut to %d of %d bytes: %v", name, n, len(b), err)
			}
			if cut := append(bytes.Clone(b[:n]), 0xff, markEOI); n > 0 && n < len(b)-2 && name == "jpeg" {
				if _, err := Decode(bytes.NewReader(cut)); !errors.Is(err, redact.ErrUnreadable) {
					t.Fatalf("%s cut to %d bytes and closed again: %v", name, n, err)
				}
			}
		}
	}
	// Whole scans missing, and closed again: grey where there was colour.
	rgb := planes(t, flat(8, 8, 200), flat(8, 8, 30), flat(8, 8, 60))
	last := bytes.LastIndex(rgb, []byte{0xff, markSOS})
	if _, err := Decode(bytes.NewReader(append(bytes.Clone(rgb[:last]), 0xff, markEOI))); !errors.Is(err, redact.ErrUnreadable) {
		t.Errorf("missing scan: %v", err)
	}
}

func TestRefused(t *testing.T) {
	head := func(w, h uint32) []byte {
		ihdr := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
		return append([]byte(pngMagic), pngChunk("IHDR", append(ihdr, 8, 2, 0, 0, 0))...)
	}
	bombJPEG := bytes.Join([][]byte{{0xff, markSOI}, seg(markSOF0, "\x08\x75\x30\x75\x30\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00"), seg(markSOS, "\x03\x01\x00\x02\x00\x03\x00\x00\x3f\x00")}, nil)
	noPixels := bytes.Join([][]byte{{0xff, markSOI}, seg(markSOF0, "\x08\x00\x00\x00\x08\x01\x01\x11\x00"), seg(markSOS, "\x01\x01\x00\x00\x3f\x00"), {0, 0xff, markEOI}}, nil)
	for name, c := range map[string]struct {
		b     []byte
		large bool
	}{
		"empty":        {nil, false},
		"text":         {[]byte("no picture at all"), false},
		"gif head":     {[]byte("GIF89a\x01\x00\x01\x00"), false},
		"png bomb":     {head(30000, 30000), true},
		"png strip":    {head(1, 1<<20), true},
		"png max":      {head(1<<31-1, 1<<31-1), false},
		"jpeg bomb":    {bombJPEG, true},
		"no pixels":    {noPixels, false},
		"header only":  {head(10, 10), false},
		"bad checksum": {bytes.Replace(pngOf(t, corners(9, 9)), []byte("IDAT"), []byte("IDAU"), 1), false},
	} {
		_, err := Decode(bytes.NewReader(c.b))
		if !errors.Is(err, redact.ErrUnreadable) || errors.Is(err, redact.ErrTooLarge) != c.large {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := header(bytes.NewReader(head(12000, 8400))); err != nil {
		t.Errorf("100 megapixels: %v", err)
	}
	disk := errors.New("disk gone")
	if _, err := Decode(&broken{strings.NewReader("\xff\xd8\xff"), disk}); !errors.Is(err, disk) || errors.Is(err, redact.ErrUnreadable) {
		t.Errorf("failing reader: %v", err)
	}
}

type broken struct {
	r   *strings.Reader
	err error
}

func (b *broken) Read(p []byte) (int, error) {
	if b.r.Len() == 0 {
		return 0, b.err
	}
	return b.r.Read(p)
}

func TestQuality(t *testing.T) {
	for q := 5; q <= 100; q += 5 {
		if got := decode(t, jpegOf(t, corners(16, 16), q)).Info.Quality; abs(got-q) > 1 {
			t.Errorf("quality %d estimated as %d", q, got)
		}
	}
}
