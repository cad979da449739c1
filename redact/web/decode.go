package web

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"consentry/redact"
	"consentry/redact/charset"
)

// A decoded file is in UTF-8, with the way back.
type decoded struct {
	text  string
	bom   string
	enc   encoding.Encoding // that it was written in; nil: UTF-8
	exact bool              // encoding the text gives the file again
}

var (
	declaration = regexp.MustCompile(`(?i)<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([a-z0-9_:.-]+)`)
	prolog      = regexp.MustCompile(`^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)
)

// view is how far a declaration is looked for.
const view = 4096

// decode tells the encoding from a byte order mark, the bytes, or what the file
// says. What cannot be decoded without a doubt is an error.
func decode(b []byte, xml bool) (decoded, error) {
	switch {
	case len(b) == 0:
		return decoded{}, unreadable("empty")
	case bytes.HasPrefix(b, []byte(charset.BOM16LE)), bytes.HasPrefix(b, []byte(charset.BOM16BE)), bytes.IndexByte(b, 0) >= 0:
		t, err := charset.Decode(b)
		if err != nil {
			return decoded{}, err
		}
		e := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
		if t.Name == charset.UTF16BE.Name {
			e = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
		}
		return found(t.Text, t.BOM, e, t.Source), nil
	}
	bom := ""
	if rest, ok := bytes.CutPrefix(b, []byte(charset.BOM8)); ok {
		b, bom = rest, charset.BOM8
	}
	switch {
	case len(b) == 0:
		return decoded{}, unreadable("empty")
	case charset.Control(b):
		return decoded{}, unreadable("control bytes, which no page has")
	}
	name := named(b, xml)
	e, err := htmlindex.Get(name)
	if xml && name != "" && err != nil {
		return decoded{}, unreadable("an encoding that is not known: save it as UTF-8 and add it again")
	}
	legacy := name != "" && err == nil && !strings.EqualFold(label(e), "utf-8")
	if legacy && label(e) == "replacement" { // HZ and others in which ASCII is not itself
		return decoded{}, unreadable("an encoding that no browser reads: save it as UTF-8 and add it again")
	}
	if utf8.Valid(b) {
		if _, err := charset.Decode(b); err == nil || bom != "" || !legacy {
			return found(string(b), bom, nil, b), nil
		}
	}
	if legacy && bom == "" {
		return strict(b, e)
	}
	if bom == "" && name == "" {
		if t, err := charset.Decode(b); err == nil {
			if e, err := htmlindex.Get(t.Name); err == nil {
				return strict(b, e)
			}
		}
		if western(b) {
			return strict(b, charmap.Windows1252)
		}
	}
	return decoded{}, unreadable("the encoding is not what the file says, or not known: save it as UTF-8 and add it again")
}

func label(e encoding.Encoding) string {
	n, _ := htmlindex.Name(e)
	return n
}

// named is the encoding that a file names.
func named(b []byte, xml bool) string {
	head := b[:min(len(b), view)]
	if m := prolog.FindSubmatch(head); m != nil {
		return string(m[1])
	}
	if m := declaration.FindSubmatch(head); m != nil && !xml {
		return string(m[1])
	}
	return ""
}

func strict(b []byte, e encoding.Encoding) (decoded, error) {
	t, err := e.NewDecoder().Bytes(b)
	if err != nil || bytes.ContainsRune(t, utf8.RuneError) || charset.Control(t) {
		return decoded{}, unreadable("damaged, or in another encoding than it says: save it as UTF-8 and add it again")
	}
	return found(string(t), "", e, b), nil
}

func found(text, bom string, e encoding.Encoding, source []byte) decoded {
	d := decoded{text: text, bom: bom, enc: e, exact: true}
	if e != nil {
		back, err := e.NewEncoder().String(text)
		d.exact = err == nil && back == string(source)
	}
	return d
}

// western reports whether the bytes beyond ASCII stand alone among letters, as
// accents do in Western European texts.
func western(b []byte) bool {
	alone, beside := 0, 0
	for i, c := range b {
		switch {
		case c < 0x80:
		case i > 0 && b[i-1] >= 0x80 || i+1 < len(b) && b[i+1] >= 0x80:
			beside++
		default:
			alone++
		}
	}
	return beside*20 <= alone
}

// finish writes the file's own encoding, or UTF-8 where that cannot spell what
// stands in it now; then it says so.
func (d decoded) finish(b []byte) ([]byte, []redact.Note, error) {
	if d.enc == nil {
		return append([]byte(d.bom), b...), nil, nil
	}
	if d.exact {
		out, err := d.enc.NewEncoder().Bytes(b)
		ok := err == nil
		if d.enc == traditionalchinese.Big5 {
			out, ok = charset.Big5.Encode(string(b))
		}
		if ok {
			return append([]byte(d.bom), out...), nil, nil
		}
	}
	head := string(b[:min(len(b), view)])
	for _, re := range []*regexp.Regexp{prolog, declaration} {
		if at := re.FindStringSubmatchIndex(head); at != nil {
			b = bytes.Join([][]byte{b[:at[2]], []byte("utf-8"), b[at[3]:]}, nil)
			head = string(b[:min(len(b), view)])
		}
	}
	return append([]byte(charset.BOM8), b...), []redact.Note{{Code: "charset-changed"}}, nil
}
