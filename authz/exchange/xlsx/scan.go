package xlsx

import (
	"bufio"
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A scanner cuts the XML of a sheet into tags and texts. The standard library's
// decoder makes several objects a cell, which is too slow for a registry.
type scanner struct {
	r   *bufio.Reader
	tag []byte
	txt []byte
}

func newScanner(r io.Reader) *scanner { return &scanner{r: bufio.NewReaderSize(r, 64<<10)} }

// maxTag and maxText bound what is held of one tag and one text.
const (
	maxTag  = 64 << 10
	maxText = 1 << 20
)

// A tag is an element's beginning or end. attrs is good until the next tag.
type tag struct {
	name         string // without its prefix
	attrs        []byte
	close, empty bool
}

func (t tag) open() bool { return !t.close }

// attr is an attribute's value, or empty.
func (t tag) attr(name string) string {
	rest := t.attrs
	for {
		i := bytes.IndexByte(rest, '=')
		if i < 0 || i+1 >= len(rest) {
			return ""
		}
		key := bytes.TrimSpace(rest[:i])
		rest = bytes.TrimLeft(rest[i+1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return ""
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return ""
		}
		if string(key) == name {
			return string(rest[1 : 1+end])
		}
		rest = rest[end+2:]
	}
}

// next goes to the next tag. It gives io.EOF at the end, and ErrFormat for what
// is no XML.
func (s *scanner) next() (tag, error) {
	for {
		if err := s.skipTo('<'); err != nil {
			return tag{}, err
		}
		t, ok, err := s.readTag()
		if err != nil || ok {
			return t, err
		}
	}
}

func (s *scanner) skipTo(c byte) error {
	for {
		_, err := s.r.ReadSlice(c)
		if err != bufio.ErrBufferFull {
			return err
		}
	}
}

// readTag reads what follows a "<"; false for what is no element's. A CDATA
// section is none here: only text reads those.
func (s *scanner) readTag() (tag, bool, error) {
	first, err := s.r.Peek(1)
	if err != nil {
		return tag{}, false, broken(err)
	}
	switch first[0] {
	case '!':
		return tag{}, false, s.skipMarkup()
	case '?':
		return tag{}, false, broken(s.skipPast("?>"))
	}
	s.tag = s.tag[:0]
	var quote byte
	for done := false; !done; {
		part, err := s.r.ReadSlice('>')
		if err != nil && err != bufio.ErrBufferFull {
			return tag{}, false, broken(err)
		}
		for _, c := range part {
			switch {
			case c == quote:
				quote = 0
			case quote == 0 && (c == '"' || c == '\''):
				quote = c
			}
		}
		if s.tag = append(s.tag, part...); len(s.tag) > maxTag {
			return tag{}, false, ErrTooLarge
		}
		done = err == nil && quote == 0
	}
	s.tag = s.tag[:len(s.tag)-1]
	b := s.tag
	t := tag{}
	if len(b) > 0 && b[0] == '/' {
		t.close, b = true, b[1:]
	} else if len(b) > 0 && b[len(b)-1] == '/' {
		t.empty, b = true, b[:len(b)-1]
	}
	name := b
	if i := bytes.IndexAny(b, " \t\r\n"); i >= 0 {
		name, t.attrs = b[:i], b[i:]
	}
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	t.name = known(name)
	return t, true, nil
}

// known spares a copy of the names that stand in every row.
func known(name []byte) string {
	switch string(name) {
	case "c":
		return "c"
	case "v":
		return "v"
	case "row":
		return "row"
	case "is":
		return "is"
	case "t":
		return "t"
	case "si":
		return "si"
	}
	return string(name)
}

func broken(err error) error {
	if err == io.EOF {
		return ErrFormat
	}
	return err
}

// skipMarkup skips a comment, a CDATA section or a declaration. A document type
// with declarations of its own is refused: no workbook has one.
func (s *scanner) skipMarkup() error {
	head, err := s.r.Peek(3)
	switch {
	case err == nil && string(head) == "!--":
		if _, err := s.r.Discard(3); err != nil {
			return broken(err)
		}
		return broken(s.skipPast("-->"))
	case err == nil && head[1] == '[':
		return broken(s.skipPast("]]>"))
	}
	return ErrFormat
}

func (s *scanner) skipPast(end string) error {
	last := end[len(end)-1]
	tail := make([]byte, 0, 2*len(end))
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return err
		}
		if len(tail) == len(end) {
			copy(tail, tail[1:])
			tail = tail[:len(end)-1]
		}
		if tail = append(tail, c); c == last && string(tail) == end {
			return nil
		}
	}
}

