package office

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/office/audit/canary"
	"consentry/redact/office/officetest"
	"consentry/redact/office/parts"
	"consentry/redact/redacttest"
)

func TestSlidesFormat(t *testing.T) {
	b, _ := canary.Slides(true)
	redacttest.TestFormat(t, New(Options{Inside: pictures}), redacttest.Sample{Name: "canary.pptm", Type: PPTX, Body: b})
}

// nameOf gives the name that stands in a place.
func nameOf(t *testing.T, places []canary.Place, id string) string {
	t.Helper()
	i := slices.IndexFunc(places, func(p canary.Place) bool { return p.ID == id })
	if i < 0 {
		t.Fatalf("no place %q", id)
	}
	return places[i].Name
}

// A name in each of the places where a presentation can hide one: hidden wherever
// our reader shows it, none of them can be got out of what is written.
func TestSlidesCanary(t *testing.T) {
	source, places := canary.Slides(false)
	f := New(Options{Inside: pictures})
	d, pages := officetest.PagesOf(t, f, source)
	rs := officetest.HideAll(pages, places)
	var out bytes.Buffer
	mediaType, err := d.Rewrite(t.Context(), &out, rs)
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("CONSENTRY_CANARY"); dir != "" { // for other programs to look at
		os.WriteFile(dir+"/source.pptm", source, 0o600)
		os.WriteFile(dir+"/slides.pptx", out.Bytes(), 0o600)
	}
	wantNone(t, f, mediaType, source, out.Bytes(), places)
	var again bytes.Buffer
	if _, err := d.Rewrite(t.Context(), &again, rs); err != nil || !bytes.Equal(again.Bytes(), out.Bytes()) {
		t.Error("a second rewriting differs", err)
	}
}

// Every place that an output has is shown, so that a detector can find the name;
// what is not shown is in no output.
func TestSlidesShown(t *testing.T) {
	source, places := canary.Slides(false)
	d, pages := officetest.PagesOf(t, New(Options{Inside: pictures}), source)
	var out bytes.Buffer
	mediaType, err := d.Rewrite(t.Context(), &out, nil)
	if err != nil {
		t.Fatal(err)
	}
	stay := 0
	for _, l := range officetest.Attacked(t, mediaType, source, out.Bytes(), places) {
		if l.Removed < 0 {
			continue
		}
		stay++
		shown := slices.ContainsFunc(officetest.Everywhere(pages, places[l.Removed].Name, "x"), func(r redact.Redaction) bool { return !redact.IsDropped(r.Region.Part) })
		if !shown {
			t.Errorf("%s: in the output, and in no page of it", places[l.Removed].ID)
		}
	}
	if stay < 30 {
		t.Errorf("only %d places are kept where nothing is ordered", stay)
	}
}

func TestSlidesOrder(t *testing.T) {
	source, places := canary.Slides(false)
	_, pages := officetest.PagesOf(t, New(Options{}), source)
	var body [][]string
	for _, p := range pages {
		if p.Part == redact.PartBody {
			var texts []string
			for _, s := range p.Spans {
				texts = append(texts, s.Text)
			}
			body = append(body, texts)
		}
	}
	if len(body) != 5 {
		t.Fatalf("%d slides", len(body))
	}
	if got := body[0]; got[0] != "With "+nameOf(t, places, "title over three runs")+" at work" || got[1] != nameOf(t, places, "a bullet") {
		t.Errorf("the first slide reads %q", got)
	}
	if slices.ContainsFunc(body[0], func(s string) bool { return strings.Contains(s, nameOf(t, places, "alt text")) }) {
		t.Errorf("what is said about shapes stands between their texts: %q", body[0])
	}
	if body[1][0] != nameOf(t, places, "hidden slide") {
		t.Error("the hidden slide is not the second")
	}
}

func TestSlidesKept(t *testing.T) {
	source, places := canary.Slides(false)
	src := officetest.Unpacked(t, source)
	d, pages := officetest.PagesOf(t, New(Options{Inside: pictures}), source)
	var w bytes.Buffer
	_, notes, err := d.(redact.Noter).RewriteNoting(t.Context(), &w, officetest.Everywhere(pages, nameOf(t, places, "title over three runs"), "客户A"))
	if err != nil {
		t.Fatal(err)
	}
	out := officetest.Unpacked(t, w.Bytes())
	for _, name := range []string{"ppt/slides/slide5.xml", "ppt/theme/theme1.xml", "ppt/slideLayouts/slideLayout1.xml", "ppt/diagrams/data1.xml", "ppt/viewProps.xml"} {
		if src[name] == "" || out[name] != src[name] {
			t.Errorf("%s was changed", name)
		}
	}
	if !strings.Contains(out[typesName], slidesMain) || strings.Contains(out[typesName], "macroEnabled") {
		t.Error("it is still said to have macros")
	}
	if s := out["ppt/slides/slide1.xml"]; !strings.Contains(s, `<a:t>With 客户A</a:t></a:r><a:r><a:rPr lang="en-US"/><a:t></a:t></a:r><a:r><a:rPr lang="en-US"/><a:t> at work</a:t>`) {
		t.Errorf("the title is %s", s)
	}
	// An object is a picture now, with the number and the name of its frame.
	if s := out["ppt/slides/slide2.xml"]; !strings.Contains(s, `<p:pic><p:nvPicPr><p:cNvPr id="5" name="Object 5"/><p:cNvPicPr/>`) || strings.Contains(s, "graphicFrame") || strings.Contains(s, "AlternateContent") {
		t.Errorf("the object is %s", s)
	}
	// Ink and a model are the pictures that stood in for them; a film is its first picture.
	if s := out["ppt/slides/slide3.xml"]; strings.Count(s, "<p:pic>")+strings.Count(s, "<p:pic ") != 3 || strings.Contains(s, "AlternateContent") || strings.Contains(s, "<p:timing>") || strings.Contains(s, "videoFile") {
		t.Errorf("the third slide is %s", s)
	}
	if !strings.Contains(out["ppt/slides/slide4.xml"], "<p:timing>") {
		t.Error("a slide lost its animation")
	}
	for _, kind := range []string{"comments", "video", "audio", "vbaProject", "oleObject", "font", "changesInfo"} {
		if !slices.ContainsFunc(notes, func(n redact.Note) bool { return n.Code == parts.NotePartDropped && n.Why == kind }) {
			t.Errorf("no note says that %s was dropped", kind)
		}
	}
}

