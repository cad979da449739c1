package photo

import (
	"encoding/binary"
	"testing"

	"consentry/internal/sandbox"
	"consentry/redact/redacttest"
)

func everyFormat(t testing.TB) map[string][]byte {
	m := detailed(96, 64)
	veiled := detailed(96, 64)
	for i := 3; i < len(veiled.Pix)/2; i += 4 {
		veiled.Pix[i] = 140
	}
	return map[string][]byte{
		"plain.jpg": jpegOf(t, m, 92), "plain.png": pngOf(t, m), "veiled.png": pngOf(t, veiled),
		"still.gif": stillGIF(t, m), "moving.gif": movingGIF(t, 96, 64),
		"lossless.webp": webpOf(t, m), "veiled.webp": webpOf(t, veiled), "moving.webp": movingWebP(t, 96, 64),
		"lossy.webp": testdata(t, "lossy.webp"), "lossy-alpha.webp": testdata(t, "lossy-alpha.webp"),
		"plain.tif": tiffOf(t, m), "veiled.tif": tiffOf(t, veiled), "album-ii.tif": album(binary.LittleEndian, 96, 64), "album-mm.tif": album(binary.BigEndian, 96, 64),
		"plain.bmp": bmpOf(t, m), "plain.heic": testdata(t, "plain.heic"),
	}
}

// Every type goes through the suite, in the program and in the child.
func TestFormat(t *testing.T) {
	for where, f := range map[string]*Format{"in process": New(InProcess, nil), "sandboxed": New(Sandboxed(new(sandbox.Runner)), nil)} {
		t.Run(where, func(t *testing.T) {
			var list []redacttest.Sample
			for name, b := range everyFormat(t) {
				if where == "sandboxed" && name != "moving.gif" && name != "album-mm.tif" && name != "lossy.webp" && name != "plain.bmp" && name != "plain.jpg" {
					continue // the child runs the same code, at a process a step
				}
				list = append(list, redacttest.Sample{Name: name, Type: Sniff(b), Body: b})
			}
			redacttest.TestFormat(t, f, append(list, redacttest.Sample{Name: "big.tif", Type: TIFF, Body: []byte("II+\x00\x08\x00\x00\x00\x10\x00\x00\x00\x00\x00\x00\x00"), Unreadable: true})...)
		})
	}
}
