package audit_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/pdf/audit"
	"consentry/redact/pdf/audit/canary"
	"consentry/redact/redacttest"
)

const pdfType = "application/pdf"

// made is a file of one page with content and further objects, from number 6 on.
// Number 5 is Helvetica.
func made(content string, objects ...string) []byte {
	return built("", content, objects...)
}

// built also has entries of the catalogue.
func built(catalogue, content string, objects ...string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R%s>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n", catalogue)
	fmt.Fprintf(&b, "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R/G 6 0 R>>>>>>endobj\n4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n", len(content), content)
	b.WriteString("5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj %s endobj\n", 6+i, o)
	}
	b.WriteString("trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n")
	return []byte(b.String())
}

func stream(dict, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", dict, len(data), data)
}

func people(names ...string) (fs []redact.Finding) {
	for i, n := range names {
		fs = append(fs, redact.Finding{Kind: redact.Person, Text: n, Region: redact.Region{Start: 10 * i, End: 10*i + 5}})
	}
	return fs
}

func released(out, src []byte, removed, kept []redact.Finding) redact.Released {
	r := redact.Released{Asset: redacttest.Asset("out.pdf", pdfType, out), Body: bytes.NewReader(out), Removed: removed, Kept: kept}
	if src != nil {
		r.Source, r.SourceBody = redacttest.Asset("in.pdf", pdfType, src), bytes.NewReader(src)
	}
	return r
}

