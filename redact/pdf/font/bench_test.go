package font

import (
	"bytes"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/font/fonttest"
	"consentry/redact/pdf/object"
)

// ordinary are fonts as most files have them.
func ordinary(b *testing.B, f *object.File) map[string]types.Dict {
	b.Helper()
	widths := make(types.Array, 224)
	for i := range widths {
		widths[i] = types.Integer(500 + i)
	}
	w := types.Array{}
	unicode := bytes.NewBufferString("1 begincodespacerange <0000> <ffff> endcodespacerange 100 beginbfchar\n")
	for i := range 400 {
		w = append(w, types.Integer(7*i), types.Array{types.Integer(i), types.Integer(i)})
		unicode.WriteString("<" + hex4(7*i) + "> <" + hex4(0x4e00+i) + ">\n")
	}
	unicode.WriteString("endbfchar")
	program := stream(b, f, nil, string(fonttest.TrueType(fonttest.Letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))))
	return map[string]types.Dict{
		"simple": {"Subtype": name("TrueType"), "BaseFont": name("Own"), "FirstChar": types.Integer(32), "Widths": widths, "Encoding": name("WinAnsiEncoding")},
		"embedded": {"Subtype": name("TrueType"), "BaseFont": name("Own"), "FirstChar": types.Integer(32), "Widths": widths,
			"FontDescriptor": types.Dict{"Flags": types.Integer(4), "FontFile2": program}},
		"identity": composed(f, types.Dict{"W": w}, types.Dict{"Encoding": name("Identity-H"), "ToUnicode": stream(b, f, nil, unicode.String())}),
		"GBK":      composed(f, types.Dict{"CIDSystemInfo": info("GB1")}, types.Dict{"Encoding": name("GBK-EUC-H")}),
	}
}

func hex4(v int) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[v>>12&15], digits[v>>8&15], digits[v>>4&15], digits[v&15]})
}

func BenchmarkLoad(b *testing.B) {
	f := file(b)
	for kind, d := range ordinary(b, f) {
		b.Run(kind, func(b *testing.B) {
			for b.Loop() {
				Load(f, d)
			}
		})
	}
}

func BenchmarkCodes(b *testing.B) {
	f := file(b)
	text := map[string][]byte{"simple": []byte("The quick brown fox"), "identity": []byte("\x01\x00\x00\x01\x02\x07\x05\x00"), "GBK": []byte("A\xb0\xa1\xc4\xe3\xba\xc3B")}
	for kind, d := range ordinary(b, f) {
		s := bytes.Repeat(text[kind], 4)
		if len(s) == 0 {
			continue
		}
		font := Load(f, d)
		b.Run(kind, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			var codes []Code
			for b.Loop() {
				codes = font.AppendCodes(codes[:0], s)
			}
		})
	}
}
