package audit

import (
	"archive/zip"
	"bytes"
	"slices"
	"testing"

	"consentry/redact/office/audit/canary"
)

// A web page inside a document is looked into as one, however it is formed.
func TestWebPageInside(t *testing.T) {
	for name, page := range map[string]string{
		"page.htm":  "<h3>&nbsp;Lind<b>qvist</b><br>and others<p title='Elena Petrova'><!-- Olga Iwanowa --></h3>",
		"chunk.bin": "<!DOCTYPE html><h3>&nbsp;Lind<b>qvist</b><br>and others<p title='Elena Petrova'><!-- Olga Iwanowa --></h3>",
	} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.Create("word/" + name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(page))
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		places := []canary.Place{{Name: "Lindqvist"}, {Name: "Elena Petrova"}, {Name: "Olga Iwanowa"}, {Name: "Nobody Else"}, {Name: "title"}}
		leaks, err := Attack{}.Try(t.Context(), released(b.Bytes(), places))
		if err != nil {
			t.Fatal(name, err)
		}
		var found []int
		for _, l := range leaks {
			if l.Removed >= 0 {
				found = append(found, l.Removed)
			}
		}
		slices.Sort(found)
		if !slices.Equal(slices.Compact(found), []int{0, 1, 2}) {
			t.Errorf("%s: found %v: %v", name, found, leaks)
		}
	}
}

// The functions of a formula, and a container's type, are words of the format; names
// in them are not.
func TestWordsOfFormulas(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range map[string]string{
		"mimetype":                 "application/vnd.oasis.opendocument.spreadsheet",
		"xl/worksheets/sheet1.xml": `<sheet><c><f>IF(MAX(A1:B2)&gt;0,FALSE,PETROVA(Lindqvist))</f></c><c><t>KIM MIN(MIN)</t></c></sheet>`,
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(body))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	places := []canary.Place{{Name: "Max"}, {Name: "false"}, {Name: "spreadsheet"}, {Name: "Petrova"}, {Name: "Lindqvist"}, {Name: "Min"}}
	leaks, err := Attack{}.Try(t.Context(), released(b.Bytes(), places))
	if err != nil {
		t.Fatal(err)
	}
	var found []int
	for _, l := range leaks {
		if l.Removed >= 0 {
			found = append(found, l.Removed)
		}
	}
	slices.Sort(found)
	if found = slices.Compact(found); !slices.Equal(found, []int{3, 4, 5}) {
		t.Errorf("found %v: %v", found, leaks)
	}
}
