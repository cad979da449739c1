// Package sfnt reads the TrueType and OpenType programs embedded in PDF files and
// writes them with some glyphs emptied (ISO/IEC 14496-22). It takes the incomplete
// ones that are usual there: tables may be missing or end early.
package sfnt

import (
	_ "embed" // macintosh.txt
	"encoding/binary"
	"errors"
	"strings"
	"sync"
)

// A Font is a font program.
type Font struct {
	Glyphs int // at most 65,535
	Em     int // units per em

	version uint32
	tables  map[string][]byte
	names   func() []string
}

var errFont = errors.New("not a TrueType or OpenType font")

// Parse reads a font program; of a collection the first font.
func Parse(b []byte) (*Font, error) {
	if len(b) >= 16 && string(b[:4]) == "ttcf" {
		at := binary.BigEndian.Uint32(b[12:])
		if uint64(at)+12 > uint64(len(b)) {
			return nil, errFont
		}
		return parse(b, b[at:])
	}
	return parse(b, b)
}

func parse(file, dir []byte) (*Font, error) {
	if len(dir) < 12 {
		return nil, errFont
	}
	f := &Font{version: binary.BigEndian.Uint32(dir), tables: map[string][]byte{}}
	switch f.version {
	case 0x00010000, 0x00020000, 0x74727565, 0x4f54544f: // 1.0, 2.0, true, OTTO
	default:
		return nil, errFont
	}
	for i := range int(binary.BigEndian.Uint16(dir[4:])) {
		if 12+16*i+16 > len(dir) {
			break
		}
		e := dir[12+16*i:]
		at, size := uint64(binary.BigEndian.Uint32(e[8:])), uint64(binary.BigEndian.Uint32(e[12:]))
		if at >= uint64(len(file)) {
			continue
		}
		f.tables[string(e[:4])] = file[at:min(at+size, uint64(len(file)))]
	}
	f.Em = u16(f.tables["head"], 18)
	if f.Em == 0 {
		f.Em = 1000
		if f.tables["glyf"] != nil {
			f.Em = 2048
		}
	}
	f.Glyphs = u16(f.tables["maxp"], 4)
	if len(f.tables["maxp"]) < 6 {
		f.Glyphs = f.offsets()
	}
	f.names = sync.OnceValue(f.postNames)
	return f, nil
}

// Table is a table's bytes; nil where there is none.
func (f *Font) Table(tag string) []byte { return f.tables[tag] }

// u16 is a big-endian number, 0 past the end.
func u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.BigEndian.Uint16(b[at:]))
}

func u32(b []byte, at int) int {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return int(binary.BigEndian.Uint32(b[at:]))
}

// Advance is a glyph's advance width, in em; false where the font has none.
func (f *Font) Advance(gid int) (float64, bool) {
	n := u16(f.tables["hhea"], 34)
	if n == 0 || gid < 0 || gid >= f.Glyphs {
		return 0, false
	}
	at := 4 * min(gid, n-1)
	if at+2 > len(f.tables["hmtx"]) {
		return 0, false
	}
	return float64(u16(f.tables["hmtx"], at)) / float64(f.Em), true
}

// Name is a glyph's name in the post table; empty where it has none.
func (f *Font) Name(gid int) string {
	if n := f.names(); gid >= 0 && gid < len(n) {
		return n[gid]
	}
	return ""
}

// Named is the first glyph of a name; false where the font has none.
func (f *Font) Named(name string) (gid int, ok bool) {
	for i, n := range f.names() {
		if n == name {
			return i, true
		}
	}
	return 0, false
}

//go:embed macintosh.txt
var macintoshText string

// macintosh is the standard order of glyphs of the post table.
var macintosh = sync.OnceValue(func() []string { return strings.Fields(macintoshText) })

// postNames reads the post table of format 1 or 2.
func (f *Font) postNames() []string {
	post := f.tables["post"]
	switch u32(post, 0) {
	case 0x00010000:
		return macintosh()[:min(f.Glyphs, len(macintosh()))]
	case 0x00020000:
	default:
		return nil
	}
	n := min(u16(post, 32), f.Glyphs)
	var own []string
	for at := 34 + 2*u16(post, 32); at < len(post); {
		size := int(post[at])
		if at+1+size > len(post) {
			break
		}
		own = append(own, string(post[at+1:at+1+size]))
		at += 1 + size
	}
	names := make([]string, n)
	for i := range names {
		switch k := u16(post, 34+2*i); {
		case k < len(macintosh()):
			names[i] = macintosh()[k]
		case k-len(macintosh()) < len(own):
			names[i] = own[k-len(macintosh())]
		}
	}
	return names
}
