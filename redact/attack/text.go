package attack

import (
	"context"
	"fmt"
	"maps"
	"mime"
	"slices"
	"strings"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/removed"
)

// Text reads the written file again through the formats and searches every
// removed text in what a reader would read: in any width, case and grouping of
// digits, over spaces, line breaks and invisible runes.
//
// An occurrence is no leak where it lies within a kept text (张伟 in the kept
// 张伟明), in one of our labels, or in another word or number (Ann in planning);
// a text both kept and removed may occur as often as it was kept. A removed
// text of one Chinese, Japanese or Korean rune counts only where it stands
// between spaces, marks or line ends; one of a single letter or digit is not
// looked for. Chinese has no word spaces: 张伟 in 主张伟大 does count.
//
// It is safe for concurrent use if the formats are.
type Text struct {
	Formats map[string]redact.Format // by media type
}

var _ redact.Attack = Text{}

// ID names the attack, its version and the formats it reads with.
func (a Text) ID() string {
	ids := map[string]bool{}
	for _, f := range a.Formats {
		ids[f.ID()] = true
	}
	return "read-again/1(" + strings.Join(slices.Sorted(maps.Keys(ids)), ",") + ")"
}

// Try returns one leak for each removed text that can be read in the output. An
// output that no format opens is an error.
func (a Text) Try(ctx context.Context, r redact.Released) ([]redact.Leak, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	media, _, err := mime.ParseMediaType(r.Asset.Type)
	f := a.Formats[media]
	if err != nil || f == nil {
		return nil, fmt.Errorf("read the output again: no format for %q", r.Asset.Type)
	}
	doc, err := f.Open(ctx, r.Asset, r.Body)
	if err != nil {
		return nil, fmt.Errorf("read the output again: %w", err)
	}
	search := removed.NewSearch(removed.Texts(r))
	var leaks []redact.Leak
	for p, err := range doc.Pages(ctx) {
		if err != nil {
			return nil, fmt.Errorf("read the output again: %w", err)
		}
		text := pageText(p)
		search.Each(text, func(t *removed.Text, lo, _ int) {
			if t.TooOften() {
				leaks = append(leaks, t.Leak(a.ID(), place(p, text, lo)))
			}
		})
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return leaks, nil
}

// pageText joins the spans in order, each on a line.
func pageText(p redact.Page) string {
	if len(p.Spans) == 1 {
		return p.Spans[0].Text
	}
	var b strings.Builder
	for _, s := range p.Spans {
		b.WriteString(s.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// place says where byte at of a page's text is, in runes of its part.
func place(p redact.Page, text string, at int) string {
	where := "text"
	if p.Part != redact.PartBody {
		where += " of part " + p.Part
	}
	if p.Index > 0 {
		where += fmt.Sprintf(", page %d", p.Index)
	}
	start := 0
	for _, s := range p.Spans {
		if at <= start+len(s.Text) {
			return where + fmt.Sprintf(", rune %d", s.Offset+utf8.RuneCountInString(text[start:at]))
		}
		start += len(s.Text) + 1
	}
	return where
}
