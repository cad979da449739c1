package sweep_test

import (
	"bytes"
	"consentry/redact/removed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/internal/pdftest"
	"consentry/redact/pdf/object"
	"consentry/redact/pdf/sweep"
)

// page is a file of one page with entries of its own and more objects, from 4 on.
func page(catalog, entries string, objects ...string) []byte {
	return pdftest.File("", append([]string{
		"<</Type/Catalog/Pages 2 0 R" + catalog + ">>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Resources<<>>" + entries + ">>",
	}, objects...)...)
}

// texts are the kept strings of a file, by their place.
func texts(t *testing.T, f *object.File) map[string]string {
	t.Helper()
	all, err := sweep.Strings(f)
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	for _, s := range all {
		m[s.Key[strings.LastIndexByte(s.Key, '/')+1:]] = s.Text
	}
	return m
}

func TestRemovedTextInEveryWriting(t *testing.T) {
	for _, c := range []struct{ removed, written, want string }{
		{"Anna Berg", "(See Anna Berg, p. 3)", "See [name], p. 3"},
		{"Anna Berg", "(ANNA\\040BERG)", "[name]"},
		{"Anna Berg", "(An\\\nna Berg)", "[name]"},
		{"Anna Berg", "(Anna-\nBerg)", "[name]"},
		{"Anna Berg", "(\\101nna\\240Berg)", "Anna€Berg"}, // not a space in PDFDocEncoding
		{"Anna Berg", "<FEFF0041006E006E0061002000420065007200 67>", "[name]"},
		{"Anna Berg", "<FFFE41006E006E006100200042006500720067 00>", "[name]"},
		{"Anna Berg", "<EFBBBF416E6E612042657267>", "[name]"},
		{"Anna Berg", "<41006E006E006100200042006500720067 00>", ""}, // UTF-16 to some reader only
		{"Anna Berg", "(anna_berg.cv)", "[name].cv"},
		{"Anna", "(planning with Annabelle)", "planning with Annabelle"},
		{"Ånna", "(Anna and A\\314)", "[name] and AÌ"},
		{"张伟", "<FEFF5F20 00204F1F 8AC7>", "[name]談"},
		{"张伟", "<D5C5CEB0>", "[name]"},      // GB 18030
		{"张伟", "<E5BCA0E4BC9F>", "[name]"},  // UTF-8 without a mark
		{"张伟", "<FEFF5F35 5049>", "[name]"}, // traditional
		{"138 1234 5678", "(tel 138-1234-5678)", "tel [name]"},
		{"138 1234 5678", "(113812345678)", "113812345678"},
		{"A", "(A and B)", "A and B"}, // one letter is no name
		{"Page", "(Page 4)", "[name] 4"},
	} {
		f := read(t, page("/Outlines 4 0 R", "", "<</First 5 0 R/Last 5 0 R>>", "<</Parent 4 0 R/Title "+c.written+">>"))
		g, _ := apply(t, f, nil, c.removed)
		if got := texts(t, g)["Title"]; got != c.want {
			t.Errorf("%s without %s is %q, want %q", c.written, c.removed, got, c.want)
		}
		if left := everything(g); c.want == "" && strings.Contains(left, c.removed) {
			t.Errorf("%s is left", c.written)
		}
		if n, err := g.Page(0); err != nil || g.Name(n.Dict["Type"]) != "Page" {
			t.Errorf("a name of the format was changed")
		}
	}
}

