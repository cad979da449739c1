package canary

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"fmt"
	"image"
	"image/jpeg"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// An ink is a name drawn black on white.
type ink struct{ img *image.Gray }

// draw draws a name in pixels.
func draw(name string) *ink {
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		panic(err) // embedded
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 32, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		panic(err)
	}
	defer face.Close()
	d := font.Drawer{Face: face, Src: image.Black}
	w := d.MeasureString(name).Ceil() + 24
	img := image.NewGray(image.Rect(0, 0, w, 48))
	for i := range img.Pix {
		img.Pix[i] = 0xFF
	}
	d.Dst, d.Dot = img, fixed.P(12, 35)
	d.DrawString(name)
	return &ink{img}
}

// bits are the pixels at one bit each, rows in whole bytes, black where set.
func (k *ink) bits(black bool) []byte {
	w, h := k.img.Rect.Dx(), k.img.Rect.Dy()
	row := (w + 7) / 8
	out := make([]byte, row*h)
	for y := range h {
		for x := range w {
			if dark := k.img.GrayAt(x, y).Y < 128; dark == black {
				out[y*row+x/8] |= 0x80 >> (x % 8)
			}
		}
	}
	return out
}

// size are the entries of an image dictionary.
func (k *ink) size() string {
	return fmt.Sprintf("/Width %d/Height %d", k.img.Rect.Dx(), k.img.Rect.Dy())
}

// jpg encodes the pixels, with segments of metadata behind the start.
func (k *ink) jpg(extra ...[]byte) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, k.img, &jpeg.Options{Quality: 90}); err != nil {
		panic(err) // to memory
	}
	out := append([]byte{}, b.Bytes()[:2]...)
	for _, e := range extra {
		out = append(out, e...)
	}
	return append(out, b.Bytes()[2:]...)
}

// blank is a JPEG picture of nothing, with segments of metadata.
func blank(extra ...[]byte) []byte {
	img := image.NewGray(image.Rect(0, 0, 16, 16))
	for i := range img.Pix {
		img.Pix[i] = 0xFF
	}
	return (&ink{img}).jpg(extra...)
}

// segment is a marker segment of a JPEG picture.
func segment(marker byte, body string) []byte {
	out := []byte{0xFF, marker, 0, 0}
	binary.BigEndian.PutUint16(out[2:], uint16(len(body)+2))
	return append(out, body...)
}

// exif is an APP1 segment with an artist (tag 0x013B).
func exif(artist string) []byte {
	v := artist + "\x00"
	t := "MM\x00\x2A\x00\x00\x00\x08\x00\x01\x01\x3B\x00\x02" + string(binary.BigEndian.AppendUint32(nil, uint32(len(v)))) + "\x00\x00\x00\x1A\x00\x00\x00\x00"
	return segment(0xE1, "Exif\x00\x00"+t+v)
}

//go:embed t4.txt
var t4 string

// endOfLine stands before each line of a fax, and six times at its end.
const endOfLine = "000000000001"

// fax encodes the pixels by ITU-T T.4 in one dimension (tables 2 and 3).
func (k *ink) fax() []byte {
	var codes [2][]string // of white and black runs: 0 to 63, then 64, 128, …
	for i, l := range strings.Split(strings.TrimSpace(t4), "\n") {
		codes[i] = strings.Fields(l)[1:]
	}
	var bits strings.Builder
	w, h := k.img.Rect.Dx(), k.img.Rect.Dy()
	for y := range h {
		bits.WriteString(endOfLine)
		for x, black := 0, 0; x < w; black = 1 - black {
			n := 0
			for x+n < w && (k.img.GrayAt(x+n, y).Y < 128) == (black == 1) {
				n++
			}
			x += n
			if n >= 64 {
				bits.WriteString(codes[black][63+n/64])
			}
			bits.WriteString(codes[black][n%64])
		}
	}
	s := bits.String() + strings.Repeat(endOfLine, 6)
	out := make([]byte, (len(s)+7)/8)
	for i := range len(s) {
		if s[i] == '1' {
			out[i/8] |= 0x80 >> (i % 8)
		}
	}
	return out
}
