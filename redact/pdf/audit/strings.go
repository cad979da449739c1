package audit

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"consentry/redact/pdf/audit/raw"
	"consentry/redact/pdf/audit/shown"
	"consentry/redact/removed"
)

// maxSpent bounds what all streams of a file are decoded to, in bytes.
const maxSpent = 4 << 30

// Words that CIDSystemInfo and the like hold in every file.
var ordinary = map[string]bool{"Adobe": true, "Identity": true, "UCS": true, "GB1": true, "CNS1": true, "Japan1": true, "Korea1": true, "KR": true}

// A search is the ways in which the bytes of a file are searched.
type search struct {
	h              *hunt
	where          string
	strings, names *view
	markup, shown  *view
	content        map[int]bool // objects that are content streams
	text, binary   *removed.Bytes
}

// search prepares to search a file.
func (h *hunt) search(f *raw.File, where string) *search {
	s := &search{h: h, where: where, strings: h.view(where + "string"), names: h.view(where + "name"), markup: h.view(where + "markup"), shown: h.view(where + "content string"), content: contents(f)}
	s.text = removed.NewBytes(removed.Texts(h.r), true)
	s.binary = removed.NewBytes(removed.Texts(h.r), false)
	return s
}

// file searches every string, name, comment and stream of a file. Where it is goes
// before each place.
func (h *hunt) file(f *raw.File, where string) error {
	s := h.search(f, where)
	for i := range f.Objects {
		o := &f.Objects[i]
		at := fmt.Sprintf("%sobject %d", where, o.Num)
		if !f.InEffect(i) {
			at = fmt.Sprintf("%sobject %d of an old revision", where, o.Num)
		}
		raw.Each(o.Value, func(v raw.Value) {
			switch v := v.(type) {
			case raw.String:
				s.str(v, "string in "+at)
			case raw.Name:
				s.name(string(v), "name in "+at)
			}
		})
		if o.Stream != nil {
			if err := s.stream(o, s.content[i], at); err != nil {
				return err
			}
		}
	}
	for _, t := range f.Trailers {
		raw.Each(t, func(v raw.Value) {
			switch v := v.(type) {
			case raw.String:
				s.str(v, "string in a trailer")
			case raw.Name:
				s.name(string(v), "name in a trailer")
			}
		})
	}
	for _, l := range f.Loose {
		at := fmt.Sprintf("%sbytes outside objects at %d", where, l.At)
		s.str(l.Bytes, at)
		if err := s.bytes(l.Bytes, true, at); err != nil {
			return err
		}
	}
	return h.ctx.Err()
}

// str searches a string in every encoding that it allows.
func (s *search) str(b []byte, at string) {
	if len(b) < 2 || ordinary[string(b)] {
		return
	}
	for _, t := range raw.Readings(b) {
		s.strings.text(t, at)
		plain := unescape(t)
		if strings.Contains(t, "<") {
			plain = tags.ReplaceAllString(plain, "")
		}
		if plain != t {
			s.strings.text(plain, at)
		}
	}
}

func (s *search) name(n, at string) {
	if isKnown(n) {
		return
	}
	for _, t := range raw.Readings([]byte(n)) {
		s.names.text(t, at)
	}
}

// bytes searches bytes in all codings.
func (s *search) bytes(b []byte, textual bool, at string) error {
	if len(b) == 0 {
		return nil
	}
	by := s.binary
	if textual {
		by = s.text
	}
	_, err := by.In(s.h.ctx, bytes.NewReader(b), func(t *removed.Text, c removed.Coding, _ int64) {
		s.h.tell(t, s.where+"bytes "+string(c), at+", as "+string(c))
	})
	return err
}

// contents are the objects that are content streams: what is in them are operators
// of PDF, names and strings.
func contents(f *raw.File) map[int]bool {
	m := map[int]bool{}
	add := func(v raw.Value) {
		if i := f.Object(v); i >= 0 && f.Objects[i].Stream != nil {
			m[i] = true
		}
	}
	for i := range f.Objects {
		d, _ := f.Objects[i].Value.(raw.Dict)
		if d.Name("Subtype") == "Form" || d.Get("PatternType") != nil {
			m[i] = f.Objects[i].Stream != nil
		}
		for _, e := range f.Dict(d.Get("CharProcs")) {
			add(e.Value)
		}
		if d.Name("Type") == "Page" {
			add(d.Get("Contents"))
			for _, v := range f.Array(d.Get("Contents")) {
				add(v)
			}
		}
	}
	return m
}

