package object_test

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/internal/pdftest"
	"consentry/redact/pdf/object"
)

func TestWriteIsOneRevisionOfWhatIsReached(t *testing.T) {
	one := pdftest.File("/Info 5 0 R/ID[<00><01>]", "<</Type/Catalog/Pages 2 0 R/Empty null/Lost 9 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9.5 9]/Contents 4 0 R/A#20b(x\\)\\351)>>", pdftest.Stream("", "0 0 5 5 re f"), "<</Title(Secret)>>", "(Secret)")
	// The same, numbered otherwise.
	two := pdftest.File("", "<</Pages 4 0 R/Type/Catalog>>", pdftest.Stream("", "0 0 5 5 re f"),
		"<</Contents 2 0 R/A#20b<7829e9>/Type/Page/MediaBox[0 0 9.500 9]/Parent 4 0 R>>", "<</Kids[3 0 R]/Type/Pages/Count 7>>")
	f, _ := read(t, one)
	g, _ := read(t, two)
	a, b := write(t, f), write(t, g)
	if !bytes.Equal(a, b) {
		t.Error("equal objects give other bytes")
	}
	if !bytes.Equal(a, write(t, f)) {
		t.Error("written twice, it is not the same")
	}
	if n := bytes.Count(a, []byte("%%EOF")); n != 1 {
		t.Errorf("%d revisions", n)
	}
	again, _ := read(t, a)
	if again.Info != nil || again.ID != nil {
		t.Error("Info or ID are written")
	}
	for n, e := range again.Table {
		if s, ok := e.Object.(types.StringLiteral); ok && strings.Contains(string(s), "Secret") {
			t.Errorf("object %d, which nothing leads to, is written", n)
		}
	}
	p, err := again.Page(0)
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := again.Bytes(p.Dict["A b"]); string(s) != "x)\xe9" {
		t.Errorf("string %q", s)
	}
	if c, err := again.Content(p); err != nil || string(c) != "0 0 5 5 re f" {
		t.Errorf("content %q, error %v", c, err)
	}
}

func TestWriteManyObjects(t *testing.T) {
	f, _ := read(t, pdftest.File("", "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R>>"))
	var list types.Array
	for i := range 1234 {
		o := types.Object(types.Integer(i))
		if i%7 == 0 {
			r, err := f.NewStream(types.Dict{"I": types.Integer(i)}, []byte("content"))
			if err != nil {
				t.Fatal(err)
			}
			o = r
		}
		r, err := f.Add(types.Array{o})
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	f.RootDict["List"] = list
	g, _ := read(t, write(t, f))
	got := g.Array(g.RootDict["List"])
	if len(got) != 1234 {
		t.Fatalf("%d objects", len(got))
	}
	for i, e := range got {
		o := g.Array(e)[0]
		if s, ok := g.Stream(o); ok {
			b, err := g.Decoded(o)
			if err != nil || string(b) != "content" {
				t.Fatalf("stream %d: %q, error %v", i, b, err)
			}
			o = s.Dict["I"]
		}
		if n, ok := g.Number(o); !ok || int(n) != i {
			t.Fatalf("object %d is %v", i, o)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	deep := types.Object(types.Integer(1))
	for range 1000 {
		deep = types.Array{deep}
	}
	for name, o := range map[string]types.Object{
		"nested too deeply":  deep,
		"a stream in a dict": types.NewStreamDict(types.Dict{}, 0, nil, nil, nil),
	} {
		f, _ := read(t, pdftest.File("", "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R>>"))
		f.RootDict["Odd"] = o
		var b bytes.Buffer
		if err := f.Write(&b); err == nil || b.Len() > 0 {
			t.Errorf("%s: error %v, %d bytes", name, err, b.Len())
		}
	}
	f, _ := read(t, pdftest.File("", "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R>>"))
	f.RootDict["Pages"] = types.Dict{"Type": types.Name("Pages"), "Kids": types.Array{}}
	var b bytes.Buffer
	if err := f.Write(&b); err == nil || b.Len() > 0 {
		t.Errorf("an empty file: error %v, %d bytes", err, b.Len())
	}
}

func TestReals(t *testing.T) {
	f, _ := read(t, pdftest.File("", "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R>>"))
	f.RootDict["N"] = types.Array{types.Float(0.1), types.Float(-1e-9), types.Float(math.Inf(1)), types.Float(math.NaN()), types.Float(1e12), types.Integer(-3)}
	g, _ := read(t, write(t, f))
	want := []float64{0.1, -1e-9, 0, 0, 1e12, -3}
	for i, v := range g.Numbers(g.RootDict["N"]) {
		if v != want[i] {
			t.Errorf("number %d is %v", i, v)
		}
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct{ bytes, want string }{
		{"Anna", "Anna"},
		{"\x8dAnna\x8e \xa0", "“Anna” €"},
		{"\xfe\xff\x5f\x20\x4f\x1f", "张伟"},
		{"\xff\xfe\x20\x5f\x1f\x4f", "张伟"},
		{"\xfe\xff\x00\x1b\x00z\x00h\x00\x1b\x5f\x20", "张"},
		{"\xef\xbb\xbf张伟", "张伟"},
		{"张伟", "张伟"},               // UTF-8 without a mark
		{"\xd5\xc5\xce\xb0", "张伟"}, // GB 18030 without a mark
		{"Andr\xe9", "André"},
		{"\xfe\xff\xd8\x3d", "\ufffd"},
	} {
		if got := object.Decode([]byte(c.bytes)); got != c.want {
			t.Errorf("%x reads as %q, want %q", c.bytes, got, c.want)
		}
	}
	f := &object.File{}
	for _, s := range []string{"", "Anna (1)\\", "张伟", "a\u00e9", "tab\t", "𠮷"} {
		if got, ok := f.Text(object.NewText(s)); !ok || got != s {
			t.Errorf("%q comes back as %q", s, got)
		}
	}
}
