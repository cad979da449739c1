package syntax

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"
)

// told writes operators as name(operands); strings and numbers as read.
func told(s *Stream) string {
	var b strings.Builder
	for i := range s.Ops {
		op := &s.Ops[i]
		fmt.Fprintf(&b, "%s(", op.Name)
		for k, a := range s.Args(op) {
			if k > 0 {
				b.WriteByte(' ')
			}
			if a.Obj == nil {
				fmt.Fprintf(&b, "%g", a.Num)
			} else {
				fmt.Fprintf(&b, "%s", a.Obj)
			}
		}
		b.WriteString(")")
		if op.Image != nil {
			fmt.Fprintf(&b, "%q", op.Image.Data)
		}
	}
	return b.String()
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"q 1 0 0 1 5 6 cm Q", "q()cm(1 0 0 1 5 6)Q()"},
		{"/F1 12 Tf(a)Tj(b)'", "Tf(F1 12)Tj(a)'(b)"},
		{"BX 1 2 zork EX", "BX()zork(1 2)EX()"},
		{"1 2 m 3 4", "m(1 2)(3 4)"},
		{"/OC /MC0 BDC EMC", "BDC(OC MC0)EMC()"},
		{"1 2 ] 3 w", "](1 2)w(3)"},
	} {
		if got := told(Parse([]byte(c.src))); got != c.want {
			t.Errorf("%q: %s, want %s", c.src, got, c.want)
		}
	}
}

func TestInlineImages(t *testing.T) {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	w.Write(bytes.Repeat([]byte("EI Q "), 3))
	w.Close()
	tricky := "x EI Q q EI \x80y"
	for name, c := range map[string]struct{ src, data string }{
		"unfiltered, by its size":        {"/W 2/H 2/BPC 8/CS/RGB ID abc EI Q1234\nEI Q", "abc EI Q1234"},
		"a mask, by its size":            {"/W 9/H 2/IM true ID \nEI\nEI Q", "\nEI\n"},
		"by length":                      {fmt.Sprintf("/W 4/H 4/CS/Odd/L %d ID %s\nEI Q", len(tricky), tricky), tricky},
		"a wrong length":                 {"/W 4/H 4/CS/Odd/L 3 ID abcdefgh\nEI Q", "abcdefgh"},
		"EI within binary data":          {"/W 4/H 4/CS/Odd/BPC 8 ID ab EI \x01\x02\x03 cd\nEI Q", "ab EI \x01\x02\x03 cd"},
		"ASCII85":                        {"/F/A85/W 1/H 1 ID 87cURD EI ~>\nEI Q", "87cURD EI ~>"},
		"hexadecimal":                    {"/F/AHx/W 1/H 1 ID 00 EI 11>EI Q", "00 EI 11>"},
		"run lengths":                    {"/F[/RL]/W 1/H 1 ID \x04 EI Q\x80 EI Q", "\x04 EI Q\x80"},
		"Flate":                          {"/F/Fl/W 1/H 1 ID " + z.String() + "\nEI Q", z.String()},
		"damaged Flate, by what follows": {"/F/Fl/W 1/H 1 ID abcdef\nEI Q", "abcdef"},
		"no EI":                          {"/F/DCT/W 1/H 1 ID abcdef", "abcdef"},
	} {
		s := Parse([]byte("BI " + c.src))
		if len(s.Ops) == 0 || s.Ops[0].Image == nil || string(s.Ops[0].Image.Data) != c.data {
			t.Errorf("%s: %s", name, told(s))
			continue
		}
		if want := 2; name != "no EI" && (len(s.Ops) != want || s.Ops[1].Name != "Q") {
			t.Errorf("%s: what follows is %s", name, told(s))
		}
	}
}

func TestWritten(t *testing.T) {
	for _, c := range []struct {
		src  Object
		want string
	}{
		{Number(-0.00001), "-0.00001"},
		{Number(1.0 / 3), "0.3333333"},
		{String("a(b)\\"), `(a\(b\)\\)`},
		{String("\x00\xff"), "<00ff>"},
		{Name("a b#/"), "/a#20b#23#2f"},
		{Array{Number(1), Bool(true), Null{}}, "[1 true null]"},
		{Dict{{"K", String("x")}}, "<</K (x)>>"},
	} {
		if got := string(AppendObject(nil, c.src)); got != c.want {
			t.Errorf("%#v: %s, want %s", c.src, got, c.want)
		}
	}
}

func FuzzOps(f *testing.F) {
	for _, s := range []string{
		"q 1 0 0 1 5 6 cm /F 1 Tf BT (x) Tj [(a) -5 (b)] TJ ET Q", "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q", "BI /F /Fl ID xx EI", "BI /L 9 ID", "1 2 3",
		"/a <</b [1 2]>> BDC EMC",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s := Parse(b)
		at := 0
		for i := range s.Ops {
			op := &s.Ops[i]
			if op.From < at || op.To < op.From || op.To > len(b) {
				t.Fatalf("operator %d is %d to %d after %d of %d", i, op.From, op.To, at, len(b))
			}
			at = op.To
			// What is written from an operand reads as the same again.
			for _, a := range s.Args(op) {
				if a.Obj == nil || op.Image != nil {
					continue
				}
				w := AppendObject(nil, a.Obj)
				l := Lexer{Src: w}
				o, _ := l.Next()
				if again := AppendObject(nil, o); !bytes.Equal(w, again) {
					t.Fatalf("%q reads as %q", w, again)
				}
			}
		}
	})
}
