package audit

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"

	"consentry/redact/removed"
)

// isXML reports whether a file begins as XML does, in any encoding.
func isXML(b []byte) bool {
	b = bytes.TrimLeft(bytes.TrimPrefix(b[:min(len(b), 512)], []byte("\xef\xbb\xbf")), " \t\r\n")
	for _, start := range []string{"<", "\xff\xfe<\x00", "\xfe\xff\x00<", "\x00<"} {
		if bytes.HasPrefix(b, []byte(start)) {
			return true
		}
	}
	return false
}

// paragraphs are the elements whose text is read in one go, in all formats.
var paragraphs = map[string]bool{"p": true, "h": true, "si": true, "is": true, "rt": true, "rPh": true, "v": true, "f": true, "comment": true, "del": true, "Fallback": true}

// asides are the elements whose text is none of the text around it.
var asides = map[string]bool{"instrText": true, "delInstrText": true}

// formulas are the elements that hold one, and function its words of the format that
// a writer cannot tell from a column's name and therefore keeps: MAX( is nobody.
var (
	formulas = map[string]bool{"f": true, "formula": true, "formula1": true, "formula2": true, "definedName": true, "calculatedColumnFormula": true, "totalsRowFormula": true}
	function = regexp.MustCompile(`\b((ABS|AND|ASC|COS|COT|CSC|DAY|DDB|DEC|EXP|GCD|IFS?|INT|IRR|LCM|LEN|LET|LOG|MAX|MID|MIN|MOD|NOT|NOW|NPV|ODD|OR|PMT|ROW|SEC|SIN|SLN|SUM|SYD|TAN|VAR|VDB|XOR|DB|FV|LN|NA|PI|PV)\(|(TRUE|FALSE)\b)`)
)

// A buffer gathers the text of one paragraph.
type buffer struct{ text, aside strings.Builder }

// xml looks into an XML file.
func (h *hunt) xml(name string, body []byte, place string, depth int) error {
	// What a raw search finds in plain letters may be a word of the format.
	if err := h.raw(body, true, place, func(c removed.Coding) bool { return c == removed.UTF8 || c == removed.GB }); err != nil {
		return err
	}
	if u, ok := wide(body); ok {
		body = u
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	d.CharsetReader = charset.NewReaderLabel
	d.Strict = true
	texts, whole := h.view("text", 0), h.view("text of a whole file", 4)
	whole.excuse = divided
	beside := h.view("comments and instructions", 2)
	values := &values{h: h, place: place, depth: depth, types: strings.EqualFold(name, "[Content_Types].xml")}
	stack := []*buffer{{}}
	var all strings.Builder
	end := func(b *buffer) {
		texts.text(b.text.String(), place)
		texts.text(b.aside.String(), place)
		all.WriteString(b.text.String())
		all.WriteByte('\n')
		all.WriteString(b.aside.String())
		all.WriteByte('\n')
	}
	var open []xml.Name
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("read %s: it is no well-formed XML", place)
		}
		if err := h.ctx.Err(); err != nil {
			return err
		}
		now := stack[len(stack)-1]
		switch t := t.(type) {
		case xml.StartElement:
			open = append(open, t.Name)
			if paragraphs[t.Name.Local] {
				stack = append(stack, &buffer{})
			}
			if err := values.element(t); err != nil {
				return err
			}
			h.signs(t, place)
			now.text.WriteString(symbol(t))
		case xml.EndElement:
			open = open[:len(open)-1]
			if paragraphs[t.Name.Local] {
				end(now)
				stack = stack[:len(stack)-1]
			} else if len(stack) == 1 {
				now.text.WriteByte('\n')
			}
		case xml.CharData:
			s, in := string(t), ""
			if n := len(open); n > 0 {
				in = open[n-1].Local
			}
			switch {
			case in == "config-item" && (s == "true" || s == "false"):
			case asides[in]:
				now.aside.WriteString(s)
			case formulas[in]:
				now.text.WriteString(function.ReplaceAllString(s, "_("))
			default:
				now.text.WriteString(s)
			}
			if err := values.decoded(s); err != nil {
				return err
			}
		case xml.Comment:
			if !strings.EqualFold(path.Ext(name), ".svg") { // whose comments are texts to their own format
				h.part("xml-comment", place)
			}
			beside.text(string(t), place)
		case xml.ProcInst:
			if t.Target != "xml" {
				beside.text(t.Target+" "+string(t.Inst), place)
			}
		case xml.Directive:
			beside.text(string(t), place)
		}
	}
	end(stack[0])
	whole.text(all.String(), place)
	return nil
}

