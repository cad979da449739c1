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
		rs, found := wherever([]redact.Page{p}, []string{c.word})
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
