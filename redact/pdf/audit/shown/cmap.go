package shown

import (
	"unicode/utf16"

	"consentry/redact/pdf/audit/raw"
)

// maxMapped bounds the codes a CMap is spread out to.
const maxMapped = 1 << 17

// A cmap is what a CMap says (Adobe technical note 5014; ISO 32000-2, 9.7.5 and
// 9.10.3).
type cmap struct {
	spaces []space
	text   map[uint32]string // by bfchar and bfrange
	cids   map[uint32]uint32 // by cidchar and cidrange
}

// A space is a range of codes of one length in bytes.
type space struct {
	n      int
	lo, hi uint32
}

func code(s raw.String) uint32 {
	v := uint32(0)
	for _, b := range s {
		v = v<<8 | uint32(b)
	}
	return v
}

func utf16Text(s raw.String) string {
	if len(s) == 1 {
		return string(rune(s[0]))
	}
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}

// next is the text n codes further on: its last rune counts up.
func next(text string, n uint32) string {
	r := []rune(text)
	if len(r) == 0 {
		return ""
	}
	r[len(r)-1] += rune(n)
	return string(r)
}

func parseCMap(b []byte) *cmap {
	m := &cmap{text: map[uint32]string{}, cids: map[uint32]uint32{}}
	l := raw.NewLexer(b)
	var args []raw.Value
	for {
		v, ok := l.Next()
		if !ok || len(m.text)+len(m.cids) > maxMapped {
			return m
		}
		k, isWord := v.(raw.Keyword)
		if !isWord {
			if args = append(args, v); len(args) > 4096 {
				args = args[1:]
			}
			continue
		}
		switch k {
		case "endcodespacerange":
			for i := 0; i+1 < len(args); i += 2 {
				lo, ok := args[i].(raw.String)
				hi, ok2 := args[i+1].(raw.String)
				if ok && ok2 && len(lo) > 0 && len(lo) <= 4 {
					m.spaces = append(m.spaces, space{len(lo), code(lo), code(hi)})
				}
			}
		case "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				if s, ok := args[i].(raw.String); ok {
					m.text[code(s)] = target(args[i+1])
				}
			}
		case "endbfrange":
			m.ranges(args)
		case "endcidchar":
			for i := 0; i+1 < len(args); i += 2 {
				s, ok := args[i].(raw.String)
				n, ok2 := args[i+1].(float64)
				if ok && ok2 {
					m.cids[code(s)] = uint32(n)
				}
			}
		case "endcidrange":
			for i := 0; i+2 < len(args); i += 3 {
				lo, hi, ok := bounds(args[i], args[i+1])
				n, ok2 := args[i+2].(float64)
				for c := lo; ok && ok2 && c <= hi && len(m.cids) < maxMapped; c++ {
					m.cids[c] = uint32(n) + c - lo
				}
			}
		}
		args = args[:0]
	}
}

// target is what a code is mapped to: a string, or the name of a glyph.
func target(v raw.Value) string {
	switch v := v.(type) {
	case raw.String:
		return utf16Text(v)
	case raw.Name:
		return textOf(string(v))
	}
	return ""
}

func bounds(lo, hi raw.Value) (from, to uint32, ok bool) {
	a, ok := lo.(raw.String)
	b, ok2 := hi.(raw.String)
	if !ok || !ok2 {
		return 0, 0, false
	}
	from, to = code(a), code(b)
	return from, min(to, from+0xFFFF), to >= from && to < 1<<32-1
}

func (m *cmap) ranges(args []raw.Value) {
	for i := 0; i+2 < len(args); i += 3 {
		lo, hi, ok := bounds(args[i], args[i+1])
		if !ok {
			continue
		}
		if list, isList := args[i+2].(raw.Array); isList {
			for k, v := range list {
				if c := lo + uint32(k); c <= hi {
					m.text[c] = target(v)
				}
			}
			continue
		}
		for c, t := lo, target(args[i+2]); c <= hi && len(m.text) < maxMapped; c++ {
			m.text[c] = next(t, c-lo)
		}
	}
}
