package xmltext

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"consentry/redact/splice"
)

var wordish = &Rules{
	Spaces: map[string]string{"urn:x-w": "w", "urn:x-strict": "w", "urn:x-r": "r"},
	Elements: map[string]Element{
		"w:p": {Role: Block}, "w:t": {Role: Run, Encode: spaced}, "w:br": {Role: Break, Break: "\n"},
		"w:del": {Role: Drop}, "w:ins": {Role: Unwrap}, "w:instr": {Role: Apart}, "w:id": {Role: Quiet}, "o:p": {Role: Mixed},
	},
	Attributes: map[string]Use{"@w:author": BlankAt, "@w:rsid": DropAt, "w:pic@descr": Text, "@w:val": Keep},
	References: map[string]bool{"r:id": true},
}

func spaced(_ []byte, s string) []byte {
	return []byte(`<w:t xml:space="preserve">` + string(EncodeText(nil, s)) + `</w:t>`)
}

const document = `<?xml version="1.0" encoding="UTF-8"?>
<w:body xmlns:w="urn:x-w" xmlns:r="urn:x-r" xmlns:o="urn:unheard"><!-- by Olga -->
 <w:p w:rsid="00A1"><w:r><w:t>王</w:t></w:r> <w:del w:author="Iwan"><w:t>大</w:t></w:del><w:ins w:author="Iwan"><w:r><w:t>小&amp;</w:t><w:br/><w:t><![CDATA[明]]></w:t></w:r></w:ins><w:pos>1234</w:pos></w:p>
 <w:p><w:t>before</w:t><w:box><w:p><w:t>inner</w:t></w:p></w:box><w:t>after</w:t><w:instr> AUTHOR Petra </w:instr></w:p>
 <w:pic descr="Petra" w:val="Petra Meier" o:x="Two words" y="single"/><w:link r:id="rId7">x</w:link><o:note>Free text</o:note><w:id>Secret</w:id>
</w:body>`

func texts(f *File) (kept, gone []string) {
	for _, t := range f.Texts {
		if s := t.Where + "=" + t.String(); t.Gone {
			gone = append(gone, s)
		} else {
			kept = append(kept, s)
		}
	}
	return kept, gone
}

func TestRead(t *testing.T) {
	for name, src := range map[string]string{
		"as it is": document,
		"strict, other prefixes": strings.NewReplacer("urn:x-w", "urn:x-strict", "<w:", "<q:", "</w:", "</q:", " w:", " q:", "xmlns:w", "xmlns:q").
			Replace(document),
	} {
		f, err := Read([]byte(src), 3, wordish)
		if err != nil {
			t.Fatal(name, err)
		}
		kept, gone := texts(f)
		wantKept := []string{"w:p=王小&\n明", "w:p=beforeafter", "w:p=inner", "w:instr= AUTHOR Petra ", "w:pic@descr=Petra", "w:pic@{urn:unheard}x=Two words", "w:link=x", "{urn:unheard}note=Free text"}
		wantGone := []string{"comment= by Olga ", "w:del@w:author=Iwan", "w:del=大", "w:ins@w:author=Iwan"}
		slices.Sort(wantGone)
		slices.Sort(gone)
		if !slices.Equal(kept, wantKept) || !slices.Equal(gone, wantGone) {
			t.Errorf("%s:\n%q\n%q", name, kept, gone)
		}
		if len(f.References) != 1 || f.References[0].Value != "rId7" || !strings.HasSuffix(src[f.References[0].Tag[0]:f.References[0].Tag[1]], ":link>") {
			t.Errorf("%s: %+v", name, f.References)
		}
		var quiet []string
		if err := Unshown([]byte(src), 3, wordish, func(p splice.Piece, _ bool) { quiet = append(quiet, p.Text) }); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"Petra Meier", "single", "Secret", "1234"} {
			if !slices.Contains(quiet, want) {
				t.Errorf("%s: %s is not among what is kept: %q", name, want, quiet)
			}
		}
	}
}

