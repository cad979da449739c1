package zipped

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"consentry/redact"
)

// made is a container by the standard library.
func made(t *testing.T, change func(h *zip.FileHeader), names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range names {
		h := &zip.FileHeader{Name: n, Method: zip.Deflate, Comment: "by Olga", Extra: []byte{0xfe, 0xca, 4, 0, 'O', 'l', 'g', 'a'}}
		if change != nil {
			change(h)
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(n, "/") {
			fmt.Fprint(w, "body of ", n)
		}
	}
	if err := z.SetComment("by Olga"); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWrittenAnew(t *testing.T) {
	src := made(t, nil, "a/b.xml", "C.txt", "dir/")
	a, err := Open(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := NewWriter(&out)
	for _, n := range a.Names {
		b, err := a.Read(strings.ToUpper(n))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Add(n, b, n == "C.txt"); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(out.Bytes(), []byte("Olga")) {
		t.Error("a comment or an extra field was copied")
	}
	a, err = Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil || fmt.Sprint(a.Names) != "[a/b.xml C.txt]" {
		t.Fatal(a.Names, err)
	}
	if b, err := a.Read("a/b.xml"); err != nil || string(b) != "body of a/b.xml" {
		t.Errorf("%q, %v", b, err)
	}
	if _, err := a.Read("none"); !errors.Is(err, redact.ErrUnreadable) {
		t.Error("a file that is not there:", err)
	}
}

func TestRefused(t *testing.T) {
	whole := made(t, nil, "a.xml")
	many := make([]string, MaxEntries+1)
	for i := range many {
		many[i] = fmt.Sprint(i)
	}
	damaged := bytes.Clone(whole)
	copy(damaged[bytes.Index(damaged, []byte("a.xml"))+20:], "\xff\xff\xff\xff")
	for name, b := range map[string][]byte{
		"empty": nil, "cut": whole[:len(whole)/2], "outside": made(t, nil, "../a.xml"), "absolute": made(t, nil, "/a.xml"), "backslash": made(t, nil, `..\a.xml`),
		"twice": made(t, nil, "a.xml", "A.XML"), "encrypted": made(t, func(h *zip.FileHeader) { h.Flags |= 1 }, "a.xml"), "many": made(t, nil, many...),
	} {
		if _, err := Open(bytes.NewReader(b), int64(len(b))); !errors.Is(err, redact.ErrUnreadable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if b := made(t, func(h *zip.FileHeader) { h.Flags |= 1 }, "a.xml"); true {
		if _, err := Open(bytes.NewReader(b), int64(len(b))); !errors.Is(err, redact.ErrPassword) {
			t.Error("encrypted:", err)
		}
	}
	a, err := Open(bytes.NewReader(damaged), int64(len(damaged)))
	if err == nil {
		_, err = a.Read("a.xml")
	}
	if !errors.Is(err, redact.ErrUnreadable) {
		t.Error("damaged:", err)
	}
	if _, err := Open(bytes.NewReader(whole), MaxBytes+1); !errors.Is(err, redact.ErrTooLarge) {
		t.Error("large:", err)
	}
}

// A file that says it is larger than the limit, and one that is larger than it
// says, are not unpacked.
func TestBombs(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateRaw(&zip.FileHeader{Name: "a", Method: zip.Deflate, CompressedSize64: 3, UncompressedSize64: MaxEntry + 1})
	if err == nil {
		_, err = w.Write([]byte{3, 0, 0})
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(bytes.NewReader(b.Bytes()), int64(b.Len())); !errors.Is(err, redact.ErrTooLarge) {
		t.Error(err)
	}
}
