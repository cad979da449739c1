package parts

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"sort"
	"strings"

	"consentry/redact"
	"consentry/redact/inside"
	"consentry/redact/office/zipped"
	"consentry/redact/removed"
	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

var errNoText = errors.New("an order for a text that is not there")

// RewriteNoting writes the document without the regions, without what it says
// about its making, and without parts of a kind that is not known to be needed.
func (d *Document) RewriteNoting(ctx context.Context, w io.Writer, rs []redact.Redaction) (string, []redact.Note, error) {
	if err := ctx.Err(); err != nil {
		return "", nil, err
	}
	own, within, err := d.inner.Split(ctx, d.body, rs)
	if err != nil {
		return "", nil, fmt.Errorf("rewrite Office document: %w", err)
	}
	changes, gone, err := d.edit(own)
	if err != nil {
		return "", nil, fmt.Errorf("rewrite Office document: %w", err)
	}
	inner, err := d.inner.Removed(ctx, d.body, rs)
	if err != nil {
		return "", nil, fmt.Errorf("rewrite Office document: %w", err)
	}
	gone = slices.Concat(gone, inside.Removed(ctx), inner)
	ctx = inside.WithRemoved(ctx, gone)
	out := &Writing{Document: d, Changes: map[int][]splice.Change{}, Gone: removed.NewReplacer(gone), Names: map[*Part]string{}, TypeOf: map[string]string{}, swept: map[string]string{}}
	for _, c := range changes {
		out.Changes[c.File] = append(out.Changes[c.File], c)
	}
	d.Container.Name(out)
	if d.Kind.Settle != nil {
		if err := d.Kind.Settle(out); err != nil {
			return "", nil, fmt.Errorf("rewrite Office document: %w", err)
		}
	}
	z := zipped.NewWriter(w)
	if err := out.write(ctx, z, within); err != nil {
		return "", nil, fmt.Errorf("rewrite Office document: %w", err)
	}
	if err := z.Close(); err != nil {
		return "", nil, err
	}
	return d.Kind.Media, append(d.said(), out.notes...), nil
}

// said are the notes of every rewriting.
func (d *Document) said() (out []redact.Note) {
	for _, k := range slices.Sorted(maps.Keys(d.notes)) {
		code, why, _ := strings.Cut(k, "/")
		out = append(out, redact.Note{Code: code, Why: why, Count: d.notes[k]})
	}
	return out
}

// edit makes the changes of the orders for the document's own texts.
func (d *Document) edit(rs []redact.Redaction) ([]splice.Change, []removed.Replacement, error) {
	by := make([]map[int][]splice.Edit, len(d.pages)) // of each page, by span
	var gone []removed.Replacement
	told := map[removed.Replacement]bool{}
	for _, r := range rs {
		g := r.Region
		if redact.IsDropped(g.Part) {
			continue
		}
		n := g.Page
		if g.Part != redact.PartBody {
			n = slices.IndexFunc(d.pages, func(p page) bool { return p.part == g.Part })
		}
		if n < 0 || n >= len(d.pages) || g.Part == redact.PartBody && n >= d.body || !g.IsText() {
			return nil, nil, errNoText
		}
		if by[n] == nil {
			by[n] = map[int][]splice.Edit{}
		}
		by[n][g.Span] = append(by[n][g.Span], splice.Edit{Start: g.Start, End: g.End, With: r.With})
	}
	var editor splice.Editor
	for n, p := range d.pages {
		if by[n] == nil {
			continue
		}
		offset, left := 0, len(by[n])
		for span, t := range p.texts() {
			runes := []rune(t.String())
			edits := by[n][span]
			if edits != nil {
				left--
			}
			for i := range edits {
				e := &edits[i]
				e.Start, e.End = e.Start-offset, e.End-offset
				if e.Start >= 0 && e.Start < e.End && e.End <= len(runes) {
					if r := (removed.Replacement{Text: string(runes[e.Start:e.End]), With: e.With}); !told[r] {
						told[r] = true
						gone = append(gone, r)
					}
				}
			}
			if err := editor.Add(t, edits); err != nil {
				return nil, nil, err
			}
			offset += len(runes) + 1
		}
		if left > 0 {
			return nil, nil, errNoText
		}
	}
	return editor.Changes(func(file int) []byte { return d.files[file] }), gone, nil
}

// A Writing is one rewriting.
type Writing struct {
	*Document
	Changes map[int][]splice.Change // by file
	Gone    *removed.Replacer
	Names   map[*Part]string  // of parts, as written
	TypeOf  map[string]string // of files, by their names as written

	swept map[string]string // values that were swept
	notes []redact.Note
}

// Add puts other bytes in the place of a part's.
func (w *Writing) Add(p *Part, at [2]int, with []byte) {
	w.Changes[p.Index] = append(w.Changes[p.Index], splice.Change{File: p.Index, From: at[0], To: at[1], With: with})
}

