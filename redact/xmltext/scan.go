package xmltext

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Kind is what a Token is.
type Kind uint8

// The kinds of tokens.
const (
	CharData Kind = iota
	CDATA         // the bytes between its brackets are its text
	Start
	Empty // a start tag that ends its element
	End
	Comment
	Instruction // <? … ?>, the declaration too
	Doctype
)

// A Token is a piece of a file, with its bytes: no byte is in none, none in two.
type Token struct {
	Kind     Kind
	From, To int    // bytes
	Name     string // of a tag, as written; of an instruction, its target
	Attrs    []Attr // of a start tag; good until the next call
}

// An Attr is an attribute with its bytes.
type Attr struct {
	Name               string // as written
	From, To           int    // from the space before it to behind its quote
	ValueFrom, ValueTo int    // between its quotes
}

// A Scanner cuts a file in UTF-8 into tokens. It does not look whether tags match.
type Scanner struct {
	src   []byte
	at    int
	attrs []Attr
}

// NewScanner scans src, which is not changed.
func NewScanner(src []byte) *Scanner {
	s := &Scanner{src: src}
	if bytes.HasPrefix(src, []byte("\xef\xbb\xbf")) {
		s.at = 3
	}
	return s
}

// The errors of files that are no XML, or none that is read.
var (
	ErrSyntax   = errors.New("it is no well-formed XML")
	ErrEntities = errors.New("it declares entities of its own")
)

func bad(what string, at int) error { return fmt.Errorf("%w: %s at byte %d", ErrSyntax, what, at) }

// Next gives the next token; false at the end.
func (s *Scanner) Next() (t Token, more bool, err error) {
	if s.at >= len(s.src) {
		return t, false, nil
	}
	rest := s.src[s.at:]
	t.From = s.at
	switch {
	case rest[0] != '<':
		n := bytes.IndexByte(rest, '<')
		if n < 0 {
			n = len(rest)
		}
		if bytes.Contains(rest[:n], []byte("]]>")) {
			return t, false, bad("]]> in text", s.at)
		}
		s.at += n
	case bytes.HasPrefix(rest, []byte("<!--")):
		err = s.through(&t, Comment, 4, "-->")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		err = s.through(&t, CDATA, 9, "]]>")
	case bytes.HasPrefix(rest, []byte("<?")):
		err = s.through(&t, Instruction, 2, "?>")
		t.Name = name(s.src[min(t.From+2, s.at):s.at])
	case bytes.HasPrefix(rest, []byte("<!DOCTYPE")):
		n := bytes.IndexAny(rest, "[>")
		if n >= 0 && rest[n] == '[' {
			return t, false, ErrEntities
		}
		err = s.through(&t, Doctype, 9, ">")
	case bytes.HasPrefix(rest, []byte("</")):
		err = s.through(&t, End, 2, ">")
		if err == nil {
			t.Name = name(s.src[t.From+2 : s.at])
			if t.Name == "" || len(bytes.TrimSpace(s.src[t.From+2+len(t.Name):s.at-1])) > 0 {
				err = bad("an end tag", t.From)
			}
		}
	default:
		err = s.tag(&t)
	}
	t.To = s.at
	return t, err == nil, err
}

func (s *Scanner) through(t *Token, k Kind, skip int, end string) error {
	n := bytes.Index(s.src[min(s.at+skip, len(s.src)):], []byte(end))
	if n < 0 {
		return bad("something that does not end", s.at)
	}
	t.Kind = k
	s.at += skip + n + len(end)
	return nil
}

// tag reads a start tag.
func (s *Scanner) tag(t *Token) error {
	t.Kind = Start
	t.Name = name(s.src[s.at+1:])
	if t.Name == "" {
		return bad("a tag without a name", s.at)
	}
	i := s.at + 1 + len(t.Name)
	s.attrs = s.attrs[:0]
	for {
		from := i
		for i < len(s.src) && space(s.src[i]) {
			i++
		}
		if i >= len(s.src) {
			return bad("a tag that does not end", t.From)
		}
		switch {
		case s.src[i] == '>':
			s.at = i + 1
			t.Attrs = s.attrs
			return nil
		case s.src[i] == '/' && i+1 < len(s.src) && s.src[i+1] == '>':
			t.Kind = Empty
			s.at = i + 2
			t.Attrs = s.attrs
			return nil
		case from == i:
			return bad("a tag", t.From)
		}
		a := Attr{Name: name(s.src[i:]), From: from}
		i += len(a.Name)
		for i < len(s.src) && space(s.src[i]) {
			i++
		}
		if a.Name == "" || i >= len(s.src) || s.src[i] != '=' {
			return bad("an attribute", from)
		}
		for i++; i < len(s.src) && space(s.src[i]); i++ {
		}
		if i >= len(s.src) || s.src[i] != '"' && s.src[i] != '\'' {
			return bad("an attribute without quotes", from)
		}
		n := bytes.IndexByte(s.src[i+1:], s.src[i])
		if n < 0 || bytes.IndexByte(s.src[i+1:i+1+n], '<') >= 0 {
			return bad("an attribute", from)
		}
		a.ValueFrom, a.ValueTo = i+1, i+1+n
		i += n + 2
		a.To = i
		s.attrs = append(s.attrs, a)
	}
}

func space(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

// name is the name that b begins with.
func name(b []byte) string {
	n := 0
	for n < len(b) && !space(b[n]) && strings.IndexByte("/>=<'\"?&;", b[n]) < 0 {
		n++
	}
	return string(b[:n])
}

// Decode is what text between tags, or an attribute's value, says. Line ends are
// one rune, as XML has it (2.11).
func Decode(b []byte) (string, error) {
	if !utf8.Valid(b) {
		return "", bad("a text that is no UTF-8", 0)
	}
	s := string(b)
	if strings.ContainsRune(s, '\r') {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	if strings.IndexByte(s, '&') < 0 {
		return s, nil
	}
	var out strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			out.WriteString(s)
			return out.String(), nil
		}
		out.WriteString(s[:i])
		end := strings.IndexByte(s[i:], ';')
		if end < 0 {
			return "", bad("an entity that does not end", 0)
		}
		r, ok := entity(s[i+1 : i+end])
		if !ok {
			return "", fmt.Errorf("%w: an unknown entity", ErrSyntax)
		}
		out.WriteRune(r)
		s = s[i+end+1:]
	}
}

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, ok := strings.CutPrefix(name, "#")
	base := 10
	if strings.HasPrefix(digits, "x") {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if !ok || err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}

var (
	textEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	attrEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;", "\r", "&#xD;", "\n", "&#xA;", "\t", "&#9;")
)

// EncodeText writes a text between tags; it is a splice.Encode.
func EncodeText(_ []byte, s string) []byte { return []byte(textEscapes.Replace(allowed(s))) }

// EncodeAttr writes a text between quotes of either kind; it is a splice.Encode.
func EncodeAttr(_ []byte, s string) []byte { return []byte(attrEscapes.Replace(allowed(s))) }

// EncodeCDATA writes a text where a whole CDATA section was; it is a splice.Encode.
func EncodeCDATA(_ []byte, s string) []byte { return EncodeText(nil, s) }

// allowed leaves out what no XML file may hold (2.2).
func allowed(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s)
}
