package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"

	"golang.org/x/image/bmp"
)

// openBMP reads a Windows bitmap (BITMAPINFOHEADER, V4, V5).
func (f *film) openBMP(b []byte) error {
	cfg, err := bmp.DecodeConfig(bytes.NewReader(b))
	if errors.Is(err, bmp.ErrUnsupported) {
		return errors.New("a BMP of a kind that is not handled: compressed, of 16 bits, or of OS/2")
	}
	if err != nil {
		return err
	}
	f.one(image.Pt(cfg.Width, cfg.Height), func() (image.Image, error) { return bmp.Decode(bytes.NewReader(b)) })
	// The decoder took the headers for good, so that these are there.
	le := binary.LittleEndian
	head, bits := int64(le.Uint32(b[14:])), int64(le.Uint16(b[28:]))
	height := int64(int32(le.Uint32(b[22:])))
	end := int64(le.Uint32(b[10:])) + (int64(cfg.Width)*bits+31)/32*4*max(height, -height)
	if head >= 124 && string(b[70:74]) == "DEBM" { // PROFILE_EMBEDDED
		at, n := 14+int64(le.Uint32(b[126:])), int64(le.Uint32(b[130:]))
		if at+n <= int64(len(b)) {
			f.meta.block("icc", int(n))
			f.meta.icc = b[at : at+n]
			if at == end || at == end+2 {
				end = at + n
			}
		}
	}
	if end < int64(len(b)) {
		f.meta.block("trailing", len(b)-int(end))
	}
	return nil
}
