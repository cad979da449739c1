// Package odf reads and writes OpenDocument files (ISO/IEC 26300): a container of XML
// files with fixed names, of pictures, and of folders that are documents of their own,
// such as charts.
package odf

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"consentry/redact/office/parts"
	"consentry/redact/office/zipped"
	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

// The media types of OpenDocument files that are read and written.
const (
	ODT = "application/vnd.oasis.opendocument.text"
	ODS = "application/vnd.oasis.opendocument.spreadsheet"
	ODP = "application/vnd.oasis.opendocument.presentation"
)

// kinds are all types of documents that are handled.
var kinds = []*parts.Kind{kind(ODT), kind(ODS), kind(ODP)}

func kind(media string) *parts.Kind {
	return &parts.Kind{
		Media:  media,
		Rules:  func(string, parts.Options) *xmltext.Rules { return &rules },
		Read:   read,
		Settle: settle,
		Body:   func(d *parts.Document) []*parts.Part { return []*parts.Part{d.Main} },
	}
}

const (
	typeName     = "mimetype"
	manifestName = "META-INF/manifest.xml"
)

// container is a parts.Container.
type container struct {
	doc   *parts.Document
	sizes map[*parts.Part]size // of pictures whose measures are known
}

// A file is what is known of an XML file beside its texts.
type file struct {
	folder string // of the document that it is a file of
	links  []link
	cells  []cell
	tables []nameAt // names of sheets
	styles map[string]style
	frames map[int]string // the style of the frame of a picture, by where its address is
}

// A link leads to another file of the container.
type link struct {
	at       [2]int // bytes of its address
	to       *parts.Part
	document bool // the address is that of a folder
}

type nameAt struct {
	name string
	from int
}

// Is reports whether a container holds an OpenDocument file.
func Is(z *zipped.Archive) bool { return z.Has(typeName) && z.Has("content.xml") }

// Sniff tells the media type of a file from its first bytes, where the file says its
// type first, as the format asks for; is tells whether it says one of OpenDocument's.
func Sniff(head []byte) (media string, is bool) {
	if !bytes.Contains(head, []byte(typeName+"application/vnd.oasis.opendocument.")) {
		return "", false
	}
	for _, k := range kinds {
		if bytes.Contains(head, []byte(typeName+k.Media)) {
			return k.Media, true
		}
	}
	return "", true
}

// Open reads an OpenDocument file.
func Open(ctx context.Context, o parts.Options, z *zipped.Archive) (*parts.Document, error) {
	d := parts.New(o, z)
	c := &container{d, map[*parts.Part]size{}}
	d.Container = c
	b, err := z.Read(typeName)
	if err != nil {
		return nil, fmt.Errorf("OpenDocument file %w", err)
	}
	said := strings.TrimSpace(string(b))
	at := slices.IndexFunc(kinds, func(k *parts.Kind) bool { return said == k.Media || said == k.Media+"-template" })
	if at < 0 {
		return nil, parts.Unreadable("it is an OpenDocument file of a type that is not handled")
	}
	d.Kind = kinds[at]
	if d.Types, err = readManifest(z); err != nil {
		return nil, err
	}
	if d.Main, err = d.Take(ctx, "content.xml", "", parts.Readable); err != nil {
		return nil, err
	}
	for _, name := range []string{"styles.xml", "settings.xml"} {
		if err := c.takeIf(ctx, name); err != nil {
			return nil, err
		}
	}
	for i := 0; i < len(d.Parts); i++ { // reach adds to them
		if err := c.reach(ctx, d.Parts[i]); err != nil {
			return nil, err
		}
	}
	if d.Kind.Media != ODT {
		layTables(d.Main, d.Kind.Media)
	}
	d.LayOut(map[string]bool{strings.ToLower(manifestName): true})
	return d, nil
}

// Link has nothing to read: the addresses of a part are in its XML, and reach takes in
// what they lead to.
func (c *container) Link(*parts.Part) error { return nil }

// Beside has nothing to add, for the same reason.
func (c *container) Beside(*parts.Part) (shown, said []splice.Text) { return nil, nil }

// Follow has nothing to write beside a part.
func (c *container) Follow(*parts.Writing, *parts.Part) ([]parts.File, error) { return nil, nil }

