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

// A File is a PDF file's objects. It is not safe for concurrent use.
type File struct {
	*model.Context
	pages []types.IndirectRef // as Read found them; nil where the model was not made by Read
}

// Get follows references to what they point at; nil where there is nothing.
func (f *File) Get(o types.Object) types.Object {
	if _, ok := o.(types.IndirectRef); !ok {
		return o
	}
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
		return unhex(string(v)), true
	}
	return nil, false
}

// unhex takes what is no hexadecimal digit for white space, as readers do.
func unhex(s string) []byte {
	out, high := make([]byte, 0, len(s)/2), -1
	for i := range len(s) {
		v := -1
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			v = int(c - '0')
		case c >= 'a' && c <= 'f':
			v = int(c-'a') + 10
		case c >= 'A' && c <= 'F':
			v = int(c-'A') + 10
		}
		switch {
		case v < 0:
		case high < 0:
			high = v
		default:
			out = append(out, byte(high<<4|v))
			high = -1
		}
	}
	if high >= 0 {
		out = append(out, byte(high<<4))
	}
	return out
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

// Add adds an object and gives a reference to it. It never takes the number of
// an object that was deleted: what still points at that one would come alive.
func (f *File) Add(o types.Object) (types.IndirectRef, error) {
	if f.Size == nil {
		return types.IndirectRef{}, errors.New("add object: the file has no size")
	}
	return *types.NewIndirectRef(f.InsertNew(*model.NewXRefTableEntryGen0(o)), 0), nil
}

// Set puts o in the place of the object that ref points at.
func (f *File) Set(ref types.IndirectRef, o types.Object) error {
	e, ok := f.FindTableEntryForIndRef(&ref)
	if !ok || e.Free {
		return fmt.Errorf("set object %d: it is not there", ref.ObjectNumber)
	}
	e.Object = o
	return nil
}
