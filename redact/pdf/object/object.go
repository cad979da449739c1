// Package object reads and builds the objects of a PDF file on pdfcpu's model:
// tolerant accessors that follow references and give the zero value for what is
// not there or of another type.
package object

import (
	"errors"
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/geom"
)

func init() { api.DisableConfigDir() } // pdfcpu would write into the user's configuration

// MaxStream bounds a decoded stream, in bytes.
const MaxStream = 256 << 20

// A File is a PDF file's objects. It is not safe for concurrent use: decoding a
// stream stores the result.
type File struct{ *model.Context }

// Get follows references to what they point at; nil where there is nothing.
func (f *File) Get(o types.Object) types.Object {
	v, err := f.Dereference(o)
	if err != nil {
		return nil
	}
	return v
}

// Dict is a dictionary, also a stream's; nil where o is none.
func (f *File) Dict(o types.Object) types.Dict {
	switch v := f.Get(o).(type) {
	case types.Dict:
		return v
	case types.StreamDict:
		return v.Dict
	}
	return nil
}

// Array is an array; nil where o is none.
func (f *File) Array(o types.Object) types.Array {
	a, _ := f.Get(o).(types.Array)
	return a
}

// Name is a name, without the slash; empty where o is none.
func (f *File) Name(o types.Object) string {
	n, _ := f.Get(o).(types.Name)
	return string(n)
}

// Number is an integer or a real; false where o is none.
func (f *File) Number(o types.Object) (float64, bool) {
	switch v := f.Get(o).(type) {
	case types.Integer:
		return float64(v), true
	case types.Float:
		return float64(v), true
	}
	return 0, false
}

// Numbers are all numbers of an array; nil where one of its elements is none.
func (f *File) Numbers(o types.Object) []float64 {
	var out []float64
	for _, e := range f.Array(o) {
		v, ok := f.Number(e)
		if !ok {
			return nil
		}
		out = append(out, v)
	}
	return out
}

// Matrix is an array of six numbers; Identity where o is none.
func (f *File) Matrix(o types.Object) geom.Matrix {
	n := f.Numbers(o)
	if len(n) != 6 {
		return geom.Identity
	}
	return geom.Matrix{A: n[0], B: n[1], C: n[2], D: n[3], E: n[4], F: n[5]}
}

// Rect is an array of four numbers, with its corners in order; false where o is
// none.
func (f *File) Rect(o types.Object) (geom.Rect, bool) {
	n := f.Numbers(o)
	if len(n) != 4 {
		return geom.Rect{}, false
	}
	return geom.Rect{X0: n[0], Y0: n[1], X1: n[2], Y1: n[3]}.Canon(), true
}

// Bytes are those of a string, decoded from its literal or hexadecimal form but
// not from its character encoding; false where o is none.
func (f *File) Bytes(o types.Object) ([]byte, bool) {
	switch v := f.Get(o).(type) {
	case types.StringLiteral:
		b, err := types.Unescape(v.Value())
		return b, err == nil
	case types.HexLiteral:
		b, err := v.Bytes()
		return b, err == nil
	}
	return nil, false
}

// Stream is a stream; false where o is none.
func (f *File) Stream(o types.Object) (types.StreamDict, bool) {
	s, ok := f.Get(o).(types.StreamDict)
	return s, ok
}

var errImageFilter = errors.New("the stream is encoded as a picture")

// Decoded are a stream's bytes after all filters. A filter that only a picture
// decoder knows (DCT, JPX, JBIG2, CCITT) is an error.
func (f *File) Decoded(o types.Object) ([]byte, error) {
	s, ok := f.Stream(o)
	if !ok {
		return nil, errors.New("not a stream")
	}
	for _, p := range s.FilterPipeline {
		switch p.Name {
		case "DCTDecode", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode":
			return nil, errImageFilter
		}
	}
	if err := s.DecodeWithLimit(MaxStream); err != nil {
		return nil, fmt.Errorf("decode stream: %w", err)
	}
	return s.Content, nil
}

