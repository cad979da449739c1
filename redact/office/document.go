package office

import (
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

// document is a redact.Document. It is not changed after open.
type document struct {
	o     Options
	zip   *zipped.Archive
	kind  *kind
	types contentTypes
	main  *part
	parts []*part          // all that are reached, by their first mention
	by    map[string]*part // by lower-case name
	files [][]byte         // sources of texts, by their number
	inner inside.Files
	pages []page
	body  int // of pages: body pages
	notes map[string]int
}

// A page is the texts of one page of the document.
type page struct {
	part  string
	texts []splice.Text
}

// Notes that a document gives.
const (
	NotePartDropped    = "office-part-dropped"    // a part of a kind that no output has; Why names the kind
	NoteInsideDropped  = "office-file-dropped"    // a picture or file inside that could not be read
	NoteChangesSettled = "office-changes-settled" // tracked changes are accepted
)

func open(ctx context.Context, o Options, z *zipped.Archive) (*document, error) {
	d := &document{o: o, zip: z, by: map[string]*part{}, notes: map[string]int{}}
	b, err := z.Read("[Content_Types].xml")
	if err != nil {
		return nil, unreadable("it is a zip file, but no Office document")
	}
	if d.types, err = readTypes(b); err != nil {
		return nil, err
	}
	_, root, err := readRels(z, rootRels, "")
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(root, func(r *relationship) bool { return r.kind == "officeDocument" && !r.external })
	if at < 0 || !z.Has(root[at].target) {
		return nil, unreadable("its main part is missing")
	}
	if d.kind = kindOf(d.types.of(root[at].target)); d.kind == nil {
		return nil, unreadable("its main part is none that is handled")
	}
	if d.main, err = d.take(ctx, root[at].target, "officeDocument", readable); err != nil {
		return nil, err
	}
	for i := 0; i < len(d.parts); i++ { // take adds to them
		if err := d.follow(ctx, d.parts[i]); err != nil {
			return nil, err
		}
	}
	for _, p := range d.parts {
		d.detach(p)
	}
	var said []splice.Text // what is in no output
	for _, r := range root {
		if r != root[at] && !r.external && z.Has(r.target) {
			said = append(said, d.plain(r.target)...)
		}
	}
	d.layOut(said)
	return d, nil
}

// take reads a part, if it is new.
func (d *document) take(ctx context.Context, name, by string, how treatment) (*part, error) {
	if p := d.by[strings.ToLower(name)]; p != nil {
		return p, nil
	}
	p := &part{name: name, contentType: d.types.of(name), how: how, by: by, inner: -1}
	d.by[strings.ToLower(name)] = p
	b, err := d.zip.Read(name)
	if err != nil {
		return nil, fmt.Errorf("Office document %w", err)
	}
	switch how {
	case readable:
		if p.src, err = xmltext.UTF8(b); err == nil {
			p.index = d.file(p.src)
			p.xml, err = xmltext.Read(p.src, p.index, d.kind.rules(by, d.o))
		}
		if err != nil {
			return nil, unreadable(fmt.Sprintf("a part (%s) is damaged: %v", by, err))
		}
		if p.relsSrc, p.rels, err = readRels(d.zip, relsOf(name), name); err != nil {
			return nil, err
		}
		p.relsIndex = d.file(p.relsSrc)
	case picture, embedded:
		doc, err := d.opened(ctx, name, b)
		if err != nil {
			return nil, err
		}
		if doc == nil {
			d.notes[NoteInsideDropped]++
		} else {
			p.inner = d.inner.Add(doc)
		}
	case copied:
		p.src = b
	}
	d.parts = append(d.parts, p)
	return p, nil
}

// file gives a source of texts a number.
func (d *document) file(src []byte) int {
	d.files = append(d.files, src)
	return len(d.files) - 1
}

// opened opens a file inside; nil where nobody can read it.
func (d *document) opened(ctx context.Context, name string, b []byte) (redact.Document, error) {
	if d.o.Inside == nil {
		return nil, nil
	}
	doc, err := d.o.Inside(ctx, path.Base(name), b)
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, nil
	}
	return doc, nil
}

