package font

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/font/fonttest"
	"consentry/redact/pdf/object"
)

// dump writes an object with all that it leads to, streams decoded.
func dump(t *testing.T, f *object.File, o types.Object) string {
	t.Helper()
	switch v := f.Get(o).(type) {
	case types.Dict:
		return dumpDict(t, f, v)
	case types.StreamDict:
		b, err := f.Decoded(v)
		if err != nil {
			t.Fatal(err)
		}
		d := types.Dict{}
		for k, e := range v.Dict {
			if k != "Length" { // of the encoded bytes
				d[k] = e
			}
		}
		return dumpDict(t, f, d) + fmt.Sprintf("stream(%x)", b)
	case types.Array:
		var parts []string
		for _, e := range v {
			parts = append(parts, dump(t, f, e))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case nil:
		return "null"
	default:
		return v.PDFString()
	}
}

func dumpDict(t *testing.T, f *object.File, d types.Dict) string {
	t.Helper()
	var parts []string
	for k, e := range d {
		parts = append(parts, "/"+k+" "+dump(t, f, e))
	}
	slices.Sort(parts)
	return "<<" + strings.Join(parts, " ") + ">>"
}

func descriptor(t *testing.T, f *object.File, key, subtype string, b []byte) types.Dict {
	t.Helper()
	d := types.Dict{}
	if subtype != "" {
		d["Subtype"] = name(subtype)
	}
	return types.Dict{"FontName": name("QWERTY+Squares"), "Flags": types.Integer(4), "CharSet": types.StringLiteral("/A/B"), "MaxWidth": types.Integer(999),
		"CIDSet": stream(t, f, nil, "set"), key: stream(t, f, d, string(b))}
}

// unicodeOf is a ToUnicode CMap of letters by their codes.
func unicodeOf(t *testing.T, f *object.File, letters string, code func(i int, r rune) int, digits int) types.IndirectRef {
	t.Helper()
	s := "1 begincodespacerange <00> <ff> endcodespacerange\n"
	for i, r := range letters {
		s += fmt.Sprintf("1 beginbfchar <%0*x> <%04x> endbfchar\n", digits, code(i, r), r)
	}
	return stream(t, f, nil, s)
}

// kinds makes a font of every kind that shows these letters. The codes of a simple
// font are the letters, those of a composite one their places from 1 on.
var kinds = map[string]func(t *testing.T, f *object.File, g []fonttest.Glyph, letters string) types.Dict{
	"TrueType": func(t *testing.T, f *object.File, g []fonttest.Glyph, letters string) types.Dict {
		return simpleFont(t, f, g, letters, "TrueType", descriptor(t, f, "FontFile2", "", fonttest.TrueType(g)))
	},
	"Type1": func(t *testing.T, f *object.File, g []fonttest.Glyph, letters string) types.Dict {
		return simpleFont(t, f, g, letters, "Type1", descriptor(t, f, "FontFile", "", fonttest.Type1(g)))
	},
	"Type1C": func(t *testing.T, f *object.File, g []fonttest.Glyph, letters string) types.Dict {
		return simpleFont(t, f, g, letters, "Type1", descriptor(t, f, "FontFile3", "Type1C", fonttest.CFF(g, false)))
	},
	"CIDFontType2": func(t *testing.T, f *object.File, g []fonttest.Glyph, letters string) types.Dict {
		return compositeFont(t, f, g, letters, 0, descriptor(t, f, "FontFile2", "", fonttest.TrueType(g)))
	},
	"CIDFontType0": func(t *testing.T, f *object.File, g []fonttest.Glyph, letters string) types.Dict {
		d := compositeFont(t, f, g, letters, 100, descriptor(t, f, "FontFile3", "CIDFontType0C", fonttest.CFF(g, true)))
		f.Dict(f.Array(d["DescendantFonts"])[0])["Subtype"] = name("CIDFontType0")
		return d
	},
}

func simpleFont(t *testing.T, f *object.File, g []fonttest.Glyph, letters, kind string, desc types.Dict) types.Dict {
	t.Helper()
	widths := make(types.Array, 26)
	for i := range widths {
		widths[i] = types.Integer(0)
	}
	for i, r := range letters {
		widths[r-'A'] = types.Integer(g[i+1].Width)
	}
	d := types.Dict{"Type": name("Font"), "Subtype": name(kind), "BaseFont": name("QWERTY+Squares"), "FirstChar": types.Integer('A'), "LastChar": types.Integer('Z'),
		"Widths": widths, "FontDescriptor": desc, "ToUnicode": unicodeOf(t, f, letters, func(_ int, r rune) int { return int(r) }, 2)}
	if desc["FontFile3"] != nil {
		diff := types.Array{}
		for _, r := range letters {
			diff = append(diff, types.Integer(r), name("glyph."+string(r)))
		}
		d["Encoding"] = types.Dict{"Differences": diff}
	}
	return d
}

// compositeFont has the letter at place i under the CID of the glyph i or, with
// base, under base and its rune, by an embedded CMap.
func compositeFont(t *testing.T, f *object.File, g []fonttest.Glyph, letters string, base int, desc types.Dict) types.Dict {
	t.Helper()
	w := types.Array{}
	encoding := "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
	gids := make([]byte, 2*(len(letters)+1))
	for i, r := range letters {
		cid := i + 1
		if base > 0 {
			cid = base + int(r)
		} else {
			gids[2*cid+1] = byte(cid)
		}
		encoding += fmt.Sprintf("1 begincidchar <%04x> %d endcidchar\n", i+1, cid)
		w = append(w, types.Integer(cid), types.Array{types.Integer(g[i+1].Width)})
	}
	cid := types.Dict{"BaseFont": name("QWERTY+Squares"), "W": w, "FontDescriptor": desc, "CIDSystemInfo": info("Identity")}
	if base == 0 {
		cid["CIDToGIDMap"] = stream(t, f, nil, string(gids))
	}
	return composed(f, cid, types.Dict{"BaseFont": name("QWERTY+Squares"), "Encoding": stream(t, f, nil, encoding),
		"ToUnicode": unicodeOf(t, f, letters, func(i int, _ rune) int { return i + 1 }, 4)})
}

// codesOf are the codes of the letters at these places, from 0 on.
func codesOf(f *object.File, d types.Dict, letters string, places ...int) (used map[uint32]bool, shown []byte) {
	used = map[uint32]bool{}
	for _, i := range places {
		if f.Name(d["Subtype"]) == "Type0" {
			used[uint32(i+1)] = true
			shown = append(shown, 0, byte(i+1))
		} else {
			used[uint32(letters[i])] = true
			shown = append(shown, letters[i])
		}
	}
	return used, shown
}

func TestPruneKeepsWhatIsShown(t *testing.T) {
	const letters = "ABXC"
	for kind, build := range kinds {
		f := file(t)
		d := build(t, f, fonttest.Letters(letters), letters)
		used, shown := codesOf(f, d, letters, 0, 1, 3)
		before := Load(f, d).Codes(shown)
		if err := Prune(f, d, used); err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		after := Load(f, d)
		if !slices.Equal(before, after.Codes(shown)) {
			t.Errorf("%s: %v, not %v", kind, after.Codes(shown), before)
		}
		if before[0].Text != "A" || before[0].Width != .401 {
			t.Errorf("%s: %v", kind, before[0])
		}
		_, gone := codesOf(f, d, letters, 2)
		if c := after.Codes(gone)[0]; c.Text != "" || c.Width != 0 && c.Width != 1 {
			t.Errorf("%s: the code that is gone is still %q, %v wide", kind, c.Text, c.Width)
		}
		p, err := openProgram(f, descriptorOf(f, d))
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		if p.type1 != nil && p.type1.Has("X") || p.cff != nil && p.cff.Glyphs != 4 {
			t.Errorf("%s: the glyph that is gone is still there", kind)
		}
		if again := dump(t, f, d); Prune(f, d, used) != nil || again != dump(t, f, d) {
			t.Errorf("%s: pruned twice it is another font", kind)
		}
	}
}

func descriptorOf(f *object.File, d types.Dict) types.Dict {
	if a := f.Array(d["DescendantFonts"]); a != nil {
		d = f.Dict(a[0])
	}
	return f.Dict(d["FontDescriptor"])
}

// Two fonts that differ in a letter that is gone are equal without it, and nothing
// names it.
func TestPruneLeavesNoTrace(t *testing.T) {
	for kind, build := range kinds {
		first := ""
		for _, letters := range []string{"ABXC", "ABYC", "ABWC"} {
			f := file(t)
			g := fonttest.Letters(letters)
			g[3].Width, g[3].Side = 500+int(g[3].Rune), 900+int(g[3].Rune)
			d := build(t, f, g, letters)
			used, _ := codesOf(f, d, letters, 0, 1, 3)
			if err := Prune(f, d, used); err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			all := dump(t, f, d)
			if first == "" {
				first = all
			}
			if all != first {
				t.Errorf("%s: the fonts differ", kind)
			}
			for _, trace := range []string{"QWERTY", "CharSet", "CIDSet", "MaxWidth", "glyph." + letters[2:3]} {
				if strings.Contains(all, trace) {
					t.Errorf("%s: %s is still there", kind, trace)
				}
			}
		}
	}
}

func TestPruneType3(t *testing.T) {
	f := file(t)
	procs := types.Dict{}
	for _, n := range []string{"first", "second", "third"} {
		procs[n] = stream(t, f, nil, n)
	}
	d := types.Dict{"Subtype": name("Type3"), "FontMatrix": numbers(.001, 0, 0, .001, 0, 0), "FirstChar": types.Integer(1), "Widths": numbers(100, 200, 300), "CharProcs": procs,
		"Encoding": types.Dict{"Differences": types.Array{types.Integer(1), name("first"), name("second"), name("third")}}}
	if err := Prune(f, d, map[uint32]bool{2: true}); err != nil {
		t.Fatal(err)
	}
	if all := dump(t, f, d); strings.Contains(all, "first") || strings.Contains(all, "third") || strings.Contains(all, "300.") {
		t.Errorf("%s", all)
	}
	font := Load(f, d)
	if c := font.Codes([]byte{2}); c[0].Width != .2 || len(font.Type3().Procs) != 1 || font.Type3().Procs[2] == nil {
		t.Errorf("%v, %d procedures", c, len(font.Type3().Procs))
	}
}

// Fonts that share a program keep the glyphs that either needs.
func TestPruneShared(t *testing.T) {
	f := file(t)
	const letters = "ABXC"
	desc := descriptor(t, f, "FontFile2", "", fonttest.TrueType(fonttest.Letters(letters)))
	other := descriptor(t, f, "FontFile2", "", nil)
	other["FontFile2"] = desc["FontFile2"]
	a := simpleFont(t, f, fonttest.Letters(letters), letters, "TrueType", desc)
	b := compositeFont(t, f, fonttest.Letters(letters), letters, 0, other)
	left, err := PruneAll(f, []Use{{a, map[uint32]bool{'A': true}}, {b, map[uint32]bool{2: true}}, {a, map[uint32]bool{'C': true}}})
	if err != nil || len(left) > 0 {
		t.Fatal(left, err)
	}
	if desc["FontFile2"] != other["FontFile2"] {
		t.Error("the program is there twice")
	}
	p, err := openProgram(f, desc)
	if err != nil {
		t.Fatal(err)
	}
	for gid, kept := range map[int]bool{1: true, 2: true, 3: false, 4: true} {
		if w, _ := p.sfnt.Advance(gid); (w != 0) != kept {
			t.Errorf("glyph %d is %v wide", gid, w)
		}
	}
	check(t, Load(f, a), "ABC", want{"A", .401}, want{"", 0}, want{"C", .422})
	check(t, Load(f, b), "\x00\x01\x00\x02", want{"", 1}, want{"B", .408})
}

func TestPruneStandardFont(t *testing.T) {
	f := file(t)
	d := types.Dict{"Subtype": name("Type1"), "BaseFont": name("Arial"), "FirstChar": types.Integer('A'), "Widths": numbers(600, 610),
		"Encoding": types.Dict{"BaseEncoding": name("WinAnsiEncoding"), "Differences": types.Array{types.Integer('m'), name("W")}}}
	if err := Prune(f, d, map[uint32]bool{'A': true, 'C': true}); err != nil {
		t.Fatal(err)
	}
	check(t, Load(f, d), "ABCm", want{"A", .6}, want{"B", .667}, want{"C", 0}, want{"m", .833}) // C had none
}

// Who reads such a font byte by byte still finds the widths of its bytes.
func TestPruneChinese(t *testing.T) {
	f := file(t)
	widths := types.Array{}
	for range 256 {
		widths = append(widths, types.Integer(500))
	}
	d := types.Dict{"Subtype": name("TrueType"), "BaseFont": name("\xcb\xce\xcc\xe5"), "FirstChar": types.Integer(0), "Widths": widths}
	if err := Prune(f, d, map[uint32]bool{0xc4e3: true}); err != nil {
		t.Fatal(err)
	}
	first, _ := f.Number(d["FirstChar"])
	for i, o := range f.Array(d["Widths"]) {
		code := int(first) + i
		if w, _ := f.Number(o); (w != 0) != (code == 0xc4 || code == 0xe3) {
			t.Errorf("code %x is %v wide", code, w)
		}
	}
	check(t, Load(f, d), "\xc4\xe3", want{"你", 1})
}

func TestPruneSaysWhatRemains(t *testing.T) {
	f := file(t)
	d := simpleFont(t, f, fonttest.Letters("AB"), "AB", "TrueType", descriptor(t, f, "FontFile2", "", []byte("damaged font")))
	if err := Prune(f, d, map[uint32]bool{'A': true}); !errors.Is(err, ErrRemnant) {
		t.Errorf("%v", err)
	}
	if c := Load(f, d).Codes([]byte("B")); c[0].Text != "" || c[0].Width != 0 {
		t.Error("what could be pruned is still there")
	}
	if d["ToUnicode"] == nil || bytes.Contains([]byte(dump(t, f, d["ToUnicode"])), []byte("3c34323e")) {
		t.Error("the map to Unicode")
	}
}
