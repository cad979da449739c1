package codes

import (
	"context"
	"image"
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
	for _, want := range []string{a, b} {
		got, err := Detector{}.Read(t.Context(), img, func(s string) bool { return s == want })
		if err != nil || got != want {
			t.Errorf("read %q, want %q: %v", got, want, err)
		}
	}
	for name, page := range map[string]*image.NRGBA{"an empty page": ocrtest.Blank(300, 300, ocrtest.White), "nothing": {}, "others' codes": img} {
		if got, err := (Detector{}).Read(t.Context(), page, func(string) bool { return false }); err != nil || got != "" {
			t.Errorf("%s says %q: %v", name, got, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (Detector{}).Read(ctx, img, func(string) bool { return true }); err == nil {
		t.Error("a stopped reading gives no error")
	}
}
