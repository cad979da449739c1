package syntax

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func all(src string) []Object {
	l := Lexer{Src: []byte(src)}
	var out []Object
	for {
		o, ok := l.Next()
		if !ok {
			return out
		}
		out = append(out, o)
	}
}

func TestTokens(t *testing.T) {
	for _, c := range []struct {
		src  string
		want []Object
	}{
		{"", nil},
		{"1 -2.5 +.5 4. Tj", []Object{Number(1), Number(-2.5), Number(.5), Number(4), Keyword("Tj")}},
		{"--5 12-34 1.2.3 -. -", []Object{Number(-5), Number(12), Number(1.2), Number(0), Number(0)}},
		{"123456789012345678 0.1 0.000001", []Object{Number(123456789012345000), Number(0.1), Number(0.000001)}},
		{"1e5 0x1", []Object{Keyword("1e5"), Keyword("0x1")}},
		{"(a(b)c) (\\n\\(\\101\\7x\\\n)", []Object{String("a(b)c"), String("\n(A\ax")}},
		{"(a\r\nb\rc)", []Object{String("a\nb\nc")}},
		{"(never closed", []Object{String("never closed")}},
		{"<48 65 6C6> <> <4x8>", []Object{String("Hel`"), String(""), String("H")}},
		{"/Name /A#20B /#zz / /a/b", []Object{Name("Name"), Name("A B"), Name("#zz"), Name(""), Name("a"), Name("b")}},
		{"[1[(x)]/a]", []Object{Array{Number(1), Array{String("x")}, Name("a")}}},
		{"[(x) 5 TJ", []Object{Array{String("x"), Number(5)}, Keyword("TJ")}},
		{"<</A 1/B<</C(x)>>>>", []Object{Dict{{"A", Number(1)}, {"B", Dict{{"C", String("x")}}}}}},
		{"<</A>>", []Object{Dict{{"A", Null{}}}}},
		{"true false null", []Object{Bool(true), Bool(false), Null{}}},
		{"1 % a comment (\n2", []Object{Number(1), Number(2)}},
		{"q]Q", []Object{Keyword("q"), Keyword("]"), Keyword("Q")}},
	} {
		if got := all(c.src); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %#v, want %#v", c.src, got, c.want)
		}
	}
}

func TestNumbersAreTheNearest(t *testing.T) {
	for i := range 20000 {
		for _, f := range []string{"%d.%03d", "-%d.%05d", "%d%09d", ".%d%d"} {
			s := fmt.Sprintf(f, i, i*7919%1000)
			var want float64
			fmt.Sscanf(strings.TrimPrefix(s, "-"), "%g", &want)
			if s[0] == '-' {
				want = -want
			}
			if got := all(s); len(got) != 1 || got[0] != Number(want) {
				t.Fatalf("%s: %v, want %v", s, got, want)
			}
		}
	}
}

func TestDeepNestingEnds(t *testing.T) {
	for _, s := range []string{"[", "<</A", "("} {
		if n := len(all(strings.Repeat(s, 100_000))); n == 0 {
			t.Errorf("%s: nothing read", s)
		}
	}
}

func FuzzLexer(f *testing.F) {
	for _, s := range []string{"1 2 (a\\)b) <4> /N#41 [1 (x)] <</K [/a]>> q", "[[[[(", "<<<<", "%", "(\\", "BI /W 1 ID x EI"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		l := Lexer{Src: b}
		for n := 0; ; n++ {
			before := l.Pos
			if _, ok := l.Next(); !ok {
				break
			}
			if l.Pos <= before || l.Pos > len(b) {
				t.Fatalf("position %d after %d of %d", l.Pos, before, len(b))
			}
		}
	})
}
