package sweep

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"golang.org/x/text/encoding/simplifiedchinese"

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
		if raw, ok := stripPicture(s); ok {
			s.Raw, s.Content = raw, nil
			n := int64(len(raw))
			s.StreamLength = &n
			s.Dict["Length"] = types.Integer(len(raw))
			w.clean.notes.Add(NotePicture, 1)
		}
	case p.role == "fontfile", p.role == "cmap", p.role == "paint":
		return w.clean.blank(w.f, s, p.role == "cmap")
	}
	return s, true
}

// rewriteStreams gives resources their new names in the operators that use them,
// and drops comments that hold a removed text.
func (w *walker) rewriteStreams() {
	c := w.clean
	names := map[string]string{}
	for from, to := range c.names {
		if from != to {
			names[from] = to
		}
	}
	if len(names) == 0 && len(c.find.keys) == 0 {
		return
	}
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
			if len(names) > 0 {
				c.errs = append(c.errs, fmt.Errorf("rename resources: %w", err))
			}
			continue
		}
		now, comments := c.operators(b, names)
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
	if len(c.find.keys) == 0 {
		return s, true
	}
	b, err := f.Decoded(s)
	if err != nil {
		return s, true // no reader gets anything out of it either
	}
	now, n := []byte(nil), 0
	for _, p := range c.patterns(isText) {
		for from := 0; ; {
			src := b
			if now != nil {
				src = now
			}
			i := bytes.Index(src[from:], p)
			if i < 0 {
				break
			}
			if i += from; now == nil {
				now = bytes.Clone(b)
			}
			for j := range p {
				if now[i+j] != 0 {
					now[i+j] = 'x'
				}
			}
			n++
			from = i + len(p)
		}
	}
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

// patterns are the bytes in which removed texts stand in such streams. Short ones
// are left out of binary streams, where they stand by chance.
func (c *cleaner) patterns(isText bool) [][]byte {
	if c.bytes == nil {
		for _, t := range c.texts {
			for _, v := range [...]string{t, strings.ToUpper(t), strings.ToLower(t), strings.ReplaceAll(t, " ", ""), strings.ReplaceAll(t, " ", "-")} {
				c.bytes = append(c.bytes, []byte(v))
				units := utf16.Encode([]rune(v))
				be, le := make([]byte, 0, 2*len(units)), make([]byte, 0, 2*len(units))
				for _, u := range units {
					be, le = append(be, byte(u>>8), byte(u)), append(le, byte(u), byte(u>>8))
				}
				c.bytes = append(c.bytes, be, le)
				if g, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(v)); err == nil {
					c.bytes = append(c.bytes, g)
				}
			}
		}
		slices.SortFunc(c.bytes, func(a, b []byte) int { return len(b) - len(a) })
		c.bytes = slices.CompactFunc(c.bytes, bytes.Equal)
	}
	if isText {
		return c.bytes
	}
	var long [][]byte
	for _, p := range c.bytes {
		if utf8.Valid(p) && len(p) >= 5 || !utf8.Valid(p) && len(p) >= 4 {
			long = append(long, p)
		}
	}
	return long
}
