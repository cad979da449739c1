// Package cmap reads CMaps: those that cut strings into codes and give them
// CIDs (ISO 32000-2, 9.7.5), the predefined ones of Adobe's character
// collections among them, and those that give codes Unicode (9.10.3).
package cmap

import (
	"cmp"
	"slices"
)

// A Space is a codespace range: codes of N bytes, each byte between those of Lo
// and of Hi.
type Space struct {
	N      int
	Lo, Hi uint32
}

// A Range gives the codes Lo to Hi the CIDs from CID on.
type Range struct {
	Lo, Hi, CID uint32
}

// A CMap cuts strings into codes and maps codes to CIDs.
type CMap struct {
	Name     string
	Ordering string // of the character collection, such as Japan1
	Vertical bool   // WMode 1
	Spaces   []Space
	Identity bool // the CID is the code; there are no ranges

	ranges [4][]Range // by length of the code less one, by Lo
	notdef [4][]Range
	base   *CMap // what is not here may be there
	first  [256]int8
}

// maxOverlap bounds how many ranges that begin before a code are tried: more
// than one only where ranges overlap, which they ought not.
const maxOverlap = 32

// finish sorts the ranges and prepares Next.
func (c *CMap) finish() {
	for _, set := range []*[4][]Range{&c.ranges, &c.notdef} {
		for i := range set {
			slices.SortStableFunc(set[i], func(a, b Range) int { return cmp.Compare(a.Lo, b.Lo) })
		}
	}
	if len(c.Spaces) == 0 && c.base != nil {
		c.Spaces = c.base.Spaces
	}
	if len(c.Spaces) == 0 {
		c.Spaces = []Space{{2, 0, 0xffff}} // as PDFium and pdf.js
	}
	shortest := 4
	for _, s := range c.Spaces {
		shortest = min(shortest, s.N)
	}
	for b := range c.first {
		length := 0
		for _, s := range c.Spaces {
			if lo, hi := byteOf(s.Lo, s.N, 0), byteOf(s.Hi, s.N, 0); byte(b) < lo || byte(b) > hi {
				continue
			}
			if length != 0 && length != s.N {
				length = -1 // the next byte decides
				break
			}
			length = s.N
		}
		if length == 0 {
			length = shortest
		}
		c.first[b] = int8(length)
	}
}

// byteOf is byte i of an n-byte code.
func byteOf(code uint32, n, i int) byte { return byte(code >> (8 * (n - 1 - i))) }

// Next is the first code of s and how many bytes of s it has, 1 to 4, or 0 where s
// is empty. A code that the string ends within reads as if zeros followed, as in
// PDFium. What lies in no codespace range is cut as 9.7.6.3 says.
func (c *CMap) Next(s []byte) (code uint32, n int) {
	if len(s) == 0 {
		return 0, 0
	}
	want := int(c.first[s[0]])
	if want < 0 {
		want = c.length(s)
	}
	n = min(want, len(s))
	for i := range want {
		code <<= 8
		if i < n {
			code |= uint32(s[i])
		}
	}
	return code, n
}

// length is that of the codespace range that s matches, or of the one that
// matches most of its bytes, the shorter of two.
func (c *CMap) length(s []byte) int {
	best, bytes, whole := 1, -1, false
	for _, sp := range c.Spaces {
		m := 0
		for m < sp.N && m < len(s) && s[m] >= byteOf(sp.Lo, sp.N, m) && s[m] <= byteOf(sp.Hi, sp.N, m) {
			m++
		}
		full := m == sp.N
		switch {
		case full && !whole, full == whole && m > bytes, full == whole && m == bytes && sp.N < best:
			best, bytes, whole = sp.N, m, full
		}
	}
	return best
}

// CID is that of a code of n bytes; false where the CMap has none for it: its
// glyph is then .notdef, or that of a notdef range.
func (c *CMap) CID(code uint32, n int) (uint32, bool) {
	if n < 1 || n > 4 {
		return 0, false
	}
	for m, depth := c, 0; m != nil && depth < maxDepth; m, depth = m.base, depth+1 {
		if m.Identity {
			return code, true
		}
		if r, ok := find(m.ranges[n-1], code); ok {
			return r.CID + code - r.Lo, true
		}
	}
	for m, depth := c, 0; m != nil && depth < maxDepth; m, depth = m.base, depth+1 {
		if r, ok := find(m.notdef[n-1], code); ok {
			return r.CID, false
		}
	}
	return 0, false
}

// Mapped reports whether any code has a CID.
func (c *CMap) Mapped() bool {
	for m, depth := c, 0; m != nil && depth < maxDepth; m, depth = m.base, depth+1 {
		if m.Identity {
			return true
		}
		for _, r := range m.ranges {
			if len(r) > 0 {
				return true
			}
		}
	}
	return false
}

func find(rs []Range, code uint32) (Range, bool) {
	i, _ := slices.BinarySearchFunc(rs, code, func(r Range, code uint32) int {
		if r.Lo <= code {
			return -1
		}
		return 1
	})
	for k := 1; k <= maxOverlap && i-k >= 0; k++ {
		if r := rs[i-k]; code <= r.Hi {
			return r, true
		}
	}
	return Range{}, false
}
