package state

import (
	"testing"

	"consentry/internal/casework"
	"consentry/redact"
)

func TestPartWord(t *testing.T) {
	for part, want := range map[string]string{
		"outline": "outline", "attached/1/metadata": "attached", "part/word/header2.xml": "header", "part/ppt/notesSlides/notesSlide12.xml": "notesSlide",
		"part/meta": "meta", "part/word/unheard/x.xml": "part", "inside/1/outline": "inside", "unheard": "part", "part/": "part",
	} {
		if got := PartWord(part); got != want {
			t.Errorf("%s: %s, want %s", part, got, want)
		}
	}
}

// Text in blocks is shown in lines, and what is marked there is found again.
func TestRunsOfBlocks(t *testing.T) {
	g := redact.Page{Part: "part/word/header1.xml", Spans: []redact.Span{{Text: "王小明", Block: 1}, {ID: 1, Text: "and more", Offset: 4, Block: 2}}}
	p := &casework.Plan{Items: []casework.Item{{Finding: redact.Finding{Region: redact.Region{Part: g.Part, Span: 1, Start: 8, End: 12}}}}}
	var text string
	at := 0
	for _, r := range Runs(p, 0, g, true) {
		if r.Start != at {
			t.Errorf("%q begins at %d instead of %d", r.Text, r.Start, at)
		}
		at += r.Len
		text += r.Text + "|"
	}
	if text != "王小明|\n|and |more|" {
		t.Errorf("%q", text)
	}
	if r, ok := TextRegion(g, 4, 7); !ok || r.Span != 1 || r.Part != g.Part {
		t.Errorf("%+v, %v", r, ok)
	}
	for _, x := range [][2]int{{2, 5}, {3, 4}, {5, 5}} {
		if r, ok := TextRegion(g, x[0], x[1]); ok {
			t.Errorf("%v is %+v", x, r)
		}
	}
}
