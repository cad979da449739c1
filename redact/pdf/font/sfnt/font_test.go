package sfnt

import (
	"bytes"
	"encoding/binary"
	"testing"

	"consentry/redact/pdf/font/fonttest"
)

func parsed(t *testing.T, b []byte) *Font {
	t.Helper()
	f, err := Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestReads(t *testing.T) {
	f := parsed(t, fonttest.TrueType(fonttest.Letters("ABC")))
	if f.Glyphs != 4 || f.Em != 1000 {
		t.Errorf("%d glyphs, %d units", f.Glyphs, f.Em)
	}
	if w, ok := f.Advance(2); !ok || w != .408 {
		t.Errorf("advance %v", w)
	}
	if f.Name(2) != "B" {
		t.Errorf("name %q", f.Name(2))
	}
	if g, ok := f.Named("C"); !ok || g != 3 {
		t.Errorf("glyph %d", g)
	}
	for _, s := range f.Subtables() {
		if s.GID('B') != 2 || s.GID('D') != 0 {
			t.Errorf("subtable %d,%d", s.Platform, s.Encoding)
		}
	}
}

func TestKeepLeavesNothingOfTheOthers(t *testing.T) {
	letters := fonttest.Letters("ABCDE")
	letters = append(letters, fonttest.Glyph{Name: "both", Rune: 'Z', Width: 777, Parts: []int{1, 3}})
	f := parsed(t, fonttest.TrueType(letters))
	out := f.Keep(Keeping{Glyphs: map[int]bool{6: true, 2: true}})
	if binary.BigEndian.Uint32(out[len(out)-4:]) == 0xffffffff || checksum(out) != 0xb1b0afba {
		t.Errorf("checksum %x", checksum(out))
	}
	k := parsed(t, out)
	if k.Glyphs != f.Glyphs {
		t.Errorf("%d glyphs", k.Glyphs)
	}
	for g, kept := range map[int]bool{0: true, 1: true, 2: true, 3: true, 4: false, 5: false, 6: true} {
		if same := bytes.Equal(k.outline(g), f.outline(g)); same != kept && g > 0 {
			t.Errorf("outline %d", g)
		}
		if w, _ := k.Advance(g); (w != 0) != kept {
			t.Errorf("advance %d is %v", g, w)
		}
		if named := k.Name(g) == letters[g].Name; named != kept && g > 0 {
			t.Errorf("name %d", g)
		}
	}
	for _, s := range k.Subtables() {
		if s.GID('B') != 2 || s.GID('D') != 0 || s.GID('E') != 0 {
			t.Errorf("subtable %d,%d", s.Platform, s.Encoding)
		}
	}
	if k.Table("name") != nil {
		t.Error("the names of the font are there")
	}
}

// Two fonts that differ in what is removed are the same without it.
func TestKeepIsTheSameWhateverWasThere(t *testing.T) {
	var first []byte
	for _, text := range []string{"ABXC", "ABYC", "ABWC"} {
		g := fonttest.Letters(text)
		g[3].Width, g[3].Side = 500+int(g[3].Rune), 900+int(g[3].Rune)
		out := parsed(t, fonttest.TrueType(g)).Keep(Keeping{Glyphs: map[int]bool{1: true, 2: true, 4: true}})
		if first == nil {
			first = out
		}
		if !bytes.Equal(first, out) {
			t.Errorf("the fonts differ")
		}
	}
}

func TestKeepCharacters(t *testing.T) {
	g := fonttest.Letters("AB")
	f := parsed(t, fonttest.TrueType(g))
	k := parsed(t, f.Keep(Keeping{Glyphs: map[int]bool{1: true, 2: true}, Char: func(s Subtable, c uint32) bool { return c == 'B' && s.Unicode() }}))
	for _, s := range k.Subtables() {
		if s.GID('A') != 0 || (s.GID('B') == 2) != s.Unicode() {
			t.Errorf("subtable %d,%d", s.Platform, s.Encoding)
		}
	}
}

// In damaged fonts an outline's end is not where the next begins; it takes no more
// bytes than it needs.
func TestOutlinesOutOfOrder(t *testing.T) {
	f := parsed(t, fonttest.TrueType(fonttest.Letters("ABC")))
	want := [][]byte{nil, f.outline(1), f.outline(2), f.outline(3)}
	loca := bytes.Clone(f.tables["loca"])
	copy(loca[4:], f.tables["loca"][8:12]) // A and B change places
	copy(loca[8:], f.tables["loca"][4:8])
	f.tables["loca"] = loca
	for g, old := range map[int]int{1: 2, 2: 1, 3: 3} {
		if !bytes.Equal(f.outline(g), want[old]) {
			t.Errorf("glyph %d: %d bytes, not %d", g, len(f.outline(g)), len(want[old]))
		}
	}
}

func TestMapOfHighBytes(t *testing.T) {
	b := make([]byte, 518+8+8+6)
	binary.BigEndian.PutUint16(b, 2)
	binary.BigEndian.PutUint16(b[6+2*0x81:], 8)      // the high byte 81
	copy(b[518:], []byte{0, 65, 0, 1, 0, 0, 0, 10})  // one byte: A, its glyph after both ranges
	copy(b[526:], []byte{0, 0x40, 0, 2, 0, 1, 0, 4}) // two: 8140 and 8141, one glyph further
	copy(b[534:], []byte{0, 3, 0, 7, 0, 0})          // the glyphs
	got := (&Font{Glyphs: 20}).mappings(b, maxMappings)
	if len(got) != 2 || got[0] != (Mapping{65, 3}) || got[1] != (Mapping{0x8140, 8}) {
		t.Errorf("%v", got)
	}
}

func TestWrittenMaps(t *testing.T) {
	var sparse []Mapping
	for i := range 9000 {
		sparse = append(sparse, Mapping{uint32(2*i + 1), i%900 + 1})
	}
	for name, m := range map[string][]Mapping{"empty": nil, "runs": {{65, 3}, {66, 4}, {67, 9}, {0x4f60, 10}}, "astral": {{65, 1}, {0x1f600, 2}}, "sparse": sparse} {
		f := &Font{Glyphs: 1000}
		s := Subtable{Platform: 3, Encoding: 1, Map: m}
		got := f.mappings(s.write(), maxMappings)
		if len(got) != len(m) {
			t.Errorf("%s: %d characters, not %d", name, len(got), len(m))
			continue
		}
		for i := range m {
			if got[i] != m[i] {
				t.Errorf("%s: %v, not %v", name, got[i], m[i])
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	letters := append(fonttest.Letters("ABC"), fonttest.Glyph{Name: "Z", Rune: 'Z', Parts: []int{1, 4}})
	f.Add(fonttest.TrueType(letters))
	f.Add([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0c"))
	f.Fuzz(func(t *testing.T, b []byte) {
		font, err := Parse(b)
		if err != nil {
			return
		}
		font.Subtables()
		font.Name(1)
		out := font.Keep(Keeping{Glyphs: map[int]bool{1: true, 4: true}})
		if !bytes.Equal(out, font.Keep(Keeping{Glyphs: map[int]bool{1: true, 4: true}})) {
			t.Error("not the same twice")
		}
		if _, err := Parse(out); err != nil {
			t.Errorf("what was written cannot be read: %v", err)
		}
	})
}