// symbol is the character that an element stands for, in a face of symbols too.
func symbol(t xml.StartElement) string {
	if t.Name.Local != "sym" {
		return ""
	}
	for _, a := range t.Attr {
		if n, err := strconv.ParseUint(a.Value, 16, 16); a.Name.Local == "char" && err == nil {
			return string(rune(n &^ 0xf000))
		}
	}
	return ""
}

// divided excuses a single word over two paragraphs: it is two words.
func divided(t *removed.Text, s string, lo, hi int) bool {
	return strings.Contains(s[lo:hi], "\n") && !strings.Contains(strings.TrimSpace(t.Written), " ")
}

// word excuses a single word in small letters, in a value that is no address: the
// formats have hundreds of such words.
func word(t *removed.Text, s string, lo, hi int) bool {
	return !strings.ContainsAny(s, "/@\\%") && small.MatchString(s[lo:hi]) && !strings.Contains(strings.TrimSpace(t.Written), " ")
}

var small = regexp.MustCompile(`^[a-z]+$`)

// wide gives a file in UTF-16 in UTF-8, without its declaration.
func wide(b []byte) ([]byte, bool) {
	order := unicode.LittleEndian
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("<\x00")):
	case bytes.HasPrefix(b, []byte("\xfe\xff")), bytes.HasPrefix(b, []byte("\x00<")):
		order = unicode.BigEndian
	default:
		return nil, false
	}
	u, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(b)
	if err != nil {
		u, err = unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(b)
	}
	u = bytes.TrimPrefix(u, []byte("\xef\xbb\xbf"))
	if i := bytes.Index(u, []byte("?>")); bytes.HasPrefix(u, []byte("<?xml")) && i > 0 {
		u = u[i+2:]
	}
	return u, err == nil
}

// values looks at what is no text: attributes, namespaces, base64.
type values struct {
	h     *hunt
	place string
	depth int
	types bool // the list of content types
}

var (
	// vocabulary are the addresses and types that the formats define.
	vocabulary = regexp.MustCompile(`^(https?://(schemas\.(openxmlformats|microsoft)\.(org|com)|purl\.oclc\.org|purl\.org|www\.w3\.org|openoffice\.org|docs\.oasis-open\.org)[!-~]*|urn:(schemas-microsoft-com|oasis|org:documentfoundation|openoffice|ISBN)[!-~]*|application/[-a-zA-Z0-9.+]+|image/[-a-z0-9.+]+|text/[a-z]+)$`)
	// keyword is one word of a format: it begins with a small letter.
	keyword = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)
	number  = regexp.MustCompile(`^[-+]?[0-9.]{1,7}(%|[a-z]{2})?$`)
	base    = regexp.MustCompile(`^[A-Za-z0-9+/\s]{24,}={0,2}\s*$`)
)

func (v *values) element(t xml.StartElement) error {
	outside := slices.ContainsFunc(t.Attr, func(a xml.Attr) bool { return a.Name.Local == "TargetMode" && a.Value == "External" })
	names, attrs := v.h.view("names of elements and attributes", 2), v.h.view("attributes", 2)
	attrs.excuse = word
	if t.Name.Space != "" && !vocabulary.MatchString(t.Name.Space) {
		names.text(t.Name.Space+" "+t.Name.Local, v.place)
	}
	for _, a := range t.Attr {
		switch {
		case a.Name.Space == "xmlns" || a.Name.Local == "xmlns":
			if !vocabulary.MatchString(a.Value) {
				names.text(a.Value, v.place)
			}
			continue
		case a.Name.Space != "" && !vocabulary.MatchString(a.Name.Space):
			names.text(a.Name.Local, v.place)
		}
		s := a.Value
		switch {
		case vocabulary.MatchString(s), number.MatchString(s), keyword.MatchString(s), a.Name.Local == "TargetMode" && (s == "External" || s == "Internal"):
			continue
		case v.types && a.Name.Local == "PartName", a.Name.Local == "Target" && !outside, a.Name.Local == "full-path", strings.HasPrefix(s, "./"):
			s = unusual(s)
		}
		attrs.text(s, v.place)
		if u, err := url.PathUnescape(s); err == nil && u != s {
			v.h.view("percent-encoded attributes", 2).text(u, v.place)
		}
		if err := v.decoded(s); err != nil {
			return err
		}
	}
	return nil
}

// decoded looks into what may be base64.
func (v *values) decoded(s string) error {
	s = strings.TrimSpace(s)
	if len(s) < 24 || !base.MatchString(s) {
		return nil
	}
	b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), ""))
	if err != nil {
		return nil
	}
	if bytes.HasPrefix(b, []byte("PK\x03\x04")) && v.depth < maxDepth {
		return v.h.container(b, v.place+" / base64 / ", v.depth+1)
	}
	return v.h.raw(b, false, v.place+", base64", none)
}
