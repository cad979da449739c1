package canary

import (
	"encoding/hex"
	"fmt"
	"strings"

	"consentry/redact/pdf/geom"
)

// sees adds a place whose name is drawn in pixels; it gives them and where to put
// them, in default user space.
func (m *maker) sees(p *page, id, how string) (k *ink, matrix string) {
	name := m.place(id, p.index, how)
	p.y -= 12
	p.line(id + ":")
	k = draw(name)
	w, h := float64(k.img.Rect.Dx())/2, float64(k.img.Rect.Dy())/2
	l := m.last()
	l.Drawn, l.ink = true, k
	l.Box = geom.Rect{X0: 170, Y0: Height - p.y - 16, X1: 170 + w, Y1: Height - p.y - 16 + h}
	return k, fmt.Sprintf("%g 0 0 %g 170 %g cm", w, h, p.y+16-h)
}

// image adds a picture to a page and draws it.
func (m *maker) image(p *page, name, matrix string, num int) {
	p.xobject = append(p.xobject, "/"+name+" "+ref(num))
	fmt.Fprintf(&p.content, "q %s /%s Do Q\n", matrix, name)
}

const imageDict = "/Type/XObject/Subtype/Image"

// pictures are the ways in which a name is drawn without being text, and what
// pictures carry with them.
func (m *maker) pictures(p *page, g *goFont) {
	k, at := m.sees(p, "pixels", "In the pixels of a picture.")
	m.image(p, "Im1", at, m.packed(imageDict+k.size()+"/BitsPerComponent 8/ColorSpace/DeviceGray", k.img.Pix))
	k, at = m.sees(p, "pixels-jpeg", "In the pixels of a JPEG picture.")
	m.image(p, "Im2", at, m.stream(imageDict+k.size()+"/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode", k.jpg()))
	k, at = m.sees(p, "pixels-fax", "In the pixels of a CCITT picture.")
	m.image(p, "Im3", at, m.stream(fmt.Sprintf("%s%s/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/CCITTFaxDecode/DecodeParms<</K 0/EndOfLine true/Columns %d/Rows %d>>", imageDict, k.size(), k.img.Rect.Dx(), k.img.Rect.Dy()), k.fax()))
	k, at = m.sees(p, "pixels-stencil", "In a stencil mask.")
	m.image(p, "Im4", at, m.packed(imageDict+k.size()+"/BitsPerComponent 1/ImageMask true", k.bits(false)))
	k, at = m.sees(p, "pixels-softmask", "In the soft mask of a black picture.")
	inverse := make([]byte, len(k.img.Pix))
	for i, v := range k.img.Pix {
		inverse[i] = ^v
	}
	mask := m.packed(imageDict+k.size()+"/BitsPerComponent 8/ColorSpace/DeviceGray", inverse)
	m.image(p, "Im5", at, m.packed(imageDict+k.size()+"/BitsPerComponent 8/ColorSpace/DeviceGray/SMask "+ref(mask), make([]byte, len(k.img.Pix))))
	k, at = m.sees(p, "pixels-inline", "In an inline picture.")
	fmt.Fprintf(&p.content, "q %s BI /W %d /H %d /BPC 1 /CS /G /F /AHx ID %s> EI Q\n", at, k.img.Rect.Dx(), k.img.Rect.Dy(), strings.ToUpper(hex.EncodeToString(k.bits(false))))
	// pdfcpu refuses the dictionaries that ISO 32000-2 asks for here (8.9.5.4) and
	// takes the pictures themselves.
	k, at = m.sees(p, "pixels-alternate", "In the pixels of a picture's alternate.")
	other := m.packed(imageDict+k.size()+"/BitsPerComponent 8/ColorSpace/DeviceGray", k.img.Pix)
	m.image(p, "Im6", at, m.packed(imageDict+"/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Alternates["+ref(other)+"]", []byte{0xF0}))
	m.last().Box = geom.Rect{} // not drawn

	name := m.place("outlines", p.index, "As outlines of its letters.")
	y := p.line("outlines:")
	p.content.WriteString(g.outline(name, 11, 170, y))
	l := m.last()
	l.Drawn, l.Box = true, p.box(y)

	name = m.place("thumbnail", p.index, "In the pixels of the page's thumbnail.")
	k = draw(name)
	m.last().Drawn, m.last().ink = true, k
	p.extra += "/Thumb " + ref(m.packed(k.size()+"/BitsPerComponent 8/ColorSpace/DeviceGray", k.img.Pix))

	y = p.line("pictures with metadata")
	segments := [][]byte{
		exif(m.place("jpeg-exif", p.index, "As the artist in a picture's EXIF.")),
		segment(0xE1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>"+m.place("jpeg-xmp", p.index, "In a picture's XMP.")+"</dc:creator></x:xmpmeta>"),
		segment(0xFE, m.place("jpeg-comment", p.index, "In a comment of a JPEG picture.")),
	}
	m.image(p, "Im7", fmt.Sprintf("16 0 0 16 170 %g cm", y-4), m.stream(imageDict+"/Width 16/Height 16/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode", blank(segments...)))
	meta := m.stream("/Type/Metadata/Subtype/XML", []byte(xmp("dc:rights", m.place("object-xmp", p.index, "In the XMP packet of a picture."))))
	m.image(p, "Im8", fmt.Sprintf("16 0 0 16 200 %g cm", y-4), m.packed(imageDict+"/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Metadata "+ref(meta), []byte{0xA0}))
	tail := m.place("stream-tail", p.index, "Behind the end of a picture's compressed data.")
	m.image(p, "Im9", fmt.Sprintf("16 0 0 16 230 %g cm", y-4), m.stream(imageDict+"/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode", append(deflate([]byte{0xB0}), tail...)))
}

// xmp is a packet with one property.
func xmp(property, value string) string {
	return "<?xpacket begin='\uFEFF' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/'><" +
		property + ">" + value + "</" + property + "></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
}
