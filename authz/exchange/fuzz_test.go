package exchange

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"consentry/authz"
	"consentry/authz/exchange/xlsx"
)

// FuzzImport: any bytes give a batch or an error; what went in goes out and in
// again; no problem tells what a cell said.
func FuzzImport(f *testing.F) {
	s := sheet(f)
	f.Add([]byte(good))
	f.Add([]byte("\ufeff类型,姓名,状态\n个人,欧阳星野,撤回\n"))
	f.Add([]byte("kind,name\nperson,\"a\nb\n"))
	f.Add([]byte("kind;name;events\nperson;a;[{}]\n"))
	f.Add([]byte("id,kind,name,aliases\nx,person,a,\"[{}]\"\nx,organisation,a,\n"))
	f.Add([]byte{0xff, 0xfe, 'k', 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		one, err := s.Import(bytes.NewReader(b))
		if err != nil {
			return
		}
		known := map[authz.SubjectID]bool{}
		for _, s := range one.Subjects {
			if s.ID == "" || len(s.Names) == 0 || known[s.ID] {
				t.Fatal("a subject without id or name, or with another's id")
			}
			known[s.ID] = true
		}
		for _, c := range one.Consents {
			if c.ID == "" || !known[c.Subject] {
				t.Fatal("a consent of nobody")
			}
		}
		var buf bytes.Buffer
		if err := s.Export(&buf, one); err != nil {
			t.Fatal(err)
		}
		two, err := s.Import(&buf)
		if err != nil {
			t.Fatal(err)
		}
		if len(two.Subjects) != len(one.Subjects) || len(two.Consents) != len(one.Consents) {
			t.Fatalf("%d subjects and %d consents became %d and %d: %v", len(one.Subjects), len(one.Consents), len(two.Subjects), len(two.Consents), two.Problems)
		}
		for i, c := range one.Consents {
			if got := two.Consents[i].StateAt(endOfTime); got != c.StateAt(endOfTime) {
				t.Fatalf("state %q became %q", c.StateAt(endOfTime), got)
			}
		}
	})
}

// FuzzFile: a table with any columns gives a batch or an error, with a mapping as
// it is guessed; what went in goes out as a workbook and in again.
func FuzzFile(f *testing.F) {
	s := sheet(f)
	for _, name := range []string{"google.csv", "linkedin.csv", "outlook-zh.csv", "hubspot.csv", "companies-zh.csv", "libreoffice.csv"} {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte("姓,名,撤回日期,域名,手机\n林,知遥,2026-01-01,x,1.38E+10\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, header, err := Header("", bytes.NewReader(b), int64(len(b)))
		if err == nil {
			if err := Guess(header).Check(); err != nil {
				t.Fatal(err)
			}
		}
		one, err := s.ImportFile("", bytes.NewReader(b), int64(len(b)), nil)
		if err != nil {
			return
		}
		for _, p := range one.Problems {
			if p.Text("zh") == "" || p.Line == 0 {
				t.Fatalf("problem %+v", p)
			}
		}
		var buf bytes.Buffer
		if err := s.ExportXLSX(&buf, one); errors.Is(err, xlsx.ErrCell) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		two, err := s.ImportFile("", bytes.NewReader(buf.Bytes()), int64(buf.Len()), nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(two.Subjects) != len(one.Subjects) || len(two.Consents) != len(one.Consents) {
			t.Fatalf("%d subjects and %d consents became %d and %d: %v", len(one.Subjects), len(one.Consents), len(two.Subjects), len(two.Consents), two.Problems)
		}
		for i, c := range one.Consents {
			if got := two.Consents[i].StateAt(endOfTime); got != c.StateAt(endOfTime) {
				t.Fatalf("state %q became %q", c.StateAt(endOfTime), got)
			}
		}
	})
}
