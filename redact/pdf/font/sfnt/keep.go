package sfnt

import (
	"encoding/binary"
	"slices"
)

// Keeping says what Keep keeps.
type Keeping struct {
	Glyphs map[int]bool                       // that are still shown
	Char   func(s Subtable, char uint32) bool // whether a character is still asked for in a subtable
	CFF    []byte                             // the CFF table anew, in a font that has one
}

// Keep writes the font with the outlines, names, characters and widths of the
// glyphs that are kept, of the components of composite ones, and of .notdef. The
// others stay as empty glyphs, since glyphs are known by their numbers; bounds
// and maxima are those of what is left. Tables that a PDF reader does not need
// (9.9, table 124) are dropped.
func (f *Font) Keep(k Keeping) []byte {
	used := map[int]bool{0: true}
	for g := range k.Glyphs {
		if g >= 0 && g < f.Glyphs {
			used[g] = true
		}
	}
	f.Components(used)
	tables := map[string][]byte{}
	for _, t := range []string{"cvt ", "fpgm", "prep", "head", "hhea", "maxp"} {
		if b := f.tables[t]; b != nil {
			tables[t] = slices.Clone(b)
		}
	}
	if f.tables["glyf"] != nil {
		tables["glyf"], tables["loca"] = f.keepOutlines(used)
		f.bound(used, tables)
	}
	if k.CFF != nil {
		tables["CFF "] = k.CFF
	}
	if f.tables["hmtx"] != nil {
		tables["hmtx"] = f.keepMetrics(used, tables)
	}
	if f.tables["cmap"] != nil {
		tables["cmap"] = f.keepMap(used, k.Char)
	}
	if f.tables["post"] != nil {
		tables["post"] = f.keepNames(used)
	}
	return assemble(f.version, tables)
}

// keepOutlines writes glyf and loca.
func (f *Font) keepOutlines(used map[int]bool) (glyf, loca []byte) {
	long := u16(f.tables["head"], 50) != 0
	for g := 0; g <= f.Glyphs; g++ {
		if long {
			loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		} else {
			loca = binary.BigEndian.AppendUint16(loca, uint16(len(glyf)/2))
		}
		if used[g] {
			glyf = append(glyf, f.outline(g)...)
			for len(glyf)%2 != 0 || long && len(glyf)%4 != 0 {
				glyf = append(glyf, 0)
			}
		}
	}
	if glyf == nil {
		glyf = []byte{0} // a table of no bytes is taken for a missing one
	}
	return glyf, loca
}

// keepMetrics writes hmtx: the glyphs that are gone have no width.
func (f *Font) keepMetrics(used map[int]bool, tables map[string][]byte) []byte {
	b := slices.Clone(f.tables["hmtx"])
	n := u16(f.tables["hhea"], 34)
	last := 0 // the highest glyph that is used
	widest := 0
	for g := range used {
		last = max(last, g)
	}
	for g := 0; g < f.Glyphs; g++ {
		at, size := 4*g, 4
		if g >= n {
			at, size = 4*n+2*(g-n), 2
		}
		if at+size > len(b) {
			break
		}
		switch {
		case used[g] && g < n:
			widest = max(widest, u16(b, at))
		case used[g]:
		case g == n-1 && last >= n: // its width is that of all that follow
			clear(b[at+2 : at+4])
			widest = max(widest, u16(b, at))
		default:
			clear(b[at : at+size])
		}
	}
	if h := tables["hhea"]; len(h) >= 12 {
		binary.BigEndian.PutUint16(h[10:], uint16(widest))
	}
	return b[:min(len(b), 4*n+2*max(0, f.Glyphs-n))]
}

// keepMap writes the cmap table with the same subtables.
func (f *Font) keepMap(used map[int]bool, wanted func(Subtable, uint32) bool) []byte {
	var bodies [][]byte
	var subs []Subtable
	for _, s := range f.Subtables() {
		had := len(s.Map) > 0
		s.Map = slices.DeleteFunc(s.Map, func(m Mapping) bool { return !used[m.GID] || wanted != nil && !wanted(s, m.Char) })
		if had && len(s.Map) == 0 && f.Glyphs > 1 {
			// PDFium takes another table where this one knows no code.
			char := uint32(0)
			if s.Platform == 3 && s.Encoding == 0 {
				char = 0xf000
			}
			s.Map = []Mapping{{char, 1}}
		}
		subs = append(subs, s)
		bodies = append(bodies, s.write())
	}
	out := binary.BigEndian.AppendUint16([]byte{0, 0}, uint16(len(subs)))
	at := 4 + 8*len(subs)
	for i, s := range subs {
		out = binary.BigEndian.AppendUint16(out, uint16(s.Platform))
		out = binary.BigEndian.AppendUint16(out, uint16(s.Encoding))
		out = binary.BigEndian.AppendUint32(out, uint32(at))
		at += len(bodies[i])
	}
	return append(out, slices.Concat(bodies...)...)
}