func try(t *testing.T, r redact.Released) string {
	t.Helper()
	leaks, err := audit.Attack{}.Try(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	var where []string
	for _, l := range leaks {
		where = append(where, l.Where)
	}
	return strings.Join(where, "|")
}

func TestAttackTexts(t *testing.T) {
	for _, c := range []struct {
		name, content string
		objects       []string
		removed, kept []string
		want          string // in the places of all leaks; empty: none
	}{
		{name: "gone", content: "BT /F 9 Tf(Client A called)Tj ET", removed: []string{"Orla Venn"}},
		{name: "as drawn", content: "BT /F 9 Tf[(Or)-9(la V)(enn)]TJ ET", removed: []string{"Orla Venn"}, want: "page 1, as drawn"},
		{name: "hex", content: "BT /F 9 Tf<4F726C61>Tj <2056656E6E>Tj ET", removed: []string{"Orla Venn"}, want: "page 1, as drawn"},
		{name: "by place", content: "BT /F 9 Tf 50 50 Td(Venn)Tj -25 0 Td(Orla)Tj ET", removed: []string{"Orla Venn"}, want: "page 1, by place"},
		{name: "backwards", content: "BT /F 9 Tf(nneV alrO)Tj ET", removed: []string{"Orla Venn"}, want: "page 1, backwards"},
		{name: "other word", content: "BT /F 9 Tf(planning)Tj ET", removed: []string{"Ann"}},
		{name: "kept", content: "BT /F 9 Tf(Orla Venn Street)Tj ET", removed: []string{"Orla Venn"}, kept: []string{"Orla Venn Street"}},
		{name: "label", content: "BT /F 9 Tf(Company B)Tj ET", removed: []string{"Company"}},
		{name: "string", content: "", objects: []string{"<</X(Orla Venn)>>"}, removed: []string{"Orla Venn"}, want: "string in object 6"},
		{name: "utf-16", content: "", objects: []string{"<</X<FEFF5F204F1F>>>"}, removed: []string{"张伟"}, want: "string in object 6"},
		{name: "gbk", content: "", objects: []string{"<</X<D5C5CEB0>>>"}, removed: []string{"张伟"}, want: "string in object 6"},
		{name: "name", content: "", objects: []string{"<</Orla#20Venn 1>>"}, removed: []string{"Orla Venn"}, want: "name in object 6"},
		{name: "names of PDF", content: "", objects: []string{"<</ArtBox[0 0 1 1]/Page/TimesNewRoman>>"}, removed: []string{"Art", "Page", "Roman"}},
		{name: "comment", content: "", objects: []string{"1 % Orla Venn\n"}, removed: []string{"Orla Venn"}, want: "bytes outside"},
		{name: "markup", content: "", objects: []string{stream("/Type/Metadata", "<a>Orla <b>Ve</b>nn</a>")}, removed: []string{"Orla Venn"}, want: "markup in the stream of object 6"},
		{name: "references", content: "", objects: []string{stream("", "<a>&#79;rla Venn</a>")}, removed: []string{"Orla Venn"}, want: "markup in the stream of object 6"},
		{name: "encoding behind a lying map", content: "BT /G 9 Tf(Orla Venn)Tj ET", objects: []string{
			"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 7 0 R>>",
			stream("", "1 begincodespacerange<00><FF>endcodespacerange 1 beginbfrange<20><7E><0061>endbfrange")}, removed: []string{"Orla Venn"}, want: "by the encoding"},
		{name: "old revision", content: "", objects: []string{"(Orla Venn) endobj 6 0 obj (x)"}, removed: []string{"Orla Venn"}, want: "of an old revision"},
		{name: "one rune", content: "BT /G 9 Tf<674E 0020 5148>Tj ET", objects: []string{"<</Type/Font/Subtype/Type0/Encoding/UniGB-UCS2-H/DescendantFonts[<<>>]>>"}, removed: []string{"李"}, want: "page 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := try(t, released(made(c.content, c.objects...), nil, people(c.removed...), people(c.kept...)))
			got = strings.Join(slices.DeleteFunc(strings.Split(got, "|"), func(w string) bool { return !strings.Contains(w, " ") }), "|") // but for needless parts
			if c.want == "" && got != "" || !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// A gap of the width of what was removed is a leak; one that a label fills, one
// that moved and one that was widened are none.
func TestAttackGaps(t *testing.T) {
	const name = "Orla Venn"
	src := made("BT /F 10 Tf 50 700 Td(met Orla Venn today)Tj ET")
	// met and its space are 19.45 pt wide, the name 45.02.
	before, width := 50+19.45, 45.02
	line := func(middle string, at float64) []byte {
		return made(fmt.Sprintf("BT /F 10 Tf 50 700 Td(met )Tj ET %s BT /F 10 Tf %g 700 Td( today)Tj ET", middle, at))
	}
	box := fmt.Sprintf("%g 698 %g 10 re f", before, width)
	for _, c := range []struct {
		name, want string
		out        []byte
	}{
		{"left as it was", "page 1, the width of a gap", line("", before+width)},
		{"under a box", "page 1, the width of a gap", line(box, before+width)},
		{"with a label that is narrower", "page 1, the width of a gap", line(fmt.Sprintf("BT /F 10 Tf %g 700 Td(A)Tj ET", before+10), before+width)},
		{"closed", "", line("", before)},
		{"moved", "", line("", before+width+5)},
		{"widened", "", line("", before+80)},
		{"label set with the line", "", line(fmt.Sprintf("BT /F 10 Tf %g 700 Td(Client A)Tj ET", before), before+34.5)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := try(t, released(c.out, src, people(name), nil)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Characters that only the removed text used may not be left in a font.
func TestAttackInventory(t *testing.T) {
	font := func(mapped string) []string {
		var bf strings.Builder
		for i, r := range mapped {
			fmt.Fprintf(&bf, "<%02X><%04X>", i+1, r)
		}
		return []string{"<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+Song/ToUnicode 7 0 R/Widths[500]/FirstChar 1/LastChar 1>>", stream("", "1 begincodespacerange<00><FF>endcodespacerange 9 beginbfchar"+bf.String()+"endbfchar")}
	}
	for _, c := range []struct{ mapped, want string }{{"说章沐澍", "characters of the font of object 6"}, {"说章", ""}, {"说", ""}} {
		if got := try(t, released(made("BT /G 9 Tf<01>Tj ET", font(c.mapped)...), nil, people("章沐澍"), nil)); got != c.want {
			t.Errorf("a font with %d characters: %q, want %q", len([]rune(c.mapped)), got, c.want)
		}
	}
}

func TestAttackParts(t *testing.T) {
	for _, c := range []struct{ name, want, catalogue, content, object string }{
		{name: "nothing", object: "<</Font 5 0 R>>"},
		{name: "link and outline", catalogue: "/Outlines 6 0 R", object: "<</Title(Chapter)/A<</S/URI/URI(https://example.org)>>>>"},
		{name: "script", want: audit.JavaScript, catalogue: "/OpenAction 6 0 R", object: "<</S/JavaScript/JS(1)>>"},
		{name: "xmp", want: audit.XMP, catalogue: "/Metadata 6 0 R", object: stream("/Type/Metadata/Subtype/XML", "<x/>")},
		{name: "unreferenced", want: audit.Unreferenced, object: "null endobj 7 0 obj <</A(b)>>"},
		{name: "private", want: audit.PrivateKey, catalogue: "/Mine 6 0 R", object: "1"},
		{name: "marked", want: audit.NotApplied, catalogue: "/X 6 0 R", object: "<</Subtype/Redact/Rect[0 0 1 1]>>"},
		{name: "box", want: audit.TextUnderBox, content: "BT /F 9 Tf 50 50 Td(under it)Tj ET 40 40 90 30 re f", object: "null"},
		{name: "box before", content: "1 g 40 40 90 30 re f 0 g BT /F 9 Tf 50 50 Td(over it)Tj ET", object: "null"},
		{name: "frame", content: "BT /F 9 Tf 50 50 Td(in it)Tj ET 40 40 90 30 re S", object: "null"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := try(t, released(built(c.catalogue, c.content, c.object), nil, people("Orla Venn"), nil))
			if c.want == "" && got != "" || !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	info := made("") // of the trailer
	info = bytes.Replace(info, []byte("/Root 1 0 R"), []byte("/Root 1 0 R/Info<</Author(x)>>"), 1)
	if got := try(t, released(info, nil, nil, nil)); !strings.Contains(got, "metadata") {
		t.Errorf("an author was not told: %q", got)
	}
}

type reader struct{ texts []string }

func (reader) ID() string { return "pretended/1" }

func (r reader) Texts(context.Context, []byte) ([]string, error) {
	if r.texts == nil {
		return nil, errors.New("cannot look")
	}
	return r.texts, nil
}

func TestAttackSecondReader(t *testing.T) {
	r := released(made(""), nil, people("Orla Venn"), nil)
	leaks, err := audit.Attack{Texter: reader{[]string{"nobody", "Orla\nVenn"}}}.Try(t.Context(), r)
	if err != nil || len(leaks) != 1 || leaks[0].Where != "page 2, by the second reader" || leaks[0].Removed != 0 {
		t.Errorf("%v, %v", leaks, err)
	}
	if _, err := (audit.Attack{Texter: reader{}}).Try(t.Context(), r); err == nil {
		t.Error("a reader that could not look counted as a proof")
	}
}

func TestAttackCannotLook(t *testing.T) {
	enc := bytes.Replace(made(""), []byte("/Root 1 0 R"), []byte("/Root 1 0 R/Encrypt<</Filter/Standard>>"), 1)
	if _, err := (audit.Attack{}).Try(t.Context(), released(enc, nil, nil, nil)); !errors.Is(err, audit.ErrEncrypted) {
		t.Errorf("an encrypted file: %v", err)
	}
	for _, b := range [][]byte{{}, []byte("nothing"), []byte(strings.Repeat("1 0 obj (", 50_000))} {
		if _, err := (audit.Attack{}).Try(t.Context(), released(b, nil, nil, nil)); err == nil {
			t.Errorf("%d bytes counted as a proof", len(b))
		}
	}
	if leaks, err := (audit.Attack{}).Try(t.Context(), redact.Released{Asset: redacttest.Asset("a.txt", "text/plain", []byte("Orla Venn")), Body: strings.NewReader("Orla Venn"), Removed: people("Orla Venn")}); err != nil || leaks != nil {
		t.Errorf("a text: %v, %v", leaks, err)
	}
}

func TestConformance(t *testing.T) {
	src := made("BT /F 10 Tf 50 700 Td(met Orla Venn today)Tj ET")
	out := made("BT /F 10 Tf 50 700 Td(met Client A today)Tj ET")
	redacttest.TestAttack(t, audit.Attack{}, released(out, src, people("Orla Venn"), nil))

	b, places := canary.Make()
	var names []string
	for _, p := range places {
		if !p.Drawn {
			names = append(names, p.Name)
		}
	}
	redacttest.TestAttack(t, audit.Attack{}, released(out, b, people(names...), nil))
}

func TestInspectGap(t *testing.T) {
	found, err := audit.Inspect(t.Context(), made("BT /F 10 Tf 50 700 Td(met )Tj 62.25 0 Td( today)Tj ET 69.45 698 42 10 re f"))
	if err != nil || !slices.ContainsFunc(found, func(e audit.Exposure) bool { return e.Kind == audit.GapFitsName && e.Page == 0 && !e.Box.Empty() }) {
		t.Errorf("%v, %v", found, err)
	}
	found, err = audit.Inspect(t.Context(), made("BT /F 10 Tf 50 700 Td(met nobody today)Tj ET 50 650 42 10 re f"))
	if err != nil || len(found) > 0 {
		t.Errorf("an ordinary page: %v, %v", found, err)
	}
	if _, err := audit.Inspect(t.Context(), []byte("nothing")); err == nil {
		t.Error("what is no PDF file was inspected")
	}
}

func FuzzInspect(f *testing.F) {
	f.Add("BT /F 10 Tf 50 700 Td(met )Tj ET 40 690 90 30 re f", "<</Subtype/Redact/Rect[0 0 1 1]/JS(x)/EF<</F 7 0 R>>>>")
	f.Add("q 0 0 9 9 re W n BT /G 9 Tf<01>Tj ET Q", "<</Subtype/Type3/CharProcs<</a 4 0 R>>/FontMatrix[1 0 0 1 0 0]/Resources<</Font<</F 6 0 R>>>>>>")
	f.Fuzz(func(t *testing.T, content, object string) {
		if len(content)+len(object) > 1<<14 {
			return
		}
		b := made(content, object)
		_, _ = audit.Inspect(t.Context(), b)
		_, _ = audit.Attack{}.Try(t.Context(), released(b, b, people("Orla Venn", "张伟"), people("Orla Vennson")))
	})
}
