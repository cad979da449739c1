// Package syntax reads the tokens of PDF content streams and CMaps
// (ISO 32000-2, 7.2, 7.3 and 7.8.2). It takes what readers in the field take:
// nothing in a stream is an error, only more or less usable.
package syntax

import "bytes"

// An Object is an operand: String, Number, Name, Array, Dict, Bool or Null.
type Object any

// The operands.
type (
	String  []byte // decoded; may share the memory of Src
	Number  float64
	Name    string // decoded, without the slash
	Array   []Object
	Dict    []Entry // in the order of the source, keys may repeat
	Bool    bool
	Null    struct{}
	Keyword string // an operator, where Next meets one
)

// An Entry is a key of a Dict and its value.
type Entry struct {
	Key   Name
	Value Object
}

// Get is the value of the last entry of this key, or nil.
func (d Dict) Get(k Name) Object {
	for i := len(d) - 1; i >= 0; i-- {
		if d[i].Key == k {
			return d[i].Value
		}
	}
	return nil
}

// maxDepth bounds nested arrays and dictionaries; what is deeper reads as Null.
const maxDepth = 64

// A Lexer reads tokens from Src.
type Lexer struct {
	Src []byte
	Pos int // of the next byte

	depth int
}

// class is 1 for white space and 2 for delimiters.
var class = func() (c [256]uint8) {
	for _, b := range []byte(" \n\r\t\f\x00") {
		c[b] = 1
	}
	for _, b := range []byte("()<>[]{}/%") {
		c[b] = 2
	}
	return c
}()

// IsSpace reports whether c is PDF white space.
func IsSpace(c byte) bool { return class[c] == 1 }

// IsDelimiter reports whether c ends a token by itself.
func IsDelimiter(c byte) bool { return class[c] == 2 }

// Skip passes white space and comments.
func (l *Lexer) Skip() {
	for l.Pos < len(l.Src) {
		switch c := l.Src[l.Pos]; {
		case IsSpace(c):
			l.Pos++
		case c == '%':
			for l.Pos < len(l.Src) && l.Src[l.Pos] != '\n' && l.Src[l.Pos] != '\r' {
				l.Pos++
			}
		default:
			return
		}
	}
}

// Next reads an operand or a Keyword; false at the end.
func (l *Lexer) Next() (Object, bool) {
	l.Skip()
	if l.Pos >= len(l.Src) {
		return nil, false
	}
	switch c := l.Src[l.Pos]; c {
	case '(':
		return l.literal(), true
	case '<':
		if l.Pos+1 < len(l.Src) && l.Src[l.Pos+1] == '<' {
			return l.dict(), true
		}
		return l.hex(), true
	case '[':
		return l.array(), true
	case '/':
		return l.name(), true
	case ']', ')', '{', '}', '>':
		l.Pos++
		if c == '>' && l.Pos < len(l.Src) && l.Src[l.Pos] == '>' {
			l.Pos++
			return Keyword(">>"), true
		}
		return Keyword(c), true
	}
	return l.word(), true
}

// word is a number, true, false, null or an operator.
func (l *Lexer) word() Object {
	w := l.regular()
	if f, ok := numeric(w); ok {
		return Number(f)
	}
	return keyword(w)
}

// regular passes the regular characters of one token.
func (l *Lexer) regular() []byte {
	from := l.Pos
	for l.Pos < len(l.Src) && class[l.Src[l.Pos]] == 0 {
		l.Pos++
	}
	return l.Src[from:l.Pos]
}

func numeric(w []byte) (float64, bool) {
	switch c := w[0]; {
	case c == '+', c == '-', c == '.', c >= '0' && c <= '9':
		return number(w)
	}
	return 0, false
}

func keyword(w []byte) Object {
	switch string(w) {
	case "true":
		return Bool(true)
	case "false":
		return Bool(false)
	case "null":
		return Null{}
	}
	return Keyword(w)
}

// pow10 are exact.
var pow10 = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// number reads a real; also the malformed ones that readers accept: --5 is -5,
// 12-34 is 12, 1.2.3 is 1.2, -.  is 0. Up to 15 digits it is the nearest float64:
// whole numbers of that size and the powers of ten are exact.
func number(w []byte) (float64, bool) {
	i, neg := 0, false
	for i < len(w) && (w[i] == '+' || w[i] == '-') {
		neg = neg || w[i] == '-'
		i++
	}
	m, digits, exact, after, dot := 0.0, 0, 0, 0, false
	for ; i < len(w); i++ {
		switch c := w[i]; {
		case c >= '0' && c <= '9':
			digits++
			if exact >= 15 { // more than a float64 holds
				if !dot && m < 1e30 {
					m *= 10
				}
				continue
			}
			m = m*10 + float64(c-'0')
			if m > 0 {
				exact++
			}
			if dot && after < len(pow10)-1 {
				after++
			} else if dot { // a zero too far behind the point to count
				m = 0
			}
		case c == '.' && !dot:
			dot = true
		case (c == '-' || c == '.') && digits > 0:
			i = len(w)
		default:
			return 0, false
		}
	}
	m /= pow10[after]
	if neg {
		m = -m
	}
	return m, digits > 0 || dot || len(w) == 1
}

