package office

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"consentry/redact/office/zipped"
	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

// OpenDocument files (ISO/IEC 26300): a container of XML files with fixed names, of
// pictures, and of folders that are documents of their own, such as charts.

// The media types of OpenDocument files that are read and written.
const (
	ODT = "application/vnd.oasis.opendocument.text"
	ODS = "application/vnd.oasis.opendocument.spreadsheet"
	ODP = "application/vnd.oasis.opendocument.presentation"
)

func odfKind(media string) *kind {
	return &kind{
		media:  media,
		main:   []string{media, media + "-template"},
		rules:  odfRules,
		read:   readODF,
		settle: settleODF,
		pack:   packODF,
		body:   func(d *document) []*part { return []*part{d.main} },
	}
}

var odfKinds = []*kind{odfKind(ODT), odfKind(ODS), odfKind(ODP)}

const (
	odfType     = "mimetype"
	odfManifest = "META-INF/manifest.xml"
)

// An odfPart is what is known of an XML file beside its texts.
type odfPart struct {
	folder string // of the document that it is a file of
	links  []link
	cells  []odfCell
	tables []nameAt // names of sheets
}

// A link leads to another file of the container.
type link struct {
	at       [2]int // bytes of its address
	to       *part
	document bool // the address is that of a folder
}

type nameAt struct {
	name string
	from int
}

// isODF reports whether a container holds an OpenDocument file.
func isODF(z *zipped.Archive) bool { return z.Has(odfType) && z.Has("content.xml") }

func openODF(ctx context.Context, o Options, z *zipped.Archive) (*document, error) {
	d := &document{o: o, zip: z, by: map[string]*part{}, notes: map[string]int{}}
	b, err := z.Read(odfType)
	if err != nil {
		return nil, fmt.Errorf("OpenDocument file %w", err)
	}
	at := slices.IndexFunc(odfKinds, func(k *kind) bool { return slices.Contains(k.main, strings.TrimSpace(string(b))) })
	if at < 0 {
		return nil, unreadable("it is an OpenDocument file of a type that is not handled")
	}
	d.kind = odfKinds[at]
	if d.types, err = readManifest(z); err != nil {
		return nil, err
	}
	if d.main, err = d.take(ctx, "content.xml", "", readable); err != nil {
		return nil, err
	}
	for _, name := range []string{"styles.xml", "settings.xml"} {
		if _, err := d.takeIf(ctx, name); err != nil {
			return nil, err
		}
	}
	for i := 0; i < len(d.parts); i++ { // reach adds to them
		if err := d.reach(ctx, d.parts[i]); err != nil {
			return nil, err
		}
	}
	if d.kind.media != ODT {
		layTables(d.main, d.kind.media)
	}
	d.layOut(d.unused())
	return d, nil
}

// readManifest gives the types of the container's files and folders, and refuses one
// whose files are encrypted.
func readManifest(z *zipped.Archive) (contentTypes, error) {
	t := contentTypes{defaults: map[string]string{"xml": "text/xml"}, overrides: map[string]string{}}
	if !z.Has(odfManifest) {
		return t, nil
	}
	b, err := z.Read(odfManifest)
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
		return t, unreadable("its list of files is damaged")
	}
	for _, e := range x.Entries {
		if e.Encrypted != nil {
			return t, locked()
		}
		t.overrides[strings.ToLower(e.Path)] = e.Type
	}
	return t, nil
}

var doctype = regexp.MustCompile(`<!DOCTYPE[^>\[]*>`)

func (d *document) takeIf(ctx context.Context, name string) (*part, error) {
	if !d.zip.Has(name) {
		return nil, nil
	}
	return d.take(ctx, name, "", readable)
}

// readODF reads an XML file.
func readODF(_ context.Context, d *document, p *part) (err error) {
	if p.xml, err = xmltext.Read(p.src, p.index, odfRules("", d.o)); err != nil {
		return err
	}
	own := &odfPart{}
	if dir := path.Dir(p.name); dir != "." {
		own.folder = dir
	}
	p.own = own
	own.cells, own.tables = scanCells(p.src, d.kind.media == ODS && own.folder == "")
	for _, c := range own.cells {
		if c.outside {
			p.xml.Always = append(p.xml.Always, splice.Change{File: p.index, From: c.formula.From, To: c.formula.To})
		}
	}
	// A formula's own words cannot be told from its names: it is read whole.
	for i := range p.xml.Texts {
		if t := &p.xml.Texts[i]; t.Where == "table:table-cell@table:formula" && !strings.Contains(t.String(), `"`) {
			t.Text = nil
		}
	}
	p.xml.Texts = slices.DeleteFunc(p.xml.Texts, func(t xmltext.Found) bool { return t.Text == nil })
	return nil
}

