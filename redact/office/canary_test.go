package office

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/office/audit"
	"consentry/redact/office/audit/canary"
)

// pagesOf opens a document and reads its pages.
func pagesOf(t *testing.T, f *Format, b []byte) (redact.Document, []redact.Page) {
	t.Helper()
	d, err := f.Open(t.Context(), redact.Asset{Size: int64(len(b))}, bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	var pages []redact.Page
	for p, err := range d.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, p)
	}
	return d, pages
}

// everywhere are orders for a name wherever it can be read, as one word too.
func everywhere(pages []redact.Page, name, with string) (rs []redact.Redaction) {
	for _, p := range pages {
		for _, s := range p.Spans {
			folded := fold.Of([]rune(s.Text))
			text := string(folded.Runes)
			for _, form := range []string{name, strings.ReplaceAll(name, " ", "")} {
				form = fold.Key(form)
				for at := 0; ; {
					i := strings.Index(text[at:], form)
					if i < 0 {
						break
					}
					from := utf8.RuneCountInString(text[:at+i])
					to := from + utf8.RuneCountInString(form)
					at += i + len(form)
					rs = append(rs, redact.Redaction{Kind: redact.Person, With: with,
						Region: redact.Region{Part: p.Part, Page: p.Index, Span: s.ID, Start: s.Offset + folded.Start[from], End: s.Offset + folded.End[to-1]}})
				}
			}
		}
	}
	return rs
}

// hideAll are orders for all names of a canary.
func hideAll(pages []redact.Page, places []canary.Place) (rs []redact.Redaction) {
	for i, p := range places {
		rs = append(rs, everywhere(pages, p.Name, redact.Label(redact.Person, i, redact.English))...)
	}
	return rs
}

// attacked are what the audit gets out of a written document.
func attacked(t *testing.T, mediaType string, source, written []byte, places []canary.Place) []redact.Leak {
	t.Helper()
	r := redact.Released{Asset: redact.Asset{Type: mediaType, Size: int64(len(written))}, Body: bytes.NewReader(written), Source: redact.Asset{Type: mediaType, Size: int64(len(source))}, SourceBody: bytes.NewReader(source)}
	for i, p := range places {
		r.Removed = append(r.Removed, redact.Finding{Kind: redact.Person, Text: p.Name, Region: redact.Region{Start: i, End: i + 1}})
	}
	leaks, err := audit.Attack{}.Try(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return leaks
}

// A name in each of the places where a Word document can hide one: hidden wherever
// our reader shows it, none of them can be got out of what is written.
func TestWordCanary(t *testing.T) {
	source, places := canary.Word()
	for name, f := range map[string]*Format{"settled": New(Options{Inside: pictures}), "changes kept": New(Options{Inside: pictures, KeepChanges: true})} {
		t.Run(name, func(t *testing.T) {
			d, pages := pagesOf(t, f, source)
			rs := hideAll(pages, places)
			var out bytes.Buffer
			mediaType, notes, err := d.(redact.Noter).RewriteNoting(t.Context(), &out, rs)
			if err != nil {
				t.Fatal(err)
			}
			if dir := os.Getenv("CONSENTRY_CANARY"); dir != "" { // for other programs to look at
				os.WriteFile(dir+"/source.docx", source, 0o600)
				os.WriteFile(dir+"/"+name+".docx", out.Bytes(), 0o600)
			}
			wantNone(t, f, mediaType, source, out.Bytes(), places)
			if doc := unpacked(t, out.Bytes())["word/document.xml"]; !strings.Contains(doc, strings.Replace(canary.Untouched, ` w14:x="1"`, "", 1)) {
				t.Error("the paragraph without a name is not as it was")
			}
			if !slices.ContainsFunc(notes, func(n redact.Note) bool { return n.Code == NotePartDropped && n.Why == "vbaProject" }) {
				t.Errorf("nothing is said of macros: %v", notes)
			}
			var again bytes.Buffer
			if _, err := d.Rewrite(t.Context(), &again, rs); err != nil || !bytes.Equal(again.Bytes(), out.Bytes()) {
				t.Error("a second rewriting differs", err)
			}
		})
	}
}

// wantNone fails for each name of the places that the attack, or our reader, gets out
// of what was written.
func wantNone(t *testing.T, f *Format, mediaType string, source, out []byte, places []canary.Place) {
	t.Helper()
	for _, l := range attacked(t, mediaType, source, out, places) {
		if l.Removed < 0 {
			t.Errorf("left: %s", l.Where)
		} else {
			t.Errorf("%s: %s", places[l.Removed].ID, l.Where)
		}
	}
	_, left := pagesOf(t, f, out)
	for _, p := range places {
		if len(everywhere(left, p.Name, "x")) > 0 {
			t.Errorf("%s can be read", p.ID)
		}
	}
}
