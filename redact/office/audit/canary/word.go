package canary

import (
	"fmt"
	"strings"
)

const (
	wNames = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w15"`
	relOf  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	wType  = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// para is a paragraph of runs.
func para(runs ...string) string { return "<w:p>" + strings.Join(runs, "") + "</w:p>" }

// run is a run of text, perhaps with properties before it.
func run(text string, properties ...string) string {
	return `<w:r>` + strings.Join(properties, "") + `<w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

// by are the attributes of a change.
func by(id int, author string) string {
	return fmt.Sprintf(`w:id="%d" w:author="%s" w:date="2026-01-02T03:04:05Z"`, id, author)
}

// Untouched is a paragraph of the Word document in which no name stands.
const Untouched = `<w:p w14:x="1"><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:t xml:space="preserve">Nothing stands here, and &amp; nothing moves. </w:t></w:r></w:p>`

// Word makes a Word document.
func Word() ([]byte, []Place) {
	m := &maker{}
	m.wordBody()
	m.wordParts()
	m.wordMeta()
	return m.document(), m.places
}

func (m *maker) wordBody() {
	var b strings.Builder
	say := func(s ...string) { b.WriteString(strings.Join(s, "")) }
	at := m.at
	one, two := m.halves("two-runs")
	say(para(run("It was "), run(at("paragraph")), run(" who came.")), para(run(one), run(two, "<w:rPr><w:b/></w:rPr>")))
	say(strings.Replace(Untouched, ` w14:x="1"`, "", 1))
	say(para(run(coded(at("character-references")))), para(run("<![CDATA["+at("cdata")+"]]>")))
	soft := at("soft-hyphen")
	say(para("<w:r><w:t>", soft[:3], "</w:t><w:softHyphen/><w:t>", soft[3:], "</w:t></w:r>"))
	invisible := at("zero-width-space")
	say(para(run(invisible[:4] + "\u200b" + invisible[4:])))
	say("<w:tbl><w:tblPr><w:tblCaption w:val=\"", at("table-caption"), "\"/><w:tblDescription w:val=\"", at("table-description"), "\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"4000\"/></w:tblGrid>",
		"<w:tr><w:tc><w:tcPr><w:tcW w:w=\"4000\"/></w:tcPr>", para(run(at("table-cell"))), "</w:tc></w:tr>",
		"<w:tr><w:trPr><w:del ", by(11, at("row-change-author")), "/></w:trPr><w:tc><w:tcPr/>", para(run(at("deleted-row"))), "</w:tc></w:tr>",
		"<w:tr><w:tc><w:tcPr/>", para(run("first")), "</w:tc><w:tc><w:tcPr><w:cellDel ", by(12, "x"), "/></w:tcPr>", para(run(at("deleted-cell"))), "</w:tc></w:tr></w:tbl>")
	// Changes and comments.
	say(para("<w:ins ", by(21, at("insertion-author")), ">", run(at("insertion")), "</w:ins>", "<w:del ", by(22, "x"), `><w:r><w:delText xml:space="preserve">`, at("deletion"), "</w:delText></w:r></w:del>"))
	say(para("<w:moveFrom ", by(23, "x"), ">", run(at("moved-from")), "</w:moveFrom>"), para("<w:moveTo ", by(24, at("move-author")), ">", run(at("moved-to")), "</w:moveTo>"))
	say(para(run("plain", "<w:rPr><w:b/><w:rPrChange ", by(25, at("format-change-author")), "><w:rPr/></w:rPrChange></w:rPr>")))
	say(para(`<w:commentRangeStart w:id="0"/>`, run("commented"), `<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`))
	say(para(run("seen"), run(at("hidden-text"), "<w:rPr><w:vanish/></w:rPr>")))
	// Fields, links, bookmarks.
	one, two = m.halves("field-instruction")
	say(para(`<w:r><w:fldChar w:fldCharType="begin"><w:fldData>`, packed("record of "+at("field-data")), `</w:fldData></w:fldChar></w:r><w:r><w:instrText xml:space="preserve"> MERGEFIELD `, one, `</w:instrText></w:r><w:r><w:instrText xml:space="preserve">`, two,
		` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`, run(at("field-result")), `<w:r><w:fldChar w:fldCharType="end"/></w:r>`))
	say(para(`<w:fldSimple w:instr=" AUTHOR &quot;`, at("simple-field"), `&quot; ">`, run("an author"), `</w:fldSimple>`))
	say(para(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> XE "`, at("index-entry"), `" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`))
	say(para(`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="`, m.joined("form-field-name"), `"/><w:helpText w:type="text" w:val="`, at("form-help"), `"/><w:statusText w:type="text" w:val="`, at("form-status"), `"/><w:textInput><w:default w:val="`, at("form-default"), `"/></w:textInput></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`))
	mark := m.joined("bookmark")
	say(para(`<w:bookmarkStart w:id="5" w:name="`, mark, `"/>`, run("marked"), `<w:bookmarkEnd w:id="5"/>`), para(`<w:hyperlink w:anchor="`, mark, `">`, run("to the mark"), `</w:hyperlink>`))
	say(para(`<w:hyperlink r:id="rId20" w:tooltip="`, at("tooltip"), `">`, run("a site"), `</w:hyperlink>`), para(`<w:hyperlink r:id="`, "rId21", `">`, run("a file"), `</w:hyperlink>`))
	// Content controls, smart tags.
	say(`<w:sdt><w:sdtPr><w:alias w:val="`, at("control-title"), `"/><w:tag w:val="`, m.joined("control-tag"), `"/><w:dataBinding w:prefixMappings="xmlns:x='`, at("binding-prefix"), `'" w:xpath="/x/`, m.joined("binding-path"), `" w:storeItemID="{0}"/><w:dropDownList w:lastValue="`, at("last-value"), `"><w:listItem w:displayText="`, at("list-item"), `" w:value="`, at("list-value"), `"/></w:dropDownList></w:sdtPr><w:sdtContent>`, para(run(at("control-content"))), `</w:sdtContent></w:sdt>`)
	say(para(`<w:smartTag w:uri="urn:x" w:element="PersonName"><w:smartTagPr><w:attr w:name="who" w:val="`, at("smart-tag"), `"/></w:smartTagPr>`, run("tagged"), `</w:smartTag>`))
	say(`<w:customXml w:uri="urn:y" w:element="`, m.joined("custom-element"), `"><w:customXmlPr><w:attr w:name="x" w:val="`, at("custom-attribute"), `"/></w:customXmlPr>`, para(run("wrapped")), `</w:customXml>`)
	say(para(`<w:permStart w:id="7" w:ed="`, at("permission"), `"/>`, run("editable"), `<w:permEnd w:id="7"/>`))
	// Asian layout, mathematics, symbols.
	ruby := at("ruby-reading")
	say(para(`<w:r><w:ruby><w:rubyPr/><w:rt>`, run(ruby), `</w:rt><w:rubyBase>`, run(at("ruby-base")), `</w:rubyBase></w:ruby></w:r>`))
	say(para(`<m:oMath><m:r><m:t>`, at("mathematics"), `</m:t></m:r></m:oMath>`))
	symbols := at("symbols")
	b.WriteString("<w:p><w:r>")
	for _, r := range symbols {
		if r == ' ' {
			b.WriteString(`<w:t xml:space="preserve"> </w:t>`)
			continue
		}
		fmt.Fprintf(&b, `<w:sym w:font="Symbol" w:char="%04X"/>`, 0xf000+r)
	}
	b.WriteString("</w:r></w:p>")
	// Drawings.
	say(para(`<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="31" name="`, at("shape-name"), `" descr="`, at("alternative-text"), `" title="`, at("shape-title"), `"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="`, at("picture-name"), `"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId22" r:link="rId23"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`))
	say(para(`<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="32" name="Text Box 1"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx><w:txbxContent>`, para(run(at("text-box"))), `</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape id="`, m.joined("shape-id"), `" alt="`, at("vml-alternative-text"), `" o:gfxdata="`, packed("drawn by "+at("packed-drawing")), `" style="width:100pt;height:50pt"><v:textbox><w:txbxContent>`, para(run(at("fallback-text-box"))), `</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`))
	say(para(`<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="33" name="Chart 1"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="rId24"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`))
	say(para(`<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="34" name="Diagram 1"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram"><dgm:relIds r:dm="rId25" r:lo="rId26" r:qs="rId26" r:cs="rId26"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`))
	say(para(`<w:r><w:object><v:shape id="_x0000_i1" style="width:50pt;height:50pt"><v:imagedata r:id="rId22" o:title="`, at("picture-file-name"), `"/></v:shape><o:OLEObject Type="Embed" ProgID="Package" ShapeID="_x0000_i1" DrawAspect="Icon" ObjectID="_1" r:id="rId27"/></w:object></w:r>`))
	say(`<w:altChunk r:id="rId28"/>`, `<w:subDoc r:id="rId29"/>`)
	say(para(`<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>`))
	say(`<!-- checked by `, at("xml-comment"), ` -->`, `<?note by `, at("processing-instruction"), `?>`)
	say(`<w:p w:rsidR="00AA11BB"><w:pPr><w:pStyle w:val="`, "Own1", `"/></w:pPr>`, run("the end"), `</w:p>`)
	m.xml("word/document.xml", `<w:document `+wNames+`><w:body>`+b.String()+`<w:sectPr><w:headerReference w:type="default" r:id="rId30"/><w:footerReference w:type="default" r:id="rId31"/><w:printerSettings r:id="rId32"/></w:sectPr></w:body></w:document>`)
}

