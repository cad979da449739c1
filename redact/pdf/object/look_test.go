package object_test

import (
	"fmt"
	"strings"
	"testing"

	"consentry/internal/pdftest"
)

// looked is a file of two pages with one font and picture, and what differs from
// it by one replacement.
func looked(t *testing.T, old, new string) (digests [2]string) {
	t.Helper()
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[9 0 R]/D<</ON[9 0 R]>>>>>>",
		"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/Rotate 90>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]/Contents 5 0 R/Resources 6 0 R/Annots[<</Subtype/Link/Dest[4 0 R/Fit]>>]>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 80 80]/Resources<<>>/StructParents 7/PieceInfo<</A(x)>>>>",
		pdftest.Stream("", "0 0 5 5 re f"),
		"<</Font<</F 7 0 R>>/XObject<</I 8 0 R>>>>",
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 32>>",
		pdftest.Stream("/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "a"),
		"<</Type/OCG/Name(plan)>>",
	}
	found := false
	for i, o := range objects {
		found = found || strings.Contains(o, old)
		objects[i] = strings.Replace(o, old, new, 1)
	}
	if !found {
		t.Fatalf("no %q to replace", old)
	}
	f, _ := read(t, pdftest.File("", objects...))
	l := f.Looks()
	for i := range digests {
		if d, ok := l.Page(i); ok {
			digests[i] = d.String()
		}
	}
	return digests
}

func TestLooks(t *testing.T) {
	as := looked(t, "/Type", "/Type")
	if as[0] == as[1] || as[0] == "" || as[1] == "" {
		t.Fatalf("%q", as)
	}
	for _, c := range []struct {
		old, new string
		first    bool // page looks otherwise
		second   bool
	}{
		{"0 0 5 5", "0 0 5 6", true, false},
		{"FirstChar 32", "FirstChar 33", true, false},
		{"/Helvetica", "/Courier", true, false},
		{"BitsPerComponent 8", "BitsPerComponent 4", true, false},
		{"[0 0 80 80]", "[0 0 80 81]", false, true},
		{"/Rotate 90", "/Rotate 0", true, true},
		{"/ON", "/OFF", true, true},
		{"4 0 R/Fit", "3 0 R/Fit", true, false},
		{"/StructParents 7", "/StructParents 8", false, false},
		{"(x)", "(y)", false, false},
	} {
		is := looked(t, c.old, c.new)
		if (is[0] != as[0]) != c.first || (is[1] != as[1]) != c.second {
			t.Errorf("%s for %s: %v %v", c.new, c.old, is[0] != as[0], is[1] != as[1])
		}
	}
	if is := looked(t, "/Subtype/Link", "/Subtype/Widget"); is[0] != "" || is[1] != as[1] {
		t.Errorf("a page with a form field: %q", is)
	}
}

// How objects are numbered makes no difference.
func TestLooksNumbers(t *testing.T) {
	page := func(content, font int, objects ...string) string {
		all := append([]string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents %d 0 R/Resources<</Font<</F %d 0 R>>>>>>", content, font)}, objects...)
		f, _ := read(t, pdftest.File("", all...))
		d, ok := f.Looks().Page(0)
		if !ok {
			t.Fatal("no digest")
		}
		return d.String()
	}
	s, font := pdftest.Stream("", "0 0 5 5 re f"), "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
	if page(4, 5, s, font) != page(6, 4, font, "(unused)", s) {
		t.Error("the same, numbered otherwise, is not the same")
	}
}