// What is said of an element by its parent, of what takes others with it, of what
// stands apart, and of readings beside a text.
func TestContext(t *testing.T) {
	rules := *wordish
	rules.Elements = map[string]Element{
		"w:p": {Role: Block}, "w:t": {Role: Run}, "w:instr": {Role: Apart}, "w:rPr/w:vanish": {Role: Apart, Up: "w:r"}, "w:rt": {Role: Gloss},
		"w:trPr/w:del": {Role: Drop, Up: "w:tr"}, "w:drop": {Role: Lead, Up: "w:p"}, "w:svg": {Up: "w:ext"}, "w:sym": {Role: Break, Break: "✆", Encode: spaced},
	}
	rules.Attributes = map[string]Use{"@w:name": Text, "@w:style": Name}
	rules.Known = func(_, v string) bool { return v == "Picture 1" }
	src := []byte(`<w:b xmlns:w="urn:x-w" xmlns:r="urn:x-r"><w:p><w:r><w:t>shown</w:t></w:r><w:instr>INCL</w:instr><w:instr>UDE</w:instr><w:r><w:rPr><w:vanish/></w:rPr><w:t>hid</w:t></w:r>` +
		`<w:ruby><w:rt><w:t>wáng</w:t></w:rt><w:base><w:t>王</w:t></w:base></w:ruby><w:sym/></w:p><w:tr w:name="row"><w:trPr><w:del/></w:trPr><w:p><w:t>deleted</w:t></w:p></w:tr>` +
		`<w:ext><w:svg r:id="rId1"/></w:ext><w:pic w:name="Picture 1" w:style="petra"/><w:del><w:t>kept</w:t></w:del><w:p><w:pPr><w:drop/></w:pPr><w:t>P</w:t></w:p><w:p><w:t>etra</w:t></w:p><w:p><w:t>next</w:t></w:p></w:b>`)
	f, err := Read(src, 0, &rules)
	if err != nil {
		t.Fatal(err)
	}
	kept, gone := texts(f)
	if want := []string{"w:p=shown王✆", "w:instr=INCLUDEhid", "w:rt=wáng", "w:t=kept", "w:p=Petra", "w:p=next"}; !slices.Equal(kept, want) {
		t.Errorf("%q", kept)
	}
	if want := []string{"w:tr@w:name=row", "w:p=deleted"}; !slices.Equal(gone, want) {
		t.Errorf("%q", gone)
	}
	cut := func(at [2]int) string { return string(src[at[0]:at[1]]) }
	if len(f.Ties) != 1 || !strings.HasPrefix(cut(f.Ties[0].Within), "<w:ruby>") || !strings.HasSuffix(cut(f.Ties[0].Within), "</w:ruby>") || cut(f.Ties[0].Gloss) != "<w:rt><w:t>wáng</w:t></w:rt>" {
		t.Errorf("%+v", f.Ties)
	}
	if len(f.References) != 1 || cut(f.References[0].Tag) != `<w:ext><w:svg r:id="rId1"/></w:ext>` {
		t.Errorf("%+v", f.References)
	}
	if out, err := splice.Apply(src, f.Always); err != nil || bytes.Contains(out, []byte("row")) || !bytes.Contains(out, []byte("kept")) || f.Seen["w:del"] != 1 {
		t.Errorf("%s, %v, %v", out, err, f.Seen)
	}
	chosen := map[string]bool{}
	if err := Unshown(src, 0, &rules, func(p splice.Piece, c bool) { chosen[p.Text] = c }); err != nil {
		t.Fatal(err)
	}
	if c, ok := chosen["petra"]; !c || !ok || !chosen["Picture 1"] {
		t.Errorf("%v", chosen)
	}
}

