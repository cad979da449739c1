package canary

import (
	"fmt"

	"golang.org/x/text/encoding/simplifiedchinese"

	"consentry/redact/pdf/geom"
)

// gbk encodes a text.
func gbk(s string) []byte {
	b, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		panic(err) // names of this package
	}
	return []byte(b)
}

// A layerSet is the optional content of the file.
type layerSet struct{ groups, off string }

// unseen are the ways in which text is drawn and not seen.
func (m *maker) unseen(p *page, layers *layerSet) {
	m.say(p, "clipped", "Outside the clipping path.", func(n string, y float64) string {
		return fmt.Sprintf("q 0 0 5 5 re W n %sQ\n", written("F1", y, lit(n)+" Tj"))
	})
	m.say(p, "off-page", "Outside the page.", func(n string, y float64) string {
		m.last().Box = geom.Rect{}
		return fmt.Sprintf("BT /F1 11 Tf 1200 %g Td %s Tj ET\n", y, lit(n))
	})
	m.say(p, "invisible", "In text rendering mode 3.", func(n string, y float64) string { return written("F1", y, "3 Tr "+lit(n)+" Tj 0 Tr") })
	m.say(p, "white", "White on white.", func(n string, y float64) string { return "1 g " + written("F1", y, lit(n)+" Tj") + "0 g\n" })
	m.say(p, "tiny", "In a size that nobody sees.", func(n string, y float64) string {
		return fmt.Sprintf("BT /F1 0.2 Tf 170 %g Td %s Tj ET\n", y, lit(n))
	})
	m.say(p, "under-box", "Under a black box.", func(n string, y float64) string {
		return written("F1", y, lit(n)+" Tj") + fmt.Sprintf("0 g 168 %g 180 13 re f\n", y-3)
	})
	m.say(p, "under-line", "Under a thick line.", func(n string, y float64) string {
		return written("F1", y, lit(n)+" Tj") + fmt.Sprintf("q 13 w 168 %g m 348 %g l S Q\n", y+3.5, y+3.5)
	})
	m.say(p, "behind-picture", "Behind a picture.", func(n string, y float64) string {
		img := m.packed("/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", []byte{0xC0})
		p.xobject = append(p.xobject, "/Over "+ref(img))
		return written("F1", y, lit(n)+" Tj") + fmt.Sprintf("q 180 0 0 13 168 %g cm /Over Do Q\n", y-3)
	})
	m.say(p, "layer-off", "In a layer that is off.", func(n string, y float64) string {
		g := m.obj("<</Type/OCG/Name(Draft)>>")
		layers.groups += ref(g) + " "
		layers.off += ref(g) + " "
		p.props = append(p.props, "/Off "+ref(g))
		return "/OC /Off BDC " + written("F1", y, lit(n)+" Tj") + "EMC\n"
	})
	m.say(p, "layer-membership", "In a layer by membership.", func(n string, y float64) string {
		g := m.obj("<</Type/OCG/Name(Review)>>")
		layers.groups += ref(g) + " "
		layers.off += ref(g) + " "
		d := m.obj("<</Type/OCMD/OCGs[" + ref(g) + "]/P/AnyOn>>")
		p.props = append(p.props, "/Mem "+ref(d))
		return "/OC /Mem BDC " + written("F1", y, lit(n)+" Tj") + "EMC\n"
	})
	g := m.obj("<</Type/OCG/Name" + lit(m.place("layer-name", -1, "As the name of a layer.")) + "/Usage<</CreatorInfo<</Creator" + lit(m.place("layer-creator", -1, "As the creator of a layer.")) + "/Subtype/Artwork>>>>>>")
	layers.groups += ref(g)
	p.props = append(p.props, "/Named "+ref(g))
	y := p.line("layers")
	p.content.WriteString("/OC /Named BDC " + written("F1", y, "(shown) Tj") + "EMC\n")

	fmt.Fprintf(&p.content, "%% %s\n", m.place("content-comment", p.index, "In a comment of the page's content."))
	tag := m.place("content-tag", p.index, "As the tag of marked content.")
	fmt.Fprintf(&p.content, "%s BMC EMC\n", named(tag))
	font := m.obj("<</Type/Font/Subtype/Type1/BaseFont" + named(m.place("font-name", -1, "As the name of a font.")) + "/Encoding/WinAnsiEncoding/FirstChar 97/LastChar 97/Widths[500]/FontDescriptor " +
		ref(m.obj("<</Type/FontDescriptor/FontName/Plain/Flags 32/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>")) + ">>")
	res := m.place("resource-name", p.index, "As the name of a resource.")
	p.fonts = append(p.fonts, named(res)+" "+ref(font))
	y = p.line("a font")
	fmt.Fprintf(&p.content, "BT %s 11 Tf 170 %g Td (a) Tj ET\n", named(res), y)
	spot := m.obj("[/Separation" + named(m.place("separation", -1, "As the name of a spot colour.")) + "/DeviceGray<</FunctionType 2/Domain[0 1]/C0[1]/C1[0]/N 1>>]")
	p.spaces = append(p.spaces, "/Spot "+ref(spot))
	fmt.Fprintf(&p.content, "/Spot cs 1 scn 170 %g 20 5 re f 0 g\n", y-12)
	unused := m.packed("/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 4 0 R>>>>", []byte("BT /F1 11 Tf 2 4 Td "+lit(m.place("unused-form", p.index, "In a form that is among the resources and not drawn."))+" Tj ET"))
	p.xobject = append(p.xobject, "/Unused "+ref(unused))
	p.y -= 20
	m.structure(p)
}

