package codes

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"image/jpeg"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/datamatrix/encoder"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"

	"consentry/redact"
	"consentry/redact/ocr/ocrtest"
	"consentry/redact/redacttest"
)

// encode makes a code with module pixels a module and the quiet zone of the
// standard.
func encode(t testing.TB, w gozxing.Writer, f gozxing.BarcodeFormat, text string, module int) *image.NRGBA {
	t.Helper()
	m, err := w.Encode(text, f, 1, 1, map[gozxing.EncodeHintType]interface{}{gozxing.EncodeHintType_DATA_MATRIX_SHAPE: encoder.SymbolShapeHint_FORCE_SQUARE})
	if err != nil {
		t.Fatal(err)
	}
	// The smallest size with the writer's own quiet zone cut off.
	r := m.GetEnclosingRectangle()
	cw, ch := r[2], r[3]
	high := ch
	if ch == 1 || f != gozxing.BarcodeFormat_QR_CODE && f != gozxing.BarcodeFormat_DATA_MATRIX {
		high = cw * 2 / 5
	}
	quiet := 4
	if high < cw {
		quiet = 10
	}
	img := ocrtest.Blank((cw+2*quiet)*module, (high+8)*module, ocrtest.White)
	for y := range high {
		for x := range cw {
			if m.Get(r[0]+x, r[1]+min(y, ch-1)) {
				draw.Draw(img, image.Rect((x+quiet)*module, (y+4)*module, (x+quiet+1)*module, (y+5)*module), image.NewUniform(ocrtest.Black), image.Point{}, draw.Src)
			}
		}
	}
	return img
}

type sort struct {
	name   string
	writer gozxing.Writer
	format gozxing.BarcodeFormat
	text   string
}

func sorts() []sort {
	return []sort{
		{"QR", qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, "BEGIN:VCARD N:Quist;Elara TEL:13900000000 END:VCARD"},
		{"QR small", qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, "T-0042"},
		{"DataMatrix", datamatrix.NewDataMatrixWriter(), gozxing.BarcodeFormat_DATA_MATRIX, "TICKET 0042 ELARA"},
		{"Code 128", oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128, "HC-2026-0042"},
		{"Code 39", oned.NewCode39Writer(), gozxing.BarcodeFormat_CODE_39, "HC0042"},
		{"EAN-13", oned.NewEAN13Writer(), gozxing.BarcodeFormat_EAN_13, "6901234567892"},
		{"ITF", oned.NewITFWriter(), gozxing.BarcodeFormat_ITF, "00420042004200"},
	}
}

// scene puts a picture on a wall and gives its place.
func scene(code *image.NRGBA, w, h int, at image.Point) (*image.NRGBA, image.Rectangle) {
	img := ocrtest.Wall(w, h)
	ocrtest.Paste(img, code, at)
	return img, code.Rect.Add(at)
}

func find(t testing.TB, img *image.NRGBA) []redact.Finding {
	t.Helper()
	fs, err := Detector{}.Find(context.Background(), img)
	if err != nil {
		t.Fatal(err)
	}
	return fs
}

// covered is the share of a place that findings cover together, and whether one
// of them is sure.
func covered(place image.Rectangle, fs []redact.Finding) (float64, bool) {
	n, sure := 0, false
	for i := range 400 {
		p := image.Pt(place.Min.X+place.Dx()*(2*(i%20)+1)/40, place.Min.Y+place.Dy()*(2*(i/20)+1)/40)
		for _, f := range fs {
			if p.In(f.Region.Box) {
				n++
				break
			}
		}
	}
	for _, f := range fs {
		if f.Tier == redact.Sure && !f.Region.Box.Intersect(place).Empty() {
			sure = true
		}
	}
	return float64(n) / 400, sure
}

