package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"consentry/authz/exchange/xlsx"
)

// workbook makes a workbook with another program's library.
func workbook(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, r := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &r); err != nil {
			t.Fatal(err)
		}
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// In a workbook telephone numbers and days are numbers.
func TestImportWorkbook(t *testing.T) {
	day := time.Date(2026, 1, 10, 0, 0, 0, 0, time.UTC)
	b := importedBytes(t, "x.xlsx", workbook(t,
		[]any{"编号", "类型", "姓名", "手机", "任职起", "状态", "状态日期", "备注"},
		[]any{"s-1", "个人", "林知遥", 13800138000, day, "撤回", day.Add(90 * time.Minute), "=1+1"},
		nil,
		[]any{"s-2", "人员", "陆知遥", 8613800138000, nil, "", "", 3.5}))
	if len(b.Problems) > 0 || len(b.Subjects) != 2 || len(b.Consents) != 1 {
		t.Fatalf("%d subjects, %d consents, problems %v", len(b.Subjects), len(b.Consents), b.Problems)
	}
	one := b.Subjects[0]
	if brief(one) != "person|林知遥|@||phone:13800138000" || !one.Since.Equal(day8("2026-01-10")) || one.Note != "=1+1" {
		t.Errorf("subject %s %v %q", brief(one), one.Since, one.Note)
	}
	if at := b.Consents[0].Events[0].At; !at.Equal(day8("2026-01-10").Add(90 * time.Minute)) {
		t.Errorf("withdrawn at %v", at)
	}
	if got := b.Subjects[1].Contacts[0].Value; got != "8613800138000" {
		t.Errorf("number %s", got)
	}
	// Lines are those of the sheet.
	b = importedBytes(t, "", workbook(t, []any{"kind", "name"}, nil, []any{"robot", "a"}))
	if len(b.Problems) != 1 || b.Problems[0].Line != 3 {
		t.Errorf("problems %v", b.Problems)
	}
	// One that holds no table of people.
	w := workbook(t, []any{"colour", "size"}, []any{"red", 1})
	if _, err := sheet(t).ImportFile("", bytes.NewReader(w), int64(len(w)), nil); !errors.Is(err, ErrHeader) {
		t.Errorf("no names: %v", err)
	}
	w = w[:len(w)/2]
	if _, err := sheet(t).ImportFile("", bytes.NewReader(w), int64(len(w)), nil); !errors.Is(err, xlsx.ErrFormat) {
		t.Errorf("half a workbook: %v", err)
	}
}

// A number that a spreadsheet has shortened is no telephone number, and the rest
// of the row goes in.
func TestImportShortened(t *testing.T) {
	b := imported(t, "kind,name,phones\nperson,林知遥,1.38E+10\n")
	if len(b.Subjects) != 1 || len(b.Subjects[0].Contacts) != 0 || len(b.Problems) != 1 || b.Problems[0].Reason != Shortened || b.Problems[0].Skipped {
		t.Errorf("%v, problems %v", b.Subjects, b.Problems)
	}
}

func TestSniff(t *testing.T) {
	for _, c := range []struct {
		name, bytes string
		want        Format
		err         error
	}{
		{"a.txt", "PK\x03\x04", XLSX, nil},
		{"a.csv", "begin:vcard\r\n", VCard, nil},
		{"a", "\ufeff\n BEGIN:VCARD", VCard, nil},
		{"a", "\xff\xfeB\x00E\x00G\x00I\x00N\x00:\x00V\x00C\x00A\x00R\x00D\x00", VCard, nil},
		{"a.csv", "{\"@context\":", JSONLD, nil},
		{"a.csv", "[x],y\n", CSV, nil},
		{"a.jsonld", "[", JSONLD, nil},
		{"a.xlsx", "kind,name\n", CSV, nil},
		{"a.xls", "\xd0\xcf\x11\xe0\xa1\xb1", "", ErrFormat},
		{"", "", CSV, nil},
	} {
		got, err := Sniff(c.name, strings.NewReader(c.bytes), int64(len(c.bytes)))
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%q: %s (%v), want %s", c.bytes, got, err, c.want)
		}
	}
}

func TestHeader(t *testing.T) {
	text := "Notes:\n\"x \"\"y\"\" z\"\n\nFirst Name,Last Name,Company\nAda,Harrow,Finch\n"
	format, header, err := Header("a.csv", strings.NewReader(text), int64(len(text)))
	if err != nil || format != CSV || strings.Join(header, "|") != "First Name|Last Name|Company" {
		t.Errorf("%s %q %v", format, header, err)
	}
	w := workbook(t, []any{"Wer", "Firma"}, []any{"a", "b"})
	format, header, err = Header("", bytes.NewReader(w), int64(len(w)))
	if err != nil || format != XLSX || strings.Join(header, "|") != "Wer|Firma" {
		t.Errorf("%s %q %v", format, header, err)
	}
	if _, _, err := Header("", strings.NewReader(""), 0); !errors.Is(err, ErrHeader) {
		t.Errorf("an empty file: %v", err)
	}
	rows, err := ReadXLSX(bytes.NewReader(w), int64(len(w)))
	if err != nil || fmt.Sprint(rows) != "[[Wer Firma] [a b]]" {
		t.Errorf("%v %v", rows, err)
	}
}
