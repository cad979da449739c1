package parts

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/inside"
	"consentry/redact/office/zipped"
	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

// Document is a redact.Document. It is not changed after it was laid out.
type Document struct {
	Options   Options
	Zip       *zipped.Archive
	Kind      *Kind
	Container Container
	Types     Types
	Main      *Part
	Parts     []*Part          // all that are reached, by their first mention
	By        map[string]*Part // by lower-case name

	files [][]byte // sources of texts, by their number
	inner inside.Files
	pages []page
	body  int // of pages: body pages
	notes map[string]int
}

var _ redact.Noter = (*Document)(nil)

// New is a document of which no part was read.
func New(o Options, z *zipped.Archive) *Document {
	return &Document{Options: o, Zip: z, By: map[string]*Part{}, notes: map[string]int{}}
}

// A page is the texts of one page of the document, made when they are asked for.
type page struct {
	part  string
	texts func() []splice.Text
}

// These are texts that are there.
func These(t []splice.Text) func() []splice.Text { return func() []splice.Text { return t } }

// Notes that a document gives.
const (
	NotePartDropped    = "office-part-dropped"    // a part of a kind that no output has; Why names the kind
	NoteInsideDropped  = "office-file-dropped"    // a picture or file inside that could not be read
	NoteChangesSettled = "office-changes-settled" // tracked changes are accepted
	NotePathDropped    = "office-path-dropped"    // links to places on the author's machine
)

// Note counts what was done beside what is ordered; the code is a note's, with what it
// concerns behind a slash.
func (d *Document) Note(code string, n int) { d.notes[code] += n }

// maxUnused bounds what is read of files that are in no output, in bytes.
const maxUnused = 64 << 20

// unused are the texts of files that are in no output. Those of own, by their names
// in lower case, are the container's and say nothing.
func (d *Document) unused(own map[string]bool) (out []splice.Text) {
	total := 0
	for _, name := range d.Zip.Names {
		x := strings.ToLower(path.Ext(name))
		if d.By[strings.ToLower(name)] != nil || own[strings.ToLower(name)] || x != ".xml" && x != ".vml" && x != ".rels" {
			continue
		}
		b, err := d.Zip.Read(name)
		if total += len(b); err != nil || total > maxUnused {
			continue
		}
		if src, err := xmltext.UTF8(b); err == nil {
			if f, err := xmltext.Read(src, 0, d.Kind.Rules("", d.Options)); err == nil {
				for _, t := range f.Texts {
					out = append(out, t.Text)
				}
			}
		}
	}
	return out
}

// Take reads a part, if it is new.
func (d *Document) Take(ctx context.Context, name, by string, how Treatment) (*Part, error) {
	if p := d.By[strings.ToLower(name)]; p != nil {
		return p, nil
	}
	p := &Part{Name: name, Type: d.Types.Of(name), How: how, By: by, inner: -1}
	d.By[strings.ToLower(name)] = p
	b, err := d.Zip.Read(name)
	if err != nil {
		return nil, fmt.Errorf("document %w", err)
	}
	switch how {
	case Readable:
		if p.Src, err = xmltext.UTF8(b); err == nil {
			p.Index = d.File(p.Src)
			if d.Kind.Read != nil {
				err = d.Kind.Read(ctx, d, p)
			} else {
				p.XML, err = xmltext.Read(p.Src, p.Index, d.Kind.Rules(by, d.Options))
			}
		}
		if err != nil {
			if by == "" { // of an OpenDocument file, whose names say what they are
				by = strings.TrimSuffix(path.Base(name), ".xml")
			}
			return nil, Unreadable(fmt.Sprintf("a part (%s) is damaged: %v", by, err))
		}
		if err := d.Container.Link(p); err != nil {
			return nil, err
		}
		for _, e := range d.Kind.Changes {
			if n := p.XML.Seen[e]; n > 0 && !d.Options.KeepChanges {
				d.notes[NoteChangesSettled] += n
			}
		}
	case Picture, Embedded:
		if how == Picture && bytes.Equal(b, Blank) {
			break // stands for one already: no page, so that pages of what is written are those of the source
		}
		doc, err := d.opened(ctx, name, b)
		if err != nil {
			return nil, err
		}
		if doc == nil {
			d.notes[NoteInsideDropped]++
		} else {
			p.inner, p.doc = d.inner.Add(doc), doc
		}
	case Copied:
		p.Src = b
	}
	d.Parts = append(d.Parts, p)
	return p, nil
}

// File gives a source of texts a number.
func (d *Document) File(src []byte) int {
	d.files = append(d.files, src)
	return len(d.files) - 1
}

