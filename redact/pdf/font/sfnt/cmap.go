package sfnt

import (
	"cmp"
	"slices"
)

// A Mapping leads from a character to a glyph.
type Mapping struct {
	Char uint32
	GID  int
}

// A Subtable is one of a font's maps from characters to glyphs, by character.
type Subtable struct {
	Platform, Encoding int
	Map                []Mapping
}

// Unicode reports whether the characters are Unicode.
func (s Subtable) Unicode() bool {
	return s.Platform == 0 || s.Platform == 3 && (s.Encoding == 1 || s.Encoding == 10)
}

// GID is a character's glyph; 0 where there is none.
func (s Subtable) GID(char uint32) int {
	i, ok := slices.BinarySearchFunc(s.Map, char, func(m Mapping, c uint32) int { return cmp.Compare(m.Char, c) })
	if !ok {
		return 0
	}
	return s.Map[i].GID
}

const (
	maxSubtables = 32
	maxMappings  = 1 << 18 // in one subtable; Unicode's characters are fewer than 160,000
)

// Subtables reads the cmap table: formats 0, 4, 6, 10, 12 and 13.
func (f *Font) Subtables() []Subtable {
	t := f.tables["cmap"]
	var out []Subtable
	for i := range min(u16(t, 2), maxSubtables) {
		at := u32(t, 4+8*i+4)
		if at <= 0 || at >= len(t) {
			continue
		}
		s := Subtable{Platform: u16(t, 4+8*i), Encoding: u16(t, 4+8*i+2)}
		s.Map = f.mappings(t[at:])
		slices.SortStableFunc(s.Map, func(a, b Mapping) int { return cmp.Compare(a.Char, b.Char) })
		s.Map = slices.CompactFunc(s.Map, func(a, b Mapping) bool { return a.Char == b.Char })
		out = append(out, s)
	}
	return out
}

func (f *Font) mappings(t []byte) []Mapping {
	var out []Mapping
	add := func(char uint32, gid int) {
		if gid > 0 && gid < f.Glyphs && len(out) < maxMappings {
			out = append(out, Mapping{char, gid})
		}
	}
	switch u16(t, 0) {
	case 0:
		for c := 0; c < 256 && 6+c < len(t); c++ {
			add(uint32(c), int(t[6+c]))
		}
	case 4:
		segments(t, add)
	case 6:
		first := u16(t, 6)
		for k := range u16(t, 8) {
			add(uint32(first+k), u16(t, 10+2*k))
		}
	case 10:
		first := u32(t, 12)
		for k := range min(u32(t, 16), len(t)/2) {
			add(uint32(first+k), u16(t, 20+2*k))
		}
	case 12, 13:
		for g := range min(u32(t, 12), len(t)/12) {
			lo, hi, gid := u32(t, 16+12*g), u32(t, 20+12*g), u32(t, 24+12*g)
			for c := lo; c <= hi && c-lo < maxMappings && len(out) < maxMappings; c++ {
				if u16(t, 0) == 12 {
					if gid+c-lo >= f.Glyphs {
						break
					}
					add(uint32(c), gid+c-lo)
				} else if gid >= f.Glyphs {
					break
				} else {
					add(uint32(c), gid)
				}
			}
		}
	}
	return out
}

// segments reads a subtable of format 4.
func segments(t []byte, add func(uint32, int)) {
	n := u16(t, 6) / 2
	total := 0
	for s := range min(n, len(t)/8) {
		end := u16(t, 14+2*s)
		start := u16(t, 16+2*n+2*s)
		delta := u16(t, 16+4*n+2*s)
		at := 16 + 6*n + 2*s
		offset := u16(t, at)
		if total += max(0, end-start); total > maxMappings {
			return
		}
		for c := start; c <= end && c < 0xffff; c++ {
			gid := c
			if offset != 0 && offset != 0xffff {
				if gid = u16(t, at+offset+2*(c-start)); gid == 0 {
					continue
				}
			}
			add(uint32(c), (gid+delta)&0xffff)
		}
	}
}
