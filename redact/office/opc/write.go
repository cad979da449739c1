package opc

import (
	"cmp"
	"encoding/xml"
	"maps"
	"slices"
	"strings"

	"consentry/redact/office/parts"
	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

// Pack puts the list of content types, and what leads to the main part, first.
func (c *container) Pack(w *parts.Writing, files []parts.File) []parts.File {
	return slices.Concat([]parts.File{{Name: typesName, Body: contentTypes(w)}, {Name: rootRels, Body: c.root(w)}}, files)
}

// Follow is the part that says what a part names.
func (c *container) Follow(w *parts.Writing, p *parts.Part) ([]parts.File, error) {
	own := linksOf(p)
	if len(own.rels) == 0 {
		return nil, nil
	}
	var changes []splice.Change
	for _, r := range own.rels {
		switch {
		case r.Gone:
			changes = append(changes, splice.Change{From: r.at[0], To: r.at[1]})
		case !r.External:
			changes = append(changes, splice.Change{From: r.targetAt[0], To: r.targetAt[1], With: parts.EncodeAddress(nil, "/"+w.Names[r.To])})
		}
		if id := own.ids[r.ID]; id != "" && !r.Gone {
			changes = append(changes, splice.Change{From: r.idAt[0], To: r.idAt[1], With: []byte(id)})
		}
	}
	changes = append(changes, w.Changes[own.index]...)
	body, err := splice.Apply(own.src, changes)
	if err != nil {
		return nil, err
	}
	return []parts.File{{Name: relsOf(w.Names[p]), Body: body}}, nil
}

// root leads to the main part, and to nothing else.
func (c *container) root(w *parts.Writing) []byte {
	var b strings.Builder
	b.WriteString(xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="`)
	b.Write(xmltext.EncodeAttr(nil, c.leading))
	b.WriteString(`" Target="`)
	b.Write(parts.EncodeAddress(nil, w.Names[w.Main]))
	b.WriteString(`"/></Relationships>`)
	return []byte(b.String())
}

// contentTypes is the list of the types of all parts.
func contentTypes(w *parts.Writing) []byte {
	var b strings.Builder
	b.WriteString(xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`)
	for _, name := range slices.SortedFunc(maps.Keys(w.TypeOf), cmp.Compare[string]) {
		b.WriteString(`<Override PartName="/`)
		b.Write(parts.EncodeAddress(nil, name))
		b.WriteString(`" ContentType="`)
		b.Write(xmltext.EncodeAttr(nil, w.TypeOf[name]))
		b.WriteString(`"/>`)
	}
	b.WriteString(`</Types>`)
	return []byte(b.String())
}
