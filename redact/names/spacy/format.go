package spacy

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// The model file, all numbers little-endian:
//
//	magic       8 bytes, "csnspcy" and the version 1
//	tensors     30 times: u32 dimensions, that many u32, then their product of
//	            f32 in row-major order. In order: the embeddings of NORM,
//	            PREFIX, SUFFIX and SHAPE; mix and four encoder layers with
//	            weights, bias, norm gain and norm bias each; reduce weights,
//	            bias; lower weights, bias, pad; upper weights, bias; static
//	            vectors
//	keys        u32 n, n times u64 in ascending order, n times u32 row
//	actions     u32 n, n strings
//	norms       u32 n, n times u64 and a string, ascending
//	exceptions  u32 n, n times: string, u32 k, k times text and norm, ascending
//
// A string is a u32 of bytes and its UTF-8. Nothing follows the exceptions.
// The same weights always give the same bytes.
const magic = "csnspcy\x01"

// maxDim bounds each count in a file before anything is allocated for it.
const maxDim = 1 << 26

// errCut says that a file ends before its content does.
var errCut = errors.New("the model file is cut")

// Write writes the model file.
func (w *Weights) Write(to io.Writer) error {
	if err := w.check(); err != nil {
		return fmt.Errorf("write spaCy model: %w", err)
	}
	e := &writer{w: bufio.NewWriterSize(to, 1<<16)}
	e.w.WriteString(magic)
	e.tensors(w.tensors())
	e.u32(len(w.Keys))
	for _, k := range w.Keys {
		e.u64(k)
	}
	for _, r := range w.Rows {
		e.u32(int(r))
	}
	e.strs(w.Actions)
	e.u32(len(w.Norms))
	for _, n := range w.Norms {
		e.u64(n.Hash)
		e.str(n.Norm)
	}
	e.u32(len(w.Exceptions))
	for _, x := range w.Exceptions {
		e.str(x.Text)
		e.u32(len(x.Tokens))
		for _, p := range x.Tokens {
			e.str(p.Text)
			e.str(p.Norm)
		}
	}
	if err := e.w.Flush(); err != nil { // holds the first error of all writes
		return fmt.Errorf("write spaCy model: %w", err)
	}
	return nil
}

type writer struct {
	w   *bufio.Writer
	buf [8]byte
}

func (e *writer) tensors(ts []namedTensor) {
	for _, t := range ts {
		e.u32(len(t.t.Shape))
		for _, d := range t.t.Shape {
			e.u32(d)
		}
		for _, f := range t.t.Data {
			e.u32(int(math.Float32bits(f)))
		}
	}
}

func (e *writer) strs(list []string) {
	e.u32(len(list))
	for _, s := range list {
		e.str(s)
	}
}

func (e *writer) u32(n int) {
	binary.LittleEndian.PutUint32(e.buf[:4], uint32(n))
	e.w.Write(e.buf[:4])
}

func (e *writer) u64(n uint64) {
	binary.LittleEndian.PutUint64(e.buf[:], n)
	e.w.Write(e.buf[:])
}

func (e *writer) str(s string) {
	e.u32(len(s))
	e.w.WriteString(s)
}

// readWeights reads a model file. The result does not share memory with b.
func readWeights(b []byte) (*Weights, error) {
	d := &decoder{b: b}
	if string(d.take(len(magic))) != magic {
		return nil, errors.New("not a spaCy model file of this version")
	}
	w := &Weights{}
	if d.tensors(w.tensors()); d.err != nil {
		return nil, d.err
	}
	n := d.count(12)
	w.Keys, w.Rows = make([]uint64, n), make([]uint32, n)
	for i := range w.Keys {
		w.Keys[i] = d.u64()
	}
	for i := range w.Rows {
		w.Rows[i] = d.u32()
	}
	w.Actions = d.strs()
	for range d.count(12) {
		w.Norms = append(w.Norms, Norm{d.u64(), d.str()})
	}
	for range d.count(8) {
		x := Exception{Text: d.str()}
		for range d.count(8) {
			x.Tokens = append(x.Tokens, Piece{d.str(), d.str()})
		}
		w.Exceptions = append(w.Exceptions, x)
	}
	if err := d.end(); err != nil {
		return nil, err
	}
	return w, w.check()
}

// decoder reads from b; after an error it yields zeros.
type decoder struct {
	b   []byte
	err error
}

// tensors reads until the first error.
func (d *decoder) tensors(ts []namedTensor) {
	for _, t := range ts {
		n := 1
		for range d.count(4) {
			k := d.count(0)
			t.t.Shape = append(t.t.Shape, k)
			if n *= k; n > maxDim {
				d.err = errCut
				break
			}
		}
		raw := d.take(4 * n)
		if d.err != nil {
			return
		}
		t.t.Data = make([]float32, n)
		for i := range t.t.Data {
			t.t.Data[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
		}
	}
}

func (d *decoder) strs() []string {
	var out []string
	for range d.count(4) {
		out = append(out, d.str())
	}
	return out
}

// end is the first error, or that more follows.
func (d *decoder) end() error {
	if d.err == nil && len(d.b) > 0 {
		d.err = errors.New("the model file is longer than its content")
	}
	return d.err
}

func (d *decoder) take(n int) []byte {
	if d.err != nil || n < 0 || n > len(d.b) {
		if d.err == nil {
			d.err = errCut
		}
		d.b = nil
		return make([]byte, 8)[:min(max(n, 0), 8)]
	}
	x := d.b[:n]
	d.b = d.b[n:]
	return x
}

func (d *decoder) u32() uint32 { return binary.LittleEndian.Uint32(d.take(4)) }
func (d *decoder) u64() uint64 { return binary.LittleEndian.Uint64(d.take(8)) }
func (d *decoder) str() string { return string(d.take(d.count(1))) }

// count reads a number of things of at least size bytes each, and refuses one
// that the rest of the file cannot hold.
func (d *decoder) count(size int) int {
	n := int(d.u32())
	if n > maxDim || n*size > len(d.b) {
		d.err = errCut
		return 0
	}
	return n
}
