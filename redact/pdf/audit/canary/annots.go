package canary

import (
	"fmt"
	"strings"

	"consentry/redact/pdf/geom"
)

// note adds an annotation on a line of its own.
func (m *maker) note(p *page, label, body string) {
	y := p.line(label)
	num := m.obj(fmt.Sprintf("<</Type/Annot/P %s/Rect[170 %g 400 %g]%s>>", ref(p.num), y-3, y+10, body))
	p.annots = append(p.annots, ref(num))
}

// appearance is a form that shows a text.
func (m *maker) appearance(text string) int {
	return m.packed("/Type/XObject/Subtype/Form/BBox[0 0 230 13]/Resources<</Font<</F1 4 0 R>>>>", []byte("/Tx BMC q BT /F1 11 Tf 2 3 Td "+lit(text)+" Tj ET Q EMC"))
}

// annotations are what annotations and form fields hold.
func (m *maker) annotations(p *page, catalogue *string) {
	at := func(id, how string) string { return m.place(id, p.index, how) }
	m.note(p, "note", "/Subtype/Text/Contents"+lit(at("note-contents", "As the text of a note."))+"/T"+lit(at("note-author", "As the author of a note."))+"/Subj"+lit(at("note-subject", "As the subject of a note.")))
	m.note(p, "free text", "/Subtype/FreeText/DA(/Helv 11 Tf 0 g)/Contents"+wide(at("freetext-contents", "As the contents of free text, in UTF-16."))+
		"/RC("+`<?xml version="1.0"?><body xmlns="http://www.w3.org/1999/xhtml"><p>`+rich(at("freetext-rich", "In the rich contents of free text, with a tag in it."))+"</p></body>)/AP<</N "+ref(m.appearance(m.drawn(p, "freetext-appearance", "In the appearance of free text.")))+">>")
	parent := len(m.objects)
	m.note(p, "popup", fmt.Sprintf("/Subtype/Popup/Open false/Parent %s/Contents%s", ref(parent), lit(at("popup-contents", "In a pop-up."))))
	m.note(p, "stamp", "/Subtype/Stamp/Name"+named(at("stamp-name", "As the name of a stamp."))+"/AP<</N "+ref(m.appearance(m.drawn(p, "stamp-appearance", "In the appearance of a stamp.")))+">>")
	m.note(p, "hidden", "/Subtype/Stamp/F 2/AP<</N "+ref(m.appearance(at("hidden-annotation", "In an annotation that is hidden.")))+">>")
	m.note(p, "marked, not applied", "/Subtype/Redact/QuadPoints[170 10 400 10 170 0 400 0]/DA(/Helv 11 Tf 0 g)/OverlayText"+lit(at("redact-overlay", "As the overlay text of a redaction that was not applied.")))
	m.note(p, "link", "/Subtype/Link/Border[0 0 0]/A<</S/URI/URI(https://example.org/people?name="+strings.ReplaceAll(at("link-uri", "In the address of a link, percent-encoded."), " ", "%20")+")>>")
	m.note(p, "file link", "/Subtype/Link/Border[0 0 0]/A<</S/Launch/F<</Type/Filespec/F"+lit(at("launch-file", "As the file that a link opens.")+".docx")+">>>>")
	script := at("action-script", "In the script of a link, with escapes.")
	m.note(p, "script", "/Subtype/Link/Border[0 0 0]/A<</S/JavaScript/JS(app.alert\\(\""+`\\u00`+fmt.Sprintf("%02x", script[0])+script[1:]+"\"\\))>>")
	body := m.packed("/Type/EmbeddedFile", []byte("sent by "+at("fileannot-body", "In a file attached by an annotation.")))
	m.note(p, "attached", "/Subtype/FileAttachment/FS<</Type/Filespec/F(a.txt)/UF(a.txt)/EF<</F "+ref(body)+">>>>/Contents(a file)")

	m.fields(p, catalogue)
}

// drawn adds a place that an appearance shows on the next line.
func (m *maker) drawn(p *page, id, how string) string {
	name := m.place(id, p.index, how)
	m.last().Box = geom.Rect{X0: 165, Y0: Height - p.y + 15 - 11, X1: 420, Y1: Height - p.y + 15 + 4}
	return name
}

// rich puts a tag in the middle of a name.
func rich(name string) string { return name[:4] + "<b>" + name[4:] + "</b>" }

// fields are the form: a text field, a choice, a button and a signature.
func (m *maker) fields(p *page, catalogue *string) {
	at := func(id, how string) string { return m.place(id, p.index, how) }
	first := len(p.annots)
	m.note(p, "text field", fmt.Sprintf("/Subtype/Widget/FT/Tx/T%s/TU%s/TM%s/V%s/DV%s/DA%s/AP<</N %s>>",
		lit(at("field-name", "As the name of a field.")), lit(at("field-tooltip", "As the tooltip of a field.")), lit(at("field-mapping", "As the mapping name of a field.")),
		lit(at("field-value", "As the value of a field.")), lit(at("field-default", "As the default value of a field.")),
		lit("/Helv 11 Tf 0 g % "+at("field-da", "In the default appearance of a field.")), ref(m.appearance(m.drawn(p, "field-appearance", "In the appearance of a field.")))))
	m.note(p, "choice", "/Subtype/Widget/FT/Ch/T(choice)/Ff 131072/DA(/Helv 11 Tf 0 g)/Opt[(none)["+lit(at("option-export", "As the export value of an option."))+lit(at("option", "As an option of a choice."))+"]]/V(none)")
	m.note(p, "button", "/Subtype/Widget/FT/Btn/T(button)/Ff 65536/MK<</CA"+lit(at("button-caption", "As the caption of a button."))+"/RC"+lit(at("button-rollover", "As the rollover caption of a button."))+">>")
	sig := m.obj("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 10 20 10]/Contents<3000>/Name" + lit(at("signature-name", "As the name in a signature.")) + "/Reason" + lit(at("signature-reason", "As the reason of a signature.")) +
		"/Location" + lit(at("signature-location", "As the location of a signature.")) + "/ContactInfo" + lit(at("signature-contact", "As the contact in a signature.")) + ">>")
	m.note(p, "signature", "/Subtype/Widget/FT/Sig/T(signature)/V "+ref(sig))
	xfa := m.packed("", []byte("<xdp:xdp xmlns:xdp=\"http://ns.adobe.com/xdp/\"><xfa:datasets xmlns:xfa=\"http://www.xfa.org/schema/xfa-data/1.0/\"><xfa:data><name>"+at("xfa", "In the data of an XFA form.")+"</name></xfa:data></xfa:datasets></xdp:xdp>"))
	*catalogue += "/AcroForm<</Fields[" + strings.Join(p.annots[first:], " ") + "]/DR<</Font<</Helv 4 0 R>>>>/DA" + lit("/Helv 11 Tf 0 g %"+at("form-da", "In the default appearance of the form.")) + "/XFA " + ref(xfa) + ">>"
}
