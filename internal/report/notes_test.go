package report

import (
	"testing"

	"consentry/redact"
	"consentry/redact/pdf"
	"consentry/redact/pdf/object"
	"consentry/redact/pdf/sweep"
)

// What a reader of the report must know about a file is told under the codes that
// the format notes.
func TestNotesThatAreTold(t *testing.T) {
	for _, code := range []string{
		pdf.NotePicture, pdf.NoteUnseen, pdf.NoteMarked,
		object.NoteRepaired, object.NoteDecrypted,
		sweep.NoteAttachment, sweep.NoteSigned,
	} {
		for _, lang := range []redact.Lang{redact.Chinese, redact.English} {
			if (PDF{Lang: lang}).note(redact.Note{Code: code, Count: 1}) == "" {
				t.Errorf("%s: %q is not told", lang, code)
			}
		}
	}
}