// readManifest gives the types of the container's files and folders, and refuses one
// whose files are encrypted.
func readManifest(z *zipped.Archive) (parts.Types, error) {
	t := parts.Types{Defaults: map[string]string{"xml": "text/xml"}, Overrides: map[string]string{}}
	if !z.Has(manifestName) {
		return t, nil
	}
	b, err := z.Read(manifestName)
	if err != nil {
		return t, fmt.Errorf("OpenDocument file %w", err)
	}
	var x struct {
		Entries []struct {
			Path      string    `xml:"full-path,attr"`
			Type      string    `xml:"media-type,attr"`
			Encrypted *struct{} `xml:"encryption-data"`
		} `xml:"file-entry"`
	}
	d := xml.NewDecoder(strings.NewReader(doctype.ReplaceAllString(string(b), "")))
	if err := d.Decode(&x); err != nil {
		return t, parts.Unreadable("its list of files is damaged")
	}
	for _, e := range x.Entries {
		if e.Encrypted != nil {
			return t, parts.Locked()
		}
		t.Overrides[strings.ToLower(e.Path)] = e.Type
	}
	return t, nil
}

var doctype = regexp.MustCompile(`<!DOCTYPE[^>\[]*>`)

// takeIf reads an XML file, if there is one.
func (c *container) takeIf(ctx context.Context, name string) error {
	if !c.doc.Zip.Has(name) {
		return nil
	}
	_, err := c.doc.Take(ctx, name, "", parts.Readable)
	return err
}

// read reads an XML file.
func read(_ context.Context, d *parts.Document, p *parts.Part) (err error) {
	if p.XML, err = xmltext.Read(p.Src, p.Index, &rules); err != nil {
		return err
	}
	own := &file{}
	if dir := path.Dir(p.Name); dir != "." {
		own.folder = dir
	}
	p.Own = own
	own.cells, own.tables = scanCells(p.Src, d.Kind.Media == ODS && own.folder == "")
	own.styles, own.frames = scanClips(p.Src)
	for _, m := range layoutValue.FindAllSubmatchIndex(p.Src, -1) {
		if !layoutWords[string(p.Src[m[2]:m[3]])] {
			p.XML.Always = append(p.XML.Always, splice.Change{File: p.Index, From: m[2], To: m[3], With: []byte("high-resolution")})
		}
	}
	for _, c := range own.cells {
		if c.outside {
			p.XML.Always = append(p.XML.Always, splice.Change{File: p.Index, From: c.formula.From, To: c.formula.To})
		}
	}
	// A formula's own words cannot be told from its names: it is read whole.
	for i := range p.XML.Texts {
		if t := &p.XML.Texts[i]; t.Where == "table:table-cell@table:formula" && !strings.Contains(t.String(), `"`) {
			t.Text = nil
		}
	}
	p.XML.Texts = slices.DeleteFunc(p.XML.Texts, func(t xmltext.Found) bool { return t.Text == nil })
	return nil
}

// reach takes in what a part's addresses lead to; what they lead to in vain goes
// with them.
func (c *container) reach(ctx context.Context, p *parts.Part) error {
	d := c.doc
	own, ok := p.Own.(*file)
	if !ok {
		return nil
	}
	goes := func(at [2]int) { p.Always = append(p.Always, splice.Change{File: p.Index, From: at[0], To: at[1]}) }
	for _, ref := range p.XML.References {
		if ref.Gone || ref.Value == "" || ref.Value == "#" {
			continue
		}
		shows := !anchors[ref.Element]
		u, err := url.Parse(ref.Value)
		switch {
		case ref.Element == "chart:chart":
			// Where its figures are: in itself or in the document around it. Any other
			// address leads out.
			if v := strings.TrimSuffix(ref.Value, "/"); v != "." && v != ".." {
				p.Always = append(p.Always, splice.Change{File: p.Index, From: ref.ValueAt[0], To: ref.ValueAt[1], With: []byte(".")})
			}
		case strings.HasPrefix(ref.Value, "#"):
			p.XML.Texts = append(p.XML.Texts, address(p, ref))
		case !shows && parts.Local(ref.Value):
			d.Note(parts.NotePathDropped, 1)
			p.Always = append(p.Always, splice.Change{File: p.Index, From: ref.ValueAt[0], To: ref.ValueAt[1], With: []byte("#")})
		case !shows && (err != nil || u.Scheme != ""):
			p.XML.Texts = append(p.XML.Texts, address(p, ref))
		case !shows: // to a file beside this one
			d.Note(parts.NotePathDropped, 1)
			p.Always = append(p.Always, splice.Change{File: p.Index, From: ref.ValueAt[0], To: ref.ValueAt[1], With: []byte("#")})
		case err != nil || u.Scheme != "" || strings.HasPrefix(u.Path, "ObjectReplacements/") || strings.HasPrefix(u.Path, "./ObjectReplacements/"):
			// A linked picture, or one of an object that is drawn anew from what is in it.
			goes(ref.Tag)
		default:
			to, document, err := c.enter(ctx, path.Join(own.folder, u.Path), ref.Element)
			if err != nil {
				return err
			}
			if to == nil {
				d.Note(parts.NotePartDropped+"/"+path.Base(strings.ReplaceAll(ref.Element, ":", "/")), 1)
				goes(ref.Tag)
				continue
			}
			own.links = append(own.links, link{ref.ValueAt, to, document})
			if to.How == parts.Picture {
				c.shows(to, own, ref.ValueAt[0])
			}
		}
	}
	for element, code := range seen {
		if n := p.XML.Seen[element]; n > 0 {
			d.Note(code, n)
		}
	}
	p.Hide()
	return nil
}