// write writes every part, then what belongs to it, in the order in which they were
// found.
func (w *Writing) write(ctx context.Context, z *zipped.Writer, within [][]redact.Redaction) error {
	files, err := w.parted(ctx, within)
	if err != nil {
		return err
	}
	for _, f := range w.Container.Pack(w, files) {
		if err := z.Add(f.Name, f.Body, f.Stored); err != nil {
			return err
		}
	}
	return nil
}

// A File is one of a container.
type File struct {
	Name   string
	Body   []byte
	Stored bool // it is not packed
}

// parted writes every part and what belongs to it.
func (w *Writing) parted(ctx context.Context, within [][]redact.Redaction) (files []File, err error) {
	for _, p := range w.Parts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f := File{Name: w.Names[p]}
		contentType := p.Type
		switch {
		case p.How == Readable:
			body, err := w.xml(p)
			if err != nil {
				return nil, err
			}
			f.Body = body
		case p.How == Copied:
			f.Body = p.Src
		case p.inner >= 0:
			outside, err := p.cut(ctx)
			if err != nil {
				return nil, err
			}
			if len(outside) > 0 {
				w.notes = append(w.notes, redact.Note{Code: NotePictureCut, Count: 1})
			}
			written, err := w.inner.Rewrite(ctx, p.inner, slices.Concat(within[p.inner], outside))
			if err != nil {
				return nil, err
			}
			f.Body, contentType, f.Stored = written.Body, written.Type, true
			if p.Finish != nil {
				f.Body = p.Finish(f.Body)
			}
			w.notes = append(w.notes, written.Notes...)
		case p.How == Picture:
			f.Body, contentType = Blank, "image/png"
		default:
			continue
		}
		w.TypeOf[f.Name] = contentType
		files = append(files, f)
		more, err := w.Container.Follow(w, p)
		if err != nil {
			return nil, err
		}
		files = append(files, more...)
	}
	return files, nil
}

// xml is a part without what goes.
func (w *Writing) xml(p *Part) ([]byte, error) {
	changes := slices.Concat(p.XML.Always, p.Always)
	for _, c := range w.Changes[p.Index] {
		changes = append(changes, c)
		for _, t := range p.tied(c) { // the reading of what is changed tells it
			changes = append(changes, splice.Change{From: t.Gloss[0], To: t.Gloss[1]})
		}
	}
	from, to := len(p.Src), len(p.Src)
	if p.Skip != nil {
		from, to = p.Skip()
	}
	// What the kind reads in a way of its own it has swept itself.
	var head, middle, tail []splice.Change
	for _, c := range changes {
		switch {
		case c.From < from:
			head = append(head, c)
		case c.To > to || p.Skip != nil && c.From == to:
			c.From, c.To = c.From-to, c.To-to
			tail = append(tail, c)
		default:
			c.From, c.To = c.From-from, c.To-from
			middle = append(middle, c)
		}
	}
	before, err := splice.Apply(p.Src[:from], head)
	if err != nil {
		return nil, err
	}
	behind, err := splice.Apply(p.Src[to:], tail)
	if err != nil {
		return nil, err
	}
	between, err := splice.Apply(p.Src[from:to], middle)
	if err != nil {
		return nil, err
	}
	around := slices.Concat(before, behind)
	changes = nil
	if !w.Gone.Empty() {
		if changes, err = w.sweep(around, w.Kind.Rules(p.By, w.Options)); err != nil {
			return nil, err
		}
	}
	if len(between) > 0 {
		changes = append(changes, splice.Change{From: len(before), To: len(before), With: between})
	}
	return splice.Apply(around, changes)
}

// tied are the ties within which a change is.
func (p *Part) tied(c splice.Change) []xmltext.Tie {
	ties := p.XML.Ties
	behind := sort.Search(len(ties), func(i int) bool { return ties[i].Within[0] > c.From })
	first := behind
	for first > 0 && c.To <= ties[first-1].Within[1] {
		first--
	}
	return ties[first:behind]
}

// sweep takes what was removed out of what is shown to nobody: identifiers,
// keywords, numbers. A word in the very same letters may be a keyword of the
// format, so that only what begins with a capital, is not plain ASCII, or is a name
// that somebody chose goes.
func (w *Writing) sweep(src []byte, rules *xmltext.Rules) (changes []splice.Change, err error) {
	err = xmltext.Unshown(src, 0, rules, func(p splice.Piece, chosen bool) {
		if len(p.Text) < 2 || !chosen && (keyword.MatchString(p.Text) || strings.ToLower(p.Text) == p.Text && ASCII(p.Text)) {
			return
		}
		now, known := w.swept[p.Text]
		if !known {
			now, _ = w.Gone.Replace(p.Text)
			w.swept[p.Text] = now
		}
		if now != p.Text {
			changes = append(changes, splice.Change{From: p.From, To: p.To, With: p.Encode(src[p.From:p.To], now)})
		}
	})
	return changes, err
}

// keyword is a word of the formats: center, upperRoman.
var keyword = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)