// opened opens a file inside; nil where nobody can read it.
func (d *Document) opened(ctx context.Context, name string, b []byte) (redact.Document, error) {
	if d.Options.Inside == nil {
		return nil, nil
	}
	doc, err := d.Options.Inside(ctx, path.Base(name), b)
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, nil
	}
	return doc, nil
}

// Hide marks the texts that stand in what always goes.
func (p *Part) Hide() {
	for i := range p.XML.Texts {
		t := &p.XML.Texts[i]
		if len(t.Text) > 0 && slices.ContainsFunc(p.Always, func(c splice.Change) bool { return c.From <= t.Text[0].From && t.Text[len(t.Text)-1].To <= c.To }) {
			t.Gone = true
		}
	}
}

// LayOut makes the pages, when all parts are read: the body, then what stands beside
// it and in the other parts, then what is in no output. Files of own, by their names
// in lower case, are the container's and say nothing.
func (d *Document) LayOut(own map[string]bool) {
	said := d.unused(own)
	body := d.Kind.Body(d)
	for _, p := range body {
		if p.Rows == nil {
			texts, _ := shown(p)
			d.pages = append(d.pages, page{texts: These(texts)})
		}
		for _, rows := range p.Rows {
			d.pages = append(d.pages, page{texts: rows})
		}
	}
	d.body = len(d.pages)
	for _, p := range d.Parts {
		if p.How != Readable {
			continue
		}
		texts, beside := shown(p)
		if p.Rows == nil && slices.Contains(body, p) {
			texts = nil
		}
		texts = append(texts, beside...)
		linked, lost := d.Container.Beside(p)
		texts, said = append(texts, linked...), append(said, lost...)
		switch {
		case p.More != nil:
			d.pages = append(d.pages, page{partPrefix + p.Name, func() []splice.Text { return slices.Concat(texts, p.More()) }})
		case len(texts) > 0:
			d.pages = append(d.pages, page{partPrefix + p.Name, These(texts)})
		}
		for _, t := range p.XML.Texts {
			if t.Gone {
				said = append(said, t.Text)
			}
		}
	}
	if len(said) > 0 {
		d.pages = append(d.pages, page{redact.PartMetadata, These(said)})
	}
}

// partPrefix begins the name of a part of the document that is no body page.
const partPrefix = "part/"

// shown are the texts of a part that an output has: those that are read from start
// to end, and those that stand beside them.
func shown(p *Part) (texts, beside []splice.Text) {
	for _, t := range p.XML.Texts {
		switch {
		case t.Gone:
		case t.Aside:
			beside = append(beside, t.Text)
		default:
			texts = append(texts, t.Text)
		}
	}
	return texts, beside
}

// Pages yields the body, the pictures and files inside, then what stands elsewhere.
func (d *Document) Pages(ctx context.Context) iter.Seq2[redact.Page, error] {
	return func(yield func(redact.Page, error) bool) {
		for i, p := range d.pages {
			if err := ctx.Err(); err != nil {
				yield(redact.Page{}, err)
				return
			}
			if i == d.body && !d.within(ctx, yield) {
				return
			}
			if !yield(p.page(i, d.body), nil) {
				return
			}
		}
		if d.body == len(d.pages) {
			d.within(ctx, yield)
		}
	}
}

// within yields the pages of what is inside; false to stop.
func (d *Document) within(ctx context.Context, yield func(redact.Page, error) bool) bool {
	for p, err := range d.inner.Pages(ctx, d.body) {
		if !yield(p, err) || err != nil {
			return false
		}
	}
	return true
}

func (p page) page(i, body int) redact.Page {
	out := redact.Page{Part: p.part}
	if i < body {
		out.Index = i
	}
	offset := 0
	for id, t := range p.texts() {
		s := t.String()
		out.Spans = append(out.Spans, redact.Span{ID: id, Text: s, Offset: offset, Block: id + 1})
		offset += utf8.RuneCountInString(s) + 1
	}
	return out
}

// Rewrite writes the document without the regions; see RewriteNoting.
func (d *Document) Rewrite(ctx context.Context, w io.Writer, rs []redact.Redaction) (string, error) {
	mediaType, _, err := d.RewriteNoting(ctx, w, rs)
	return mediaType, err
}

// Leave leaves parts out that nothing leads to any more.
func (d *Document) Leave(unreached func(*Part) bool) {
	d.Parts = slices.DeleteFunc(d.Parts, func(p *Part) bool {
		if !unreached(p) {
			return false
		}
		delete(d.By, strings.ToLower(p.Name))
		if p.inner >= 0 {
			d.inner.Leave(p.inner)
		}
		return true
	})
}
