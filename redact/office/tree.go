package office

import (
	"strings"

	"consentry/redact/xmltext"
)

// An element of a part whose whole must be seen: a frame with all that is in it.
type element struct {
	name     string // as written
	from, to int    // bytes, tags included
	tag      int    // where its first tag ends
	attrs    []xmltext.Attr
	outer    *element
	within   []*element
}

// tree reads the elements of a part that xmltext.Read has read.
func tree(src []byte) *element {
	root := &element{}
	at := root
	s := xmltext.NewScanner(src)
	for {
		t, more, err := s.Next()
		if err != nil || !more {
			return root
		}
		switch t.Kind {
		case xmltext.Start, xmltext.Empty:
			e := &element{name: t.Name, from: t.From, to: t.To, tag: t.To, attrs: append([]xmltext.Attr(nil), t.Attrs...), outer: at}
			at.within = append(at.within, e)
			if t.Kind == xmltext.Start {
				at = e
			}
		case xmltext.End:
			at.to = t.To
			at = at.outer
		}
	}
}

// localName is a name without its prefix.
func localName(name string) string { return name[strings.IndexByte(name, ':')+1:] }

// all are the outermost elements of a name within e, in their order; nil has none.
func (e *element) all(name string) (out []*element) {
	if e == nil {
		return nil
	}
	for _, w := range e.within {
		if localName(w.name) == name {
			out = append(out, w)
		} else {
			out = append(out, w.all(name)...)
		}
	}
	return out
}

// first is the first element of a name within e, or nil.
func (e *element) first(name string) *element {
	if list := e.all(name); len(list) > 0 {
		return list[0]
	}
	return nil
}

// attr is the value of an attribute, as written.
func (e *element) attr(src []byte, name string) string {
	for _, a := range e.attrs {
		if localName(a.Name) == name {
			return string(src[a.ValueFrom:a.ValueTo])
		}
	}
	return ""
}

// declarations are those of namespaces that e needs to stand by itself, without
// the elements around it up to outermost; each begins with a space.
func (e *element) declarations(src []byte, outermost *element) string {
	var b strings.Builder
	seen := map[string]bool{}
	for at := e; at != nil; at = at.outer {
		for _, a := range at.attrs {
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