// seen are the elements that go and are told of.
var seen = map[string]string{
	"text:changed-region": parts.NoteChangesSettled, "table:tracked-changes": parts.NoteChangesSettled, "office:annotation": parts.NotePartDropped + "/annotation",
	"text:script": parts.NotePartDropped + "/script", "script:event-listener": parts.NotePartDropped + "/script", "draw:object-ole": parts.NotePartDropped + "/object-ole",
	"draw:plugin": parts.NotePartDropped + "/plugin", "draw:applet": parts.NotePartDropped + "/applet", "draw:floating-frame": parts.NotePartDropped + "/floating-frame",
	"text:section-source": parts.NotePartDropped + "/section-source", "table:table-source": parts.NotePartDropped + "/table-source", "table:scenario": parts.NotePartDropped + "/scenario",
}

// anchors are the elements whose address a reader follows; that of others is shown
// in the document.
var anchors = map[string]bool{"text:a": true, "draw:a": true, "form:button": true, "form:image": true, "form:form": true, "text:bibliography-mark": true, "draw:area-rectangle": true, "draw:area-circle": true, "draw:area-polygon": true}

// enter takes a picture, or a folder that is a document; nil where it is neither.
func (c *container) enter(ctx context.Context, name, element string) (*parts.Part, bool, error) {
	d := c.doc
	switch element {
	case "draw:object":
		if !d.Zip.Has(name+"/content.xml") || strings.Count(name, "/") > 3 {
			return nil, false, nil
		}
		if err := c.takeIf(ctx, name+"/styles.xml"); err != nil {
			return nil, false, err
		}
		p, err := d.Take(ctx, name+"/content.xml", "", parts.Readable)
		return p, true, err
	case "draw:image", "draw:fill-image", "style:background-image", "text:list-level-style-image", "draw:stroke-dash", "draw:marker":
		if !d.Zip.Has(name) {
			return nil, false, nil
		}
		p, err := c.picture(ctx, name)
		return p, false, err
	}
	return nil, false, nil
}

// address is a link's address as a text.
func address(p *parts.Part, ref xmltext.Reference) xmltext.Found {
	text := ref.Value
	if u, err := url.PathUnescape(text); err == nil && utf8.ValidString(u) {
		text = u
	}
	piece := splice.Piece{Text: text, File: p.Index, From: ref.ValueAt[0], To: ref.ValueAt[1], Encode: parts.EncodeAddress}
	return xmltext.Found{Text: splice.Text{piece}, Where: ref.Element + "@" + ref.Attribute, Aside: true}
}

// Pack puts the files in the order that the format asks for, with the list of
// them.
func (c *container) Pack(w *parts.Writing, files []parts.File) []parts.File {
	var b strings.Builder
	b.WriteString(xml.Header + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">`)
	entry := func(name, media string) {
		b.WriteString(`<manifest:file-entry manifest:full-path="`)
		b.Write(xmltext.EncodeAttr(nil, name))
		b.WriteString(`" manifest:media-type="`)
		b.Write(xmltext.EncodeAttr(nil, media))
		b.WriteString(`"/>`)
	}
	entry("/", w.Kind.Media)
	for _, p := range w.Parts {
		if own, ok := p.Own.(*file); ok && own.folder != "" && path.Base(p.Name) == "content.xml" {
			if media := w.Document.Types.Of(own.folder + "/"); strings.HasPrefix(media, "application/vnd.oasis.opendocument.") {
				entry(path.Dir(w.Names[p])+"/", media)
			}
		}
	}
	for _, f := range files {
		entry(f.Name, w.TypeOf[f.Name])
	}
	b.WriteString(`</manifest:manifest>`)
	return slices.Concat([]parts.File{{Name: typeName, Body: []byte(w.Kind.Media), Stored: true}}, files, []parts.File{{Name: manifestName, Body: []byte(b.String())}})
}