// A text that every such file has is shown to nobody, and swept.
func TestKnownTextIsUnshown(t *testing.T) {
	rules := *wordish
	rules.Known = func(where, value string) bool { return where == "w:p" && value == "Third level" }
	src := []byte(`<w:p xmlns:w="urn:x-w"><w:t>Third </w:t><w:t>level</w:t><w:del><w:p><w:t>Third level</w:t></w:p></w:del></w:p>`)
	var quiet []string
	if err := Unshown(src, 0, &rules, func(p splice.Piece, chosen bool) {
		if chosen {
			quiet = append(quiet, p.Text)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"Third ", "level"}; !slices.Equal(quiet, want) {
		t.Errorf("%q, want %q", quiet, want)
	}
}

func TestRewrite(t *testing.T) {
	src := []byte(document)
	f, err := Read(src, 0, wordish)
	if err != nil {
		t.Fatal(err)
	}
	changes := f.Always
	for _, x := range f.Texts {
		if x.String() != "王小&\n明" {
			continue
		}
		c, err := x.Edit(func(int) []byte { return src }, []splice.Edit{{Start: 0, End: 5, With: "客户A"}})
		if err != nil {
			t.Fatal(err)
		}
		changes = append(changes, c...)
	}
	out, err := splice.Apply(src, changes)
	if err != nil {
		t.Fatal(err)
	}
	want := ` <w:p><w:r><w:t xml:space="preserve">客户A</w:t></w:r> <w:r><w:t xml:space="preserve"></w:t><w:br/><w:t xml:space="preserve"></w:t></w:r><w:pos>1234</w:pos></w:p>`
	if got := strings.Split(string(out), "\n")[2]; got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
	if bytes.Contains(out, []byte("Olga")) || bytes.Contains(out, []byte("Iwan")) {
		t.Error("a comment or an author stays")
	}
}

func TestBad(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		want error
	}{
		"cut":             {"<a><b>", ErrSyntax},
		"crossed":         {"<a><b></a></b>", ErrSyntax},
		"half a tag":      {"<a", ErrSyntax},
		"no quotes":       {"<a b=c/>", ErrSyntax},
		"entity":          {"<a>&lol;</a>", ErrSyntax},
		"entities":        {`<!DOCTYPE a [<!ENTITY lol "lol">]><a>x</a>`, ErrEntities},
		"no UTF-8":        {"<a>\xff</a>", ErrSyntax},
		"deep":            {strings.Repeat("<a>", most+1), ErrSyntax},
		"a character":     {"<a>&#xD800;</a>", ErrSyntax},
		"text outside":    {"x<a/>", ErrSyntax},
		"comment at end":  {"<a/><!-- x", ErrSyntax},
		"an end too many": {"<a/></a>", ErrSyntax},
	} {
		if _, err := Read([]byte(c.src), 0, wordish); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestUTF8(t *testing.T) {
	for name, b := range map[string]string{
		"UTF-16LE with a mark": "\xff\xfe<\x00a\x00>\x00\x8b\x73<\x00/\x00a\x00>\x00",
		"UTF-16BE":             "\x00<\x00a\x00>\x73\x8b\x00<\x00/\x00a\x00>",
		"GBK":                  `<?xml version="1.0" encoding="GBK"?>` + "<a>\xcd\xf5</a>",
		"UTF-8":                "\xef\xbb\xbf<a>王</a>",
	} {
		u, err := UTF8([]byte(b))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		f, err := Read(u, 0, wordish)
		if err != nil || len(f.Texts) != 1 || f.Texts[0].String() != "王" {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
	}
}

// What encoding/xml reads we read too, to the same texts and values, or not at all.
func FuzzScanner(f *testing.F) {
	f.Add([]byte(document))
	f.Add([]byte("<a b='1' c=\"&#x4e2d;\">\r\n<![CDATA[x]]>]]&gt;<?p x?><!-- c --></a>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		want, theirs := standard(b)
		var got strings.Builder
		s := NewScanner(b)
		at := s.at
		for {
			tok, more, err := s.Next()
			if err != nil {
				return
			}
			if !more {
				break
			}
			if tok.From != at || tok.To <= tok.From {
				t.Fatalf("a token at %d to %d, the last ended at %d", tok.From, tok.To, at)
			}
			at = tok.To
			for _, a := range tok.Attrs {
				v, err := Decode(b[a.ValueFrom:a.ValueTo])
				if err != nil {
					return
				}
				got.WriteString("=" + v + "\n")
			}
			switch tok.Kind {
			case CharData:
				v, err := Decode(b[tok.From:tok.To])
				if err != nil {
					return
				}
				got.WriteString(v)
			case CDATA:
				got.WriteString(strings.ReplaceAll(strings.ReplaceAll(string(b[tok.From+9:tok.To-3]), "\r\n", "\n"), "\r", "\n"))
			}
		}
		if theirs == nil && got.String() != want {
			t.Errorf("read as %q, by encoding/xml as %q", got.String(), want)
		}
	})
}

// standard is what encoding/xml reads.
func standard(b []byte) (string, error) {
	var out strings.Builder
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		tok, err := d.RawToken()
		if err == io.EOF {
			return out.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch x := tok.(type) {
		case xml.StartElement:
			for _, a := range x.Attr {
				out.WriteString("=" + a.Value + "\n")
			}
		case xml.CharData:
			out.Write(x)
		}
	}
}
