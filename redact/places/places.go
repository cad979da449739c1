// Package places makes a redact.Document of a file whose texts are known by the
// bytes they stand in: its pages, the edits that orders ask for, files inside, and
// a search for what was removed in all that is kept without being shown.
package places

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/inside"
	"consentry/redact/notation"
	"consentry/redact/removed"
	"consentry/redact/splice"
)

// A Part is a page of the document: of the body, or one with a name of its own.
type Part struct {
	Name  string // redact.PartBody, "part/…", or redact.PartMetadata for what no output has
	Index int    // 0-based among the body's
	Texts []splice.Text
}

// A Place is kept without being shown: an identifier, a name of a class.
type Place struct {
	Runs  notation.Runs
	Label func(string) string // makes of a label what may stand there; nil: nothing may
	Write func(string) string // in the place's notation
}

// A Hole is where a file inside stands.
type Hole struct {
	File int // its number in Files
	// Fill gives the changes that put the written file there.
	Fill func(w inside.Written) []splice.Change
}

// A Document is a file that was read. It is not changed afterwards.
type Document struct {
	Type   string // media type of what is written
	Source []byte
	Parts  []Part // body pages first
	Places []Place
	Fixed  []splice.Change // whatever is ordered
	Notes  []redact.Note   // of these
	Files  *inside.Files
	Holes  []Hole
	// Finish makes the file's bytes of the changed source, where they are not the same.
	Finish func(b []byte) ([]byte, []redact.Note, error)
}

var _ redact.Noter = (*Document)(nil)

// Pages yields the body, the pages of files inside, then the other parts.
func (d *Document) Pages(ctx context.Context) iter.Seq2[redact.Page, error] {
	return func(yield func(redact.Page, error) bool) {
		next := 0
		for i, p := range d.Parts {
			if err := ctx.Err(); err != nil {
				yield(redact.Page{}, err)
				return
			}
			if p.Name != redact.PartBody {
				continue
			}
			next++
			if !yield(d.page(i), nil) {
				return
			}
		}
		for p, err := range d.Files.Pages(ctx, next) {
			if !yield(p, err) || err != nil {
				return
			}
		}
		for i, p := range d.Parts {
			if p.Name != redact.PartBody && !yield(d.page(i), ctx.Err()) {
				return
			}
		}
	}
}

func (d *Document) page(i int) redact.Page {
	p := redact.Page{Part: d.Parts[i].Name, Index: d.Parts[i].Index}
	offsets := d.Parts[i].offsets()
	for k, t := range d.Parts[i].Texts {
		p.Spans = append(p.Spans, redact.Span{ID: k, Text: t.String(), Offset: offsets[k], Block: k + 1})
	}
	return p
}

// Rewrite writes the document without the regions.
func (d *Document) Rewrite(ctx context.Context, w io.Writer, rs []redact.Redaction) (string, error) {
	media, _, err := d.RewriteNoting(ctx, w, rs)
	return media, err
}

// RewriteNoting is Rewrite, with notes.
func (d *Document) RewriteNoting(ctx context.Context, w io.Writer, rs []redact.Redaction) (string, []redact.Note, error) {
	if err := ctx.Err(); err != nil {
		return "", nil, err
	}
	next := 0
	for _, p := range d.Parts {
		if p.Name == redact.PartBody {
			next++
		}
	}
	own, within, err := d.Files.Split(ctx, next, rs)
	if err != nil {
		return "", nil, err
	}
	changes, gone, err := d.edit(own)
	if err != nil {
		return "", nil, err
	}
	inner, err := d.Files.Removed(ctx, next, rs)
	if err != nil {
		return "", nil, err
	}
	gone = slices.Concat(gone, inside.Removed(ctx), inner)
	swept, err := d.sweep(ctx, gone)
	if err != nil {
		return "", nil, err
	}
	changes = append(append(changes, swept...), d.Fixed...)
	notes := d.Notes[:len(d.Notes):len(d.Notes)]
	done := map[int]inside.Written{} // of files that stand in several holes
	for _, h := range d.Holes {
		written, ok := done[h.File]
		if !ok {
			if written, err = d.Files.Rewrite(inside.WithRemoved(ctx, gone), h.File, within[h.File]); err != nil {
				return "", nil, err
			}
			done[h.File] = written
		}
		changes = append(changes, h.Fill(written)...)
		for _, n := range written.Notes {
			n.Page = 0
			notes = append(notes, n)
		}
	}
	out, err := splice.Apply(d.Source, changes)
	if err != nil {
		return "", nil, err
	}
	if d.Finish != nil {
		var more []redact.Note
		if out, more, err = d.Finish(out); err != nil {
			return "", nil, err
		}
		notes = append(notes, more...)
	}
	if _, err := io.Copy(w, bytes.NewReader(out)); err != nil {
		return "", nil, fmt.Errorf("write: %w", err)
	}
	return d.Type, Joined(notes), nil
}

// Joined adds up notes that say the same.
func Joined(notes []redact.Note) (out []redact.Note) {
	at := map[redact.Note]int{}
	for _, n := range notes {
		k := redact.Note{Code: n.Code, Page: n.Page, Why: n.Why}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, k)
		}
		out[i].Count += max(n.Count, 1)
	}
	return out
}

var errOutside = errors.New("a region outside its text")

// edit places the orders for the document's own parts.
func (d *Document) edit(rs []redact.Redaction) (changes []splice.Change, gone []removed.Replacement, err error) {
	type at struct{ part, text int }
	edits := map[at][]splice.Edit{}
	var order []at
	offsets := make([][]int, len(d.Parts)) // of each part that is edited
	for _, r := range rs {
		g := r.Region
		if !g.IsText() || !g.Box.Empty() {
			return nil, nil, errOutside
		}
		k := at{part: -1}
		for i, p := range d.Parts {
			if p.Name == g.Part && p.Index == g.Page {
				k.part = i
			}
		}
		if k.part < 0 || g.Span < 0 || g.Span >= len(d.Parts[k.part].Texts) {
			return nil, nil, errOutside
		}
		if offsets[k.part] == nil {
			offsets[k.part] = d.Parts[k.part].offsets()
		}
		offset := offsets[k.part][g.Span]
		k.text = g.Span
		runes := []rune(d.Parts[k.part].Texts[g.Span].String())
		from, to := g.Start-offset, g.End-offset
		if from < 0 || to > len(runes) {
			return nil, nil, errOutside
		}
		with := strings.Join(strings.Fields(strings.ToValidUTF8(r.With, "")), " ")
		gone = append(gone, removed.Replacement{Text: string(runes[from:to]), With: with})
		if redact.IsDropped(g.Part) {
			continue
		}
		if edits[k] == nil {
			order = append(order, k)
		}
		edits[k] = append(edits[k], splice.Edit{Start: from, End: to, With: with})
	}
	src := func(int) []byte { return d.Source }
	for _, k := range order {
		t := d.Parts[k.part].Texts[k.text]
		c, err := t.Edit(src, splice.Apart([]rune(t.String()), edits[k]))
		if err != nil {
			return nil, nil, err
		}
		changes = append(changes, c...)
	}
	return changes, gone, nil
}

// offsets are how many runes stand before each text of the part.
func (p Part) offsets() []int {
	out := make([]int, len(p.Texts))
	n := 0
	for i, t := range p.Texts {
		out[i] = n
		for _, q := range t {
			n += utf8.RuneCountInString(q.Text)
		}
		n++
	}
	return out
}
