package photo

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"math"
	"testing"
	"time"
)

// all decodes every page of a file.
func all(t testing.TB, b []byte) (list []*Image) {
	t.Helper()
	for n := 1; len(list) < n; {
		more, err := InProcess(t.Context(), bytes.NewReader(b), int64(len(b)), len(list), maxPages)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, more...)
		n = list[0].Info.Pages
	}
	return list
}

// psnr is the peak signal-to-noise ratio of two pictures as seen on white, in
// decibels, outside some boxes.
func psnr(a, b *image.NRGBA, without ...image.Rectangle) float64 {
	a, b = onWhite(a), onWhite(b)
	sum, n := 0.0, 0
	for y := range a.Rect.Dy() {
	pixel:
		for x := range a.Rect.Dx() {
			for _, r := range without {
				if image.Pt(x, y).In(r) {
					continue pixel
				}
			}
			p, q := a.NRGBAAt(x, y), b.NRGBAAt(x, y)
			for _, d := range []int{int(p.R) - int(q.R), int(p.G) - int(q.G), int(p.B) - int(q.B)} {
				sum += float64(d * d)
			}
			n += 3
		}
	}
	if sum == 0 {
		return 100
	}
	return 10 * math.Log10(255*255*float64(n)/sum)
}

func TestGIFFramesAsSeen(t *testing.T) {
	const w, h = 80, 60
	list := all(t, movingGIF(t, w, h))
	base := detailed(w, h)
	red, green, blue := color.NRGBA{200, 0, 0, 255}, color.NRGBA{0, 200, 0, 255}, color.NRGBA{0, 0, 200, 255}
	if len(list) != 4 || list[0].Info.Loop != 3 {
		t.Fatalf("%d frames, info %+v", len(list), list[0].Info)
	}
	first, second, third := image.Pt(5, 5), image.Pt(w/2+3, 5), image.Pt(5, h/2+3)
	gone := color.NRGBA{255, 255, 255, 0}
	for i, want := range [][3]color.NRGBA{
		{base.NRGBAAt(5, 5), base.NRGBAAt(w/2+3, 5), base.NRGBAAt(5, h/2+3)},
		{red, base.NRGBAAt(w/2+3, 5), base.NRGBAAt(5, h/2+3)},
		{gone, green, base.NRGBAAt(5, h/2+3)},
		{gone, base.NRGBAAt(w/2+3, 5), blue},
	} {
		for k, p := range []image.Point{first, second, third} {
			if got := list[i].Pix.NRGBAAt(p.X, p.Y); got != want[k] {
				t.Errorf("frame %d shows %v at %v, want %v", i, got, p, want[k])
			}
		}
		if d := time.Duration(i+1) * 100 * time.Millisecond; list[i].Info.Delay != d || list[i].Info.Page != i {
			t.Errorf("frame %d: %+v", i, list[i].Info)
		}
	}
	// Any frame can be asked for on its own.
	one, err := InProcess(t.Context(), bytes.NewReader(movingGIF(t, w, h)), 1<<20, 2, 1)
	if err != nil || len(one) != 1 || !bytes.Equal(one[0].Pix.Pix, list[2].Pix.Pix) {
		t.Errorf("frame 2 alone: %v", err)
	}
}

func TestWebPFramesAsSeen(t *testing.T) {
	const w, h = 80, 60
	list := all(t, movingWebP(t, w, h))
	base := detailed(w, h)
	if len(list) != 3 || list[0].Info.Loop != 3 || list[1].Info.Delay != 70*time.Millisecond {
		t.Fatalf("%d frames, info %+v", len(list), list[0].Info)
	}
	if !bytes.Equal(list[0].Pix.Pix, base.Pix) {
		t.Error("first frame differs")
	}
	n := noise(w/4, h/4)
	if got := list[1].Pix.NRGBAAt(4, 4); got != n.NRGBAAt(2, 2) {
		t.Errorf("second frame shows %v", got)
	}
	if got := list[2].Pix.NRGBAAt(4, 4); got != (color.NRGBA{255, 255, 255, 0}) {
		t.Errorf("a cleared place shows %v", got)
	}
	under := base.NRGBAAt(w/2+1, 3)
	if got := list[2].Pix.NRGBAAt(w/2+1, 3); got.A != 255 || abs(int(got.R)-(128*128+int(under.R)*127)/255) > 1 {
		t.Errorf("half-transparent over %v gives %v", under, got)
	}
}

