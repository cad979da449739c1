package codes

import (
	"context"
	"image"
	"slices"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"consentry/redact/ocr/ocrtest"
)

func TestRead(t *testing.T) {
	const a, b = "CONSENTRY:1:R-1:00000000", "another code"
	img := ocrtest.Blank(900, 700, ocrtest.White)
	for text, at := range map[string]image.Point{a: {40, 30}, b: {500, 380}} {
		code := encode(t, qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, text, 6)
		for y := range code.Rect.Dy() {
			for x := range code.Rect.Dx() {
				img.Set(at.X+x, at.Y+y, code.At(x, y))
			}
		}
	}
	got, err := Detector{}.Read(context.Background(), img)
	if err != nil || len(got) != 2 || !slices.Contains(got, a) || !slices.Contains(got, b) {
		t.Errorf("read %q: %v", got, err)
	}
	if got, err := (Detector{}).Read(context.Background(), ocrtest.Blank(300, 300, ocrtest.White)); err != nil || len(got) != 0 {
		t.Errorf("an empty page says %q: %v", got, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := (Detector{}).Read(ctx, img); err == nil {
		t.Error("a stopped reading gives no error")
	}
}