// NewStream adds a Flate-encoded stream with the entries of d, but for those of
// its encoding, and gives a reference to it.
func (f *File) NewStream(d types.Dict, content []byte) (types.IndirectRef, error) {
	n := types.Dict{}
	for k, v := range d {
		switch k {
		case "Length", "Filter", "DecodeParms", "F", "FFilter", "FDecodeParms", "DL":
		default:
			n[k] = v
		}
	}
	s := types.NewStreamDict(n, 0, nil, nil, []types.PDFFilter{{Name: "FlateDecode"}})
	s.InsertName("Filter", "FlateDecode")
	s.Content = content
	if err := s.Encode(); err != nil {
		return types.IndirectRef{}, fmt.Errorf("encode stream: %w", err)
	}
	return f.Add(s)
}

// Add adds an object and gives a reference to it.
func (f *File) Add(o types.Object) (types.IndirectRef, error) {
	ref, err := f.IndRefForNewObject(o)
	if err != nil {
		return types.IndirectRef{}, fmt.Errorf("add object: %w", err)
	}
	return *ref, nil
}

// Page is one page with what it inherits from the page tree.
type Page struct {
	Dict      types.Dict
	Ref       types.IndirectRef
	Resources types.Dict // its own or the inherited ones; may be nil
	MediaBox  geom.Rect  // US Letter where the file has none
	CropBox   geom.Rect  // within MediaBox; what a reader sees
	Rotate    int        // 0, 90, 180 or 270 degrees clockwise
}

// Page is the page of a 0-based index.
func (f *File) Page(i int) (Page, error) {
	d, ref, in, err := f.PageDict(i+1, false)
	if err != nil {
		return Page{}, fmt.Errorf("page %d: %w", i+1, err)
	}
	if d == nil || ref == nil {
		return Page{}, fmt.Errorf("page %d is not there", i+1)
	}
	p := Page{Dict: d, Ref: *ref, Resources: f.Dict(d["Resources"])}
	p.MediaBox = geom.Rect{X1: 612, Y1: 792}
	rotate, own := f.Number(d["Rotate"])
	if in != nil {
		if p.Resources == nil {
			p.Resources = in.Resources
		}
		if in.MediaBox != nil {
			if m := (geom.Rect{X0: in.MediaBox.LL.X, Y0: in.MediaBox.LL.Y, X1: in.MediaBox.UR.X, Y1: in.MediaBox.UR.Y}).Canon(); !m.Empty() {
				p.MediaBox = m
			}
		}
		if in.CropBox != nil {
			p.CropBox = geom.Rect{X0: in.CropBox.LL.X, Y0: in.CropBox.LL.Y, X1: in.CropBox.UR.X, Y1: in.CropBox.UR.Y}.Canon()
		}
		if !own {
			rotate = float64(in.Rotate)
		}
	}
	if r, ok := f.Rect(d["MediaBox"]); ok && !r.Empty() {
		p.MediaBox = r
	}
	if r, ok := f.Rect(d["CropBox"]); ok {
		p.CropBox = r
	}
	if p.CropBox = p.CropBox.Intersect(p.MediaBox); p.CropBox.Empty() {
		p.CropBox = p.MediaBox
	}
	p.Rotate = ((int(rotate)/90*90)%360 + 360) % 360
	return p, nil
}

// View maps default user space to the page as it is seen: points from the top
// left of the crop box, y down, after the page's rotation. size is that of the
// page as seen.
func (p Page) View() (m geom.Matrix, width, height float64) {
	c := p.CropBox
	switch p.Rotate {
	case 90:
		return geom.Matrix{A: 0, B: 1, C: 1, D: 0, E: -c.Y0, F: -c.X0}, c.H(), c.W()
	case 180:
		return geom.Matrix{A: -1, B: 0, C: 0, D: 1, E: c.X1, F: -c.Y0}, c.W(), c.H()
	case 270:
		return geom.Matrix{A: 0, B: -1, C: -1, D: 0, E: c.Y1, F: c.X1}, c.H(), c.W()
	}
	return geom.Matrix{A: 1, B: 0, C: 0, D: -1, E: -c.X0, F: c.Y1}, c.W(), c.H()
}

// Content is a page's content: its streams, decoded, each on a new line.
func (f *File) Content(p Page) ([]byte, error) {
	if _, one := f.Stream(p.Dict["Contents"]); one {
		return f.Decoded(p.Dict["Contents"])
	}
	var all []byte
	for _, o := range f.Array(p.Dict["Contents"]) {
		if f.Get(o) == nil {
			continue
		}
		b, err := f.Decoded(o)
		if err != nil {
			return nil, err
		}
		all = append(append(all, b...), '\n')
	}
	return all, nil
}
