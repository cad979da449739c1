package photo

import (
	"bytes"
	"encoding/binary"
	"image"
	"slices"
	"strings"
	"testing"
)

// The texts of every type's metadata are listed, and none is in the output.
func TestMetadataFoundInOtherTypes(t *testing.T) {
	m := corners(40, 30)
	le := binary.LittleEndian
	blocks := func(s string) string { return string(rune(len(s))) + s + "\x00" }
	iptc := "\x1c\x02\x50\x00\x0bFeng Byline"
	meta := exifOf([]entry{ascii(0x013b, "Zhao Artist")}, nil, nil, []entry{ascii(0x010e, "Wu Thumb")})
	page1 := page(le, 40, 30, tiffRGB, 8, 3, rgb(m), entry{0x013b, 2, []byte("Tiff Artist\x00")}, entry{tiffXMP, 1, []byte(xmpPacket)}, entry{tiffIPTC, 7, []byte(iptc)},
		entry{tiffPhotoshop, 7, []byte("8BIM\x04\x04\x00\x00\x00\x00\x00" + string(rune(len(iptc))) + iptc + "\x00")}, entry{65000, 2, []byte("Private Person\x00")}, entry{tiffICC, 7, []byte("no profile")})
	page2 := page(le, 40, 30, tiffRGB, 8, 3, rgb(m), entry{0x010e, 2, []byte("Second Page\x00")})
	for name, c := range map[string]struct {
		file   []byte
		texts  []string
		blocks []string
	}{
		"gif": {gifWith(stillGIF(t, m), "\x21\xfe"+blocks("Gif Comment")+"\x21\xff\x0bXMP DataXMP"+xmpPacket+"\x01"+magicTrailer()+"\x00"+"\x21\xff\x0bSomebody1.0"+blocks("x")),
			[]string{"GIF comment: Gif Comment", "XMP City: Zheng City", "XMP creator: Wang Creator", "GIF application: Somebody1.0"}, []string{"comment", "xmp", "app"}},
		"webp": {append(withRIFF(t, webpOf(t, m), image.Pt(40, 30), 0x2c, [][]byte{chunkBytes("ICCP", []byte("no profile"))}, [][]byte{chunkBytes("EXIF", meta), chunkBytes("XMP ", []byte(xmpPacket)), chunkBytes("WHAT", []byte("x"))}), "tail"...),
			[]string{"EXIF Artist: Zhao Artist", "EXIF thumbnail ImageDescription: Wu Thumb", "XMP City: Zheng City", "XMP creator: Wang Creator"}, []string{"icc", "exif", "xmp", "app", "trailing"}},
		"tiff": {pagesOf(le, page1, page2),
			[]string{"EXIF Artist: Tiff Artist", "XMP City: Zheng City", "XMP creator: Wang Creator", "IPTC 2:80: Feng Byline", "EXIF 0xfde8: Private Person", "EXIF ImageDescription: Second Page"}, []string{"text", "xmp", "iptc", "app", "icc"}},
		"bmp": {append(bmpOf(t, m), "Trailing Words"...), nil, []string{"trailing"}},
	} {
		info := decode(t, c.file).Info
		var got, kinds []string
		for _, x := range info.Texts {
			got = append(got, x.Where+": "+x.Value)
		}
		for _, b := range info.Blocks {
			kinds = append(kinds, b.Kind)
		}
		for _, want := range c.texts {
			if !slices.Contains(got, want) {
				t.Errorf("%s: %q not found in %q", name, want, got)
			}
		}
		for _, want := range c.blocks {
			if !slices.Contains(kinds, want) {
				t.Errorf("%s: no %s among %v", name, want, kinds)
			}
		}
		out, _ := rewrite(t, open(t, nil, c.file))
		for _, x := range append(got, "Trailing Words", "Somebody1.0", "no profile") {
			_, v, ok := strings.Cut(x, ": ")
			if !ok {
				v = x
			}
			if bytes.Contains(out, []byte(v)) {
				t.Errorf("%s: a planted text is in the output: %q", name, v)
			}
		}
		if again := decode(t, out).Info; len(again.Blocks)+len(again.Texts) != 0 {
			t.Errorf("%s: found again: %v", name, again.Blocks)
		}
	}
}

// magicTrailer brings a reader that takes XMP's bytes for lengths to the end.
func magicTrailer() string {
	var b []byte
	for i := 255; i >= 0; i-- {
		b = append(b, byte(i))
	}
	return string(b)
}

// gifWith puts extensions in front of the end.
func gifWith(b []byte, ext string) []byte {
	return append(append(bytes.Clone(b[:len(b)-1]), ext...), 0x3b)
}
