package casework

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// zipped is a zip file of texts, by name.
func zipped(t *testing.T, change func(h *zip.FileHeader), files ...[2]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f[0], Method: zip.Deflate}
		if change != nil {
			change(h)
		}
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = w.Write([]byte(f[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The files of a zip file go through the whole flow as those of a folder.
func TestZip(t *testing.T) {
	b := newBench(t, "王小明")
	b.write(t, "from-lina.zip", zipped(t, nil,
		[2]string{"a.txt", "王小明说。\n"}, [2]string{"notes/b.md", "# 王小明\n"}, [2]string{"__MACOSX/._a.txt", "x"}, [2]string{".DS_Store", "x"},
		[2]string{"\xb1\xb1\xbe\xa9.txt", "北京。\n"}, [2]string{"../up.txt", "x"}, [2]string{"inner.zip", "PK\x03\x04"}, [2]string{"empty.txt", ""}))
	b.write(t, "damaged.zip", "PK\x03\x04 and no more")
	b.write(t, "locked.zip", zipped(t, func(h *zip.FileHeader) { h.Flags |= 1 }, [2]string{"c.txt", "x"}))
	c := b.newCase(t)
	var names []string
	for _, a := range c.Assets {
		names = append(names, a.Name)
	}
	if got := strings.Join(names, " "); got != "from-lina/a.txt from-lina/notes/b.md from-lina/北京.txt" {
		t.Errorf("taken: %s", got)
	}
	var refused []string
	for _, r := range c.Refused {
		refused = append(refused, r.Name+": "+r.Reason)
	}
	for _, want := range []string{"damaged.zip: the zip file is cut", "from-lina.zip: a file in it has a name", "from-lina/inner.zip: a zip file in a zip", "from-lina/empty.txt: the file is empty", "locked/c.txt: the zip file is encrypted"} {
		if !strings.Contains(strings.Join(refused, "\n"), want) {
			t.Errorf("not refused: %s, of\n%s", want, strings.Join(refused, "\n"))
		}
	}
	if len(refused) != 5 {
		t.Errorf("%d refused", len(refused))
	}
	b.mustClear(t, c)
	for name, want := range map[string]string{"a.txt": "客户A说。\n", "notes/b.md": "# 客户A\n"} {
		if got := b.read(t, "files/from-lina/"+name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A zip file that was changed since it was added is noticed.
func TestZipChanged(t *testing.T) {
	b := newBench(t, "王小明")
	b.write(t, "x.zip", zipped(t, nil, [2]string{"a.txt", "王小明说。\n"}))
	c := b.newCase(t)
	b.write(t, "x.zip", zipped(t, nil, [2]string{"a.txt", "王小明又说。\n"}))
	if _, err := original(c.Assets[0]); err == nil {
		t.Error("another file was taken for it")
	}
	b.write(t, "x.zip", zipped(t, nil, [2]string{"b.txt", "王小明说。\n"}))
	if _, err := original(c.Assets[0]); err == nil {
		t.Error("a file that is not there was read")
	}
}
