package sweep

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
)

// stream walks a stream that stays.
func (w *walker) stream(s types.StreamDict, p place) (types.Object, bool) {
	list := schema[p.role]
	for _, k := range slices.Sorted(maps.Keys(s.Dict)) {
		r, ok := list[k]
		if !ok {
			r, ok = schema["encoding"][k]
		}
		w.entry(s.Dict, k, r, ok, p)
	}
	if w.clean == nil {
		return s, true
	}
	switch {
	case operators[p.role]:
		w.streams = append(w.streams, p)
	case p.role == "image":
		if stripped, ok := stripPicture(s); ok {
			w.clean.notes.Add(NotePicture, 1)
			return stripped, true
		}
	case p.role == "fontfile", p.role == "cmap", p.role == "paint":
		return w.clean.blank(w.f, s, p.role == "cmap")
	}
	return s, true
}

// rewriteStreams gives resources their new names in the operators that use them,
// tags neutral ones, and drops comments that hold a removed text.
func (w *walker) rewriteStreams() {
	c := w.clean
	for _, p := range w.streams {
		n, err := c.number(p.key)
		if err != nil {
			continue
		}
		ref := *types.NewIndirectRef(n, 0)
		s, ok := w.f.Stream(ref)
		if !ok {
			continue
		}
		b, err := w.f.Decoded(s)
		if err != nil {
			c.errs = append(c.errs, fmt.Errorf("rename resources: %w", err))
			continue
		}
		now, comments := c.operators(b)
		if bytes.Equal(now, b) {
			continue
		}
		c.notes.Add(NoteComment, comments)
		if err := reencode(w.f, ref, s, now); err != nil {
			c.errs = append(c.errs, err)
		}
	}
}

func (c *cleaner) number(key string) (n int, err error) {
	_, err = fmt.Sscanf(key, "%d", &n)
	return n, err
}

// reencode puts a stream with other content in its place.
func reencode(f *object.File, ref types.IndirectRef, s types.StreamDict, content []byte) error {
	n, err := encoded(s, content)
	if err != nil {
		return err
	}
	return f.Set(ref, n)
}

func encoded(s types.StreamDict, content []byte) (types.StreamDict, error) {
	d := maps.Clone(s.Dict)
	for _, k := range [...]string{"DecodeParms", "DP", "Length"} {
		delete(d, k)
	}
	d["Filter"] = types.Name("FlateDecode")
	n := types.NewStreamDict(d, 0, nil, nil, []types.PDFFilter{{Name: "FlateDecode"}})
	n.Content = content
	if err := n.Encode(); err != nil {
		return n, fmt.Errorf("encode stream: %w", err)
	}
	return n, nil
}

var errBlank = errors.New("a font or table holds a removed text and cannot be changed")

// blank overwrites removed texts in a font program, colour profile or table,
// where nothing that draws is made of such words: names, copyright notices.
func (c *cleaner) blank(f *object.File, s types.StreamDict, isText bool) (types.Object, bool) {
	if c.find.Empty() {
		return s, true
	}
	b, err := f.Decoded(s)
	if err != nil {
		return s, true // no reader gets anything out of it either
	}
	now, n := []byte(nil), 0
	c.patterns(isText).each(b, func(from, to int) {
		if now == nil {
			now = bytes.Clone(b)
		}
		for i := from; i < to; i++ {
			if now[i] != 0 {
				now[i] = 'x'
			}
		}
		n++
	})
	if now == nil {
		return s, true
	}
	c.notes.Add(NoteBlanked, n)
	r, err := encoded(s, now)
	if err != nil {
		c.errs = append(c.errs, errBlank)
		return nil, false
	}
	return r, true
}
