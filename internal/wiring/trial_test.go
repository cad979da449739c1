package wiring

import (
	"slices"
	"testing"

	"consentry/redact"
)

// A trial orders all that an attack takes for the word.
func TestWherever(t *testing.T) {
	for _, c := range []struct {
		text, word string
		want       []string
	}{
		{"Lindqvist and LINDQVIST", "Lindqvist", []string{"Lindqvist", "LINDQVIST"}},
		{"by Lind qvist, L i n d q v i s t", "lindqvist", []string{"Lind qvist", "L i n d q v i s t"}},
		{"Ｌｉｎｄqvist", "Lindqvist", []string{"Ｌｉｎｄqvist"}},
		{"José, Jose, josé", "José", []string{"José", "Jose", "josé"}},
		{"林 小雨和林\u200b小雨", "林小雨", []string{"林 小雨", "林\u200b小雨"}},
		{"Lindberg", "Lindqvist", nil},
	} {
		p := redact.Page{Part: redact.PartBody, Spans: []redact.Span{{Text: c.text}}}
		rs, found := wherever([]redact.Page{p}, []string{c.word}, true)
		var got []string
		for i, f := range found {
			got = append(got, f.Text)
			if r := rs[i].Region; string([]rune(c.text)[r.Start:r.End]) != f.Text {
				t.Errorf("%q in %q is ordered where %q stands", c.word, c.text, string([]rune(c.text)[r.Start:r.End]))
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q in %q: %q, want %q", c.word, c.text, got, c.want)
		}
	}
}

// Cells that read as a word one after the other go, parts of two other words stay.
func TestWhereverOverCells(t *testing.T) {
	p := redact.Page{Part: redact.PartBody, Spans: []redact.Span{
		{ID: 0, Text: "Lind", Offset: 0}, {ID: 1, Text: "qvist", Offset: 5}, {ID: 2, Text: "Old Lind", Offset: 11}, {ID: 3, Text: "qvists", Offset: 20},
		{ID: 4, Text: "林", Offset: 27}, {ID: 5, Text: "小雨路", Offset: 29}}}
	_, found := wherever([]redact.Page{p}, []string{"Lindqvist", "林小雨"}, true)
	var got []string
	for _, f := range found {
		s := p.Spans[f.Region.Span]
		got = append(got, f.Text, string([]rune(s.Text)[f.Region.Start-s.Offset:f.Region.End-s.Offset]))
	}
	if want := []string{"Lindqvist", "Lind", "Lindqvist", "qvist", "林小雨", "林", "林小雨", "小雨"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Beside the body, a part of another word is none that was left.
func TestWhereverPartsOfWords(t *testing.T) {
	for part, want := range map[string]int{redact.PartBody: 2, "part/styles.xml": 1} {
		p := redact.Page{Part: part, Spans: []redact.Span{{ID: 0, Text: "List Contents"}, {ID: 1, Text: "Content", Offset: 14}}}
		if rs, _ := wherever([]redact.Page{p}, []string{"Content"}, false); len(rs) != want {
			t.Errorf("%q: %d places, want %d", part, len(rs), want)
		}
		if rs, _ := wherever([]redact.Page{p}, []string{"Content"}, true); len(rs) != 2 {
			t.Errorf("%q: %d orders", part, len(rs))
		}
	}
}
