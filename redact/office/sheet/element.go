package sheet

import (
	"bytes"
	"errors"
	"strings"

	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

var (
	errCut    = errors.New("an element does not end")
	errDeep   = errors.New("its elements are nested too deep")
	errNested = errors.New("an element stands where a text should")
	errOther  = errors.New("its first element is another")
	errTags   = errors.New("its tags do not match")
)

// An element is one with all that is in it.
type element struct {
	name       string // without its prefix
	from, to   int
	inner, end int // between its tags; inner 0 where it is one tag
	attrs      []xmltext.Attr
}

// enter goes to the first element of a file, which must have the name.
func enter(s *xmltext.Scanner, name string) error {
	for {
		t, more, err := s.Next()
		switch {
		case err != nil:
			return err
		case !more:
			return errCut
		case t.Kind == xmltext.Empty && local(t.Name) == name:
			return nil
		case t.Kind == xmltext.Start && local(t.Name) == name:
			return nil
		case t.Kind == xmltext.Start || t.Kind == xmltext.Empty:
			return errOther
		}
	}
}

// child gives the next element at this depth, or the next text, without a name; not
// more at the end of the element around. Positions are bytes of src, of which the scanner began at base.
func child(src []byte, s *xmltext.Scanner, base int) (e element, more bool, err error) {
	depth := 0
	for {
		t, more, err := s.Next()
		if err != nil {
			return e, false, err
		}
		if !more {
			if depth > 0 {
				return e, false, errCut
			}
			return e, false, nil
		}
		switch t.Kind {
		case xmltext.Start, xmltext.Empty:
			if depth == 0 {
				e = element{name: local(t.Name), from: base + t.From, to: base + t.To, attrs: append([]xmltext.Attr(nil), t.Attrs...)}
				for i := range e.attrs {
					a := &e.attrs[i]
					a.From, a.To, a.ValueFrom, a.ValueTo = a.From+base, a.To+base, a.ValueFrom+base, a.ValueTo+base
				}
				if t.Kind == xmltext.Empty {
					return e, true, nil
				}
				e.inner = base + t.To
			}
			if t.Kind == xmltext.Start {
				if depth++; depth > 100 {
					return e, false, errDeep
				}
			}
		case xmltext.CharData, xmltext.CDATA:
			if depth == 0 && strings.TrimSpace(string(src[base+t.From:base+t.To])) != "" {
				return element{from: base + t.From, to: base + t.To}, true, nil
			}
		case xmltext.End:
			if depth == 0 {
				return e, false, nil
			}
			if depth--; depth == 0 {
				if local(t.Name) != e.name {
					return e, false, errTags
				}
				e.end, e.to = base+t.From, base+t.To
				return e, true, nil
			}
		}
	}
}

// elements are those in the element src[from:to]; of a damaged one, those before.
func elements(src []byte, from, to int) (out []element) {
	s := xmltext.NewScanner(src[from:to])
	if t, more, err := s.Next(); err != nil || !more || t.Kind != xmltext.Start {
		return nil
	}
	for {
		e, more, err := child(src, s, from)
		if err != nil || !more {
			return out
		}
		out = append(out, e)
	}
}

func local(name string) string { return name[strings.IndexByte(name, ':')+1:] }

// prefixOf is the prefix, with its colon, of the tag that b begins with.
func prefixOf(b []byte) string {
	end := bytes.IndexAny(b, " \t\r\n/>")
	return string(b[1 : 1+bytes.IndexByte(b[1:end], ':')+1])
}

// said is the text between bytes from and to, which hold no element.
func said(src []byte, from, to int) (string, error) {
	b := src[from:to]
	if bytes.IndexByte(b, '<') < 0 {
		return xmltext.Decode(b)
	}
	var out strings.Builder
	s := xmltext.NewScanner(b)
	for {
		t, more, err := s.Next()
		if err != nil || !more {
			return out.String(), err
		}
		switch t.Kind {
		case xmltext.CharData:
			text, err := xmltext.Decode(b[t.From:t.To])
			if err != nil {
				return "", err
			}
			out.WriteString(text)
		case xmltext.CDATA:
			out.WriteString(strings.ToValidUTF8(string(b[t.From+9:t.To-3]), "\ufffd"))
		case xmltext.Start, xmltext.Empty, xmltext.End:
			return "", errNested
		}
	}
}

// remarks takes comments and instructions out of bytes from to to, beside the
// file's declaration.
func remarks(src []byte, file, from, to int) (out []splice.Change) {
	b := src[from:to]
	if !bytes.Contains(b, []byte("<!--")) && bytes.Count(b, []byte("<?")) <= 1 {
		return nil
	}
	s := xmltext.NewScanner(b)
	for {
		t, more, err := s.Next()
		if err != nil || !more {
			return out
		}
		if t.Kind == xmltext.Comment || t.Kind == xmltext.Instruction && !strings.EqualFold(t.Name, "xml") {
			out = append(out, splice.Change{File: file, From: from + t.From, To: from + t.To})
		}
	}
}
