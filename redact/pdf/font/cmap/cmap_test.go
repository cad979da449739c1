package cmap

import (
	"bytes"
	"strings"
	"testing"
)

// table116 are the predefined CMaps of ISO 32000-2.
const table116 = `GB-EUC-H GB-EUC-V GBpc-EUC-H GBpc-EUC-V GBK-EUC-H GBK-EUC-V GBKp-EUC-H GBKp-EUC-V GBK2K-H GBK2K-V
	UniGB-UCS2-H UniGB-UCS2-V UniGB-UTF16-H UniGB-UTF16-V B5pc-H B5pc-V HKscs-B5-H HKscs-B5-V ETen-B5-H ETen-B5-V
	ETenms-B5-H ETenms-B5-V CNS-EUC-H CNS-EUC-V UniCNS-UCS2-H UniCNS-UCS2-V UniCNS-UTF16-H UniCNS-UTF16-V 83pv-RKSJ-H
	90ms-RKSJ-H 90ms-RKSJ-V 90msp-RKSJ-H 90msp-RKSJ-V 90pv-RKSJ-H Add-RKSJ-H Add-RKSJ-V EUC-H EUC-V Ext-RKSJ-H Ext-RKSJ-V
	H V UniJIS-UCS2-H UniJIS-UCS2-V UniJIS-UCS2-HW-H UniJIS-UCS2-HW-V UniJIS-UTF16-H UniJIS-UTF16-V KSC-EUC-H KSC-EUC-V
	KSCms-UHC-H KSCms-UHC-V KSCms-UHC-HW-H KSCms-UHC-HW-V KSCpc-EUC-H UniKS-UCS2-H UniKS-UCS2-V UniKS-UTF16-H UniKS-UTF16-V
	Identity-H Identity-V`

func TestAllPredefinedAreThere(t *testing.T) {
	for _, name := range strings.Fields(table116) {
		c := Predefined(name)
		if c == nil {
			t.Errorf("%s is missing", name)
			continue
		}
		if c.Vertical != (name == "V" || strings.HasSuffix(name, "-V")) || !c.Mapped() || len(c.Spaces) == 0 {
			t.Errorf("%s: vertical %v, %d codespace ranges", name, c.Vertical, len(c.Spaces))
		}
		if !c.Identity && Collection(c.Ordering) == nil {
			t.Errorf("%s: no Unicode for %q", name, c.Ordering)
		}
	}
	if Predefined("Wrong-H") != nil || Collection("Wrong") != nil {
		t.Error("something is there under a wrong name")
	}
}

// The values are those of Adobe's cid2code.txt.
func TestPredefined(t *testing.T) {
	for _, test := range []struct {
		name, codes string
		cids        []uint32
		text        string
	}{
		{"90ms-RKSJ-H", "A\xb1\x88\x9f", []uint32{264, 343, 1125}, "Aｱ亜"},
		{"GBK-EUC-H", "A\xb0\xa1\xc4\xe3", []uint32{846, 940, 2886}, "A啊你"},
		{"ETen-B5-H", "A\xa4\x40", []uint32{13681, 595}, "A一"},
		{"KSCms-UHC-H", "A\xb0\xa1", []uint32{34, 1086}, "A가"},
		{"UniJIS-UTF16-H", "\x00A\xd8\x40\xdc\x0b", []uint32{34, 13839}, "A\U0002000b"},
		{"Identity-V", "\x12\x34", []uint32{0x1234}, ""},
	} {
		c := Predefined(test.name)
		s := []byte(test.codes)
		text := ""
		for i := 0; len(s) > 0; i++ {
			code, n := c.Next(s)
			cid, ok := c.CID(code, n)
			if i >= len(test.cids) || !ok || cid != test.cids[i] {
				t.Errorf("%s: code %d: CID %d", test.name, i, cid)
			}
			if all := Collection(c.Ordering); all != nil {
				text += all[cid]
			}
			s = s[n:]
		}
		if text != test.text {
			t.Errorf("%s: %q", test.name, text)
		}
	}
}

func TestVerticalForms(t *testing.T) {
	h, _ := Predefined("H").CID(0x2122, 2)
	v, _ := Predefined("V").CID(0x2122, 2)
	if h == v || Collection("Japan1")[h] != "、" || Collection("Japan1")[v] != "︑" && Collection("Japan1")[v] != "、" {
		t.Errorf("%d %q, %d %q", h, Collection("Japan1")[h], v, Collection("Japan1")[v])
	}
}