func TestTIFFKinds(t *testing.T) {
	const w, h = 40, 24
	m := detailed(w, h)
	grey := make([]byte, w*h)
	var deep, planes, cmyk, cmyk16 []byte
	for i := range grey {
		grey[i] = m.Pix[4*i+1]
	}
	for k := range 3 {
		for i := range w * h {
			planes = append(planes, m.Pix[4*i+k])
		}
	}
	le := binary.LittleEndian
	for i := range w * h {
		for k := range 3 {
			deep = le.AppendUint16(deep, uint16(m.Pix[4*i+k])*257)
			cmyk = append(cmyk, 255-m.Pix[4*i+k])
			cmyk16 = le.AppendUint16(cmyk16, uint16(255-m.Pix[4*i+k])*257)
		}
		cmyk, cmyk16 = append(cmyk, 0), append(cmyk16, 0, 0)
	}
	planar := page(le, w, h, tiffRGB, 8, 3, nil, shorts(le, tiffPlanar, 2))
	planar.strips = [][]byte{planes[:w*h], planes[w*h : 2*w*h], planes[2*w*h:]}
	pal := make([]uint16, 3*256)
	for i := range 256 {
		pal[i], pal[256+i], pal[512+i] = uint16(i)*257, uint16(255-i)*257, uint16(i/2)*257
	}
	jpegPage := func(photometric int, more ...entry) dir {
		d := page(le, w, h, photometric, 8, 3, nil, more...)
		d.strips = nil
		for i := range d.entries {
			if d.entries[i].tag == tiffCompression {
				d.entries[i] = shorts(le, tiffCompression, tiffJPEG)
			}
			if d.entries[i].tag == tiffRowsPerStrip {
				d.entries[i] = shorts(le, tiffRowsPerStrip, 16)
			}
		}
		return d
	}
	strips := jpegPage(tiffYCbCr)
	tiles := jpegPage(tiffYCbCr, shorts(le, tiffTileWidth, 16), shorts(le, tiffTileHeight, 16))
	tiles.tiled = true
	for y := 0; y < h; y += 16 {
		strips.strips = append(strips.strips, jpegOf(t, crop(m, image.Rect(0, y, w, min(h, y+16))), 100))
		for x := 0; x < w; x += 16 {
			tiles.strips = append(tiles.strips, jpegOf(t, crop(m, image.Rect(x, y, x+16, y+16)), 100))
		}
	}
	// A picture's tables on their own, and its scans without: as libtiff writes.
	shared := jpegPage(tiffYCbCr)
	whole := jpegOf(t, m, 100)
	parts, err := segments(whole)
	if err != nil {
		t.Fatal(err)
	}
	tables, body := []byte{0xff, markSOI}, []byte{0xff, markSOI}
	for _, s := range parts {
		switch s.mark {
		case markDQT, markDHT:
			tables = append(tables, seg(s.mark, string(s.data))...)
		case markSOF0:
			body = append(body, seg(s.mark, string(s.data))...)
		case markSOS:
			body = append(body, whole[bytes.Index(whole, []byte{0xff, markSOS}):]...)
		}
	}
	shared.strips = [][]byte{body}
	shared.entries = append(shared.entries, entry{tiffJPEGTables, 7, append(tables, 0xff, markEOI)})
	for i := range shared.entries {
		if shared.entries[i].tag == tiffRowsPerStrip {
			shared.entries[i] = shorts(le, tiffRowsPerStrip, h)
		}
	}

	fake := func(f func(p, q *color.NRGBA)) *image.NRGBA {
		out := image.NewNRGBA(m.Rect)
		for y := range h {
			for x := range w {
				p := m.NRGBAAt(x, y)
				q := p
				f(&p, &q)
				out.SetNRGBA(x, y, q)
			}
		}
		return out
	}
	greyPic := fake(func(p, q *color.NRGBA) { q.R, q.B = p.G, p.G })
	for name, c := range map[string]struct {
		d    dir
		want *image.NRGBA
		min  float64
		info func(Info) bool
	}{
		"rgb":         {page(le, w, h, tiffRGB, 8, 3, rgb(m)), m, 100, func(i Info) bool { return !i.Grey && !i.Deep }},
		"rgb 16":      {page(le, w, h, tiffRGB, 16, 3, deep), m, 100, func(i Info) bool { return i.Deep }},
		"planes":      {planar, m, 100, func(i Info) bool { return !i.Grey }},
		"grey":        {page(le, w, h, 1, 8, 1, grey), greyPic, 100, func(i Info) bool { return i.Grey }},
		"white is 0":  {page(le, w, h, 0, 8, 1, grey), fake(func(p, q *color.NRGBA) { q.R, q.G, q.B = 255-p.G, 255-p.G, 255-p.G }), 100, func(i Info) bool { return i.Grey }},
		"palette":     {page(le, w, h, 3, 8, 1, grey, shorts(le, 320, pal...)), fake(func(p, q *color.NRGBA) { q.R, q.G, q.B = p.G, 255-p.G, p.G/2 }), 45, func(i Info) bool { return !i.Grey }},
		"inks":        {page(le, w, h, tiffInks, 8, 4, cmyk), m, 50, func(i Info) bool { return i.CMYK }},
		"inks 16":     {page(le, w, h, tiffInks, 16, 4, cmyk16), m, 50, func(i Info) bool { return i.CMYK }},
		"jpeg strips": {strips, m, 25, func(i Info) bool { return !i.Grey }},
		"jpeg tiles":  {tiles, m, 25, func(i Info) bool { return !i.Grey }},
		"jpeg tables": {shared, m, 25, func(i Info) bool { return !i.Grey }},
	} {
		got := decode(t, pagesOf(le, c.d))
		if n := psnr(got.Pix, c.want); n < c.min || got.Pix.Rect != m.Rect {
			t.Errorf("%s: %.1f dB", name, n)
		}
		if !c.info(got.Info) || got.Info.Type != TIFF {
			t.Errorf("%s: %+v", name, got.Info)
		}
	}
}

