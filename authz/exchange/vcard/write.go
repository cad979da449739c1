package vcard

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"
)

// A Writer writes cards.
type Writer struct {
	out *bufio.Writer
	err error
}

// NewWriter writes cards to w.
func NewWriter(w io.Writer) *Writer { return &Writer{out: bufio.NewWriter(w)} }

// Begin begins a card of a version, 3.0 or 4.0.
func (w *Writer) Begin(version string) {
	w.raw("BEGIN:VCARD")
	w.raw("VERSION:" + version)
}

// End ends it.
func (w *Writer) End() { w.raw("END:VCARD") }

// Put writes a property with its parameters as they are, and components, which it
// escapes. One without a value is left out.
func (w *Writer) Put(head string, parts ...string) {
	if strings.Join(parts, "") == "" {
		return
	}
	escaped := make([]string, len(parts))
	for i, p := range parts {
		escaped[i] = escape(p)
	}
	w.raw(head + ":" + strings.Join(escaped, ";"))
}

// Flush writes what is left, and gives the first error there was.
func (w *Writer) Flush() error {
	if w.err != nil {
		return w.err
	}
	return w.out.Flush()
}

// Param is a text as the value of a parameter. Marks that none can hold go.
func Param(s string) string {
	return `"` + strings.Map(func(r rune) rune {
		if r == '"' || r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s) + `"`
}

// foldAt is the longest line in bytes (RFC 6350, 3.2).
const foldAt = 75

func (w *Writer) raw(l string) {
	for n := foldAt; len(l) > n; n = foldAt - 1 {
		cut := n
		for cut > 1 && !utf8.RuneStart(l[cut]) {
			cut--
		}
		w.write(l[:cut] + "\r\n ")
		l = l[cut:]
	}
	w.write(l + "\r\n")
}

func (w *Writer) write(s string) {
	if w.err == nil {
		_, w.err = w.out.WriteString(s)
	}
}

var escapes = strings.NewReplacer(`\`, `\\`, ",", `\,`, ";", `\;`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

func escape(s string) string { return escapes.Replace(strings.ToValidUTF8(s, "\ufffd")) }
