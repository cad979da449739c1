package sweep

import (
	"maps"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"consentry/redact/pdf/object"
	"consentry/redact/removed"
)

func TestOperators(t *testing.T) {
	names := map[string]string{"Berg": "Name1", "a b": "Name2"}
	for _, c := range []struct {
		what, in, want string
		comments       int
	}{
		{"a resource", "q /Berg Do Q", "q /Name1 Do Q", 0},
		{"an escaped name", "/a#20b gs", "/Name2 gs", 0},
		{"a name of no resource", "/Wendelberg BMC", "/Name3 BMC", 0},
		{"a numbered one", "/Im12 Do /Fm1.2 Do", "/Im12 Do /Fm1.2 Do", 0},
		{"in a string", "(/Berg \\) /Berg) Tj (a(/Berg)b) Tj", "(/Berg \\) /Berg) Tj (a(/Berg)b) Tj", 0},
		{"in hexadecimal", "</Berg> Tj", "</Berg> Tj", 0},
		{"a property list", "/OC /Berg BDC", "/OC /Name1 BDC", 0},
		{"in a dictionary", "/Span <</A /Berg>> BDC", "/Span <</A /Name1>> BDC", 0},
		{"an inline picture", "BI /CS /Berg ID /Berg %\nEI /Berg Do", "BI /CS /Name1 ID /Berg %\nEI /Name1 Do", 0},
		{"a picture without an end", "BI ID /Berg", "BI ID /Berg", 0},
		{"a comment", "q % by Anna\nQ % again\r/Berg Do", "q \nQ \r/Name1 Do", 2},
		{"another comment", "q % by Otto\nQ", "q % by Otto\nQ", 0},
		{"a string's end is missing", "(/Berg", "(/Berg", 0},
		{"nothing", "", "", 0},
	} {
		cl := newCleaner(&object.File{Context: &model.Context{XRefTable: &model.XRefTable{}}}, nil, []removed.Replacement{{Text: "Anna"}})
		maps.Copy(cl.names, names)
		got, n := cl.operators([]byte(c.in))
		if string(got) != c.want || n != c.comments {
			t.Errorf("%s: %q, %d comments", c.what, got, n)
		}
	}
}

func FuzzScan(f *testing.F) {
	f.Add([]byte("BI /CS /Berg ID /Berg %\nEI /Berg Do (a\\) % <"))
	f.Add([]byte("% x"))
	f.Fuzz(func(t *testing.T, b []byte) {
		at := 0
		each := func(from, to int) {
			if from < at || to <= from || to > len(b) {
				t.Fatalf("%d to %d after %d of %d", from, to, at, len(b))
			}
			at = to
		}
		scan(b, each, each)
	})
}