// revised is the object that a later revision replaces, which holds a name in the
// first.
func (m *maker) revised(p *page) (num int, fresh string) {
	old := m.place("old-revision", p.index, "In an object that a later revision replaced.")
	num = m.stream("/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 4 0 R>>>>", []byte("BT /F1 11 Tf 2 4 Td "+lit(old)+" Tj ET"))
	p.xobject = append(p.xobject, "/Revised "+ref(num))
	y := p.line("revised")
	fmt.Fprintf(&p.content, "q 1 0 0 1 168 %g cm /Revised Do Q\n", y-4)
	body := "BT /F1 11 Tf 2 4 Td (new) Tj ET"
	return num, fmt.Sprintf("<</Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 4 0 R>>>>/Length %d>>\nstream\n%s\nendstream", len(body), body)
}

// structure adds the structure tree.
func (m *maker) structure(p *page) {
	tree, doc := m.reserve(), m.reserve()
	var kids string
	for _, e := range []struct{ id, key, role, how string }{
		{"struct-actualtext", "ActualText", "Span", "As ActualText in the structure tree."},
		{"struct-alt", "Alt", "Figure", "As the alternative description of a figure."},
		{"struct-expansion", "E", "Span", "As an expansion in the structure tree."},
		{"struct-title", "T", "Sect", "As the title of a structure element."},
		{"struct-id", "ID", "Note", "As the identifier of a structure element."},
	} {
		kids += ref(m.obj(fmt.Sprintf("<</Type/StructElem/S/%s/P %s/Pg %s/%s%s>>", e.role, ref(doc), ref(p.num), e.key, lit(m.place(e.id, -1, e.how))))) + " "
	}
	m.set(doc, "<</Type/StructElem/S/Document/P "+ref(tree)+"/K["+kids+"]>>")
	role, class := m.place("role-map", -1, "As a role in the structure tree."), m.place("class-map", -1, "As a class in the structure tree.")
	m.set(tree, "<</Type/StructTreeRoot/K "+ref(doc)+"/ParentTree<</Nums[]>>/RoleMap<<"+named(role)+"/P>>/ClassMap<<"+named(class)+"<</O/Layout/Placement/Block>>>>>>")
	m.tree = tree
}