// text reads up to the end of an element: its characters, without those of
// elements inside it.
func (s *scanner) text(name string) (string, error) {
	s.txt = s.txt[:0]
	for {
		for {
			part, err := s.r.ReadSlice('<')
			s.txt = append(s.txt, part...)
			if len(s.txt) > maxText {
				return "", ErrTooLarge
			}
			if err == nil {
				break
			}
			if err != bufio.ErrBufferFull {
				return "", broken(err)
			}
		}
		s.txt = s.txt[:len(s.txt)-1]
		if head, err := s.r.Peek(8); err == nil && string(head) == "![CDATA[" {
			if err := s.cdata(); err != nil {
				return "", err
			}
			continue
		}
		t, ok, err := s.readTag()
		if err != nil {
			return "", err
		}
		if ok && t.close && t.name == name {
			return entities(s.txt), nil
		}
	}
}

// cdata adds a CDATA section, its marks written as entities.
func (s *scanner) cdata() error {
	if _, err := s.r.Discard(8); err != nil {
		return broken(err)
	}
	start := len(s.txt)
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return broken(err)
		}
		if s.txt = append(s.txt, c); len(s.txt) > maxText {
			return ErrTooLarge
		}
		if c == '>' && bytes.HasSuffix(s.txt[start:], []byte("]]>")) {
			raw := strings.ReplaceAll(string(s.txt[start:len(s.txt)-3]), "&", "&amp;")
			s.txt = append(s.txt[:start], raw...)
			return nil
		}
	}
}

// texts reads up to the end of an element all texts of its runs.
func (s *scanner) texts(name string) (string, error) {
	all, reading := "", false
	for {
		t, err := s.next()
		if err != nil {
			return "", broken(err)
		}
		switch {
		case t.name == name && t.close:
			return unescape(all), nil
		case t.name == "rPh":
			reading = t.open() && !t.empty
		case t.name == "t" && t.open() && !t.empty:
			one, err := s.text("t")
			if err != nil {
				return "", err
			}
			if !reading {
				if all += one; len(all) > maxText {
					return "", ErrTooLarge
				}
			}
		}
	}
}

// entities reads &amp; and its like; what is none stays.
func entities(b []byte) string {
	if bytes.IndexByte(b, '&') < 0 {
		return string(b)
	}
	var out strings.Builder
	for s := string(b); s != ""; {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			out.WriteString(s)
			break
		}
		out.WriteString(s[:i])
		s = s[i:]
		name, rest, ok := strings.Cut(s[1:], ";")
		r, known := entity(name)
		if !ok || !known {
			out.WriteByte('&')
			s = s[1:]
			continue
		}
		out.WriteRune(r)
		s = rest
	}
	return out.String()
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
	if hex, ok := strings.CutPrefix(name, "#x"); ok {
		n, err := strconv.ParseUint(hex, 16, 32)
		return rune(n), err == nil && utf8.ValidRune(rune(n))
	}
	if dec, ok := strings.CutPrefix(name, "#"); ok {
		n, err := strconv.ParseUint(dec, 10, 32)
		return rune(n), err == nil && utf8.ValidRune(rune(n))
	}
	return 0, false
}

// unescape reads the _x000D_ by which a workbook writes what XML cannot.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || len(s) < i+7 {
			out.WriteString(s)
			return out.String()
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' || !utf8.ValidRune(rune(n)) {
			out.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		out.WriteString(s[:i])
		out.WriteRune(rune(n))
		s = s[i+7:]
	}
}