func TestParse(t *testing.T) {
	c := Parse([]byte(`%!PS
/CIDInit /ProcSet findresource begin begincmap
/CIDSystemInfo 3 dict dup begin /Registry (Adobe) def /Ordering (Own) def /Supplement 0 def end def
/CMapName /Own-V def /WMode 1 def
3 begincodespacerange <00> <7f> <8000> <9fff> <a0000000> <a0ffffff> endcodespacerange
2 begincidrange <20> <7e> 1 <8000> <80ff> 500 endcidrange
2 begincidchar <8101> 7 <a0000001> 9 endcidchar
1 beginnotdefrange <00> <1f> 3 endnotdefrange
endcmap`), nil)
	if !c.Vertical || c.Name != "Own-V" || c.Ordering != "Own" {
		t.Errorf("%+v", c)
	}
	s := []byte("A\x80\x10\x81\x01\xa0\x00\x00\x01\x05\xff\x80")
	for i, want := range []struct {
		code, cid uint32
		n         int
		ok        bool
	}{{'A', 34, 1, true}, {0x8010, 516, 2, true}, {0x8101, 7, 2, true}, {0xa0000001, 9, 4, true}, {5, 3, 1, false}, {0xff, 0, 1, false}, {0x8000, 500, 1, true}} {
		code, n := c.Next(s)
		length := n
		if i == 6 {
			length = 2 // the string ends within it
		}
		cid, ok := c.CID(code, length)
		if code != want.code || n != want.n || cid != want.cid || ok != want.ok {
			t.Errorf("%d: code %x of %d bytes, CID %d %v", i, code, n, cid, ok)
		}
		s = s[n:]
	}
	if len(s) != 0 {
		t.Errorf("%d bytes left", len(s))
	}
}

func TestParseBase(t *testing.T) {
	base := Parse([]byte("1 begincodespacerange <00> <ff> endcodespacerange 1 begincidrange <00> <ff> 100 endcidrange"), nil)
	for name, c := range map[string]*CMap{
		"UseCMap": Parse([]byte("1 begincidchar <41> 5 endcidchar"), base),
		"usecmap": Parse([]byte("/H usecmap 1 begincidchar <2121> 5 endcidchar"), nil),
	} {
		code, other, cid := uint32(0x41), uint32(0x42), uint32(166)
		n := 1
		if name == "usecmap" {
			code, other, cid, n = 0x2121, 0x3021, 1125, 2
		}
		if v, _ := c.CID(code, n); v != 5 {
			t.Errorf("%s: own code has CID %d", name, v)
		}
		if v, _ := c.CID(other, n); v != cid {
			t.Errorf("%s: the base's code has CID %d", name, v)
		}
		if len(c.Spaces) == 0 || c.Spaces[0].N != n {
			t.Errorf("%s: codespace", name)
		}
	}
}

func TestUnicode(t *testing.T) {
	u := ParseUnicode([]byte(`1 begincodespacerange <0000> <ffff> endcodespacerange
5 beginbfchar <01> <0041> <0002> <D83DDE00> <0003> <00660066> <04> <E000> <05> /Aacute endbfchar
4 beginbfrange <0010> <0012> <0061> <20> <22> [<0078> <0079007A> <0000>] <0030> <0031> <D83DDE00> <40> <3f> <0041> endbfrange
2 beginbfchar <50> <42> <51> <00430000> endbfchar`))
	for code, want := range map[uint32]string{1: "A", 2: "😀", 3: "ff", 4: "", 5: "Á", 0x10: "a", 0x12: "c", 0x13: "", 0x20: "x", 0x21: "yz", 0x22: "",
		0x30: "😀", 0x31: "😁", 0x40: "", 0x50: "B", 0x51: "C", 0xffff: ""} {
		if got := u.Text(code); got != want {
			t.Errorf("code %x: %q, not %q", code, got, want)
		}
	}
	if !u.Usable() || ParseUnicode([]byte("1 beginbfchar <01> <0000> endbfchar")).Usable() || (*Unicode)(nil).Usable() {
		t.Error("usable")
	}
	if got := ParseUnicode([]byte("/Adobe-Japan1-UCS2 usecmap")).Text(1125); got != "亜" {
		t.Errorf("by a collection: %q", got)
	}
	if NamedUnicode("Identity-H") != nil || NamedUnicode("Adobe-GB1-UCS2").Text(34) != "A" {
		t.Error("by name")
	}
}

