package cmap

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// An Entry is a code of Len bytes with its text or its CID.
type Entry struct {
	Code uint32
	Len  int
	Text string
	CID  uint32
}

// Lengths are the lengths, 1 to 4, of which this code can be.
func (c *CMap) Lengths(code uint32) []int {
	var out []int
	for n := 1; n <= 4; n++ {
		if n < 4 && code>>(8*n) != 0 {
			continue
		}
		if slices.ContainsFunc(c.Spaces, func(s Space) bool {
			for i := range s.N {
				if s.N != n || byteOf(code, n, i) < byteOf(s.Lo, n, i) || byteOf(code, n, i) > byteOf(s.Hi, n, i) {
					return false
				}
			}
			return true
		}) {
			out = append(out, n)
		}
	}
	if out == nil { // in no codespace range
		for n := 1; n <= 4; n++ {
			if n == 4 || code>>(8*n) == 0 {
				out = append(out, n)
			}
		}
	}
	return out
}

// sorted gives the entries in order, each code once.
func sorted(entries []Entry) []Entry {
	out := slices.Clone(entries)
	slices.SortStableFunc(out, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Len, b.Len), cmp.Compare(a.Code, b.Code))
	})
	return slices.CompactFunc(out, func(a, b Entry) bool { return a.Len == b.Len && a.Code == b.Code })
}

const head = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
const tail = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"

// WriteUnicode writes a ToUnicode CMap of these codes with their texts, the same
// for the same entries. Its codespace ranges cover all codes of the lengths that
// are there, so that they tell of none.
func WriteUnicode(entries []Entry) []byte {
	var b bytes.Buffer
	b.WriteString(head)
	b.WriteString("/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n")
	entries = sorted(entries)
	var spaces []string
	for n := 1; n <= 4; n++ {
		if slices.ContainsFunc(entries, func(e Entry) bool { return e.Len == n }) {
			spaces = append(spaces, "<"+strings.Repeat("00", n)+"> <"+strings.Repeat("FF", n)+">")
		}
	}
	block(&b, "codespacerange", spaces)
	var chars []string
	for _, e := range entries {
		var text []byte
		for _, u := range utf16.Encode([]rune(e.Text)) {
			text = append(text, byte(u>>8), byte(u))
		}
		chars = append(chars, fmt.Sprintf("%s <%s>", code(e), strings.ToUpper(hex.EncodeToString(text))))
	}
	block(&b, "bfchar", chars)
	b.WriteString(tail)
	return b.Bytes()
}

// Write writes a CMap with the codespace ranges of c and these codes only.
func (c *CMap) Write(entries []Entry) []byte {
	var b bytes.Buffer
	b.WriteString(head)
	mode := 0
	if c.Vertical {
		mode = 1
	}
	fmt.Fprintf(&b, "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> def\n/CMapName /Codes def\n/CMapType 1 def\n/WMode %d def\n", mode)
	var spaces, chars []string
	for _, s := range c.Spaces {
		spaces = append(spaces, code(Entry{Code: s.Lo, Len: s.N})+" "+code(Entry{Code: s.Hi, Len: s.N}))
	}
	block(&b, "codespacerange", spaces)
	for n := 4; n >= 1; n-- { // PDFium takes no heed of lengths: the shorter, which comes last, is the likelier
		for _, e := range sorted(entries) {
			if e.Len == n {
				chars = append(chars, fmt.Sprintf("%s %d", code(e), e.CID))
			}
		}
	}
	block(&b, "cidchar", chars)
	b.WriteString(tail)
	return b.Bytes()
}

func code(e Entry) string { return fmt.Sprintf("<%0*X>", 2*e.Len, e.Code) }

// block writes lines between begin and end, a hundred at a time, which is the most
// that is allowed.
func block(b *bytes.Buffer, kind string, lines []string) {
	for chunk := range slices.Chunk(lines, 100) {
		fmt.Fprintf(b, "%d begin%s\n%s\nend%s\n", len(chunk), kind, strings.Join(chunk, "\n"), kind)
	}
}