func TestRecall(t *testing.T) {
	for _, s := range sorts() {
		t.Run(s.name, func(t *testing.T) {
			found, sure, n := 0, 0, 0
			miss := ""
			for _, turn := range []float64{0, 8, 45, 90, 250} {
				for _, module := range []int{2, 3, 6} {
					code := ocrtest.Turn(encode(t, s.writer, s.format, s.text, module), turn, color.Transparent)
					img, place := scene(code, 1300, 1250, image.Pt(60, 40))
					img = ocrtest.JPEG(img, 80)
					fs := find(t, img)
					c, ok := covered(place.Inset(min(place.Dx(), place.Dy())/6), fs) // without the quiet zone
					n++
					if c > 0.95 {
						found++
						if ok {
							sure++
						}
					} else {
						miss += fmt.Sprintf(" %v°/%d", turn, module)
					}
				}
			}
			t.Logf("%d of %d found, %d decoded; missed:%s", found, n, sure, miss)
			if found*100 < n*85 {
				t.Errorf("%d of %d found", found, n)
			}
		})
	}
}

// Blurred, in a large photo, light on dark, leaning away, several at once.
func TestHardCodes(t *testing.T) {
	qr := encode(t, qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, "https://hengchuan.example/c/0042", 5)
	all := map[string]func() (*image.NRGBA, []image.Rectangle){
		"small in 12 MP": func() (*image.NRGBA, []image.Rectangle) {
			img, at := scene(ocrtest.Resize(qr, 0.55), 4000, 3000, image.Pt(3300, 2400))
			return ocrtest.JPEG(img, 85), []image.Rectangle{at}
		},
		"blurred": func() (*image.NRGBA, []image.Rectangle) {
			img, at := scene(ocrtest.Resize(ocrtest.Resize(qr, 0.4), 2.5), 900, 700, image.Pt(200, 150))
			return img, []image.Rectangle{at}
		},
		"light on dark": func() (*image.NRGBA, []image.Rectangle) {
			neg := ocrtest.Resize(qr, 1)
			for i := range neg.Pix {
				if i%4 != 3 {
					neg.Pix[i] = 255 - neg.Pix[i]
				}
			}
			img, at := scene(neg, 900, 700, image.Pt(200, 150))
			return img, []image.Rectangle{at}
		},
		"squeezed": func() (*image.NRGBA, []image.Rectangle) {
			img, at := scene(lean(qr), 900, 700, image.Pt(200, 150))
			return img, []image.Rectangle{at}
		},
		"four and a bar code": func() (*image.NRGBA, []image.Rectangle) {
			img := ocrtest.Wall(1600, 1200)
			var at []image.Rectangle
			for i := range 4 {
				c := ocrtest.Turn(encode(t, qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, fmt.Sprintf("badge %d", i), 4), float64(20*i), color.Transparent)
				p := image.Pt(80+i*380, 100+i*60)
				ocrtest.Paste(img, c, p)
				at = append(at, c.Rect.Add(p).Inset(20))
			}
			bar := encode(t, oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128, "HC-2026-0042", 3)
			ocrtest.Paste(img, bar, image.Pt(300, 800))
			return img, append(at, bar.Rect.Add(image.Pt(300, 800)).Inset(20))
		},
		"PDF417": func() (*image.NRGBA, []image.Rectangle) {
			img, at := scene(ocrtest.Turn(stackedCode(3), 12, color.Transparent), 1200, 800, image.Pt(200, 150))
			return ocrtest.JPEG(img, 85), []image.Rectangle{at.Inset(50)}
		},
	}
	for name, make := range all {
		t.Run(name, func(t *testing.T) {
			img, places := make()
			fs := find(t, img)
			for i, p := range places {
				if c, _ := covered(p.Inset(8), fs); c < 0.95 {
					t.Errorf("code %d: %.0f %% of it are covered by %d finding(s)", i, 100*c, len(fs))
				}
			}
			if len(fs) > len(places)+1 {
				t.Errorf("%d findings for %d code(s)", len(fs), len(places))
			}
			for _, f := range fs {
				t.Logf("%v %s", f.Region.Box, f.Why)
			}
		})
	}
}

// lean is a picture whose right side is farther away.
func lean(img *image.NRGBA) *image.NRGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewNRGBA(img.Rect)
	for x := range w {
		d := float64(x) / float64(w) * 0.12
		for y := range h {
			v := (float64(y)/float64(h) - d) / (1 - 2*d)
			if v >= 0 && v < 1 {
				out.SetNRGBA(x, y, img.NRGBAAt(x, int(v*float64(h))))
			}
		}
	}
	return out
}

