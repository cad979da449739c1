package parts

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

// Blank stands where a picture was that nobody can read: a light grey pixel.
var Blank = func() []byte {
	m := image.NewGray(image.Rect(0, 0, 1, 1))
	m.SetGray(0, 0, color.Gray{0xdd})
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err) // into memory, of a picture of ours
	}
	return b.Bytes()
}()
