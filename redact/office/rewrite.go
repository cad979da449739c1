package office

import (
	"cmp"
	"context"
	"encoding/xml"
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
func (d *document) RewriteNoting(ctx context.Context, w io.Writer, rs []redact.Redaction) (string, []redact.Note, error) {
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
	out := &writing{document: d, changes: map[int][]splice.Change{}, gone: removed.NewReplacer(gone), swept: map[string]string{}, names: map[*part]string{}, types: map[string]string{}}
	for _, c := range changes {
		out.changes[c.File] = append(out.changes[c.File], c)
	}
	out.rename()
	if d.kind.settle != nil {
		if err := d.kind.settle(out); err != nil {
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
	return d.kind.media, append(d.said(), out.notes...), nil
}

// said are the notes of every rewriting.
func (d *document) said() (out []redact.Note) {
	for _, k := range slices.Sorted(maps.Keys(d.notes)) {
		code, why, _ := strings.Cut(k, "/")
		out = append(out, redact.Note{Code: code, Why: why, Count: d.notes[k]})
	}
	return out
}

// edit makes the changes of the orders for the document's own texts.
func (d *document) edit(rs []redact.Redaction) ([]splice.Change, []removed.Replacement, error) {
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

// A writing is one rewriting.
type writing struct {
	*document
	changes map[int][]splice.Change // by file
	gone    *removed.Replacer
	swept   map[string]string // values that were swept
	names   map[*part]string  // as written
	types   map[string]string
	notes   []redact.Note
}

// write writes every part, then what leads to it, in the order in which they were
// found; the list of content types comes first.
func (w *writing) write(ctx context.Context, z *zipped.Writer, within [][]redact.Redaction) error {
	files, err := w.parted(ctx, within)
	if err != nil {
		return err
	}
	if w.kind.pack != nil {
		files = w.kind.pack(w, files)
	} else {
		files = slices.Concat([]file{{name: typesName, body: w.contentTypes()}, {name: rootRels, body: w.root()}}, files)
	}
	for _, f := range files {
		if err := z.Add(f.name, f.body, f.stored); err != nil {
			return err
		}
	}
	return nil
}

// A file is one of a container.
type file struct {
	name   string
	body   []byte
	stored bool
}

// parted writes every part and its relationships.
func (w *writing) parted(ctx context.Context, within [][]redact.Redaction) (files []file, err error) {
	for _, p := range w.parts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f := file{name: w.names[p]}
		contentType := p.contentType
		switch {
		case p.how == readable:
			body, err := w.xml(p)
			if err != nil {
				return nil, err
			}
			f.body = body
			if t := w.kind.types[strings.ToLower(contentType)]; t != "" {
				contentType = t
			}
		case p.how == copied:
			f.body = p.src
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
			f.body, contentType, f.stored = written.Body, written.Type, true
			w.notes = append(w.notes, written.Notes...)
		case p.how == picture:
			f.body, contentType = blank, "image/png"
		default:
			continue
		}
		w.types[f.name] = contentType
		files = append(files, f)
		if body, err := w.relationships(p); err != nil {
			return nil, err
		} else if body != nil {
			files = append(files, file{name: relsOf(f.name), body: body})
		}
	}
	return files, nil
}

// xml is a part without what goes.
func (w *writing) xml(p *part) ([]byte, error) {
	changes := slices.Concat(p.xml.Always, p.always)
	for _, c := range w.changes[p.index] {
		changes = append(changes, c)
		for _, t := range p.tied(c) { // the reading of what is changed tells it
			changes = append(changes, splice.Change{From: t.Gloss[0], To: t.Gloss[1]})
		}
	}
	from, to := len(p.src), len(p.src)
	if p.skip != nil {
		from, to = p.skip()
	}
	// What the kind reads in a way of its own it has swept itself.
	var head, middle, tail []splice.Change
	for _, c := range changes {
		switch {
		case c.From < from:
			head = append(head, c)
		case c.To > to || p.skip != nil && c.From == to:
			c.From, c.To = c.From-to, c.To-to
			tail = append(tail, c)
		default:
			c.From, c.To = c.From-from, c.To-from
			middle = append(middle, c)
		}
	}
	before, err := splice.Apply(p.src[:from], head)
	if err != nil {
		return nil, err
	}
	behind, err := splice.Apply(p.src[to:], tail)
	if err != nil {
		return nil, err
	}
	between, err := splice.Apply(p.src[from:to], middle)
	if err != nil {
		return nil, err
	}
	around := slices.Concat(before, behind)
	changes = nil
	if !w.gone.Empty() {
		if changes, err = w.sweep(around, w.kind.rules(p.by, w.o)); err != nil {
			return nil, err
		}
	}
	if len(between) > 0 {
		changes = append(changes, splice.Change{From: len(before), To: len(before), With: between})
	}
	return splice.Apply(around, changes)
}

// tied are the ties within which a change is.
func (p *part) tied(c splice.Change) []xmltext.Tie {
	ties := p.xml.Ties
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
func (w *writing) sweep(src []byte, rules *xmltext.Rules) (changes []splice.Change, err error) {
	err = xmltext.Unshown(src, 0, rules, func(p splice.Piece, chosen bool) {
		if len(p.Text) < 2 || !chosen && (keyword.MatchString(p.Text) || strings.ToLower(p.Text) == p.Text && ascii(p.Text)) {
			return
		}
		now, known := w.swept[p.Text]
		if !known {
			now, _ = w.gone.Replace(p.Text)
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

func ascii(s string) bool { return strings.IndexFunc(s, func(r rune) bool { return r > 0x7e }) < 0 }

// relationships is the part that says what a part names; nil for none.
func (w *writing) relationships(p *part) ([]byte, error) {
	if len(p.rels) == 0 {
		return nil, nil
	}
	var changes []splice.Change
	for _, r := range p.rels {
		switch {
		case r.gone:
			changes = append(changes, splice.Change{From: r.at[0], To: r.at[1]})
		case !r.external:
			changes = append(changes, splice.Change{From: r.targetAt[0], To: r.targetAt[1], With: encodeAddress(nil, "/"+w.names[r.to])})
		}
		if id := p.ids[r.id]; id != "" && !r.gone {
			changes = append(changes, splice.Change{From: r.idAt[0], To: r.idAt[1], With: []byte(id)})
		}
	}
	changes = append(changes, w.changes[p.relsIndex]...)
	return splice.Apply(p.relsSrc, changes)
}

// root leads to the main part, and to nothing else.
func (w *writing) root() []byte {
	var b strings.Builder
	b.WriteString(xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="`)
	b.Write(xmltext.EncodeAttr(nil, w.leading))
	b.WriteString(`" Target="`)
	b.Write(encodeAddress(nil, w.names[w.main]))
	b.WriteString(`"/></Relationships>`)
	return []byte(b.String())
}

// contentTypes is the list of the types of all parts.
func (w *writing) contentTypes() []byte {
	var b strings.Builder
	b.WriteString(xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`)
	for _, name := range slices.SortedFunc(maps.Keys(w.types), cmp.Compare[string]) {
		b.WriteString(`<Override PartName="/`)
		b.Write(encodeAddress(nil, name))
		b.WriteString(`" ContentType="`)
		b.Write(xmltext.EncodeAttr(nil, w.types[name]))
		b.WriteString(`"/>`)
	}
	b.WriteString(`</Types>`)
	return []byte(b.String())
}
