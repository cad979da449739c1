package mail

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"

	"consentry/redact"
	"consentry/redact/inside"
	"consentry/redact/places"
	"consentry/redact/splice"
)

// plainly reports whether bytes stand as they are.
func plainly(encoding string) bool {
	switch encoding {
	case "", "7bit", "8bit", "binary":
		return true
	}
	return false
}

// leaf opens what a part holds.
func (m *message) leaf(e *entity, whole *span) error {
	b, err := decoded(m.src[e.body.from:e.body.to], e.encoding)
	if err != nil {
		return m.gone(e, whole)
	}
	if len(bytes.TrimSpace(b)) == 0 {
		m.files = append(m.files, e.said...)
		return nil
	}
	var set encoding.Encoding // the texts' own, if it is not UTF-8
	text := b
	if strings.HasPrefix(e.kind, "text/") && e.charset != "" {
		text, set = recoded(b, e.charset)
	}
	d, err := m.open(e.fileName(), text)
	switch {
	case err != nil:
		return err
	case d == nil && strings.HasPrefix(e.kind, "text/") && e.disposition != "attachment":
		return unreadable("a text of the message cannot be read")
	case d == nil:
		return m.gone(e, whole)
	}
	m.files = append(m.files, e.said...)
	n := m.doc.Files.Add(d)
	m.doc.Holes = append(m.doc.Holes, places.Hole{File: n, Fill: func(w inside.Written) []splice.Change {
		if bytes.Equal(w.Body, text) {
			return nil
		}
		return e.fill(w, set)
	}})
	return nil
}

// gone drops a part that cannot be read, or what it holds where it is all there is.
func (m *message) gone(e *entity, whole *span) error {
	if whole == nil {
		return unreadable("what the message holds cannot be read")
	}
	m.drop(*whole, NoteFile)
	m.dropped = append(m.dropped, e.said...)
	return nil
}

func decoded(s, encoding string) ([]byte, error) {
	switch encoding {
	case "base64":
		clean := strings.NewReplacer("\r", "", "\n", "", " ", "", "\t", "").Replace(s)
		return base64.RawStdEncoding.DecodeString(strings.TrimRight(clean, "="))
	case "quoted-printable":
		return io.ReadAll(quotedprintable.NewReader(strings.NewReader(s)))
	}
	if plainly(encoding) {
		return []byte(s), nil
	}
	return nil, redact.ErrUnreadable // uuencode and others
}

// recoded gives a text in UTF-8, and the encoding it was in, where it is in the one
// it names; else the bytes, from which the text's own reader tells more.
func recoded(b []byte, charset string) ([]byte, encoding.Encoding) {
	e, err := htmlindex.Get(strings.Trim(charset, `"' `))
	if err != nil {
		return b, nil
	}
	if name, _ := htmlindex.Name(e); name == "utf-8" || name == "replacement" {
		return b, nil
	}
	t, err := e.NewDecoder().Bytes(b)
	if err != nil || bytes.ContainsRune(t, '\ufffd') {
		return b, nil
	}
	if back, err := e.NewEncoder().Bytes(t); err != nil || !bytes.Equal(back, b) {
		return b, nil
	}
	return t, e
}

// fill puts what was written of a file in the place of its body, and says in the
// header what is different of it.
func (e *entity) fill(w inside.Written, set encoding.Encoding) (out []splice.Change) {
	change := func(at span, with string) {
		out = append(out, splice.Change{From: at.from, To: at.to, With: []byte(with)})
	}
	body := w.Body
	var added string
	if text := strings.HasPrefix(e.kind, "text/"); text && !isASCII(body) {
		back, err := body, error(nil)
		if set != nil {
			back, err = set.NewEncoder().Bytes(body)
		}
		switch {
		case set != nil && err == nil:
			body = back
		case set == nil && e.charset != "" && e.charset != "us-ascii" && e.charset != "ascii":
		case e.charsetAt.to > e.charsetAt.from:
			change(e.charsetAt, "utf-8")
		case e.typeEnd > 0:
			change(span{e.typeEnd, e.typeEnd}, "; charset=utf-8")
		default:
			added += "Content-Type: text/plain; charset=utf-8" + e.newline
		}
	} else if media, _, _ := strings.Cut(w.Type, ";"); !text && media != e.kind && e.kindAt.to > e.kindAt.from && e.kind != "application/octet-stream" {
		change(e.kindAt, media)
	}
	encoding := e.encoding
	switch {
	case encoding == "base64" || encoding == "quoted-printable":
	case !strings.HasPrefix(e.kind, "text/"):
		encoding = "base64"
	case isASCII(body) && longest(body) < 990:
	case encoding == "8bit" || encoding == "binary":
	default:
		encoding = "quoted-printable"
	}
	if encoding != e.encoding {
		if e.encodingAt.to > e.encodingAt.from {
			change(e.encodingAt, encoding)
		} else {
			added += "Content-Transfer-Encoding: " + encoding + e.newline
		}
	}
	if e.lead != "" { // both begin at one place
		change(e.body, added+e.lead+encode(body, encoding, e.newline))
		return out
	}
	if added != "" {
		change(span{e.headEnd, e.headEnd}, added)
	}
	change(e.body, encode(body, encoding, e.newline))
	return out
}

func encode(b []byte, encoding, newline string) string {
	var out strings.Builder
	switch encoding {
	case "base64":
		s := base64.StdEncoding.EncodeToString(b)
		for len(s) > 76 {
			out.WriteString(s[:76] + newline)
			s = s[76:]
		}
		out.WriteString(s + newline)
	case "quoted-printable":
		w := quotedprintable.NewWriter(&out)
		_, _ = w.Write(b) // into memory
		_ = w.Close()
		if newline == "\n" {
			return strings.ReplaceAll(out.String(), "\r\n", "\n")
		}
	default:
		return string(b)
	}
	return out.String()
}

func isASCII(b []byte) bool {
	return bytes.IndexFunc(b, func(r rune) bool { return r >= 0x80 }) < 0
}

func longest(b []byte) (n int) {
	for l := range bytes.SplitSeq(b, []byte("\n")) {
		n = max(n, len(l))
	}
	return n
}
