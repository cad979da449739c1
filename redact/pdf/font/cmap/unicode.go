package cmap

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf16"

	"consentry/redact/pdf/font/glyph"
	"consentry/redact/pdf/syntax"
)

// Unicode maps codes to text, as a ToUnicode CMap does (ISO 32000-2, 9.10.3). The
// length of a code does not matter to it: writers get that wrong.
type Unicode struct {
	ranges     []textRange // by lo; the later in the source is the later here
	collection []string    // by code, where it uses one of Adobe's CMaps from CIDs to UCS-2
}

type textRange struct {
	lo, hi uint32
	text   string // of lo; the last rune counts up
}

// ParseUnicode reads a ToUnicode CMap; what cannot be read is left out.
func ParseUnicode(b []byte) *Unicode {
	u := &Unicode{}
	scan(b, func(op string, args []syntax.Object) {
		if len(u.ranges) >= maxRanges {
			return
		}
		switch op {
		case "usecmap":
			if n, ok := last(args).(syntax.Name); ok {
				u.collection = ofUCS2(string(n))
			}
		case "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				if code, _, ok := codeOf(args[i]); ok {
					u.add(code, code, args[i+1])
				}
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				lo, _, ok := codeOf(args[i])
				hi, _, ok2 := codeOf(args[i+1])
				if !ok || !ok2 || hi < lo {
					continue
				}
				list, is := args[i+2].(syntax.Array)
				if !is {
					u.add(lo, hi, args[i+2])
				}
				for k, e := range list {
					if uint32(k) <= hi-lo {
						u.add(lo+uint32(k), lo+uint32(k), e)
					}
				}
			}
		}
	})
	slices.SortStableFunc(u.ranges, func(a, b textRange) int { return cmp.Compare(a.lo, b.lo) })
	return u
}

// NamedUnicode is one of Adobe's CMaps from CIDs to UCS-2, such as
// Adobe-Japan1-UCS2; nil for another name.
func NamedUnicode(name string) *Unicode {
	if c := ofUCS2(name); c != nil {
		return &Unicode{collection: c}
	}
	return nil
}

func ofUCS2(name string) []string {
	if o, ok := strings.CutPrefix(name, "Adobe-"); ok {
		if o, ok = strings.CutSuffix(o, "-UCS2"); ok {
			return Collection(o)
		}
	}
	return nil
}

// add reads a destination: UTF-16BE, also of one byte, or a glyph name.
func (u *Unicode) add(lo, hi uint32, o syntax.Object) {
	text := ""
	switch v := o.(type) {
	case syntax.String:
		if len(v) > 512 {
			return
		}
		if len(v) == 1 {
			text = string(rune(v[0]))
			break
		}
		units := make([]uint16, 0, len(v)/2)
		for i := 0; i+1 < len(v); i += 2 {
			units = append(units, uint16(v[i])<<8|uint16(v[i+1]))
		}
		for len(units) > 1 && units[len(units)-1] == 0 { // written as a C string
			units = units[:len(units)-1]
		}
		text = string(utf16.Decode(units))
	case syntax.Name:
		text = glyph.Unicode(string(v), false)
	}
	if text != "" {
		u.ranges = append(u.ranges, textRange{lo, hi, text})
	}
}

// Text is that of a code; empty where there is none or it tells nothing.
func (u *Unicode) Text(code uint32) string {
	if u == nil {
		return ""
	}
	i, _ := slices.BinarySearchFunc(u.ranges, code, func(r textRange, code uint32) int {
		if r.lo <= code {
			return -1
		}
		return 1
	})
	for k := 1; k <= maxOverlap && i-k >= 0; k++ {
		r := u.ranges[i-k]
		if code > r.hi {
			continue
		}
		text := r.text
		if d := code - r.lo; d > 0 {
			rs := []rune(text)
			rs[len(rs)-1] += rune(min(d, 0x10ffff))
			text = string(rs)
		}
		if glyph.Known(text) {
			return text
		}
		return ""
	}
	if int64(code) < int64(len(u.collection)) {
		return u.collection[code]
	}
	return ""
}

// Usable reports whether any code has a text that tells something.
func (u *Unicode) Usable() bool {
	if u == nil {
		return false
	}
	return u.collection != nil || slices.ContainsFunc(u.ranges, func(r textRange) bool { return glyph.Known(r.text) || r.hi > r.lo })
}
