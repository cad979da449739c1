package label

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"consentry/assets"
	"consentry/redact/pdf/object"
)

func noto(t testing.TB) []byte {
	t.Helper()
	dir, err := assets.Dir()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "fonts", "NotoSansSC-Regular.ttf"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// open is a file of one empty page, in bytes that say how long they are nowhere
// else than in the cross-reference table.
func open(t testing.TB) *object.File {
	t.Helper()
	var b bytes.Buffer
	var at []int
	b.WriteString("%PDF-1.7\n")
	for i, o := range []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 400 300]>>",
		"<</Type/Page/Parent 2 0 R/Resources<<>>>>",
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationRelaxed
	conf.Offline = true
	ctx, err := api.ReadContext(bytes.NewReader(b.Bytes()), conf)
	if err != nil {
		t.Fatal(err)
	}
	if err := api.ValidateContext(ctx); err != nil {
		t.Fatal(err)
	}
	return &object.File{Context: ctx}
}

var texts = []string{"客户A", "[电话]", "Company B", "Person C", "企业A2"}

func TestWidthsAreTheFonts(t *testing.T) {
	ttf := noto(t)
	f, err := New(ttf)
	if err != nil {
		t.Fatal(err)
	}
	want, err := sfnt.Parse(ttf)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		var em float64
		for _, r := range text {
			g, err := want.GlyphIndex(nil, r)
			if err != nil {
				t.Fatal(err)
			}
			a, err := want.GlyphAdvance(nil, g, fixed.I(1000), font.HintingNone)
			if err != nil {
				t.Fatal(err)
			}
			em += float64(a) / 64 / 1000
		}
		codes, width := f.Encode(text)
		if math.Abs(width-em) > 1e-9 || len(codes) != 2*len([]rune(text)) {
			t.Errorf("%q: %d bytes, %.3f em; want %.3f", text, len(codes), width, em)
		}
	}
}

// embedded is the subset's program and its ToUnicode after the texts were encoded
// in this order.
func embedded(t *testing.T, ttf []byte, order []string) (program, unicode []byte, name string) {
	t.Helper()
	f, err := New(ttf)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range order {
		f.Encode(s)
	}
	file := open(t)
	reserved, err := f.Reserve(file)
	if err != nil {
		t.Fatal(err)
	}
	ref, err := f.Embed(file)
	if err != nil {
		t.Fatal(err)
	}
	if ref != reserved || f.Ref() != ref {
		t.Fatal("the reserved reference is not the font's")
	}
	d := file.Dict(ref)
	if unicode, err = file.Decoded(d["ToUnicode"]); err != nil {
		t.Fatal(err)
	}
	descriptor := file.Dict(file.Dict(file.Array(d["DescendantFonts"])[0])["FontDescriptor"])
	if program, err = file.Decoded(descriptor["FontFile2"]); err != nil {
		t.Fatal(err)
	}
	stream, _ := file.Stream(descriptor["FontFile2"])
	if len(stream.Raw) > 12_000 {
		t.Errorf("the subset takes %d bytes", len(stream.Raw))
	}
	return program, unicode, file.Name(d["BaseFont"])
}

func TestSubsetHoldsTheOutlinesAlone(t *testing.T) {
	ttf := noto(t)
	if n := outlines(t, ttf); n != 0 {
		t.Errorf("%d parts in a font without composite glyphs", n)
	}
	if n := outlines(t, composite(t, ttf)); n != 3 {
		t.Errorf("%d parts, want 3", n)
	}
}

// composite is the font with a B that is made of 龙, which is made of two more.
func composite(t *testing.T, ttf []byte) []byte {
	t.Helper()
	ttf = slices.Clone(ttf)
	f, err := New(ttf) // reads where it lies
	if err != nil {
		t.Fatal(err)
	}
	put := func(r rune, parts ...any) {
		g, _ := f.glyph(r)
		o, err := f.outline(g)
		if err != nil {
			t.Fatal(err)
		}
		b := []byte{255, 255, 0, 0, 0, 0, 0, 9, 0, 9}
		if len(o) < 50 {
			t.Fatal("no room for a composite glyph")
		}
		for _, p := range parts {
			switch p := p.(type) {
			case rune:
				g, _ := f.glyph(p)
				b = binary.BigEndian.AppendUint16(b, g)
			case int:
				b = binary.BigEndian.AppendUint16(b, uint16(p))
			}
		}
		copy(o, b)
	}
	put('B', argWords, '龙', 0, 0)
	put('龙', argWords|haveScale|moreParts, '凤', 1, 2, 0x4000, haveTwoTwo, '虎', 0x0102, 1, 2, 3, 4)
	return ttf
}

