package object

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact"
)

// Write writes the file as one revision with cross-reference and object streams
// (ISO 32000-2, 7.5.7 and 7.5.8) of what the catalog leads to and nothing else:
// no Info, no ID, no dates. Equal object graphs give equal bytes, however their
// objects were numbered. Streams are copied as they are encoded.
//
// The result is read again before anything reaches w. It is an error if it has
// not the same number of pages.
//
// pdfcpu's own writer is not used: it adds Info, ID and dates, rebuilds name
// trees from a cache, and writes an empty file, or one without inherited
// entries, where its validation was not run or failed.
func (f *File) Write(w io.Writer) error {
	var out bytes.Buffer
	if err := f.serialise(&out); err != nil {
		return fmt.Errorf("write the PDF: %w", err)
	}
	again, _, err := Read(out.Bytes(), "", nil)
	if err != nil {
		return fmt.Errorf("read the written PDF again: %w", err)
	}
	if again.PageCount != f.PageCount {
		return fmt.Errorf("write the PDF: it has %d pages instead of %d", again.PageCount, f.PageCount)
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write the PDF: %w", err)
	}
	return nil
}

// An entry of the cross-reference table.
type entry struct {
	offset int // in the file; or the object stream's number
	index  int // in the object stream; -1 for an object of its own
}

// A writer numbers objects in the order in which it meets them, and writes them
// in that order.
type writer struct {
	f       *File
	out     *bytes.Buffer
	number  map[int]int // the file's object numbers to those written
	queue   []int       // the file's object numbers, by written number - 1; 0 for what the writer adds
	entries []entry     // by written number - 1
	held    []int       // written numbers of the objects that wait for an object stream
	body    bytes.Buffer
	at      []int // where each of held begins in body
	err     error
}

// perStream is how many objects go into one object stream.
const perStream = 100

func (f *File) serialise(out *bytes.Buffer) error {
	if f.Root == nil {
		return errors.New("no catalog")
	}
	w := writer{f: f, out: out, number: map[int]int{}}
	size := 1 << 16
	for _, e := range f.Table {
		if s, ok := e.Object.(types.StreamDict); ok && !e.Free {
			size += len(s.Raw) + 128
		}
	}
	out.Grow(size + size/16) // growing step by step would take three times the memory
	version := "1.7"
	if f.XRefTable.Version() == model.V20 {
		version = "2.0"
	}
	out.WriteString("%PDF-" + version + "\n%\xe2\xe3\xcf\xd3\n")
	root := w.ref(*f.Root)
	for i := 0; i < len(w.queue) && w.err == nil; i++ {
		if w.queue[i] != 0 {
			w.object(i + 1)
		}
	}
	if w.flush(); w.err == nil {
		w.crossReferences(root)
	}
	if w.err == nil && out.Len() > math.MaxUint32 {
		return redact.ErrTooLarge
	}
	return w.err
}

// ref is the written number of what r points at, 0 where that is nothing.
func (w *writer) ref(r types.IndirectRef) int {
	n := int(r.ObjectNumber)
	if have, ok := w.number[n]; ok {
		return have
	}
	switch w.f.Get(r).(type) {
	case nil, types.ObjectStreamDict, types.XRefStreamDict: // those are the file's own, no content
		return 0
	}
	w.queue = append(w.queue, n)
	w.entries = append(w.entries, entry{})
	w.number[n] = len(w.queue)
	return len(w.queue)
}

// object writes the object of a written number.
func (w *writer) object(n int) {
	o := w.f.Get(*types.NewIndirectRef(w.queue[n-1], 0))
	s, ok := o.(types.StreamDict)
	if d, isDict := o.(types.Dict); isDict && d["Length"] != nil { // pdfcpu takes it for a stream, which none may be within a stream
		w.entries[n-1] = entry{offset: w.out.Len(), index: -1}
		fmt.Fprintf(w.out, "%d 0 obj\n", n)
		w.value(w.out, d, 0)
		w.out.WriteString("\nendobj\n")
		return
	}
	if !ok {
		w.held = append(w.held, n)
		w.at = append(w.at, w.body.Len())
		w.value(&w.body, o, 0)
		w.body.WriteByte('\n')
		if len(w.held) == perStream {
			w.flush()
		}
		return
	}
	if s.Raw == nil && s.Content != nil {
		if err := s.Encode(); err != nil {
			w.err = fmt.Errorf("encode stream: %w", err)
			return
		}
	}
	d := maps.Clone(s.Dict)
	delete(d, "Length")
	w.stream(n, d, s.Raw)
}

// stream writes a stream as an object of its own.
func (w *writer) stream(n int, d types.Dict, raw []byte) {
	d["Length"] = types.Integer(len(raw))
	w.entries[n-1] = entry{offset: w.out.Len(), index: -1}
	fmt.Fprintf(w.out, "%d 0 obj\n", n)
	w.value(w.out, d, 0)
	w.out.WriteString("\nstream\n")
	w.out.Write(raw)
	w.out.WriteString("\nendstream\nendobj\n")
}

// own adds an object that the file does not have.
func (w *writer) own() int {
	w.queue = append(w.queue, 0)
	w.entries = append(w.entries, entry{})
	return len(w.queue)
}

// flush writes the waiting objects as an object stream.
func (w *writer) flush() {
	if len(w.held) == 0 || w.err != nil {
		return
	}
	var content bytes.Buffer
	for i, n := range w.held {
		fmt.Fprintf(&content, "%d %d ", n, w.at[i])
	}
	d := types.Dict{"Type": types.Name("ObjStm"), "N": types.Integer(len(w.held)), "First": types.Integer(content.Len())}
	content.Write(w.body.Bytes())
	self := w.own()
	for i, n := range w.held {
		w.entries[n-1] = entry{offset: self, index: i}
	}
	w.held, w.at = nil, nil
	w.body.Reset()
	w.deflated(self, d, content.Bytes())
}

func (w *writer) deflated(n int, d types.Dict, content []byte) {
	d["Filter"] = types.Name("FlateDecode")
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, err := z.Write(content)
	if err = errors.Join(err, z.Close()); err != nil {
		w.err = err
	}
	w.stream(n, d, b.Bytes())
}

// crossReferences writes the cross-reference stream and the file's end.
func (w *writer) crossReferences(root int) {
	self := w.own()
	start := w.out.Len()
	w.entries[self-1] = entry{offset: start, index: -1}
	table := []byte{0, 0, 0, 0, 0, 0xff, 0xff} // object 0 is free
	for _, e := range w.entries {
		kind, index := byte(1), 0
		if e.index >= 0 {
			kind, index = 2, e.index
		}
		table = append(table, kind)
		table = binary.BigEndian.AppendUint32(table, uint32(e.offset))
		table = binary.BigEndian.AppendUint16(table, uint16(index))
	}
	w.deflated(self, types.Dict{
		"Type": types.Name("XRef"),
		"Size": types.Integer(len(w.entries) + 1),
		"W":    types.Array{types.Integer(1), types.Integer(4), types.Integer(2)},
		"Root": written(root),
	}, table)
	fmt.Fprintf(w.out, "startxref\n%d\n%%%%EOF\n", start)
}