func crop(m *image.NRGBA, r image.Rectangle) *image.NRGBA {
	out := image.NewNRGBA(image.Rectangle{Max: r.Size()})
	copyPix(out, m, r.Intersect(m.Rect).Sub(r.Min), r.Min)
	return out
}

// Portraits come out upright in every type that can say how they were held.
func TestOrientationOfOtherTypes(t *testing.T) {
	const w, h = 70, 50
	want := corners(w, h)
	for o := 1; o <= 8; o++ {
		m := turned(o, w, h)
		meta := exifOf([]entry{short(tagOrientation, uint16(o))}, nil, nil, nil)
		le := binary.LittleEndian
		for name, b := range map[string][]byte{
			"tiff": pagesOf(le, page(le, m.Rect.Dx(), m.Rect.Dy(), tiffRGB, 8, 3, rgb(m), shorts(le, tagOrientation, uint16(o)))),
			"webp": withRIFF(t, webpOf(t, m), m.Rect.Size(), 8, nil, [][]byte{chunkBytes("EXIF", meta)}),
		} {
			if got := decode(t, b); got.Pix.Rect != want.Rect || !bytes.Equal(got.Pix.Pix, want.Pix) || got.Info.Orientation != o {
				t.Errorf("%s, orientation %d: %v, info %+v", name, o, got.Pix.Rect, got.Info)
			}
		}
	}
}

// HEIC is turned by its own property (here put in the place of another), and not
// by EXIF besides.
func TestHEIC(t *testing.T) {
	plain := testdata(t, "plain.heic")
	m := detailed(192, 128)
	if got := decode(t, plain); psnr(got.Pix, m) < 22 || len(got.Info.Blocks) != 0 || got.Info.Type != HEIC {
		t.Errorf("%.1f dB, info %+v", psnr(got.Pix, m), got.Info)
	}
	irot := bytes.Clone(plain)
	at := bytes.Index(irot, []byte("pixi"))
	copy(irot[at:], "irot\x03")
	up := upright(m, 6, nil) // turned clockwise
	if got := decode(t, irot); got.Pix.Rect != image.Rect(0, 0, 128, 192) || psnr(got.Pix, up) < 22 {
		t.Errorf("turned: %v, %.1f dB", got.Pix.Rect, psnr(got.Pix, up))
	}
	video := decode(t, testdata(t, "turned709.heic"))
	if n := psnr(video.Pix, turned(6, 192, 128)); n < 24 {
		t.Errorf("BT.709 in video range: %.1f dB", n)
	}
	texts, kinds := map[string]bool{}, map[string]bool{}
	for _, x := range video.Info.Texts {
		texts[x.Value] = true
	}
	for _, b := range video.Info.Blocks {
		kinds[b.Kind] = true
	}
	if !texts["Heic Artist"] || !texts["Heic Creator"] || !kinds["exif"] || !kinds["xmp"] {
		t.Errorf("blocks %v, texts %v", video.Info.Blocks, video.Info.Texts)
	}
}

// Lossy WebP has the colours that its own decoder shows, not JPEG's.
func TestLossyWebP(t *testing.T) {
	// The pattern is finer than the samples of colour: 24.4 dB is what libwebp
	// itself gives, and in the plain corners the colours are right.
	lossy := decode(t, testdata(t, "lossy.webp")).Pix
	if n := psnr(lossy, detailed(96, 64)); n < 24 {
		t.Errorf("%.1f dB", n)
	}
	for k, p := range []image.Point{{4, 4}, {91, 4}, {4, 59}, {91, 59}} {
		if got := lossy.NRGBAAt(p.X, p.Y); !near(got, cornerColors[k], 4) {
			t.Errorf("%v at %v, want %v", got, p, cornerColors[k])
		}
	}
	got := decode(t, testdata(t, "lossy-alpha.webp"))
	if !got.Info.Veiled || abs(int(got.Pix.NRGBAAt(10, 10).A)-140) > 2 || got.Pix.NRGBAAt(10, 60).A != 255 {
		t.Errorf("info %+v, alpha %d", got.Info, got.Pix.NRGBAAt(10, 10).A)
	}
}