// outlines compares a subset's with the font's, and counts the parts of composite
// glyphs.
func outlines(t *testing.T, ttf []byte) (composites int) {
	program, _, _ := embedded(t, ttf, texts)
	all, err := New(ttf)
	if err != nil {
		t.Fatal(err)
	}
	part := &Font{}
	if part.tables, err = tables(program); err != nil {
		t.Fatal(err)
	}
	used := map[uint16]bool{0: true}
	for _, s := range texts {
		codes, _ := all.Encode(s)
		for ; len(codes) > 0; codes = codes[2:] {
			used[binary.BigEndian.Uint16(codes)] = true
		}
	}
	for todo := slices.Collect(maps.Keys(used)); len(todo) > 0; todo = todo[1:] {
		o, err := all.outline(todo[0])
		if err != nil {
			t.Fatal(err)
		}
		more, err := parts(o)
		if err != nil {
			t.Fatal(err)
		}
		composites += len(more)
		for _, p := range more {
			used[p] = true
			todo = append(todo, p)
		}
	}
	for g := range binary.BigEndian.Uint16(part.tables["maxp"][4:]) {
		got, err := part.outline(g)
		if err != nil {
			t.Fatal(err)
		}
		want, err := all.outline(g)
		if err != nil {
			t.Fatal(err)
		}
		if !used[g] {
			want = nil
		}
		if len(got) < len(want) || !bytes.Equal(got[:len(want)], want) || len(got) > len(want)+3 {
			t.Errorf("glyph %d: %d bytes of outline, want %d", g, len(got), len(want))
		}
	}
	if s := sum(program); s != 0xB1B0AFBA {
		t.Errorf("checksum %x", s)
	}
	return composites
}

func TestSameTextsSameBytes(t *testing.T) {
	ttf := noto(t)
	p1, u1, n1 := embedded(t, ttf, texts)
	p2, u2, n2 := embedded(t, ttf, []string{texts[4], texts[2], texts[0], texts[0], texts[3], texts[1]})
	if !bytes.Equal(p1, p2) || !bytes.Equal(u1, u2) || n1 != n2 {
		t.Error("the order of encoding shows")
	}
	_, _, n3 := embedded(t, ttf, texts[:2])
	if n3 == n1 {
		t.Error("two subsets, one tag")
	}
}

func TestMissingRuneIsShownAsABox(t *testing.T) {
	f, err := New(noto(t))
	if err != nil {
		t.Fatal(err)
	}
	got, _ := f.Encode("\U000F0000")
	want, _ := f.Encode("□")
	if !bytes.Equal(got, want) || bytes.Equal(want, []byte{0, 0}) {
		t.Errorf("%x, want %x", got, want)
	}
}

func FuzzNew(f *testing.F) {
	f.Add([]byte("\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00glyf\x00\x00\x00\x00\x00\x00\x00\x0c\x00\x00\x00\x20"))
	f.Add(file(map[string][]byte{"head": make([]byte, 54), "hhea": make([]byte, 36), "maxp": make([]byte, 6), "hmtx": make([]byte, 4), "loca": make([]byte, 8), "glyf": {255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		if n, err := New(b); err == nil {
			n.Encode("A客")
			if _, err := n.Embed(&object.File{Context: &model.Context{XRefTable: &model.XRefTable{Table: map[int]*model.XRefTableEntry{}, Size: new(int)}}}); err == nil {
				return
			}
		}
		if tabs, err := tables(b); err == nil {
			n := &Font{tables: tabs, used: map[uint16]rune{}}
			for g := range uint16(4) {
				if o, err := n.outline(g); err == nil {
					_, _ = parts(o)
				}
			}
		}
	})
}