func TestEdits(t *testing.T) {
	b := page("/Outlines 4 0 R/Names<</Dests<</Names[(anna)[3 0 R/Fit](zoo)[3 0 R/Fit]]>>>>/Dests<</Berg[3 0 R/Fit]>>/AcroForm<</Fields[7 0 R]>>",
		"/Annots[6 0 R 7 0 R<</Subtype/Link/Rect[0 0 1 1]/Dest/Berg>>]",
		"<</First 5 0 R/Last 5 0 R>>", "<</Parent 4 0 R/Title(One)/Dest(anna)>>",
		"<</Subtype/Link/Rect[0 0 1 1]/A<</S/URI/URI(https://example.org/%E5%BC%A0)>>>>",
		"<</Subtype/Widget/FT/Btn/T(choice)/V/Yes1/AS/Yes1/Rect[0 0 1 1]/AP<</N<</Yes1 8 0 R/Off 8 0 R>>>>>>",
		pdftest.Stream("/Subtype/Form/BBox[0 0 1 1]", ""))
	all, err := sweep.Strings(read(t, b))
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{}
	for _, s := range all {
		keys[s.Text] = s.Key
	}
	edits := []sweep.Edit{{keys["One"], "Other"}, {keys["anna"], "x"}, {keys["Berg"], ""}, {keys["https://example.org/张"], "anything"}, {keys["Yes1"], ""}, {keys["choice"], ""}}
	g, _ := apply(t, read(t, b), edits)
	got := texts(t, g)
	if got["Title"] != "Other" || got["URI"] != "" || got["T"] != "field 1" || got["V"] == "" || got["V"] == "Yes1" {
		t.Errorf("texts: %q", got)
	}
	left := everything(g)
	for _, s := range []string{"anna", "Berg", "Yes1", "example.org", "choice", "One"} {
		if strings.Contains(left, s) {
			t.Errorf("%q is left", s)
		}
	}
	// What was renamed is still found.
	p, _ := g.Page(0)
	annots := g.Array(p.Dict["Annots"])
	if len(annots) != 3 || g.Dict(annots[0])["A"] != nil {
		t.Fatalf("annotations: %v", annots)
	}
	widget, link := g.Dict(annots[1]), g.Dict(annots[2])
	if n := g.Name(widget["AS"]); n != got["V"] || g.Dict(g.Dict(widget["AP"])["N"])[n] == nil {
		t.Errorf("the button's state %q has no appearance", n)
	}
	if g.Array(g.Dict(g.RootDict["Dests"])[g.Name(link["Dest"])]) == nil {
		t.Error("the link leads nowhere")
	}
	item := g.Dict(g.Dict(g.RootDict["Outlines"])["First"])
	to, _ := g.Bytes(item["Dest"])
	names := g.Array(g.Dict(g.Dict(g.RootDict["Names"])["Dests"])["Names"])
	if i := slices.IndexFunc(names, func(o types.Object) bool { b, ok := g.Bytes(o); return ok && bytes.Equal(b, to) }); i < 0 {
		t.Error("the outline leads nowhere")
	}
	if _, err := sweep.Apply(read(t, b), []sweep.Edit{{"999/Title", "x"}}, nil); err == nil {
		t.Error("no error for an edit of nothing")
	}
}

