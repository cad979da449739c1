package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

func deflate(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return b.String()
}

func gb18030(t testing.TB, s string) string {
	b, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func planted(t testing.TB) []byte {
	rational := func(list ...byte) (b []byte) {
		for _, v := range list {
			b = append(b, 0, 0, 0, v, 0, 0, 0, 1)
		}
		return b
	}
	return exifOf(
		[]entry{ascii(0x010e, "Portrait of Zhao Artemis"), ascii(0x013b, gb18030(t, "钱必达")), {0x9c9d, 1, utf16le("孙尚行")}},
		[]entry{{tagUserComment, 7, append([]byte("ASCII\x00\x00\x00"), "with Li Comment"...)}, ascii(0xa430, "Zhou Owner"), {tagMakerNote, 7, []byte("secret maker bytes")}},
		[]entry{ascii(1, "N"), {2, 5, rational(31, 30, 0)}, ascii(3, "E"), {4, 5, rational(121, 15, 36)}},
		[]entry{ascii(0x010e, "Wu Thumb"), {tagThumbnail, 4, []byte{0, 0, 0, 9}}})
}

const xmpPacket = `<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="Zheng City">
<dc:creator><rdf:Seq><rdf:li>Wang Creator</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>`

func jpegWithEverything(t testing.TB) []byte {
	iptc := "\x1c\x02\x50\x00\x0bFeng Byline\x1c\x02\x00\x00\x02\x00\x04"
	resources := "Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00" + string(rune(len(iptc))) + iptc + "\x00" + "8BIM\x04\x0c\x00\x00\x00\x00\x00\x04thum"
	return append(withSegments(jpegOf(t, corners(40, 30), 90),
		seg(markAPP0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
		exifSegment(planted(t)),
		seg(markAPP0+1, "http://ns.adobe.com/xap/1.0/\x00", xmpPacket),
		seg(markAPP0+1, "http://ns.adobe.com/xmp/extension/\x00", strings.Repeat("0", 40), `<a><b>Chen Extended</b></a>`),
		seg(markAPP0+2, "ICC_PROFILE\x00\x01\x01", string(profile(p3, srgbCurve))),
		seg(markAPP0+13, resources),
		seg(markAPP0+11, "JP\x00\x01 Chu Unknown"),
		seg(markCOM, "Wei Comment"),
	), "Jiang Trailing"...)
}

func pngWithEverything(t testing.TB) []byte {
	return append(withChunks(pngOf(t, corners(40, 30)),
		pngChunk("eXIf", planted(t)),
		pngChunk("iCCP", []byte("P3\x00\x00"+deflate(string(profile(p3, srgbCurve))))),
		pngChunk("tEXt", []byte("Author\x00Shen Plain")),
		pngChunk("zTXt", []byte("Comment\x00\x00"+deflate("Han Packed"))),
		pngChunk("iTXt", []byte("Title\x00\x00\x00zh\x00\x00杨国际")),
		pngChunk("iTXt", []byte("Title\x00\x01\x00zh\x00Zhu Keyword\x00"+deflate("Qin International"))),
		pngChunk("iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00"+xmpPacket)),
		pngChunk("zTXt", []byte("Raw profile type xmp\x00\x00"+deflate("\nxmp\n   9\n"+hex.EncodeToString([]byte("<a>You Rawprofile</a>"))))),
		pngChunk("tIME", []byte("\x07\xea\x01\x01\x01\x01\x01")),
		pngChunk("prVt", []byte("private")),
	), "Jiang Trailing"...)
}

func TestMetadataFound(t *testing.T) {
	exif := []string{"EXIF ImageDescription: Portrait of Zhao Artemis", "EXIF Artist: 钱必达", "EXIF XPAuthor: 孙尚行", "EXIF UserComment: with Li Comment", "EXIF CameraOwnerName: Zhou Owner",
		"EXIF GPSPosition: 31.500000 N 121.260000 E", "EXIF thumbnail ImageDescription: Wu Thumb"}
	for name, c := range map[string]struct {
		file   []byte
		texts  []string
		blocks string
	}{
		"jpeg": {jpegWithEverything(t), append(exif, "XMP City: Zheng City", "XMP creator: Wang Creator", "XMP b: Chen Extended", "IPTC 2:80: Feng Byline", "JPEG comment: Wei Comment"),
			"exif maker-note gps thumbnail xmp xmp icc app iptc thumbnail app comment trailing"},
		"png": {pngWithEverything(t), append(exif, "ICC name: P3", "PNG Author: Shen Plain", "PNG Comment: Han Packed", "PNG Title: 杨国际", "PNG keyword: Zhu Keyword", "PNG Title: Qin International",
			"XMP City: Zheng City", "XMP creator: Wang Creator", "XMP a: You Rawprofile"),
			"exif maker-note gps thumbnail icc text text text text text text xmp time app trailing"},
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
				t.Errorf("%s: %q not found", name, want)
			}
		}
		if len(got) != len(c.texts) {
			t.Errorf("%s: texts %q", name, got)
		}
		if s := strings.Join(kinds, " "); s != c.blocks && name == "jpeg" || name == "png" && s != c.blocks {
			t.Errorf("%s: blocks\n%s, want\n%s", name, s, c.blocks)
		}
	}
	if info := decode(t, jpegOf(t, corners(9, 9), 90)).Info; len(info.Blocks)+len(info.Texts) != 0 {
		t.Errorf("clean file has %v, %v", info.Blocks, info.Texts)
	}
}

// Text that packs well, or a lot of it, does not fill the memory.
func TestMetadataBounded(t *testing.T) {
	var list [][]byte
	for i := range 30 {
		list = append(list, pngChunk("zTXt", []byte(fmt.Sprintf("Comment%d\x00\x00%s", i, deflate(strings.Repeat("a", 100_000))))))
	}
	list = append(list, pngChunk("zTXt", []byte("Bomb\x00\x00"+deflate(strings.Repeat("b", 64<<20)))))
	total := 0
	for _, x := range decode(t, withChunks(pngOf(t, corners(8, 8)), list...)).Info.Texts {
		total += len(x.Value)
	}
	if total == 0 || total > maxText {
		t.Errorf("%d bytes of text kept", total)
	}
}