// name reads a name and its #xx escapes.
func (l *Lexer) name() Name {
	l.Pos++
	from := l.Pos
	escaped := false
	for l.Pos < len(l.Src) && !IsSpace(l.Src[l.Pos]) && !IsDelimiter(l.Src[l.Pos]) {
		escaped = escaped || l.Src[l.Pos] == '#'
		l.Pos++
	}
	w := l.Src[from:l.Pos]
	if !escaped {
		return Name(w)
	}
	var out []byte
	for i := 0; i < len(w); i++ {
		if w[i] == '#' && i+2 < len(w) && nibble(w[i+1]) >= 0 && nibble(w[i+2]) >= 0 {
			out = append(out, byte(nibble(w[i+1])<<4|nibble(w[i+2])))
			i += 2
			continue
		}
		out = append(out, w[i])
	}
	return Name(out)
}

func nibble(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func (l *Lexer) hex() String {
	l.Pos++
	n := max(bytes.IndexByte(l.Src[l.Pos:], '>'), 0)
	out, high := make(String, 0, min(n, 1<<16)/2+1), -1
	for l.Pos < len(l.Src) && l.Src[l.Pos] != '>' {
		if v := nibble(l.Src[l.Pos]); v >= 0 {
			if high < 0 {
				high = v
			} else {
				out = append(out, byte(high<<4|v))
				high = -1
			}
		}
		l.Pos++
	}
	l.Pos = min(l.Pos+1, len(l.Src))
	if high >= 0 {
		out = append(out, byte(high<<4))
	}
	return out
}

func (l *Lexer) array() Object {
	l.Pos++
	a := Array{}
	if l.depth++; l.depth > maxDepth {
		l.depth--
		return Null{}
	}
	defer func() { l.depth-- }()
	for {
		l.Skip()
		if l.Pos >= len(l.Src) {
			return a
		}
		if l.Src[l.Pos] == ']' {
			l.Pos++
			return a
		}
		before := l.Pos
		o, ok := l.Next()
		if !ok {
			return a
		}
		if k, is := o.(Keyword); is {
			if k == "Tj" || k == "TJ" || k == "ET" { // the bracket was forgotten
				l.Pos = before
				return a
			}
			continue
		}
		a = append(a, o)
	}
}

func (l *Lexer) dict() Object {
	l.Pos += 2
	d := Dict{}
	if l.depth++; l.depth > maxDepth {
		l.depth--
		return Null{}
	}
	defer func() { l.depth-- }()
	for {
		k, ok := l.Next()
		if !ok || k == Keyword(">>") {
			return d
		}
		key, is := k.(Name)
		if !is {
			continue
		}
		v, ok := l.Next()
		if !ok || v == Keyword(">>") {
			return append(d, Entry{key, Null{}})
		}
		// An indirect reference (in CMaps and inline dictionaries never, but seen).
		d = append(d, Entry{key, v})
	}
}

func (l *Lexer) literal() String {
	l.Pos++
	for i, c := range l.Src[l.Pos:] { // most strings stand there as they are
		if c == ')' {
			out := l.Src[l.Pos : l.Pos+i : l.Pos+i]
			l.Pos += i + 1
			return out
		}
		if c == '(' || c == '\\' || c == '\r' {
			break
		}
	}
	out, depth := String{}, 1
	for l.Pos < len(l.Src) {
		c := l.Src[l.Pos]
		l.Pos++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return out
			}
		case '\r':
			if l.Pos < len(l.Src) && l.Src[l.Pos] == '\n' {
				l.Pos++
			}
			c = '\n'
		case '\\':
			var ok bool
			if c, ok = l.escape(); !ok {
				continue
			}
		}
		out = append(out, c)
	}
	return out
}

// escape reads what follows a backslash in a literal string; false where it
// stands for nothing.
func (l *Lexer) escape() (byte, bool) {
	if l.Pos >= len(l.Src) {
		return 0, false
	}
	e := l.Src[l.Pos]
	l.Pos++
	switch e {
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	case 'b':
		return '\b', true
	case 'f':
		return '\f', true
	case '\n':
		return 0, false
	case '\r':
		if l.Pos < len(l.Src) && l.Src[l.Pos] == '\n' {
			l.Pos++
		}
		return 0, false
	}
	if e < '0' || e > '7' {
		return e, true
	}
	v := int(e - '0')
	for k := 0; k < 2 && l.Pos < len(l.Src) && l.Src[l.Pos] >= '0' && l.Src[l.Pos] <= '7'; k++ {
		v = v*8 + int(l.Src[l.Pos]-'0')
		l.Pos++
	}
	return byte(v), true
}
