package object

import (
	"bytes"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// reserve makes new objects take numbers that nothing in the file points at. It
// counts the objects that something points at, that the file has, and that could
// not be read: pdfcpu leaves them out.
func (f *File) reserve(b []byte) (lost int) {
	next := f.MaxObjNr + 1
	seen := map[int]bool{}
	var walk func(o types.Object, depth int)
	walk = func(o types.Object, depth int) {
		if depth > maxDepth {
			return
		}
		switch v := o.(type) {
		case types.IndirectRef:
			n := int(v.ObjectNumber)
			if next = max(next, n+1); seen[n] {
				return
			}
			seen[n] = true
			if e := f.Table[n]; e != nil && !e.Free && e.Object == nil && e.Offset != nil && *e.Offset > 0 && !isNull(b, *e.Offset) {
				lost++
			}
		case types.Array:
			for _, e := range v {
				walk(e, depth+1)
			}
		case types.Dict:
			for _, e := range v {
				walk(e, depth+1)
			}
		case types.StreamDict:
			walk(v.Dict, depth+1)
		}
	}
	for n, e := range f.Table {
		if next = max(next, n+1); e != nil && !e.Free {
			walk(f.Get(*types.NewIndirectRef(n, 0)), 0)
		}
	}
	f.Size = &next
	return lost
}

// isNull reports whether the object at an offset is null, or not there.
func isNull(b []byte, at int64) bool {
	if at >= int64(len(b)) {
		return true
	}
	o := b[at:min(at+64, int64(len(b)))]
	i := bytes.Index(o, []byte("obj"))
	return i < 0 || bytes.HasPrefix(bytes.TrimLeft(o[i+3:], " \t\r\n\f\x00"), []byte("null"))
}

// mend gives streams whose length is wrong the bytes up to endstream, as readers
// do. It counts those for which that is not possible because they are encrypted.
func (f *File) mend(b []byte) (lost int) {
	for _, e := range f.Table {
		s, ok := e.Object.(types.StreamDict)
		if !ok || e.Free || s.StreamOffset <= 0 || s.StreamOffset >= int64(len(b)) {
			continue
		}
		data, n := b[s.StreamOffset:], len(s.Raw)
		if f.Encrypt != nil { // decryption has made it shorter, by no more than two blocks
			if n > len(data) || !bytes.Contains(data[n:min(n+64, len(data))], []byte("endstream")) {
				lost++
			}
			continue
		}
		if !bytes.HasPrefix(data, s.Raw) || ends(data[n:]) {
			continue
		}
		end := bytes.Index(data, []byte("endstream"))
		if end < 0 {
			continue
		}
		raw := data[:end]
		for _, eol := range [...]string{"\r\n", "\n", "\r"} {
			if cut, ok := bytes.CutSuffix(raw, []byte(eol)); ok {
				raw = cut
				break
			}
		}
		length := int64(len(raw))
		s.Raw, s.Content, s.StreamLength = raw, nil, &length
		s.Dict["Length"] = types.Integer(length)
		e.Object = s
	}
	return lost
}

// ends reports whether a stream ends before b.
func ends(b []byte) bool {
	b = bytes.TrimLeft(b[:min(len(b), 32)], " \t\r\n\f\x00")
	return len(b) == 0 || bytes.HasPrefix(b, []byte("endstream")) || bytes.HasPrefix(b, []byte("endobj"))
}
