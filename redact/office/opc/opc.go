// Package opc is how the parts of an Open Packaging container name one another, by
// relationships (ISO/IEC 29500-2): from the main part on, what leads to what, what of
// it has a part in the output, and what is written of it.
package opc

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"consentry/redact/office/parts"
	"consentry/redact/office/zipped"
	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

// A Relationship leads from a part to another, or to something outside.
type Relationship struct {
	ID, Kind string // the kind is the last word of its type
	Target   string // a part's name, or an address
	External bool
	To       *parts.Part
	Gone     bool

	uri      string // its type
	at       [2]int // its bytes
	targetAt [2]int // of its address
	idAt     [2]int // of its name
}

// links are the relationships of a part.
type links struct {
	rels  []*Relationship
	src   []byte
	index int               // of src, as a file of texts
	ids   map[string]string // new names of relationships
}

// linksOf are those of a part; none of one that has none.
func linksOf(p *parts.Part) *links {
	if l, ok := p.Linked.(*links); ok {
		return l
	}
	return &links{}
}

// Rels are the relationships of a part.
func Rels(p *parts.Part) []*Relationship { return linksOf(p).rels }

func readTypes(b []byte) (parts.Types, error) {
	var x struct {
		Default []struct {
			Extension   string `xml:",attr"`
			ContentType string `xml:",attr"`
		}
		Override []struct {
			PartName    string `xml:",attr"`
			ContentType string `xml:",attr"`
		}
	}
	t := parts.Types{Defaults: map[string]string{}, Overrides: map[string]string{}}
	u, err := xmltext.UTF8(b)
	if err == nil {
		err = xml.Unmarshal(u, &x)
	}
	if err != nil {
		return t, parts.Unreadable("its list of content types is damaged")
	}
	for _, d := range x.Default {
		t.Defaults[strings.ToLower(d.Extension)] = d.ContentType
	}
	for _, o := range x.Override {
		t.Overrides[strings.ToLower(strings.TrimPrefix(o.PartName, "/"))] = o.ContentType
	}
	return t, nil
}

// relsOf is the name of the part that holds a part's relationships; of the
// container's own for "".
func relsOf(name string) string { return path.Join(path.Dir(name), "_rels", path.Base(name)+".rels") }

// Parts that every container has.
const (
	rootRels  = "_rels/.rels"
	typesName = "[Content_Types].xml"
)

// readRels reads a part of relationships; base is the name of the part that has
// them.
func readRels(z *zipped.Archive, name, base string) ([]byte, []*Relationship, error) {
	if !z.Has(name) {
		return nil, nil, nil
	}
	b, err := z.Read(name)
	if err != nil {
		return nil, nil, fmt.Errorf("document %w", err)
	}
	src, err := xmltext.UTF8(b)
	if err != nil {
		return nil, nil, parts.Unreadable("its relationships are damaged")
	}
	var out []*Relationship
	s := xmltext.NewScanner(src)
	for {
		t, more, err := s.Next()
		if err != nil {
			return nil, nil, parts.Unreadable("its relationships are damaged")
		}
		if !more {
			return src, out, nil
		}
		if t.Kind != xmltext.Start && t.Kind != xmltext.Empty || t.Name[strings.IndexByte(t.Name, ':')+1:] != "Relationship" {
			continue
		}
		r := &Relationship{at: [2]int{t.From, t.To}}
		if t.Kind == xmltext.Start {
			end, more, err := s.Next()
			if err != nil || !more || end.Kind != xmltext.End {
				return nil, nil, parts.Unreadable("its relationships are damaged")
			}
			r.at[1] = end.To
		}
		for _, a := range t.Attrs {
			v, err := xmltext.Decode(src[a.ValueFrom:a.ValueTo])
			if err != nil {
				return nil, nil, parts.Unreadable("its relationships are damaged")
			}
			switch a.Name {
			case "Id":
				r.ID, r.idAt = v, [2]int{a.ValueFrom, a.ValueTo}
			case "Type":
				r.Kind, r.uri = path.Base(v), v
			case "TargetMode":
				r.External = strings.EqualFold(v, "External")
			case "Target":
				r.Target, r.targetAt = v, [2]int{a.ValueFrom, a.ValueTo}
			}
		}
		if !r.External {
			r.Target = resolve(base, r.Target)
		}
		out = append(out, r)
	}
}

// resolve gives the name of a part from an address in another.
func resolve(base, target string) string {
	if u, err := url.PathUnescape(target); err == nil {
		target = u
	}
	target, _, _ = strings.Cut(target, "#")
	if rest, ok := strings.CutPrefix(target, "/"); ok {
		return path.Clean(rest)
	}
	return path.Join(path.Dir(base), target)
}

// callScheme begins addresses that call somebody, and is no part of whom they call.
var callScheme = regexp.MustCompile(`^(?i:mailto|tel|sms|callto|skype|sip):`)

// address is a relationship's address as a text: what it says, percent signs
// resolved.
func (r *Relationship) address(file int) splice.Text {
	scheme := callScheme.FindString(r.Target)
	text := r.Target[len(scheme):]
	if u, err := url.PathUnescape(text); err == nil && utf8.ValidString(u) {
		text = u
	}
	return splice.Text{{Text: text, File: file, From: r.targetAt[0] + len(scheme), To: r.targetAt[1], Encode: parts.EncodeAddress}}
}
