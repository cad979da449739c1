package raw

import (
	"math"
	"strconv"
)

// maxDepth bounds arrays and dictionaries in one another.
const maxDepth = 64

// A Lexer reads values from bytes (ISO 32000-2, 7.2 and 7.3). It takes what it
// can from damaged ones.
type Lexer struct {
	b        []byte
	at       int
	depth    int
	refs     bool // 1 0 R is a reference
	Comments func(from, to int)
}

// NewLexer reads the bytes of a content stream or a CMap, where there are no
// references.
func NewLexer(b []byte) *Lexer { return &Lexer{b: b} }

// At is the place of the next byte to be read.
func (l *Lexer) At() int { return l.at }

// Seek goes on at a place.
func (l *Lexer) Seek(at int) { l.at = min(max(at, 0), len(l.b)) }

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func isRegular(c byte) bool { return !isSpace(c) && !isDelimiter(c) }

// skip passes white space and comments.
func (l *Lexer) skip() {
	for l.at < len(l.b) {
		switch c := l.b[l.at]; {
		case isSpace(c):
			l.at++
		case c == '%':
			from := l.at
			for l.at < len(l.b) && l.b[l.at] != '\n' && l.b[l.at] != '\r' {
				l.at++
			}
			if l.Comments != nil {
				l.Comments(from+1, l.at)
			}
		default:
			return
		}
	}
}

// Next is the next value or keyword; false at the end.
func (l *Lexer) Next() (Value, bool) {
	l.skip()
	if l.at >= len(l.b) {
		return nil, false
	}
	switch c := l.b[l.at]; {
	case c == '(':
		return l.literal(), true
	case c == '/':
		l.at++
		return Name(l.name()), true
	case c == '<':
		if l.at+1 < len(l.b) && l.b[l.at+1] == '<' {
			l.at += 2
			return l.dict(), true
		}
		return l.hex(), true
	case c == '[':
		l.at++
		return l.array(), true
	case isDelimiter(c):
		if c == '>' && l.at+1 < len(l.b) && l.b[l.at+1] == '>' {
			l.at += 2
			return Keyword(">>"), true
		}
		l.at++
		return Keyword(c), true
	}
	return l.word(), true
}

func (l *Lexer) word() Value {
	from := l.at
	for l.at < len(l.b) && isRegular(l.b[l.at]) {
		l.at++
	}
	w := l.b[from:l.at]
	if n, ok := number(w); ok {
		if l.refs {
			if r, ok := l.ref(n); ok {
				return r
			}
		}
		return n
	}
	switch string(w) {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	return Keyword(w)
}

// ref reads what follows the number of a reference.
func (l *Lexer) ref(num float64) (Ref, bool) {
	if num < 0 || num > math.MaxInt32 || num != math.Trunc(num) {
		return Ref{}, false
	}
	i := l.at
	gap := func() bool {
		from := i
		for i < len(l.b) && isSpace(l.b[i]) {
			i++
		}
		return i > from
	}
	if !gap() {
		return Ref{}, false
	}
	from := i
	for i < len(l.b) && i < from+5 && l.b[i] >= '0' && l.b[i] <= '9' {
		i++
	}
	gen, err := strconv.Atoi(string(l.b[from:i]))
	if err != nil || !gap() || i >= len(l.b) || l.b[i] != 'R' || i+1 < len(l.b) && isRegular(l.b[i+1]) {
		return Ref{}, false
	}
	l.at = i + 1
	return Ref{int(num), gen}, true
}

// number reads a number, also one that is only nearly right (--5, 1.2.3, 4-5).
func number(w []byte) (float64, bool) {
	if len(w) == 0 || len(w) > 40 {
		return 0, false
	}
	digits := false
	for _, c := range w {
		switch {
		case c >= '0' && c <= '9':
			digits = true
		case c != '+' && c != '-' && c != '.':
			return 0, false
		}
	}
	if !digits {
		return 0, false
	}
	sign, i := 1.0, 0
	for ; i < len(w) && (w[i] == '-' || w[i] == '+'); i++ {
		if w[i] == '-' {
			sign = -1
		}
	}
	v, scale, point := 0.0, 1.0, false
	for ; i < len(w); i++ {
		switch c := w[i]; {
		case c >= '0' && c <= '9':
			if v = v*10 + float64(c-'0'); point {
				scale *= 10
			}
		case c == '.' && !point:
			point = true
		default:
			return sign * v / scale, true
		}
	}
	return sign * v / scale, true
}

func (l *Lexer) literal() String {
	l.at++
	out := String{}
	for depth := 1; l.at < len(l.b); {
		c := l.b[l.at]
		l.at++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return out
			}
		case '\r':
			if l.at < len(l.b) && l.b[l.at] == '\n' {
				l.at++
			}
			c = '\n'
		case '\\':
			out = l.escape(out)
			continue
		}
		out = append(out, c)
	}
	return out
}

