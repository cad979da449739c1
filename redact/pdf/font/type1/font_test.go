package type1

import (
	"bytes"
	"encoding/hex"
	"math"
	"slices"
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

// pfb puts a font into segments.
func pfb(b []byte) []byte {
	at := bytes.Index(b, []byte("eexec\n")) + 6
	segment := func(kind byte, s []byte) []byte {
		return append([]byte{0x80, kind, byte(len(s)), byte(len(s) >> 8), 0, 0}, s...)
	}
	return append(segment(1, b[:at]), segment(2, b[at:])...)
}

func hexed(b []byte) []byte {
	at := bytes.Index(b, []byte("eexec\n")) + 6
	return append(bytes.Clone(b[:at]), hex.EncodeToString(b[at:])...)
}

func TestReads(t *testing.T) {
	plain := fonttest.Type1(fonttest.Letters("ABC"))
	for name, b := range map[string][]byte{"plain": plain, "segments": pfb(plain), "hexadecimal": hexed(plain)} {
		f := parsed(t, b)
		if got := f.Names(); !slices.Equal(got, []string{".notdef", "A", "B", "C"}) {
			t.Errorf("%s: %q", name, got)
		}
		if f.Coded == nil || f.Coded['B'] != "B" || f.Coded['D'] != "" {
			t.Errorf("%s: encoding", name)
		}
		if w, ok := f.Advance("B"); !ok || math.Round(w*1e6) != 408000 {
			t.Errorf("%s: advance %v", name, w)
		}
	}
}

func TestKeepLeavesNothingOfTheOthers(t *testing.T) {
	f := parsed(t, fonttest.Type1(fonttest.Letters("ABC")))
	p, err := f.Keep(map[string]bool{"A": true, "C": true}, func(c byte) bool { return c == 'C' })
	if err != nil {
		t.Fatal(err)
	}
	if p.Length1+p.Length2+p.Length3 != len(p.Bytes) || !bytes.HasSuffix(p.Bytes[:p.Length1], []byte("eexec\n")) {
		t.Errorf("lengths %d %d %d", p.Length1, p.Length2, p.Length3)
	}
	if bytes.Contains(p.Bytes, []byte("QWERTY")) {
		t.Error("the tag is still there")
	}
	k := parsed(t, p.Bytes)
	if got := k.Names(); !slices.Equal(got, []string{".notdef", "A", "C"}) {
		t.Errorf("%q", got)
	}
	if k.Coded['A'] != "" || k.Coded['B'] != "" || k.Coded['C'] != "C" {
		t.Error("encoding")
	}
	if w, _ := k.Advance("C"); math.Round(w*1e6) != 415000 {
		t.Errorf("advance %v", w)
	}
	for i, s := range k.subrs {
		if empty := len(s.code) == 1; i >= 4 && empty == (i == 4 || i == 5 || i == 7) {
			t.Errorf("subroutine %d", s.n)
		}
	}
}

// Two fonts that differ in what is removed are the same without it.
func TestKeepIsTheSameWhateverWasThere(t *testing.T) {
	var first []byte
	for _, text := range []string{"ABXC", "ABYC", "ABWC"} {
		g := fonttest.Letters(text)
		g[3].Width, g[3].Side = 500+int(g[3].Rune), 900+int(g[3].Rune)
		p, err := parsed(t, fonttest.Type1(g)).Keep(map[string]bool{"A": true, "B": true, "C": true}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = p.Bytes
		}
		if !bytes.Equal(first, p.Bytes) {
			t.Error("the fonts differ")
		}
	}
}

func FuzzParse(f *testing.F) {
	b := fonttest.Type1(fonttest.Letters("AB"))
	f.Add(b)
	f.Add(hexed(b))
	f.Add(pfb(b))
	f.Fuzz(func(t *testing.T, b []byte) {
		font, err := Parse(b)
		if err != nil {
			return
		}
		font.Advance("A")
		if p, err := font.Keep(map[string]bool{"A": true}, nil); err == nil && p.Length1+p.Length2+p.Length3 != len(p.Bytes) {
			t.Error("lengths")
		}
	})
}

// FuzzPrivate feeds what stands encrypted in a font.
func FuzzPrivate(f *testing.F) {
	b := fonttest.Type1(fonttest.Letters("AB"))
	at := bytes.Index(b, []byte("eexec\n")) + 6
	f.Add(decrypt(b[at:], keyPrivate)[4:])
	f.Fuzz(func(t *testing.T, private []byte) {
		font, err := Parse(append([]byte("%!PS\n/Encoding StandardEncoding def\neexec\n"), encrypt(append([]byte{1, 2, 3, 4}, private...), keyPrivate)...))
		if err != nil {
			return
		}
		font.Advance("A")
		if p, err := font.Keep(map[string]bool{"A": true}, nil); err == nil && len(p.Bytes) == 0 {
			t.Error("no font")
		}
	})
}
