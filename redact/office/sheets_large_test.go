package office

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"consentry/redact"
	"consentry/redact/office/officetest"
)

// largeSheet is a workbook of so many rows of ten cells: four strings, five numbers
// and a formula.
func largeSheet(t testing.TB, rows int) []byte {
	var b, sst strings.Builder
	b.WriteString(officetest.Header + `<worksheet ` + sheetNS + `><sheetData>`)
	sst.WriteString(officetest.Header + `<sst ` + strings.Split(sheetNS, " ")[0] + `>`)
	for r := 1; r <= rows; r++ {
		fmt.Fprintf(&b, `<row r="%d" spans="1:10">`, r)
		for c := range 4 {
			fmt.Fprintf(&b, `<c r="%c%d" s="0" t="s"><v>%d</v></c>`, 'A'+c, r, (r-1)*2+c%2)
		}
		for c := 4; c < 9; c++ {
			fmt.Fprintf(&b, `<c r="%c%d"><v>%d.25</v></c>`, 'A'+c, r, r*c)
		}
		fmt.Fprintf(&b, `<c r="J%d"><f>SUM(E%d:I%d)</f><v>%d</v></c></row>`, r, r, r, r)
		fmt.Fprintf(&sst, `<si><t>Customer %d</t></si><si><t>Wanda Fox %d</t></si>`, r, r)
	}
	b.WriteString(`</sheetData></worksheet>`)
	sst.WriteString(`</sst>`)
	return workbook(t, sheetMain, []string{
		"xl/workbook.xml", officetest.Header + `<workbook ` + sheetNS + `><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml", b.String(), "xl/sharedStrings.xml", sst.String(),
	}, map[string]string{"xl/worksheets/sheet1.xml": sheetPre + "worksheet+xml", "xl/sharedStrings.xml": sheetPre + "sharedStrings+xml"},
		"xl/workbook.xml rId1 worksheet worksheets/sheet1.xml", "xl/workbook.xml rId2 sharedStrings sharedStrings.xml")
}

// A million cells are opened, read and written within 30 s and 500 MB of memory, ten
// thousand rows of them with something to hide. CONSENTRY_LARGE=100000 runs it whole.
func TestMillionCells(t *testing.T) {
	rows := 2000
	if os.Getenv("CONSENTRY_LARGE") != "" {
		rows, _ = strconv.Atoi(os.Getenv("CONSENTRY_LARGE"))
	}
	b := largeSheet(t, rows)
	runtime.GC()
	started := time.Now()
	d, err := New(Options{}).Open(t.Context(), redact.Asset{Size: int64(len(b))}, bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	opened := time.Since(started)
	cells := 0
	var rs []redact.Redaction
	for p, err := range d.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range p.Spans {
			cells += strings.Count(s.Text, "\t") + 1
			if i := strings.Index(s.Text, "Wanda Fox"); i >= 0 && s.ID%10 == 0 {
				from := s.Offset + len([]rune(s.Text[:i]))
				rs = append(rs, redact.Redaction{Region: redact.Region{Part: p.Part, Page: p.Index, Span: s.ID, Start: from, End: from + 9}, With: "[P]"})
			}
		}
	}
	read := time.Since(started)
	if _, err := d.Rewrite(t.Context(), io.Discard, rs); err != nil {
		t.Fatal(err)
	}
	took := time.Since(started)
	if cells < rows*10 || took > 30*time.Second {
		t.Errorf("%d cells in %v", cells, took)
	}
	t.Logf("%d cells, %d orders: opened %v, pages %v, written %v; peak of the process %s kB", cells, len(rs), opened, read-opened, took-read, peak())
}

// peak is the most memory that the process had, in kB; "?" where it is not told.
func peak() string {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "?"
	}
	for _, l := range strings.Split(string(b), "\n") {
		if f := strings.Fields(l); len(f) > 1 && f[0] == "VmHWM:" {
			if _, err := strconv.Atoi(f[1]); err == nil {
				return f[1]
			}
		}
	}
	return "?"
}
