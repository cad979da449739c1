// Package notation reads texts that are written in a notation, such as character
// references or percent-encoding, and knows the bytes that each part stands in.
// Notations may lie within one another: a URL in an attribute of a page.
package notation

import (
	"slices"
	"sort"
	"strings"

	"consentry/redact/splice"
)

// A Run is a part of a text with its bytes.
type Run struct {
	Text     string
	From, To int
	Plain    bool // the bytes are the text
}

// Runs are a text in order.
type Runs []Run

// Plain is the text that bytes from to to (exclusive) of src are.
func Plain(src string, from, to int) Runs {
	if from >= to {
		return nil
	}
	return Runs{{src[from:to], from, to, true}}
}

// String is the text.
func (r Runs) String() string {
	if len(r) == 1 {
		return r[0].Text
	}
	var b strings.Builder
	for _, x := range r {
		b.WriteString(x.Text)
	}
	return b.String()
}

// Bounds are the bytes that the runs stand in.
func (r Runs) Bounds() (from, to int) {
	if len(r) == 0 {
		return 0, 0
	}
	return r[0].From, r[len(r)-1].To
}

// A Cutter cuts runs by bytes of their text.
type Cutter struct {
	Text  string
	runs  Runs
	start []int // of each run, in Text
}

// NewCutter prepares for cutting.
func NewCutter(r Runs) *Cutter {
	c := &Cutter{Text: r.String(), runs: r, start: make([]int, len(r)+1)}
	for i, x := range r {
		c.start[i+1] = c.start[i] + len(x.Text)
	}
	return c
}

// Cut gives the runs of bytes i to j (exclusive) of the text. One that is not
// plain goes whole to where it begins.
func (c *Cutter) Cut(i, j int) Runs {
	if i >= j {
		return nil
	}
	var out Runs
	for k := sort.SearchInts(c.start, i+1) - 1; k < len(c.runs) && c.start[k] < j; k++ {
		x := c.runs[k]
		if !x.Plain {
			if c.start[k] >= i {
				out = append(out, x)
			}
			continue
		}
		a, b := max(i-c.start[k], 0), min(j-c.start[k], len(x.Text))
		if a < b {
			out = append(out, Run{x.Text[a:b], x.From + a, x.From + b, true})
		}
	}
	return out
}

// An escape reads what begins with its marker at the start of s: of how many bytes
// it is, 0 where it is none, and the text it stands for.
type escape func(s string) (n int, text string)

// read resolves the escapes that begin with a marker.
func (r Runs) read(marker byte, e escape) Runs {
	if !slices.ContainsFunc(r, func(x Run) bool { return strings.IndexByte(x.Text, marker) >= 0 }) {
		return r
	}
	c := NewCutter(r)
	var out Runs
	done := 0
	for at := 0; at < len(c.Text); {
		k := strings.IndexByte(c.Text[at:], marker)
		if k < 0 {
			break
		}
		at += k
		n, text := e(c.Text[at:])
		if n == 0 {
			at++
			continue
		}
		out = append(out, c.Cut(done, at)...)
		from, to := c.Cut(at, at+n).Bounds()
		out = append(out, Run{text, from, to, false})
		at += n
		done = at
	}
	return append(out, c.Cut(done, len(c.Text))...)
}

// Pieces are the runs as what a splice.Text is made of; write spells a text in
// their notation.
func (r Runs) Pieces(write func(string) string) splice.Text {
	encode := func(_ []byte, text string) []byte { return []byte(write(text)) }
	t := make(splice.Text, 0, len(r))
	for _, x := range r {
		t = append(t, splice.Piece{Text: visible(x.Text), From: x.From, To: x.To, Encode: encode})
	}
	return t
}

// visible is a text without control characters, which no reader sees.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && (r < '\t' || r > '\r') || r >= 0x7F && r < 0xA0 {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}
