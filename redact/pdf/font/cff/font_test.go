package cff

import (
	"bytes"
	"math"
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

func TestReadsNames(t *testing.T) {
	f := parsed(t, fonttest.CFF(fonttest.Letters("ABC"), false))
	if f.CID || f.Glyphs != 4 {
		t.Fatalf("%d glyphs", f.Glyphs)
	}
	if f.Name(2) != "glyph.B" || f.Coded['B'] != 2 || f.Coded['D'] != 0 {
		t.Errorf("%q, code %d", f.Name(2), f.Coded['B'])
	}
	if w, ok := f.Advance(2); !ok || math.Round(w*1e6) != 408000 {
		t.Errorf("advance %v", w)
	}
}

func TestReadsCIDs(t *testing.T) {
	f := parsed(t, fonttest.CFF(fonttest.Letters("ABC"), true))
	if g, ok := f.OfCID(100 + 'B'); !f.CID || !ok || g != 2 {
		t.Errorf("glyph %d", g)
	}
	if _, ok := f.OfCID(2); ok {
		t.Error("a glyph without a CID was found")
	}
	if w, ok := f.Advance(2); !ok || math.Round(w*1e6) != 408000 {
		t.Errorf("advance %v", w)
	}
}

func TestKeepNames(t *testing.T) {
	f := parsed(t, fonttest.CFF(fonttest.Letters("ABC"), false))
	for _, renumber := range []bool{true, false} {
		out, err := f.Keep(Keeping{Glyphs: map[int]bool{1: true, 3: true}, Renumber: renumber})
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(out, []byte("glyph.B")) || !bytes.Contains(out, []byte("glyph.C")) || bytes.Contains(out, []byte("QWERTY")) {
			t.Error("names")
		}
		k := parsed(t, out)
		for n, letter := range []byte("AC") {
			g, ok := k.Named("glyph." + string(letter))
			if !ok || k.Coded[letter] != g || !bytes.Equal(k.chars[g], f.chars[2*n+1]) {
				t.Errorf("%c: glyph %d, code %d", letter, g, k.Coded[letter])
			}
		}
		if k.Coded['B'] != 0 {
			t.Error("a code is still there")
		}
		want := 4
		if renumber {
			want = 3
		} else if !bytes.Equal(k.chars[2], []byte{14}) || k.Name(2) != ".notdef" {
			t.Error("the glyph that is gone is not empty")
		}
		if k.Glyphs != want {
			t.Errorf("%d glyphs", k.Glyphs)
		}
		if s := k.parts[0].subrs; len(s) != 4 || !bytes.Equal(s[2], []byte{11}) || bytes.Equal(s[3], []byte{11}) {
			t.Error("subroutines")
		}
	}
}

func TestKeepCodes(t *testing.T) {
	f := parsed(t, fonttest.CFF(fonttest.Letters("ABC"), false))
	out, err := f.Keep(Keeping{Glyphs: map[int]bool{1: true, 2: true, 3: true}, Code: func(c byte) bool { return c != 'A' }, Renumber: true})
	if err != nil {
		t.Fatal(err)
	}
	if k := parsed(t, out); k.Coded['A'] != 0 || k.Coded['B'] != 2 || k.Coded['C'] != 3 {
		t.Errorf("%d %d %d", k.Coded['A'], k.Coded['B'], k.Coded['C'])
	}
}

func TestKeepCIDs(t *testing.T) {
	f := parsed(t, fonttest.CFF(fonttest.Letters("ABC"), true))
	for _, renumber := range []bool{true, false} {
		out, err := f.Keep(Keeping{Glyphs: map[int]bool{1: true, 3: true}, Renumber: renumber})
		if err != nil {
			t.Fatal(err)
		}
		k := parsed(t, out)
		if _, ok := k.OfCID(100 + 'B'); ok {
			t.Error("the CID of a glyph that is gone is still there")
		}
		if g, ok := k.OfCID(100 + 'C'); !ok || !bytes.Equal(k.chars[g], f.chars[3]) {
			t.Errorf("glyph %d", g)
		}
		if w, _ := k.Advance(k.Glyphs - 1); math.Round(w*1e6) != 415000 {
			t.Errorf("advance %v", w)
		}
	}
}

// Two fonts that differ in what is removed are the same without it, but for
// subroutines of another size that something else calls.
func TestKeepIsTheSameWhateverWasThere(t *testing.T) {
	for _, cid := range []bool{true, false} {
		var first []byte
		for _, text := range []string{"ABXC", "ABYC", "ABWC"} {
			g := fonttest.Letters(text)
			g[3].Width, g[3].Side = 500+int(g[3].Rune), 900+int(g[3].Rune)
			out, err := parsed(t, fonttest.CFF(g, cid)).Keep(Keeping{Glyphs: map[int]bool{1: true, 2: true, 4: true}, Renumber: true})
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = out
			}
			if !bytes.Equal(first, out) {
				t.Error("the fonts differ")
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(fonttest.CFF(fonttest.Letters("ABC"), false))
	f.Add(fonttest.CFF(fonttest.Letters("ABC"), true))
	f.Fuzz(func(t *testing.T, b []byte) {
		font, err := Parse(b)
		if err != nil {
			return
		}
		font.Advance(1)
		for _, renumber := range []bool{true, false} {
			out, err := font.Keep(Keeping{Glyphs: map[int]bool{1: true, 2: true}, Renumber: renumber})
			if err != nil {
				continue
			}
			if _, err := Parse(out); err != nil {
				t.Errorf("what was written cannot be read: %v", err)
			}
		}
	})
}
