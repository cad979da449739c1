package audit

import (
	"bytes"
	"io"
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"consentry/redact/removed"
)

// isHTML reports whether a file is a web page, by its name or its beginning.
func isHTML(name string, b []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".htm", ".html", ".xhtml":
		return true
	}
	head := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(b[:min(len(b), 512)], []byte("\xef\xbb\xbf")), " \t\r\n"))
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

// flowing are the elements whose tags cut no word.
var flowing = map[string]bool{"a": true, "abbr": true, "b": true, "bdi": true, "bdo": true, "big": true, "cite": true, "code": true, "del": true, "em": true, "font": true, "i": true, "ins": true,
	"kbd": true, "mark": true, "q": true, "s": true, "samp": true, "small": true, "span": true, "strike": true, "strong": true, "sub": true, "sup": true, "tt": true, "u": true, "var": true, "wbr": true}

// html looks into a web page, however it is formed: its texts, attributes and
// comments.
func (h *hunt) html(body []byte, place string) error {
	if err := h.raw(body, true, place, func(c removed.Coding) bool { return c == removed.UTF8 || c == removed.GB }); err != nil {
		return err
	}
	r, err := charset.NewReader(bytes.NewReader(body), "text/html")
	if err != nil {
		r = bytes.NewReader(body)
	}
	texts, beside, attrs := h.view("text", 0), h.view("comments and instructions", 2), h.view("attributes", 2)
	attrs.excuse = word
	var text strings.Builder
	for z := html.NewTokenizer(r); ; {
		switch z.Next() {
		case html.ErrorToken:
			texts.text(text.String(), place)
			if err := z.Err(); err != io.EOF {
				return err
			}
			return h.ctx.Err()
		case html.TextToken:
			text.WriteString(string(z.Text()))
		case html.CommentToken, html.DoctypeToken:
			beside.text(z.Token().Data, place)
		default:
			t := z.Token()
			if !flowing[t.Data] {
				text.WriteByte('\n')
			}
			for _, a := range t.Attr {
				attrs.text(a.Val, place)
			}
		}
	}
}
