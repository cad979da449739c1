package opc

import (
	"context"
	"path"
	"slices"
	"strings"

	"consentry/redact/office/parts"
	"consentry/redact/office/zipped"
	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

// A Kind is a family of documents in Open Packaging containers.
type Kind struct {
	parts.Kind
	Folder string   // where its parts are
	Main   []string // content types of the part that leads to all others
	// Parts says what becomes of the parts that a kind of relationship leads to.
	// One that is not listed is in no output.
	Parts map[string]parts.Treatment
	// Kept are more of them where changes and comments are kept.
	Kept map[string]parts.Treatment
	// Types replaces content types, so that a document with macros is written as
	// one without.
	Types map[string]string
	// Link, if set, goes on when all parts are read.
	Link func(d *parts.Document) error
	// Detach are the elements of which only the attribute goes where what it names
	// is not there any more; of others the whole element goes.
	Detach map[string]bool
	// Mend, if set, looks at a part as a whole before what leads nowhere is detached.
	// It may add to the changes of every output and put the texts in another order.
	Mend func(p *parts.Part)
}

// container is a parts.Container.
type container struct {
	doc     *parts.Document
	kind    *Kind
	leading string // the type of the relationship that leads to the main part
}

// Open reads a document of one of the kinds.
func Open(ctx context.Context, o parts.Options, z *zipped.Archive, kinds []*Kind) (*parts.Document, error) {
	d := parts.New(o, z)
	c := &container{doc: d}
	d.Container = c
	b, err := z.Read(typesName)
	if err != nil {
		return nil, parts.Unreadable("it is a zip file, but no Office document")
	}
	if d.Types, err = readTypes(b); err != nil {
		return nil, err
	}
	_, root, err := readRels(z, rootRels, "")
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(root, func(r *Relationship) bool { return r.Kind == "officeDocument" && !r.External })
	if at < 0 || !z.Has(root[at].Target) {
		return nil, parts.Unreadable("its main part is missing")
	}
	main := strings.ToLower(d.Types.Of(root[at].Target))
	of := slices.IndexFunc(kinds, func(k *Kind) bool { return slices.Contains(k.Main, main) })
	if of < 0 {
		return nil, parts.Unreadable("its main part is none that is handled")
	}
	c.kind, c.leading = kinds[of], root[at].uri
	d.Kind = &c.kind.Kind
	if d.Main, err = d.Take(ctx, root[at].Target, "officeDocument", parts.Readable); err != nil {
		return nil, err
	}
	for i := 0; i < len(d.Parts); i++ { // Take adds to them
		if err := c.follow(ctx, d.Parts[i]); err != nil {
			return nil, err
		}
	}
	for _, p := range d.Parts {
		c.detach(p)
		renumber(p)
	}
	crops(d)
	if c.kind.Link != nil {
		if err := c.kind.Link(d); err != nil {
			return nil, err
		}
	}
	own := map[string]bool{strings.ToLower(typesName): true, rootRels: true}
	for name := range d.By {
		own[relsOf(name)] = true
	}
	d.LayOut(own)
	return d, nil
}

// Link reads a part's relationships.
func (c *container) Link(p *parts.Part) (err error) {
	own := &links{ids: map[string]string{}}
	if own.src, own.rels, err = readRels(c.doc.Zip, relsOf(p.Name), p.Name); err != nil {
		return err
	}
	own.index = c.doc.File(own.src)
	p.Linked = own
	if t := c.kind.Types[strings.ToLower(p.Type)]; t != "" {
		p.Type = t
	}
	return nil
}

// Beside are the addresses that a part's relationships lead to.
func (c *container) Beside(p *parts.Part) (shown, said []splice.Text) {
	own := linksOf(p)
	for _, r := range own.rels {
		switch {
		case r.External && !r.Gone:
			shown = append(shown, r.address(own.index))
		case r.External:
			said = append(said, r.address(own.index))
		}
	}
	return shown, said
}

// follow takes in what a part names.
func (c *container) follow(ctx context.Context, p *parts.Part) (err error) {
	d := c.doc
	for _, r := range Rels(p) {
		how := c.kind.Parts[r.Kind]
		if d.Options.KeepChanges && how == parts.Dropped {
			how = c.kind.Kept[r.Kind]
		}
		switch {
		case r.External:
			r.Gone = r.Kind != "hyperlink" || parts.Local(r.Target) || !shows(p, r.ID)
			if r.Kind == "hyperlink" && parts.Local(r.Target) {
				d.Note(parts.NotePathDropped, 1)
			}
		case (how == parts.Picture || how == parts.Embedded) && !shows(p, r.ID):
			r.Gone = true
		case how == parts.Dropped || !d.Zip.Has(r.Target):
			r.Gone = true
			if r.Kind != "hyperlink" {
				d.Note(parts.NotePartDropped+"/"+r.Kind, 1)
			}
		default:
			if r.To, err = d.Take(ctx, r.Target, r.Kind, how); err != nil {
				return err
			}
			r.Gone = r.To.How == parts.Embedded && !r.To.Opened() || vector(r.To)
		}
	}
	return nil
}

// vector reports whether a part is the drawing of a picture that cannot be read: the
// picture itself stands beside it.
func vector(p *parts.Part) bool {
	return p.How == parts.Picture && !p.Opened() && strings.EqualFold(path.Ext(p.Name), ".svg")
}

// shows reports whether a part that is XML names a relationship in what stays.
func shows(p *parts.Part, id string) bool {
	return slices.ContainsFunc(p.XML.References, func(r xmltext.Reference) bool { return r.Value == id && !r.Gone })
}

// detach drops the relationships of a part that lead nowhere, and what names them.
func (c *container) detach(p *parts.Part) {
	if p.How != parts.Readable {
		return
	}
	if c.kind.Mend != nil {
		c.kind.Mend(p)
	}
	gone, known := map[string]bool{}, map[string]bool{}
	for _, r := range Rels(p) {
		known[r.ID] = true
		if r.Gone {
			gone[r.ID] = true
		}
	}
	for _, ref := range p.XML.References {
		if ref.Value == "" || known[ref.Value] && !gone[ref.Value] {
			continue
		}
		at := ref.Tag
		if c.kind.Detach[ref.Element] {
			at = ref.Attr
		}
		p.Always = append(p.Always, splice.Change{File: p.Index, From: at[0], To: at[1]})
	}
	p.Hide()
}
