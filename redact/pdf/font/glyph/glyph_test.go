package glyph

import "testing"

func TestUnicode(t *testing.T) {
	for name, want := range map[string]string{
		"A": "A", "space": " ", "Aacute": "Á", "afii10017": "А", "A.swash": "A", "f_i": "fi", "f_f_i.alt": "ffi", "fi": "ﬁ",
		"uni4F60": "你", "uni4F60597D": "你好", "u1F600": "😀", "u4F60": "你", "Lcommaaccent_uni20AC0308_u1040C.alternate": "Ļ€\u0308\U0001040C",
		"oneoldstyle": "1", "Asmall": "a", "Eacutesmall": "é", "dalethatafpatah": "דֲ",
		"": "", ".notdef": "", "g12": "", "cid34": "", "index5": "", "a10": "", "uni4f60": "", "uniD800": "", "u110000": "", "uniE000": "",
		"f_g12": "", "uni": "", "u12": "", "unknown": "", "apple": "",
	} {
		if got := Unicode(name, false); got != want {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
	if got := Unicode("a10", true); got != "✡" {
		t.Errorf("Zapf Dingbats: %q", got)
	}
}

func TestKnown(t *testing.T) {
	for s, want := range map[string]bool{"A": true, "\n": true, "": false, "\x00": false, "\x03": false, "\ufffd": false, "\ue000": false, "A\uf8ff": false, "\U000f0000": false, "\ufffe": false, "你好": true} {
		if Known(s) != want {
			t.Errorf("%q", s)
		}
	}
}

func TestEncodings(t *testing.T) {
	for name, want := range map[string]map[int]string{
		"StandardEncoding": {39: "quoteright", 96: "quoteleft", 0xae: "fi", 0x80: ""},
		"WinAnsiEncoding":  {39: "quotesingle", 0x80: "Euro", 0xe4: "adieresis", 0xa0: "space"},
		"MacRomanEncoding": {0x8a: "adieresis", 0xca: "space", 0xdb: "currency", 0xff: "caron"},
		"PDFDocEncoding":   {0x18: "breve", 0x93: "fi", 0xa0: "Euro", 0xff: "ydieresis"},
	} {
		e := Named(name)
		if e == nil {
			t.Errorf("%s is missing", name)
			continue
		}
		for code, n := range want {
			if e[code] != n {
				t.Errorf("%s: code %x is %q, not %q", name, code, e[code], n)
			}
		}
		for code, n := range e {
			if n != "" && Unicode(n, false) == "" && n != "apple" {
				t.Errorf("%s: code %x, %s, has no text", name, code, n)
			}
		}
	}
	if Named("WrongEncoding") != nil {
		t.Error("a wrong name")
	}
}

func TestCoreFonts(t *testing.T) {
	for _, test := range []struct {
		base, glyph string
		width       float64
	}{
		{"Helvetica", "A", .667}, {"Helvetica-Oblique", "A", .667}, {"Helvetica-BoldOblique", "A", .722}, {"ArialMT", "a", .556}, {"Arial,Bold", "a", .556},
		{"Arial-BoldItalicMT", "m", .889}, {"Times-Roman", "A", .722}, {"TimesNewRoman", "A", .722}, {"TimesNewRomanPSMT", "W", .944},
		{"TimesNewRoman,Italic", "A", .611}, {"TimesNewRomanPS-BoldItalicMT", "A", .667}, {"Times New Roman,Bold", "A", .722}, {"Courier", "A", .6},
		{"CourierNewPS-BoldMT", "A", .6}, {"Symbol", "alpha", .631}, {"ZapfDingbats", "a1", .974},
	} {
		m := Core(test.base)
		if m == nil {
			t.Errorf("%s is missing", test.base)
			continue
		}
		if w, ok := m.Width(test.glyph); !ok || w != test.width {
			t.Errorf("%s: %s is %v wide", test.base, test.glyph, w)
		}
	}
	for _, base := range []string{"ArialNarrow", "HelveticaNeue", "Timesheet", "SymbolX", "", "CourierPrime"} {
		if Core(base) != nil {
			t.Errorf("%s is not a standard font", base)
		}
	}
	if e := Core("Symbol").BuiltIn; e[0x61] != "alpha" || e[0xb4] != "multiply" {
		t.Error("encoding of Symbol")
	}
	if m := Substitute(true, false, true, false); m != Core("Times-Bold") {
		t.Error("substitute")
	}
}

func TestPlainer(t *testing.T) {
	for _, pair := range [][2]rune{{' ', 0xa0}, {'一', 0x2f00}, {'A', 0x391}, {0x3a9, 0x2126}, {'豈', 0xf900}, {'-', 0xad}} {
		if !Plainer(pair[0], pair[1]) || Plainer(pair[1], pair[0]) {
			t.Errorf("%q and %q", pair[0], pair[1])
		}
	}
}

func FuzzUnicode(f *testing.F) {
	for _, s := range []string{"f_i.alt", "uni4F60", "u1F600", "a10"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if s := Unicode(name, true); s != "" && !Known(s) {
			t.Errorf("%q is not known", s)
		}
	})
}
