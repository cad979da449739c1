package sweep

import (
	"bytes"
	"encoding/binary"
	"maps"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
)

// stripPicture takes out of a picture's file what only describes it: EXIF, XMP,
// previews, comments. False where there is nothing of that, or where it is not
// understood.
func stripPicture(s types.StreamDict) (types.StreamDict, bool) {
	n := len(s.FilterPipeline)
	if n == 0 {
		return s, false
	}
	last, raw := s.FilterPipeline[n-1], s.Raw
	strip := map[string]func([]byte) []byte{"DCTDecode": stripJPEG, "JPXDecode": stripJP2}[last.Name]
	if strip == nil {
		return s, false
	}
	if n > 1 { // the file is packed once more
		packed := types.StreamDict{Dict: types.Dict{}, Raw: s.Raw, FilterPipeline: s.FilterPipeline[:n-1]}
		if err := packed.DecodeWithLimit(object.MaxStream); err != nil {
			return s, false
		}
		raw = packed.Content
	}
	out := strip(raw)
	if out == nil || len(out) == len(raw) {
		return s, false
	}
	d := maps.Clone(s.Dict)
	for _, k := range [...]string{"DecodeParms", "DP"} {
		delete(d, k)
	}
	if last.DecodeParms != nil {
		d["DecodeParms"] = last.DecodeParms
	}
	d["Filter"], d["Length"] = types.Name(last.Name), types.Integer(len(out))
	length := int64(len(out))
	stripped := types.NewStreamDict(d, 0, &length, nil, []types.PDFFilter{last})
	stripped.Raw = out
	return stripped, true
}

// stripJPEG keeps the segments that a decoder needs, with Adobe's marker, which
// says how colours are stored; nil where the file is not understood.
func stripJPEG(b []byte) []byte {
	if !bytes.HasPrefix(b, []byte{0xff, 0xd8}) {
		return nil
	}
	out := append(make([]byte, 0, len(b)), b[:2]...)
	for i := 2; ; {
		for i < len(b) && b[i] != 0xff || i+1 < len(b) && b[i+1] == 0xff { // fill bytes
			i++
		}
		if i+4 > len(b) {
			if i+2 <= len(b) && b[i+1] == 0xd9 {
				return append(out, 0xff, 0xd9)
			}
			return nil
		}
		m, n := b[i+1], int(binary.BigEndian.Uint16(b[i+2:]))
		switch {
		case m == 0xd9:
			return append(out, 0xff, 0xd9)
		case m == 0x01 || m >= 0xd0 && m <= 0xd8:
			return nil
		case n < 2 || i+2+n > len(b):
			return nil
		}
		segment := b[i : i+2+n]
		i += 2 + n
		switch {
		case m == 0xe0 && n >= 16 && string(segment[4:9]) == "JFIF\x00":
			out = append(out, 0xff, 0xe0, 0, 16)
			out = append(append(out, segment[4:16]...), 0, 0) // no preview
		case m == 0xee:
			out = append(out, segment...)
		case m >= 0xe0 && m <= 0xef, m == 0xfe:
		default:
			out = append(out, segment...)
		}
		if m != 0xda {
			continue
		}
		from := i
		for i+1 < len(b) && (b[i] != 0xff || b[i+1] == 0 || b[i+1] >= 0xd0 && b[i+1] <= 0xd7) {
			i++
		}
		if i+1 >= len(b) {
			return append(out, b[from:]...) // cut off; a decoder shows what there is
		}
		out = append(out, b[from:i]...)
	}
}

// stripJP2 keeps the boxes of a JPEG 2000 file that a decoder needs (ISO 15444-1,
// annex I); nil where the file is not understood or is a bare code stream.
func stripJP2(b []byte) []byte {
	if len(b) < 12 || string(b[4:8]) != "jP  " {
		return nil
	}
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		if len(b) < 8 {
			return nil
		}
		n, head := uint64(binary.BigEndian.Uint32(b)), uint64(8)
		switch {
		case n == 0:
			n = uint64(len(b))
		case n == 1 && len(b) >= 16:
			n, head = binary.BigEndian.Uint64(b[8:]), 16
		}
		if n < head || n > uint64(len(b)) {
			return nil
		}
		switch string(b[4:8]) {
		case "xml ", "uuid", "uinf", "jp2i", "free":
		default:
			out = append(out, b[:n]...)
		}
		b = b[n:]
	}
	return out
}
