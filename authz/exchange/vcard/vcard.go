// Package vcard reads and writes cards in vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC
// 6350). It knows lines, parameters and values, not what they mean.
//
// It is our own since old cards have to be read too: Outlook writes 2.1 with
// quoted-printable texts in the encoding of the machine, and a reader that skips
// what it does not understand would lose a name without a word.
package vcard

import (
	"bufio"
	"errors"
	"io"
	"mime/quotedprintable"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// ErrCard stands for one card that cannot be read; the next one may be.
var ErrCard = errors.New("a card that cannot be read")

const (
	maxLine  = 1 << 20  // bytes of a line
	maxValue = 64 << 10 // of a property; longer ones are left out, photos above all
	maxProps = 1000     // of a card
)

// A Card is one card.
type Card struct {
	Line    int // where it begins, from 1
	Version string
	Props   []Property
}

// A Property is one line of a card.
type Property struct {
	Name   string              // in capitals, without its group
	Params map[string][]string // names in capitals
	Value  string              // as it is written: Text, Parts and List take it apart
}

// Is reports whether the property has a type, whatever the case.
func (p Property) Is(kind string) bool {
	for _, t := range p.Params["TYPE"] {
		if strings.EqualFold(t, kind) {
			return true
		}
	}
	return false
}

// Text is the value as one text.
func (p Property) Text() string { return unescape(p.Value) }

// Parts are the components of a value such as N, ORG or ADR.
func (p Property) Parts() []string { return split(p.Value, ';') }

// List are the values of a list such as NICKNAME.
func (p Property) List() []string { return split(p.Value, ',') }

// Get gives the properties with a name.
func (c Card) Get(name string) []Property {
	var out []Property
	for _, p := range c.Props {
		if p.Name == name {
			out = append(out, p)
		}
	}
	return out
}

// First is the text of the first property with a name, or empty.
func (c Card) First(name string) string {
	for _, p := range c.Props {
		if p.Name == name {
			return p.Text()
		}
	}
	return ""
}

// A Reader gives the cards of a file, which is UTF-8.
type Reader struct {
	r     *bufio.Reader
	line  int
	again *string // a line that was read ahead
}

// NewReader reads cards from r.
func NewReader(r io.Reader) *Reader { return &Reader{r: bufio.NewReaderSize(r, 64<<10)} }

// Next gives the next card, or io.EOF. With ErrCard the card says only where it
// began.
func (r *Reader) Next() (Card, error) {
	for {
		l, err := r.physical()
		if err != nil {
			return Card{}, err
		}
		if strings.TrimSpace(l) == "" {
			continue
		}
		c := Card{Line: r.line}
		if !strings.EqualFold(strings.TrimSpace(l), "BEGIN:VCARD") {
			if err := r.skip(); err != nil && err != io.EOF {
				return c, err
			}
			return c, ErrCard
		}
		return r.card(c)
	}
}

// skip goes to the next card.
func (r *Reader) skip() error {
	for {
		l, err := r.physical()
		if err != nil {
			return err
		}
		if strings.EqualFold(strings.TrimSpace(l), "BEGIN:VCARD") {
			r.back(l)
			return nil
		}
	}
}

func (r *Reader) card(c Card) (Card, error) {
	bad := false
	for {
		l, err := r.logical()
		if err == io.EOF {
			return c, ErrCard
		}
		if err != nil {
			return c, err
		}
		head := strings.ToUpper(strings.TrimSpace(l))
		switch {
		case head == "":
		case head == "END:VCARD":
			if bad || len(c.Props) > maxProps {
				return Card{Line: c.Line}, ErrCard
			}
			return c, nil
		case head == "BEGIN:VCARD": // the end of the one before is missing
			r.back(l)
			return Card{Line: c.Line}, ErrCard
		case len(c.Props) > maxProps:
		default:
			p, ok := property(l)
			switch {
			case !ok:
				bad = true
			case p.Name == "VERSION":
				c.Version = strings.TrimSpace(p.Value)
			case len(p.Value) <= maxValue:
				c.Props = append(c.Props, p)
			}
		}
	}
}

func (r *Reader) back(l string) { r.again = &l; r.line-- }

// physical reads a line as it stands in the file. What is longer than maxLine is
// cut off.
func (r *Reader) physical() (string, error) {
	r.line++
	if r.again != nil {
		l := *r.again
		r.again = nil
		return l, nil
	}
	var line []byte
	for {
		part, err := r.r.ReadSlice('\n')
		if len(line) < maxLine {
			line = append(line, part...)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == io.EOF && len(line) > 0 {
			err = nil
		}
		return strings.TrimRight(string(line), "\r\n"), err
	}
}

// logical reads a line with those that continue it: folded ones, and those after
// the "=" by which quoted-printable ends a line.
func (r *Reader) logical() (string, error) {
	l, err := r.physical()
	if err != nil {
		return "", err
	}
	head, _, _ := strings.Cut(l, ":")
	quoted := strings.Contains(strings.ToUpper(head), "QUOTED-PRINTABLE")
	var b strings.Builder
	b.WriteString(l)
	for quoted && strings.HasSuffix(l, "=") {
		if l, err = r.physical(); err == io.EOF {
			return strings.TrimSuffix(b.String(), "="), nil
		} else if err != nil {
			return "", err
		}
		if strings.EqualFold(strings.TrimSpace(l), "END:VCARD") { // nothing went on
			r.back(l)
			return strings.TrimSuffix(b.String(), "="), nil
		}
		if b.Len() < maxLine {
			b.WriteString("\n" + l)
		}
	}
	for {
		next, err := r.r.Peek(1)
		if r.again != nil || err != nil || next[0] != ' ' && next[0] != '\t' {
			return b.String(), nil
		}
		if l, err = r.physical(); err != nil {
			return "", err
		}
		if b.Len() < maxLine {
			b.WriteString(l[1:])
		}
	}
}

// property reads a line.
func property(l string) (Property, bool) {
	colon := outside(l, ':')
	if colon < 0 {
		return Property{}, false
	}
	p := Property{Params: map[string][]string{}, Value: l[colon+1:]}
	head := l[:colon]
	for first := true; head != ""; first = false {
		part := head
		if i := outside(head, ';'); i >= 0 {
			part, head = head[:i], head[i+1:]
		} else {
			head = ""
		}
		if first {
			if i := strings.LastIndexByte(part, '.'); i >= 0 { // its group
				part = part[i+1:]
			}
			p.Name = strings.ToUpper(strings.TrimSpace(part))
			continue
		}
		k, v, ok := strings.Cut(part, "=")
		k = strings.ToUpper(strings.TrimSpace(k))
		if !ok { // 2.1 leaves the name out
			if v = k; k == "QUOTED-PRINTABLE" || k == "BASE64" || k == "7BIT" || k == "8BIT" {
				k = "ENCODING"
			} else {
				k = "TYPE"
			}
		}
		for v != "" {
			one := v
			if i := outside(v, ','); i >= 0 {
				one, v = v[:i], v[i+1:]
			} else {
				v = ""
			}
			p.Params[k] = append(p.Params[k], strings.Trim(one, `"`))
		}
	}
	if p.Name == "" {
		return p, false
	}
	for _, e := range p.Params["ENCODING"] {
		if strings.EqualFold(e, "QUOTED-PRINTABLE") {
			text, ok := decode(p.Value, p.Params["CHARSET"])
			if !ok {
				return p, false
			}
			p.Value = text
		}
	}
	return p, true
}

// outside is the first place of a mark that does not stand in quotation marks.
func outside(s string, mark byte) int {
	quoted := false
	for i := range len(s) {
		switch s[i] {
		case '"':
			quoted = !quoted
		case mark:
			if !quoted {
				return i
			}
		}
	}
	return -1
}

// decode reads quoted-printable in the encoding that is named, else in UTF-8 or
// GB18030.
func decode(s string, charset []string) (string, bool) {
	b, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(s)))
	if err != nil {
		return "", false
	}
	if len(charset) > 0 && !strings.EqualFold(charset[0], "utf-8") {
		e, err := htmlindex.Get(charset[0])
		if err != nil {
			return "", false
		}
		if b, err = e.NewDecoder().Bytes(b); err != nil {
			return "", false
		}
	} else if !utf8.Valid(b) {
		if b, err = simplifiedchinese.GB18030.NewDecoder().Bytes(b); err != nil {
			return "", false
		}
	}
	text := string(b)
	return text, !strings.ContainsRune(text, utf8.RuneError) && !strings.ContainsRune(text, 0)
}

func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 'n', 'N':
			b.WriteByte('\n')
		case '\\', ',', ';', ':':
			b.WriteByte(s[i])
		default:
			b.WriteString(s[i-1 : i+1])
		}
	}
	return b.String()
}

// split takes a value apart at a mark that no backslash stands before.
func split(s string, mark byte) []string {
	var out []string
	start := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case mark:
			out = append(out, unescape(s[start:i]))
			start = i + 1
		}
	}
	return append(out, unescape(s[start:]))
}