// withObject puts a Word document into the object of a canary's second slide, and
// gives the format that reads it.
func withObject(t *testing.T, files map[string]string) (f *Format) {
	files["ppt/embeddings/oleObject1.bin"] = string(smallWord(t))
	rels := "ppt/slides/_rels/slide2.xml.rels"
	files[rels] = strings.Replace(files[rels], relType+"oleObject", relType+"package", 1)
	f = New(Options{Inside: func(ctx context.Context, name string, b []byte) (redact.Document, error) {
		if bytes.HasPrefix(b, []byte("PK")) {
			return f.Open(ctx, redact.Asset{Size: int64(len(b))}, bytes.NewReader(b))
		}
		return pictures(ctx, name, b)
	}})
	return f
}

// listed are files by name and body in turn.
func listed(files map[string]string) []string {
	list := []string{typesName, files[typesName]}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if name != typesName {
			list = append(list, name, files[name])
		}
	}
	return list
}

// A document inside an object that can be read stays, without what goes from it.
func TestSlidesObjectInside(t *testing.T) {
	source, places := canary.Slides(true)
	files := officetest.Unpacked(t, source)
	d, pages := officetest.PagesOf(t, withObject(t, files), officetest.Container(t, listed(files)...))
	var w bytes.Buffer
	if _, err := d.Rewrite(t.Context(), &w, officetest.Everywhere(pages, "Elena Petrova", "客户A")); err != nil {
		t.Fatal(err)
	}
	out := officetest.Unpacked(t, w.Bytes())
	s := out["ppt/slides/slide2.xml"]
	if strings.Count(s, "<p:oleObj ") != 1 || strings.Contains(s, "_x0000_s1026") || strings.Contains(s, "AlternateContent") || !strings.Contains(s, "graphicFrame") {
		t.Errorf("the object is %s", s)
	}
	inner := ""
	for name, body := range out {
		if strings.HasPrefix(name, "ppt/embeddings/") {
			inner += officetest.Unpacked(t, []byte(body))["word/document.xml"]
		}
	}
	if !strings.Contains(inner, "客户A") || strings.Contains(inner, "Petrova") {
		t.Errorf("the document inside says %s", inner)
	}
	if len(officetest.Everywhere(pages, nameOf(t, places, "preview of an object"), "x")) == 0 {
		t.Error("nothing is said of the picture of the object")
	}
}

// An object without a picture of its own goes, and that is said; what it alone led
// to goes with it.
func TestSlidesObjectLost(t *testing.T) {
	source, _ := canary.Slides(true)
	files := officetest.Unpacked(t, source)
	const slide = "ppt/slides/slide2.xml"
	s := files[slide]
	files[slide] = s[:strings.Index(s, "<mc:Fallback>")] + s[strings.Index(s, "</mc:Fallback>")+len("</mc:Fallback>"):]
	d, pages := officetest.PagesOf(t, withObject(t, files), officetest.Container(t, listed(files)...))
	inside := officetest.Everywhere(pages, "Elena Petrova", "x")
	if len(inside) == 0 || slices.ContainsFunc(inside, func(r redact.Redaction) bool { return !redact.IsDropped(r.Region.Part) }) {
		t.Errorf("the document inside is read as %v", inside)
	}
	var w bytes.Buffer
	_, notes, err := d.(redact.Noter).RewriteNoting(t.Context(), &w, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := officetest.Unpacked(t, w.Bytes())
	if strings.Contains(out[slide], "graphicFrame") || strings.Contains(out["ppt/slides/_rels/slide2.xml.rels"], relType+"package") {
		t.Errorf("the slide is %s", out[slide])
	}
	// The workbook of the chart, which nobody reads here, is the other.
	if !slices.ContainsFunc(notes, func(n redact.Note) bool { return n.Code == parts.NoteInsideDropped && n.Count == 2 }) {
		t.Errorf("nothing is said of the object: %v", notes)
	}
}

// A slide in another vocabulary, which no program shows, is refused.
func TestSlidesForeign(t *testing.T) {
	source, _ := canary.Slides(true)
	var files []string
	for name, body := range officetest.Unpacked(t, source) {
		if name == "ppt/slides/slide1.xml" {
			body = strings.Replace(body, "presentationml/2006/main", "presentationml/2006/other", 1)
		}
		files = append(files, name, body)
	}
	b := officetest.Container(t, files...)
	if _, err := New(Options{}).Open(t.Context(), redact.Asset{Size: int64(len(b))}, bytes.NewReader(b)); !errors.Is(err, redact.ErrUnreadable) {
		t.Error(err)
	}
}
