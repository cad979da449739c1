package office

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"consentry/redact"
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
	out := &writing{document: d, changes: changes, gone: removed.NewReplacer(gone), names: map[*part]string{}, types: map[string]string{}}
	out.rename()
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
	type place struct{ page, span int }
	by := map[place][]splice.Edit{}
	var order []place
	var gone []removed.Replacement
	for _, r := range rs {
		g := r.Region
		if redact.IsDropped(g.Part) {
			continue
		}
		n := g.Page
		if g.Part != redact.PartBody {
			n = slices.IndexFunc(d.pages, func(p page) bool { return p.part == g.Part })
		}
		if n < 0 || n >= len(d.pages) || g.Part == redact.PartBody && n >= d.body || g.Span < 0 || g.Span >= len(d.pages[n].texts) || !g.IsText() {
			return nil, nil, errNoText
		}
		k := place{n, g.Span}
		if by[k] == nil {
			order = append(order, k)
		}
		by[k] = append(by[k], splice.Edit{Start: g.Start, End: g.End, With: r.With})
	}
	var out []splice.Change
	for n, p := range d.pages {
		offset := 0
		for span, t := range p.texts {
			runes := []rune(t.String())
			edits := by[place{n, span}]
			for i := range edits {
				e := &edits[i]
				e.Start, e.End = e.Start-offset, e.End-offset
				if e.Start >= 0 && e.Start < e.End && e.End <= len(runes) {
					gone = append(gone, removed.Replacement{Text: string(runes[e.Start:e.End]), With: e.With})
				}
			}
			c, err := t.Edit(func(file int) []byte { return d.files[file] }, edits)
			if err != nil {
				return nil, nil, err
			}
			out = append(out, c...)
			offset += len(runes) + 1
		}
	}
	return out, gone, nil
}

// A writing is one rewriting.
type writing struct {
	*document
	changes []splice.Change
	gone    *removed.Replacer
	names   map[*part]string // as written
	types   map[string]string
	notes   []redact.Note
}

// rename gives pictures and files inside names that say nothing.
func (w *writing) rename() {
	taken := map[string]bool{}
	for _, p := range w.parts {
		if p.how == readable || p.how == copied {
			w.names[p] = p.name
			taken[strings.ToLower(p.name)] = true
		}
	}
	n := 0
	for _, p := range w.parts {
		if w.names[p] != "" {
			continue
		}
		for {
			n++
			name := path.Join(path.Dir(p.name), fmt.Sprintf("file%d%s", n, strings.ToLower(path.Ext(p.name))))
			if !taken[strings.ToLower(name)] {
				w.names[p] = name
				break
			}
		}
	}
}

// write writes every part, then what leads to it, in the order in which they were
// found; the list of content types comes first.
func (w *writing) write(ctx context.Context, z *zipped.Writer, within [][]redact.Redaction) error {
	type file struct {
		name   string
		body   []byte
		stored bool
	}
	files := []file{{}, {name: rootRels, body: w.root()}}
	for _, p := range w.parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		f := file{name: w.names[p]}
		contentType := p.contentType
		switch {
		case p.how == readable:
			body, err := w.xml(p)
			if err != nil {
				return err
			}
			f.body = body
			if t := w.kind.types[strings.ToLower(contentType)]; t != "" {
				contentType = t
			}
		case p.how == copied:
			f.body = p.src
		case p.inner >= 0:
			written, err := w.inner.Rewrite(ctx, p.inner, within[p.inner])
			if err != nil {
				return err
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
			return err
		} else if body != nil {
			files = append(files, file{name: relsOf(f.name), body: body})
		}
	}
	files[0] = file{name: "[Content_Types].xml", body: w.contentTypes()}
	for _, f := range files {
		if err := z.Add(f.name, f.body, f.stored); err != nil {
			return err
		}
	}
	return nil
}

// xml is a part without what goes.
func (w *writing) xml(p *part) ([]byte, error) {
	changes := slices.Concat(p.xml.Always, p.always)
	for _, c := range w.changes {
		if c.File == p.index {
			changes = append(changes, c)
		}
	}
	out, err := splice.Apply(p.src, changes)
	if err != nil || w.gone.Empty() {
		return out, err
	}
	return w.sweep(out, w.kind.rules(p.by, w.o))
}

// sweep takes what was removed out of what is shown to nobody: identifiers,
// keywords, numbers. A word in the very same letters may be a keyword of the
// format, so that only what begins with a capital or is not plain ASCII goes.
func (w *writing) sweep(src []byte, rules *xmltext.Rules) ([]byte, error) {
	var changes []splice.Change
	err := xmltext.Unshown(src, 0, rules, func(p splice.Piece) {
		if len(p.Text) < 2 || strings.ToLower(p.Text) == p.Text && ascii(p.Text) {
			return
		}
		if now, _ := w.gone.Replace(p.Text); now != p.Text {
			changes = append(changes, splice.Change{From: p.From, To: p.To, With: p.Encode(nil, now)})
		}
	})
	if err != nil {
		return nil, err
	}
	return splice.Apply(src, changes)
}

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
	}
	for _, c := range w.changes {
		if c.File == p.relsIndex {
			changes = append(changes, c)
		}
	}
	return splice.Apply(p.relsSrc, changes)
}

// root leads to the main part, and to nothing else.
func (w *writing) root() []byte {
	var b strings.Builder
	b.WriteString(xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="`)
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