func TestWhatMayNotStay(t *testing.T) {
	for _, c := range []struct {
		what, catalog, entries string
		objects                []string
	}{
		{"a direct page behind a destination", "/Dests<</a[<</Type/Page/X(Secret)>>/Fit]>>", "", nil},
		{"another page behind a destination", "/Dests<</a[4 0 R/Fit]>>", "", []string{"<</Type/Page/X(Secret)/MediaBox[0 0 1 1]>>"}},
		{"a dictionary behind a parent", "", "/Annots[<</Subtype/Link/Rect[0 0 1 1]/P 4 0 R>>]", []string{"<</X(Secret)>>"}},
		{"a tag's page of its own", "/StructTreeRoot<</K<</S/P/Pg 4 0 R/P 4 0 R>>>>", "", []string{"<</X(Secret)>>"}},
		{"a dictionary as a text", "/Outlines<</First 4 0 R/Last 4 0 R>>", "", []string{"<</Title<</X(Secret)>>>>"}},
		{"a stream as a text", "/AcroForm<</Fields[4 0 R]>>", "/Annots[4 0 R]", []string{"<</Subtype/Widget/Rect[0 0 1 1]/FT/Tx/V 5 0 R>>", pdftest.Stream("", "Secret")}},
		{"a string among preferences", "/ViewerPreferences<</Direction<</X(Secret)>>>>", "", nil},
		{"a stream among preferences", "/ViewerPreferences<</Direction 4 0 R>>", "", []string{pdftest.Stream("", "Secret")}},
		{"a field without a place", "/AcroForm<</Fields[<</T(a)/V(Secret)>>]>>", "", nil},
		{"an annotation of a layer that is off", "/OCProperties<</OCGs[4 0 R]/D<</OFF[4 0 R]>>>>", "/Annots[<</Subtype/Square/Rect[0 0 1 1]/OC 4 0 R/AP<</N 5 0 R>>>>]",
			[]string{"<</Type/OCG/Name(Secret)>>", pdftest.Stream("/Subtype/Form/BBox[0 0 1 1]", "(Secret)")}},
		{"another look of an annotation", "", "/Annots[<</Subtype/Square/Rect[0 0 1 1]/AP<</R 4 0 R/D 4 0 R>>>>]", []string{pdftest.Stream("/Subtype/Form/BBox[0 0 1 1]", "(Secret)")}},
		{"another picture for print", "", "/Resources<</XObject<</I 4 0 R>>>>", []string{
			pdftest.Stream("/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Alternates[<</Image 5 0 R>>]", "x"), pdftest.Stream("/Subtype/Image", "Secret")}},
		{"a PostScript XObject", "", "/Resources<</XObject<</I 4 0 R>>>>", []string{pdftest.Stream("/Subtype/PS", "Secret")}},
		{"a file outside", "", "/Resources<</XObject<</I 4 0 R>>>>", []string{pdftest.Stream("/Subtype/Image/F(Secret)", "x")}},
	} {
		f := read(t, page(c.catalog, c.entries, c.objects...))
		if !strings.Contains(everything(f), "Secret") {
			t.Fatalf("%s: the file does not hold it", c.what)
		}
		g, _ := apply(t, f, nil)
		if strings.Contains(everything(g), "Secret") {
			t.Errorf("%s is left", c.what)
		}
	}
}

func TestNamesOfTheFormatStay(t *testing.T) {
	f := read(t, page("", "/Resources<</Font<</Roman 4 0 R>>/Pattern<</Page 6 0 R>>>>/Contents 5 0 R",
		"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding<</BaseEncoding/MacRomanEncoding/Differences[1/shin/RomanBerg]>>>>",
		pdftest.Stream("", "/Roman 9 Tf"), pdftest.Stream("/PatternType 1/Resources<<>>", "/Page gs")))
	g, _ := apply(t, f, nil, "Roman", "Page", "Times", "Type1", "Font", "shin")
	p, _ := g.Page(0)
	fonts := g.Dict(p.Resources["Font"])
	if fonts["Roman"] != nil || len(fonts) != 1 {
		t.Errorf("fonts %v", fonts)
	}
	for n, o := range fonts {
		d := g.Dict(o)
		e := g.Dict(d["Encoding"])
		glyphs := g.Array(e["Differences"])
		if g.Name(d["BaseFont"]) != "Times-Roman" || g.Name(d["Subtype"]) != "Type1" || g.Name(e["BaseEncoding"]) != "MacRomanEncoding" ||
			g.Name(glyphs[1]) != "shin" || g.Name(glyphs[2]) == "RomanBerg" {
			t.Errorf("font %v", d)
		}
		if c, err := g.Content(p); err != nil || string(c) != "/"+n+" 9 Tf" {
			t.Errorf("content %q", c)
		}
	}
}