// stream searches a stream: decoded, what stands behind its end, as markup, and
// as a file of its own. What object streams hold is searched as objects.
func (s *search) stream(o *raw.Object, content bool, at string) error {
	if t := o.Stream.Dict.Name("Type"); t == "XRef" || t == "ObjStm" {
		return nil
	}
	d := o.Stream.Decode()
	if s.h.spent += len(d.Data); s.h.spent > maxSpent || d.Cut {
		return raw.ErrTooMuch
	}
	if err := s.bytes(d.Tail, true, "behind the stream of "+at); err != nil {
		return err
	}
	s.str(d.Tail, "behind the stream of "+at)
	if content && len(d.Left) == 0 {
		s.operators(d.Data, at)
		return nil
	}
	image := len(d.Left) == 0 && o.Stream.Dict.Name("Subtype") == "Image"
	textual := !image && isText(d.Data) && !bytes.Contains(d.Data[:min(len(d.Data), 2048)], []byte("begincmap"))
	if err := s.bytes(d.Data, textual, "stream of "+at); err != nil {
		return err
	}
	if textual {
		if t := markup(d.Data); t != "" {
			s.markup.text(t, "markup in the stream of "+at)
		}
	}
	return s.inside(d.Data, at)
}

// operators searches the strings, names and comments of a content stream, and
// words that are no operators.
func (s *search) operators(b []byte, at string) {
	l := raw.NewLexer(b)
	l.Comments = func(from, to int) { s.str(b[from:to], "comment in the stream of "+at) }
	for v, ok := l.Next(); ok; v, ok = l.Next() {
		if k, isWord := v.(raw.Keyword); isWord && len(k) > 3 {
			s.name(string(k), "word in the stream of "+at)
		}
		raw.Each(v, func(v raw.Value) {
			switch v := v.(type) {
			case raw.Name:
				s.name(string(v), "name in the stream of "+at)
			case raw.String:
				if len(v) >= 2 {
					for _, t := range raw.Readings(v) {
						s.shown.text(t, "string in the stream of "+at)
					}
				}
			}
		})
	}
}

// inline searches the pictures that stand in a page's content.
func (s *search) inline(p *shown.Page, at string) error {
	for _, i := range p.Inline {
		dec := raw.Decode(i.Dict, i.Data, func(v raw.Value) raw.Value { return v })
		for _, b := range [][]byte{i.Data, dec.Data, dec.Tail} {
			if err := s.bytes(b, false, "a picture in the content of "+at); err != nil {
				return err
			}
		}
	}
	return nil
}

// isText reports whether b is mostly printable.
func isText(b []byte) bool {
	b = b[:min(len(b), 4096)]
	odd := 0
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 && i < len(b)-4 || r < 0x20 && r != '\n' && r != '\r' && r != '\t' && r != '\f' {
			odd++
		}
		i += n
	}
	return odd*20 <= len(b)
}

var (
	tags    = regexp.MustCompile(`<[^<>]*>`)
	escaped = regexp.MustCompile(`\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}`)
)

// markup is the text of HTML, XML or a script without its tags and with its
// character references and escapes written out; empty where there are none.
func markup(b []byte) string {
	if !bytes.ContainsAny(b, "<&\\") || len(b) > raw.MaxDecoded {
		return ""
	}
	all := raw.Readings(b)
	if len(all) == 0 {
		return ""
	}
	out := unescape(html.UnescapeString(tags.ReplaceAllString(all[0], "")))
	if out == all[0] {
		return ""
	}
	return out
}

// unescape writes out the \x and \u escapes of scripts, percent signs and
// character references.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\%&`) {
		return s
	}
	var high uint16
	s = escaped.ReplaceAllStringFunc(s, func(m string) string {
		v, err := strconv.ParseUint(m[2:], 16, 16)
		if err != nil {
			return m
		}
		u := uint16(v)
		switch {
		case utf16.IsSurrogate(rune(u)) && u < 0xDC00:
			high = u
			return ""
		case utf16.IsSurrogate(rune(u)):
			return string(utf16.DecodeRune(rune(high), rune(u)))
		}
		return string(rune(u))
	})
	if strings.Contains(s, "%") {
		s = percent(s)
	}
	return html.UnescapeString(s)
}

// percent writes out percent-encoded bytes, where the result is valid UTF-8.
func percent(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				out = append(out, byte(v))
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	if !utf8.Valid(out) {
		return s
	}
	return string(out)
}
