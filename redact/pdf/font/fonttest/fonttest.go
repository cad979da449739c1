// Package fonttest makes small font programs for tests: each glyph is a square.
package fonttest

import (
	"encoding/binary"
	"fmt"
)

// A Glyph is a square with its lower left corner on the origin, or, in TrueType, a
// composite of others.
type Glyph struct {
	Name  string
	Rune  rune  // 0 for none
	Width int   // units of 1000 to the em
	Side  int   // of the square; 0 for no outline
	Parts []int // glyphs that it is made of
	CID   int
}

// Letters are .notdef and a glyph for each letter, every one with measures of its
// own.
func Letters(text string) []Glyph {
	out := []Glyph{{Name: ".notdef", Width: 500}}
	for i, r := range text {
		out = append(out, Glyph{Name: string(r), Rune: r, Width: 401 + 7*i, Side: 300 + 11*i, CID: 100 + int(r)})
	}
	return out
}

var be = binary.BigEndian

func words(v ...int) []byte {
	var b []byte
	for _, n := range v {
		b = be.AppendUint16(b, uint16(n))
	}
	return b
}

// TrueType is a font with a Unicode and a Macintosh map, names and long offsets.
func TrueType(glyphs []Glyph) []byte {
	var glyf, loca, hmtx, post, own, chars []byte
	post = append(words(2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), words(len(glyphs))...)
	mac := make([]byte, 262)
	be.PutUint16(mac[2:], 262)
	mapped := 0
	for i, g := range glyphs {
		loca = be.AppendUint32(loca, uint32(len(glyf)))
		switch {
		case len(g.Parts) > 0:
			glyf = append(glyf, words(-1, 0, 0, 500, 500)...)
			for k, p := range g.Parts {
				flags := 0x0002 // arguments are offsets, of one byte each
				if k < len(g.Parts)-1 {
					flags |= 0x0020
				}
				glyf = append(append(glyf, words(flags, p)...), 0, 0)
			}
		case g.Side > 0:
			glyf = append(glyf, words(1, 0, 0, g.Side, g.Side, 3, 0)...)
			glyf = append(glyf, 1, 1, 1, 1) // points on the curve, words for x and y
			glyf = append(glyf, words(0, g.Side, 0, -g.Side, 0, 0, g.Side, 0)...)
		}
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		hmtx = append(hmtx, words(g.Width, 0)...)
		post = append(post, words(258+i)...)
		own = append(append(own, byte(len(g.Name))), g.Name...)
		if g.Rune != 0 {
			chars = be.AppendUint32(be.AppendUint32(be.AppendUint32(chars, uint32(g.Rune)), uint32(g.Rune)), uint32(i))
			mapped++
			if g.Rune < 128 {
				mac[6+g.Rune] = byte(i)
			}
		}
	}
	loca = be.AppendUint32(loca, uint32(len(glyf)))
	unicode := append(words(12, 0), be.AppendUint32(nil, uint32(16+len(chars)))...)
	unicode = append(be.AppendUint32(be.AppendUint32(unicode, 0), uint32(mapped)), chars...)
	cmap := words(0, 2, 1, 0, 0, 20, 3, 1, 0, 20+len(mac))
	cmap = append(append(cmap, mac...), unicode...)
	head := make([]byte, 54)
	copy(head, words(1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000))
	be.PutUint16(head[50:], 1)
	hhea := make([]byte, 36)
	copy(hhea, words(1, 0, 800, -200))
	be.PutUint16(hhea[34:], uint16(len(glyphs)))
	maxp := make([]byte, 32)
	copy(maxp, words(1, 0, len(glyphs), 99, 9))
	tables := []struct {
		tag string
		b   []byte
	}{{"cmap", cmap}, {"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp},
		{"name", []byte("names of the characters")}, {"post", append(post, own...)}}
	out := append([]byte{0, 1, 0, 0}, words(len(tables), 0, 0, 0)...)
	at := 12 + 16*len(tables)
	var body []byte
	for _, t := range tables {
		out = append(out, t.tag...)
		out = be.AppendUint32(be.AppendUint32(be.AppendUint32(out, 0), uint32(at+len(body))), uint32(len(t.b)))
		body = append(body, t.b...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(out, body...)
}

// number is an integer in the form of charstrings and DICTs.
func number(v int) []byte {
	switch {
	case v >= -107 && v <= 107:
		return []byte{byte(v + 139)}
	case v >= 108 && v <= 1131:
		return []byte{byte((v-108)>>8 + 247), byte(v - 108)}
	case v >= -1131 && v <= -108:
		return []byte{byte((-v-108)>>8 + 251), byte(-v - 108)}
	}
	return []byte{28, byte(v >> 8), byte(v)}
}

func numbers(v ...int) (b []byte) {
	for _, n := range v {
		b = append(b, number(n)...)
	}
	return b
}

func index(items ...[]byte) []byte {
	out := words(len(items))
	if len(items) == 0 {
		return out
	}
	out = append(out, 2)
	at := 1
	for _, it := range items {
		out = append(out, words(at)...)
		at += len(it)
	}
	out = append(out, words(at)...)
	for _, it := range items {
		out = append(out, it...)
	}
	return out
}

// offset is a number of five bytes in a DICT.
func offset(v int) []byte { return be.AppendUint32([]byte{29}, uint32(v)) }

// CFF is a font whose glyphs have names and codes, or CIDs. Each square is a
// subroutine of its own. The name has the tag of a subset.
func CFF(glyphs []Glyph, cid bool) []byte {
	var strings, chars, subrs [][]byte
	charset, encoding := []byte{0}, []byte{0, 0}
	for i, g := range glyphs {
		// Subroutines are called by their number less 107.
		c := numbers(g.Width-600, 0, 0)
		c = append(append(append(c, 21), number(i-107)...), 10, 14)
		chars = append(chars, c)
		subrs = append(subrs, append(numbers(g.Side, g.Side, -g.Side), 6, 11)) // hlineto, return
		if i == 0 {
			continue
		}
		if cid {
			charset = append(charset, words(g.CID)...)
			continue
		}
		strings = append(strings, []byte("glyph."+g.Name))
		charset = append(charset, words(391+i-1)...)
		encoding = append(encoding, byte(g.Rune))
		encoding[1]++
	}
	if cid {
		strings = [][]byte{[]byte("Adobe"), []byte("Identity")}
	}
	private := append(append(append(numbers(600), 20), numbers(600)...), 21) // default and nominal width
	private = append(append(private, offset(len(private)+6)...), 19)
	local := index(subrs...)
	count := 0 // CIDCount as some writers have it
	for _, g := range glyphs {
		count = max(count, g.CID+1)
	}
	top := func(at [5]int) []byte {
		var d []byte
		if cid {
			d = append(append(numbers(391, 392, 0), 12, 30), append(number(count), 12, 34)...)
			d = append(d, append(append(offset(at[3]), 12, 36), append(offset(at[4]), 12, 37)...)...)
		} else {
			d = append(append(append(numbers(len(private)), offset(at[3])...), 18), append(offset(at[4]), 16)...)
		}
		return append(append(append(append(d, offset(at[0])...), 15), offset(at[1])...), 17)
	}
	build := func(at [5]int) (out []byte, next [5]int) {
		out = append([]byte{1, 0, 4, 2}, index([]byte("QWERTY+Squares"))...)
		out = append(out, index(top(at))...)
		out = append(append(out, index(strings...)...), index()...)
		next[0] = len(out)
		out = append(out, charset...)
		next[1] = len(out)
		out = append(out, index(chars...)...)
		next[2] = len(out)
		out = append(append(out, private...), local...)
		if cid {
			next[3] = len(out)
			out = append(out, index(append(append(numbers(len(private)), offset(next[2])...), 18))...)
			next[4] = len(out)
			out = append(out, make([]byte, 1+len(glyphs))...) // all in the first Font DICT
		} else {
			next[3], next[4] = next[2], len(out)
			out = append(out, encoding...)
		}
		return out, next
	}
	_, at := build([5]int{})
	out, _ := build(at)
	return out
}

// Type1 is a font whose glyphs have the codes of their runes. Each square is a
// subroutine of its own, from the fifth on. The name has the tag of a subset.
func Type1(glyphs []Glyph) []byte {
	clear := "%!PS-AdobeFont-1.0: Squares\n/FontName /QWERTY+Squares def\n/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\n"
	private := "dup /Private 8 dict dup begin\n/lenIV 4 def\n"
	subr := func(i int, code []byte) {
		c := encrypt(append([]byte{0, 0, 0, 0}, code...), 4330)
		private += fmt.Sprintf("dup %d %d RD %s NP\n", i, len(c), c)
	}
	private += fmt.Sprintf("/Subrs %d array\n", 4+len(glyphs))
	for i := range 4 {
		subr(i, []byte{11})
	}
	for i, g := range glyphs {
		subr(4+i, append(append(append(append(append(numbers(g.Side), 6), number(g.Side)...), 7), number(-g.Side)...), 6, 9, 11)) // hlineto, vlineto, hlineto, closepath
	}
	private += fmt.Sprintf("ND\n2 index /CharStrings %d dict dup begin\n", len(glyphs))
	for i, g := range glyphs {
		if g.Rune != 0 {
			clear += fmt.Sprintf("dup %d /%s put\n", g.Rune, g.Name)
		}
		code := append(numbers(0, g.Width), 13)                    // hsbw
		code = append(append(code, numbers(0, 0)...), 21)          // rmoveto
		code = append(append(code, numbers(4+i, 1, 3)...), 12, 16) // hint replacement names the subroutine
		code = append(append(code, 12, 17, 10), 14)                // pop callsubr endchar
		c := encrypt(append([]byte{0, 0, 0, 0}, code...), 4330)
		private += fmt.Sprintf("/%s %d RD %s ND\n", g.Name, len(c), c)
	}
	private += "end\nend\nreadonly put\nnoaccess put\ndup/FontName get exch definefont pop\nmark currentfile closefile\n"
	clear += "readonly def\ncurrentdict end\ncurrentfile eexec\n"
	return append([]byte(clear), encrypt(append([]byte{1, 2, 3, 4}, private...), 55665)...)
}

func encrypt(b []byte, key uint16) []byte {
	out := make([]byte, len(b))
	for i, p := range b {
		out[i] = p ^ byte(key>>8)
		key = (uint16(out[i])+key)*52845 + 22719
	}
	return out
}
