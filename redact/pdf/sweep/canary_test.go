package sweep_test

import (
	"bytes"
	"consentry/redact/removed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/internal/pdftest"
	"consentry/redact"
	"consentry/redact/pdf/object"
	"consentry/redact/pdf/sweep"
)

func read(t testing.TB, b []byte) *object.File {
	t.Helper()
	f, _, err := object.Read(b, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// apply applies and gives the file as it is read again after writing.
func apply(t testing.TB, f *object.File, edits []sweep.Edit, gone ...string) (*object.File, object.Notes) {
	t.Helper()
	var rs []removed.Replacement
	for _, r := range gone {
		rs = append(rs, removed.Replacement{Text: r, With: "[name]"})
	}
	notes, err := sweep.Apply(f, edits, rs)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return read(t, b.Bytes()), notes
}

// everything is all that can be read in a file: names, strings in each of their
// readings, decoded streams.
func everything(f *object.File) string {
	var b strings.Builder
	var walk func(o types.Object)
	walk = func(o types.Object) {
		switch v := o.(type) {
		case types.Array:
			for _, e := range v {
				walk(e)
			}
		case types.Dict:
			for _, k := range slices.Sorted(maps.Keys(v)) {
				b.WriteString("/" + k + "\n")
				walk(v[k])
			}
		case types.StreamDict:
			walk(v.Dict)
			if d, err := f.Decoded(v); err == nil {
				b.Write(d)
			} else {
				b.Write(v.Raw)
			}
		case types.Name:
			b.WriteString("/" + string(v) + "\n")
		case types.StringLiteral, types.HexLiteral:
			s, _ := f.Bytes(v)
			for _, r := range object.Readings(s) {
				b.WriteString(r + "\n")
			}
		}
	}
	for _, n := range slices.Sorted(maps.Keys(f.Table)) {
		walk(f.Get(*types.NewIndirectRef(n, 0)))
	}
	return b.String()
}

// A hiding place holds "Canary" and its number. Most are dropped whatever is
// removed; those that stay are relabelled.
type hiding struct {
	where string
	part  string
	stays bool
}

// canary is a file with a name in each of many places, and the places.
func canary() ([]byte, map[string]hiding) {
	places := map[string]hiding{}
	at := func(part string, stays bool, where string) string {
		name := fmt.Sprintf("Canary%02dx", len(places)+1)
		places[name] = hiding{where, part, stays}
		return name
	}
	gone := func(part, where string) string { return "(" + at(part, false, where) + ")" }
	stay := func(part, where string) string { return "(" + at(part, true, where) + ")" }
	rich := func(s string) string { return "<?xml version=\"1.0\"?><body><p>" + s + "</p></body>" }
	utf16 := func(s string) string {
		out := "<feff"
		for _, r := range s {
			out += fmt.Sprintf("%04x", r)
		}
		return out + ">"
	}
	const meta = redact.PartMetadata
	objects := []string{
		1: "<</Type/Catalog/Pages 2 0 R/Metadata 20 0 R/Outlines 6 0 R/AcroForm 8 0 R/StructTreeRoot 10 0 R/OCProperties<</OCGs[12 0 R 13 0 R]" +
			"/D<</Name" + gone(sweep.PartLayers, "layer configuration") + "/Creator" + gone(sweep.PartLayers, "layers' creator") +
			"/OFF[13 0 R]/Order[" + stay(sweep.PartLayers, "heading of layers") + "[12 0 R 13 0 R]]>>>>" +
			"/Names<</Dests<</Names[" + stay(sweep.PartNames, "destination") + "[3 0 R/Fit](zz)[3 0 R/Fit]]>>/JavaScript<</Names[" + gone(meta, "script's name") +
			"<</S/JavaScript/JS" + gone(meta, "script") + ">>]>>/EmbeddedFiles<</Names[" + gone(sweep.PartAttachments, "attachment's name") + " 14 0 R]>>" +
			"/Pages<</Names[(t)<</Type/Template/X" + gone(meta, "page template") + ">>]>>>>" +
			"/OpenAction<</S/JavaScript/JS 25 0 R>>/AA<</WC<</S/JavaScript/JS" + gone(meta, "closing script") + ">>>>" +
			"/PageLabels<</Nums[0<</P" + stay(sweep.PartNames, "page label") + "/S/D>>]>>/Lang(en)/PieceInfo<</Maker<</Private" + gone(meta, "private data") + ">>>>" +
			"/Perms<</DocMDP 15 0 R>>/Collection<</Schema<</a<</N" + gone(sweep.PartAttachments, "portfolio's column") + ">>>>>>/SpiderInfo<</V 1/C[<</ID" + gone(meta, "web capture") + ">>]>>" +
			"/Legal<</Attestation" + gone(meta, "legal attestation") + ">>/ViewerPreferences<</DisplayDocTitle true/Direction/L2R>>/URI<</Base" + stay("", "base address") + ">>" +
			"/OutputIntents[<</S/GTS_PDFA1/Info" + gone(meta, "output intent") + ">>]/AF[14 0 R]/Secret" + gone(meta, "unknown entry") +
			"/Threads[<</I<</Title" + gone(meta, "thread's title") + ">>>>]/DPartRoot<</X" + gone(meta, "document part") + ">>/Extensions<</X<</Y" + gone(meta, "extension") + ">>>>>>",
		2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<</XObject<</" + at("", false, "resource name") + " 16 0 R>>/Properties<</MC0 12 0 R/MC1<</ActualText" +
			stay(sweep.PartTags, "text of marked content") + "/Custom" + gone(sweep.PartTags, "marked content's private text") + ">>>>/ColorSpace<</C0[/Separation/" + at("", false, "name of a colour") +
			"/DeviceRGB<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0]/C1[1 1 1]>>]>>/Font<</F1 17 0 R>>>>" +
			"/Annots[<</Subtype/Text/Rect[0 0 9 9]/Contents" + gone(sweep.PartAnnotations, "note") + "/T" + gone(sweep.PartAnnotations, "note's author") + ">>" +
			"<</Subtype/Highlight/Rect[0 0 9 9]/QuadPoints[0 9 9 9 0 0 9 0]/Contents" + gone(sweep.PartAnnotations, "highlight's comment") + "/Subj" + gone(sweep.PartAnnotations, "subject") +
			"/RC(" + rich(at(sweep.PartAnnotations, false, "rich comment")) + ")/NM" + gone(sweep.PartAnnotations, "annotation's name") + "/Popup<</Subtype/Popup/Contents" + gone(sweep.PartAnnotations, "pop-up") + ">>>>" +
			"<</Subtype/FreeText/Rect[0 0 9 9]/DA(/F1 9 Tf)/Contents" + stay(sweep.PartAnnotations, "typed text") + "/DS" + gone(sweep.PartAnnotations, "typed text's style") + ">>" +
			"<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI" + stay(sweep.PartAnnotations, "link") + "/Next<</S/Launch/F" + gone(sweep.PartAnnotations, "launched file") + ">>>>>>" +
			"<</Subtype/Link/Rect[0 0 9 9]/Contents" + gone(sweep.PartAnnotations, "link's alternate text") + "/A<</S/GoToR/F" + gone(sweep.PartAnnotations, "other file") + ">>>>" +
			"<</Subtype/FileAttachment/Rect[0 0 9 9]/FS<</F" + gone(sweep.PartAttachments, "file on the page") + ">>>>" +
			"<</Subtype/Stamp/Rect[0 0 9 9]/F 2/Contents" + gone(sweep.PartAnnotations, "hidden annotation") + ">>" +
			"<</Subtype/Redact/Rect[1 2 3 4]/OverlayText" + gone(sweep.PartAnnotations, "mark for redaction") + ">>9 0 R 15 0 R]" +
			"/Thumb 21 0 R/LastModified(D:20260101)/PieceInfo<</A<</Private" + gone(meta, "page's private data") + ">>>>/AA<</O<</S/JavaScript/JS" + gone(meta, "page's script") + ">>>>" +
			"/VP[<</Name" + gone(meta, "viewport") + ">>]/Metadata 22 0 R>>",
		4:  "",
		5:  "<</Title" + gone(meta, "title") + "/Author" + gone(meta, "author") + "/Keywords " + utf16(at(meta, false, "keywords in UTF-16")) + "/Custom" + gone(meta, "custom property") + ">>",
		6:  "<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 1>>",
		7:  "<</Title " + utf16(at(sweep.PartOutline, true, "outline in UTF-16")) + "/Parent 6 0 R/Dest(dest)/SE 11 0 R/Note" + gone(sweep.PartOutline, "outline's private text") + ">>",
		8:  "<</Fields[9 0 R 15 0 R]/XFA[(datasets)23 0 R]/SigFlags 3/DA(/F1 9 Tf)>>",
		9:  "<</Type/Annot/Subtype/Widget/FT/Ch/Rect[0 0 9 9]/T" + stay(sweep.PartForm, "field's name") + "/TU" + stay(sweep.PartForm, "tooltip") + "/TM" + gone(sweep.PartForm, "field's mapping name") + "/V" + stay(sweep.PartForm, "value") + "/DV" + stay(sweep.PartForm, "default value") + "/Opt[[" + stay(sweep.PartForm, "option's value") + stay(sweep.PartForm, "option") + "]]/RV(" + rich(at(sweep.PartForm, false, "rich value")) + ")/AA<</K<</S/JavaScript/JS" + gone(sweep.PartForm, "field's script") + ">>>>/MK<</CA" + stay(sweep.PartForm, "caption") + "/AC" + gone(sweep.PartForm, "caption when pressed") + ">>>>",
		10: "<</Type/StructTreeRoot/K 11 0 R/RoleMap<</" + at("", false, "role") + "/P>>/ParentTree<</Nums[0[11 0 R]]>>/IDTree<</Names[" + gone(sweep.PartTags, "element's ID in the tree") + " 11 0 R]>>>>",
		11: "<</Type/StructElem/S/P/P 10 0 R/Pg 3 0 R/K[0]/Alt" + stay(sweep.PartTags, "alternate text") + "/ActualText" + stay(sweep.PartTags, "actual text") + "/E" + stay(sweep.PartTags, "expansion") + "/T" + stay(sweep.PartTags, "element's title") + "/ID" + gone(sweep.PartTags, "element's ID") + "/A<</O/Own/X" + gone(sweep.PartTags, "private attribute") + ">>/AF[14 0 R]>>",
		12: "<</Type/OCG/Name" + stay(sweep.PartLayers, "layer") + "/Usage<</CreatorInfo<</Creator" + gone(sweep.PartLayers, "layer's creator") + ">>/User<</Name" + gone(sweep.PartLayers, "layer's user") + ">>>>>>",
		13: "<</Type/OCG/Name" + gone(sweep.PartLayers, "empty layer") + ">>",
		14: "<</Type/Filespec/UF" + gone(sweep.PartAttachments, "attached file") + "/Desc" + gone(sweep.PartAttachments, "attachment's description") + "/EF<</F 24 0 R>>>>",
		15: "<</Type/Annot/Subtype/Widget/FT/Sig/Rect[0 0 9 9]/T(s)/V<</Type/Sig/Name" + gone(sweep.PartForm, "signer") + "/Reason" + gone(sweep.PartForm, "reason") + "/Location" + gone(sweep.PartForm, "place") + "/ContactInfo" + gone(sweep.PartForm, "contact") + ">>>>",
		16: pdftest.Stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/LastModified(D:20260101)/PieceInfo<</A<</Private"+gone(meta, "form XObject's private data")+">>>>/Metadata 22 0 R", "0 0 1 1 re f"),
		17: "<</Type/Font/Subtype/Type1/BaseFont/" + at("", false, "font") + "/FontDescriptor 18 0 R/FirstChar 65/LastChar 65/Widths[500]>>",
		18: "<</Type/FontDescriptor/FontName/F/Flags 32/FontFamily" + stay("", "font's family") + "/FontFile3 19 0 R>>",
		19: pdftest.Stream("/Subtype/OpenType", "name table: "+at("", true, "font's copyright")+" "),
		20: pdftest.Stream("/Type/Metadata/Subtype/XML", "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><a b=\""+at(meta, false, "XMP attribute")+"\">"+at(meta, false, "XMP text")+"</a><!-- "+at(meta, false, "XMP comment")+" --></x:xmpmeta>"),
		21: pdftest.Stream("/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Name"+gone(meta, "thumbnail"), "x"),
		22: pdftest.Stream("/Type/Metadata/Subtype/XML", "<a>"+at(meta, false, "page's XMP")+"</a>"),
		23: pdftest.Stream("", "<xfa:datasets xmlns:xfa=\"x\"><f>"+at(sweep.PartForm, false, "XFA")+"</f></xfa:datasets>"),
		24: pdftest.Stream("/Type/EmbeddedFile", "attached: "+at("", false, "attachment")),
		25: pdftest.Stream("", "app.alert('"+at(meta, false, "script in a stream")+"')"),
		26: "<</Old" + gone(meta, "object that nothing leads to") + ">>",
	}
	names := slices.Sorted(maps.Keys(places))
	for i, n := range names {
		if places[n].where == "resource name" {
			objects[4] = pdftest.Stream("", "% "+at("", true, "comment between operators")+"\nq /"+names[i]+" Do Q")
		}
	}
	return pdftest.File("/Info 5 0 R/ID[<01><02>]", objects[1:]...), places
}

func TestCanary(t *testing.T) {
	b, places := canary()
	f := read(t, b)
	all, err := sweep.Strings(f)
	if err != nil {
		t.Fatal(err)
	}
	if len(places) < 80 {
		t.Fatalf("only %d places", len(places))
	}
	found := map[string]sweep.String{}
	for _, s := range all {
		for n := range places {
			if strings.Contains(s.Text, n) {
				found[n] = s
			}
		}
	}
	for n, p := range places {
		s, ok := found[n]
		switch {
		case p.part == "" || ok && s.Kept == p.stays && s.Part == p.part:
		case !ok:
			t.Errorf("%s is not among the strings", p.where)
		default:
			t.Errorf("%s is of part %q (want %q), kept: %v", p.where, s.Part, p.part, s.Kept)
		}
	}
	if a := sweep.Attachments(f); len(a) != 1 || a[0].Err != nil || !strings.HasPrefix(string(a[0].Bytes), "attached: ") || places[a[0].Name].where != "attached file" {
		t.Errorf("%d attachments", len(a))
	}
	if m := sweep.Marked(f, 0); len(m) != 1 || m[0].X0 != 1 || m[0].Y1 != 4 {
		t.Errorf("marked: %v", m)
	}

	// Nothing is removed: what stays is there, the rest is gone.
	g, notes := apply(t, f, nil)
	left := everything(g)
	for n, p := range places {
		if strings.Contains(left, n) != p.stays {
			t.Errorf("%s: stays is %v, want %v", p.where, !p.stays, p.stays)
		}
	}
	for _, n := range notes {
		if strings.Contains(n.What, "Canary") {
			t.Error("a note holds found text")
		}
	}

	// All are removed.
	names := slices.Sorted(maps.Keys(places))
	g, _ = apply(t, read(t, b), nil, names...)
	left = everything(g)
	for n, p := range places {
		if strings.Contains(left, n) {
			t.Errorf("%s holds a removed text", p.where)
		}
	}
	p, err := g.Page(0)
	if err != nil {
		t.Fatal(err)
	}
	for n := range g.Dict(p.Resources["XObject"]) {
		if c, err := g.Content(p); err != nil || !strings.Contains(string(c), "/"+n+" Do") {
			t.Errorf("the page does not use its resource by the new name: %q", c)
		}
	}
	if again, err := sweep.Strings(g); err != nil {
		t.Error(err)
	} else {
		for _, s := range again {
			if !s.Kept {
				t.Errorf("part %q, %s: would be dropped still", s.Part, s.Key)
			}
		}
	}
}
