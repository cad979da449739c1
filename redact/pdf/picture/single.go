package picture

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
)

// Bounds of the objects that one picture may bring along: colour spaces,
// profiles, palettes, JBIG2's global segments.
const (
	maxObjects = 500
	maxDepth   = 16
	maxBytes   = 256 << 20
)

var errTangled = errors.New("the picture refers to too many objects")

// keep are the entries of an image dictionary that say how its samples are
// decoded to colours, without what masks them.
var keep = []string{"Width", "Height", "BitsPerComponent", "ColorSpace", "Decode", "ImageMask", "Filter", "DecodeParms", "Intent"}

// single is a PDF file of one page, as many points wide and high as the picture
// has pixels, that shows the picture on a ground of the given grey. Of masks it
// has the colour key, where that is asked for, and what JPX data holds.
func single(f *object.File, s types.StreamDict, h header, keyed bool, ground float64) ([]byte, error) {
	w := &singleWriter{f: f, number: map[types.IndirectRef]int{}}
	d := types.Dict{"Type": types.Name("XObject"), "Subtype": types.Name("Image")}
	for _, k := range keep {
		if o, ok := s.Dict[k]; ok {
			d[k] = o
		}
	}
	if keyed {
		d["Mask"] = s.Dict["Mask"]
		d["SMaskInData"] = s.Dict["SMaskInData"]
	}
	content := fmt.Sprintf("%g g 0 0 %d %d re f 0 g %d 0 0 %d 0 0 cm /I Do", ground, h.w, h.h, h.w, h.h)
	w.Buffer.WriteString("%PDF-1.7\n")
	w.object("<</Type/Catalog/Pages 2 0 R>>")
	w.object("<</Type/Pages/Kids[3 0 R]/Count 1>>")
	w.object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>", h.w, h.h))
	w.object(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content))
	s.Dict = d
	w.next = 6
	w.stream(s)
	for len(w.queue) > 0 && w.err == nil {
		o := w.queue[0]
		w.queue = w.queue[1:]
		w.start()
		if in, ok := o.(types.StreamDict); ok {
			w.body(in)
		} else {
			w.value(o, 0)
		}
		w.WriteString("\nendobj\n")
	}
	if w.err != nil {
		return nil, w.err
	}
	at := w.Len()
	fmt.Fprintf(w, "xref\n0 %d\n0000000000 65535 f \n", len(w.offsets)+1)
	for _, o := range w.offsets {
		fmt.Fprintf(w, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(w, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(w.offsets)+1, at)
	return w.Bytes(), nil
}

// singleWriter copies what objects refer to, renumbered.
type singleWriter struct {
	bytes.Buffer
	f       *object.File
	offsets []int
	number  map[types.IndirectRef]int
	next    int
	queue   []types.Object
	err     error
}

func (w *singleWriter) start() {
	w.offsets = append(w.offsets, w.Len())
	fmt.Fprintf(w, "%d 0 obj\n", len(w.offsets))
}

func (w *singleWriter) object(text string) {
	w.start()
	w.WriteString(text)
	w.WriteString("\nendobj\n")
}

func (w *singleWriter) stream(s types.StreamDict) {
	w.start()
	w.body(s)
	w.WriteString("\nendobj\n")
}

func (w *singleWriter) body(s types.StreamDict) {
	d := types.Dict{}
	for k, v := range s.Dict {
		d[k] = v
	}
	raw := s.Raw
	if raw == nil && s.Content != nil { // made here and not encoded yet
		raw = s.Content
		delete(d, "Filter")
		delete(d, "DecodeParms")
	}
	d["Length"] = types.Integer(len(raw))
	if w.Len()+len(raw) > maxBytes {
		w.err = errTooLarge
		return
	}
	w.value(d, 0)
	w.WriteString("stream\n")
	w.Write(raw)
	w.WriteString("\nendstream")
}

// value writes an object; what it refers to comes later.
func (w *singleWriter) value(o types.Object, depth int) {
	if depth > maxDepth {
		w.err = errTangled
		return
	}
	switch v := o.(type) {
	case types.IndirectRef:
		n, known := w.number[v]
		if !known {
			to := w.f.Get(v)
			if _, nested := to.(types.IndirectRef); nested || to == nil {
				w.WriteString("null")
				return
			}
			if w.next > maxObjects {
				w.err = errTangled
				return
			}
			n = w.next
			w.next++
			w.number[v] = n
			w.queue = append(w.queue, to)
		}
		fmt.Fprintf(w, "%d 0 R", n)
	case types.Dict:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		w.WriteString("<<")
		for _, k := range keys {
			w.WriteString(types.Name(k).PDFString())
			w.WriteByte(' ')
			w.value(v[k], depth+1)
		}
		w.WriteString(">>")
	case types.Array:
		w.WriteByte('[')
		for _, e := range v {
			w.value(e, depth+1)
			w.WriteByte(' ')
		}
		w.WriteByte(']')
	case types.StringLiteral, types.HexLiteral:
		b, _ := w.f.Bytes(v)
		fmt.Fprintf(w, "<%x>", b)
	case types.Name:
		w.WriteString(v.PDFString())
	case types.Boolean, types.Integer, types.Float:
		w.WriteString(v.PDFString())
	default: // a stream cannot stand in another object
		w.WriteString("null")
	}
}
