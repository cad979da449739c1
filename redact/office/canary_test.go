package office

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/office/audit/canary"
	"consentry/redact/office/officetest"
	"consentry/redact/office/parts"
)

// A name in each of the places where a Word document can hide one: hidden wherever
// our reader shows it, none of them can be got out of what is written.
func TestWordCanary(t *testing.T) {
	source, places := canary.Word()
	for name, f := range map[string]*Format{"settled": New(Options{Inside: pictures}), "changes kept": New(Options{Inside: pictures, KeepChanges: true})} {
		t.Run(name, func(t *testing.T) {
			d, pages := officetest.PagesOf(t, f, source)
			rs := officetest.HideAll(pages, places)
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
			if doc := officetest.Unpacked(t, out.Bytes())["word/document.xml"]; !strings.Contains(doc, strings.Replace(canary.Untouched, ` w14:x="1"`, "", 1)) {
				t.Error("the paragraph without a name is not as it was")
			}
			if !slices.ContainsFunc(notes, func(n redact.Note) bool { return n.Code == parts.NotePartDropped && n.Why == "vbaProject" }) {
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
	for _, l := range officetest.Attacked(t, mediaType, source, out, places) {
		if l.Removed < 0 {
			t.Errorf("left: %s", l.Where)
		} else {
			t.Errorf("%s: %s", places[l.Removed].ID, l.Where)
		}
	}
	_, left := officetest.PagesOf(t, f, out)
	for _, p := range places {
		if len(officetest.Everywhere(left, p.Name, "x")) > 0 {
			t.Errorf("%s can be read", p.ID)
		}
	}
}
