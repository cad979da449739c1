package label

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"unicode/utf16"
)

// tables are an sfnt file's by their tags, with those checked that a subset is
// cut from (OpenType 1.9.1, "The OpenType font file").
func tables(ttf []byte) (map[string][]byte, error) {
	if len(ttf) < 12 {
		return nil, errTable
	}
	n := int(binary.BigEndian.Uint16(ttf[4:]))
	if len(ttf) < 12+16*n {
		return nil, errTable
	}
	out := map[string][]byte{}
	for i := range n {
		e := ttf[12+16*i:]
		off, length := uint64(binary.BigEndian.Uint32(e[8:])), uint64(binary.BigEndian.Uint32(e[12:]))
		if off+length > uint64(len(ttf)) {
			return nil, errTable
		}
		out[string(e[:4])] = ttf[off : off+length]
	}
	for _, need := range []struct {
		tag  string
		size int
	}{{"head", 54}, {"hhea", 36}, {"maxp", 6}, {"hmtx", 4}, {"loca", 4}, {"glyf", 1}} {
		if len(out[need.tag]) < need.size {
			return nil, fmt.Errorf("%s: %w", need.tag, errTable)
		}
	}
	return out, nil
}

// outline is a glyph's entry in glyf; empty where it has none.
func (f *Font) outline(g uint16) ([]byte, error) {
	loca, glyf := f.tables["loca"], f.tables["glyf"]
	var from, to uint64
	if binary.BigEndian.Uint16(f.tables["head"][50:]) == 0 {
		if len(loca) < 2*int(g)+4 {
			return nil, errTable
		}
		from, to = 2*uint64(binary.BigEndian.Uint16(loca[2*int(g):])), 2*uint64(binary.BigEndian.Uint16(loca[2*int(g)+2:]))
	} else {
		if len(loca) < 4*int(g)+8 {
			return nil, errTable
		}
		from, to = uint64(binary.BigEndian.Uint32(loca[4*int(g):])), uint64(binary.BigEndian.Uint32(loca[4*int(g)+4:]))
	}
	if from > to || to > uint64(len(glyf)) {
		return nil, errTable
	}
	return glyf[from:to], nil
}

// Flags of a composite glyph's components (OpenType 1.9.1, glyf).
const (
	argWords   = 1 << 0
	haveScale  = 1 << 3
	moreParts  = 1 << 5
	haveXY     = 1 << 6
	haveTwoTwo = 1 << 7
)

// parts are the glyphs that a composite one is made of.
func parts(outline []byte) ([]uint16, error) {
	if len(outline) < 10 || int16(binary.BigEndian.Uint16(outline)) >= 0 {
		return nil, nil
	}
	var out []uint16
	for b := outline[10:]; ; {
		if len(b) < 4 {
			return nil, errTable
		}
		flags := binary.BigEndian.Uint16(b)
		out = append(out, binary.BigEndian.Uint16(b[2:]))
		skip := 6
		if flags&argWords != 0 {
			skip += 2
		}
		switch {
		case flags&haveScale != 0:
			skip += 2
		case flags&haveXY != 0:
			skip += 4
		case flags&haveTwoTwo != 0:
			skip += 8
		}
		if flags&moreParts == 0 {
			return out, nil
		}
		if len(b) < skip {
			return nil, errTable
		}
		b = b[skip:]
	}
}

// subset is a font file with the outlines of these glyphs and what they are made
// of, each under its old number; the numbers between are empty. What a PDF needs
// of a TrueType font and no more (ISO 32000-2, 9.9.1).
func (f *Font) subset(glyphs []uint16) ([]byte, error) {
	outlines := map[uint16][]byte{}
	for todo := slices.Clone(glyphs); len(todo) > 0; {
		g := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if _, done := outlines[g]; done {
			continue
		}
		o, err := f.outline(g)
		if err != nil {
			return nil, err
		}
		outlines[g] = o
		more, err := parts(o)
		if err != nil {
			return nil, err
		}
		todo = append(todo, more...)
	}
	count := int(slices.Max(slices.Collect(maps.Keys(outlines)))) + 1

	var glyf, loca, hmtx []byte
	for g := range count {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		o, ok := outlines[uint16(g)]
		if !ok {
			hmtx = append(hmtx, 0, 0, 0, 0)
			continue
		}
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(f.advance(uint16(g))*f.em+0.5))
		hmtx = append(hmtx, f.bearing(g)...)
		glyf = pad(append(glyf, o...))
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))

	head, hhea, maxp := slices.Clone(f.tables["head"]), slices.Clone(f.tables["hhea"]), slices.Clone(f.tables["maxp"])
	clear(head[8:12])                        // checkSumAdjustment, of the whole file, set below
	binary.BigEndian.PutUint16(head[50:], 1) // long offsets
	binary.BigEndian.PutUint16(hhea[34:], uint16(count))
	binary.BigEndian.PutUint16(maxp[4:], uint16(count))
	out := map[string][]byte{"glyf": glyf, "loca": loca, "hmtx": hmtx, "head": head, "hhea": hhea, "maxp": maxp}
	for _, hints := range []string{"cvt ", "fpgm", "prep"} {
		if t := f.tables[hints]; t != nil {
			out[hints] = t
		}
	}
	return file(out), nil
}

// bearing is a glyph's left side bearing, as it is stored.
func (f *Font) bearing(g int) []byte {
	hmtx, full := f.tables["hmtx"], int(binary.BigEndian.Uint16(f.tables["hhea"][34:]))
	at := 4*g + 2
	if g >= full {
		at = 4*full + 2*(g-full)
	}
	if at+2 > len(hmtx) {
		return []byte{0, 0}
	}
	return hmtx[at : at+2]
}

func pad(b []byte) []byte {
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

func sum(b []byte) (s uint32) {
	for i := 0; i < len(b); i += 4 {
		var w [4]byte
		copy(w[:], b[i:])
		s += binary.BigEndian.Uint32(w[:])
	}
	return s
}

// file is an sfnt file of these tables.
func file(tables map[string][]byte) []byte {
	tags := slices.Sorted(maps.Keys(tables))
	n, log := len(tags), 0
	for 2<<log <= n {
		log++
	}
	out := []byte{0, 1, 0, 0}
	for _, v := range []int{n, 16 << log, log, 16*n - 16<<log} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at, head := 12+16*n, 0
	var body []byte
	for _, t := range tags {
		if t == "head" {
			head = at + len(body)
		}
		out = append(out, t...)
		for _, v := range []uint32{sum(tables[t]), uint32(at + len(body)), uint32(len(tables[t]))} {
			out = binary.BigEndian.AppendUint32(out, v)
		}
		body = pad(append(body, tables[t]...))
	}
	out = append(out, body...)
	binary.BigEndian.PutUint32(out[head+8:], 0xB1B0AFBA-sum(out))
	return out
}

// toUnicode is the CMap that gives each glyph its rune (ISO 32000-2, 9.10.3).
func toUnicode(glyphs []uint16, runes map[uint16]rune) []byte {
	out := []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	shown := slices.DeleteFunc(slices.Clone(glyphs), func(g uint16) bool { return runes[g] == 0 })
	for part := range slices.Chunk(shown, 100) { // at most 100 a block
		out = fmt.Appendf(out, "%d beginbfchar\n", len(part))
		for _, g := range part {
			out = fmt.Appendf(out, "<%04X> <", g)
			for _, u := range utf16.Encode([]rune{runes[g]}) {
				out = fmt.Appendf(out, "%04X", u)
			}
			out = append(out, ">\n"...)
		}
		out = append(out, "endbfchar\n"...)
	}
	return append(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"...)
}
