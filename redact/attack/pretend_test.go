package attack

import (
	"bytes"
	"context"
	"image"
	"io"
	"iter"
	"testing"

	"consentry/redact"
	"consentry/redact/redacttest"
	"consentry/redact/text"
)

// copying is a Format that says it redacts and copies the file instead.
type copying struct{ page redact.Page }

type copied struct {
	copying
	a redact.Asset
	r io.ReaderAt
}

func (copying) ID() string { return "copying/1" }

func (f copying) Open(_ context.Context, a redact.Asset, r io.ReaderAt) (redact.Document, error) {
	return copied{f, a, r}, nil
}

func (d copied) Pages(context.Context) iter.Seq2[redact.Page, error] {
	return func(yield func(redact.Page, error) bool) { yield(d.page, nil) }
}

func (d copied) Rewrite(_ context.Context, w io.Writer, _ []redact.Redaction) (string, error) {
	_, err := io.Copy(w, io.NewSectionReader(d.r, 0, d.a.Size))
	return d.a.Type, err
}

// A Format that only pretends to redact is caught, and an honest one passes.
func TestPretendingFormatIsCaught(t *testing.T) {
	story := "# 案例\n\n林知遥说：“上线后我轻松多了。”电话 139 0000 0000。\n"
	word := redact.Finding{Region: redact.Region{Start: 6, End: 9}, Kind: redact.Person, Text: "林知遥"}
	photo := segment(picture(t, "image/jpeg"), 0xE1, "Exif\x00\x00Artist Elara Quist")
	drawn := redact.Finding{Region: redact.Region{Box: image.Rect(8, 8, 40, 40)}, Kind: redact.Drawn}
	artist := redact.Finding{Region: redact.Region{Part: redact.PartMetadata, End: 11}, Kind: redact.Person, Text: "Elara Quist"}

	for _, c := range []struct {
		name    string
		format  redact.Format
		media   string
		body    []byte
		removed []redact.Finding
		caught  []redact.Attack
		passed  bool
	}{
		{"text, copied", copying{}, text.Markdown, []byte(story), []redact.Finding{word}, []redact.Attack{Text{Formats: formats}, Bytes{}}, false},
		{"text, honest", text.Format{}, text.Markdown, []byte(story), []redact.Finding{word}, []redact.Attack{Text{Formats: formats}, Bytes{}, Metadata{}}, true},
		{"photo, copied", copying{}, "image/jpeg", photo, []redact.Finding{drawn, artist}, []redact.Attack{Bytes{}, Metadata{}}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			source := redacttest.Asset("src", c.media, c.body)
			doc, err := c.format.Open(t.Context(), source, bytes.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			var rs []redact.Redaction
			for _, f := range c.removed {
				rs = append(rs, redact.Redaction{Region: f.Region, Kind: f.Kind, With: "客户A"})
			}
			var out bytes.Buffer
			media, err := doc.Rewrite(t.Context(), &out, rs)
			if err != nil {
				t.Fatal(err)
			}
			r := output(media, out.Bytes(), c.removed, nil)
			r.Source, r.SourceBody = source, bytes.NewReader(c.body)
			for _, a := range c.caught {
				leaks, err := a.Try(t.Context(), r)
				if err != nil {
					t.Fatal(err)
				}
				if (len(leaks) == 0) != c.passed {
					t.Errorf("%s: %d leak(s)", a.ID(), len(leaks))
				}
			}
		})
	}
}
