package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

var limits = Limits{Unpacked: 64 << 20, Shared: 1 << 20, Columns: 100}

func read(t testing.TB, b []byte) [][]string {
	t.Helper()
	x, err := Open(bytes.NewReader(b), int64(len(b)), limits)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	var rows [][]string
	for {
		line, cells, err := x.Next()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		for len(rows) < line-1 {
			rows = append(rows, nil)
		}
		rows = append(rows, slices.Clone(cells))
	}
}

// A workbook that another program wrote: what its cells show differs from what
// they hold.
func TestReadOthers(t *testing.T) {
	f := excelize.NewFile()
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	style := func(code string) int {
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	set := func(cell string, v any) {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	set("A1", "姓名")
	set("B1", " x & <y> \"z\" ")
	set("D1", 13800138000)
	set("A3", day) // with a style of its own
	set("B3", 46082.5)
	set("C3", 0.1+0.2)
	set("D3", 46082)
	set("E3", 46082)
	set("F3", true)
	set("G3", 91310000123456789.0)
	set("H3", 46082.75)
	if err := f.SetCellFormula("Sheet1", "I3", "=1+1"); err != nil {
		t.Fatal(err)
	}
	for cell, code := range map[string]string{"B3": "[$-804]yyyy\"年\"m\"月\"d\"日\" h:mm", "D3": "m/d/yy", "E3": "#,##0 \"dny\"", "H3": "h:mm:ss"} {
		if err := f.SetCellStyle("Sheet1", cell, cell, style(code)); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellRichText("Sheet1", "J3", []excelize.RichTextRun{{Text: "欧阳"}, {Text: "知夏", Font: &excelize.Font{Bold: true}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := f.NewSheet("Other"); err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"姓名", " x & <y> \"z\" ", "", "13800138000"},
		nil,
		{"2026-03-01", "2026-03-01 12:00:00", "0.3", "2026-03-01", "46082", "true", "91310000123456780", "46082.75", "", "欧阳知夏"},
	}
	got := read(t, buf.Bytes())
	if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
		t.Errorf("read\n%q\nwant\n%q", got, want)
	}

	// The first sheet is hidden: the next one is read.
	f.SetActiveSheet(1)
	if err := f.SetSheetVisible("Sheet1", false); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellValue("Other", "A1", "here"); err != nil {
		t.Fatal(err)
	}
	buf.Reset()
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	if got := read(t, buf.Bytes()); len(got) != 1 || got[0][0] != "here" {
		t.Errorf("read %q of a workbook with a hidden sheet", got)
	}
}

// odd are texts that a workbook has to keep.
var odd = []string{"=cmd|' /C calc'!A0", "+86 138", "-1", "@x", "a\nb", "\tx", "_x000D_", "_x005F_", "_x00", "\r", "\x01", "<&>\"'", "13800138000", "2026-03-01", " x ", "𠮷野", "]]>", "&amp;", "'x"}

// Another reader sees the texts that were written, and no formula; so does ours.
func TestWrite(t *testing.T) {
	var buf bytes.Buffer
	w, err := NewWriter(&buf, "a & b")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]string{{"id", "", "name"}, {}, odd} {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	got := read(t, buf.Bytes())
	if len(got) != 3 || !slices.Equal(got[0], []string{"id", "", "name"}) || !slices.Equal(got[2], odd) {
		t.Errorf("read %q", got)
	}
	f, err := excelize.OpenReader(bytes.NewReader(buf.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range odd {
		cell, _ := excelize.CoordinatesToCellName(i+1, 3)
		got, err := f.GetCellValue("a & b", cell)
		if want == "\r" || want == "\x01" || strings.HasPrefix(want, "_x") {
			continue // it leaves these as they are written
		}
		if err != nil || got != want {
			t.Errorf("another reader sees %q, want %q (%v)", got, want, err)
		}
		if formula, err := f.GetCellFormula("a & b", cell); err != nil || formula != "" {
			t.Errorf("%q is a formula", want)
		}
		if kind, err := f.GetCellType("a & b", cell); err != nil || kind != excelize.CellTypeInlineString {
			t.Errorf("%q is a cell of type %v", want, kind)
		}
	}
	if err := w.Write([]string{strings.Repeat("a", 40_000)}); !errors.Is(err, ErrCell) {
		t.Errorf("a text of 40,000 characters: %v", err)
	}
}

// workbook makes a minimal one around the XML of a sheet.
func workbookOf(t testing.TB, sheet string, more ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	files := map[string]string{
		"xl/workbook.xml":            `<x:workbook xmlns:x="m" xmlns:r="r"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="a" r:id="i1"/></x:sheets></x:workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="i1" Type="x/worksheet" Target="s.xml"/><Relationship Id="i2" Type="x/styles" Target="/xl/st.xml"/><Relationship Id="i3" Type="x/sharedStrings" Target="sh.xml"/></Relationships>`,
		"xl/st.xml":                  `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
		"xl/s.xml":                   sheet,
	}
	for i := 0; i+1 < len(more); i += 2 {
		files[more[i]] = more[i+1]
	}
	for name, text := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestReadForms(t *testing.T) {
	for sheet, want := range map[string]string{
		`<x:worksheet><x:sheetData><x:row r="1"><x:c><x:v>1.3800138E10</x:v></x:c></x:row></x:sheetData></x:worksheet>`:                                     `[["13800138000"]]`,
		`<worksheet><!-- <row> --><sheetData><row><c t='inlineStr' ><is><t>a<![CDATA[&amp;<b>]]>c</t></is></c></row></sheetData></worksheet>`:               `[["a&amp;<b>c"]]`,
		`<worksheet><sheetData><row/><row><c s="1"><v>44620</v></c><c r="D2"/><c t="str"><f>x</f><v>&#x6797;&#26519;</v></c></row></sheetData></worksheet>`: `[[] ["2026-03-01" "" "" "" "林林"]]`,
		`<worksheet><sheetData><row><c t="inlineStr"><is><r><t>林</t></r><rPh sb="0"><t>りん</t></rPh><r><t>知</t></r></is></c></row></sheetData></worksheet>`:  `[["林知"]]`,
		`<worksheet><sheetData><row><c t="e"><v>#N/A</v></c><c t="b"><v>0</v></c></row></sheetData></worksheet>`:                                            `[["#N/A" "false"]]`,
		`<worksheet><sheetData/></worksheet>`: `[]`,
	} {
		if got := fmt.Sprintf("%q", read(t, workbookOf(t, sheet))); got != want {
			t.Errorf("%s\nread %s, want %s", sheet, got, want)
		}
	}
}

func TestRefuses(t *testing.T) {
	bomb := workbookOf(t, `<worksheet><sheetData>`+strings.Repeat(`<row><c><v>1</v></c></row>`, 1<<20)+`</sheetData></worksheet>`)
	shared := workbookOf(t, `<worksheet/>`, "xl/sh.xml", `<sst>`+strings.Repeat(`<si/>`, 1<<17)+`</sst>`)
	for name, c := range map[string]struct {
		b      []byte
		limits Limits
		want   error
	}{
		"no zip":         {[]byte("id,kind\n"), limits, ErrFormat},
		"another zip":    {zipOf(t, "word/document.xml"), limits, ErrFormat},
		"too large":      {bomb, Limits{Unpacked: 1 << 20, Shared: 1 << 20, Columns: 100}, ErrTooLarge},
		"many strings":   {shared, Limits{Unpacked: 64 << 20, Shared: 1 << 20, Columns: 100}, ErrTooLarge},
		"far right":      {workbookOf(t, `<worksheet><sheetData><row><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>`), limits, ErrTooLarge},
		"cut off":        {workbookOf(t, `<worksheet><sheetData><row><c><v>1`), limits, ErrFormat},
		"doctype":        {workbookOf(t, `<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>`), limits, ErrFormat},
		"no such string": {workbookOf(t, `<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>`), limits, ErrFormat},
	} {
		if err := all(c.b, c.limits); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func zipOf(t testing.TB, name string) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	if _, err := z.Create(name); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func all(b []byte, l Limits) error {
	x, err := Open(bytes.NewReader(b), int64(len(b)), l)
	if err != nil {
		return err
	}
	defer x.Close()
	for {
		if _, _, err := x.Next(); err != nil {
			return err
		}
	}
}

// FuzzSheet: any sheet gives rows or an error, and rows that were read are read
// again from what is written of them.
func FuzzSheet(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="B1" t="inlineStr"><is><t>_x000D_&amp;</t></is></c><c s="1"><v>46082</v></c></row></sheetData></worksheet>`))
	f.Add([]byte(`<a><![CDATA[<row>]]><!-- --><?x?><row><c><v>1E5`))
	f.Fuzz(func(t *testing.T, sheet []byte) {
		b := workbookOf(t, string(sheet))
		x, err := Open(bytes.NewReader(b), int64(len(b)), limits)
		if err != nil {
			return
		}
		defer x.Close()
		var rows [][]string
		for len(rows) < 1000 {
			_, cells, err := x.Next()
			if err != nil {
				break
			}
			for i := range cells {
				cells[i] = strings.ToValidUTF8(cells[i], "\ufffd")
				if tooLong(cells[i]) {
					return
				}
			}
			for len(cells) > 0 && cells[len(cells)-1] == "" {
				cells = cells[:len(cells)-1]
			}
			rows = append(rows, slices.Clone(cells))
		}
		var buf bytes.Buffer
		w, err := NewWriter(&buf, "x")
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if err := w.Write(r); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if got := read(t, buf.Bytes()); fmt.Sprintf("%q", got) != fmt.Sprintf("%q", rows) {
			t.Fatalf("%q became %q", rows, got)
		}
	})
}

// FuzzOpen: any bytes are an error or a workbook.
func FuzzOpen(f *testing.F) {
	f.Add(workbookOf(f, `<worksheet><sheetData/></worksheet>`))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, b []byte) { _ = all(b, Limits{Unpacked: 1 << 20, Shared: 1 << 20, Columns: 100}) })
}
