package parts

import (
	"strings"

	"consentry/redact/xmltext"
)

// An Element of a part whose whole must be seen: a frame with all that is in it.
type Element struct {
	Name     string // as written
	From, To int    // bytes, tags included
	Tag      int    // where its first tag ends
	Attrs    []xmltext.Attr
	Outer    *Element
	Within   []*Element
}

// Tree reads the elements of a part that xmltext.Read has read.
func Tree(src []byte) *Element {
	root := &Element{}
	at := root
	s := xmltext.NewScanner(src)
	for {
		t, more, err := s.Next()
		if err != nil || !more {
			return root
		}
		switch t.Kind {
		case xmltext.Start, xmltext.Empty:
			e := &Element{Name: t.Name, From: t.From, To: t.To, Tag: t.To, Attrs: append([]xmltext.Attr(nil), t.Attrs...), Outer: at}
			at.Within = append(at.Within, e)
			if t.Kind == xmltext.Start {
				at = e
			}
		case xmltext.End:
			at.To = t.To
			at = at.Outer
		}
	}
}

// LocalName is a name without its prefix.
func LocalName(name string) string { return name[strings.IndexByte(name, ':')+1:] }

// All are the outermost elements of a name within e, in their order; nil has none.
func (e *Element) All(name string) (out []*Element) {
	if e == nil {
		return nil
	}
	for _, w := range e.Within {
		if LocalName(w.Name) == name {
			out = append(out, w)
		} else {
			out = append(out, w.All(name)...)
		}
	}
	return out
}

// First is the first element of a name within e, or nil.
func (e *Element) First(name string) *Element {
	if list := e.All(name); len(list) > 0 {
		return list[0]
	}
	return nil
}

// Attr is the value of an attribute, as written.
func (e *Element) Attr(src []byte, name string) string {
	for _, a := range e.Attrs {
		if LocalName(a.Name) == name {
			return string(src[a.ValueFrom:a.ValueTo])
		}
	}
	return ""
}

// Declarations are those of namespaces that e needs to stand by itself, without
// the elements around it up to outermost; each begins with a space.
func (e *Element) Declarations(src []byte, outermost *Element) string {
	var b strings.Builder
	seen := map[string]bool{}
	for at := e; at != nil; at = at.Outer {
		for _, a := range at.Attrs {
			if a.Name != "xmlns" && !strings.HasPrefix(a.Name, "xmlns:") || seen[a.Name] {
				continue
			}
			seen[a.Name] = true
			if at != e {
				b.WriteString(" " + strings.TrimSpace(string(src[a.From:a.To])))
			}
		}
		if at == outermost {
			break
		}
	}
	return b.String()
}
