package xmltext

import (
	"bytes"
	"fmt"
	"regexp"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
)

// scope resolves prefixes. Elements and attributes are then known by a short
// prefix that a vocabulary gives to a namespace, whatever the file calls it.
type scope struct {
	spaces map[string]string   // a namespace's short prefix
	bound  map[string][]string // of each prefix of the file, innermost last: short prefixes
	opened []string            // prefixes bound, with "" before each element's
	names  map[string]string   // resolved names of the innermost bindings
}

func newScope(spaces map[string]string) *scope {
	return &scope{spaces: spaces, bound: map[string][]string{"xml": {"xml"}}, names: map[string]string{}}
}

// mark separates the bindings of one element from another's.
const mark = "\x00"

// open takes in an element's declarations.
func (s *scope) open(src []byte, attrs []Attr) error {
	s.opened = append(s.opened, mark)
	for _, a := range attrs {
		prefix, is := "", a.Name == "xmlns"
		if !is && len(a.Name) > 6 && a.Name[:6] == "xmlns:" {
			prefix, is = a.Name[6:], true
		}
		if !is {
			continue
		}
		uri, err := Decode(src[a.ValueFrom:a.ValueTo])
		if err != nil {
			return err
		}
		short, known := s.spaces[uri]
		if !known && uri != "" {
			short = "{" + uri + "}"
		}
		s.bound[prefix] = append(s.bound[prefix], short)
		s.opened = append(s.opened, prefix)
		clear(s.names)
	}
	return nil
}

// close forgets the innermost element's declarations.
func (s *scope) close() {
	for n := len(s.opened) - 1; n >= 0; n-- {
		p := s.opened[n]
		s.opened = s.opened[:n]
		if p == mark {
			return
		}
		s.bound[p] = s.bound[p][:len(s.bound[p])-1]
		clear(s.names)
	}
}

// element is an element's resolved name: w:p, {urn:x}y, or y alone.
func (s *scope) element(name string) string { return s.resolve(name, true) }

// attribute is an attribute's: one without a prefix has no namespace.
func (s *scope) attribute(name string) string { return s.resolve(name, false) }

func (s *scope) resolve(name string, element bool) string {
	key := name
	if element {
		key = "<" + name
	}
	if r, ok := s.names[key]; ok {
		return r
	}
	prefix, local := "", name
	for i := range len(name) {
		if name[i] == ':' {
			prefix, local = name[:i], name[i+1:]
			break
		}
	}
	r := local
	if prefix != "" || element {
		if b := s.bound[prefix]; len(b) > 0 {
			if short := b[len(b)-1]; short != "" && short[0] == '{' {
				r = short + local
			} else if short != "" {
				r = short + ":" + local
			}
		} else if prefix != "" {
			r = "{?}" + name
		}
	}
	s.names[key] = r
	return r
}

var declaration = regexp.MustCompile(`^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']`)

// UTF8 gives a file in UTF-8: the bytes themselves where they are that already.
func UTF8(b []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("<\x00")):
		return recoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(withBOM(b, "\xff\xfe")))
	case bytes.HasPrefix(b, []byte("\xfe\xff")), bytes.HasPrefix(b, []byte("\x00<")):
		return recoded(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes(withBOM(b, "\xfe\xff")))
	}
	m := declaration.FindSubmatch(b[:min(len(b), 200)])
	if m == nil || bytes.EqualFold(m[1], []byte("utf-8")) || bytes.EqualFold(m[1], []byte("us-ascii")) {
		return b, nil
	}
	e, _ := charset.Lookup(string(m[1]))
	if e == nil {
		return nil, fmt.Errorf("%w: an unknown encoding", ErrSyntax)
	}
	return recoded(e.NewDecoder().Bytes(b))
}

func withBOM(b []byte, bom string) []byte {
	if bytes.HasPrefix(b, []byte(bom)) {
		return b
	}
	return append([]byte(bom), b...)
}

// recoded corrects the declaration of a file that is UTF-8 now.
func recoded(b []byte, err error) ([]byte, error) {
	if err != nil {
		return nil, fmt.Errorf("%w: a text in another encoding than it says", ErrSyntax)
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if at := declaration.FindSubmatchIndex(b[:min(len(b), 200)]); at != nil {
		b = bytes.Join([][]byte{b[:at[2]], []byte("UTF-8"), b[at[3]:]}, nil)
	}
	return b, nil
}
