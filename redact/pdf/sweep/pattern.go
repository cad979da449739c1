package sweep

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// patterns finds any of many short byte sequences, by their first two bytes.
type patterns struct {
	begins [1 << 16 / 64]uint64
	of     map[uint16][][]byte // longest first
}

// patterns are the bytes in which removed texts stand in streams that are neither
// operators nor pictures. Short ones are left out where the stream is binary:
// there they stand by chance.
func (c *cleaner) patterns(isText bool) *patterns {
	p := &c.binary
	if isText {
		p = &c.textual
	}
	if *p != nil {
		return *p
	}
	*p = &patterns{of: map[uint16][][]byte{}}
	for _, t := range c.texts {
		for _, v := range [...]string{t, strings.ToUpper(t), strings.ToLower(t), strings.ReplaceAll(t, " ", ""), strings.ReplaceAll(t, " ", "-")} {
			units := utf16.Encode([]rune(v))
			be, le := make([]byte, 0, 2*len(units)), make([]byte, 0, 2*len(units))
			for _, u := range units {
				be, le = append(be, byte(u>>8), byte(u)), append(le, byte(u), byte(u>>8))
			}
			all := [][]byte{[]byte(v), be, le}
			if g, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(v)); err == nil {
				all = append(all, g)
			}
			for _, b := range all {
				if isText || len(b) >= 5 || len(b) >= 4 && !utf8.Valid(b) {
					(*p).add(b)
				}
			}
		}
	}
	for _, l := range (*p).of {
		slices.SortFunc(l, func(a, b []byte) int { return len(b) - len(a) })
	}
	return *p
}

func (p *patterns) add(b []byte) {
	if len(b) < 2 {
		return
	}
	k := uint16(b[0])<<8 | uint16(b[1])
	if !slices.ContainsFunc(p.of[k], func(o []byte) bool { return bytes.Equal(o, b) }) {
		p.begins[k/64] |= 1 << (k % 64)
		p.of[k] = append(p.of[k], b)
	}
}

// each gives the places in b where one stands, left to right.
func (p *patterns) each(b []byte, found func(from, to int)) {
	for i := 0; i+1 < len(b); i++ {
		k := uint16(b[i])<<8 | uint16(b[i+1])
		if p.begins[k/64]>>(k%64)&1 == 0 {
			continue
		}
		for _, w := range p.of[k] {
			if bytes.HasPrefix(b[i:], w) {
				found(i, i+len(w))
				i += len(w) - 1
				break
			}
		}
	}
}

// in reports whether one stands in b.
func (p *patterns) in(b []byte) (yes bool) {
	p.each(b, func(int, int) { yes = true })
	return yes
}