// follow takes in what a part names.
func (d *document) follow(ctx context.Context, p *part) (err error) {
	for _, r := range p.rels {
		how := d.kind.parts[r.kind]
		switch {
		case r.external:
			r.gone = r.kind != "hyperlink"
		case how == dropped || !d.zip.Has(r.target):
			r.gone = true
			if r.kind != "hyperlink" {
				d.notes[NotePartDropped+"/"+r.kind]++
			}
		default:
			if r.to, err = d.take(ctx, r.target, r.kind, how); err != nil {
				return err
			}
			r.gone = r.to.how == embedded && r.to.inner < 0
		}
	}
	return nil
}

// detach drops the relationships of a part that lead nowhere, and what names them.
func (d *document) detach(p *part) {
	if p.how != readable {
		return
	}
	gone, known := map[string]bool{}, map[string]bool{}
	for _, r := range p.rels {
		known[r.id] = true
		if r.gone {
			gone[r.id] = true
		}
	}
	for _, ref := range p.xml.References {
		if ref.Value == "" || known[ref.Value] && !gone[ref.Value] {
			continue
		}
		at := ref.Tag
		if d.kind.detach[ref.Element] {
			at = ref.Attr
		}
		p.always = append(p.always, splice.Change{File: p.index, From: at[0], To: at[1]})
	}
	for i := range p.xml.Texts {
		t := &p.xml.Texts[i]
		if len(t.Text) > 0 && slices.ContainsFunc(p.always, func(c splice.Change) bool { return c.From <= t.Text[0].From && t.Text[len(t.Text)-1].To <= c.To }) {
			t.Gone = true
		}
	}
}

// plain are the texts of a part that is in no output, whatever it is.
func (d *document) plain(name string) (out []splice.Text) {
	b, err := d.zip.Read(name)
	if err != nil {
		return nil
	}
	if src, err := xmltext.UTF8(b); err == nil {
		if f, err := xmltext.Read(src, 0, &xmltext.Rules{Spaces: spaces}); err == nil {
			for _, t := range f.Texts {
				out = append(out, t.Text)
			}
		}
	}
	return out
}

// layOut makes the pages: the body, then each other part that has texts, then what
// is in no output.
func (d *document) layOut(said []splice.Text) {
	body := d.kind.body(d)
	for _, p := range body {
		d.pages = append(d.pages, page{texts: shown(p)})
	}
	d.body = len(d.pages)
	for _, p := range d.parts {
		if p.how != readable {
			continue
		}
		texts := shown(p)
		for _, r := range p.rels {
			if r.external && !r.gone {
				texts = append(texts, r.address(p.relsIndex))
			}
		}
		if slices.Contains(body, p) {
			texts = texts[len(shown(p)):]
		}
		if len(texts) > 0 {
			d.pages = append(d.pages, page{partPrefix + p.name, texts})
		}
		for _, t := range p.xml.Texts {
			if t.Gone {
				said = append(said, t.Text)
			}
		}
	}
	if len(said) > 0 {
		d.pages = append(d.pages, page{redact.PartMetadata, said})
	}
}

// partPrefix begins the name of a part of the document that is no body page.
const partPrefix = "part/"

func shown(p *part) (out []splice.Text) {
	for _, t := range p.xml.Texts {
		if !t.Gone {
			out = append(out, t.Text)
		}
	}
	return out
}

// Pages yields the body, the pictures and files inside, then what stands elsewhere.
func (d *document) Pages(ctx context.Context) iter.Seq2[redact.Page, error] {
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
func (d *document) within(ctx context.Context, yield func(redact.Page, error) bool) bool {
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
	for id, t := range p.texts {
		s := t.String()
		out.Spans = append(out.Spans, redact.Span{ID: id, Text: s, Offset: offset, Block: id + 1})
		offset += utf8.RuneCountInString(s) + 1
	}
	return out
}

// Rewrite writes the document without the regions; see RewriteNoting.
func (d *document) Rewrite(ctx context.Context, w io.Writer, rs []redact.Redaction) (string, error) {
	mediaType, _, err := d.RewriteNoting(ctx, w, rs)
	return mediaType, err
}