// rels are relationships: id, type and target in turn; a target that begins with !
// is outside.
func (m *maker) rels(name string, list ...string) {
	var b strings.Builder
	for i := 0; i < len(list); i += 3 {
		target, mode := list[i+2], ""
		if rest, ok := strings.CutPrefix(target, "!"); ok {
			target, mode = rest, ` TargetMode="External"`
		}
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s%s" Target="%s"%s/>`, list[i], relOf, list[i+1], target, mode)
	}
	m.xml(name, `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+b.String()+`</Relationships>`)
}

func (m *maker) wordParts() {
	at := m.at
	header := "word/" + m.joined("part-name") + ".xml"
	image := "media/" + m.joined("picture-part-name") + ".png"
	m.rels("word/_rels/document.xml.rels",
		"rId1", "styles", "styles.xml", "rId2", "settings", "settings.xml", "rId3", "numbering", "numbering.xml", "rId4", "footnotes", "footnotes.xml", "rId5", "endnotes", "endnotes.xml", "rId6", "comments", "comments.xml",
		"rId7", "theme", "theme/theme1.xml", "rId8", "glossaryDocument", "glossary/document.xml", "rId9", "customXml", "../customXml/item1.xml", "rId10", "vbaProject", "vbaProject.bin", "rId11", "people", "people.xml", "rId12", "fontTable", "fontTable.xml", "rId13", "webSettings", "webSettings.xml",
		"rId20", "hyperlink", "!https://example.test/"+strings.ReplaceAll(at("link-address"), " ", "%20"), "rId21", "hyperlink", "!file:///C:/Users/"+m.joined("local-path")+"/x.docx", "rId22", "image", image, "rId23", "image", "!file:///C:/"+m.joined("linked-picture")+".png",
		"rId24", "chart", "charts/chart1.xml", "rId25", "diagramData", "diagrams/data1.xml", "rId26", "diagramLayout", "diagrams/layout1.xml", "rId27", "oleObject", "embeddings/oleObject1.bin", "rId28", "aFChunk", "chunk.htm", "rId29", "subDocument", "!"+m.joined("sub-document")+".docx",
		"rId30", "header", "/"+header, m.joined("relationship-id"), "footer", "footer2.xml", "rId31", "footer", "footer1.xml", "rId32", "printerSettings", "printerSettings1.bin")
	m.add("word/"+image, string(picture("taken by "+at("picture-metadata")+".", 48)))
	m.xml(header, `<w:hdr `+wNames+`>`+para(run(at("header")))+para(`<w:r><w:pict><v:shape id="_x0000_s2049" style="width:300pt;height:100pt"><v:textpath string="`+at("watermark")+`"/></v:shape></w:pict></w:r>`)+`</w:hdr>`)
	m.wide("word/footer1.xml", `<w:ftr `+wNames+`>`+para(run(at("footer-in-utf-16")))+`</w:ftr>`)
	m.xml("word/footer2.xml", `<w:ftr `+wNames+`>`+para(run(at("footer-not-used")))+`</w:ftr>`)
	m.xml("word/footnotes.xml", `<w:footnotes `+wNames+`><w:footnote w:id="2">`+para(run(at("footnote")))+`</w:footnote></w:footnotes>`)
	m.xml("word/endnotes.xml", `<w:endnotes `+wNames+`><w:endnote w:id="2">`+para(run(at("endnote")))+`</w:endnote></w:endnotes>`)
	m.xml("word/comments.xml", `<w:comments `+wNames+`><w:comment w:initials="XX" `+by(0, at("comment-author"))+`>`+para(run(at("comment")))+`</w:comment></w:comments>`)
	m.xml("word/people.xml", `<w15:people `+wNames+`><w15:person w15:author="`+at("people")+`"><w15:presenceInfo w15:providerId="AD" w15:userId="`+m.joined("people-user")+`"/></w15:person></w15:people>`)
	m.xml("word/styles.xml", `<w:styles `+wNames+`><w:style w:type="paragraph" w:customStyle="1" w:styleId="Own1"><w:name w:val="`+at("style-name")+`"/><w:aliases w:val="`+at("style-alias")+`"/></w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="`+m.joined("style-id")+`"><w:name w:val="Body Text 7"/></w:style></w:styles>`)
	m.xml("word/numbering.xml", `<w:numbering `+wNames+`><w:abstractNum w:abstractNumId="0"><w:name w:val="`+at("list-name")+`"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="`+at("list-label")+` %1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`)
	m.xml("word/settings.xml", `<w:settings `+wNames+`><w:attachedTemplate r:id="rId1"/><w:trackRevisions/><w:documentProtection w:edit="forms" w:enforcement="1"/><w:mailMerge><w:mainDocumentType w:val="formLetters"/><w:query w:val="SELECT * FROM `+at("mail-merge")+`"/></w:mailMerge><w:docVars><w:docVar w:name="a" w:val="`+at("document-variable")+`"/></w:docVars><w:rsids><w:rsidRoot w:val="00AA11BB"/></w:rsids><w:captions><w:caption w:name="`+at("caption-label")+`" w:pos="below"/></w:captions><w15:docId w15:val="{AA11BB22-0000-4000-8000-000000000000}"/></w:settings>`)
	m.rels("word/_rels/settings.xml.rels", "rId1", "attachedTemplate", "!file:///C:/Users/"+m.joined("attached-template")+"/x.dotx")
	m.xml("word/webSettings.xml", `<w:webSettings `+wNames+`><w:frameset><w:frame><w:name w:val="`+at("frame-name")+`"/></w:frame></w:frameset></w:webSettings>`)
	m.xml("word/fontTable.xml", `<w:fonts `+wNames+`><w:font w:name="Own"><w:embedRegular r:id="rId1"/></w:font></w:fonts>`)
	m.rels("word/_rels/fontTable.xml.rels", "rId1", "font", "fonts/font1.odttf")
	m.add("word/fonts/font1.odttf", "a face by "+at("embedded-font"))
	m.xml("word/theme/theme1.xml", `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="`+at("theme-name")+`"><a:themeElements/></a:theme>`)
	m.xml("word/glossary/document.xml", `<w:glossaryDocument `+wNames+`><w:docParts><w:docPart><w:docPartPr><w:name w:val="`+at("building-block-name")+`"/><w:description w:val="`+at("building-block-description")+`"/></w:docPartPr><w:docPartBody>`+para(run(at("building-block")))+`</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>`)
	m.xml("word/charts/chart1.xml", `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>`+at("chart-title")+`</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:pieChart><c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>`+at("chart-series")+`</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:f>Sheet1!$A$2</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>`+at("chart-category")+`</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!$B$2</c:f><c:numCache><c:ptCount val="1"/><c:pt idx="0"><c:v>3</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:pieChart></c:plotArea></c:chart><c:externalData r:id="rId1"/></c:chartSpace>`)
	m.rels("word/charts/_rels/chart1.xml.rels", "rId1", "package", "../embeddings/Book1.xlsx")
	m.add("word/embeddings/Book1.xlsx", string(zipped(file{"xl/sharedStrings.xml", []byte(declaration + `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>` + at("chart-workbook") + `</t></si></sst>`)})))
	m.xml("word/diagrams/data1.xml", `<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst><dgm:pt modelId="1"><dgm:t><a:bodyPr/><a:p><a:r><a:t>`+at("diagram")+`</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst><dgm:cxnLst/></dgm:dataModel>`)
	m.xml("word/diagrams/layout1.xml", `<dgm:layoutDef xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"><dgm:title val="`+at("diagram-layout")+`"/></dgm:layoutDef>`)
	m.add("word/embeddings/oleObject1.bin", "\xd0\xcf\x11\xe0 sent by "+at("embedded-object"))
	m.add("word/chunk.htm", "<html><body>"+at("html-chunk")+"</body></html>")
	m.add("word/vbaProject.bin", "Sub A() ' by "+at("macro"))
	m.add("word/printerSettings1.bin", "printer of "+at("printer-settings"))
}

func (m *maker) wordMeta() {
	at := m.at
	m.rels("_rels/.rels", "rId1", "officeDocument", "word/document.xml", "rId2", "metadata/core-properties", "docProps/core.xml", "rId3", "extended-properties", "docProps/app.xml", "rId4", "custom-properties", "docProps/custom.xml", "rId5", "metadata/thumbnail", "docProps/thumbnail.jpeg")
	m.xml("docProps/core.xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>`+at("creator")+`</dc:creator><dc:title>`+at("title")+`</dc:title><cp:keywords>`+at("keywords")+`</cp:keywords><cp:lastModifiedBy>`+at("last-modified-by")+`</cp:lastModifiedBy></cp:coreProperties>`)
	m.xml("docProps/app.xml", `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>`+at("company")+`</Company><Manager>`+at("manager")+`</Manager></Properties>`)
	m.xml("docProps/custom.xml", `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{0}" pid="2" name="x"><vt:lpwstr>`+at("custom-property")+`</vt:lpwstr></property></Properties>`)
	m.add("docProps/thumbnail.jpeg", "\xff\xd8 drawn for "+at("thumbnail"))
	m.xml("customXml/item1.xml", `<x:root xmlns:x="urn:x"><x:who>`+at("custom-xml")+`</x:who></x:root>`)
	m.xml("word/orphan.xml", `<w:p `+wNames+`><w:t>`+at("orphan-part")+`</w:t></w:p>`)
	m.xml("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="bin" ContentType="application/octet-stream"/><Default Extension="htm" ContentType="text/html"/><Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>`+
		`<Override PartName="/word/document.xml" ContentType="`+wType+`document.main+xml"/><Override PartName="/word/styles.xml" ContentType="`+wType+`styles+xml"/><Override PartName="/word/settings.xml" ContentType="`+wType+`settings+xml"/><Override PartName="/word/numbering.xml" ContentType="`+wType+`numbering+xml"/><Override PartName="/word/footnotes.xml" ContentType="`+wType+`footnotes+xml"/><Override PartName="/word/endnotes.xml" ContentType="`+wType+`endnotes+xml"/><Override PartName="/word/comments.xml" ContentType="`+wType+`comments+xml"/><Override PartName="/word/glossary/document.xml" ContentType="`+wType+`document.glossary+xml"/><Override PartName="/word/footer1.xml" ContentType="`+wType+`footer+xml"/><Override PartName="/word/footer2.xml" ContentType="`+wType+`footer+xml"/><Override PartName="/word/fontTable.xml" ContentType="`+wType+`fontTable+xml"/><Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/><Override PartName="/word/charts/chart1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/><Override PartName="/word/diagrams/data1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"/><Override PartName="/word/diagrams/layout1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.diagramLayout+xml"/></Types>`)
	m.headerType()
}

// headerType gives the header, whose name says something, its type.
func (m *maker) headerType() {
	for _, f := range m.files {
		if strings.HasPrefix(f.name, "word/") && strings.Contains(string(f.body[:min(len(f.body), 200)]), "<w:hdr ") {
			types := &m.files[len(m.files)-1]
			types.body = []byte(strings.Replace(string(types.body), "</Types>", `<Override PartName="/`+f.name+`" ContentType="`+wType+`header+xml"/></Types>`, 1))
		}
	}
}