// escape reads what follows a backslash (ISO 32000-2, table 3).
func (l *Lexer) escape(out String) String {
	if l.at >= len(l.b) {
		return out
	}
	c := l.b[l.at]
	l.at++
	switch c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b':
		return append(out, '\b')
	case 'f':
		return append(out, '\f')
	case '\n':
		return out
	case '\r':
		if l.at < len(l.b) && l.b[l.at] == '\n' {
			l.at++
		}
		return out
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	v := int(c - '0')
	for n := 0; n < 2 && l.at < len(l.b) && l.b[l.at] >= '0' && l.b[l.at] <= '7'; n++ {
		v = v*8 + int(l.b[l.at]-'0')
		l.at++
	}
	return append(out, byte(v))
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
	l.at++
	out, high := String{}, -1
	for l.at < len(l.b) {
		c := l.b[l.at]
		l.at++
		if c == '>' {
			break
		}
		n := nibble(c)
		switch {
		case n < 0:
		case high < 0:
			high = n
		default:
			out, high = append(out, byte(high<<4|n)), -1
		}
	}
	if high >= 0 {
		out = append(out, byte(high<<4))
	}
	return out
}

func (l *Lexer) name() string {
	from, plain := l.at, true
	for l.at < len(l.b) && isRegular(l.b[l.at]) {
		plain = plain && l.b[l.at] != '#'
		l.at++
	}
	w := l.b[from:l.at]
	if plain {
		return string(w)
	}
	out := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		if w[i] == '#' && i+2 < len(w) && nibble(w[i+1]) >= 0 && nibble(w[i+2]) >= 0 {
			out = append(out, byte(nibble(w[i+1])<<4|nibble(w[i+2])))
			i += 2
			continue
		}
		out = append(out, w[i])
	}
	return string(out)
}

// structural keywords end an array or a dictionary that was not closed.
func structural(v Value) bool {
	switch v {
	case Keyword("endobj"), Keyword("stream"), Keyword("endstream"), Keyword("obj"), Keyword("xref"), Keyword("trailer"):
		return true
	}
	return false
}

func (l *Lexer) array() Array {
	out := Array{}
	if l.depth++; l.depth > maxDepth {
		l.depth--
		return out
	}
	defer func() { l.depth-- }()
	for {
		before := l.at
		v, ok := l.Next()
		if !ok || v == Value(Keyword("]")) {
			return out
		}
		if structural(v) || v == Value(Keyword(">>")) {
			l.at = before
			return out
		}
		out = append(out, v)
	}
}

func (l *Lexer) dict() Dict {
	out := Dict{}
	if l.depth++; l.depth > maxDepth {
		l.depth--
		return out
	}
	defer func() { l.depth-- }()
	for {
		before := l.at
		k, ok := l.Next()
		if !ok || k == Value(Keyword(">>")) {
			return out
		}
		key, isName := k.(Name)
		if !isName {
			if structural(k) {
				l.at = before
				return out
			}
			out = append(out, Entry{"", k}) // a stray value may still tell
			continue
		}
		before = l.at
		v, ok := l.Next()
		if !ok || v == Value(Keyword(">>")) {
			return append(out, Entry{string(key), nil})
		}
		if structural(v) {
			l.at = before
			return append(out, Entry{string(key), nil})
		}
		out = append(out, Entry{string(key), v})
	}
}
