package office

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/office/zipped"
	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

// How parts of an Open Packaging container name one another (ISO/IEC 29500-2).

// A treatment is what becomes of a part.
type treatment uint8

const (
	dropped  treatment = iota // it is in no output; the zero value is the safe one
	readable                  // XML: read, and written without what goes
	picture                   // opened by the format of pictures
	embedded                  // a file inside, opened by its own format
	copied                    // written as it is; it can hold no text
)

// A part is a file of the container.
type part struct {
	name        string
	contentType string
	how         treatment
	by          string          // the kind of relationship that leads to it
	index       int             // its number as a file of texts
	inner       int             // of a picture or embedded file: its number inside
	doc         redact.Document // of a picture or embedded file
	shown       *rect           // of a picture: what its uses show; nil where nothing uses it
	src         []byte          // of XML, in UTF-8
	xml         *xmltext.File
	rels        []*relationship
	relsIndex   int
	relsSrc     []byte
	always      []splice.Change   // made in every output
	ids         map[string]string // new names of relationships
	// Where a kind reads parts in a way of its own:
	own  any                    // what it keeps about the part
	rows []func() []splice.Text // of a body part: the texts of its pages, instead of the XML's
	more func() []splice.Text   // texts beside the XML's; nil for none
	skip func() (from, to int)  // bytes of src that are not for the XML's sweep
}

// A relationship leads from a part to another, or to something outside.
type relationship struct {
	id, kind string // kind is the last word of its type
	uri      string // its type
	target   string // a part's name, or an address
	external bool
	to       *part
	gone     bool
	at       [2]int // its bytes
	targetAt [2]int // of its address
	idAt     [2]int // of its name
}

// contentTypes are the types of the container's parts.
type contentTypes struct {
	defaults, overrides map[string]string
}

func readTypes(b []byte) (contentTypes, error) {
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
	t := contentTypes{map[string]string{}, map[string]string{}}
	u, err := xmltext.UTF8(b)
	if err == nil {
		err = xml.Unmarshal(u, &x)
	}
	if err != nil {
		return t, unreadable("its list of content types is damaged")
	}
	for _, d := range x.Default {
		t.defaults[strings.ToLower(d.Extension)] = d.ContentType
	}
	for _, o := range x.Override {
		t.overrides[strings.ToLower(strings.TrimPrefix(o.PartName, "/"))] = o.ContentType
	}
	return t, nil
}

func (t contentTypes) of(name string) string {
	name = strings.ToLower(name)
	if c, ok := t.overrides[name]; ok {
		return c
	}
	return t.defaults[strings.TrimPrefix(path.Ext(name), ".")]
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
func readRels(z *zipped.Archive, name, base string) ([]byte, []*relationship, error) {
	if !z.Has(name) {
		return nil, nil, nil
	}
	b, err := z.Read(name)
	if err != nil {
		return nil, nil, fmt.Errorf("document %w", err)
	}
	src, err := xmltext.UTF8(b)
	if err != nil {
		return nil, nil, unreadable("its relationships are damaged")
	}
	var out []*relationship
	s := xmltext.NewScanner(src)
	for {
		t, more, err := s.Next()
		if err != nil {
			return nil, nil, unreadable("its relationships are damaged")
		}
		if !more {
			return src, out, nil
		}
		if t.Kind != xmltext.Start && t.Kind != xmltext.Empty || t.Name[strings.IndexByte(t.Name, ':')+1:] != "Relationship" {
			continue
		}
		r := &relationship{at: [2]int{t.From, t.To}}
		if t.Kind == xmltext.Start {
			end, more, err := s.Next()
			if err != nil || !more || end.Kind != xmltext.End {
				return nil, nil, unreadable("its relationships are damaged")
			}
			r.at[1] = end.To
		}
		for _, a := range t.Attrs {
			v, err := xmltext.Decode(src[a.ValueFrom:a.ValueTo])
			if err != nil {
				return nil, nil, unreadable("its relationships are damaged")
			}
			switch a.Name {
			case "Id":
				r.id, r.idAt = v, [2]int{a.ValueFrom, a.ValueTo}
			case "Type":
				r.kind, r.uri = path.Base(v), v
			case "TargetMode":
				r.external = strings.EqualFold(v, "External")
			case "Target":
				r.target, r.targetAt = v, [2]int{a.ValueFrom, a.ValueTo}
			}
		}
		if !r.external {
			r.target = resolve(base, r.target)
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
func (r *relationship) address(file int) splice.Text {
	scheme := callScheme.FindString(r.target)
	text := r.target[len(scheme):]
	if u, err := url.PathUnescape(text); err == nil && utf8.ValidString(u) {
		text = u
	}
	return splice.Text{{Text: text, File: file, From: r.targetAt[0] + len(scheme), To: r.targetAt[1], Encode: encodeAddress}}
}

// encodeAddress writes an address in an attribute; what no address may hold is
// written with percent signs (RFC 3986, 2.1).
func encodeAddress(old []byte, s string) []byte {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>[]\\^`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return xmltext.EncodeAttr(old, b.String())
}
