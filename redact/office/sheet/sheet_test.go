package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

const tableXML = `<?xml version="1.0"?><sst xmlns="x"><si><t>Ida</t></si><si><r><rPr><b/><rFont val="Ida Sans"/></rPr><t xml:space="preserve">Wanda </t></r><r><t>Fox_x000D_</t></r><rPh sb="0" eb="2"><t>ワンダ</t></rPh><phoneticPr fontId="1"/></si><si><t>unused</t></si>stray<!-- c --><extLst><x/></extLst></sst>`

const sheetXML = `<?xml version="1.0"?><q:worksheet xmlns:q="x" xmlns:w="y"><q:dimension ref="A1"/><q:sheetData><!-- note --><q:row r="2" spans="1:9" w:name="Ida"><q:c r="A2" t="s"><q:v>1</q:v></q:c><q:c r="B2" s="1"><q:v>31110.5</q:v></q:c><q:c r="C2"><q:v>1.38E10</q:v></q:c><q:c r="D2" t="b"><q:v>1</q:v></q:c><q:c r="E2" t="e"><q:v>#N/A</q:v></q:c><q:c r="F2" vm="1" t="str"><q:f>"Ida "&amp;A1</q:f><q:v>Ida &amp; Wanda</q:v></q:c><q:c r="G2" t="s"><q:v>99</q:v></q:c><q:c r="H2" s="1"/>loose</q:row><q:row><q:c t="inlineStr"><q:is><q:t>here</q:t></q:is></q:c><q:unknown a="b">text</q:unknown></q:row></q:sheetData><q:after/></q:worksheet>`

func opened(t testing.TB) (*Sheet, *Strings) {
	t.Helper()
	table, err := ReadStrings([]byte(tableXML), 1)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Read([]byte(sheetXML), 0, table, []bool{false, true})
	if err != nil {
		t.Fatal(err)
	}
	return s, table
}

func all(texts []splice.Text) (out []string) {
	for _, t := range texts {
		out = append(out, t.String())
	}
	return out
}

