// Package type1 reads the Type 1 programs embedded in PDF files (Adobe Type 1
// Font Format, 1990) and writes them without some of their glyphs.
package type1

import (
	"bytes"
	"encoding/hex"
	"errors"
	"math"
	"strconv"

	"consentry/redact/pdf/font/glyph"
	"consentry/redact/pdf/syntax"
)

// A Font is a font program.
type Font struct {
	Coded *glyph.Encoding // the built-in encoding; nil where it is written in a way that is not read

	clear   []byte // up to the encrypted part
	private []byte // decrypted, without the first four bytes
	entries []span // of the built-in encoding in clear
	lenIV   int
	scale   float64
	subrs   []proc
	chars   []proc
	count   span // the number after /CharStrings in private
	byName  map[string]int
}

// A span is a part of some bytes.
type span struct{ from, to int }

// A proc is a charstring or a subroutine.
type proc struct {
	name string // of a glyph
	n    int    // of a subroutine
	code []byte // decrypted
	all  span   // in private, from the first token to the last
	data span   // in private
	size span   // the length before the data
}

var errFont = errors.New("not a Type 1 font")

// maxProcs bounds glyphs and subroutines.
const maxProcs = 1 << 16

// Parse reads a font program, also one in PFB segments or with its encrypted part
// in hexadecimal digits.
func Parse(b []byte) (*Font, error) {
	b = withoutSegments(b)
	at := bytes.Index(b, []byte("eexec"))
	if at < 0 || !bytes.HasPrefix(bytes.TrimLeft(b, "\x00\t\r\n "), []byte("%!")) {
		return nil, errFont
	}
	at += len("eexec")
	for at < len(b) && syntax.IsSpace(b[at]) && b[at] != 0 {
		at++
	}
	f := &Font{clear: b[:at], scale: .001}
	secret, hexed := b[at:], true
	for _, c := range secret[:min(4, len(secret))] {
		hexed = hexed && (c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')
	}
	if hexed {
		secret = unhex(secret)
	}
	plain := decrypt(secret, keyPrivate)
	if len(plain) < 4 {
		return nil, errFont
	}
	f.private = plain[4:]
	if end := bytes.Index(f.private, []byte("closefile")); end >= 0 {
		f.private = f.private[:end+len("closefile")]
	}
	f.readClear()
	if err := f.readPrivate(); err != nil {
		return nil, err
	}
	f.byName = make(map[string]int, len(f.chars))
	for i, c := range f.chars {
		f.byName[c.name] = i
	}
	return f, nil
}

// withoutSegments takes the headers out of a PFB file.
func withoutSegments(b []byte) []byte {
	var out []byte
	rest := b
	for len(rest) >= 6 && rest[0] == 0x80 && (rest[1] == 1 || rest[1] == 2) {
		n := int(rest[2]) | int(rest[3])<<8 | int(rest[4])<<16 | int(rest[5])<<24
		rest = rest[6:]
		n = min(n, len(rest))
		out = append(out, rest[:n]...)
		rest = rest[n:]
	}
	if out == nil {
		return b
	}
	return out
}

func unhex(b []byte) []byte {
	digits := make([]byte, 0, len(b))
	for _, c := range b {
		if !syntax.IsSpace(c) {
			digits = append(digits, c)
		}
	}
	out := make([]byte, len(digits)/2)
	n, err := hex.Decode(out, digits[:len(digits)/2*2])
	if err != nil {
		return out[:n]
	}
	return out
}

// A scanner reads PostScript tokens, no further than it is needed for fonts.
type scanner struct {
	b  []byte
	at int
}

// next is the next token and where it stands; empty at the end. Names keep their
// slash.
func (s *scanner) next() (string, span) {
	for s.at < len(s.b) {
		if c := s.b[s.at]; c == '%' {
			for s.at < len(s.b) && s.b[s.at] != '\n' && s.b[s.at] != '\r' {
				s.at++
			}
		} else if syntax.IsSpace(c) {
			s.at++
		} else {
			break
		}
	}
	from := s.at
	if from >= len(s.b) {
		return "", span{from, from}
	}
	s.at++
	switch c := s.b[from]; {
	case c == '(':
		for depth := 1; s.at < len(s.b) && depth > 0; s.at++ {
			switch s.b[s.at] {
			case '\\':
				s.at++
			case '(':
				depth++
			case ')':
				depth--
			}
		}
		s.at = min(s.at, len(s.b))
	case c != '/' && syntax.IsDelimiter(c):
	default:
		for s.at < len(s.b) && !syntax.IsSpace(s.b[s.at]) && !syntax.IsDelimiter(s.b[s.at]) {
			s.at++
		}
	}
	return string(s.b[from:s.at]), span{from, s.at}
}

// integer reads a token; also in another radix, as 8#101.
func integer(t string) (int, bool) {
	v, err := strconv.Atoi(t)
	if err == nil {
		return v, true
	}
	if i := bytes.IndexByte([]byte(t), '#'); i > 0 {
		if base, err := strconv.Atoi(t[:i]); err == nil && base >= 2 && base <= 36 {
			v, err := strconv.ParseInt(t[i+1:], base, 32)
			return int(v), err == nil
		}
	}
	return 0, false
}

// readClear reads the font matrix and the encoding.
func (f *Font) readClear() {
	s := scanner{b: f.clear}
	for {
		t, _ := s.next()
		switch t {
		case "":
			return
		case "/FontMatrix":
			if open, _ := s.next(); open == "[" || open == "{" {
				n, _ := s.next()
				if v, err := strconv.ParseFloat(n, 64); err == nil && v > 0 && v < 1 {
					f.scale = v
				}
			}
		case "/Encoding":
			if f.Coded == nil {
				f.readEncoding(&s)
			}
		}
	}
}

// readEncoding reads dup code /name put, up to def.
func (f *Font) readEncoding(s *scanner) {
	t, _ := s.next()
	if t == "StandardEncoding" {
		e := *glyph.Named("StandardEncoding")
		f.Coded = &e
		return
	}
	if _, ok := integer(t); !ok {
		return
	}
	e := &glyph.Encoding{}
	for {
		t, at := s.next()
		switch t {
		case "", "def", "readonly":
			f.Coded = e
			return
		case "dup":
			c, _ := s.next()
			n, _ := s.next()
			put, end := s.next()
			if code, ok := integer(c); ok && code >= 0 && code < 256 && len(n) > 1 && n[0] == '/' && put == "put" {
				if e[code] = n[1:]; n == "/.notdef" {
					e[code] = ""
				}
				f.entries = append(f.entries, span{at.from, end.to})
			}
		}
	}
}

// readPrivate reads subroutines and charstrings.
func (f *Font) readPrivate() error {
	s := scanner{b: f.private}
	f.lenIV = 4
	for {
		t, _ := s.next()
		switch t {
		case "":
			if len(f.chars) == 0 {
				return errFont
			}
			return nil
		case "/lenIV":
			n, _ := s.next()
			if v, ok := integer(n); ok && v >= -1 && v < 64 {
				f.lenIV = v
			}
		case "/Subrs":
			if f.subrs == nil {
				f.readProcs(&s, &f.subrs)
			}
		case "/CharStrings":
			if f.chars == nil {
				n, at := s.next()
				if _, ok := integer(n); ok {
					f.count = at
					f.readProcs(&s, &f.chars)
				}
			}
		}
	}
}

// readProcs reads dup n length RD bytes NP, or /name length RD bytes ND.
func (f *Font) readProcs(s *scanner, to *[]proc) {
	subrs := to == &f.subrs
	for len(*to) < maxProcs {
		before := s.at
		t, at := s.next()
		p := proc{all: at}
		switch {
		case t == "" || t == "end" || t == "/CharStrings":
			if t == "/CharStrings" {
				s.at = before
			}
			return
		case subrs && (t == "ND" || t == "|-" || t == "def") && len(*to) > 0:
			return
		case subrs && t == "dup":
			n, _ := s.next()
			v, ok := integer(n)
			if !ok || v < 0 || v >= maxProcs {
				continue
			}
			p.n = v
		case !subrs && t[0] == '/':
			p.name = t[1:]
		default:
			continue
		}
		n, size := s.next()
		length, ok := integer(n)
		if !ok || length < 0 {
			continue
		}
		if _, rd := s.next(); rd.from == rd.to { // RD or -|
			return
		}
		p.size, p.data = size, span{s.at + 1, s.at + 1 + length}
		if p.data.to > len(f.private) {
			return
		}
		p.code = f.private[p.data.from:p.data.to]
		if f.lenIV >= 0 {
			p.code = decrypt(p.code, keyCharstring)[min(f.lenIV, length):]
		}
		s.at = p.data.to
		p.all.to = f.closing(s)
		*to = append(*to, p)
	}
}

// closing passes NP, |, ND, |- or noaccess put after a charstring.
func (f *Font) closing(s *scanner) int {
	end := s.at
	for range 2 {
		before := s.at
		t, at := s.next()
		switch t {
		case "NP", "|", "ND", "|-", "put", "def":
			return at.to
		case "noaccess", "readonly":
			end = at.to
		default:
			s.at = before
			return end
		}
	}
	return end
}

// Has reports whether there is a glyph of this name.
func (f *Font) Has(name string) bool {
	_, ok := f.byName[name]
	return ok
}

// Advance is a glyph's advance width, in em; false where the font has none.
func (f *Font) Advance(name string) (float64, bool) {
	i, ok := f.byName[name]
	if !ok {
		return 0, false
	}
	w := walker{font: f, budget: 1 << 16}
	w.run(f.chars[i].code, 0)
	return w.width * f.scale, w.hasWidth && !math.IsNaN(w.width)
}

// Names are the names of all glyphs, in the font's order.
func (f *Font) Names() []string {
	out := make([]string, len(f.chars))
	for i, c := range f.chars {
		out[i] = c.name
	}
	return out
}