// stackedCode looks like PDF417: its start and stop patterns around code words of
// the same shape. It says nothing.
func stackedCode(module int) *image.NRGBA {
	rng := rand.New(rand.NewPCG(3, 4))
	const rows, words = 12, 6
	width := 17 + 17*words + 18
	img := ocrtest.Blank((width+8)*module, (rows*4+8)*module, ocrtest.White)
	for r := range rows {
		x := 4
		bar := true
		put := func(n int) {
			if bar {
				draw.Draw(img, image.Rect(x*module, (4+r*4)*module, (x+n)*module, (8+r*4)*module), image.NewUniform(ocrtest.Black), image.Point{}, draw.Src)
			}
			x += n
			bar = !bar
		}
		for _, n := range stacks[0] {
			put(n)
		}
		for range words { // four bars and four spaces of one to six modules, 17 in all
			rest := 17
			for k := range 8 {
				n := min(1+rng.IntN(4), rest-(7-k), 6)
				if k == 7 {
					n = rest
				}
				put(max(1, n))
				rest -= max(1, n)
			}
		}
		for _, n := range stacks[1] {
			put(n)
		}
	}
	return img
}

// Photos and pages of text hold no code.
func TestNoCodes(t *testing.T) {
	fs := map[string]int{}
	for n := 1; n <= 6; n++ {
		for _, f := range find(t, photo(t, n)) {
			fs[f.Why]++
		}
	}
	f, err := ocrtest.Open(asset(t, "fonts/NotoSansSC-Regular.ttf"))
	if err != nil {
		t.Fatal(err)
	}
	for _, img := range []*image.NRGBA{ocrtest.A4(f).Img, ocrtest.Slide(f).Img, ocrtest.Screen(f, 15, true).Img, ocrtest.Wall(1000, 800)} {
		for _, f := range find(t, img) {
			fs["page "+f.Why]++
		}
	}
	t.Logf("%v", fs)
	if len(fs) > 0 {
		t.Errorf("codes found where none are: %v", fs)
	}
}

func asset(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("CONSENTRY_ASSETS")
	if dir == "" {
		dir = filepath.Join("..", "..", "assets", "models")
	}
	return filepath.Join(dir, filepath.FromSlash(name))
}

func photo(t testing.TB, n int) *image.NRGBA {
	t.Helper()
	f, err := os.Open(asset(t, fmt.Sprintf("samples/sample%d.jpg", n)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := jpeg.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	out := image.NewNRGBA(img.Bounds())
	draw.Draw(out, out.Rect, img, image.Point{}, draw.Src)
	return out
}

func page(img *image.NRGBA, box image.Rectangle) redact.Page {
	return redact.Page{Part: "", Index: 1, Bounds: box, Pictures: []redact.Picture{{Box: box, Load: func(ctx context.Context) (*image.NRGBA, error) { return img, ctx.Err() }}}}
}

func TestSuite(t *testing.T) {
	code := encode(t, qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, "T-0042", 4)
	img, _ := scene(code, 500, 400, image.Pt(100, 80))
	redacttest.TestDetector(t, Detector{}, page(img, img.Rect), page(img, image.Rect(10, 20, 110, 100)))
}

func BenchmarkFind(b *testing.B) {
	img := photo(b, 1)
	for b.Loop() {
		find(b, img)
	}
	mp := float64(img.Rect.Dx()*img.Rect.Dy()) / 1e6
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/mp, "ms/MP")
}

func FuzzFind(f *testing.F) {
	f.Add([]byte{1, 2, 3, 250, 0, 9}, uint8(70))
	f.Fuzz(func(t *testing.T, pix []byte, width uint8) {
		if len(pix) == 0 || width == 0 {
			return
		}
		w := int(width)
		h := min(len(pix)/w+1, 200)
		img := image.NewNRGBA(image.Rect(0, 0, w, h))
		for i := range img.Pix {
			img.Pix[i] = pix[(i/4)%len(pix)]
		}
		for _, f := range find(t, img) {
			if f.Region.Box.Empty() || !f.Region.Box.In(img.Rect) {
				t.Errorf("box %v is not within %v", f.Region.Box, img.Rect)
			}
		}
	})
}