// write writes a subtable: of the Macintosh in format 6, others in 4 or 12.
func (s Subtable) write() []byte {
	be := binary.BigEndian
	n := len(s.Map)
	if s.Platform == 1 && (n == 0 || s.Map[n-1].Char < 256) {
		first, count := uint32(0), 0
		if n > 0 {
			first = s.Map[0].Char
			count = int(s.Map[n-1].Char-first) + 1
		}
		out := make([]byte, 10+2*count)
		be.PutUint16(out, 6)
		be.PutUint16(out[2:], uint16(len(out)))
		be.PutUint16(out[6:], uint16(first))
		be.PutUint16(out[8:], uint16(count))
		for _, m := range s.Map {
			be.PutUint16(out[10+2*(m.Char-first):], uint16(m.GID))
		}
		return out
	}
	var runs [][2]int // places in Map, first and last
	for i, m := range s.Map {
		if i > 0 && m.Char == s.Map[i-1].Char+1 && m.GID == s.Map[i-1].GID+1 {
			runs[len(runs)-1][1] = i
		} else {
			runs = append(runs, [2]int{i, i})
		}
	}
	if n > 0 && s.Map[n-1].Char >= 0xffff || len(runs) > 8000 {
		out := be.AppendUint32([]byte{0, 12, 0, 0}, uint32(16+12*len(runs)))
		out = be.AppendUint32(be.AppendUint32(out, 0), uint32(len(runs)))
		for _, r := range runs {
			out = be.AppendUint32(out, s.Map[r[0]].Char)
			out = be.AppendUint32(out, s.Map[r[1]].Char)
			out = be.AppendUint32(out, uint32(s.Map[r[0]].GID))
		}
		return out
	}
	segs := len(runs) + 1
	power, log := 1, 0
	for power*2 <= segs {
		power, log = power*2, log+1
	}
	out := be.AppendUint16(nil, 4)
	for _, v := range []int{16 + 8*segs, 0, 2 * segs, 2 * power, log, 2 * (segs - power)} {
		out = be.AppendUint16(out, uint16(v))
	}
	column := func(value func(r [2]int) int, end int) {
		for _, r := range runs {
			out = be.AppendUint16(out, uint16(value(r)))
		}
		out = be.AppendUint16(out, uint16(end))
	}
	column(func(r [2]int) int { return int(s.Map[r[1]].Char) }, 0xffff)
	out = append(out, 0, 0)
	column(func(r [2]int) int { return int(s.Map[r[0]].Char) }, 0xffff)
	column(func(r [2]int) int { return s.Map[r[0]].GID - int(s.Map[r[0]].Char) }, 1)
	column(func([2]int) int { return 0 }, 0)
	return out
}

// keepNames writes the post table with the names of the glyphs that are used.
func (f *Font) keepNames(used map[int]bool) []byte {
	head := make([]byte, 32)
	copy(head, f.tables["post"])
	if u32(head, 0) == 0x00010000 {
		return head
	}
	if u32(head, 0) != 0x00020000 {
		binary.BigEndian.PutUint32(head, 0x00030000)
		return head
	}
	standard := map[string]int{}
	for i, n := range macintosh() {
		standard[n] = i
	}
	out := binary.BigEndian.AppendUint16(head, uint16(f.Glyphs))
	var own []byte
	next := len(macintosh())
	for g := range f.Glyphs {
		k := 0
		if n := f.Name(g); used[g] && n != "" {
			var ok bool
			if k, ok = standard[n]; !ok {
				k = next
				next++
				own = append(append(own, byte(len(n))), n...)
			}
		}
		out = binary.BigEndian.AppendUint16(out, uint16(k))
	}
	return append(out, own...)
}

// assemble writes a font of these tables with its checksums.
func assemble(version uint32, tables map[string][]byte) []byte {
	be := binary.BigEndian
	if h := tables["head"]; len(h) >= 12 {
		clear(h[8:12])
	}
	var tags []string
	for t := range tables {
		tags = append(tags, t)
	}
	slices.Sort(tags)
	power, log := 1, 0
	for power*2 <= len(tags) {
		power, log = power*2, log+1
	}
	out := be.AppendUint32(nil, version)
	for _, v := range []int{len(tags), 16 * power, log, 16 * (len(tags) - power)} {
		out = be.AppendUint16(out, uint16(v))
	}
	at := 12 + 16*len(tags)
	var body []byte
	head := -1
	for _, t := range tags {
		b := tables[t]
		if t == "head" {
			head = at + len(body)
		}
		out = append(out, t...)
		out = be.AppendUint32(out, checksum(b))
		out = be.AppendUint32(out, uint32(at+len(body)))
		out = be.AppendUint32(out, uint32(len(b)))
		body = append(body, b...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	out = append(out, body...)
	if head >= 0 && len(tables["head"]) >= 12 {
		be.PutUint32(out[head+8:], 0xb1b0afba-checksum(out))
	}
	return out
}

func checksum(b []byte) (sum uint32) {
	for len(b) >= 4 {
		sum += binary.BigEndian.Uint32(b)
		b = b[4:]
	}
	var rest [4]byte
	copy(rest[:], b)
	return sum + binary.BigEndian.Uint32(rest[:])
}