func TestRows(t *testing.T) {
	s, table := opened(t)
	if got, want := all(s.Texts(0, s.Rows())), []string{"Wanda Fox\r\t1985-03-04\t13800000000\tIda & Wanda\t99", "here"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := all(s.Literals()); !slices.Equal(got, []string{"Ida "}) {
		t.Errorf("literals %q", got)
	}
	if got := all(table.Sounds()); !slices.Equal(got, []string{"ワンダ"}) {
		t.Errorf("sounds %q", got)
	}
	said, changes := table.Unused()
	if got := all(said); !slices.Equal(got, []string{"Ida", "unused"}) || len(changes) != 2 {
		t.Errorf("unused %q", got)
	}
	out, err := splice.Apply([]byte(tableXML), slices.Concat(table.Always, changes))
	if want := `<sst xmlns="x"><si><t></t></si><si><r><rPr>`; err != nil || !strings.Contains(string(out), want) || strings.Contains(string(out), "stray") || strings.Contains(string(out), "<!--") || strings.Contains(string(out), "extLst") {
		t.Errorf("%s, %v", out, err)
	}
	out, err = splice.Apply([]byte(sheetXML), s.Always)
	for _, gone := range []string{"note", `w:name`, "vm=", "loose", "unknown"} {
		if err != nil || bytes.Contains(out, []byte(gone)) {
			t.Errorf("%s stays, %v", gone, err)
		}
	}
	if !bytes.Contains(out, []byte("<q:after/>")) || !bytes.Contains(out, []byte(`<q:dimension ref="A1"/>`)) {
		t.Errorf("what stands around the rows is changed: %s", out)
	}
	if c := s.Row(2)[6]; c.Text.String() != "Ida & Wanda" {
		t.Errorf("F2 is %q", c.Text)
	}
	if c := s.Row(3)[1]; c.Text.String() != "here" {
		t.Errorf("a row without a number: %q", c.Text)
	}
}

func TestCells(t *testing.T) {
	s, table := opened(t)
	row := s.Texts(0, 1)[0]
	var e splice.Editor
	text := []rune(row.String())
	for _, word := range []string{"Wanda Fox", "13800000000", "Ida", "1985-03-04"} {
		i := strings.Index(row.String(), word)
		from := len([]rune(row.String()[:i]))
		if err := e.Add(row, []splice.Edit{{Start: from, End: from + len([]rune(word)), With: "[_x0041_]"}}); err != nil {
			t.Fatal(err, string(text))
		}
	}
	changes := e.Changes(func(file int) []byte { return [][]byte{[]byte(sheetXML), []byte(tableXML)}[file] })
	none := func(string) bool { return false }
	changes = append(changes, table.Settled(changes, func(s string) bool { return strings.Contains(s, "Ida") })...)
	changes = append(changes, s.Settled(changes, &Names{Gone: none})...)
	var own, theirs []splice.Change
	for _, c := range changes {
		if c.File == 0 {
			own = append(own, c)
		} else {
			theirs = append(theirs, c)
		}
	}
	out, err := splice.Apply([]byte(sheetXML), own)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<q:c r="B2" s="1" t="inlineStr"><q:is><q:t xml:space="preserve">[_x005F_x0041_]</q:t></q:is></q:c>`,
		`<q:c r="C2" t="inlineStr">`, `<q:c r="F2" t="inlineStr"><q:is><q:t xml:space="preserve">[_x005F_x0041_] &amp; Wanda</q:t></q:is></q:c>`,
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("no %s in %s", want, out)
		}
	}
	out, err = splice.Apply([]byte(tableXML), theirs)
	if err != nil {
		t.Fatal(err)
	}
	if want := `<si><r><rPr><b/><rFont val="Arial"/></rPr><t xml:space="preserve">[_x005F_x0041_]</t></r><r><t xml:space="preserve">_x000D_</t></r><phoneticPr fontId="1"/></si>`; !strings.Contains(string(out), want) {
		t.Errorf("no %s in %s", want, out)
	}
}

// A shared formula goes with all that share it.
func TestSharedFormulas(t *testing.T) {
	src := []byte(`<worksheet><sheetData><row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">[1]Book!A1</f><v>1</v></c><c r="B1"><f t="shared" ref="B1:B2" si="1">Sums!A1</f><v>1</v></c></row><row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c><c r="B2"><f t="shared" si="1"/><v>2</v></c></row></sheetData></worksheet>`)
	s, err := Read(src, 0, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	out, err := splice.Apply(src, s.Settled(nil, &Names{Sheets: map[string]string{"sums": "Bob's"}, Gone: func(string) bool { return false }}))
	if want := `<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B2" si="1">'Bob''s'!A1</f><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="1"/><v>2</v></c></row>`; err != nil || !strings.Contains(string(out), want) {
		t.Errorf("%s, %v", out, err)
	}
}

func TestFormulas(t *testing.T) {
	names := &Names{
		Sheets:  map[string]string{"ida fox": "P1", "ida": "P2", "o'hara": "P3"},
		Ranges:  map[string]string{"ida_pay": "_P4", "people": "_P5"},
		Columns: map[string]string{"full name": "P[6]"},
		Gone:    func(s string) bool { return strings.Contains(s, "Wanda") },
	}
	for _, c := range []struct{ formula, want string }{
		{`SUM('Ida Fox'!A1:B2)+ida!$C$3`, `SUM('P1'!A1:B2)+'P2'!$C$3`},
		{`'O''Hara'!A1&"'O''Hara'!A1"`, `'P3'!A1&"'O''Hara'!A1"`},
		{`SUM(Ida:Other!A1)`, `SUM('P2:Other'!A1)`},
		{`ida_pay*2+A1+R1C1+TRUE+1E5`, `_P4*2+A1+R1C1+TRUE+1E5`},
		{`people[[#This Row],[Full name]]+People[@[full name]]+SUM(People[Full Name])`, `_P5[[#This Row],[P'[6']]]+_P5[@[P'[6']]]+SUM(_P5[P'[6']])`},
		{`IF(A1="",#REF!,#N/A)`, `IF(A1="",#REF!,#N/A)`},
		{`[0]!ida_pay`, `[0]!_P4`},
		{`[1]Ida!A1`, ""}, {`'C:\x\[b.xlsx]Ida'!A1`, ""}, {`'[2]Ida Fox'!A1`, ""}, {`Excel|'Ida'!A1`, ""}, {`"open`, ""}, {`'open`, ""}, {`a[b`, ""}, {`Wanda_pay+1`, ""}, {`Wanda!A1`, ""},
		{`"Wanda"&A1`, `"Wanda"&A1`}, // a literal is a text of its own
	} {
		var b bytes.Buffer
		if err := xml.EscapeText(&b, []byte(c.formula)); err != nil {
			t.Fatal(err)
		}
		changes, ok := names.Renamed(b.Bytes(), 0, 0, b.Len(), xmltext.EncodeText)
		if ok != (c.want != "") {
			t.Errorf("%s: %v", c.formula, ok)
			continue
		}
		if !ok {
			continue
		}
		out, err := splice.Apply(b.Bytes(), changes)
		if got, _ := xmltext.Decode(out); err != nil || got != c.want {
			t.Errorf("%s became %s, not %s (%v)", c.formula, got, c.want, err)
		}
	}
}

func TestLiterals(t *testing.T) {
	src := []byte(`IF(A1=&quot;Ida &quot;&quot;F&quot;&quot;&quot;,"a&amp;b",'x"y'!A1)`)
	text, err := Literals(src, 0, 0, len(src), xmltext.EncodeText)
	if err != nil || text.String() != "Ida \"F\"\ta&b" {
		t.Fatalf("%q, %v", text, err)
	}
	changes, err := text.Edit(func(int) []byte { return src }, []splice.Edit{{Start: 0, End: 3, With: `<"P">`}})
	if err != nil {
		t.Fatal(err)
	}
	out, err := splice.Apply(src, changes)
	if want := `IF(A1=&quot;&lt;""P""&gt; ""F""&quot;,"a&amp;b",'x"y'!A1)`; err != nil || string(out) != want {
		t.Errorf("%s, want %s (%v)", out, want, err)
	}
}

func TestHeader(t *testing.T) {
	for src, want := range map[string]string{
		`&amp;L&amp;"Arial,Bold"&amp;12Ida&amp;CPage &amp;P of &amp;N&amp;R&amp;KFF0000R&amp;&amp;D`: "Ida\nPage   of  \nR&D",
		`&amp;BWan&amp;Bda`: "Wanda", `plain`: "plain", `&amp;&amp;`: "&",
	} {
		text, err := Header([]byte(src), 0, 0, len(src))
		if err != nil || text.String() != want {
			t.Errorf("%s: %q, %v", src, text.String(), err)
		}
	}
	src := []byte(`&amp;L&amp;12Wan&amp;Bda&amp;R&amp;P`)
	text, err := Header(src, 0, 0, len(src))
	if err != nil {
		t.Fatal(err)
	}
	changes, err := text.Edit(func(int) []byte { return src }, []splice.Edit{{Start: 0, End: 5, With: "1 & 2"}})
	if err != nil {
		t.Fatal(err)
	}
	out, err := splice.Apply(src, changes)
	if want := `&amp;L&amp;12 1 &amp;&amp; 2&amp;B&amp;R&amp;P`; err != nil || string(out) != want {
		t.Errorf("%s, want %s (%v)", out, want, err)
	}
}

func TestDates(t *testing.T) {
	for code, want := range map[string]bool{"yyyy-mm-dd": true, `d"日"`: true, "0.00": false, `"year" 0`: false, "General": false, "[$-409]mmm d": true, "h:mm": false, "#,##0": false, "[Red]0": false} {
		if IsDate(164, code) != want {
			t.Errorf("%s: %v", code, !want)
		}
	}
	for x, want := range map[float64]string{61: "1900-03-01", 45292.75: "2024-01-01", 60: "", -3: "", 1e9: ""} {
		if got, _ := date(x); got != want {
			t.Errorf("%v is %q", x, got)
		}
	}
}

func TestEscapes(t *testing.T) {
	for _, s := range []string{"plain", "_x0041_", "a\x01b\r", "_x_", "_x005F_x0041_", "\ufffe"} {
		if got := Unescape(Escape(s)); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestDamaged(t *testing.T) {
	for _, src := range []string{
		`<worksheet><sheetData><row>`, `<worksheet><sheetData><row><c><v>1</c></v></row></sheetData></worksheet>`, `<worksheet><sheetData><row><c><v><x/></v></c></row></sheetData></worksheet>`,
		`<worksheet><sheetData><row><c><f>a<b/></f></c></row></sheetData></worksheet>`, `<worksheet><sheetData><row><c><v>&lol;</v></c></row></sheetData></worksheet>`, `<worksheet a>`,
	} {
		if _, err := Read([]byte(src), 0, nil, nil); err == nil {
			t.Errorf("%s was read", src)
		}
	}
	for _, src := range []string{``, `<other/>`, `<sst><si><t>a`, `<sst><si><t><b/></t></si></sst>`} {
		if _, err := ReadStrings([]byte(src), 0); err == nil {
			t.Errorf("%s was read", src)
		}
	}
}

// Whatever is read can be hidden row by row, and what is written is well formed where
// the source was, and does not say it any more.
func FuzzSheet(f *testing.F) {
	f.Add([]byte(sheetXML), []byte(tableXML))
	f.Add([]byte(`<worksheet><sheetData><row><c><f>a["b</f><v>1</v></c></row></sheetData></worksheet>`), []byte(`<sst/>`))
	f.Fuzz(func(t *testing.T, src, strs []byte) {
		if !formed(src) || !formed(strs) {
			return
		}
		table, err := ReadStrings(strs, 1)
		if err != nil {
			return
		}
		s, err := Read(src, 0, table, nil)
		if err != nil {
			return
		}
		var e splice.Editor
		for _, text := range slices.Concat(s.Texts(0, s.Rows()), s.Literals()) {
			if n := len([]rune(text.String())); n > 0 {
				if err := e.Add(text, []splice.Edit{{Start: 0, End: n, With: "+"}}); err != nil {
					t.Fatal(err)
				}
			}
		}
		files := [][]byte{src, strs}
		changes := e.Changes(func(file int) []byte { return files[file] })
		gone := func(string) bool { return true }
		_, blank := table.Unused()
		changes = slices.Concat(changes, s.Always, table.Always, blank, table.Settled(changes, gone), s.Settled(changes, &Names{Gone: gone}))
		for i := range files {
			var own []splice.Change
			for _, c := range changes {
				if c.File == i {
					own = append(own, c)
				}
			}
			if files[i], err = splice.Apply(files[i], own); err != nil {
				t.Fatal(err)
			}
			if !formed(files[i]) {
				t.Fatalf("not well formed: %s", files[i])
			}
		}
		if table, err = ReadStrings(files[1], 1); err != nil {
			t.Fatal(err)
		}
		if s, err = Read(files[0], 0, table, nil); err != nil {
			t.Fatal(err)
		}
		for _, text := range s.Texts(0, s.Rows()) {
			if strings.Trim(text.String(), "+\t") != "" {
				t.Fatalf("still says %q", text.String())
			}
		}
	})
}

func formed(b []byte) bool {
	for d := xml.NewDecoder(bytes.NewReader(b)); ; {
		if _, err := d.Token(); err != nil {
			return err == io.EOF
		}
	}
}

// A string of a megabyte that a thousand cells show is refused at once: what would
// have to be read is a gigabyte.
func TestShownTooOften(t *testing.T) {
	table, err := ReadStrings([]byte(`<sst><si><t>`+strings.Repeat("a", 1<<20)+`</t></si></sst>`), 1)
	if err != nil {
		t.Fatal(err)
	}
	rows := func(n int) []byte {
		return []byte(`<worksheet><sheetData>` + strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, n) + `</sheetData></worksheet>`)
	}
	if _, err := Read(rows(1000), 0, table, nil); !errors.Is(err, redact.ErrTooLarge) {
		t.Errorf("a gigabyte of text: %v", err)
	}
	s, err := Read(rows(100), 0, table, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.shown < 100<<20 || s.reading {
		t.Errorf("%d bytes are shown", s.shown)
	}
}
