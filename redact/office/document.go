package office

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

// document is a redact.Document. It is not changed after open.
type document struct {
	o       Options
	zip     *zipped.Archive
	kind    *kind
	types   contentTypes
	main    *part
	leading string           // the type of the relationship that leads to it
	parts   []*part          // all that are reached, by their first mention
	by      map[string]*part // by lower-case name
	files   [][]byte         // sources of texts, by their number
	inner   inside.Files
	pages   []page
	body    int // of pages: body pages
	notes   map[string]int
}

// A page is the texts of one page of the document, made when they are asked for.
type page struct {
	part  string
	texts func() []splice.Text
}

// these are texts that are there.
func these(t []splice.Text) func() []splice.Text { return func() []splice.Text { return t } }

// Notes that a document gives.
const (
	NotePartDropped    = "office-part-dropped"    // a part of a kind that no output has; Why names the kind
	NoteInsideDropped  = "office-file-dropped"    // a picture or file inside that could not be read
	NoteChangesSettled = "office-changes-settled" // tracked changes are accepted
	NotePathDropped    = "office-path-dropped"    // links to places on the author's machine
)

func open(ctx context.Context, o Options, z *zipped.Archive) (*document, error) {
	d := &document{o: o, zip: z, by: map[string]*part{}, notes: map[string]int{}}
	b, err := z.Read(typesName)
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
	d.leading = root[at].uri
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
		p.renumber()
	}
	d.crops()
	if d.kind.link != nil {
		if err := d.kind.link(d); err != nil {
			return nil, err
		}
	}
	d.layOut(d.unused())
	return d, nil
}

// maxUnused bounds what is read of files that are in no output, in bytes.
const maxUnused = 64 << 20

// unused are the texts of files that are in no output.
func (d *document) unused() (out []splice.Text) {
	used := map[string]bool{strings.ToLower(typesName): true, rootRels: true, "meta-inf/manifest.xml": true}
	for name := range d.by {
		used[name], used[relsOf(name)] = true, true
	}
	total := 0
	for _, name := range d.zip.Names {
		x := strings.ToLower(path.Ext(name))
		if used[strings.ToLower(name)] || x != ".xml" && x != ".vml" && x != ".rels" {
			continue
		}
		b, err := d.zip.Read(name)
		if total += len(b); err != nil || total > maxUnused {
			continue
		}
		if src, err := xmltext.UTF8(b); err == nil {
			if f, err := xmltext.Read(src, 0, d.kind.rules("", d.o)); err == nil {
				for _, t := range f.Texts {
					out = append(out, t.Text)
				}
			}
		}
	}
	return out
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
		return nil, fmt.Errorf("document %w", err)
	}
	switch how {
	case readable:
		if p.src, err = xmltext.UTF8(b); err == nil {
			p.index = d.file(p.src)
			if d.kind.read != nil {
				err = d.kind.read(ctx, d, p)
			} else {
				p.xml, err = xmltext.Read(p.src, p.index, d.kind.rules(by, d.o))
			}
		}
		if err != nil {
			if by == "" { // of an OpenDocument file, whose names say what they are
				by = strings.TrimSuffix(path.Base(name), ".xml")
			}
			return nil, unreadable(fmt.Sprintf("a part (%s) is damaged: %v", by, err))
		}
		if p.relsSrc, p.rels, err = readRels(d.zip, relsOf(name), name); err != nil {
			return nil, err
		}
		p.relsIndex = d.file(p.relsSrc)
		for _, e := range d.kind.changes {
			if n := p.xml.Seen[e]; n > 0 && !d.o.KeepChanges {
				d.notes[NoteChangesSettled] += n
			}
		}
	case picture, embedded:
		if how == picture && bytes.Equal(b, blank) {
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
		if d.o.KeepChanges && how == dropped {
			how = d.kind.kept[r.kind]
		}
		switch {
		case r.external:
			r.gone = r.kind != "hyperlink" || local(r.target) || !p.shows(r.id)
			if r.kind == "hyperlink" && local(r.target) {
				d.notes[NotePathDropped]++
			}
		case (how == picture || how == embedded) && !p.shows(r.id):
			r.gone = true
		case how == dropped || !d.zip.Has(r.target):
			r.gone = true
			if r.kind != "hyperlink" {
				d.notes[NotePartDropped+"/"+r.kind]++
			}
		default:
			if r.to, err = d.take(ctx, r.target, r.kind, how); err != nil {
				return err
			}
			r.gone = r.to.how == embedded && r.to.inner < 0 || vector(r.to)
		}
	}
	return nil
}

// vector reports whether a part is the drawing of a picture that cannot be read: the
// picture itself stands beside it.
func vector(p *part) bool {
	return p.how == picture && p.inner < 0 && strings.EqualFold(path.Ext(p.name), ".svg")
}

// shows reports whether a part that is XML names a relationship in what stays.
func (p *part) shows(id string) bool {
	return slices.ContainsFunc(p.xml.References, func(r xmltext.Reference) bool { return r.Value == id && !r.Gone })
}

// detach drops the relationships of a part that lead nowhere, and what names them.
func (d *document) detach(p *part) {
	if p.how != readable {
		return
	}
	if d.kind.mend != nil {
		d.kind.mend(p)
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
	p.hide()
}

// hide marks the texts that stand in what always goes.
func (p *part) hide() {
	for i := range p.xml.Texts {
		t := &p.xml.Texts[i]
		if len(t.Text) > 0 && slices.ContainsFunc(p.always, func(c splice.Change) bool { return c.From <= t.Text[0].From && t.Text[len(t.Text)-1].To <= c.To }) {
			t.Gone = true
		}
	}
}

// layOut makes the pages: the body, then what stands beside it and in the other
// parts, then what is in no output.
func (d *document) layOut(said []splice.Text) {
	body := d.kind.body(d)
	for _, p := range body {
		if p.rows == nil {
			texts, _ := shown(p)
			d.pages = append(d.pages, page{texts: these(texts)})
		}
		for _, rows := range p.rows {
			d.pages = append(d.pages, page{texts: rows})
		}
	}
	d.body = len(d.pages)
	for _, p := range d.parts {
		if p.how != readable {
			continue
		}
		texts, beside := shown(p)
		if p.rows == nil && slices.Contains(body, p) {
			texts = nil
		}
		texts = append(texts, beside...)
		for _, r := range p.rels {
			switch {
			case r.external && !r.gone:
				texts = append(texts, r.address(p.relsIndex))
			case r.external:
				said = append(said, r.address(p.relsIndex))
			}
		}
		switch {
		case p.more != nil:
			d.pages = append(d.pages, page{partPrefix + p.name, func() []splice.Text { return slices.Concat(texts, p.more()) }})
		case len(texts) > 0:
			d.pages = append(d.pages, page{partPrefix + p.name, these(texts)})
		}
		for _, t := range p.xml.Texts {
			if t.Gone {
				said = append(said, t.Text)
			}
		}
	}
	if len(said) > 0 {
		d.pages = append(d.pages, page{redact.PartMetadata, these(said)})
	}
}

// partPrefix begins the name of a part of the document that is no body page.
const partPrefix = "part/"

// shown are the texts of a part that an output has: those that are read from start
// to end, and those that stand beside them.
func shown(p *part) (texts, beside []splice.Text) {
	for _, t := range p.xml.Texts {
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
	for id, t := range p.texts() {
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
