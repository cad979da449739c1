package attack

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/http"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"consentry/redact"
)

// deepest is how deep files within files are opened.
const deepest = 12

// open takes a file apart; media is what it is said to be, or empty.
func (s *pieces) open(media string, b []byte, depth int) error {
	if depth > deepest {
		return fmt.Errorf("files lie more than %d deep within one another", deepest)
	}
	if err := s.ctx.Err(); err != nil {
		return err
	}
	head := strings.ToLower(string(bytes.TrimLeft(b[:min(len(b), 512)], "\ufeff \t\r\n")))
	switch {
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		return s.zipped(b, depth)
	case media == mailType:
		return s.message(b, depth)
	case media == svgType || strings.HasPrefix(head, "<svg") || strings.HasPrefix(head, "<?xml") && strings.Contains(head, "<svg"):
		return s.drawing(b, depth)
	case media == htmlType, media == xhtmlType, strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"):
		return s.page(b, depth)
	case !readable(b):
		return s.picture(b)
	}
	text := string(b)
	if err := s.look("text", text); err != nil {
		return err
	}
	return s.encoded(text, depth)
}

// picture looks for metadata in a picture inside; other files are left to those who
// open them.
func (s *pieces) picture(b []byte) error {
	media := http.DetectContentType(b)
	switch media {
	case "image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp":
	default:
		return nil
	}
	leaks, err := Metadata{}.Try(s.ctx, redact.Released{Asset: redact.Asset{Type: media, Size: int64(len(b))}, Body: bytes.NewReader(b), Rights: s.rights})
	if err != nil {
		return err
	}
	for _, l := range leaks {
		l.By, l.Where = s.by, "a picture inside: "+l.Where
		s.leaks = append(s.leaks, l)
	}
	return nil
}

// breaking are the elements that part what is read in one go.
const breaking = " address article aside blockquote body br button caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe legend li main nav noscript ol optgroup option p pre section select summary svg table tbody td template text textarea tfoot th thead title tr ul video "

// page takes a page apart as a browser's parser does.
func (s *pieces) page(b []byte, depth int) error {
	if len(b) == 0 {
		return nil
	}
	in, err := charset.NewReader(bytes.NewReader(b), "text/html")
	if err != nil {
		return err
	}
	root, err := html.Parse(in)
	if err != nil {
		return err
	}
	var text strings.Builder
	if err := s.node(root, &text, depth); err != nil {
		return err
	}
	return s.look("the page's text", text.String())
}