func TestSignature(t *testing.T) {
	// A field and its widget, as one and as two objects, one without a look.
	f := read(t, page("/AcroForm<</Fields[4 0 R 5 0 R]/SigFlags 3>>", "/Annots[4 0 R 6 0 R<</Subtype/Widget/FT/Sig/Rect[0 0 1 1]>>]",
		"<</Subtype/Widget/FT/Sig/T(one)/V<</Name(Signer)/Contents<00>>>/Rect[0 0 1 1]/AP<</N 7 0 R>>>>",
		"<</FT/Sig/T(two)/V<</Name(Signer)>>/Kids[6 0 R]>>", "<</Subtype/Widget/Parent 5 0 R/Rect[0 0 1 1]/AP<</N 7 0 R>>>>",
		pdftest.Stream("/Subtype/Form/BBox[0 0 1 1]", "0 0 1 1 re f")))
	g, _ := apply(t, f, nil)
	p, _ := g.Page(0)
	annots := g.Array(p.Dict["Annots"])
	if len(annots) != 2 {
		t.Fatalf("%d annotations", len(annots))
	}
	for _, a := range annots {
		d := g.Dict(a)
		if g.Name(d["Subtype"]) != "Stamp" || d["FT"] != nil || d["V"] != nil || g.Dict(g.Dict(d["AP"])["N"]) == nil {
			t.Errorf("annotation %v", d)
		}
	}
	if fields := g.Array(g.Dict(g.RootDict["AcroForm"])["Fields"]); len(fields) != 0 {
		t.Errorf("%d fields", len(fields))
	}
	if strings.Contains(everything(g), "Signer") {
		t.Error("the signer is left")
	}
}

func TestLayers(t *testing.T) {
	f := read(t, page("/OCProperties<</OCGs[4 0 R 5 0 R 6 0 R]/D<</ON[4 0 R 5 0 R]/OFF[6 0 R]/Order[(Anna's)[4 0 R 5 0 R] 6 0 R]/RBGroups[[4 0 R 5 0 R]]>>/Configs[<</Name(Anna's)>>]>>",
		"/Resources<</Properties<</P 4 0 R/Q 7 0 R>>>>",
		"<</Type/OCG/Name(Anna's layer)>>", "<</Type/OCG/Name(unused)>>", "<</Type/OCG/Name(off)>>", "<</Type/OCMD/OCGs[6 0 R]>>"))
	g, _ := apply(t, f, nil, "Anna")
	all := g.Dict(g.RootDict["OCProperties"])
	var names []string
	for _, l := range g.Array(all["OCGs"]) {
		n, _ := g.Text(g.Dict(l)["Name"])
		names = append(names, n)
	}
	if want := []string{"[name]'s layer", "off"}; !slices.Equal(names, want) {
		t.Errorf("layers %q", names)
	}
	config := g.Dict(all["D"])
	order := g.Array(config["Order"])
	if len(g.Array(config["ON"])) != 1 || len(g.Array(config["OFF"])) != 1 || len(order) != 3 || len(g.Array(order[1])) != 1 || all["Configs"] != nil {
		t.Errorf("configuration %v", config)
	}
}

func TestOneObjectInTwoRoles(t *testing.T) {
	f := read(t, page("/Outlines 4 0 R", "/Resources 5 0 R/Contents 5 0 R", "<</First 4 0 R/Title 5 0 R>>", pdftest.Stream("", "0 0 1 1 re f")))
	g, _ := apply(t, f, nil)
	p, _ := g.Page(0)
	if c, err := g.Content(p); err != nil || string(c) != "0 0 1 1 re f" {
		t.Errorf("content %q, error %v", c, err)
	}
}

func TestDeepAndRoundFiles(t *testing.T) {
	deep := strings.Repeat("[", 90) + strings.Repeat("]", 90)
	var chain []string
	for i := range 3000 { // an outline that goes ever deeper, and back
		chain = append(chain, fmt.Sprintf("<</Title(t%d)/First %d 0 R/Next 4 0 R/Parent 4 0 R>>", i, 5+i))
	}
	f := read(t, page("/Outlines 4 0 R/OCProperties<</D<</Order "+deep+">>>>/StructTreeRoot 4 0 R/Names<</Dests 4 0 R>>", "", chain...))
	if all, err := sweep.Strings(f); err != nil || len(all) != 3000 {
		t.Errorf("%d strings, error %v", len(all), err)
	}
	if _, err := sweep.Apply(f, nil, []removed.Replacement{{Text: "t17", With: "-"}}); err != nil {
		t.Error(err)
	}
}

