package vcard

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"folded":        {"NOTE:a\r\n b\r\n\tc\r\n", `NOTE map[] ["abc"]`},
		"group":         {"item1.TEL;TYPE=cell,\"a;b:c\":1\n", `TEL map[TYPE:[cell a;b:c]] ["1"]`},
		"bare type":     {"tel;CELL;VOICE:1\n", `TEL map[TYPE:[CELL VOICE]] ["1"]`},
		"escapes":       {`N:a\;b;c\\;d\,e;\n;` + "\n", `N map[] ["a;b" "c\\" "d,e" "\n" ""]`},
		"quoted":        {"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9E=97;=\n=E7=9F=A5\n", `N map[CHARSET:[UTF-8] ENCODING:[QUOTED-PRINTABLE]] ["林" "知"]`},
		"gbk":           {"N;CHARSET=gb2312;QUOTED-PRINTABLE:=C1=D6\n", `N map[CHARSET:[gb2312] ENCODING:[QUOTED-PRINTABLE]] ["林"]`},
		"no charset":    {"N;QUOTED-PRINTABLE:=C1=D6\n", `N map[ENCODING:[QUOTED-PRINTABLE]] ["林"]`},
		"empty lines":   {"\n\nN:a\n\n", `N map[] ["a"]`},
		"a long photo":  {"PHOTO:" + strings.Repeat("a", maxValue+1) + "\nN:a\n", `N map[] ["a"]`},
		"many lines":    {"PHOTO:" + strings.Repeat("a\n ", maxValue+1) + "\nN:a\n", `N map[] ["a"]`},
		"no colon":      {"N\n", ""},
		"wrong charset": {"N;CHARSET=x-none;QUOTED-PRINTABLE:=C1\n", ""},
		"no text":       {"N;CHARSET=utf-8;QUOTED-PRINTABLE:=C1\n", ""},
		"no letters":    {"N;QUOTED-PRINTABLE:=00\n", ""},
	} {
		r := NewReader(strings.NewReader("\nBEGIN:VCARD\nVERSION:3.0\n" + c.text + "END:VCARD\n\n"))
		card, err := r.Next()
		if c.want == "" {
			if !errors.Is(err, ErrCard) || card.Line != 2 {
				t.Errorf("%s: line %d, %v", name, card.Line, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		p := card.Props[0]
		if got := fmt.Sprintf("%s %v %q", p.Name, p.Params, p.Parts()); got != c.want || len(card.Props) != 1 || card.Version != "3.0" {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if _, err := r.Next(); err != io.EOF {
			t.Errorf("%s: then %v", name, err)
		}
	}
}

// A card that cannot be read takes none with it.
func TestReadOn(t *testing.T) {
	r := NewReader(strings.NewReader("x\nBEGIN:VCARD\nN;QUOTED-PRINTABLE:0=\nEND:VCARD\nBEGIN:VCARD\nN:1\nBEGIN:VCARD\nN:2\nEND:VCARD\nBEGIN:VCARD\nbad\nEND:VCARD\ny\nBEGIN:VCARD\nN:3\nEND:VCARD\nBEGIN:VCARD\nN:4\n"))
	var got []string
	for {
		c, err := r.Next()
		if err == io.EOF {
			break
		}
		got = append(got, fmt.Sprintf("%d %s %v", c.Line, c.First("N"), err != nil))
	}
	want := []string{"1  true", "2 0 false", "5  true", "7 2 false", "10  true", "13  true", "14 3 false", "17 4 true"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWrite(t *testing.T) {
	var buf bytes.Buffer
	w := NewWriter(&buf)
	parts := []string{"a;b", "c,d\\", "e\nf", strings.Repeat("林", 100)}
	w.Begin("4.0")
	w.Put("N;SORT-AS="+Param("x\"\ny"), parts...)
	w.Put("NOTE", "")
	w.End()
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	for l := range strings.SplitSeq(buf.String(), "\r\n") {
		if len(l) > foldAt {
			t.Errorf("a line of %d bytes", len(l))
		}
	}
	c, err := NewReader(&buf).Next()
	if err != nil || len(c.Props) != 1 || !slices.Equal(c.Props[0].Parts(), parts) || c.Props[0].Params["SORT-AS"][0] != "xy" {
		t.Errorf("%+v %v", c, err)
	}
}
