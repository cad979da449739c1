package table

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"consentry/redact"
	"consentry/redact/redacttest"
)

func gbk(t *testing.T, s string) []byte {
	t.Helper()
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const rows = "姓名,公司,说\r\n林知遥,云岚精工,\"她说：\"\"轻松\"\"，\n多了\"\r\nElara Quist,,x\r\n"

func TestFormat(t *testing.T) {
	redacttest.TestFormat(t, Format{},
		redacttest.Sample{Name: "commas", Type: CSV, Body: []byte(rows)},
		redacttest.Sample{Name: "bom", Type: CSV, Body: []byte("\xef\xbb\xbf" + rows)},
		redacttest.Sample{Name: "gbk", Type: CSV, Body: gbk(t, rows)},
		redacttest.Sample{Name: "tabs", Type: TSV, Body: []byte("Elara\tQuist\nx\ty")},
		redacttest.Sample{Name: "one cell", Type: CSV, Body: []byte("Elara")},
		redacttest.Sample{Name: "nothing in it", Type: CSV, Body: []byte(",,\n,,\n"), Unreadable: true},
	)
}

func TestHide(t *testing.T) {
	for _, c := range []struct{ in, word, with, want string }{
		{rows, "林知遥", "客户A", strings.Replace(rows, "林知遥", "客户A", 1)},
		{rows, `"轻松"`, `"X"`, strings.Replace(rows, `""轻松""`, `""X""`, 1)},
		{"a;b\nElara;x\n", "Elara", "a;b", "a;b\n\"a;b\";x\n"},
		{"Elara,b", "Elara", `"x"`, `"""x""",b`},
		{"a\tElara Quist\tb", "Elara Quist", "X", "a\tX\tb"},
		{"\"Elara\" Quist,b", "Elara Quist", "X", "\"X\",b"},
		{"\"Elara", "Elara", "X", "\"X"},
		{"given,family\nElara,Quist\n", "Elara\tQuist", "X", "given,family\nX,\n"},
	} {
		out, _, unseen := redacttest.HideAll(t, Format{}, redacttest.Sample{Name: "a.csv", Type: CSV, Body: []byte(c.in)}, []string{c.word}, c.with)
		if string(out.Body) != c.want || len(unseen) > 0 {
			t.Errorf("%q: %q, want %q", c.in, out.Body, c.want)
		}
	}
}

func TestLimit(t *testing.T) {
	b := []byte("12345")
	_, err := Format{Limit: 4}.Open(t.Context(), redacttest.Asset("a", CSV, b), bytes.NewReader(b))
	if !errors.Is(err, redact.ErrTooLarge) || !errors.Is(err, redact.ErrUnreadable) {
		t.Error(err)
	}
}

// Whatever the bytes are, Open blames them or gives a table that a rewrite without
// redactions writes as it was.
func FuzzOpen(f *testing.F) {
	for _, s := range []string{rows, "\"a\"b,\"\"\"\n", "a;b\tc|d", "\r\r\n,"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := Format{}.Open(t.Context(), redacttest.Asset("a", CSV, b), bytes.NewReader(b))
		if err != nil {
			if !errors.Is(err, redact.ErrUnreadable) {
				t.Fatal(err)
			}
			return
		}
		var out bytes.Buffer
		if _, err := d.Rewrite(t.Context(), &out, nil); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(out.Bytes(), b) && !bytes.HasPrefix(out.Bytes(), []byte("\xef\xbb\xbf")) {
			t.Fatalf("%q became %q", b, out.Bytes())
		}
	})
}
