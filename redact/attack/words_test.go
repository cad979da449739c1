package attack

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"runtime"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"consentry/internal/infer"
	"consentry/redact"
	"consentry/redact/codes"
	"consentry/redact/ocr"
	"consentry/redact/ocr/ocrtest"
	"consentry/redact/photo"
	"consentry/redact/redacttest"
)

// wordAttack is the attack on the real reader, and what the scan reads with.
func wordAttack(t *testing.T) (Words, *ocr.Reader) {
	t.Helper()
	lib, _ := asset(t, "onnxruntime/"+map[string]string{"windows": "onnxruntime.dll", "darwin": "libonnxruntime.1.30.0.dylib", "linux": "libonnxruntime.so.1"}[runtime.GOOS])
	rt, err := infer.Open(lib)
	if err != nil {
		t.Fatal(err)
	}
	_, det := asset(t, "ocr/det.onnx")
	_, rec := asset(t, "ocr/rec.onnx")
	r, err := ocr.New(rt, ocr.Files{Detection: det, Recognition: rec, DetectionDigest: redact.Sum(det).String(), RecognitionDigest: redact.Sum(rec).String()}, ocr.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	pictures := photo.New(photo.InProcess, nil)
	return Words{Formats: map[string]redact.Format{photo.PNG: pictures, photo.JPEG: pictures}, Reader: r.At(1.25), Codes: codes.Detector{}}, r
}

// ticket is a picture with a badge, a second mention of the same name, and a QR
// code; findings are of the first name and the code.
func ticket(t *testing.T) (img *image.NRGBA, fs []redact.Finding, second image.Rectangle) {
	t.Helper()
	path, _ := asset(t, "fonts/NotoSansSC-Regular.ttf")
	f, err := ocrtest.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	img = ocrtest.Blank(900, 620, ocrtest.White)
	ocrtest.Paste(img, ocrtest.Badge(f, "王晓岚", "市场总监", "衡川数据").Img, image.Pt(20, 20))
	second = f.Draw(img, 40, 500, 40, ocrtest.Black, "座位 A12 王晓岚")
	second.Min.X = second.Max.X - 120
	m, err := qrcode.NewQRCodeWriter().EncodeWithoutHint("T-0042", gozxing.BarcodeFormat_QR_CODE, 200, 200)
	if err != nil {
		t.Fatal(err)
	}
	for y := range 200 {
		for x := range 200 {
			if m.Get(x, y) {
				img.Set(660+x, 60+y, ocrtest.Black)
			}
		}
	}
	return img, []redact.Finding{
		{Region: redact.Region{Start: 16, End: 19, Box: image.Rect(55, 140, 320, 240)}, Kind: redact.Person, Text: "王晓岚"},
		{Region: redact.Region{Box: image.Rect(665, 65, 855, 255)}, Kind: redact.Code},
		{Region: redact.Region{Start: 40, End: 43, Box: second.Inset(-6)}, Kind: redact.Person, Text: "王晓岚"},
	}, second
}

// release hides findings by one method and says what the attack may know.
func release(t *testing.T, img *image.NRGBA, removed, kept []redact.Finding, m redact.Method) redact.Released {
	t.Helper()
	var src bytes.Buffer
	if err := png.Encode(&src, img); err != nil {
		t.Fatal(err)
	}
	a := redacttest.Asset("ticket.png", photo.PNG, src.Bytes())
	doc, err := photo.New(photo.InProcess, nil).Open(t.Context(), a, bytes.NewReader(src.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	var rs []redact.Redaction
	var methods []redact.Method
	for _, f := range removed {
		rs = append(rs, redact.Redaction{Region: f.Region, Kind: f.Kind, Method: m})
		methods = append(methods, m)
	}
	var out bytes.Buffer
	media, err := doc.Rewrite(t.Context(), &out, rs)
	if err != nil {
		t.Fatal(err)
	}
	return redact.Released{
		Asset: redacttest.Asset("out.png", media, out.Bytes()), Body: bytes.NewReader(out.Bytes()),
		Source: a, SourceBody: bytes.NewReader(src.Bytes()), Removed: removed, Kept: kept, Methods: methods,
	}
}

func TestWordsSuite(t *testing.T) {
	a, _ := wordAttack(t)
	img, fs, _ := ticket(t)
	redacttest.TestAttack(t, a, release(t, img, fs, nil, redact.Solid))
}

func TestWords(t *testing.T) {
	a, _ := wordAttack(t)
	img, fs, second := ticket(t)
	kept := fs[2]
	for _, c := range []struct {
		name          string
		removed, kept []redact.Finding
		hide          []redact.Finding // what is really hidden, where that differs
		words, codes  int
		outside       int
	}{
		{name: "all hidden", removed: fs},
		{name: "second mention forgotten", removed: fs[:2], words: 1, outside: 1},
		{name: "second mention kept", removed: fs[:2], kept: []redact.Finding{kept}},
		{name: "name still there", removed: fs, hide: fs[1:], words: 1},
		{name: "code still there", removed: fs, hide: []redact.Finding{fs[0], fs[2]}, codes: 1},
		{name: "nothing of this was removed", removed: []redact.Finding{{Region: redact.Region{Box: image.Rect(10, 10, 30, 30)}, Kind: redact.Face}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			hide := c.hide
			if hide == nil {
				hide = c.removed
			}
			r := release(t, img, hide, c.kept, redact.Solid)
			r.Removed = c.removed
			leaks, err := a.Try(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			words, codes, outside := 0, 0, 0
			for _, l := range leaks {
				switch {
				case strings.HasPrefix(l.Where, WhereWords):
					words++
				case l.Where == WhereCode:
					codes++
				}
				if l.Removed < 0 {
					outside++
					if !l.Region.Box.Overlaps(second) {
						t.Errorf("the place is %v, want %v", l.Region.Box, second)
					}
				}
			}
			if words != c.words || codes != c.codes || outside != c.outside {
				t.Errorf("%d by words, %d by codes, %d outside; want %d, %d, %d", words, codes, outside, c.words, c.codes, c.outside)
			}
		})
	}
}

func TestWordsTypes(t *testing.T) {
	a, _ := wordAttack(t)
	r := output("text/plain", []byte("王晓岚"), findings("王晓岚"), nil)
	if leaks, err := a.Try(t.Context(), r); err != nil || len(leaks) > 0 {
		t.Errorf("a text: %d leak(s), error %v", len(leaks), err)
	}
	for _, media := range []string{"application/pdf", "image/png"} { // of no format, and not what it says
		if _, err := a.Try(context.Background(), output(media, []byte("no picture"), findings("王晓岚"), nil)); err == nil {
			t.Errorf("%s: no error, which would count as a proof", media)
		}
	}
}
