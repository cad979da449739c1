package font

import (
	"math"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/font/fonttest"
	"consentry/redact/pdf/object"
)

// file is an empty file to put objects into.
func file(t testing.TB) *object.File {
	t.Helper()
	size, none, free := 1, int64(0), types.FreeHeadGeneration
	x := &model.XRefTable{Table: map[int]*model.XRefTableEntry{0: {Free: true, Offset: &none, Generation: &free}}, Size: &size}
	return &object.File{Context: &model.Context{XRefTable: x, Configuration: model.NewDefaultConfiguration()}}
}

func stream(t testing.TB, f *object.File, d types.Dict, content string) types.IndirectRef {
	t.Helper()
	ref, err := f.NewStream(d, []byte(content))
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func name(s string) types.Name { return types.Name(s) }

func numbers(v ...float64) types.Array {
	a := types.Array{}
	for _, n := range v {
		a = append(a, types.Float(n))
	}
	return a
}

type want struct {
	text  string
	width float64
}

func check(t *testing.T, f *Font, s string, wants ...want) {
	t.Helper()
	codes := f.Codes([]byte(s))
	if len(codes) != len(wants) {
		t.Fatalf("%d codes, not %d", len(codes), len(wants))
	}
	for i, c := range codes {
		if c.Text != wants[i].text || math.Abs(c.Width-wants[i].width) > 1e-9 {
			t.Errorf("code %d: %q of width %v, not %q of %v", i, c.Text, c.Width, wants[i].text, wants[i].width)
		}
	}
}

func TestSimpleFonts(t *testing.T) {
	f := file(t)
	unicode := "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <0041> <4F60597D> endbfchar 1 beginbfrange <42> <44> <0061> endbfrange"
	for _, test := range []struct {
		name  string
		dict  types.Dict
		text  string
		wants []want
	}{
		{"standard font", types.Dict{"Subtype": name("Type1"), "BaseFont": name("Helvetica")}, "A '", []want{{"A", .667}, {" ", .278}, {"’", .222}}},
		{"alias", types.Dict{"Subtype": name("TrueType"), "BaseFont": name("Arial,Bold"), "Encoding": name("WinAnsiEncoding")}, "A\x80'", []want{{"A", .722}, {"€", .556}, {"'", .238}}},
		{"Courier", types.Dict{"Subtype": name("Type1"), "BaseFont": name("ABCDEF+CourierNewPS-BoldMT")}, "il", []want{{"i", .6}, {"l", .6}}},
		{"Symbol", types.Dict{"Subtype": name("Type1"), "BaseFont": name("Symbol")}, "a\xb4", []want{{"α", .631}, {"×", .549}}},
		{"ZapfDingbats", types.Dict{"Subtype": name("Type1"), "BaseFont": name("ZapfDingbats")}, "!4", []want{{"✁", .974}, {"✔", .846}}},
		{"widths and MissingWidth", types.Dict{"Subtype": name("Type1"), "BaseFont": name("Own"), "FirstChar": types.Integer(65), "Widths": numbers(500, 610.5),
			"FontDescriptor": types.Dict{"Flags": types.Integer(32), "MissingWidth": types.Integer(333)}}, "ABC", []want{{"A", .5}, {"B", .6105}, {"C", .333}}},
		{"differences", types.Dict{"Subtype": name("Type1"), "BaseFont": name("Helvetica"), "Encoding": types.Dict{"BaseEncoding": name("MacRomanEncoding"),
			"Differences": types.Array{types.Integer(65), name("f_i"), name("uni4F60"), name("u1F600"), name("A.sc"), name("g12"), name("cid3"), name("a10")}}},
			"ABCDEFG\x8a", []want{{"fi", 0}, {"你", 0}, {"😀", 0}, {"A", 0}, {"", 0}, {"", 0}, {"", 0}, {"ä", .556}}},
		{"map to Unicode", types.Dict{"Subtype": name("Type1"), "BaseFont": name("Helvetica"), "ToUnicode": stream(t, f, nil, unicode)},
			"ABDE", []want{{"你好", .667}, {"a", .667}, {"c", .722}, {"E", .667}}},
		{"private use", types.Dict{"Subtype": name("Type1"), "BaseFont": name("Own"), "Widths": numbers(100), "FirstChar": types.Integer(65),
			"FontDescriptor": types.Dict{"Flags": types.Integer(4)}, "ToUnicode": stream(t, f, nil, "1 beginbfchar <41> <E001> endbfchar")}, "A", []want{{"", .1}}},
		{"Chinese", types.Dict{"Subtype": name("TrueType"), "BaseFont": name("\xcb\xce\xcc\xe5,Bold"), "Encoding": name("WinAnsiEncoding")},
			"A \xc4\xe3", []want{{"A", .5}, {" ", .5}, {"你", 1}}},
		{"built-in encoding of Type 1", types.Dict{"Subtype": name("Type1"), "FirstChar": types.Integer(65), "Widths": numbers(100, 200),
			"FontDescriptor": types.Dict{"Flags": types.Integer(4), "FontFile": stream(t, f, nil, string(fonttest.Type1(fonttest.Letters("AB"))))}}, "AB", []want{{"A", .1}, {"B", .2}}},
		{"widths and names of CFF", types.Dict{"Subtype": name("Type1"),
			"FontDescriptor": types.Dict{"Flags": types.Integer(4), "FontFile3": stream(t, f, nil, string(fonttest.CFF(fonttest.Letters("AB"), false)))}}, "AB", []want{{"", .401}, {"", .408}}},
		{"TrueType's own table", types.Dict{"Subtype": name("TrueType"), "FirstChar": types.Integer(65), "Widths": numbers(100, 200),
			"FontDescriptor": types.Dict{"Flags": types.Integer(4), "FontFile2": stream(t, f, nil, string(fonttest.TrueType(fonttest.Letters("AB"))))}}, "ABC", []want{{"A", .1}, {"B", .2}, {"", 0}}},
		{"Type 3", types.Dict{"Subtype": name("Type3"), "FontMatrix": numbers(.01, 0, 0, .01, 0, 0), "FirstChar": types.Integer(97), "Widths": numbers(60),
			"Encoding": types.Dict{"Differences": types.Array{types.Integer(97), name("b")}}}, "a", []want{{"b", .6}}},
	} {
		t.Run(test.name, func(t *testing.T) { check(t, Load(f, test.dict), test.text, test.wants...) })
	}
}

func composed(f *object.File, cid, d types.Dict) types.Dict {
	cid["Subtype"] = name("CIDFontType2")
	d["Subtype"], d["DescendantFonts"] = name("Type0"), types.Array{cid}
	return d
}

func info(ordering string) types.Dict {
	return types.Dict{"Registry": types.StringLiteral("Adobe"), "Ordering": types.StringLiteral(ordering)}
}

func TestCompositeFonts(t *testing.T) {
	f := file(t)
	embedded := "/WMode 0 def 2 begincodespacerange <00> <7f> <8000> <ffff> endcodespacerange 1 begincidrange <8140> <8150> 7 endcidrange 1 begincidchar <20> 3 endcidchar"
	for _, test := range []struct {
		name  string
		dict  types.Dict
		text  string
		wants []want
	}{
		{"identity", composed(f, types.Dict{"DW": types.Integer(900), "W": types.Array{types.Integer(1), numbers(500, 600), types.Integer(5), types.Integer(9), types.Integer(250)}},
			types.Dict{"Encoding": name("Identity-H"), "ToUnicode": stream(t, f, nil, "1 beginbfrange <0001> <0003> [<0041> <D83DDE00> <00660069>] endbfrange")}),
			"\x00\x01\x00\x02\x00\x03\x00\x09\x00", []want{{"A", .5}, {"😀", .6}, {"fi", .9}, {"", .25}, {"", .9}}},
		{"RKSJ", composed(f, types.Dict{"CIDSystemInfo": info("Japan1")}, types.Dict{"Encoding": name("90ms-RKSJ-H")}), "A\x88\x9f\xb1", []want{{"A", 1}, {"亜", 1}, {"ｱ", 1}}},
		{"GBK", composed(f, types.Dict{"CIDSystemInfo": info("GB1")}, types.Dict{"Encoding": name("GBK-EUC-H")}), "A\xc4\xe3", []want{{"A", 1}, {"你", 1}}},
		{"Big5", composed(f, types.Dict{"CIDSystemInfo": info("CNS1")}, types.Dict{"Encoding": name("ETen-B5-H")}), "\xa7\x41", []want{{"你", 1}}},
		{"UHC", composed(f, types.Dict{"CIDSystemInfo": info("Korea1")}, types.Dict{"Encoding": name("KSCms-UHC-H")}), "\xb0\xa1", []want{{"가", 1}}},
		{"UTF-16", composed(f, types.Dict{"CIDSystemInfo": info("Japan1")}, types.Dict{"Encoding": name("UniJIS-UTF16-H")}), "\x4e\x9c\xd8\x40\xdc\x0b", []want{{"亜", 1}, {"\U0002000b", 1}}},
		{"identity into a collection", composed(f, types.Dict{"CIDSystemInfo": info("GB1")}, types.Dict{"Encoding": name("Identity-H")}), "\x00\x22", []want{{"A", 1}}},
		{"embedded CMap", composed(f, types.Dict{"W": types.Array{types.Integer(3), numbers(250), types.Integer(8), numbers(700)}},
			types.Dict{"Encoding": stream(t, f, nil, embedded), "ToUnicode": stream(t, f, nil, "2 beginbfchar <20> <0020> <8141> <597D> endbfchar")}), " \x81\x41", []want{{" ", .25}, {"好", .7}}},
	} {
		t.Run(test.name, func(t *testing.T) { check(t, Load(f, test.dict), test.text, test.wants...) })
	}
}

func TestVerticalWriting(t *testing.T) {
	f := file(t)
	d := composed(f, types.Dict{"CIDSystemInfo": info("Japan1"), "W2": types.Array{types.Integer(1200), numbers(-700, 250, 800)}}, types.Dict{"Encoding": name("H")})
	if Load(f, d).Vertical() {
		t.Error("H is vertical")
	}
	d["Encoding"] = name("V")
	v := Load(f, d)
	if !v.Vertical() {
		t.Error("V is not vertical")
	}
	c := v.Codes([]byte("\x30\x21"))
	if len(c) != 1 || c[0].CID != 1125 || c[0].VX != .5 || c[0].VY != .88 || c[0].WY != -1 {
		t.Errorf("defaults: %+v", c)
	}
	for code := uint32(0x3022); code < 0x3100; code++ {
		c := v.Codes([]byte{byte(code >> 8), byte(code)})
		if c[0].CID == 1200 {
			if c[0].VX != .25 || c[0].VY != .8 || c[0].WY != -.7 {
				t.Errorf("W2: %+v", c)
			}
			return
		}
	}
	t.Error("no code has CID 1200")
}

func TestSpaceIsOneByte(t *testing.T) {
	f := file(t)
	if c := Load(f, types.Dict{"Subtype": name("Type1"), "BaseFont": name("Helvetica")}).Codes([]byte(" ")); !c[0].Space {
		t.Error("no word spacing in a simple font")
	}
	if c := Load(f, composed(f, types.Dict{}, types.Dict{"Encoding": name("Identity-H")})).Codes([]byte("\x00 ")); c[0].Space {
		t.Error("word spacing after a code of two bytes")
	}
}
