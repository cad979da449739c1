package font

import (
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/font/fonttest"
)

// FuzzLoad feeds a font dictionary in PDF syntax, in which 1 0 R is a stream, and
// the stream.
func FuzzLoad(f *testing.F) {
	letters := fonttest.Letters("AB")
	for _, s := range []struct {
		dict string
		b    []byte
	}{
		{"<</Subtype/TrueType/BaseFont/ABCDEF+X/FirstChar 65/Widths[500 600]/FontDescriptor<</Flags 4/FontFile2 1 0 R>>>>", fonttest.TrueType(letters)},
		{"<</Subtype/Type1/BaseFont/X/FirstChar -5/Widths[500 (a)]/Encoding<</Differences[65/A 300/B]>>/FontDescriptor<</Flags 4/FontFile 1 0 R>>>>", fonttest.Type1(letters)},
		{"<</Subtype/Type1/FontDescriptor<</FontFile3 1 0 R>>>>", fonttest.CFF(letters, false)},
		{"<</Subtype/Type0/Encoding/Identity-V/DescendantFonts[<</Subtype/CIDFontType0/W[1[500]2 99999 1]/W2[1[1 2 3]]/FontDescriptor<</FontFile3 1 0 R>>>>]>>", fonttest.CFF(letters, true)},
		{"<</Subtype/Type0/Encoding 1 0 R/ToUnicode 1 0 R/DescendantFonts[<</CIDToGIDMap 1 0 R/FontDescriptor<</FontFile2 1 0 R>>>>]>>", []byte("1 begincidrange <00> <ffffffff> 1 endcidrange")},
		{"<</Subtype/Type3/FontMatrix[0 0 0 0 0 0]/CharProcs<</A 1 0 R>>/Encoding<</Differences[65/A]>>/ToUnicode 1 0 R>>", []byte("1 beginbfrange <00> <ff> <0041> endbfrange")},
		{"<</Subtype/TrueType/BaseFont/#cb#ce#cc#e5>>", nil},
	} {
		f.Add(s.dict, s.b, []byte("AB\x00\x01\xb0\xa1"))
	}
	f.Fuzz(func(t *testing.T, dict string, b, shown []byte) {
		o, err := model.ParseObject(&dict)
		if err != nil {
			return
		}
		d, ok := o.(types.Dict)
		if !ok {
			return
		}
		file := file(t)
		if ref := stream(t, file, nil, string(b)); ref.ObjectNumber != 1 {
			t.Fatalf("the stream is object %d", ref.ObjectNumber)
		}
		font := Load(file, d)
		used, total := map[uint32]bool{}, 0
		before := font.Codes(shown)
		for _, c := range before {
			if c.Len < 1 || c.Len > 4 {
				t.Fatalf("a code of %d bytes", c.Len)
			}
			total += c.Len
			used[c.Value] = true
		}
		if total != len(shown) {
			t.Fatalf("codes of %d bytes for %d", total, len(shown))
		}
		if _, err := PruneAll(file, []Use{{d, used}}); err != nil {
			return
		}
		Load(file, d).Codes(shown)
	})
}
