package object

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// written is a reference by its written number.
type written int

func (r written) Clone() types.Object { return r }
func (r written) String() string      { return strconv.Itoa(int(r)) + " 0 R" }
func (r written) PDFString() string   { return r.String() }

// value writes o in one way of the many that PDF has (ISO 32000-2, 7.3).
func (w *writer) value(b *bytes.Buffer, o types.Object, depth int) {
	if depth > maxDepth {
		w.err = errors.New("objects are nested too deeply")
		return
	}
	switch v := o.(type) {
	case types.Boolean:
		b.WriteString(strconv.FormatBool(bool(v)))
	case types.Integer:
		b.WriteString(strconv.Itoa(int(v)))
	case types.Float:
		writeReal(b, float64(v))
	case types.Name:
		writeName(b, string(v))
	case types.StringLiteral, types.HexLiteral:
		s, ok := w.f.Bytes(v)
		if !ok {
			w.err = errors.New("a string that cannot be read")
			return
		}
		writeString(b, s)
	case types.Array:
		b.WriteByte('[')
		for i, e := range v {
			if i > 0 {
				b.WriteByte(' ')
			}
			w.value(b, e, depth+1)
		}
		b.WriteByte(']')
	case types.Dict:
		w.dict(b, v, depth)
	case types.IndirectRef:
		if n := w.ref(v); n != 0 {
			b.WriteString(written(n).String())
		} else {
			b.WriteString("null")
		}
	case written:
		b.WriteString(v.String())
	case nil:
		b.WriteString("null")
	default: // a stream that is no object of its own, pdfcpu's lazy objects
		w.err = fmt.Errorf("an object of a kind that has no place here: %T", o)
	}
}

func (w *writer) dict(b *bytes.Buffer, d types.Dict, depth int) {
	b.WriteString("<<")
	for _, k := range slices.Sorted(maps.Keys(d)) {
		v := d[k]
		if r, ok := v.(types.IndirectRef); k == "" || v == nil || ok && w.ref(r) == 0 {
			continue // an entry that is null is not there; one without a name is not read
		}
		writeName(b, k)
		b.WriteByte(' ')
		w.value(b, v, depth+1)
	}
	b.WriteString(">>")
}

func writeReal(b *bytes.Buffer, v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(v) < 1e-15 {
		v = 0
	}
	b.Write(strconv.AppendFloat(b.AvailableBuffer(), v, 'f', -1, 64))
	if math.Abs(v) > math.MaxInt32 && v == math.Trunc(v) {
		b.WriteString(".0") // else it would be an integer that readers have no room for
	}
}

func writeName(b *bytes.Buffer, s string) {
	b.WriteByte('/')
	for i := range len(s) {
		switch c := s[i]; {
		case c > '~', c < '!', bytes.IndexByte([]byte("()<>[]{}/%#"), c) >= 0:
			fmt.Fprintf(b, "#%02x", c)
		default:
			b.WriteByte(c)
		}
	}
}

// writeString writes a literal string where that is readable, else a hexadecimal
// one.
func writeString(b *bytes.Buffer, s []byte) {
	for _, c := range s {
		if c < ' ' || c > '~' {
			fmt.Fprintf(b, "<%x>", s)
			return
		}
	}
	b.WriteByte('(')
	for _, c := range s {
		if c == '(' || c == ')' || c == '\\' {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	b.WriteByte(')')
}
