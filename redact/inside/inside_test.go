package inside

import (
	"bytes"
	"context"
	"fmt"

	"iter"
	"slices"
	"testing"

	"consentry/redact"
	"consentry/redact/removed"
	"consentry/redact/text"
)

// two are two texts inside one file, by the real format.
func two(t *testing.T) *Files {
	t.Helper()
	f := &Files{}
	for _, s := range []string{"Elena Petrova wrote.", "王小明说。"} {
		d, err := text.Format{}.Open(t.Context(), redact.Asset{Type: text.Plain, Size: int64(len(s))}, bytes.NewReader([]byte(s)))
		if err != nil {
			t.Fatal(err)
		}
		f.Add(metadata{d})
	}
	return f
}

// metadata is a document that says something about itself.
type metadata struct{ redact.Document }

func (m metadata) Pages(ctx context.Context) iter.Seq2[redact.Page, error] {
	return func(yield func(redact.Page, error) bool) {
		for p, err := range m.Document.Pages(ctx) {
			if !yield(p, err) {
				return
			}
		}
		_ = yield(redact.Page{Part: redact.PartMetadata, Spans: []redact.Span{{Text: "an author"}}}, nil) &&
			yield(redact.Page{Part: "outline", Spans: []redact.Span{{Text: "a title"}}}, nil)
	}
}

func TestPagesAndSplit(t *testing.T) {
	f := two(t)
	var got []string
	for p, err := range f.Pages(t.Context(), 3) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(p.Part, p.Index))
	}
	if want := []string{"3", "attached/1/metadata0", "inside/1/outline0", "4", "attached/2/metadata0", "inside/2/outline0"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	order := func(part string, page, start, end int) redact.Redaction {
		return redact.Redaction{Region: redact.Region{Part: part, Page: page, Start: start, End: end}, With: "[X]"}
	}
	fresh := two(t) // whose pages nobody has read
	for _, files := range []*Files{f, fresh} {
		own, within, err := files.Split(t.Context(), 3, []redact.Redaction{
			order("", 4, 0, 3), order("", 2, 0, 1), order("header", 0, 0, 1), order("attached/1/metadata", 0, 0, 2), order("inside/1/outline", 0, 0, 2), order("", 3, 0, 13),
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(own) != 2 || len(within[0]) != 2 || len(within[1]) != 1 || within[0][0].Region.Part != "outline" || within[1][0].Region.Page != 0 {
			t.Errorf("own %v, within %v", own, within)
		}
		w, err := files.Rewrite(t.Context(), 1, within[1])
		if err != nil || string(w.Body) != "[X]说。" || w.Type != text.Plain {
			t.Errorf("%q, %v", w.Body, err)
		}
		for _, bad := range []redact.Redaction{order("", 5, 0, 1), order("inside/3/x", 0, 0, 1), order("inside/x/x", 0, 0, 1)} {
			if _, _, err := files.Split(t.Context(), 3, []redact.Redaction{bad}); err == nil {
				t.Errorf("%v was taken", bad.Region)
			}
		}
	}
}

// What orders for the files inside take away is known by its text.
func TestRemoved(t *testing.T) {
	region := func(part string, page, start, end int) redact.Region {
		return redact.Region{Part: part, Page: page, Start: start, End: end}
	}
	gone, err := two(t).Removed(t.Context(), 3, []redact.Redaction{
		{Region: region("", 2, 0, 3), With: "out"}, {Region: region("", 3, 6, 13), With: "A"}, {Region: region("inside/2/outline", 0, 2, 7), With: "B"},
	})
	if want := []removed.Replacement{{Text: "Petrova", With: "A"}, {Text: "title", With: "B"}}; err != nil || !slices.Equal(gone, want) {
		t.Errorf("%v, %v, want %v", gone, err, want)
	}
	if got := Removed(WithRemoved(t.Context(), gone)); !slices.Equal(got, gone) || Removed(t.Context()) != nil {
		t.Errorf("%v", got)
	}
}

// The pages of a file that is in no output are read and counted as none.
func TestLeave(t *testing.T) {
	f := two(t)
	f.Leave(0)
	var got []string
	for p, err := range f.Pages(t.Context(), 3) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(p.Part, p.Index))
	}
	if want := []string{"attached/1/left/00", "attached/1/left/metadata00", "attached/1/left/outline00", "3", "attached/2/metadata0", "inside/2/outline0"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	fresh := two(t)
	fresh.Leave(0)
	_, within, err := fresh.Split(t.Context(), 3, []redact.Redaction{{Region: redact.Region{Page: 3, End: 2}}})
	if err != nil || len(within[0]) != 0 || len(within[1]) != 1 {
		t.Errorf("%v, %v", within, err)
	}
}