func TestEqualFilesGiveEqualBytes(t *testing.T) {
	b, places := canary()
	var gone []removed.Replacement
	for n := range places {
		gone = append(gone, removed.Replacement{Text: n, With: "[name]"})
	}
	slices.SortFunc(gone, func(a, b removed.Replacement) int { return strings.Compare(a.Text, b.Text) })
	var first []byte
	for range 3 {
		f := read(t, b)
		if _, err := sweep.Apply(f, nil, gone); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = out.Bytes()
		}
		if !bytes.Equal(first, out.Bytes()) {
			t.Fatal("the same file gives other bytes")
		}
	}
	all, _ := sweep.Strings(read(t, b))
	again, _ := sweep.Strings(read(t, b))
	if !slices.Equal(all, again) {
		t.Error("the same file gives other strings")
	}
}

func FuzzStrings(f *testing.F) {
	b, _ := canary()
	f.Add(b)
	f.Add(page("/Outlines 4 0 R", "", "<</First 4 0 R/Title(x)>>"))
	f.Add(page("/AcroForm<</Fields[4 0 R]>>", "/Annots 4 0 R", "[4 0 R]"))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, _, err := object.Read(b, "", nil)
		if err != nil {
			return
		}
		if _, err := sweep.Strings(file); err != nil {
			return
		}
		sweep.Attachments(file)
		for i := range min(file.PageCount, 3) {
			sweep.Marked(file, i)
		}
		if _, err := sweep.Apply(file, nil, []removed.Replacement{{Text: "Canary", With: "-"}}); err != nil {
			return
		}
		var out bytes.Buffer
		if err := file.Write(&out); err != nil {
			return
		}
		again, _, err := object.Read(out.Bytes(), "", nil)
		if err != nil {
			t.Fatal(err)
		}
		all, err := sweep.Strings(again)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			if !s.Kept {
				t.Fatalf("part %s is not dropped", s.Part)
			}
		}
	})
}

// Names that tell how a font's codes are to be read stay; fonts that are in the
// file lose a name with a removed text in it, and no neutral name has one either.
func TestNamesOfFonts(t *testing.T) {
	b := page("/AcroForm<</Fields[9 0 R]>>", "/Resources<</Font<</F1 4 0 R/Marathon 7 0 R>>>>/Contents 8 0 R",
		"<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Medium/Encoding/90ms-RKSJ-H/DescendantFonts[5 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Medium/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/FontDescriptor 6 0 R>>",
		"<</Type/FontDescriptor/FontName/Ryumin-Medium/Flags 4/Style<</Panose<0102020B0600000000000000>>>>>>",
		"<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+NotoSerif-Light/FirstChar 65/LastChar 65/Widths[600]/FontDescriptor<</FontName/ABCDEF+NotoSerif-Light/FontFile2 10 0 R>>>>",
		pdftest.Stream("", "BT /F1 9 Tf (a) Tj /Marathon 9 Tf (A) Tj ET"),
		"<</FT/Tx/T(Light)>>", pdftest.Stream("", "no font"))
	g, _ := apply(t, read(t, b), nil, "Light", "Name", "field", "Marathon")
	p, err := g.Page(0)
	if err != nil {
		t.Fatal(err)
	}
	fonts := g.Dict(p.Resources["Font"])
	cid := g.Dict(g.Array(g.Dict(fonts["F1"])["DescendantFonts"])[0])
	info := g.Dict(cid["CIDSystemInfo"])
	if o, _ := g.Text(info["Ordering"]); o != "Japan1" || g.Name(cid["BaseFont"]) != "Ryumin-Medium" {
		t.Errorf("a font that is not in the file: %v", cid)
	}
	if panose, ok := g.Bytes(g.Dict(g.Dict(cid["FontDescriptor"])["Style"])["Panose"]); !ok || len(panose) != 12 {
		t.Errorf("the look of a font that is not in the file is lost: %v", cid["FontDescriptor"])
	}
	if left := regexp.MustCompile(`Light|Name\d|field|Marathon`).FindString(everything(g)); left != "" {
		t.Errorf("%q is left", left)
	}
}