// reach takes in what a part's addresses lead to; what they lead to in vain goes
// with them.
func (d *document) reach(ctx context.Context, p *part) error {
	own, ok := p.own.(*odfPart)
	if !ok {
		return nil
	}
	goes := func(at [2]int) { p.always = append(p.always, splice.Change{File: p.index, From: at[0], To: at[1]}) }
	for _, ref := range p.xml.References {
		if ref.Gone || ref.Value == "" || ref.Value == "#" {
			continue
		}
		shows := !anchors[ref.Element]
		u, err := url.Parse(ref.Value)
		switch {
		case strings.HasPrefix(ref.Value, "#"):
			p.xml.Texts = append(p.xml.Texts, address(p, ref))
		case !shows && local(ref.Value):
			d.notes[NotePathDropped]++
			p.always = append(p.always, splice.Change{File: p.index, From: ref.ValueAt[0], To: ref.ValueAt[1], With: []byte("#")})
		case !shows && (err != nil || u.Scheme != ""):
			p.xml.Texts = append(p.xml.Texts, address(p, ref))
		case !shows: // to a file beside this one
			d.notes[NotePathDropped]++
			p.always = append(p.always, splice.Change{File: p.index, From: ref.ValueAt[0], To: ref.ValueAt[1], With: []byte("#")})
		case err != nil || u.Scheme != "" || strings.HasPrefix(u.Path, "ObjectReplacements/") || strings.HasPrefix(u.Path, "./ObjectReplacements/"):
			// A linked picture, or one of an object that is drawn anew from what is in it.
			goes(ref.Tag)
		default:
			to, document, err := d.enter(ctx, path.Join(own.folder, u.Path), ref.Element)
			if err != nil {
				return err
			}
			if to == nil {
				d.notes[NotePartDropped+"/"+path.Base(strings.ReplaceAll(ref.Element, ":", "/"))]++
				goes(ref.Tag)
				continue
			}
			own.links = append(own.links, link{ref.ValueAt, to, document})
		}
	}
	for element, code := range seenODF {
		if n := p.xml.Seen[element]; n > 0 {
			d.notes[code] += n
		}
	}
	p.hide()
	return nil
}

// seenODF are the elements that go and are told of.
var seenODF = map[string]string{
	"text:changed-region": NoteChangesSettled, "table:tracked-changes": NoteChangesSettled, "office:annotation": NotePartDropped + "/annotation",
	"text:script": NotePartDropped + "/script", "script:event-listener": NotePartDropped + "/script", "draw:object-ole": NotePartDropped + "/object-ole",
	"draw:plugin": NotePartDropped + "/plugin", "draw:applet": NotePartDropped + "/applet", "draw:floating-frame": NotePartDropped + "/floating-frame",
	"text:section-source": NotePartDropped + "/section-source", "table:table-source": NotePartDropped + "/table-source", "table:scenario": NotePartDropped + "/scenario",
}

// anchors are the elements whose address a reader follows; that of others is shown
// in the document.
var anchors = map[string]bool{"text:a": true, "draw:a": true, "form:button": true, "form:image": true, "form:form": true, "text:bibliography-mark": true, "draw:area-rectangle": true, "draw:area-circle": true, "draw:area-polygon": true}

// enter takes a picture, or a folder that is a document; nil where it is neither.
func (d *document) enter(ctx context.Context, name, element string) (*part, bool, error) {
	switch element {
	case "draw:object":
		if !d.zip.Has(name+"/content.xml") || strings.Count(name, "/") > 3 {
			return nil, false, nil
		}
		if _, err := d.takeIf(ctx, name+"/styles.xml"); err != nil {
			return nil, false, err
		}
		p, err := d.take(ctx, name+"/content.xml", "", readable)
		return p, true, err
	case "draw:image", "draw:fill-image", "style:background-image", "text:list-level-style-image", "draw:stroke-dash", "draw:marker":
		if !d.zip.Has(name) {
			return nil, false, nil
		}
		p, err := d.take(ctx, name, "image", picture)
		return p, false, err
	}
	return nil, false, nil
}

// address is a link's address as a text.
func address(p *part, ref xmltext.Reference) xmltext.Found {
	text := ref.Value
	if u, err := url.PathUnescape(text); err == nil && utf8.ValidString(u) {
		text = u
	}
	piece := splice.Piece{Text: text, File: p.index, From: ref.ValueAt[0], To: ref.ValueAt[1], Encode: encodeAddress}
	return xmltext.Found{Text: splice.Text{piece}, Where: ref.Element + "@" + ref.Attribute, Aside: true}
}

// packODF puts the files in the order that the format asks for, with the list of
// them.
func packODF(w *writing, files []file) []file {
	var b strings.Builder
	b.WriteString(xml.Header + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">`)
	entry := func(name, media string) {
		b.WriteString(`<manifest:file-entry manifest:full-path="`)
		b.Write(xmltext.EncodeAttr(nil, name))
		b.WriteString(`" manifest:media-type="`)
		b.Write(xmltext.EncodeAttr(nil, media))
		b.WriteString(`"/>`)
	}
	entry("/", w.kind.media)
	for _, p := range w.parts {
		if own, ok := p.own.(*odfPart); ok && own.folder != "" && path.Base(p.name) == "content.xml" {
			if media := w.document.types.of(own.folder + "/"); strings.HasPrefix(media, "application/vnd.oasis.opendocument.") {
				entry(path.Dir(w.names[p])+"/", media)
			}
		}
	}
	for _, f := range files {
		entry(f.name, w.types[f.name])
	}
	b.WriteString(`</manifest:manifest>`)
	return slices.Concat([]file{{odfType, []byte(w.kind.media), true}}, files, []file{{odfManifest, []byte(b.String()), false}})
}