func (s *pieces) node(root *html.Node, text *strings.Builder, depth int) error {
	for n := range root.Descendants() {
		switch n.Type {
		case html.TextNode:
			if err := s.textNode(n, text, depth); err != nil {
				return err
			}
		case html.CommentNode, html.DoctypeNode:
			if err := s.look("a comment", n.Data); err != nil {
				return err
			}
			if strings.Contains(n.Data, "<") {
				if err := s.open(htmlType, []byte(n.Data), depth+1); err != nil {
					return err
				}
			}
		case html.ElementNode:
			if strings.Contains(breaking, " "+n.Data+" ") {
				text.WriteByte('\x00')
			}
			if err := s.look("the name of a tag", n.Data); err != nil {
				return err
			}
		}
		for _, a := range n.Attr {
			if err := s.attribute(a.Key, a.Val, depth); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *pieces) textNode(n *html.Node, text *strings.Builder, depth int) error {
	switch parent := n.Parent; {
	case parent != nil && (parent.Data == "rt" || parent.Data == "rp"):
		return s.look("a reading", n.Data)
	case parent != nil && (parent.Data == "script" || parent.Data == "style"):
		return s.code(n.Data, depth)
	case parent != nil && (parent.Data == "noscript" || parent.Data == "iframe" || parent.Data == "noembed" || parent.Data == "noframes"):
		return s.open(htmlType, []byte(n.Data), depth+1)
	}
	text.WriteString(n.Data)
	return s.encoded(n.Data, depth)
}

// attribute searches a value, and what it leads to.
func (s *pieces) attribute(name, value string, depth int) error {
	if err := s.look("the name of an attribute", name); err != nil {
		return err
	}
	if head, body, ok := strings.Cut(value, ","); ok && strings.HasPrefix(strings.ToLower(strings.TrimSpace(head)), "data:") {
		return s.data(head, body, depth)
	}
	if err := s.look("an attribute", value); err != nil {
		return err
	}
	if u, err := url.PathUnescape(value); err == nil && u != value {
		if err := s.look("an address", u); err != nil {
			return err
		}
	}
	if name == "style" {
		return s.code(value, depth)
	}
	if name == "srcdoc" {
		return s.open(htmlType, []byte(value), depth+1)
	}
	return s.encoded(value, depth)
}

// data opens a file that is written in an address.
func (s *pieces) data(head, body string, depth int) error {
	media, _, _ := strings.Cut(strings.TrimSpace(head)[len("data:"):], ";")
	u, err := url.PathUnescape(body)
	if err != nil {
		u = body
	}
	b := []byte(u)
	if strings.HasSuffix(strings.ToLower(strings.TrimSpace(head)), ";base64") {
		clean := strings.TrimRight(strings.NewReplacer(" ", "", "\n", "", "\r", "", "\t", "").Replace(u), "=")
		if b, err = base64.RawStdEncoding.DecodeString(clean); err != nil {
			return s.look("an address", u)
		}
	}
	return s.open(media, b, depth+1)
}

// code searches a script or a style sheet, as it is and without its escapes.
func (s *pieces) code(text string, depth int) error {
	if err := s.look("a script or style", text); err != nil {
		return err
	}
	for _, at := range dataURL.FindAllString(text, -1) {
		head, body, _ := strings.Cut(at, ",")
		if err := s.data(head, body, depth); err != nil {
			return err
		}
	}
	if strings.Contains(text, `\`) {
		if err := s.look("a script or style", unescaped(text)); err != nil {
			return err
		}
	}
	if u, err := url.PathUnescape(text); err == nil && u != text {
		return s.look("a script or style", u)
	}
	return nil
}

// unescaped resolves \uXXXX of scripts and \XXXX of style sheets.
func unescaped(text string) string {
	return escapes.ReplaceAllStringFunc(text, func(e string) string {
		n, err := strconv.ParseUint(strings.TrimSpace(strings.TrimPrefix(e[1:], "u")), 16, 32)
		if err != nil {
			return e
		}
		return string(rune(n))
	})
}

// drawing takes XML apart. What is not well-formed is an error.
func (s *pieces) drawing(b []byte, depth int) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.CharsetReader = charset.NewReaderLabel
	d.Entity = xml.HTMLEntity
	var text strings.Builder
	for {
		t, err := d.Token()
		if err == io.EOF {
			return s.look("the drawing's text", text.String())
		}
		if err != nil && depth > 0 { // cut out of a script, perhaps
			return s.code(text.String()+"\x00"+string(b[d.InputOffset():]), depth)
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local != "tspan" && t.Name.Local != "a" && t.Name.Local != "textPath" {
				text.WriteByte('\x00')
			}
			err = s.look("the name of a tag", t.Name.Local)
			for _, a := range t.Attr {
				if err == nil {
					err = s.attribute(a.Name.Local, a.Value, depth)
				}
			}
		case xml.EndElement:
			if t.Name.Local == "text" {
				text.WriteByte('\x00')
			}
		case xml.CharData:
			text.Write(t)
			err = s.code(string(t), depth)
		case xml.Comment:
			err = s.look("a comment", string(t))
		case xml.ProcInst:
			err = s.look("an instruction", string(t.Inst))
		case xml.Directive:
			err = s.look("a declaration", string(t))
		}
		if err != nil {
			return err
		}
	}
}

var headers = mime.WordDecoder{CharsetReader: charset.NewReaderLabel}

// message takes mail apart.
func (s *pieces) message(b []byte, depth int) error {
	m, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil {
		return s.damaged(b, depth)
	}
	return s.entity(m.Header, m.Body, depth)
}

// damaged searches a message, or a piece of one, that the standard library cannot
// take apart: as it is, and whatever in it is encoded.
func (s *pieces) damaged(b []byte, depth int) error {
	if err := s.look("a damaged message", string(b)); err != nil {
		return err
	}
	if q, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(b))); err == nil {
		if err := s.look("a damaged message", string(q)); err != nil {
			return err
		}
	}
	for _, w := range word.FindAllString(string(b), -1) {
		if err := s.field(w); err != nil {
			return err
		}
	}
	return s.encoded(lines.ReplaceAllString(string(b), "$1"), depth)
}

var (
	word  = regexp.MustCompile(`=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=`)
	lines = regexp.MustCompile(`([A-Za-z0-9+/]{60,})\r?\n`)
)

func (s *pieces) entity(header map[string][]string, body io.Reader, depth int) error {
	if depth > deepest {
		return fmt.Errorf("parts lie more than %d deep within one another", deepest)
	}
	for _, name := range slices.Sorted(maps.Keys(header)) {
		if err := s.look("the name of a header field", name); err != nil {
			return err
		}
		for _, v := range header[name] {
			if err := s.field(v); err != nil {
				return err
			}
		}
	}
	first := func(name string) string {
		if v := header[name]; len(v) > 0 {
			return v[0]
		}
		return ""
	}
	media, params, _ := mime.ParseMediaType(first("Content-Type"))
	switch strings.ToLower(first("Content-Transfer-Encoding")) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	if strings.HasPrefix(media, "multipart/") && params["boundary"] != "" {
		b, err := io.ReadAll(body)
		if err != nil {
			return s.damaged(b, depth)
		}
		for r := multipart.NewReader(bytes.NewReader(b), params["boundary"]); ; {
			p, err := r.NextRawPart()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return s.damaged(b, depth)
			}
			if err := s.entity(p.Header, p, depth+1); err != nil {
				return err
			}
		}
	}
	if set := params["charset"]; set != "" && media != htmlType {
		if r, err := charset.NewReaderLabel(set, body); err == nil {
			body = r
		}
	}
	b, err := io.ReadAll(body)
	if err != nil { // what came before is searched; the rest as bytes
		return s.damaged(b, depth)
	}
	return s.open(media, b, depth+1)
}

// field searches a header field, as it is written and as it is read.
func (s *pieces) field(v string) error {
	if err := s.look("a header field", v); err != nil {
		return err
	}
	if d, err := headers.DecodeHeader(v); err == nil && d != v {
		if err := s.look("a header field", d); err != nil {
			return err
		}
	}
	_, params, err := mime.ParseMediaType(v)
	if err != nil {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(params)) {
		p := params[name]
		if d, err := headers.DecodeHeader(p); err == nil {
			p = d
		}
		if err := s.look("a parameter of a header field", p); err != nil {
			return err
		}
	}
	return nil
}

// zipped opens the files of an archive.
func (s *pieces) zipped(b []byte, depth int) error {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	if err := s.look("the remark of an archive", z.Comment); err != nil {
		return err
	}
	for _, f := range z.File {
		if err := s.look("a file's name", f.Name+"\n"+f.Comment); err != nil {
			return err
		}
		r, err := f.Open()
		if err != nil {
			return err
		}
		c, err := io.ReadAll(io.LimitReader(r, most-int64(s.budget)+1))
		if err != nil {
			return err
		}
		s.budget += len(c)
		if err := s.open("", c, depth+1); err != nil {
			return err
		}
	}
	return nil
}
