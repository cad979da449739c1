package canary

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
)

// document is what the catalogue and its trees hold.
func (m *maker) document(catalogue *string, root int, layers *layerSet) {
	at := func(id, how string) string { return m.place(id, -1, how) }
	first := ref(m.pages[0].num)
	outlines := m.reserve()
	item := m.obj("<</Title" + wide(at("outline-title", "As the title of a bookmark.")) + "/Parent " + ref(outlines) + "/Dest[" + first + "/Fit]>>")
	m.set(outlines, "<</Type/Outlines/First "+ref(item)+"/Last "+ref(item)+"/Count 1>>")
	file := m.attachments()
	names := m.obj("<</Dests<</Names[" + lit(at("destination", "As a named destination.")) + "[" + first + "/Fit]]>>" +
		"/JavaScript<</Names[" + lit(at("script-name", "As the name of a script.")) + "<</S/JavaScript/JS(var owner = \"" + at("script", "In a script of the document.") + "\";)>>]>>" +
		"/EmbeddedFiles<</Names[" + file + "]>>>>")
	*catalogue += "/Names " + ref(names) + "/Outlines " + ref(outlines) + "/StructTreeRoot " + ref(m.tree)
	*catalogue += "/PageLabels<</Nums[0<</S/D/P" + lit(at("page-label", "As the prefix of page labels.")) + ">>]>>"
	*catalogue += "/OCProperties<</OCGs[" + layers.groups + "]/D<</OFF[" + layers.off + "]/Name" + lit(at("layer-configuration", "As the name of a configuration of layers.")) + ">>>>"
	*catalogue += "/Metadata " + ref(m.stream("/Type/Metadata/Subtype/XML", []byte(xmp("dc:creator", at("xmp", "In the document's XMP packet.")))))
	*catalogue += "/OpenAction<</S/JavaScript/JS(console.println\\('" + at("open-script", "In the script that opening runs.") + "'\\))>>"
	*catalogue += "/Collection<</Type/Collection/View/H/Schema<</Note<</Type/CollectionField/Subtype/S/N" + lit(at("collection", "As a column of a portfolio.")) + ">>>>>>"
	*catalogue += named(at("private-key", "As a key of the catalogue that PDF does not know.")) + " true"
	*catalogue += "/XX_Notes" + lit(at("private-value", "As the value of such a key."))
	*catalogue += "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(Custom)/Info" + lit(at("output-intent", "In an output intent.")) + ">>]"
	*catalogue += "/URI<</Base(https://example.org/" + strings.ReplaceAll(at("uri-base", "As the base of the links' addresses."), " ", "%20") + "/)>>"
	thread, bead := m.reserve(), m.reserve()
	m.set(thread, "<</Type/Thread/F "+ref(bead)+"/I<</Title"+lit(at("thread-title", "As the title of an article thread."))+">>>>")
	m.set(bead, "<</Type/Bead/T "+ref(thread)+"/N "+ref(bead)+"/V "+ref(bead)+"/P "+first+"/R[0 0 10 10]>>")
	*catalogue += "/Threads[" + ref(thread) + "]"
	web := m.obj("<</Type/SpiderContentSet/S/SPS/ID(x)/O[" + first + "]/SI<</AU" + lit("https://example.org/"+at("web-capture", "In the address that a page was captured from.")) + ">>>>")
	*catalogue += "/SpiderInfo<</V 1.0/C[" + ref(m.obj("<</URL(https://example.org/)/L 0/F 0>>")) + "]>>/XX_Web " + ref(web)

	p := m.pages[0]
	p.extra += "/PieceInfo<</Editor<</LastModified(D:20250101000000Z)/Private<</Author" + lit(at("piece-info", "In the private data of a program.")) + ">>>>>>/LastModified(D:20250101000000Z)"
	p.extra += "/AA<</O<</S/JavaScript/JS(app.alert\\('" + at("page-script", "In a script of a page.") + "'\\))>>>>"
	m.obj("<</Note" + lit(at("unreferenced", "In an object that nothing leads to.")) + ">>")
	m.packed("", []byte("BT /F1 11 Tf 10 10 Td "+lit(at("unreferenced-stream", "In a compressed stream that nothing leads to."))+" Tj ET"))
}

// attachments adds the attached files and gives the entries of their name tree.
func (m *maker) attachments() string {
	at := func(id, how string) string { return m.place(id, -1, how) }
	text := m.packed("/Type/EmbeddedFile/Subtype/text#2Fplain", []byte("Dear "+at("attachment-text", "In an attached text.")+",\n"))
	office := m.packed("/Type/EmbeddedFile", archive(at("attachment-office", "In an attached Office file, over two runs.")))
	inner := &maker{}
	page := inner.newPage()
	root, info, pages := inner.reserve(), inner.reserve(), inner.reserve()
	page.fonts = []string{"/F1 " + ref(inner.obj("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"))}
	nested := at("attachment-pdf", "On a page of an attached PDF file.")
	fmt.Fprintf(&page.content, "BT /F1 11 Tf 50 700 Td %s Tj ET\n", octal(nested))
	inner.finish(page, pages)
	inner.set(pages, "<</Type/Pages/Kids["+ref(page.num)+"]/Count 1>>")
	inner.set(root, "<</Type/Catalog/Pages "+ref(pages)+">>")
	inner.set(info, "<<>>")
	pdf := m.packed("/Type/EmbeddedFile/Subtype/application#2Fpdf", inner.write(root, info))
	key := at("attachment-key", "As the key of an attached file.")
	one := m.obj("<</Type/Filespec/F" + lit(at("attachment-name", "As the name of an attached file.")+".txt") + "/UF(letter.txt)/Desc" + wide(at("attachment-description", "As the description of an attached file.")) + "/EF<</F " + ref(text) + ">>>>")
	two := m.obj("<</Type/Filespec/F(b.docx)/UF(b.docx)/EF<</F " + ref(office) + ">>>>")
	three := m.obj("<</Type/Filespec/F(c.pdf)/UF(c.pdf)/EF<</F " + ref(pdf) + ">>>>")
	return lit(key) + ref(one) + "(yy)" + ref(two) + "(zz)" + ref(three)
}

// archive is an Office file with a name in it.
func archive(name string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err == nil {
		fmt.Fprintf(w, "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>%s</w:t></w:r><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>", name[:5], name[5:])
	}
	_ = z.Close() // to memory
	return b.Bytes()
}

// information is the information dictionary.
func (m *maker) information(num int) {
	at := func(id, how string) string { return m.place(id, -1, how) }
	m.set(num, "<</Author"+lit(at("info-author", "As the author of the document."))+"/Title"+wide(m.hanPlace("info-title", -1, "As the title of the document, in UTF-16."))+
		"/Keywords("+"\xEF\xBB\xBF"+m.hanPlace("info-keywords", -1, "As a keyword, in UTF-8.")+")/Subject"+hexed(gbk(m.hanPlace("info-subject", -1, "As the subject, in GBK, against the rules.")))+
		"/Client"+lit(at("info-custom", "As a value of the information dictionary's own."))+named(at("info-key", "As a key of the information dictionary's own."))+"(x)>>")
}
