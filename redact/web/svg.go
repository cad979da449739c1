package web

import (
	"strings"

	"consentry/redact/notation"
	"consentry/redact/xmltext"
)

// scanXML reads the file as XML. What is not well-formed, or declares entities, is
// an error.
func (r *reader) scanXML() {
	src := []byte(r.src)
	s := xmltext.NewScanner(src)
	var open []string
	scriptFrom := -1 // where the open script begins
	style, data := 0, 0
	for n := 0; r.err == nil; n++ {
		if n%1000 == 0 && r.ctx.Err() != nil {
			r.err = r.ctx.Err()
			return
		}
		t, more, err := s.Next()
		if err != nil {
			r.err = err
			return
		}
		if !more {
			break
		}
		local := localName(t.Name)
		switch t.Kind {
		case xmltext.Start, xmltext.Empty:
			if t.Kind == xmltext.Start {
				open = append(open, t.Name)
			}
			if scriptFrom >= 0 {
				continue
			}
			attrs := r.xmlAttrs(t.Attrs)
			if local == "script" {
				kind := ""
				for _, a := range attrs {
					if a.name == "type" {
						kind = strings.ToLower(strings.TrimSpace(r.src[a.valFrom:a.valTo]))
					}
				}
				switch {
				case isData(kind) && t.Kind == xmltext.Start:
					data = len(open)
				case t.Kind == xmltext.Empty:
					r.drop(t.From, t.To, "script-dropped")
					continue
				case !isData(kind):
					scriptFrom = t.From
					continue
				}
			}
			if local == "style" && t.Kind == xmltext.Start {
				style = len(open)
			}
			r.nameOf(t.Name, t.From+1)
			r.start(local, t.From, t.To, attrs, t.Kind == xmltext.Empty)
		case xmltext.End:
			if len(open) == 0 || open[len(open)-1] != t.Name {
				r.err = xmltext.ErrSyntax
				return
			}
			if style == len(open) {
				style = 0
			}
			if data == len(open) {
				data = 0
			}
			open = open[:len(open)-1]
			if scriptFrom >= 0 {
				if local == "script" {
					r.drop(scriptFrom, t.To, "script-dropped")
					scriptFrom = -1
				}
				continue
			}
			r.nameOf(t.Name, t.From+2)
			r.end(local, t.From, t.To)
		case xmltext.CharData, xmltext.CDATA:
			if scriptFrom >= 0 {
				continue
			}
			r.charactersXML(t, style > 0, data > 0)
		case xmltext.Comment:
			r.commented(t.From, t.To)
		case xmltext.Instruction:
			if !strings.EqualFold(t.Name, "xml") {
				r.stray(t.From+2, t.To-2)
			}
		case xmltext.Doctype:
			r.place(plain(r.src, t.From+2, t.To-1), nil, asIs)
		}
	}
	if r.err == nil && len(open) > 0 {
		r.err = xmltext.ErrSyntax
	}
}

func localName(s string) string {
	return strings.ToLower(s[strings.LastIndexByte(s, ':')+1:])
}

func (r *reader) xmlAttrs(in []xmltext.Attr) []attr {
	out := make([]attr, len(in))
	for i, a := range in {
		from := a.From
		for blank(r.src[from]) {
			from++
		}
		out[i] = attr{name: strings.ToLower(a.Name), from: from, nameTo: from + len(a.Name), to: a.To, valFrom: a.ValueFrom, valTo: a.ValueTo, quote: '"'}
	}
	return out
}

// cdata writes in a section that only its end ends.
func cdata(s string) string { return strings.ReplaceAll(s, "]]>", "]] >") }

func (r *reader) charactersXML(t xmltext.Token, style, data bool) {
	write := asIs
	var runs notation.Runs
	if t.Kind == xmltext.CDATA {
		runs = plain(r.src, t.From+len("<![CDATA["), t.To-len("]]>"))
		write = cdata
	} else {
		runs = plain(r.src, t.From, t.To).References(true)
		write = notation.Markup
	}
	switch {
	case style:
		r.css(runs, write)
	case data:
		r.json(runs, write)
	default:
		r.textIn(runs, write)
	}
}