func TestWriteUnicode(t *testing.T) {
	var entries []Entry
	for i := range uint32(250) {
		entries = append(entries, Entry{Code: 700 - i, Len: 2, Text: string(rune(0x4e00 + i))})
	}
	entries = append(entries, Entry{Code: 65, Len: 1, Text: "😀fi"}, Entry{Code: 65, Len: 1, Text: "again"})
	b := WriteUnicode(entries)
	u := ParseUnicode(b)
	for _, e := range entries[:251] {
		if got := u.Text(e.Code); got != e.Text {
			t.Errorf("code %x: %q", e.Code, got)
		}
	}
	if !bytes.Equal(b, WriteUnicode(entries)) || !bytes.Contains(b, []byte("<00> <FF>\n<0000> <FFFF>")) || !bytes.Contains(b, []byte("\n51 beginbfchar")) {
		t.Errorf("%.300s", b)
	}
}

func TestWrite(t *testing.T) {
	c := Parse([]byte("/WMode 1 def 2 begincodespacerange <00> <7f> <8000> <ffff> endcodespacerange 1 begincidrange <8000> <80ff> 500 endcidrange"), nil)
	got := Parse(c.Write([]Entry{{Code: 0x8001, Len: 2, CID: 501}, {Code: 0x20, Len: 1, CID: 3}}), nil)
	if !got.Vertical || len(got.Spaces) != 2 {
		t.Errorf("%+v", got.Spaces)
	}
	for code, want := range map[uint32]uint32{0x8001: 501, 0x8002: 0} {
		if cid, _ := got.CID(code, 2); cid != want {
			t.Errorf("code %x: CID %d", code, cid)
		}
	}
	if cid, _ := got.CID(0x20, 1); cid != 3 {
		t.Errorf("CID %d", cid)
	}
}

func TestLengths(t *testing.T) {
	c := Parse([]byte("2 begincodespacerange <20> <20> <0000> <19ff> endcodespacerange"), nil)
	for code, want := range map[uint32][]int{0x20: {1, 2}, 0x21: {2}, 0x1900: {2}} {
		got := c.Lengths(code)
		if len(got) != len(want) || got[0] != want[0] {
			t.Errorf("code %x: %v", code, got)
		}
	}
}

func TestPack(t *testing.T) {
	src := "/CMapName /X def 2 begincodespacerange <00> <80> <8140> <9ffc> endcodespacerange 2 begincidrange <20> <7e> 231 <8140> <817e> 633 endcidrange 1 begincidchar <8180> 5 endcidchar 1 beginnotdefrange <00> <1f> 231 endnotdefrange"
	c := Parse([]byte(src), nil)
	c.Vertical, c.Ordering = true, "Japan1"
	var got CMap
	if err := got.unpack(c.Pack("H"), 0); err != nil {
		t.Fatal(err)
	}
	got.finish()
	if !got.Vertical || got.Ordering != "Japan1" || got.base != Predefined("H") || len(got.Spaces) != 2 {
		t.Errorf("%+v", got)
	}
	for code := uint32(0); code < 0x8200; code++ {
		n := 1
		if code > 0xff {
			n = 2
		}
		a, okA := c.CID(code, n)
		if b, okB := got.CID(code, n); okA && (a != b || !okB) {
			t.Errorf("code %x: %d, not %d", code, b, a)
		}
	}
	for i := range 20 {
		if (&CMap{}).unpack(c.Pack("H")[:i], 0) == nil {
			t.Errorf("%d bytes are enough", i)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("/WMode 1 def 1 begincodespacerange <00> <ffff> endcodespacerange 1 begincidrange <20> <7e> 1 endcidrange"), []byte("AB"))
	f.Add([]byte("/H usecmap 2 begincodespacerange <00> <7f> <800000> <ffffff> endcodespacerange"), []byte("\xff\xff"))
	f.Fuzz(func(t *testing.T, b, s []byte) {
		c := Parse(b, nil)
		for len(s) > 0 {
			code, n := c.Next(s)
			if n < 1 || n > len(s) || n > 4 {
				t.Fatalf("a code of %d bytes", n)
			}
			c.CID(code, n)
			c.Lengths(code)
			s = s[n:]
		}
		c.Mapped()
	})
}

func FuzzParseUnicode(f *testing.F) {
	f.Add([]byte("1 beginbfrange <0000> <ffff> <D83DDE00> endbfrange 1 beginbfchar <01> <0041> endbfchar"), uint32(1))
	f.Add([]byte("1 beginbfrange <00> <02> [<0041> /B] endbfrange /Adobe-GB1-UCS2 usecmap"), uint32(2))
	f.Fuzz(func(t *testing.T, b []byte, code uint32) {
		u := ParseUnicode(b)
		text := u.Text(code)
		if text == "" {
			return
		}
		if again := ParseUnicode(WriteUnicode([]Entry{{Code: code, Len: 4, Text: text}})).Text(code); again != text {
			t.Errorf("%q is written as %q", text, again)
		}
	})
}
